/* F14, F23: serial and concurrent queues. */
#include "test.h"

#include <os/clock.h>
#include <os/queue.h>
#include <os/trace.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

#include "page.h"
#include "queue_private.h"

static int s_numbers[2000];
static int s_count;
static _Atomic int s_sum, s_running, s_most;

static int setup(void **state)
{
	s_count = 0;
	s_sum = 0;
	s_most = 0;
	return 0;
}

/* A queue whose threads are gone when it is released, so that nothing outlives a test. */
static struct os_queue *create(enum os_queue_kind kind)
{
	queue_set_linger_us(0);
	return os_queue_create("test", kind, OS_QUEUE_UTILITY);
}

static void release(struct os_queue *queue)
{
	queue_wait_threads(queue);
	os_queue_release(queue);
	assert_int_equal(page_busy(), 0);
}

static void note_number(void *context)
{
	s_numbers[s_count++] = (int)(intptr_t)context; /* no lock: one after the other */
}

static void serial_work_runs_in_order(void **state)
{
	struct os_queue *queue = create(OS_QUEUE_SERIAL);
	for (intptr_t i = 0; i < 2000; i++) {
		os_queue_async(queue, note_number, (void *)i);
		assert_true(queue_thread_count(queue) <= 1);
	}
	queue_wait_threads(queue);
	assert_int_equal(s_count, 2000);
	for (int i = 0; i < 2000; i++) {
		assert_int_equal(s_numbers[i], i);
	}
	release(queue);
}

static void add(void *context)
{
	int running = atomic_fetch_add(&s_running, 1) + 1;
	if (running > atomic_load(&s_most)) {
		atomic_store(&s_most, running);
	}
	atomic_fetch_add(&s_sum, (int)(intptr_t)context);
	sched_yield();
	atomic_fetch_sub(&s_running, 1);
}

static void concurrent_work_is_bounded_by_the_cores(void **state)
{
	struct os_queue *queue = create(OS_QUEUE_CONCURRENT);
	for (intptr_t i = 1; i <= 1000; i++) {
		os_queue_async(queue, add, (void *)i);
	}
	queue_wait_threads(queue);
	assert_int_equal(s_sum, 500500);
	assert_true(atomic_load(&s_most) <= sysconf(_SC_NPROCESSORS_ONLN));
	release(queue);
}

static void sees_itself(void *context)
{
	struct os_queue *queue = context;
	sigset_t blocked;
	pthread_sigmask(SIG_SETMASK, NULL, &blocked);
	s_numbers[0] = os_queue_is_current(queue);
	s_numbers[1] = os_queue_is_current(os_queue_main());
	s_numbers[2] = sigismember(&blocked, SIGTERM);
	s_numbers[3] = sigismember(&blocked, SIGSEGV);
	s_numbers[4] = os_flow_current() == 42;
}

static void sync_returns_when_it_has_run(void **state)
{
	struct os_loop *loop = os_loop_create();
	struct os_queue *queue = create(OS_QUEUE_SERIAL);
	os_flow_set_current(42);
	os_queue_sync(queue, sees_itself, queue);
	os_flow_set_current(0);
	assert_int_equal(s_numbers[0], 1);
	assert_int_equal(s_numbers[1], 0);
	assert_int_equal(s_numbers[2], 1); /* signals are the main thread's */
	assert_int_equal(s_numbers[3], 0); /* faults are one's own */
	assert_int_equal(s_numbers[4], 1); /* the flow goes along */
	assert_false(os_queue_is_current(queue));
	assert_true(os_queue_is_current(os_queue_main()));
	os_assert_main_thread();
	release(queue);
	os_loop_release(loop);
}

static void a_released_queue_still_does_its_work(void **state)
{
	queue_set_linger_us(10 *
			    OS_US_PER_S); /* nobody waits for it: who is released ends at once */
	struct os_queue *queue = os_queue_create("gone", OS_QUEUE_SERIAL, OS_QUEUE_BACKGROUND);
	struct os_queue *other = create(OS_QUEUE_SERIAL);
	os_queue_retain(queue);
	for (intptr_t i = 1; i <= 100; i++) {
		os_queue_async(queue, add, (void *)i);
	}
	assert_null(os_queue_release(queue));
	assert_null(os_queue_release(queue));
	assert_null(os_queue_release(NULL));
	while (page_busy() > 0) {
		sched_yield();
	}
	assert_int_equal(s_sum, 5050);
	release(other);
}

static void wait_at_gate(void *gate)
{
	pthread_mutex_lock(gate);
	pthread_mutex_unlock(gate);
}

static void queued_work_counts_as_busy(void **state)
{
	struct os_queue *queue = create(OS_QUEUE_SERIAL);
	pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
	pthread_mutex_lock(&gate);
	os_queue_async(queue, wait_at_gate, &gate);
	os_queue_async(queue, add, NULL);
	assert_int_equal(page_busy(), 2);
	pthread_mutex_unlock(&gate);
	queue_wait_threads(queue);
	assert_int_equal(page_busy(), 0);
	release(queue);
}

static struct os_loop *s_loop;

static void back_on_main(void *context)
{
	os_assert_main_thread();
	os_loop_stop(s_loop, (int)(intptr_t)context);
}

static void answer(void *context)
{
	os_queue_async(os_queue_main(), back_on_main, context);
}

static void work_comes_back_to_the_main_loop(void **state)
{
	s_loop = os_loop_create();
	struct os_queue *queue = create(OS_QUEUE_SERIAL);
	os_queue_async(queue, answer, (void *)(intptr_t)5);
	assert_int_equal(os_loop_run(s_loop), 5);
	release(queue);
	os_loop_release(s_loop);
}

static void ask_main(void *context)
{
	os_queue_sync(os_queue_main(), note_number, (void *)(intptr_t)8);
	answer((void *)(intptr_t)s_numbers[0]);
}

static void others_may_wait_for_main(void **state)
{
	s_loop = os_loop_create();
	struct os_queue *queue = create(OS_QUEUE_SERIAL);
	os_queue_async(queue, ask_main, NULL);
	assert_int_equal(os_loop_run(s_loop), 8);
	release(queue);
	os_loop_release(s_loop);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(serial_work_runs_in_order, setup),
	    cmocka_unit_test_setup(concurrent_work_is_bounded_by_the_cores, setup),
	    cmocka_unit_test_setup(sync_returns_when_it_has_run, setup),
	    cmocka_unit_test_setup(a_released_queue_still_does_its_work, setup),
	    cmocka_unit_test_setup(queued_work_counts_as_busy, setup),
	    cmocka_unit_test_setup(work_comes_back_to_the_main_loop, setup),
	    cmocka_unit_test_setup(others_may_wait_for_main, setup),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
