/* Trace: every hop of a finger, a frame and a write leaves a record (signposts, Instruments).
 *
 * One ring per process, made and sealed by the supervisor, always on. A record has a device time,
 * a duration, a flow and a site; a site is a const {layer, function, file, line, what} written once
 * per ring. A flow is the number that follows one finger (or frame, or write) through all
 * processes: it is in every message's header, and while a message is handled it is the thread's
 * current flow, which new messages and records take by themselves.
 *
 *	int64_t began_us = OS_TRACE_BEGIN();
 *	… hit test …
 *	OS_TRACE_END("media", "hit test", began_us, scene_id);
 *	OS_TRACE_MARK("board", "touch down", finger);
 *
 * The layer is the folder's name: board core-os core-services media touch-ui apps. Cost: one real
 * clock read and 64 bytes, one cache line. Without a ring nothing is recorded. Thread: any (the
 * ring's head is atomic). */
#ifndef OS_TRACE_H
#define OS_TRACE_H

#include <os/clock.h>

enum os_flow_kind { OS_FLOW_TOUCH = 1, OS_FLOW_FRAME, OS_FLOW_WRITE, OS_FLOW_KEY };

struct os_trace_site {
	const char *layer, *function, *file, *what;
	int line;
};

/* Makes a new flow: kind in the top byte, then the process, then a counter. Never 0. */
OS_PUBLIC uint64_t os_flow_create(enum os_flow_kind kind);
OS_PUBLIC enum os_flow_kind os_flow_kind(uint64_t flow);
OS_PUBLIC uint64_t os_flow_current(void);              /* of this thread; 0 = none */
OS_PUBLIC uint64_t os_flow_set_current(uint64_t flow); /* returns the one before */

/* index: the site's place in this process's ring, 0 until first used. */
OS_PUBLIC void os_trace_record(const struct os_trace_site *site, uint32_t *index, uint64_t flow,
                               int64_t real_us, int64_t duration_us, int64_t argument);

#define OS_TRACE_AT(layer_, what_, flow_, real_us_, duration_us_, argument_)                       \
	do {                                                                                       \
		static const struct os_trace_site s_site = {layer_, __func__, OS_TRACE_FILE, what_, __LINE__}; \
		static uint32_t s_index;                                                           \
		os_trace_record(&s_site, &s_index, flow_, real_us_, duration_us_, argument_);      \
	} while (0)
#define OS_TRACE_BEGIN() os_clock_real_us()
#define OS_TRACE_END(layer, what, began_us, argument)                                              \
	OS_TRACE_AT(layer, what, os_flow_current(), began_us, os_clock_real_us() - (began_us), argument)
#define OS_TRACE_MARK(layer, what, argument)                                                       \
	OS_TRACE_AT(layer, what, os_flow_current(), os_clock_real_us(), 0, argument)

/* The source file relative to the tree's root; the build passes -fmacro-prefix-map for it. */
#define OS_TRACE_FILE __FILE__

/* --- The ring, for the supervisor, os_process and readers --------------------------------------- */

#define OS_TRACE_RING_RECORDS 16384
#define OS_TRACE_RING_SITES 512

/* One record as a reader gets it, checked and copied out of the shared memory. */
struct os_trace_event {
	int64_t real_us, duration_us, argument;
	uint64_t flow;
	uint32_t thread; /* the kernel's number, as its process sees it */
	int line;
	char layer[24], function[64], file[96], what[48];
};
typedef void (*os_trace_fn)(void *context, const struct os_trace_event *event);

OS_PUBLIC int os_trace_create_ring(int *ret_fd);      /* supervisor: a sealed memfd */
OS_PUBLIC int os_trace_attach(int fd);                /* the traced process; fd not taken over */
/* Calls fn for each record still in the ring, oldest first. Trusts nothing in it. */
OS_PUBLIC int os_trace_read_ring(int fd, os_trace_fn fn, void *context);

#endif
