/* A loop's timers: a heap for each clock and mode, so that resting ones cost nothing. */
#ifndef OS_LOOP_TIMERS_H
#define OS_LOOP_TIMERS_H

#include <os/list.h>
#include <os/loop.h>
#include <os/timer.h>

struct timer_heap {
	struct os_timer **items; /* the earliest first; each knows its index */
	size_t count, capacity;
};

struct loop_timers {
	struct timer_heap heaps[2][2]; /* by enum os_timer_clock and enum os_loop_mode */
	struct os_list firing;         /* os_timer.link: due in this turn, in order */
	uint64_t sequence;             /* timers of one deadline fire in the order they were set */
};

void loop_timers_init(struct loop_timers *timers);
void loop_timers_finish(struct loop_timers *timers);
/* The earliest deadline among those that may fire now; OS_NEVER. */
int64_t loop_timers_next_us(const struct loop_timers *timers, enum os_timer_clock clock,
			    bool tracking);
/* Fires what is due, the device's before the real ones. Returns the number of calls. */
int loop_timers_fire(struct os_loop *loop, int64_t device_us, int64_t real_us);

#endif
