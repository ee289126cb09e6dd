#include "test.h"

#include <errno.h>

#include "json_check.h"

static void a_complaint_names_file_line_and_key(void **state)
{
	const char *text = "{\n\"a\": {\n\"b\": 1}}";
	struct os_error error;
	const struct cs_json_source source = {"x.json", text, strlen(text), &error};
	assert_int_equal(cs_json_fail(&source, "a.b", "expected %d", 2), -EBADMSG);
	assert_string_equal(error.text, "x.json:3: a.b: expected 2");
	assert_int_equal(cs_json_fail(&source, "", "expected more"), -EBADMSG);
	assert_string_equal(error.text, "x.json:1: expected more");
	const struct cs_json_source silent = {"x.json", text, strlen(text), NULL};
	assert_int_equal(cs_json_fail(&silent, "a", "expected"), -EBADMSG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(a_complaint_names_file_line_and_key)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
