/* Boot: starting a device's keeper, and waiting until home has shown its first frame. */
#ifndef CLI_BOOT_H
#define CLI_BOOT_H

#include <signal.h>
#include <sys/types.h>

#include "cli.h"

/* Starts the keeper in a session of its own; it and all below it keep none of the caller's
 * descriptors. 0 when the control socket listens; -EBUSY when somebody else starts this device just
 * now; else -Exxx after a sentence. */
int boot_start(struct cli *cli, pid_t *ret_keeper);
/* Waits for home's first frame. Returns an exit code, after a sentence if it is not CLI_DONE. signals
 * (blocked by the caller; may be NULL) are those that end the wait with CLI_FAILED. */
int boot_wait(struct cli *cli, const sigset_t *signals);
/* The option that was asked for and that the running device has differently, as a sentence in text;
 * false if there is none. */
bool boot_differs(struct cli *cli, char *text, size_t size);
/* True if there is no window to open: asked for, or no desktop. */
bool boot_is_headless(const struct cli *cli);

#endif
