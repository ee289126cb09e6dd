/* UTF-8: what is well-formed by table 3-7 of the Unicode standard, and nothing else. */
#include "test.h"

#include "utf8.h"

#include <os/status.h>
#include <stdio.h>

static bool valid(const char *text)
{
	return utf8_is_valid(text, strlen(text));
}

static void accepts_well_formed_text(void **state)
{
	assert_true(valid(""));
	assert_true(valid("plain"));
	assert_true(valid("\xc3\xa9"));
	assert_true(valid("\xe2\x82\xac"));
	assert_true(valid("\xf0\x9f\x98\x80"));
	assert_true(valid("\xf4\x8f\xbf\xbf"));
	assert_true(valid("\xed\x9f\xbf"));
}

static void refuses_what_is_not_shortest_or_a_surrogate(void **state)
{
	assert_false(valid("\xc0\xaf"));
	assert_false(valid("\xc1\xbf"));
	assert_false(valid("\xe0\x80\xaf"));
	assert_false(valid("\xf0\x80\x80\xaf"));
	assert_false(valid("\xed\xa0\x80"));
	assert_false(valid("\xf4\x90\x80\x80"));
	assert_false(valid("\xf5\x80\x80\x80"));
}

static void refuses_broken_sequences(void **state)
{
	assert_false(valid("\x80"));
	assert_false(valid("\xc3"));
	assert_false(valid("\xe2\x82"));
	assert_false(valid("\xe2\x82x"));
	assert_false(valid("\xf0\x9f\x98"));
	assert_false(valid("\xc3\xa9\xa9"));
}

static void mends(const char *bytes, const char *wanted)
{
	char text[32];
	snprintf(text, sizeof(text), "%s", bytes);
	os_text_mend(text);
	assert_string_equal(text, wanted);
	assert_true(valid(text));
}

static void makes_text_of_any_bytes(void **state)
{
	mends("", "");
	mends("plain \xe2\x82\xac", "plain \xe2\x82\xac");
	mends("cut \xe2\x82", "cut ?");
	mends("\xff\xfe.c", "??.c");
	mends("a\xf0\x9f\x98z", "a?z");
	mends("\x80\x80\x80 \xc3\xa9", "? \xc3\xa9");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accepts_well_formed_text),
		cmocka_unit_test(refuses_what_is_not_shortest_or_a_surrogate),
		cmocka_unit_test(refuses_broken_sequences),
		cmocka_unit_test(makes_text_of_any_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
