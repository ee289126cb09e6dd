/* One turn:
 *
 *	before-wait observers → idle → epoll_wait → awake → descriptors → timers → posted → deferred
 *
 * It waits only if nothing is left to do, and then until a descriptor, the eventfd (posted work,
 * stop) or the timerfd; without timers the timerfd is off, and an idle loop never wakes. */
#include <os/loop.h>

#include <assert.h>
#include <errno.h>
#include <os/clock.h>
#include <os/memory.h>
#include <os/process.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "loop_state.h"
#include "page.h"

#define EVENTS_PER_TURN 64

static _Thread_local struct os_loop *s_current;

/* --- Life cycle ------------------------------------------------------------------------------- */

static int must(int fd, const char *what)
{
	if (fd < 0) {
		perror(what);
		abort();
	}
	return fd;
}

struct os_loop *os_loop_create(void)
{
	struct os_loop *loop = os_alloc(sizeof(*loop));
	loop->refs = 1;
	loop->thread = pthread_self();
	loop->epoll_fd = must(epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
	loop->timer_fd =
	    must(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK), "timerfd");
	loop->event_fd = must(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd");
	loop->armed_us = OS_NEVER;
	loop->awake = true;
	loop_timers_init(&loop->timers);
	os_list_init(&loop->dead);
	os_list_init(&loop->deferred);
	os_list_init(&loop->deferring);
	os_list_init(&loop->observers);
	os_list_init(&loop->taken);
	os_list_init(&loop->posted);
	pthread_mutex_init(&loop->lock, NULL);
	must(loop_add_internal_fd(loop, loop->timer_fd, &loop->timer_fd), "epoll_ctl");
	must(loop_add_internal_fd(loop, loop->event_fd, &loop->event_fd), "epoll_ctl");
	if (s_current == NULL) {
		s_current = loop;
	}
	loop_main_created(loop);
	return loop;
}

struct os_loop *os_loop_retain(struct os_loop *loop)
{
	atomic_fetch_add(&loop->refs, 1);
	return loop;
}

struct os_loop *os_loop_release(struct os_loop *loop)
{
	if (loop == NULL || atomic_fetch_sub(&loop->refs, 1) > 1) {
		return NULL;
	}
	loop_main_released(loop);
	loop_set_hooks(loop, NULL, NULL);
	loop_drop_work(loop);
	loop_free_dead_sources(loop);
	loop_timers_finish(&loop->timers);
	close(loop->epoll_fd);
	close(loop->timer_fd);
	close(loop->event_fd);
	pthread_mutex_destroy(&loop->lock);
	if (s_current == loop) {
		s_current = NULL;
	}
	os_free(loop);
	return NULL;
}

struct os_loop *os_loop_current(void)
{
	return s_current;
}

bool loop_is_own_thread(const struct os_loop *loop)
{
	return pthread_equal(loop->thread, pthread_self());
}

/* --- Being awake ------------------------------------------------------------------------------ */

void loop_set_hooks(struct os_loop *loop, const struct loop_hooks *hooks, void *context)
{
	if (loop->hooks != NULL && loop->awake) {
		loop->hooks->idle(loop->hooks_context, OS_NEVER);
	}
	loop->hooks = hooks;
	loop->hooks_context = context;
	if (hooks != NULL && loop->awake) {
		hooks->awake(context);
	}
}

static void page_awake(void *context)
{
	os_process_begin_busy();
}

static void page_idle(void *context, int64_t next_deadline_us)
{
	page_set_next_deadline(next_deadline_us);
	os_process_end_busy();
}

void loop_report_to_page(struct os_loop *loop)
{
	static const struct loop_hooks s_hooks = {.awake = page_awake, .idle = page_idle};
	loop_set_hooks(loop, &s_hooks, NULL);
}

static void become_idle(struct os_loop *loop)
{
	if (loop->awake) {
		loop->awake = false;
		if (loop->hooks != NULL) {
			loop->hooks->idle(loop->hooks_context, os_loop_next_deadline_us(loop));
		}
	}
}

static void become_awake(struct os_loop *loop)
{
	if (!loop->awake) {
		loop->awake = true;
		if (loop->hooks != NULL) {
			loop->hooks->awake(loop->hooks_context);
		}
	}
}

void loop_wake_locked(struct os_loop *loop)
{
	if (!loop->event_set) {
		uint64_t one = 1;
		loop->event_set = true;
		OS_UNUSED ssize_t written = write(loop->event_fd, &one, sizeof(one));
	}
}

/* Always reads: page_watch_busy writes to the same eventfd without the lock. */
void loop_drain_event(struct os_loop *loop)
{
	uint64_t value;
	pthread_mutex_lock(&loop->lock);
	OS_UNUSED ssize_t got = read(loop->event_fd, &value, sizeof(value));
	loop->event_set = false;
	pthread_mutex_unlock(&loop->lock);
}

void os_loop_clock_changed(struct os_loop *loop)
{
	if (loop_is_own_thread(loop)) {
		return; /* the wait is measured anew at the end of this turn */
	}
	pthread_mutex_lock(&loop->lock);
	loop_wake_locked(loop);
	pthread_mutex_unlock(&loop->lock);
}

/* --- A turn ----------------------------------------------------------------------------------- */

/* The real time at which the next timer of either clock is due; a held clock's never are. */
static int64_t next_real_us(const struct os_loop *loop)
{
	bool tracking = loop->tracking > 0;
	int64_t next_us = loop_timers_next_us(&loop->timers, OS_TIMER_REAL, tracking);
	int64_t device_us = loop_timers_next_us(&loop->timers, OS_TIMER_DEVICE, tracking);
	if (device_us == OS_NEVER) {
		return next_us;
	}
	int64_t left_us = device_us - os_clock_now_us();
	if (left_us <= 0) {
		return 0;
	}
	return os_clock_is_held() ? next_us : OS_MIN(next_us, os_clock_real_us() + left_us);
}

static void arm(struct os_loop *loop, int64_t at_us)
{
	if (at_us == loop->armed_us) {
		return;
	}
	struct itimerspec when = {0};
	if (at_us != OS_NEVER) {
		when.it_value.tv_sec = at_us / OS_US_PER_S;
		when.it_value.tv_nsec = at_us % OS_US_PER_S * 1000;
	}
	timerfd_settime(loop->timer_fd, TFD_TIMER_ABSTIME, &when, NULL);
	loop->armed_us = at_us;
}

static int wait_for_events(struct os_loop *loop, int64_t max_wait_us, struct epoll_event *events)
{
	if (max_wait_us > 0 && !loop_has_work(loop)) {
		int64_t real_us = os_clock_real_us(), until_us = next_real_us(loop);
		if (max_wait_us < OS_NEVER - real_us) {
			until_us = OS_MIN(until_us, real_us + max_wait_us);
		}
		if (until_us > real_us) {
			arm(loop, until_us);
			become_idle(loop);
			int count = epoll_wait(loop->epoll_fd, events, EVENTS_PER_TURN, -1);
			become_awake(loop);
			return count;
		}
	}
	return epoll_wait(loop->epoll_fd, events, EVENTS_PER_TURN, 0);
}

static int dispatch(struct os_loop *loop, const struct epoll_event *event)
{
	if (event->data.ptr == &loop->event_fd) {
		loop_drain_event(loop);
		return 0;
	}
	if (event->data.ptr == &loop->timer_fd) {
		uint64_t expirations;
		OS_UNUSED ssize_t got = read(loop->timer_fd, &expirations, sizeof(expirations));
		loop->armed_us = OS_NEVER;
		return 0;
	}
	return loop_dispatch_source(event->data.ptr, event->events);
}

int os_loop_iterate(struct os_loop *loop, int64_t max_wait_us)
{
	assert(loop_is_own_thread(loop));
	struct epoll_event events[EVENTS_PER_TURN];
	int calls = 0;
	os_loop_retain(loop);
	loop->depth++;
	loop_run_observers(loop);
	int count = wait_for_events(loop, max_wait_us, events);
	for (int i = 0; i < count; i++) {
		calls += dispatch(loop, &events[i]);
	}
	calls += loop_timers_fire(loop, os_clock_now_us(), os_clock_real_us());
	calls += loop_run_posted(loop);
	calls += loop_run_deferred(loop);
	loop->depth--;
	if (loop->depth == 0) {
		loop_free_dead_sources(loop);
	}
	os_loop_release(loop);
	return calls;
}

/* --- Running ---------------------------------------------------------------------------------- */

static bool take_stop(struct os_loop *loop, int *ret_value)
{
	pthread_mutex_lock(&loop->lock);
	bool stopped = loop->stopped;
	if (stopped) {
		*ret_value = loop->stop_value;
		loop->stopped = false;
	}
	pthread_mutex_unlock(&loop->lock);
	return stopped;
}

int os_loop_run(struct os_loop *loop)
{
	int value = 0;
	os_loop_retain(loop);
	while (!take_stop(loop, &value)) {
		os_loop_iterate(loop, OS_NEVER);
	}
	os_loop_release(loop);
	return value;
}

void os_loop_stop(struct os_loop *loop, int value)
{
	pthread_mutex_lock(&loop->lock);
	loop->stopped = true;
	loop->stop_value = value;
	if (!loop_is_own_thread(loop)) {
		loop_wake_locked(loop);
	}
	pthread_mutex_unlock(&loop->lock);
}

/* Turns until nothing is left to do now, nor under way in another thread: what was posted or handed
 * to a queue counts as busy. own: how much of that is this loop's being awake. */
static void run_dry(struct os_loop *loop, uint32_t own)
{
	for (;;) {
		while (os_loop_iterate(loop, 0) > 0) {
		}
		if (page_busy() <= own) {
			return;
		}
		os_loop_iterate(loop, OS_NEVER);
	}
}

void os_loop_step_to(struct os_loop *loop, int64_t until_us)
{
	assert(os_clock_is_held());
	uint32_t own = loop->hooks != NULL ? 1 : 0;
	page_watch_busy(loop->event_fd, own);
	run_dry(loop, own);
	int64_t next_us = os_loop_next_deadline_us(loop);
	while (next_us <= until_us) {
		os_clock_advance_to(next_us);
		run_dry(loop, own);
		next_us = os_loop_next_deadline_us(loop);
	}
	os_clock_advance_to(until_us);
	run_dry(loop, own);
	page_watch_busy(-1, 0);
}

/* --- Modes ------------------------------------------------------------------------------------ */

void os_loop_begin_tracking(struct os_loop *loop)
{
	loop->tracking++;
}

void os_loop_end_tracking(struct os_loop *loop)
{
	assert(loop->tracking > 0);
	loop->tracking--;
}

bool os_loop_is_tracking(const struct os_loop *loop)
{
	return loop->tracking > 0;
}

int64_t os_loop_next_deadline_us(const struct os_loop *loop)
{
	return loop_timers_next_us(&loop->timers, OS_TIMER_DEVICE, loop->tracking > 0);
}
