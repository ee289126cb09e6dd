/* F23: groups of work. */
#include "test.h"

#include <os/queue.h>
#include <stdatomic.h>

#include "page.h"
#include "queue_private.h"

static _Atomic int s_done;
static int s_seen;
static struct os_loop *s_loop;

static void work(void *context)
{
	atomic_fetch_add(&s_done, 1);
}

static void all_done(void *context)
{
	s_seen = atomic_load(&s_done);
	os_loop_stop(s_loop, 0);
}

static int setup(void **state)
{
	s_done = 0;
	s_seen = -1;
	queue_set_linger_us(0);
	s_loop = os_loop_create();
	return 0;
}

static int teardown(void **state)
{
	os_loop_release(s_loop);
	assert_int_equal(page_busy(), 0);
	return 0;
}

static void notify_comes_after_all_of_it(void **state)
{
	struct os_queue *a = os_queue_create("a", OS_QUEUE_CONCURRENT, OS_QUEUE_UTILITY);
	struct os_queue *b = os_queue_create("b", OS_QUEUE_SERIAL, OS_QUEUE_USER_INITIATED);
	struct os_group *group = os_group_create();
	for (int i = 0; i < 100; i++) {
		os_group_async(group, i % 2 == 0 ? a : b, work, NULL);
	}
	os_group_notify(group, os_queue_main(), all_done, NULL);
	assert_null(os_group_release(group)); /* the work holds it */
	os_loop_run(s_loop);
	assert_int_equal(s_seen, 100);
	queue_wait_threads(a);
	queue_wait_threads(b);
	os_queue_release(a);
	os_queue_release(b);
}

static void wait_returns_when_all_is_done(void **state)
{
	struct os_queue *queue = os_queue_create("a", OS_QUEUE_CONCURRENT, OS_QUEUE_UTILITY);
	struct os_group *group = os_group_create();
	for (int round = 1; round <= 20; round++) {
		os_group_async(group, queue, work, NULL);
		os_group_async(group, queue, work, NULL);
		os_group_wait(group);
		assert_int_equal(s_done, 2 * round);
	}
	os_group_release(group);
	queue_wait_threads(queue);
	os_queue_release(queue);
}

static void an_empty_group_notifies_at_once(void **state)
{
	struct os_group *group = os_group_create();
	os_group_wait(group);
	os_group_notify(group, os_queue_main(), all_done, NULL);
	os_loop_run(s_loop);
	assert_int_equal(s_seen, 0);
	os_group_release(group);
	assert_null(os_group_release(NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(notify_comes_after_all_of_it, setup, teardown),
	    cmocka_unit_test_setup_teardown(wait_returns_when_all_is_done, setup, teardown),
	    cmocka_unit_test_setup_teardown(an_empty_group_notifies_at_once, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
