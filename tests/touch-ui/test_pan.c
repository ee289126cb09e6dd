/* F65, F67: pans and edge pans, on every touchscreen: when they begin, where they are, how fast. */
#include "hand.h"

#include <math.h>

static void ten_points_are_swallowed(const struct device *device)
{
	struct hand hand;
	struct watch pan = {0};
	hand_begin(&hand, device, 400, 800);
	ui_view_add_gesture(hand.root, ui_pan_create(watch_gesture, &pan));
	hand_down(&hand, 0, 100, 100);
	hand_move(&hand, 0, 100, 108, 100);
	assert_int_equal(pan.began, 0);
	hand_move(&hand, 0, 100, 300, 400);
	assert_int_equal(pan.began, 1);
	assert_true(pan.changed > 5);
	hand_wait(&hand, 200); /* at rest: what was extrapolated is taken back */
	double way = pan.last.y;
	/* At least the 10 pt, at most what the finger moves between two reports and two frames
	 * more. */
	double step = 192.0 / 400 *
		      ((double)device->interval_us + device->jitter_us + 2 * HAND_FRAME_US) / 1000;
	assert_true(way <= 200 - 10 + 0.01 && way >= 200 - 10 - step);
	hand_up(&hand, 0);
	assert_int_equal(pan.ended, 1);
	assert_true(fabs(pan.velocity.y) < 0.01); /* it had rested */
	hand_end(&hand);
}

static void a_fling_has_the_fingers_speed(const struct device *device)
{
	struct hand hand;
	struct watch pan = {0};
	hand_begin(&hand, device, 400, 800);
	ui_view_add_gesture(hand.root, ui_pan_create(watch_gesture, &pan));
	hand_down(&hand, 0, 100, 700);
	hand_move(&hand, 0, 100, 300, 400); /* 1000 points a second, upward */
	hand_up(&hand, 0);
	assert_int_equal(pan.ended, 1);
	/* Reports that come late by the jitter look faster or slower by that much. */
	double off = 1000.0 * (device->jitter_us * 1.1 + 300) /
		     (double)(device->interval_us - device->jitter_us);
	off += 1000.0 * device->grain / (double)device->interval_us * 1000;
	assert_true(fabs(pan.velocity.y + 1000) <= off + 1);
	assert_true(fabs(pan.velocity.x) < 51);
	hand_end(&hand);
}

static void a_flick_between_two_frames_counts(void **state)
{
	struct hand hand;
	struct watch pan = {0};
	hand_begin(&hand, &device_gaming, 400, 800);
	ui_view_add_gesture(hand.root, ui_pan_create(watch_gesture, &pan));
	hand_down(&hand, 0, 100, 100);
	hand_move(&hand, 0, 100, 150, 12);
	hand_up(&hand, 0);
	assert_int_equal(pan.began, 1);
	assert_int_equal(pan.ended, 1);
	assert_true(pan.velocity.y > 2000);
	hand_end(&hand);
}

static void an_axis_is_kept(const struct device *device)
{
	struct hand hand;
	struct watch pan = {0};
	hand_begin(&hand, device, 400, 800);
	struct ui_gesture *vertical = ui_pan_create(watch_gesture, &pan);
	ui_pan_set_axis(vertical, UI_PAN_VERTICAL);
	ui_view_add_gesture(hand.root, vertical);
	hand_down(&hand, 0, 100, 100);
	hand_move(&hand, 0, 250, 120, 300);
	hand_move(&hand, 0, 250, 400, 300); /* too late */
	hand_up(&hand, 0);
	assert_int_equal(pan.began, 0);
	hand_down(&hand, 0, 100, 100);
	hand_move(&hand, 0, 110, 300, 300);
	assert_int_equal(pan.began, 1);
	assert_int_equal(ui_pan_lock(vertical), UI_PAN_VERTICAL);
	hand_up(&hand, 0);
	hand_end(&hand);
}

static void slack_after_a_rest(void **state)
{
	struct hand hand;
	struct watch pan = {0};
	hand_begin(&hand, &device_gaming, 400, 800);
	ui_view_add_gesture(hand.root, ui_pan_create(watch_gesture, &pan));
	hand_down(&hand, 0, 100, 100);
	hand_move(&hand, 0, 100, 200, 200);
	hand_wait(&hand, 200);
	double rest = pan.last.y;
	hand_move(&hand, 0, 100, 203, 100);
	hand_wait(&hand, 100);
	assert_true(fabs(pan.last.y - rest) < 0.01);
	hand_move(&hand, 0, 100, 220, 100);
	hand_wait(&hand, 100);
	assert_true(fabs(pan.last.y - (rest + 20 - 3.5)) < 0.6);
	hand_up(&hand, 0);
	hand_end(&hand);
}

static void another_finger_takes_over_without_a_jump(const struct device *device)
{
	struct hand hand;
	struct watch pan = {0};
	hand_begin(&hand, device, 400, 800);
	ui_view_add_gesture(hand.root, ui_pan_create(watch_gesture, &pan));
	hand_down(&hand, 0, 100, 100);
	hand_move(&hand, 0, 100, 200, 200);
	hand_wait(&hand, 200);
	double before = pan.last.y;
	hand_down(&hand, 1, 300, 600);
	hand_wait(&hand, 50);
	hand_up(&hand, 0);
	assert_int_equal(pan.ended, 0);
	assert_true(fabs(pan.last.y - before) < 0.01);
	hand_move(&hand, 1, 300, 650, 200);
	hand_wait(&hand, 200);
	assert_true(fabs(pan.last.y - before - 50) < 4.6);
	hand_up(&hand, 1);
	assert_int_equal(pan.ended, 1);
	hand_end(&hand);
}

static void the_edge_beats_the_scroller(const struct device *device)
{
	struct hand hand;
	struct watch edge = {0}, scroll = {0};
	hand_begin(&hand, device, 400, 800);
	struct ui_view *list = ear_create((struct md_rect){0, 0, 400, 800});
	ui_view_add(hand.root, list);
	ui_view_add_gesture(hand.root, ui_edge_pan_create(watch_gesture, &edge));
	ui_view_add_gesture(list, ui_pan_create(watch_gesture, &scroll));
	hand_down(&hand, 0, 8, 400);
	hand_move(&hand, 0, 200, 410, 300);
	hand_up(&hand, 0);
	assert_int_equal(edge.began, 1);
	assert_int_equal(edge.ended, 1);
	assert_int_equal(scroll.began, 0);
	/* Not at the edge, or along it: the list's. */
	hand_down(&hand, 0, 60, 400);
	hand_move(&hand, 0, 200, 400, 300);
	hand_up(&hand, 0);
	hand_down(&hand, 0, 8, 400);
	hand_move(&hand, 0, 12, 600, 300);
	hand_up(&hand, 0);
	assert_int_equal(edge.began, 1);
	assert_int_equal(scroll.began, 2);
	hand_end(&hand);
}

static void cancelled_in_mid_drag(const struct device *device)
{
	struct hand hand;
	struct watch pan = {0};
	hand_begin(&hand, device, 400, 800);
	ui_view_add_gesture(hand.root, ui_pan_create(watch_gesture, &pan));
	hand_down(&hand, 0, 100, 100);
	hand_move(&hand, 0, 100, 300, 300);
	hand_cancel(&hand, 0);
	assert_int_equal(pan.cancelled, 1);
	assert_int_equal(pan.ended, 0);
	assert_int_equal(hand.window->arena.active.count, 0);
	hand_end(&hand);
}

static void on_every_device(void **state)
{
	int64_t before = os_object_live_total();
	for (size_t i = 0; i < DEVICE_COUNT; i++) {
		ten_points_are_swallowed(g_devices[i]);
		a_fling_has_the_fingers_speed(g_devices[i]);
		an_axis_is_kept(g_devices[i]);
		another_finger_takes_over_without_a_jump(g_devices[i]);
		the_edge_beats_the_scroller(g_devices[i]);
		cancelled_in_mid_drag(g_devices[i]);
	}
	assert_int_equal(os_object_live_total(), before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(on_every_device),
	    cmocka_unit_test(a_flick_between_two_frames_counts),
	    cmocka_unit_test(slack_after_a_rest),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
