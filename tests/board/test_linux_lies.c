/* Devices that lie: nothing crashes, nothing sticks, no place is outside, and the log names them.
 * F119 */
#include "test.h"

#include <linux/input.h>
#include <os/clock.h>

#include "mock_input.h"
#include "touch_heard.h"

#define SLOT(n) {ABS_MT_SLOT, 0, n, 0, 0}
#define POSITION(n, max) {n, 0, max, 0, 10}
#define TRACKING {ABS_MT_TRACKING_ID, 0, 65535, 0, 0}

static const struct mock_axis s_good[] = {POSITION(ABS_X, 799),
					  POSITION(ABS_Y, 479),
					  SLOT(9),
					  POSITION(ABS_MT_POSITION_X, 799),
					  POSITION(ABS_MT_POSITION_Y, 479),
					  TRACKING};

static struct mock_input *plug(const char *name, const struct mock_axis *axes, size_t count)
{
	return mock_input_plug(&(struct mock_device){.name = name,
						     .kind = MOCK_TOUCHSCREEN,
						     .vendor = 0x1234,
						     .product = 0x5678,
						     .axes = axes,
						     .axis_count = count});
}

static int unplug_all(void **state)
{
	mock_input_unplug_all();
	mock_input_set_time(0);
	return 0;
}

static void swipe(struct mock_input *panel, int slot)
{
	mock_input_down(panel, slot, 100, 100);
	mock_input_frame(panel);
	mock_input_move(panel, slot, 200, 100);
	mock_input_frame(panel);
	mock_input_up(panel, slot);
	mock_input_frame(panel);
}

static void expect_named(const char *name)
{
	if (strstr(touch_heard_log(), name) == NULL) {
		fail_msg("the log does not name \"%s\":\n%s", name, touch_heard_log());
	}
}

static void axes_without_range(void **state)
{
	static const struct mock_axis s_flat[] = {{ABS_X, 0, 0},
						  {ABS_Y, 0, 0},
						  SLOT(9),
						  {ABS_MT_POSITION_X, 0, 0},
						  {ABS_MT_POSITION_Y, 0, 0},
						  TRACKING};
	static const struct mock_axis s_turned[] = {SLOT(9),
						    {ABS_MT_POSITION_X, 799, 0},
						    {ABS_MT_POSITION_Y, 479, 0},
						    TRACKING};
	struct mock_input *flat = plug("Flat Panel", s_flat, OS_ARRAY_LEN(s_flat));
	struct mock_input *turned = plug("Turned Panel", s_turned, OS_ARRAY_LEN(s_turned));
	struct mock_input *good = plug("Good Panel", s_good, OS_ARRAY_LEN(s_good));
	struct touch_heard *heard = touch_heard_open("linux");
	touch_heard_settle(heard);
	swipe(flat, 0);
	swipe(turned, 0);
	touch_heard_settle(heard);
	touch_heard_check(heard);
	touch_heard_forget(heard);
	swipe(good, 0); /* the one beside them works */
	touch_heard_settle(heard);
	assert_int_equal(heard->downs, 1);
	expect_named("Flat Panel");
	touch_heard_close(heard);
}

static void slots_beyond_ten(void **state)
{
	static const struct mock_axis s_many[] = {
	    SLOT(63), POSITION(ABS_MT_POSITION_X, 799), POSITION(ABS_MT_POSITION_Y, 479), TRACKING};
	struct mock_input *panel = plug("Many Slots", s_many, OS_ARRAY_LEN(s_many));
	struct touch_heard *heard = touch_heard_open("linux");
	touch_heard_settle(heard);
	for (int slot = 0; slot < 64; slot++) {
		mock_input_down(panel, slot, slot * 10, 10);
		mock_input_frame(panel);
		touch_heard_settle(heard);
	}
	assert_int_equal(heard->most_down, 10);
	for (int slot = 63; slot >= 0; slot--) {
		mock_input_up(panel, slot);
		mock_input_frame(panel);
		touch_heard_settle(heard);
	}
	touch_heard_check(heard);
	swipe(panel, 40);
	touch_heard_settle(heard);
	assert_int_equal(heard->downs, 11);
	/* A slot that it never said that it has. */
	mock_input_event(panel, EV_ABS, ABS_MT_SLOT, 200);
	mock_input_event(panel, EV_ABS, ABS_MT_TRACKING_ID, 9);
	mock_input_frame(panel);
	mock_input_event(panel, EV_ABS, ABS_MT_SLOT, -3);
	mock_input_event(panel, EV_ABS, ABS_MT_TRACKING_ID, 10);
	mock_input_frame(panel);
	mock_input_event(panel, EV_ABS, ABS_MT_TRACKING_ID, -1);
	mock_input_frame(panel);
	touch_heard_settle(heard);
	mock_input_unplug(panel);
	touch_heard_settle(heard);
	touch_heard_close(heard);
}

static void events_without_syn(void **state)
{
	struct mock_input *panel = plug("No Syn", s_good, OS_ARRAY_LEN(s_good));
	struct touch_heard *heard = touch_heard_open("linux");
	touch_heard_settle(heard);
	mock_input_down(panel, 0, 100, 100);
	touch_heard_settle(heard);
	assert_int_equal(heard->count, 0);
	/* A down and an up that one SYN closes. */
	mock_input_up(panel, 0);
	mock_input_frame(panel);
	touch_heard_settle(heard);
	touch_heard_check(heard);
	swipe(panel, 0);
	touch_heard_settle(heard);
	touch_heard_check(heard);
	mock_input_down(panel, 0, 100, 100);
	mock_input_frame(panel);
	mock_input_up(panel, 0); /* its SYN never comes */
	touch_heard_settle(heard);
	mock_input_unplug(panel);
	touch_heard_settle(heard);
	touch_heard_close(heard);
}

static void coordinates_outside(void **state)
{
	struct mock_input *panel = plug("Out Of Range", s_good, OS_ARRAY_LEN(s_good));
	struct touch_heard *heard = touch_heard_open("linux");
	touch_heard_settle(heard);
	mock_input_down(panel, 0, -500, 4000);
	mock_input_frame(panel);
	mock_input_move(panel, 0, INT32_MAX, INT32_MIN);
	mock_input_frame(panel);
	mock_input_move(panel, 0, 400, 240);
	mock_input_frame(panel);
	mock_input_up(panel, 0);
	mock_input_frame(panel);
	touch_heard_settle(heard);
	assert_true(heard->samples[0].x == 0 && heard->samples[0].y == 1);
	assert_int_equal(heard->downs, 1);
	touch_heard_close(heard);
}

/* Its slot is never told to be up, and nothing more of it: others come and go meanwhile. */
static void a_finger_that_never_lifts(void **state)
{
	struct mock_input *panel = plug("Sticky Panel", s_good, OS_ARRAY_LEN(s_good));
	struct touch_heard *heard = touch_heard_open("linux");
	touch_heard_settle(heard);
	int64_t time_us = mock_input_time();
	mock_input_set_time(time_us);
	mock_input_down(panel, 0, 700, 400);
	mock_input_frame(panel);
	touch_heard_settle(heard);
	for (int i = 0; i < 4; i++) {
		mock_input_set_time(time_us += 3 * OS_US_PER_S);
		swipe(panel, 1);
		touch_heard_settle(heard);
		assert_int_equal(heard->cancels, i < 3 ? 0 : 1);
	}
	expect_named("\"Sticky Panel\": finger 0 does not lift");
	touch_heard_forget(heard);
	/* The next finger has its number, and what lies there is not heard. */
	swipe(panel, 1);
	touch_heard_settle(heard);
	assert_int_equal(heard->samples[0].finger, 0);
	mock_input_up(panel, 0);
	mock_input_frame(panel);
	swipe(panel, 0);
	touch_heard_settle(heard);
	assert_int_equal(heard->downs, 2);
	touch_heard_close(heard);
}

static void a_finger_that_rests_is_none_that_sticks(void **state)
{
	struct mock_input *panel = plug("Resting", s_good, OS_ARRAY_LEN(s_good));
	struct touch_heard *heard = touch_heard_open("linux");
	touch_heard_settle(heard);
	int64_t time_us = mock_input_time();
	mock_input_set_time(time_us);
	mock_input_down(panel, 0, 700, 400);
	mock_input_frame(panel);
	for (int i = 0; i < 8; i++) {
		mock_input_set_time(time_us += 4 * OS_US_PER_S);
		mock_input_move(panel, 0, 700 + i % 2, 400); /* it trembles, as fingers do */
		swipe(panel, 1);
		touch_heard_settle(heard);
	}
	assert_int_equal(heard->cancels, 0);
	/* Alone it may rest as long as it likes. */
	mock_input_set_time(time_us += 3600 * OS_US_PER_S);
	mock_input_up(panel, 0);
	mock_input_frame(panel);
	touch_heard_settle(heard);
	assert_int_equal(heard->cancels, 0);
	touch_heard_close(heard);
}

/* The kernel's queue ran over: what was lost is made good by the slots as they are now. */
static void events_are_lost(void **state)
{
	struct mock_input *panel = plug("Too Fast", s_good, OS_ARRAY_LEN(s_good));
	struct touch_heard *heard = touch_heard_open("linux");
	touch_heard_settle(heard);
	mock_input_down(panel, 0, 100, 100);
	mock_input_down(panel, 1, 200, 100);
	mock_input_frame(panel);
	touch_heard_settle(heard);
	assert_int_equal(heard->downs, 2);
	mock_input_event_lost(panel, EV_ABS, ABS_MT_SLOT, 0);
	mock_input_event_lost(panel, EV_ABS, ABS_MT_TRACKING_ID, -1);
	mock_input_event_lost(panel, EV_ABS, ABS_MT_SLOT, 1);
	mock_input_event_lost(panel, EV_ABS, ABS_MT_TRACKING_ID, 900); /* up, and down anew */
	mock_input_event_lost(panel, EV_ABS, ABS_MT_POSITION_X, 400);
	mock_input_frame_dropped(panel);
	touch_heard_settle(heard);
	assert_int_equal(heard->down[0] + heard->down[1], 1);
	assert_int_equal(heard->downs, 3);
	mock_input_up(panel, 1);
	mock_input_frame(panel);
	touch_heard_settle(heard);
	touch_heard_close(heard);
}

/* The kernel lost an up, and only its state knows. */
static void the_kernels_word_ends_a_finger(void **state)
{
	struct mock_input *panel = plug("Lost Up", s_good, OS_ARRAY_LEN(s_good));
	struct touch_heard *heard = touch_heard_open("linux");
	touch_heard_settle(heard);
	int64_t time_us = mock_input_time();
	mock_input_set_time(time_us);
	mock_input_down(panel, 0, 100, 100);
	mock_input_frame(panel);
	touch_heard_settle(heard);
	mock_input_event_lost(panel, EV_ABS, ABS_MT_TRACKING_ID, -1);
	mock_input_set_time(time_us += 2 * OS_US_PER_S);
	swipe(panel, 1);
	touch_heard_settle(heard);
	swipe(panel, 1);
	touch_heard_settle(heard);
	assert_int_equal(heard->cancels, 1);
	expect_named("\"Lost Up\": finger 0 does not lift");
	touch_heard_close(heard);
}

static void two_devices_of_one_name(void **state)
{
	struct mock_device twin = {.name = "Twin",
				   .phys = "usb-1.1/input0",
				   .kind = MOCK_TOUCHSCREEN,
				   .vendor = 0x1234,
				   .product = 0x5678,
				   .axes = s_good,
				   .axis_count = OS_ARRAY_LEN(s_good)};
	struct mock_input *left = mock_input_plug(&twin);
	twin.phys = "usb-1.2/input0";
	struct mock_input *right = mock_input_plug(&twin);
	struct touch_heard *heard = touch_heard_open("linux");
	touch_heard_settle(heard);
	assert_int_equal(heard->device_count, 2);
	assert_string_equal(heard->devices[0].id, "1234:5678:0000:twin@usb-1.1/input0");
	assert_string_equal(heard->devices[1].id, "1234:5678:0000:twin@usb-1.2/input0");
	expect_named("Twin");
	/* Each has a matrix of its own. */
	const double turned[6] = {-1, 0, 1, 0, -1, 1};
	assert_int_equal(heard->board->touch->set_calibration(heard->touch, heard->devices[1].id,
							      turned),
			 0);
	swipe(left, 0);
	touch_heard_settle(heard);
	assert_true(heard->samples[0].x < 0.5);
	touch_heard_forget(heard);
	swipe(right, 0);
	touch_heard_settle(heard);
	assert_true(heard->samples[0].x > 0.5);
	mock_input_unplug(left);
	touch_heard_settle(heard);
	assert_false(heard->devices[0].is_there);
	assert_true(heard->devices[1].is_there);
	touch_heard_close(heard);
}

static void a_grab_that_fails_is_a_line_in_the_log(void **state)
{
	struct mock_device shared = {.name = "Shared",
				     .kind = MOCK_TOUCHSCREEN,
				     .axes = s_good,
				     .axis_count = OS_ARRAY_LEN(s_good),
				     .refuses_grab = true};
	struct mock_input *panel = mock_input_plug(&shared);
	struct touch_heard *heard = touch_heard_open("linux");
	touch_heard_settle(heard);
	expect_named("Shared");
	swipe(panel, 0);
	touch_heard_settle(heard);
	assert_int_equal(heard->downs, 1);
	touch_heard_close(heard);
}

static void a_name_of_anything(void **state)
{
	struct mock_input *panel = plug("\xff\x01 \"%s\" \\n", s_good, OS_ARRAY_LEN(s_good));
	struct touch_heard *heard = touch_heard_open("linux");
	touch_heard_settle(heard);
	assert_int_equal(heard->device_count, 1);
	assert_string_equal(heard->devices[0].name, "?? \"%s\" \\n");
	assert_string_equal(heard->devices[0].id, "1234:5678:0000:-----s---n");
	swipe(panel, 0);
	touch_heard_settle(heard);
	touch_heard_close(heard);
}

int main(int argc, char **argv)
{
	mock_input_main(argc, argv);
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_teardown(axes_without_range, unplug_all),
	    cmocka_unit_test_teardown(slots_beyond_ten, unplug_all),
	    cmocka_unit_test_teardown(events_without_syn, unplug_all),
	    cmocka_unit_test_teardown(coordinates_outside, unplug_all),
	    cmocka_unit_test_teardown(a_finger_that_never_lifts, unplug_all),
	    cmocka_unit_test_teardown(a_finger_that_rests_is_none_that_sticks, unplug_all),
	    cmocka_unit_test_teardown(events_are_lost, unplug_all),
	    cmocka_unit_test_teardown(the_kernels_word_ends_a_finger, unplug_all),
	    cmocka_unit_test_teardown(two_devices_of_one_name, unplug_all),
	    cmocka_unit_test_teardown(a_grab_that_fails_is_a_line_in_the_log, unplug_all),
	    cmocka_unit_test_teardown(a_name_of_anything, unplug_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
