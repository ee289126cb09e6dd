/* F65: taps, single and double, on every touchscreen. */
#include "hand.h"

static void a_tap_is_recognised(const struct device *device)
{
	struct hand hand;
	struct watch watch = {0};
	hand_begin(&hand, device, 400, 800);
	ui_view_add_gesture(hand.root, ui_tap_create(1, watch_gesture, &watch));
	hand_tap(&hand, 100, 100);
	assert_int_equal(watch.ended, 1);
	hand_tap(&hand, 300, 300);
	assert_int_equal(watch.ended, 2);
	hand_end(&hand);
}

static void a_little_movement_is_a_tap(const struct device *device)
{
	struct hand hand;
	struct watch watch = {0};
	hand_begin(&hand, device, 400, 800);
	ui_view_add_gesture(hand.root, ui_tap_create(1, watch_gesture, &watch));
	hand_down(&hand, 0, 100, 100);
	hand_move(&hand, 0, 106, 107, 80);
	hand_up(&hand, 0);
	assert_int_equal(watch.ended, 1);
	hand_down(&hand, 0, 100, 100);
	hand_move(&hand, 0, 100, 112, 80);
	hand_up(&hand, 0);
	assert_int_equal(watch.ended, 1);
	/* There and back is no tap either. */
	hand_down(&hand, 0, 100, 100);
	hand_move(&hand, 0, 100, 140, 160);
	hand_move(&hand, 0, 100, 100, 160);
	hand_up(&hand, 0);
	assert_int_equal(watch.ended, 1);
	hand_end(&hand);
}

static void unrelated_single_and_double_taps_both_fire(const struct device *device)
{
	struct hand hand;
	struct watch one = {0}, two = {0};
	hand_begin(&hand, device, 400, 800);
	ui_view_add_gesture(hand.root, ui_tap_create(1, watch_gesture, &one));
	ui_view_add_gesture(hand.root, ui_tap_create(2, watch_gesture, &two));
	hand_tap(&hand, 100, 100);
	hand_wait(&hand, 100);
	hand_tap(&hand, 110, 100);
	hand_wait(&hand, 500);
	assert_int_equal(one.ended, 1); /* of the second tap the double one takes the finger */
	assert_int_equal(two.ended, 1);
	hand_end(&hand);
}

static void a_single_tap_waits_for_the_double_to_fail(const struct device *device)
{
	struct hand hand;
	struct watch one = {0}, two = {0};
	hand_begin(&hand, device, 400, 800);
	struct ui_gesture *single = ui_tap_create(1, watch_gesture, &one);
	struct ui_gesture *twice = ui_tap_create(2, watch_gesture, &two);
	ui_view_add_gesture(hand.root, single);
	ui_view_add_gesture(hand.root, twice);
	assert_int_equal(ui_gesture_require_failure(single, twice), 0);
	hand_tap(&hand, 100, 100);
	hand_wait(&hand, 200);
	assert_int_equal(one.ended, 0);
	hand_wait(&hand, 200); /* 350 ms are over: it was no double tap */
	assert_int_equal(one.ended, 1);
	hand_tap(&hand, 100, 100);
	hand_wait(&hand, 100);
	hand_tap(&hand, 100, 100);
	hand_wait(&hand, 500);
	assert_int_equal(one.ended, 1);
	assert_int_equal(two.ended, 1);
	hand_end(&hand);
}

static void a_second_tap_must_be_soon_and_near(const struct device *device)
{
	struct hand hand;
	struct watch two = {0};
	hand_begin(&hand, device, 400, 800);
	ui_view_add_gesture(hand.root, ui_tap_create(2, watch_gesture, &two));
	hand_tap(&hand, 100, 100);
	hand_wait(&hand, 400);
	hand_tap(&hand, 100, 100);
	hand_wait(&hand, 1000);
	hand_tap(&hand, 100, 100);
	hand_wait(&hand, 100);
	hand_tap(&hand, 160, 100);
	hand_wait(&hand, 1000);
	assert_int_equal(two.ended, 0);
	hand_end(&hand);
}

static void a_second_finger_or_a_cancelled_touch_is_no_tap(const struct device *device)
{
	struct hand hand;
	struct watch watch = {0};
	hand_begin(&hand, device, 400, 800);
	ui_view_add_gesture(hand.root, ui_tap_create(1, watch_gesture, &watch));
	hand_down(&hand, 0, 100, 100);
	hand_down(&hand, 1, 200, 100);
	hand_wait(&hand, 30);
	hand_up(&hand, 1);
	hand_up(&hand, 0);
	assert_int_equal(watch.ended, 0);
	hand_down(&hand, 0, 100, 100);
	hand_cancel(&hand, 0);
	assert_int_equal(watch.ended, 0);
	hand_tap(&hand, 100, 100);
	assert_int_equal(watch.ended, 1);
	assert_int_equal(hand.window->arena.active.count, 0);
	hand_end(&hand);
}

static void taps_are_counted(void **state)
{
	struct hand hand;
	hand_begin(&hand, &device_gaming, 400, 800);
	for (int i = 1; i <= 3; i++) {
		hand_down(&hand, 0, 100, 100);
		assert_int_equal(ui_touch_tap_count(hand.window->touches[0]), i);
		hand_up(&hand, 0);
		hand_wait(&hand, 100);
	}
	hand_wait(&hand, 400);
	hand_down(&hand, 0, 100, 100);
	assert_int_equal(ui_touch_tap_count(hand.window->touches[0]), 1);
	hand_up(&hand, 0);
	hand_end(&hand);
}

static void on_every_device(void **state)
{
	int64_t before = os_object_live_total();
	for (size_t i = 0; i < DEVICE_COUNT; i++) {
		a_tap_is_recognised(g_devices[i]);
		a_little_movement_is_a_tap(g_devices[i]);
		unrelated_single_and_double_taps_both_fire(g_devices[i]);
		a_single_tap_waits_for_the_double_to_fail(g_devices[i]);
		a_second_tap_must_be_soon_and_near(g_devices[i]);
		a_second_finger_or_a_cancelled_touch_is_no_tap(g_devices[i]);
	}
	assert_int_equal(os_object_live_total(), before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(on_every_device),
	    cmocka_unit_test(taps_are_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
