/* F15: a log with levels, categories and flows. */
#include "test.h"

#include <fcntl.h>
#include <os/log.h>
#include <os/trace.h>
#include <unistd.h>

static int s_stderr, s_pipe[2];

static int setup(void **state)
{
	assert_int_equal(pipe2(s_pipe, O_NONBLOCK), 0);
	s_stderr = dup(STDERR_FILENO);
	dup2(s_pipe[1], STDERR_FILENO);
	return 0;
}

static int teardown(void **state)
{
	dup2(s_stderr, STDERR_FILENO);
	close(s_stderr);
	close(s_pipe[0]);
	close(s_pipe[1]);
	os_log_set_level(OS_LOG_INFO);
	return 0;
}

/* What was written, split into its parts. */
static ssize_t take_line(char *line, size_t size)
{
	ssize_t length = read(s_pipe[0], line, size - 1);
	line[length > 0 ? length : 0] = '\0';
	return length;
}

static void a_line_has_its_parts(void **state)
{
	char line[2048], level, category[32], text[64];
	long long time_us;
	unsigned long long flow;
	os_flow_set_current(0xabc);
	os_log_warning("store", "saved %d\nnotes", 20);
	os_flow_set_current(0);
	assert_true(take_line(line, sizeof(line)) > 0);
	assert_int_equal(
	    sscanf(line, "<%c> %lld %31s %llx %63[^\n]", &level, &time_us, category, &flow, text),
	    5);
	assert_int_equal(level, 'W');
	assert_string_equal(category, "store");
	assert_int_equal(flow, 0xabc);
	assert_string_equal(text, "saved 20 notes");
	assert_ptr_equal(strchr(line, '\n'), line + strlen(line) - 1);
}

static int s_formatted;

static const char *count_formatting(void)
{
	s_formatted++;
	return "x";
}

static void debug_is_not_even_formatted(void **state)
{
	char line[2048];
	os_log_debug("a", "%s", count_formatting());
	assert_int_equal(s_formatted, 0);
	assert_true(take_line(line, sizeof(line)) < 0);
	os_log_set_level(OS_LOG_DEBUG);
	os_log_debug("a", "%s", count_formatting());
	assert_int_equal(s_formatted, 1);
	assert_true(take_line(line, sizeof(line)) > 0);
	os_log_set_level(OS_LOG_ERROR);
	os_log_warning("a", "b");
	assert_true(take_line(line, sizeof(line)) < 0);
}

static void a_long_line_is_cut_between_characters(void **state)
{
	for (int shift = 0; shift < 3; shift++) {
		char text[1800] = "ab", line[2048];
		size_t length = (size_t)shift;
		while (length + 3 < sizeof(text)) {
			memcpy(text + length, "語", 4);
			length += 3;
		}
		os_log_error("a", "%s", text);
		ssize_t got = take_line(line, sizeof(line));
		assert_true(got <= 1024 && got > 1000);
		assert_memory_equal(line + got - 4, "語\n", 4);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(a_line_has_its_parts),
	    TEST(debug_is_not_even_formatted),
	    TEST(a_long_line_is_cut_between_characters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
