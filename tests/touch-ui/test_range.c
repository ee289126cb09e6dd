/* F82: the number behind sliders and dials: limits, steps, keys, words. */
#include "test.h"

#include <linux/input-event-codes.h>
#include <math.h>

#include "controls/range.h"

static struct range whole(double minimum, double maximum, double step)
{
	struct range range;
	range_init(&range);
	range_set_limits(&range, minimum, maximum, step);
	return range;
}

static void a_value_stays_within_its_limits(void **state)
{
	struct range range;
	range_init(&range);
	assert_true(range_set(&range, 0.4));
	assert_false(range_set(&range, 0.4));
	assert_true(range_set(&range, 7));
	assert_true(range.value == 1);
	assert_true(range_set(&range, -INFINITY));
	assert_true(range.value == 0);
	assert_false(range_set(&range, NAN));
	assert_true(range.value == 0);
	assert_true(range_set_limits(&range, 2, 3, 0));
	assert_true(range.value == 2);
}

static void a_value_stays_on_its_steps(void **state)
{
	struct range range = whole(10, 50, 15); /* 10 25 40, and the end */
	range_set(&range, 31);
	assert_true(range.value == 25);
	range_set(&range, 60);
	assert_true(range.value == 50);
	assert_true(range_set_fraction(&range, 0));
	assert_true(range.value == 10);
	assert_false(range_nudge(&range, -1));
	assert_true(range_nudge(&range, 2));
	assert_true(range.value == 40);
	assert_true(fabs(range_fraction(&range) - 0.75) < 1e-12);
}

static bool press(struct range *range, uint32_t key, bool rtl)
{
	bool changed;
	const struct ui_key_event event = {.key = key, .down = true, .text = ""};
	assert_true(range_key(range, &event, rtl, &changed));
	return changed;
}

static void keys_move_it_and_follow_the_direction(void **state)
{
	struct range range = whole(0, 100, 1);
	assert_true(press(&range, KEY_RIGHT, false));
	assert_true(range.value == 1);
	assert_true(press(&range, KEY_RIGHT, true));
	assert_true(range.value == 0);
	assert_true(press(&range, KEY_LEFT, true));
	assert_true(press(&range, KEY_UP, true));
	assert_true(range.value == 2);
	assert_true(press(&range, KEY_PAGEUP, false));
	assert_true(range.value == 6);
	assert_true(press(&range, KEY_END, false));
	assert_true(range.value == 100);
	assert_false(press(&range, KEY_UP, false));
	assert_true(press(&range, KEY_HOME, false));
	assert_true(range.value == 0);
	bool changed;
	const struct ui_key_event other = {.key = KEY_A, .down = true, .text = "a"};
	assert_false(range_key(&range, &other, false, &changed));
	const struct ui_key_event up = {.key = KEY_RIGHT, .down = false, .text = ""};
	assert_true(range_key(&range, &up, false, &changed));
	assert_false(changed);
}

static void actions_and_words_are_there_for_readers(void **state)
{
	struct range range;
	char text[RANGE_TEXT];
	bool changed;
	range_init(&range);
	range_set(&range, 0.4);
	assert_string_equal(range_describe(&range, text), "40 %");
	assert_true(range_action(&range, "increment", &changed));
	assert_true(changed);
	assert_true(fabs(range.value - 0.45) < 1e-12);
	assert_true(range_action(&range, "decrement", &changed));
	assert_false(range_action(&range, "activate", &changed));
	range = whole(16, 28, 1);
	range_set(&range, 21);
	assert_string_equal(range_describe(&range, text), "21");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_value_stays_within_its_limits),
	    cmocka_unit_test(a_value_stays_on_its_steps),
	    cmocka_unit_test(keys_move_it_and_follow_the_direction),
	    cmocka_unit_test(actions_and_words_are_there_for_readers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
