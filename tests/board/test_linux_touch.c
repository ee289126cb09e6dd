/* The touch door of a board, by the real libinput: numbers, reports, times, hot-plug, calibration.
 * F117 F118 F119 */
#include "test.h"

#include <errno.h>
#include <linux/input.h>
#include <math.h>
#include <os/clock.h>

#include "mock_input.h"
#include "touch_heard.h"

static const struct mock_axis s_axes[] = {
    {ABS_X, 0, 799, 0, 5},
    {ABS_Y, 0, 479, 0, 5},
    {ABS_MT_SLOT, 0, 15, 0, 0},
    {ABS_MT_POSITION_X, 0, 799, 0, 5},
    {ABS_MT_POSITION_Y, 0, 479, 0, 5},
    {ABS_MT_TRACKING_ID, 0, 65535, 0, 0},
    {ABS_MT_TOUCH_MAJOR, 0, 799, 0, 0},
};
/* Without sizes, by one axis. */
#define SIZELESS (OS_ARRAY_LEN(s_axes) - 1)

static const struct mock_device s_panel = {.name = "Panel of a test",
					   .phys = "usb-1.2/input0",
					   .kind = MOCK_TOUCHSCREEN,
					   .bus = BUS_USB,
					   .vendor = 0x1a86,
					   .product = 0xe5e3,
					   .version = 0x100,
					   .axes = s_axes,
					   .axis_count = OS_ARRAY_LEN(s_axes)};

static struct mock_input *plug_sizeless(const char *name, const char *phys)
{
	struct mock_device device = s_panel;
	device.name = name;
	device.phys = phys;
	device.axis_count = SIZELESS;
	return mock_input_plug(&device);
}

static int unplug_all(void **state)
{
	mock_input_unplug_all();
	mock_input_set_time(0);
	return 0;
}

static void fingers_have_numbers_places_and_times(void **state)
{
	struct mock_input *panel = plug_sizeless("Panel of a test", "usb-1.2/input0");
	struct touch_heard *heard = touch_heard_open("linux");
	touch_heard_settle(heard);
	assert_int_equal(heard->device_count, 1);
	assert_string_equal(heard->devices[0].id, "1a86:e5e3:0100:panel-of-a-test");
	assert_int_equal(heard->devices[0].info.fingers, 16);
	assert_true(fabs(heard->devices[0].info.width_mm - 160) < 1);
	assert_true(mock_input_is_grabbed(panel));

	int64_t before_us = os_clock_now_us();
	mock_input_down(panel, 3, 400, 240);
	mock_input_down(panel, 7, 0, 479);
	mock_input_frame(panel);
	touch_heard_settle(heard);
	assert_int_equal(heard->reports, 1); /* both in one */
	assert_int_equal(heard->count, 2);
	assert_int_equal(heard->samples[0].finger, 0);
	assert_int_equal(heard->samples[1].finger, 1);
	assert_true(fabs(heard->samples[0].x - 400 / 800.0) < 1e-9);
	assert_true(fabs(heard->samples[1].y - 479 / 480.0) < 1e-9);
	assert_true(heard->samples[0].time_us >= before_us);
	assert_true(heard->samples[0].time_us <= os_clock_now_us());
	assert_true(heard->samples[0].radius == 0); /* not told: not known */

	/* The lowest free number is the next finger's; the others keep theirs. */
	mock_input_up(panel, 3);
	mock_input_frame(panel);
	mock_input_down(panel, 5, 10, 10);
	mock_input_move(panel, 7, 20, 400);
	mock_input_frame(panel);
	touch_heard_settle(heard);
	assert_int_equal(heard->samples[2].phase, OS_TOUCH_UP);
	assert_true(heard->samples[2].flow == heard->samples[0].flow);
	assert_int_equal(heard->count, 5);
	assert_int_equal(heard->samples[3].finger, 0);
	assert_int_equal(heard->samples[4].finger, 1);
	mock_input_up(panel, 5);
	mock_input_up(panel, 7);
	mock_input_frame(panel);
	touch_heard_settle(heard);
	touch_heard_check(heard);
	touch_heard_close(heard);
}

static void an_eleventh_finger_is_ignored_whole(void **state)
{
	struct mock_input *panel = plug_sizeless("many fingers", NULL);
	struct touch_heard *heard = touch_heard_open("linux");
	touch_heard_settle(heard);
	for (int slot = 0; slot < 12; slot++) {
		mock_input_down(panel, slot, 50 * slot, 100);
		mock_input_frame(panel);
	}
	for (int slot = 0; slot < 12; slot++) {
		mock_input_move(panel, slot, 50 * slot, 200);
	}
	mock_input_frame(panel);
	touch_heard_settle(heard);
	assert_int_equal(heard->downs, 10);
	assert_int_equal(heard->most_down, 10);
	assert_int_equal(heard->count, 20);
	/* A number that becomes free is not for a finger that lies there already. */
	mock_input_up(panel, 0);
	mock_input_move(panel, 11, 300, 300);
	mock_input_frame(panel);
	touch_heard_settle(heard);
	assert_int_equal(heard->count, 21);
	for (int slot = 1; slot < 12; slot++) {
		mock_input_up(panel, slot);
	}
	mock_input_frame(panel);
	touch_heard_settle(heard);
	assert_int_equal(heard->downs, 10);
	touch_heard_close(heard);
}

static void a_device_that_goes_cancels_its_fingers(void **state)
{
	struct touch_heard *heard = touch_heard_open("linux");
	touch_heard_settle(heard);
	assert_int_equal(heard->device_count, 0);
	struct mock_input *one = plug_sizeless("first", "usb-1/input0");
	struct mock_input *two = plug_sizeless("second", "usb-2/input0");
	touch_heard_settle(heard);
	assert_int_equal(heard->device_count, 2);
	mock_input_down(one, 0, 100, 100);
	mock_input_frame(one);
	mock_input_down(two, 0, 200, 200); /* the same slot of another device */
	mock_input_frame(two);
	touch_heard_settle(heard);
	assert_int_equal(heard->most_down, 2);
	assert_int_equal(heard->samples[1].finger, 1);
	mock_input_unplug(one);
	touch_heard_settle(heard);
	assert_int_equal(heard->cancels, 1);
	assert_int_equal(heard->samples[2].finger, 0);
	assert_int_equal(touch_heard_device(heard, "first"), -1);
	mock_input_move(two, 0, 210, 200);
	mock_input_frame(two);
	mock_input_up(two, 0);
	mock_input_frame(two);
	touch_heard_settle(heard);
	touch_heard_check(heard);
	/* It comes back under its id. */
	one = plug_sizeless("first", "usb-3/input0");
	touch_heard_settle(heard);
	mock_input_down(one, 0, 100, 100);
	mock_input_frame(one);
	touch_heard_settle(heard);
	assert_int_equal(heard->device_count, 2);
	assert_true(heard->devices[0].is_there);
	assert_int_equal(heard->downs, 3);
	touch_heard_close(heard); /* cancels it too */
}

static void cancelled_fingers_are_not_heard_before_they_lift(void **state)
{
	struct mock_input *panel = plug_sizeless("cancelled", NULL);
	struct touch_heard *heard = touch_heard_open("linux");
	touch_heard_settle(heard);
	mock_input_down(panel, 0, 100, 100);
	mock_input_frame(panel);
	touch_heard_settle(heard);
	heard->board->touch->cancel(heard->touch);
	assert_int_equal(heard->cancels, 1);
	mock_input_move(panel, 0, 300, 100);
	mock_input_frame(panel);
	touch_heard_settle(heard);
	assert_int_equal(heard->count, 2);
	mock_input_down(panel, 1, 100, 200); /* a new one is, and has the number */
	mock_input_frame(panel);
	mock_input_up(panel, 0);
	mock_input_frame(panel);
	touch_heard_settle(heard);
	assert_int_equal(heard->count, 3);
	assert_int_equal(heard->samples[2].finger, 0);
	mock_input_down(panel, 0, 100, 100);
	mock_input_up(panel, 1);
	mock_input_frame(panel);
	mock_input_up(panel, 0);
	mock_input_frame(panel);
	touch_heard_settle(heard);
	assert_int_equal(heard->downs, 3);
	assert_int_equal(heard->ups, 2);
	touch_heard_close(heard);
}

static void expect_place(struct touch_heard *heard, struct mock_input *panel, double x, double y)
{
	touch_heard_forget(heard);
	mock_input_down(panel, 0, 200, 360); /* a quarter and three quarters */
	mock_input_frame(panel);
	mock_input_up(panel, 0);
	mock_input_frame(panel);
	touch_heard_settle(heard);
	assert_int_equal(heard->count, 2);
	assert_true(fabs(heard->samples[0].x - x) < 0.005);
	assert_true(fabs(heard->samples[0].y - y) < 0.005);
}

static void a_matrix_is_applied_once_and_kept(void **state)
{
	struct mock_device device = s_panel;
	device.calibration = "-1 0 1 0 -1 1"; /* a udev rule: upside down */
	struct mock_input *panel = mock_input_plug(&device);
	struct touch_heard *heard = touch_heard_open("linux");
	const struct os_touch_door *door = heard->board->touch;
	const char *id = "1a86:e5e3:0100:panel-of-a-test";
	touch_heard_settle(heard);
	expect_place(heard, panel, 0.75, 0.25);
	/* Ours replaces the rule's; it is not put on top. */
	const double quarter[6] = {0, -1, 1, 1, 0, 0};
	assert_int_equal(door->set_calibration(heard->touch, id, quarter), 0);
	expect_place(heard, panel, 0.25, 0.25);
	const double identity[6] = {1, 0, 0, 0, 1, 0};
	assert_int_equal(door->set_calibration(heard->touch, id, identity), 0);
	expect_place(heard, panel, 0.25, 0.75);
	/* Where it would be outside, it is at the edge. */
	const double moved[6] = {1, 0, 0.9, 0, 1, -0.8};
	assert_int_equal(door->set_calibration(heard->touch, id, moved), 0);
	expect_place(heard, panel, 1, 0);
	const double flat[6] = {1, 0, 0, 1, 0, 0}, odd[6] = {NAN, 0, 0, 0, 1, 0};
	assert_int_equal(door->set_calibration(heard->touch, id, flat), -EINVAL);
	assert_int_equal(door->set_calibration(heard->touch, id, odd), -EINVAL);
	/* Without one of ours the rule is heard again. */
	assert_int_equal(door->set_calibration(heard->touch, id, NULL), 0);
	expect_place(heard, panel, 0.75, 0.25);
	/* It is there again when the device is. */
	assert_int_equal(door->set_calibration(heard->touch, id, quarter), 0);
	mock_input_unplug(panel);
	touch_heard_settle(heard);
	panel = mock_input_plug(&device);
	touch_heard_settle(heard);
	expect_place(heard, panel, 0.25, 0.25);
	/* Forgotten: what the rule says is back, then and the next time. */
	assert_int_equal(door->set_calibration(heard->touch, id, NULL), 0);
	expect_place(heard, panel, 0.75, 0.25);
	mock_input_unplug(panel);
	touch_heard_settle(heard);
	panel = mock_input_plug(&device);
	touch_heard_settle(heard);
	expect_place(heard, panel, 0.75, 0.25);
	touch_heard_close(heard);
}

static void sizes_make_radii_and_reject_palms(void **state)
{
	struct mock_input *panel = mock_input_plug(&s_panel); /* 160 x 96 mm, 5 units a mm */
	struct touch_heard *heard = touch_heard_open("linux");
	touch_heard_settle(heard);
	mock_input_down(panel, 0, 400, 240);
	mock_input_size(panel, 0, 60); /* 12 mm */
	mock_input_frame(panel);
	touch_heard_settle(heard);
	assert_int_equal(heard->count, 1);
	assert_true(fabs(heard->samples[0].radius - 30 / 800.0) < 1e-6);
	/* It grows into a palm, is cancelled, and not heard again. */
	mock_input_move(panel, 0, 401, 240);
	mock_input_size(panel, 0, 160);
	mock_input_frame(panel);
	touch_heard_settle(heard);
	assert_int_equal(heard->cancels, 1);
	mock_input_move(panel, 0, 420, 240);
	mock_input_size(panel, 0, 50);
	mock_input_frame(panel);
	/* A thumb at the edge that holds the panel is none; in the middle it is a finger. */
	mock_input_down(panel, 1, 4, 240);
	mock_input_size(panel, 1, 100);
	mock_input_frame(panel);
	touch_heard_settle(heard);
	assert_int_equal(heard->downs, 1);
	mock_input_down(panel, 2, 300, 240);
	mock_input_size(panel, 2, 100);
	mock_input_frame(panel);
	touch_heard_settle(heard);
	assert_int_equal(heard->downs, 2);
	for (int slot = 0; slot < 3; slot++) {
		mock_input_up(panel, slot);
	}
	mock_input_frame(panel);
	touch_heard_settle(heard);
	touch_heard_check(heard);
	touch_heard_close(heard);
}

static void a_rate_is_measured_and_told(void **state)
{
	struct mock_input *panel = plug_sizeless("measured", NULL);
	struct touch_heard *heard = touch_heard_open("linux");
	touch_heard_settle(heard);
	assert_true(heard->devices[0].info.rate_hz == 0);
	int64_t time_us = mock_input_time() - OS_US_PER_S;
	mock_input_set_time(time_us);
	mock_input_down(panel, 0, 10, 10);
	mock_input_frame(panel);
	for (int i = 0; i < 40; i++) {
		mock_input_set_time(time_us += 10000);
		mock_input_move(panel, 0, 20 + i, 10);
		mock_input_frame(panel);
		touch_heard_settle(heard);
	}
	assert_true(fabs(heard->devices[0].info.rate_hz - 100) < 0.01);
	assert_int_equal(heard->device_count, 1);
	mock_input_up(panel, 0);
	mock_input_frame(panel);
	touch_heard_settle(heard);
	touch_heard_close(heard);
}

static void a_held_clock_holds_the_times(void **state)
{
	os_clock_hold();
	struct mock_input *panel = plug_sizeless("held", NULL);
	struct touch_heard *heard = touch_heard_open("linux");
	touch_heard_settle(heard);
	mock_input_down(panel, 0, 10, 10);
	mock_input_frame(panel);
	mock_input_up(panel, 0);
	mock_input_frame(panel);
	touch_heard_settle(heard);
	assert_true(heard->samples[0].time_us == os_clock_now_us());
	assert_true(heard->samples[1].time_us == os_clock_now_us());
	touch_heard_close(heard);
	os_clock_run();
}

/* Suspended with a finger on the glass: who wakes it finds nothing down. */
static void a_machine_that_slept_has_no_fingers_down(void **state)
{
	struct mock_input *panel = plug_sizeless("asleep", NULL);
	struct touch_heard *heard = touch_heard_open("linux");
	touch_heard_settle(heard);
	mock_input_down(panel, 0, 100, 100);
	mock_input_frame(panel);
	touch_heard_settle(heard);
	assert_int_equal(heard->downs, 1);
	mock_input_sleep(3600 * OS_US_PER_S);
	mock_input_move(panel, 0, 120, 100);
	mock_input_frame(panel);
	touch_heard_settle(heard);
	assert_int_equal(heard->cancels, 1);
	assert_int_equal(heard->count, 2); /* the move is of a finger that is not heard any more */
	mock_input_up(panel, 0);
	mock_input_frame(panel);
	mock_input_down(panel, 0, 100, 100);
	mock_input_frame(panel);
	mock_input_up(panel, 0);
	mock_input_frame(panel);
	touch_heard_settle(heard);
	assert_int_equal(heard->downs, 2);
	assert_int_equal(heard->cancels, 1);
	touch_heard_close(heard);
}

/* libinput calls it a success; somebody has to say it. */
static void no_touchscreen_is_said(void **state)
{
	struct touch_heard *heard = touch_heard_open("linux");
	touch_heard_wait_for_log(heard, "no touchscreen");
	touch_heard_close(heard);
}

int main(int argc, char **argv)
{
	mock_input_main(argc, argv);
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_teardown(fingers_have_numbers_places_and_times, unplug_all),
	    cmocka_unit_test_teardown(an_eleventh_finger_is_ignored_whole, unplug_all),
	    cmocka_unit_test_teardown(a_device_that_goes_cancels_its_fingers, unplug_all),
	    cmocka_unit_test_teardown(cancelled_fingers_are_not_heard_before_they_lift, unplug_all),
	    cmocka_unit_test_teardown(a_matrix_is_applied_once_and_kept, unplug_all),
	    cmocka_unit_test_teardown(sizes_make_radii_and_reject_palms, unplug_all),
	    cmocka_unit_test_teardown(a_rate_is_measured_and_told, unplug_all),
	    cmocka_unit_test_teardown(a_held_clock_holds_the_times, unplug_all),
	    cmocka_unit_test_teardown(a_machine_that_slept_has_no_fingers_down, unplug_all),
	    cmocka_unit_test_teardown(no_touchscreen_is_said, unplug_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
