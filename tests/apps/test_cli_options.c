/* A command's words: options before or after arguments, numbers that are no options, what is refused. */
#include "test.h"

#include "cli.h"

static char *s_arguments[32];

static int parse(struct cli *cli, char **words)
{
	int count = 0;
	while (words[count]) {
		count++;
	}
	*cli = (struct cli){.device = "default", .arguments = s_arguments};
	return cli_parse(cli, count, words);
}
#define PARSE(cli, ...) parse(cli, (char *[]){__VA_ARGS__, NULL})

static void takes_options_anywhere(void **state)
{
	struct cli cli;
	assert_int_equal(PARSE(&cli, "--device", "two", "launch", "--fresh", "notes"), CLI_DONE);
	assert_string_equal(cli.device, "two");
	assert_true(cli_has(&cli, "--fresh"));
	assert_string_equal(cli.arguments[0], "notes");
	assert_int_equal(PARSE(&cli, "launch", "notes", "--fresh", "--device=two"), CLI_DONE);
	assert_string_equal(cli.device, "two");
	assert_true(cli_has(&cli, "--fresh"));
	assert_int_equal(PARSE(&cli, "status", "--json"), CLI_DONE);
	assert_true(cli.json);
	assert_int_equal(PARSE(&cli, "log", "-f", "--level", "error"), CLI_DONE);
	assert_string_equal(cli_value(&cli, "--level"), "error");
}

static void takes_numbers_and_dashes_as_arguments(void **state)
{
	struct cli cli;
	assert_int_equal(PARSE(&cli, "drag", "10", "10", "-5", "-.5"), CLI_DONE);
	assert_int_equal(cli.argument_count, 4);
	assert_int_equal(PARSE(&cli, "play", "-"), CLI_DONE);
	assert_string_equal(cli.arguments[0], "-");
	assert_int_equal(PARSE(&cli, "type", "--", "--json"), CLI_DONE);
	assert_string_equal(cli.arguments[0], "--json");
}

static void refuses_wrong_usage(void **state)
{
	struct cli cli;
	assert_int_equal(PARSE(&cli, "fly"), CLI_USAGE);
	assert_int_equal(PARSE(&cli, "launch"), CLI_USAGE);
	assert_int_equal(PARSE(&cli, "launch", "a", "b"), CLI_USAGE);
	assert_int_equal(PARSE(&cli, "launch", "a", "--json"), CLI_USAGE);
	assert_int_equal(PARSE(&cli, "launch", "a", "--fresh=1"), CLI_USAGE);
	assert_int_equal(PARSE(&cli, "log", "--level"), CLI_USAGE);
	assert_int_equal(PARSE(&cli, "log", "--level", "loud"), CLI_USAGE);
	assert_int_equal(PARSE(&cli, "status", "--device", "../x"), CLI_USAGE);
	assert_int_equal(PARSE(&cli, "run", "--orientation", "45"), CLI_USAGE);
}

static void helps_without_arguments(void **state)
{
	struct cli cli;
	for (const struct cli_verb *const *verb = cli_verbs; *verb; verb++) {
		assert_int_equal(PARSE(&cli, (char *)(*verb)->name, "--help"), CLI_DONE);
		assert_true(cli.help);
		assert_ptr_equal(cli.verb, *verb);
	}
	assert_int_equal(PARSE(&cli, "--help"), CLI_DONE);
	assert_null(cli.verb);
}

static void writes_json_text(void **state)
{
	struct os_buffer out = {0};
	cli_json_text(&out, "a\"b\\c\nd\x01");
	assert_string_equal(out.bytes, "\"a\\\"b\\\\c\\nd\\u0001\"");
	os_buffer_finish(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(takes_options_anywhere),
	    cmocka_unit_test(takes_numbers_and_dashes_as_arguments),
	    cmocka_unit_test(refuses_wrong_usage),
	    cmocka_unit_test(helps_without_arguments),
	    cmocka_unit_test(writes_json_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
