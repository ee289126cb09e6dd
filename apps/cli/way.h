/* Way: what a finger set off, hop by hop, from the board to the frame that showed it.
 *
 * A hop is a record of the finger's flow: when it was and how long it worked. Where nothing of the
 * flow worked for more than 5 % of the whole way, the gap is a hop of its own that names the wait. */
#ifndef CLI_WAY_H
#define CLI_WAY_H

#include "rings.h"

struct way_hop {
	int64_t at_us; /* from the first hop's beginning */
	int64_t us;
	int process;                        /* index into the rings' processes */
	const struct os_trace_event *event; /* a wait's is the one that ended it */
	char wait[80];                      /* "" for work */
};

struct way {
	uint64_t flow;
	struct way_hop *hops;
	int count;
	int64_t whole_us;
	bool presented; /* the last hop is the frame */
};

/* The newest finger's way. -ENOENT if no finger has been recorded. */
int way_find(const struct rings *rings, struct way *ret_way);
void way_finish(struct way *way);

#endif
