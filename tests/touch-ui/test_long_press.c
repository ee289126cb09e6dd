/* F65: long presses, on every touchscreen. */
#include "hand.h"

static void held_for_half_a_second(const struct device *device)
{
	struct hand hand;
	struct watch press = {0}, tap = {0};
	hand_begin(&hand, device, 400, 800);
	ui_view_add_gesture(hand.root, ui_long_press_create(watch_gesture, &press));
	ui_view_add_gesture(hand.root, ui_tap_create(1, watch_gesture, &tap));
	hand_down(&hand, 0, 100, 100);
	hand_wait(&hand, 499);
	assert_int_equal(press.began, 0);
	hand_wait(&hand, 2);
	assert_int_equal(press.began, 1);
	hand_move(&hand, 0, 200, 100, 200);
	assert_true(press.changed > 0);
	hand_up(&hand, 0);
	assert_int_equal(press.ended, 1);
	assert_int_equal(tap.ended, 0);
	hand_end(&hand);
}

static void lifted_or_moved_too_early(const struct device *device)
{
	struct hand hand;
	struct watch press = {0}, tap = {0};
	hand_begin(&hand, device, 400, 800);
	ui_view_add_gesture(hand.root, ui_long_press_create(watch_gesture, &press));
	ui_view_add_gesture(hand.root, ui_tap_create(1, watch_gesture, &tap));
	hand_down(&hand, 0, 100, 100);
	hand_wait(&hand, 450);
	hand_up(&hand, 0);
	hand_wait(&hand, 200);
	assert_int_equal(press.began, 0);
	assert_int_equal(tap.ended, 1);
	hand_down(&hand, 0, 100, 100);
	hand_move(&hand, 0, 100, 115, 300);
	hand_wait(&hand, 500);
	hand_up(&hand, 0);
	assert_int_equal(press.began, 0);
	hand_end(&hand);
}

static void cancelled_while_it_is_held(const struct device *device)
{
	struct hand hand;
	struct watch press = {0};
	hand_begin(&hand, device, 400, 800);
	ui_view_add_gesture(hand.root, ui_long_press_create(watch_gesture, &press));
	hand_down(&hand, 0, 100, 100);
	hand_wait(&hand, 600);
	hand_cancel(&hand, 0);
	assert_int_equal(press.began, 1);
	assert_int_equal(press.cancelled, 1);
	assert_int_equal(press.ended, 0);
	hand_end(&hand);
}

static void on_every_device(void **state)
{
	int64_t before = os_object_live_total();
	for (size_t i = 0; i < DEVICE_COUNT; i++) {
		held_for_half_a_second(g_devices[i]);
		lifted_or_moved_too_early(g_devices[i]);
		cancelled_while_it_is_held(g_devices[i]);
	}
	assert_int_equal(os_object_live_total(), before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(on_every_device)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
