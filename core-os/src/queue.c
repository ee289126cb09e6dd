/* Each queue has threads of its own: one, or as many as there are cores. So no queue can starve
 * another, and waiting for one from another (os_queue_sync) cannot run out of threads.
 *
 *	thread:  made when work finds no idle one → works → waits 10 s for more → ends
 *
 * A queue lives as long as somebody holds it or one of its threads runs. */
#include <os/queue.h>

#include "queue_private.h"

#include <assert.h>
#include <errno.h>
#include <os/clock.h>
#include <os/list.h>
#include <os/memory.h>
#include <os/process.h>
#include <os/trace.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "loop_private.h"

#define LINGER_US (10 * OS_US_PER_S)

struct work {
	struct os_list link; /* os_queue.work */
	os_loop_fn fn;
	void *context;
	uint64_t flow; /* of who asked for it */
};

struct os_queue {
	bool is_main; /* what follows is not used then */
	char name[16];
	enum os_queue_quality quality;
	size_t threads_max;
	pthread_mutex_t lock;
	pthread_cond_t more;  /* work, or nobody holds the queue any longer */
	pthread_cond_t ended; /* a thread */
	struct os_list work;
	size_t work_count;
	size_t users, threads, idle_threads;
};

static struct os_queue s_main_queue = {.is_main = true, .name = "main"};
static _Thread_local struct os_queue *s_current;
static _Atomic int64_t s_linger_us = LINGER_US;

/* --- Life cycle ------------------------------------------------------------------------------- */

static size_t core_count(void)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	return cores > 1 ? (size_t)cores : 1;
}

struct os_queue *os_queue_create(const char *name, enum os_queue_kind kind,
				 enum os_queue_quality quality)
{
	struct os_queue *queue = os_alloc(sizeof(*queue));
	snprintf(queue->name, sizeof(queue->name), "%s", name);
	queue->quality = quality;
	queue->threads_max = kind == OS_QUEUE_SERIAL ? 1 : core_count();
	queue->users = 1;
	os_list_init(&queue->work);
	pthread_mutex_init(&queue->lock, NULL);
	pthread_condattr_t attributes;
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&queue->more, &attributes);
	pthread_cond_init(&queue->ended, NULL);
	pthread_condattr_destroy(&attributes);
	return queue;
}

struct os_queue *os_queue_retain(struct os_queue *queue)
{
	if (!queue->is_main) {
		pthread_mutex_lock(&queue->lock);
		queue->users++;
		pthread_mutex_unlock(&queue->lock);
	}
	return queue;
}

static void destroy(struct os_queue *queue)
{
	pthread_mutex_destroy(&queue->lock);
	pthread_cond_destroy(&queue->more);
	pthread_cond_destroy(&queue->ended);
	os_free(queue);
}

struct os_queue *os_queue_release(struct os_queue *queue)
{
	if (queue == NULL || queue->is_main) {
		return NULL;
	}
	pthread_mutex_lock(&queue->lock);
	assert(queue->users > 0);
	queue->users--;
	bool last = queue->users == 0 && queue->threads == 0;
	if (queue->users == 0) {
		pthread_cond_broadcast(&queue->more);
	}
	pthread_mutex_unlock(&queue->lock);
	if (last) {
		destroy(queue);
	}
	return NULL;
}

struct os_queue *os_queue_main(void)
{
	return &s_main_queue;
}

/* --- Threads ---------------------------------------------------------------------------------- */

/* Waits for work; false when the thread has to end. */
static bool wait_for_work(struct os_queue *queue)
{
	int64_t until_us = os_clock_real_us() + atomic_load(&s_linger_us);
	struct timespec until = {until_us / OS_US_PER_S, until_us % OS_US_PER_S * 1000};
	int result = 0;
	while (os_list_is_empty(&queue->work)) {
		if (queue->users == 0 || result == ETIMEDOUT) {
			return false;
		}
		queue->idle_threads++;
		result = pthread_cond_timedwait(&queue->more, &queue->lock, &until);
		queue->idle_threads--;
	}
	return true;
}

static void run(struct work *work)
{
	os_flow_set_current(work->flow);
	work->fn(work->context);
	os_flow_set_current(0);
	os_free(work);
	os_process_end_busy();
}

static void *thread_main(void *context)
{
	static const int s_nice[] = {
	    [OS_QUEUE_USER_INITIATED] = 0, [OS_QUEUE_UTILITY] = 5, [OS_QUEUE_BACKGROUND] = 15};
	struct os_queue *queue = context;
	s_current = queue;
	pthread_setname_np(pthread_self(), queue->name);
	setpriority(PRIO_PROCESS, 0, s_nice[queue->quality]); /* 0: this thread, on Linux */
	pthread_mutex_lock(&queue->lock);
	while (wait_for_work(queue)) {
		struct work *work = OS_CONTAINER_OF(queue->work.next, struct work, link);
		os_list_remove(&work->link);
		queue->work_count--;
		pthread_mutex_unlock(&queue->lock);
		run(work);
		pthread_mutex_lock(&queue->lock);
	}
	queue->threads--;
	bool last = queue->users == 0 && queue->threads == 0;
	pthread_cond_broadcast(&queue->ended);
	pthread_mutex_unlock(&queue->lock);
	if (last) {
		destroy(queue);
	}
	return NULL;
}

/* Signals sent to the process are the main thread's; faults stay with the thread that made them. */
static void start_thread(struct os_queue *queue)
{
	static const int s_faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS};
	sigset_t blocked, before;
	sigfillset(&blocked);
	for (size_t i = 0; i < OS_ARRAY_LEN(s_faults); i++) {
		sigdelset(&blocked, s_faults[i]);
	}
	pthread_attr_t attributes;
	pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	pthread_sigmask(SIG_SETMASK, &blocked, &before);
	pthread_t thread;
	queue->threads++;
	int result = pthread_create(&thread, &attributes, thread_main, queue);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attributes);
	if (result == 0) {
		return;
	}
	queue->threads--;
	if (queue->threads == 0) { /* nobody would ever do the work */
		fprintf(stderr, "no thread for queue %s: %s\n", queue->name, strerror(result));
		abort();
	}
}

/* --- Work ------------------------------------------------------------------------------------- */

void os_queue_async(struct os_queue *queue, os_loop_fn fn, void *context)
{
	if (queue->is_main) {
		loop_post_main(fn, context);
		return;
	}
	struct work *work = os_alloc(sizeof(*work));
	work->fn = fn;
	work->context = context;
	work->flow = os_flow_current();
	os_process_begin_busy();
	pthread_mutex_lock(&queue->lock);
	os_list_append(&queue->work, &work->link);
	queue->work_count++;
	if (queue->work_count > queue->idle_threads && queue->threads < queue->threads_max) {
		start_thread(queue);
	}
	pthread_cond_signal(&queue->more);
	pthread_mutex_unlock(&queue->lock);
}

struct sync_call {
	os_loop_fn fn;
	void *context;
	pthread_mutex_t lock;
	pthread_cond_t done;
	bool is_done;
};

static void run_sync_call(void *context)
{
	struct sync_call *call = context;
	call->fn(call->context);
	pthread_mutex_lock(&call->lock);
	call->is_done = true;
	pthread_cond_signal(&call->done);
	pthread_mutex_unlock(&call->lock);
}

void os_queue_sync(struct os_queue *queue, os_loop_fn fn, void *context)
{
	assert(!os_queue_is_current(queue) && "would wait for itself");
	struct sync_call call = {.fn = fn, .context = context};
	pthread_mutex_init(&call.lock, NULL);
	pthread_cond_init(&call.done, NULL);
	os_queue_async(queue, run_sync_call, &call);
	pthread_mutex_lock(&call.lock);
	while (!call.is_done) {
		pthread_cond_wait(&call.done, &call.lock);
	}
	pthread_mutex_unlock(&call.lock);
	pthread_cond_destroy(&call.done);
	pthread_mutex_destroy(&call.lock);
}

bool os_queue_is_current(const struct os_queue *queue)
{
	return queue->is_main ? loop_is_main_thread() : s_current == queue;
}

void os_assert_main_thread(void)
{
	assert(loop_is_main_thread());
}

/* --- For tests -------------------------------------------------------------------------------- */

void queue_set_linger_us(int64_t linger_us)
{
	atomic_store(&s_linger_us, linger_us);
}

size_t queue_thread_count(struct os_queue *queue)
{
	pthread_mutex_lock(&queue->lock);
	size_t count = queue->threads;
	pthread_mutex_unlock(&queue->lock);
	return count;
}

void queue_wait_threads(struct os_queue *queue)
{
	pthread_mutex_lock(&queue->lock);
	while (queue->threads > 0) {
		pthread_cond_wait(&queue->ended, &queue->lock);
	}
	pthread_mutex_unlock(&queue->lock);
}
