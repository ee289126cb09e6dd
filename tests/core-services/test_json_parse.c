/* F35: JSON is read strictly. */
#include "test.h"
#include "test_folder.h"

#include <cs/value.h>

#include <os/memory.h>

#include <errno.h>
#include <stdlib.h>

static int parse(const char *text, struct cs_value **value, struct os_error *error)
{
	return cs_value_parse(text, strlen(text), "x.json", value, error);
}

static void values_come_out_as_written(void **state)
{
	struct cs_value *value;
	assert_int_equal(
	    parse("{\"a\": [1, -2.5, true, null, \"\\u00e9\\n\"], \"b\": {}}", &value, NULL), 0);
	struct cs_value *list = cs_value_get(value, "a");
	assert_int_equal(cs_value_int(cs_value_at(list, 0), 0), 1);
	assert_true(cs_value_double(cs_value_at(list, 1), 0) == -2.5);
	assert_true(cs_value_bool(cs_value_at(list, 2), false));
	assert_int_equal(cs_value_kind(cs_value_at(list, 3)), CS_VALUE_NULL);
	assert_string_equal(cs_value_string(cs_value_at(list, 4)), "é\n");
	assert_int_equal(cs_value_kind(cs_value_get(value, "b")), CS_VALUE_DICTIONARY);
	os_release(value);
}

static void bad_text_is_refused_with_its_line(void **state)
{
	static const struct {
		const char *text, *place;
	} cases[] = {
	    {"", "x.json:1: expected"},
	    {"{\"a\": 1,}", "x.json:1: expected"},
	    {"{\n\"a\": 1,\n\"a\": 2}", "x.json:3: expected"},
	    {"[1, 2", "x.json:1: expected"},
	    {"[1] x", "x.json:1: expected"},
	    {"{\n\n 'a': 1}", "x.json:3: expected"},
	    {"[NaN]", "x.json:1: expected"},
	    {"[01]", "x.json:1: expected"},
	    {"\"\xff\"", "x.json:1: expected"},
	    {"\"\\u0000\"", "x.json:1: expected"},
	    {"[99999999999999999999]", "x.json:1: expected"},
	    {"[1e999]", "x.json:1: expected"},
	    {"[\n\"\xed\xa0\x80\"]", "x.json:2: expected"},
	    {"\xef\xbb\xbf{}", "x.json:1: expected"},
	    {"// no comments\n{}", "x.json:1: expected"},
	};
	for (size_t i = 0; i < OS_ARRAY_LEN(cases); i++) {
		struct cs_value *value = NULL;
		struct os_error error;
		assert_int_equal(parse(cases[i].text, &value, &error), -EBADMSG);
		assert_null(value);
		if (strncmp(error.text, cases[i].place, strlen(cases[i].place)) != 0) {
			fail_msg("case %zu: %s", i, error.text);
		}
	}
}

static void depth_is_limited(void **state)
{
	char text[300];
	struct cs_value *value;
	struct os_error error;
	memset(text, '[', 64);
	memset(text + 64, ']', 64);
	text[128] = '\0';
	assert_int_equal(parse(text, &value, &error), 0);
	os_release(value);
	memset(text, '[', 65);
	memset(text + 65, ']', 65);
	text[130] = '\0';
	assert_int_equal(parse(text, &value, &error), -EBADMSG);
	assert_non_null(strstr(error.text, "at most 64 levels"));
	/* Brackets in a string are no levels. */
	text[0] = '"';
	memset(text + 1, '[', 100);
	strcpy(text + 101, "\\\"[\"");
	assert_int_equal(parse(text, &value, &error), 0);
	os_release(value);
}

static void size_is_limited(void **state)
{
	size_t length = CS_VALUE_MAX_BYTES + 1;
	char *text = calloc(1, length + 1);
	memset(text, ' ', length);
	struct cs_value *value;
	struct os_error error;
	assert_int_equal(cs_value_parse(text, length, "big.json", &value, &error), -EFBIG);
	assert_non_null(strstr(error.text, "big.json: expected at most"));
	free(text);
}

static void memory_may_run_out_anywhere(void **state)
{
	const char *text = "{\"a\": [\"one\", \"two\"], \"b\": \"three\"}";
	for (uint64_t n = 1; n <= 4; n++) {
		struct cs_value *value = NULL;
		os_try_alloc_fail_at(n);
		int result = parse(text, &value, NULL);
		os_try_alloc_fail_at(0);
		assert_true(result == -ENOMEM || (result == 0 && n == 4));
		os_release(value);
		assert_int_equal(os_object_live_total(), 0);
	}
}

static void a_file_is_read_and_named(void **state)
{
	char path[64];
	int folder = test_folder_create(path);
	test_folder_write(folder, "good.json", "{\"a\": 1}");
	test_folder_write(folder, "bad.json", "{\n\"a\" 1}");
	struct cs_value *value;
	struct os_error error;
	assert_int_equal(cs_value_read_file(folder, "good.json", &value, &error), 0);
	os_release(value);
	assert_int_equal(cs_value_read_file(folder, "bad.json", &value, &error), -EBADMSG);
	assert_non_null(strstr(error.text, "bad.json:2: expected"));
	assert_int_equal(cs_value_read_file(folder, "none.json", &value, &error), -ENOENT);
	test_folder_destroy(folder, path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(values_come_out_as_written),
	    cmocka_unit_test(bad_text_is_refused_with_its_line),
	    cmocka_unit_test(depth_is_limited),
	    cmocka_unit_test(size_is_limited),
	    cmocka_unit_test(memory_may_run_out_anywhere),
	    cmocka_unit_test(a_file_is_read_and_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
