/* F15 F158. Lines of processes, which may say anything: each is kept, as text that a message takes. */
#include "test.h"

#include <os/buffer.h>
#include <os/clock.h>
#include <stdio.h>

#include "supervisor.h"

struct fixture {
	struct supervisor supervisor;
	struct app app;
	struct task task;
	struct os_buffer tail;
};

static int set_up(void **state)
{
	static struct fixture fixture;
	memset(&fixture, 0, sizeof(fixture));
	log_store_init(&fixture.supervisor.log);
	os_list_init(&fixture.supervisor.clients);
	snprintf(fixture.app.record.app, sizeof(fixture.app.record.app), "org.strata.enemy");
	fixture.task = (struct task){.supervisor = &fixture.supervisor, .app = &fixture.app, .pid = 7};
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	log_store_finish(&fixture->supervisor.log);
	os_buffer_finish(&fixture->task.log_line);
	os_buffer_finish(&fixture->tail);
	return 0;
}

static const char *tail_after(struct fixture *fixture, const char *bytes)
{
	log_take_bytes(&fixture->task, bytes, strlen(bytes));
	os_buffer_clear(&fixture->tail);
	log_add_tail(&fixture->supervisor, 7, &fixture->tail);
	return os_buffer_text(&fixture->tail);
}

static void a_line_has_its_level_and_category(void **state)
{
	assert_string_equal(tail_after(*state, "<W> 12 store 2a slow\n"), "W store: slow\n");
}

static void other_lines_are_of_stderr(void **state)
{
	assert_string_equal(tail_after(*state, "oh\x1b[2J \xff\n"), "I stderr: oh?[2J ?\n");
}

static void times_of_no_clock_are_taken(void **state)
{
	assert_string_equal(tail_after(*state, "<E> -9223372036854775808 a 0 old\n<D> 9223372036854775807 b 0 new\n"),
	                    "E a: old\nD b: new\n");
}

static void a_line_without_end_is_cut(void **state)
{
	struct fixture *fixture = *state;
	char bytes[1500];
	memset(bytes, 'x', sizeof(bytes));
	bytes[sizeof(bytes) - 1] = '\0';
	assert_int_equal(strlen(tail_after(fixture, bytes)), strlen("I stderr: \n") + 1023);
	assert_int_equal(fixture->task.log_line.length, 1499 - 1023);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_line_has_its_level_and_category, set_up, tear_down),
		cmocka_unit_test_setup_teardown(other_lines_are_of_stderr, set_up, tear_down),
		cmocka_unit_test_setup_teardown(times_of_no_clock_are_taken, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_line_without_end_is_cut, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
