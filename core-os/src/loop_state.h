/* A loop's inside, shared by loop.c, loop_source.c, loop_work.c and timer.c. */
#ifndef OS_LOOP_STATE_H
#define OS_LOOP_STATE_H

#include <os/list.h>
#include <os/loop.h>
#include <pthread.h>
#include <stdatomic.h>

#include "loop_private.h"
#include "loop_timers.h"

struct os_source {
	struct os_loop *loop; /* retained */
	struct os_list link;  /* os_loop.dead, once removed */
	os_source_fn fn;
	void *context;
	int fd;
	uint32_t events;
	bool removed; /* freed at the end of the turn: the kernel's answer may still name it */
};

struct os_loop_observer {
	struct os_loop *loop;
	struct os_list link; /* os_loop.observers */
	os_loop_fn fn;
	void *context;
};

/* A piece of posted or deferred work. */
struct loop_work {
	struct os_list link;
	enum os_loop_mode mode; /* of deferred work */
	os_loop_fn fn;
	void *context;
	uint64_t flow; /* of who asked for it */
};

struct os_loop {
	_Atomic int32_t refs;
	pthread_t thread;
	int epoll_fd, timer_fd, event_fd;
	int64_t armed_us; /* what timer_fd is set to, CLOCK_MONOTONIC; OS_NEVER = off */
	int depth;        /* turns inside turns */
	int tracking;
	bool awake;
	const struct loop_hooks *hooks;
	void *hooks_context;

	struct loop_timers timers;
	struct os_list dead;      /* os_source.link */
	struct os_list deferred;  /* loop_work.link */
	struct os_list deferring; /* loop_work.link: those of the turn that is at its end */
	struct os_list observers; /* os_loop_observer.link */
	struct os_list taken;     /* loop_work.link: posted, taken over to this thread */

	pthread_mutex_t lock;  /* of what follows */
	struct os_list posted; /* loop_work.link */
	bool event_set;        /* event_fd was written to and not read yet */
	bool stopped;
	int stop_value;
};

bool loop_is_own_thread(const struct os_loop *loop);
/* Makes the loop's wait end. Any thread; lock is held by the caller. */
void loop_wake_locked(struct os_loop *loop);
void loop_drain_event(struct os_loop *loop);

/* loop_source.c */
int loop_add_internal_fd(struct os_loop *loop, int fd, void *tag);
int loop_dispatch_source(struct os_source *source, uint32_t epoll_events);
void loop_free_dead_sources(struct os_loop *loop);

/* loop_work.c */
bool loop_has_work(struct os_loop *loop);
int loop_run_posted(struct os_loop *loop);
int loop_run_deferred(struct os_loop *loop);
void loop_run_observers(struct os_loop *loop);
void loop_drop_work(struct os_loop *loop);
void loop_main_created(struct os_loop *loop);
void loop_main_released(struct os_loop *loop);

#endif
