/* Rings: the trace records of all processes of the device, in one order of time.
 *
 *	struct rings rings;
 *	int result = rings_read(cli, &rings);
 *	for (size_t i = 0; i < rings.count; i++) { … rings.records[i].event.what … }
 *	rings_finish(&rings);
 */
#ifndef CLI_RINGS_H
#define CLI_RINGS_H

#include <os/trace.h>

#include "cli.h"

struct ring_process {
	int pid;
	char name[128]; /* app id, or role */
};

struct ring_record {
	struct os_trace_event event;
	int process; /* index */
};

struct rings {
	struct ring_process *processes;
	int process_count;
	struct ring_record *records;
	size_t count, capacity;
};

int rings_read(struct cli *cli, struct rings *ret_rings);
void rings_add(struct rings *rings, int process, const struct os_trace_event *event);
int rings_add_process(struct rings *rings, int pid, const char *name);
/* Orders by time; of two that began together, the longer one first. */
void rings_sort(struct rings *rings);
void rings_finish(struct rings *rings);

#endif
