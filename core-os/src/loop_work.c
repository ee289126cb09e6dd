/* Work that a loop was given: posted (any thread, counts as busy until it has run), deferred (to
 * the end of the turn), and the observers before its waits. And which loop is the main one. */
#include <assert.h>
#include <os/loop.h>
#include <os/memory.h>
#include <os/process.h>
#include <os/trace.h>

#include "loop_state.h"

static struct {
	pthread_mutex_t lock;
	struct os_loop *loop;   /* weak: forgotten when it is released */
	struct os_list waiting; /* loop_work.link: posted while there was no main loop */
} s_main = {.lock = PTHREAD_MUTEX_INITIALIZER, .waiting = {&s_main.waiting, &s_main.waiting}};

static struct loop_work *work_create(enum os_loop_mode mode, os_loop_fn fn, void *context)
{
	assert(fn != NULL);
	struct loop_work *work = os_alloc(sizeof(*work));
	work->mode = mode;
	work->fn = fn;
	work->context = context;
	work->flow = os_flow_current();
	return work;
}

static void run_work(struct loop_work *work)
{
	uint64_t before = os_flow_set_current(work->flow);
	work->fn(work->context);
	os_flow_set_current(before);
	os_free(work);
}

static struct loop_work *first_of(struct os_list *list)
{
	return os_list_is_empty(list) ? NULL : OS_CONTAINER_OF(list->next, struct loop_work, link);
}

static void move_all(struct os_list *from, struct os_list *to)
{
	for (struct loop_work *work = first_of(from); work != NULL; work = first_of(from)) {
		os_list_remove(&work->link);
		os_list_append(to, &work->link);
	}
}

/* --- Posted ----------------------------------------------------------------------------------- */

void os_loop_post(struct os_loop *loop, os_loop_fn fn, void *context)
{
	struct loop_work *work = work_create(OS_LOOP_MODE_COMMON, fn, context);
	os_process_begin_busy();
	pthread_mutex_lock(&loop->lock);
	os_list_append(&loop->posted, &work->link);
	if (!loop_is_own_thread(loop)) {
		loop_wake_locked(loop);
	}
	pthread_mutex_unlock(&loop->lock);
}

/* Runs as many as there were when it began: one that posts itself again waits for the next turn. */
int loop_run_posted(struct os_loop *loop)
{
	pthread_mutex_lock(&loop->lock);
	move_all(&loop->posted, &loop->taken);
	pthread_mutex_unlock(&loop->lock);
	size_t count = os_list_count(&loop->taken);
	int calls = 0;
	for (; count > 0 && !os_list_is_empty(&loop->taken); count--) {
		struct loop_work *work = first_of(&loop->taken);
		os_list_remove(&work->link);
		run_work(work);
		os_process_end_busy();
		calls++;
	}
	return calls;
}

/* --- Deferred --------------------------------------------------------------------------------- */

void os_loop_defer(struct os_loop *loop, enum os_loop_mode mode, os_loop_fn fn, void *context)
{
	assert(loop_is_own_thread(loop));
	os_list_append(&loop->deferred, &work_create(mode, fn, context)->link);
}

static void cancel_in(struct os_list *list, os_loop_fn fn, void *context)
{
	struct loop_work *work, *after;
	os_list_for_each_safe(work, after, list, link) {
		if (work->fn == fn && work->context == context) {
			os_list_remove(&work->link);
			os_free(work);
		}
	}
}

void os_loop_cancel_deferred(struct os_loop *loop, os_loop_fn fn, void *context)
{
	cancel_in(&loop->deferred, fn, context);
	cancel_in(&loop->deferring, fn, context);
}

static bool may_run(const struct os_loop *loop, const struct loop_work *work)
{
	return work->mode == OS_LOOP_MODE_COMMON || loop->tracking == 0;
}

int loop_run_deferred(struct os_loop *loop)
{
	int calls = 0;
	move_all(&loop->deferred, &loop->deferring);
	for (struct loop_work *work; (work = first_of(&loop->deferring)) != NULL;) {
		os_list_remove(&work->link);
		if (!may_run(loop, work)) {
			os_list_append(&loop->deferred, &work->link);
			continue;
		}
		run_work(work);
		calls++;
	}
	return calls;
}

bool loop_has_work(struct os_loop *loop)
{
	struct loop_work *work;
	os_list_for_each(work, &loop->deferred, link) {
		if (may_run(loop, work)) {
			return true;
		}
	}
	pthread_mutex_lock(&loop->lock);
	bool has = !os_list_is_empty(&loop->posted) || loop->stopped;
	pthread_mutex_unlock(&loop->lock);
	return has || !os_list_is_empty(&loop->taken);
}

static void drop_all(struct os_list *list, bool counted)
{
	for (struct loop_work *work; (work = first_of(list)) != NULL;) {
		os_list_remove(&work->link);
		os_free(work);
		if (counted) {
			os_process_end_busy();
		}
	}
}

void loop_drop_work(struct os_loop *loop)
{
	drop_all(&loop->deferred, false);
	drop_all(&loop->deferring, false);
	drop_all(&loop->taken, true);
	drop_all(&loop->posted, true);
}

/* --- Observers -------------------------------------------------------------------------------- */

struct os_loop_observer *os_loop_observe_before_wait(struct os_loop *loop, os_loop_fn fn,
						     void *context)
{
	assert(loop_is_own_thread(loop) && fn != NULL);
	struct os_loop_observer *observer = os_alloc(sizeof(*observer));
	observer->loop = loop;
	observer->fn = fn;
	observer->context = context;
	os_list_append(&loop->observers, &observer->link);
	return observer;
}

struct os_loop_observer *os_loop_observer_remove(struct os_loop_observer *observer)
{
	if (observer != NULL) {
		os_list_remove(&observer->link);
		os_free(observer);
	}
	return NULL;
}

/* The walk stands in the list itself, as a signal's does, since observers come and go meanwhile. */
void loop_run_observers(struct os_loop *loop)
{
	struct os_loop_observer cursor = {0};
	os_list_prepend(&loop->observers, &cursor.link);
	while (cursor.link.next != &loop->observers) {
		struct os_list *place = cursor.link.next;
		os_list_remove(&cursor.link);
		os_list_insert_after(place, &cursor.link);
		struct os_loop_observer *observer =
		    OS_CONTAINER_OF(place, struct os_loop_observer, link);
		if (observer->fn != NULL) {
			observer->fn(observer->context);
		}
	}
	os_list_remove(&cursor.link);
}

/* --- The main loop ---------------------------------------------------------------------------- */

void loop_main_created(struct os_loop *loop)
{
	pthread_mutex_lock(&s_main.lock);
	if (s_main.loop == NULL) {
		s_main.loop = loop;
		move_all(&s_main.waiting, &loop->posted);
	}
	pthread_mutex_unlock(&s_main.lock);
}

void loop_main_released(struct os_loop *loop)
{
	pthread_mutex_lock(&s_main.lock);
	if (s_main.loop == loop) {
		s_main.loop = NULL;
	}
	pthread_mutex_unlock(&s_main.lock);
}

void loop_post_main(os_loop_fn fn, void *context)
{
	pthread_mutex_lock(&s_main.lock);
	if (s_main.loop != NULL) {
		os_loop_post(s_main.loop, fn, context);
	} else {
		os_process_begin_busy();
		os_list_append(&s_main.waiting,
			       &work_create(OS_LOOP_MODE_COMMON, fn, context)->link);
	}
	pthread_mutex_unlock(&s_main.lock);
}

bool loop_is_main_thread(void)
{
	pthread_mutex_lock(&s_main.lock);
	bool is_main = s_main.loop == NULL || loop_is_own_thread(s_main.loop);
	pthread_mutex_unlock(&s_main.lock);
	return is_main;
}
