#include "test.h"

#include "clean_text.h"

static void assert_cleaned(const char *text, size_t length, const char *expected)
{
	struct md_clean_text clean;
	md_clean_text_init(&clean, text, length, false);
	assert_string_equal(clean.bytes, expected);
	assert_int_equal(clean.length, strlen(expected));
	assert_int_equal(md_clean_text_to_original(&clean, clean.length), length);
	md_clean_text_finish(&clean);
}

static void good_text_is_left_alone(void **state)
{
	struct md_clean_text clean;
	md_clean_text_init(&clean, "Grüße 日本 😀", strlen("Grüße 日本 😀"), false);
	assert_null(clean.original);
	assert_string_equal(clean.bytes, "Grüße 日本 😀");
	md_clean_text_finish(&clean);
	assert_cleaned("", 0, "");
}

#define R "\xef\xbf\xbd"

/* The Unicode standard, table 3-8 and its text: maximal subparts become one U+FFFD each. */
static void as_the_standard_replaces(void **state)
{
	assert_cleaned("a\xf1\x80\x80\xe1\x80\xc2"
		       "b\x80"
		       "c\x80\xbf"
		       "d",
		       13, "a" R R R "b" R "c" R R "d");
	assert_cleaned("\xc0\xaf", 2, R R);             /* too long a form of / */
	assert_cleaned("\xed\xa0\x80", 3, R R R);       /* a surrogate */
	assert_cleaned("\xf4\x90\x80\x80", 4, R R R R); /* beyond U+10FFFF */
	assert_cleaned("x\0y", 3, "x" R "y");
	assert_cleaned("\xe2\x82", 2, R);
}

static void offsets_go_both_ways(void **state)
{
	struct md_clean_text clean;
	md_clean_text_init(&clean,
			   "a\xff"
			   "bc",
			   4, false);
	assert_int_equal(md_clean_text_to_original(&clean, 1), 1);
	assert_int_equal(md_clean_text_to_original(&clean, 4), 2);
	assert_int_equal(md_clean_text_to_original(&clean, 6), 4);
	assert_int_equal(md_clean_text_to_original(&clean, 99), 4);
	assert_int_equal(md_clean_text_from_original(&clean, 1), 1);
	assert_int_equal(md_clean_text_from_original(&clean, 2), 4);
	assert_int_equal(md_clean_text_from_original(&clean, 99), 6);
	md_clean_text_finish(&clean);
}

static void newlines_become_blanks_of_the_same_length(void **state)
{
	struct md_clean_text clean;
	const char text[] = "a\nb\r\nc\xe2\x80\xa9"
			    "d\xc2\x85"
			    "e";
	md_clean_text_init(&clean, text, sizeof(text) - 1, true);
	assert_string_equal(clean.bytes, "a b  c\xe2\x80\x82"
					 "d\xc2\xa0"
					 "e");
	md_clean_text_finish(&clean);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(good_text_is_left_alone),
	    cmocka_unit_test(as_the_standard_replaces),
	    cmocka_unit_test(offsets_go_both_ways),
	    cmocka_unit_test(newlines_become_blanks_of_the_same_length),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
