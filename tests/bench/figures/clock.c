/* Figure of the frame clock: a timer of a loop that is set again from the time that it was set to,
 * as the compositor sets its own. */
#include <math.h>

#include <os/clock.h>
#include <os/loop.h>
#include <os/memory.h>
#include <os/timer.h>

#include "ticks.h"
#include "work.h"

struct ticks {
	struct os_loop *loop;
	struct os_timer *timer;
	int64_t origin_us;
	double *late_us;
	int count, wanted;
};

static void fired(void *context, int64_t now_us)
{
	struct ticks *ticks = context;
	ticks->late_us[ticks->count++] = (double)(os_clock_now_us() - now_us);
	if (ticks->count == ticks->wanted) {
		os_loop_stop(ticks->loop, 0);
		return;
	}
	os_timer_set(ticks->timer, ticks->origin_us + llround(ticks->count * 1e6 / TICKS_HZ));
}

static double measure(int turns)
{
	struct ticks ticks = {.loop = os_loop_create(), .wanted = turns};
	ticks.late_us = os_alloc_array((size_t)turns, sizeof(double));
	ticks.timer =
	    os_timer_create(ticks.loop, OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON, fired, &ticks);
	ticks.origin_us = os_clock_now_us() + OS_US_PER_MS;
	os_timer_set(ticks.timer, ticks.origin_us);
	os_loop_run(ticks.loop);
	double late_us = bench_part(ticks.late_us, turns, TICKS_PART);
	os_timer_release(ticks.timer);
	os_loop_release(ticks.loop);
	os_free(ticks.late_us);
	return late_us;
}

int main(void)
{
	static const struct bench_work s_works[] = {{.name = "clock", .measure = measure}};
	return bench_serve(s_works, OS_ARRAY_LEN(s_works));
}
