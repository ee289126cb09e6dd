#include "test.h"

#include <cs/value.h>

#include <os/memory.h>

static void check(const char *text, enum cs_write_style style, const char *wanted)
{
	struct cs_value *value;
	assert_int_equal(cs_value_parse(text, strlen(text), "x", &value, NULL), 0);
	char *written = cs_value_copy_text(value, style);
	assert_string_equal(written, wanted);
	os_free(written);
	os_release(value);
}

static void keys_come_in_a_stable_order(void **state)
{
	check("{\"b\":1,\"a\":{\"d\":[],\"c\":{}}}", CS_WRITE_COMPACT,
	      "{\"a\":{\"c\":{},\"d\":[]},\"b\":1}");
}

static void pretty_text_has_a_line_for_each_value(void **state)
{
	check("{\"b\":[1,2],\"a\":null,\"c\":[]}", CS_WRITE_PRETTY,
	      "{\n  \"a\": null,\n  \"b\": [\n    1,\n    2\n  ],\n  \"c\": []\n}\n");
}

static void numbers_read_back_as_they_were(void **state)
{
	check(
	    "[1.1, 0.1, 1e300, -2.0, 5e-324, 0.30000000000000004, 9223372036854775807]",
	    CS_WRITE_COMPACT,
	    "[1.1,0.1,1e+300,-2.0,4.94065645841247e-324,0.30000000000000004,9223372036854775807]");
}

static void strings_are_escaped(void **state)
{
	check("\"a\\\"\\\\\\n\\t\\u0001é\\/\"", CS_WRITE_COMPACT, "\"a\\\"\\\\\\n\\t\\u0001é/\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(keys_come_in_a_stable_order),
	    cmocka_unit_test(pretty_text_has_a_line_for_each_value),
	    cmocka_unit_test(numbers_read_back_as_they_were),
	    cmocka_unit_test(strings_are_escaped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
