/* Keys by name, with what an English keyboard makes of them. */
#include "test.h"

#include <errno.h>
#include <linux/input-event-codes.h>

#include <os/key_input.h>

#include "key_names.h"

static void check(const char *name, uint32_t key, uint32_t modifiers, const char *text)
{
	struct key_stroke stroke;
	struct os_error error = {0};
	if (key_stroke_parse(name, &stroke, &error) < 0) {
		fail_msg("%s", error.text);
	}
	assert_int_equal(stroke.key, key);
	assert_int_equal(stroke.modifiers, modifiers);
	assert_string_equal(stroke.text, text);
}

static void knows_keys(void **state)
{
	check("home", KEY_HOMEPAGE, 0, "");
	check("return", KEY_ENTER, 0, "");
	check("back", KEY_BACK, 0, "");
	check("space", KEY_SPACE, 0, " ");
	check("a", KEY_A, 0, "a");
	check("A", KEY_A, OS_KEY_SHIFT, "A");
	check("0", KEY_0, 0, "0");
	check("9", KEY_9, 0, "9");
	check("+", KEY_EQUAL, OS_KEY_SHIFT, "+");
	check("ctrl+z", KEY_Z, OS_KEY_CONTROL, "");
	check("ctrl+shift+left", KEY_LEFT, OS_KEY_CONTROL | OS_KEY_SHIFT, "");
	check("shift+b", KEY_B, OS_KEY_SHIFT, "B");
}

static void refuses_others(void **state)
{
	struct key_stroke stroke;
	struct os_error error;
	assert_int_equal(key_stroke_parse("any", &stroke, &error), -EINVAL);
	assert_int_equal(key_stroke_parse("", &stroke, &error), -EINVAL);
	assert_int_equal(key_stroke_parse("ctrl+", &stroke, &error), -EINVAL);
	assert_non_null(strstr(error.text, "there is no key ctrl+"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(knows_keys),
	    cmocka_unit_test(refuses_others),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
