/* An app's JSON: copied with its frames moved, or refused whole. */
#include "test.h"

#include <errno.h>

#include "json_text.h"

static void assert_copy(const char *text, const char *expected)
{
	struct os_buffer out = {0};
	struct md_affine to_screen =
	    md_affine_concat(md_affine_scale(0.5, 0.5), md_affine_translation(10, 20));
	int result = json_copy(text, strlen(text), to_screen, &out);
	if (expected == NULL) {
		if (result != -EBADMSG || out.length != 0) {
			fail_msg("accepted: %s", text);
		}
	} else {
		assert_int_equal(result, 0);
		assert_string_equal(os_buffer_text(&out), expected);
	}
	os_buffer_finish(&out);
}

static void good_json_is_copied(void **state)
{
	assert_copy("{}", "{}");
	assert_copy(" [ 1 , -2.5e3 , true , false , null ] ", "[1,-2.5e3,true,false,null]");
	assert_copy("{\"a\":\"\\u00e4 \\\"x\\\"\",\"b\":[{}]}",
		    "{\"a\":\"\\u00e4 \\\"x\\\"\",\"b\":[{}]}");
	assert_copy("\"Gr\xc3\xbc\xc3\x9f"
		    "e \xf0\x9f\x98\x80\"",
		    "\"Gr\xc3\xbc\xc3\x9f"
		    "e \xf0\x9f\x98\x80\"");
}

static void frames_are_moved(void **state)
{
	assert_copy("{\"frame\":[0,0,100,50]}", "{\"frame\":[10,20,50,25]}");
	assert_copy("{\"frame\":[-4,1.5,3,0]}", "{\"frame\":[8,20.75,1.50,0]}");
	/* Only the value of that key, and only four numbers. */
	assert_copy("{\"label\":\"frame\",\"x\":[0,0,1,1]}",
		    "{\"label\":\"frame\",\"x\":[0,0,1,1]}");
	assert_copy("{\"frame\":[0,0,1]}", NULL);
	assert_copy("{\"frame\":null}", NULL);
}

static void bad_json_is_refused_whole(void **state)
{
	static const char *const s_bad[] = {"",
					    " ",
					    "{",
					    "}",
					    "[1,]",
					    "[,1]",
					    "{\"a\"}",
					    "{\"a\":}",
					    "{\"a\":1,}",
					    "{a:1}",
					    "tru",
					    "nul",
					    "01",
					    "-",
					    "+1",
					    "1.",
					    ".5",
					    "1e",
					    "1e400",
					    "0x10",
					    "NaN",
					    "Infinity",
					    "\"",
					    "\"\\x\"",
					    "\"\\u12\"",
					    "\"\x01\"",
					    "\"\xff\"",
					    "\"\xc0\x80\"",
					    "\"\xed\xa0\x80\"",
					    "{} {}",
					    "[1 2]",
					    "'a'"};
	for (size_t i = 0; i < OS_ARRAY_LEN(s_bad); i++) {
		assert_copy(s_bad[i], NULL);
	}
	char deep[300];
	memset(deep, '[', 100);
	memset(deep + 100, ']', 100);
	deep[200] = '\0';
	assert_copy(deep, NULL);
}

static void strings_are_quoted(void **state)
{
	struct os_buffer out = {0};
	json_add_string(&out, "a\"b\\c\n\x1f");
	assert_string_equal(os_buffer_text(&out), "\"a\\\"b\\\\c\\u000a\\u001f\"");
	os_buffer_finish(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(good_json_is_copied), cmocka_unit_test(frames_are_moved),
	    cmocka_unit_test(bad_json_is_refused_whole), cmocka_unit_test(strings_are_quoted)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
