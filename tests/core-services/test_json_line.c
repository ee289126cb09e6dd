#include "test.h"

#include "value_private.h"

static void lines_of_values_are_found(void **state)
{
	const char *text = "{\n"
			   "  \"id\": \"a]}\\\"\",\n"
			   "  \"list\": [\n"
			   "    1,\n"
			   "    {\"x\": [2, 3],\n"
			   "     \"role\": true}\n"
			   "  ],\n"
			   "  \"last\":\n"
			   "    null\n"
			   "}";
	static const struct {
		const char *path;
		int line;
	} cases[] = {
	    {"", 1},
	    {"id", 2},
	    {"list", 3},
	    {"list[0]", 4},
	    {"list[1].role", 6},
	    {"list[1].x[1]", 5},
	    {"last", 9},
	    {"none", 1},
	    {"list[7]", 3},
	    {"list[1].none", 5},
	    {"id.deeper", 2},
	};
	for (size_t i = 0; i < OS_ARRAY_LEN(cases); i++) {
		assert_int_equal(cs_json_line(text, strlen(text), cases[i].path), cases[i].line);
	}
}

static void broken_text_does_no_harm(void **state)
{
	static const char *const texts[] = {"",         "{",    "{\"a", "{\"a\"", "[[[",
					    "{\"a\":[", "\"\\", "}",    "{\"a\\"};
	for (size_t i = 0; i < OS_ARRAY_LEN(texts); i++) {
		assert_true(cs_json_line(texts[i], strlen(texts[i]), "a[3].b") >= 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(lines_of_values_are_found),
	    cmocka_unit_test(broken_text_does_no_harm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
