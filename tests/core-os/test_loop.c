/* F21: a run loop with modes, whose default timers rest while a finger tracks. */
#include "test.h"

#include <os/clock.h>
#include <os/loop.h>
#include <os/process.h>
#include <os/timer.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "loop_private.h"
#include "page.h"

static struct os_loop *s_loop;
static char s_calls[64];

static int setup(void **state)
{
	s_loop = os_loop_create();
	s_calls[0] = '\0';
	return 0;
}

static int teardown(void **state)
{
	s_loop = os_loop_release(s_loop);
	assert_null(os_loop_current());
	assert_int_equal(page_busy(), 0);
	return 0;
}

/* Context is the letter that is noted. */
static void note(void *context)
{
	size_t length = strlen(s_calls);
	s_calls[length] = *(const char *)context;
	s_calls[length + 1] = '\0';
}

static void note_time(void *context, int64_t now_us)
{
	note(context);
}

/* --- Turns ------------------------------------------------------------------------------------ */

static void stop(void *context)
{
	os_loop_stop(s_loop, 7);
}

static void run_ends_with_the_value_of_stop(void **state)
{
	assert_ptr_equal(os_loop_current(), s_loop);
	os_loop_defer(s_loop, OS_LOOP_MODE_COMMON, stop, NULL);
	assert_int_equal(os_loop_run(s_loop), 7);
	os_loop_stop(s_loop, 3); /* before the run: it ends at once */
	assert_int_equal(os_loop_run(s_loop), 3);
}

static void did_read(void *context, int fd, uint32_t events)
{
	char byte;
	assert_int_equal(events & OS_LOOP_READ, OS_LOOP_READ);
	assert_int_equal(read(fd, &byte, 1), 1);
	note(context);
}

static void a_turn_has_its_order(void **state)
{
	int pipe_fds[2];
	assert_int_equal(pipe(pipe_fds), 0);
	struct os_source *source = os_loop_add_fd(s_loop, pipe_fds[0], OS_LOOP_READ, did_read, "f");
	struct os_timer *timer =
	    os_timer_create(s_loop, OS_TIMER_REAL, OS_LOOP_MODE_COMMON, note_time, "t");
	os_loop_defer(s_loop, OS_LOOP_MODE_COMMON, note, "d");
	os_loop_post(s_loop, note, "p");
	os_loop_post(s_loop, note, "q");
	os_timer_set(timer, 0);
	assert_int_equal(write(pipe_fds[1], "x", 1), 1);
	struct os_loop_observer *observer = os_loop_observe_before_wait(s_loop, note, "o");
	assert_int_equal(os_loop_iterate(s_loop, OS_NEVER), 5);
	assert_string_equal(s_calls, "oftpqd");
	assert_int_equal(os_loop_iterate(s_loop, 0), 0);
	os_loop_observer_remove(observer);
	os_timer_release(timer);
	os_source_remove(source);
	close(pipe_fds[0]);
	close(pipe_fds[1]);
}

static void defer_again(void *context)
{
	note(context);
	os_loop_defer(s_loop, OS_LOOP_MODE_COMMON, defer_again, context);
}

static void deferred_work_runs_once_a_turn(void **state)
{
	os_loop_defer(s_loop, OS_LOOP_MODE_COMMON, defer_again, "a");
	os_loop_defer(s_loop, OS_LOOP_MODE_COMMON, note, "b");
	os_loop_cancel_deferred(s_loop, note, "b");
	os_loop_iterate(s_loop, 0);
	assert_string_equal(s_calls, "a");
	os_loop_iterate(s_loop, OS_NEVER); /* does not wait while there is some */
	assert_string_equal(s_calls, "aa");
}

static void default_mode_rests_while_tracking(void **state)
{
	struct os_timer *resting =
	    os_timer_create(s_loop, OS_TIMER_DEVICE, OS_LOOP_MODE_DEFAULT, note_time, "D");
	struct os_timer *common =
	    os_timer_create(s_loop, OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON, note_time, "C");
	os_timer_set(resting, 1);
	os_timer_set(common, 2);
	os_loop_begin_tracking(s_loop);
	os_loop_begin_tracking(s_loop);
	assert_int_equal(os_loop_next_deadline_us(s_loop), 2);
	os_loop_defer(s_loop, OS_LOOP_MODE_DEFAULT, note, "d");
	os_loop_defer(s_loop, OS_LOOP_MODE_COMMON, note, "c");
	os_loop_iterate(s_loop, 0);
	assert_string_equal(s_calls, "Cc");
	os_loop_end_tracking(s_loop);
	assert_int_equal(os_loop_iterate(s_loop, 0), 0);
	assert_int_equal(os_loop_next_deadline_us(s_loop), OS_NEVER);
	os_loop_end_tracking(s_loop);
	assert_false(os_loop_is_tracking(s_loop));
	os_loop_iterate(s_loop, 0);
	assert_string_equal(s_calls, "CcDd");
	os_timer_release(resting);
	os_timer_release(common);
}

/* --- Sources ---------------------------------------------------------------------------------- */

static struct os_source *s_sources[2];

static void remove_both(void *context, int fd, uint32_t events)
{
	note(context);
	s_sources[0] = os_source_remove(s_sources[0]);
	s_sources[1] = os_source_remove(s_sources[1]);
}

static void a_removed_source_is_not_called(void **state)
{
	int fds[2];
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
	for (int i = 0; i < 2; i++) {
		s_sources[i] = os_loop_add_fd(s_loop, fds[i], OS_LOOP_WRITE, remove_both, "x");
	}
	assert_int_equal(os_loop_iterate(s_loop, OS_NEVER), 1);
	assert_string_equal(s_calls, "x");
	assert_int_equal(os_loop_iterate(s_loop, 0), 0);
	close(fds[0]);
	close(fds[1]);
}

static void did_hang_up(void *context, int fd, uint32_t events)
{
	assert_int_equal(events, OS_LOOP_READ | OS_LOOP_HANGUP);
	note(context);
	os_source_set_events(s_sources[0], 0);
}

static void a_hangup_is_told_until_nothing_is_asked(void **state)
{
	int fds[2];
	assert_int_equal(pipe(fds), 0);
	s_sources[0] = os_loop_add_fd(s_loop, fds[0], OS_LOOP_READ, did_hang_up, "h");
	assert_int_equal(os_loop_iterate(s_loop, 0), 0);
	close(fds[1]);
	os_loop_iterate(s_loop, OS_NEVER);
	assert_string_equal(s_calls, "h");
	assert_int_equal(os_loop_iterate(s_loop, 0), 0);
	os_source_remove(s_sources[0]);
	close(fds[0]);
}

/* --- Other threads ---------------------------------------------------------------------------- */

static void *post_a_thousand(void *unused)
{
	static int s_number;
	for (int i = 0; i < 1000; i++) {
		os_loop_post(s_loop, (os_loop_fn)free, malloc(1));
	}
	os_loop_post(s_loop, stop, &s_number);
	return NULL;
}

static void other_threads_post(void **state)
{
	pthread_t thread;
	pthread_create(&thread, NULL, post_a_thousand, NULL);
	assert_int_equal(os_loop_run(s_loop), 7);
	pthread_join(thread, NULL);
	assert_int_equal(page_busy(), 0);
}

static void *stop_from_outside(void *unused)
{
	os_loop_stop(s_loop, 9);
	return NULL;
}

static void other_threads_stop(void **state)
{
	pthread_t thread;
	pthread_create(&thread, NULL, stop_from_outside, NULL);
	assert_int_equal(os_loop_run(s_loop), 9);
	pthread_join(thread, NULL);
}

/* --- Being watched ---------------------------------------------------------------------------- */

static struct {
	int awake, idle;
	int64_t deadline_us;
} s_seen;

static void did_wake(void *context)
{
	s_seen.awake++;
}
static void did_become_idle(void *context, int64_t next_deadline_us)
{
	s_seen.idle++;
	s_seen.deadline_us = next_deadline_us;
}

/* Counts wake-ups: with nothing to do there is not even one. */
static void an_idle_loop_never_wakes(void **state)
{
	static const struct loop_hooks s_hooks = {.awake = did_wake, .idle = did_become_idle};
	memset(&s_seen, 0, sizeof(s_seen));
	os_clock_hold();
	struct os_timer *timer =
	    os_timer_create(s_loop, OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON, note_time, "t");
	struct os_timer *real =
	    os_timer_create(s_loop, OS_TIMER_REAL, OS_LOOP_MODE_COMMON, note_time, "r");
	int64_t deadline_us = os_clock_now_us() + 1; /* long past, if the clock were running */
	os_timer_set(timer, deadline_us);
	os_timer_set(real, os_clock_real_us() + 2000);
	loop_set_hooks(s_loop, &s_hooks, NULL);
	assert_int_equal(s_seen.awake, 1);
	while (s_calls[0] == '\0') {
		os_loop_iterate(s_loop, OS_NEVER);
	}
	assert_string_equal(s_calls, "r");
	assert_int_equal(s_seen.idle, 1);
	assert_int_equal(s_seen.awake, 2);
	assert_int_equal(s_seen.deadline_us, deadline_us);
	loop_set_hooks(s_loop, NULL, NULL);
	os_timer_release(timer);
	os_timer_release(real);
	os_clock_run();
}

static void the_page_says_busy_while_awake(void **state)
{
	loop_report_to_page(s_loop);
	assert_int_equal(page_busy(), 1);
	os_loop_post(s_loop, note, "p");
	assert_int_equal(page_busy(), 2);
	os_loop_iterate(s_loop, 0);
	assert_int_equal(page_busy(), 1);
}

/* --- Stepping --------------------------------------------------------------------------------- */

static struct os_timer *s_ticker;
static int64_t s_times[8];
static size_t s_time_count;

static void tick(void *context, int64_t now_us)
{
	assert_int_equal(os_clock_now_us(), now_us);
	s_times[s_time_count++] = now_us;
	os_timer_set(s_ticker, now_us + 10);
}

static void *work_slowly(void *unused)
{
	for (int i = 0; i < 100; i++) {
		sched_yield();
	}
	os_loop_post(s_loop, note, "w");
	os_process_end_busy();
	return NULL;
}

static void steps_go_from_deadline_to_deadline(void **state)
{
	pthread_t thread;
	os_clock_hold();
	int64_t start_us = os_clock_now_us();
	s_ticker = os_timer_create(s_loop, OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON, tick, NULL);
	os_timer_set(s_ticker, start_us + 10);
	os_process_begin_busy();
	pthread_create(&thread, NULL, work_slowly, NULL);
	os_loop_step_to(s_loop, start_us + 35);
	assert_string_equal(s_calls, "w"); /* it waited for the other thread */
	assert_int_equal(s_time_count, 3);
	assert_int_equal(s_times[2], start_us + 30);
	assert_int_equal(os_clock_now_us(), start_us + 35);
	pthread_join(thread, NULL);
	os_timer_release(s_ticker);
	os_clock_run();
}

/* --- The main loop ---------------------------------------------------------------------------- */

static void work_waits_for_a_main_loop(void **state)
{
	assert_true(loop_is_main_thread());
	loop_post_main(note, "m");
	s_loop = os_loop_release(s_loop); /* what was posted to it goes with it */
	loop_post_main(note, "n");
	s_loop = os_loop_create();
	os_loop_iterate(s_loop, 0);
	assert_string_equal(s_calls, "n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(run_ends_with_the_value_of_stop),
	    TEST(a_turn_has_its_order),
	    TEST(deferred_work_runs_once_a_turn),
	    TEST(default_mode_rests_while_tracking),
	    TEST(a_removed_source_is_not_called),
	    TEST(a_hangup_is_told_until_nothing_is_asked),
	    TEST(other_threads_post),
	    TEST(other_threads_stop),
	    TEST(an_idle_loop_never_wakes),
	    TEST(the_page_says_busy_while_awake),
	    TEST(steps_go_from_deadline_to_deadline),
	    TEST(work_waits_for_a_main_loop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
