/* Run loop: waits for whatever comes next and calls who asked for it (CFRunLoop, NSRunLoop).
 *
 * One per thread; the main one serves descriptors, timers (os/timer.h), work posted from other
 * threads, and deferred work, in that order, once each per turn. Built on epoll, one timerfd (none
 * while the clock is held) and one eventfd.
 *
 *	struct os_loop *loop = os_loop_create();
 *	struct os_source *source = os_loop_add_fd(loop, fd, OS_LOOP_READ, did_read, self);
 *	os_loop_run(loop);                              until os_loop_stop
 *	os_source_remove(source);
 *	os_loop_release(loop);
 *
 * Modes: while a finger tracks (os_loop_begin_tracking) only what was asked for as
 * OS_LOOP_MODE_DEFAULT rests; everything else runs in all modes.
 * Work that was posted or deferred carries the flow (os/trace.h) of who asked for it. A loop lives
 * as long as its sources and timers, and must outlive what is posted to it.
 * Thread: the loop's own, except os_loop_post and os_loop_stop: any. */
#ifndef OS_LOOP_H
#define OS_LOOP_H

#include <os/base.h>

struct os_loop;
struct os_source;

enum os_loop_events { OS_LOOP_READ = 1, OS_LOOP_WRITE = 2, OS_LOOP_HANGUP = 4 };
enum os_loop_mode { OS_LOOP_MODE_COMMON, OS_LOOP_MODE_DEFAULT };

typedef void (*os_loop_fn)(void *context);
typedef void (*os_source_fn)(void *context, int fd, uint32_t events);

/* --- Life cycle ------------------------------------------------------------------------------ */

OS_PUBLIC struct os_loop *os_loop_create(void);
OS_PUBLIC struct os_loop *os_loop_retain(struct os_loop *loop);
OS_PUBLIC struct os_loop *os_loop_release(struct os_loop *loop);
/* The loop of this thread, NULL if it has none. The first loop of a thread becomes its own. */
OS_PUBLIC struct os_loop *os_loop_current(void);

/* Runs turns until os_loop_stop. Returns the value given to it. */
OS_PUBLIC int os_loop_run(struct os_loop *loop);
OS_PUBLIC void os_loop_stop(struct os_loop *loop, int value); /* before a run, it ends that run */
/* One turn; waits at most max_wait_us of real time (0 = poll, OS_NEVER = until something comes).
 * Returns the number of callbacks made. */
OS_PUBLIC int os_loop_iterate(struct os_loop *loop, int64_t max_wait_us);
/* With a held clock that this process owns: runs everything up to device time until_us, stepping
 * from deadline to deadline; returns when nothing is left to do at until_us, in other threads
 * neither (queued work, os_process_begin_busy). For tests. */
OS_PUBLIC void os_loop_step_to(struct os_loop *loop, int64_t until_us);

/* --- Sources and work ------------------------------------------------------------------------- */

/* A descriptor may be added once. A hang-up is always told, also as READ to who asked for READ, and
 * again each turn until the source is removed or asks for nothing. NULL for a regular file. */
OS_PUBLIC struct os_source *os_loop_add_fd(struct os_loop *loop, int fd, uint32_t events,
                                           os_source_fn fn, void *context);
OS_PUBLIC void os_source_set_events(struct os_source *source, uint32_t events);
OS_PUBLIC struct os_source *os_source_remove(struct os_source *source); /* returns NULL */

/* Runs fn once, at the end of this turn (or of the next one that the mode allows). */
OS_PUBLIC void os_loop_defer(struct os_loop *loop, enum os_loop_mode mode, os_loop_fn fn, void *context);
OS_PUBLIC void os_loop_cancel_deferred(struct os_loop *loop, os_loop_fn fn, void *context);
/* Runs fn on the loop's thread, in order of posting. Any thread. */
OS_PUBLIC void os_loop_post(struct os_loop *loop, os_loop_fn fn, void *context);

/* fn is called each time before the loop goes to sleep: the place to send what has gathered. */
struct os_loop_observer;
OS_PUBLIC struct os_loop_observer *os_loop_observe_before_wait(struct os_loop *loop, os_loop_fn fn,
                                                               void *context);
OS_PUBLIC struct os_loop_observer *os_loop_observer_remove(struct os_loop_observer *observer);

/* --- Modes ------------------------------------------------------------------------------------- */

OS_PUBLIC void os_loop_begin_tracking(struct os_loop *loop); /* nests */
OS_PUBLIC void os_loop_end_tracking(struct os_loop *loop);
OS_PUBLIC bool os_loop_is_tracking(const struct os_loop *loop);

/* --- Looking in ---------------------------------------------------------------------------------- */

/* The earliest device-time deadline of the loop's timers, OS_NEVER if there is none. */
OS_PUBLIC int64_t os_loop_next_deadline_us(const struct os_loop *loop);

#endif
