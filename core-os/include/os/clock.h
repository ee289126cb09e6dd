/* Clock: two of them, and no third (CONTRACTS.md, Time).
 *
 * The device's clock is what timers, animations, alarms and frames run on. It can be held and
 * stepped, for the whole device at once: the supervisor writes a page that every process maps
 * read-only. The real clock is for watchdogs, restart back-off, time-outs and trace durations.
 * Nobody above core-os and the boards reads any other clock.
 *
 *	int64_t start_us = os_clock_now_us();           device time, microseconds
 *	int64_t wall_us = os_clock_wall_us();           calendar time since 1970, UTC, of the device
 *
 * While it runs, device time is CLOCK_MONOTONIC plus an offset. Thread: any. */
#ifndef OS_CLOCK_H
#define OS_CLOCK_H

#include <os/base.h>

OS_PUBLIC int64_t os_clock_now_us(void);
OS_PUBLIC int64_t os_clock_wall_us(void);
OS_PUBLIC int64_t os_clock_real_us(void);
OS_PUBLIC bool os_clock_is_held(void);

/* Turns a CLOCK_MONOTONIC time, such as a kernel's input event carries, into device time. */
OS_PUBLIC int64_t os_clock_from_monotonic_us(int64_t monotonic_us);

/* --- The page, for the supervisor and os_process ------------------------------------------- */

/* Makes the page that this process owns from now on; ret_fd can be mapped by others, read-only. */
OS_PUBLIC int os_clock_create_page(int *ret_fd);
/* Uses the page behind fd (not taken over) from now on. -EINVAL if it is not a sealed clock page. */
OS_PUBLIC int os_clock_attach(int fd);

/* The owner's side, and a test's: without a page a process has one of its own. */
OS_PUBLIC void os_clock_hold(void);                 /* time stands still from here */
OS_PUBLIC void os_clock_run(void);                  /* goes on from where it stood */
OS_PUBLIC void os_clock_advance_to(int64_t now_us); /* held only; never backwards */
OS_PUBLIC void os_clock_set_wall(int64_t wall_us);

#endif
