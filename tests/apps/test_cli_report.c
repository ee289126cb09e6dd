/* What a report makes of the times between frames (doctor --report). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "report.h"

static void test_even_frames_are_not_late(void **state)
{
	int64_t intervals[100];
	struct os_buffer out = {0};
	for (int i = 0; i < 100; i++) {
		intervals[i] = 16667;
	}
	report_add_intervals(&out, intervals, 100, 16667);
	assert_non_null(strstr(out.bytes, "median     16.67 ms"));
	assert_non_null(strstr(out.bytes, "0 of 100 came more than half a period late"));
	os_buffer_finish(&out);
}

static void test_late_ones_are_counted_and_the_longest_is_named(void **state)
{
	int64_t intervals[] = {16667, 33333, 16667, 25001, 16667, 70000};
	struct os_buffer out = {0};
	report_add_intervals(&out, intervals, OS_ARRAY_LEN(intervals), 16667);
	assert_non_null(strstr(out.bytes, "longest    70.00 ms"));
	assert_non_null(strstr(out.bytes, "3 of 6 came more"));
	os_buffer_finish(&out);
}

static void test_nothing_moved(void **state)
{
	struct os_buffer out = {0};
	report_add_intervals(&out, NULL, 0, 16667);
	assert_string_equal(out.bytes, "nothing moved\n");
	os_buffer_finish(&out);
}

static void test_questions_stay_open_without_a_terminal(void **state)
{
	struct os_buffer out = {0};
	assert_non_null(freopen("/dev/null", "r", stdin));
	report_add_questions(&out);
	assert_non_null(strstr(out.bytes, "== Checklist"));
	assert_non_null(strstr(out.bytes, "(open)"));
	os_buffer_finish(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_even_frames_are_not_late),
	    cmocka_unit_test(test_late_ones_are_counted_and_the_longest_is_named),
	    cmocka_unit_test(test_nothing_moved),
	    cmocka_unit_test(test_questions_stay_open_without_a_terminal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
