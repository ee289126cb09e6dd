/* Chrome's trace format ("Trace Event Format"): a slice per record, a flow per touch, frame, write. */
#ifndef CLI_CHROME_H
#define CLI_CHROME_H

#include <os/buffer.h>

#include "rings.h"

/* Appends records from since_us on; returns how many there were. */
size_t chrome_write(const struct rings *rings, int64_t since_us, struct os_buffer *json);

#endif
