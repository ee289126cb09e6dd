/* Timer: calls once at a time of the device's clock, or of the real one (NSTimer).
 *
 *	struct os_timer *timer = os_timer_create(loop, OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON, fired, self);
 *	os_timer_set(timer, os_clock_now_us() + 150 * OS_US_PER_MS);
 *	…
 *	timer = os_timer_release(timer);                cancels
 *
 * One shot; set it again in the callback to repeat, from now_us, which is the time it was set to
 * (not the time at which it was noticed), so that repeated timers do not drift.
 * Device timers rest while the clock is held, and fire in order when it is stepped.
 * Thread: the loop's own. */
#ifndef OS_TIMER_H
#define OS_TIMER_H

#include <os/loop.h>

enum os_timer_clock { OS_TIMER_DEVICE, OS_TIMER_REAL };

struct os_timer;
typedef void (*os_timer_fn)(void *context, int64_t now_us);

OS_PUBLIC struct os_timer *os_timer_create(struct os_loop *loop, enum os_timer_clock clock,
                                           enum os_loop_mode mode, os_timer_fn fn, void *context);
OS_PUBLIC struct os_timer *os_timer_release(struct os_timer *timer);
OS_PUBLIC void os_timer_set(struct os_timer *timer, int64_t at_us); /* replaces an earlier one */
OS_PUBLIC void os_timer_set_after(struct os_timer *timer, int64_t delay_us);
OS_PUBLIC void os_timer_cancel(struct os_timer *timer);
OS_PUBLIC bool os_timer_is_set(const struct os_timer *timer);
OS_PUBLIC int64_t os_timer_deadline_us(const struct os_timer *timer); /* OS_NEVER when not set */

#endif
