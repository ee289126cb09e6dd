/* F98: what each key of a hardware keyboard means to a text. */
#include "test.h"

#include <linux/input-event-codes.h>
#include <os/key_input.h>

#include "text_keys.h"

static enum text_key key(uint32_t code, uint32_t modifiers, const char *text)
{
	return text_key_for(&(struct ui_key_event){
	    .key = code, .modifiers = modifiers, .down = true, .text = text});
}

static void letters_are_what_the_layout_makes_of_them(void **state)
{
	assert_int_equal(key(KEY_A, 0, "a"), TEXT_KEY_INSERT);
	assert_int_equal(key(KEY_A, OS_KEY_SHIFT, "A"), TEXT_KEY_INSERT);
	assert_int_equal(key(KEY_Q, OS_KEY_ALT, "@"), TEXT_KEY_INSERT); /* AltGr */
	assert_int_equal(key(KEY_SPACE, 0, " "), TEXT_KEY_INSERT);
	assert_int_equal(key(KEY_LEFTSHIFT, OS_KEY_SHIFT, ""), TEXT_KEY_NONE);
	assert_int_equal(key(KEY_F1, 0, ""), TEXT_KEY_NONE);
	assert_int_equal(key(KEY_Q, OS_KEY_CONTROL, "\x11"), TEXT_KEY_NONE);
	assert_int_equal(key(KEY_Q, 0, "\x7f"), TEXT_KEY_NONE);
	assert_int_equal(key(KEY_Q, 0, NULL), TEXT_KEY_NONE);
}

static void control_means_words_and_commands(void **state)
{
	assert_int_equal(key(KEY_BACKSPACE, 0, "\b"), TEXT_KEY_BACKSPACE);
	assert_int_equal(key(KEY_BACKSPACE, OS_KEY_CONTROL, "\b"), TEXT_KEY_BACKSPACE_WORD);
	assert_int_equal(key(KEY_LEFT, OS_KEY_SHIFT, ""), TEXT_KEY_LEFT);
	assert_int_equal(key(KEY_LEFT, OS_KEY_CONTROL | OS_KEY_SHIFT, ""), TEXT_KEY_WORD_LEFT);
	assert_int_equal(key(KEY_HOME, OS_KEY_CONTROL, ""), TEXT_KEY_START);
	assert_string_equal(text_key_command(key(KEY_C, OS_KEY_CONTROL, "")), "copy");
	assert_string_equal(text_key_command(key(KEY_V, OS_KEY_META, "v")), "paste");
	assert_string_equal(text_key_command(key(KEY_Z, OS_KEY_CONTROL, "")), "undo");
	assert_string_equal(text_key_command(key(KEY_Z, OS_KEY_CONTROL | OS_KEY_SHIFT, "")),
			    "redo");
	assert_null(text_key_command(TEXT_KEY_LEFT));
	assert_null(text_key_command(TEXT_KEY_NONE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(letters_are_what_the_layout_makes_of_them),
	    cmocka_unit_test(control_means_words_and_commands),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
