/* F95 */
#include "test.h"

#include <md/text_layout.h>

static void graphemes_forward_and_back(void **state)
{
	const char *text = "a👨‍👩‍👧‍👦🇩🇪é";
	size_t stops[] = {0, 1, 26, 34, 36};
	size_t length = strlen(text);
	for (int i = 0; i < 4; i++) {
		assert_int_equal(md_text_next_grapheme(text, length, stops[i]), stops[i + 1]);
		assert_int_equal(md_text_previous_grapheme(text, length, stops[i + 1]), stops[i]);
	}
	assert_int_equal(md_text_next_grapheme(text, length, length), length);
	assert_int_equal(md_text_previous_grapheme(text, length, 0), 0);
}

static void words_forward_and_back(void **state)
{
	const char *text = "Two words, here.";
	size_t length = strlen(text);
	assert_int_equal(md_text_next_word(text, length, 0), 3);
	assert_int_equal(md_text_next_word(text, length, 3), 9);
	assert_int_equal(md_text_next_word(text, length, 9), 15);
	assert_int_equal(md_text_next_word(text, length, 15), length);
	assert_int_equal(md_text_previous_word(text, length, length), 11);
	assert_int_equal(md_text_previous_word(text, length, 11), 4);
	assert_int_equal(md_text_previous_word(text, length, 4), 0);
}

static void malformed_bytes_are_one_each(void **state)
{
	const char *text = "a\xff\xfe"
			   "b";
	size_t at = 0;
	for (size_t i = 1; i <= 4; i++) {
		at = md_text_next_grapheme(text, 4, at);
		assert_int_equal(at, i);
	}
	for (size_t i = 4; i-- > 0;) {
		at = md_text_previous_grapheme(text, 4, at);
		assert_int_equal(at, i);
	}
}

/* Only a window of a long text is looked at; the steps through it stay the same. */
static void long_texts_have_the_same_steps(void **state)
{
	enum { COUNT = 3000 };
	char *text = malloc(COUNT * 2 + 1);
	for (int i = 0; i < COUNT; i++) {
		memcpy(text + 2 * i, "é", 2);
	}
	size_t length = COUNT * 2;
	size_t at = 0;
	for (size_t i = 1; i <= COUNT; i += 100) {
		at = (i - 1) * 2;
		assert_int_equal(md_text_next_grapheme(text, length, at), i * 2);
		assert_int_equal(md_text_previous_grapheme(text, length, i * 2), at);
	}
	assert_true(md_text_next_word(text, length, 0) > 0);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(graphemes_forward_and_back),
	    cmocka_unit_test(words_forward_and_back),
	    cmocka_unit_test(malformed_bytes_are_one_each),
	    cmocka_unit_test(long_texts_have_the_same_steps),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
