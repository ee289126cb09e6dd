/* Mice of a board, by the real libinput: the pointer's place, the wheel, the button as a finger.
 * F117 */
#include "test.h"

#include <linux/input.h>
#include <math.h>

#include "mock_input.h"
#include "touch_heard.h"

static const struct mock_axis s_tablet_axes[] = {{ABS_X, 0, 32767, 0, 0}, {ABS_Y, 0, 32767, 0, 0}};
static const struct mock_device s_tablet = {.name = "tablet of an emulator",
					    .kind = MOCK_TABLET,
					    .axes = s_tablet_axes,
					    .axis_count = 2};
static const struct mock_device s_mouse = {.name = "a mouse", .kind = MOCK_MOUSE};

static int unplug_all(void **state)
{
	mock_input_unplug_all();
	mock_input_set_time(0);
	return 0;
}

static const struct os_pointer_sample *last(const struct touch_heard *heard)
{
	assert_true(heard->pointer_count > 0);
	return &heard->pointers[heard->pointer_count - 1];
}

static void a_tablet_says_where_it_is(void **state)
{
	struct mock_input *tablet = mock_input_plug(&s_tablet);
	struct touch_heard *heard = touch_heard_open("linux");
	touch_heard_settle(heard);
	assert_int_equal(heard->devices[0].info.fingers, 0);
	mock_input_event(tablet, EV_ABS, ABS_X, 8192);
	mock_input_event(tablet, EV_ABS, ABS_Y, 24576);
	mock_input_frame(tablet);
	touch_heard_settle(heard);
	assert_true(fabs(last(heard)->x - 0.25) < 1e-3 && fabs(last(heard)->y - 0.75) < 1e-3);
	assert_int_equal(heard->count, 0);
	/* Its button is a finger, there. */
	mock_input_event(tablet, EV_KEY, BTN_LEFT, 1);
	mock_input_frame(tablet);
	mock_input_event(tablet, EV_ABS, ABS_X, 16384);
	mock_input_frame(tablet);
	mock_input_event(tablet, EV_KEY, BTN_LEFT, 0);
	mock_input_frame(tablet);
	mock_input_press(tablet, BTN_RIGHT); /* nobody's */
	touch_heard_settle(heard);
	assert_int_equal(heard->count, 3);
	assert_true(fabs(heard->samples[0].x - 0.25) < 1e-3);
	assert_int_equal(heard->samples[1].phase, OS_TOUCH_MOVE);
	assert_true(fabs(heard->samples[2].x - 0.5) < 1e-3);
	touch_heard_close(heard);
}

static void a_mouse_moves_by_the_panels_matrix(void **state)
{
	struct mock_input *mouse = mock_input_plug(&s_mouse);
	struct touch_heard *heard = touch_heard_open("linux");
	touch_heard_settle(heard);
	/* A panel held on its side: right is up on it. */
	const double side[4] = {0, 0, -1 / 100.0, 0};
	heard->board->touch->set_motion(heard->touch, side);
	mock_input_event(mouse, EV_REL, REL_X, 5);
	mock_input_frame(mouse);
	touch_heard_settle(heard);
	assert_true(last(heard)->x == 0.5);
	assert_true(last(heard)->y < 0.5);
	for (int i = 0; i < 200; i++) {
		mock_input_event(mouse, EV_REL, REL_X, 20);
		mock_input_frame(mouse);
		touch_heard_settle(heard);
	}
	assert_true(last(heard)->y == 0); /* held at the edge */
	touch_heard_close(heard);
}

static void the_wheel_is_told_in_clicks(void **state)
{
	struct mock_input *mouse = mock_input_plug(&s_mouse);
	struct touch_heard *heard = touch_heard_open("linux");
	touch_heard_settle(heard);
	mock_input_event(mouse, EV_REL, REL_WHEEL, -2); /* towards the person: down */
	mock_input_event(mouse, EV_REL, REL_WHEEL_HI_RES, -240);
	mock_input_frame(mouse);
	touch_heard_settle(heard);
	assert_int_equal(heard->pointer_count, 1);
	assert_true(last(heard)->scroll_y == 2 && last(heard)->scroll_x == 0);
	touch_heard_close(heard);
}

static void a_mouse_that_goes_lets_its_button_go(void **state)
{
	struct mock_input *mouse = mock_input_plug(&s_mouse), *other = mock_input_plug(&s_mouse);
	struct touch_heard *heard = touch_heard_open("linux");
	touch_heard_settle(heard);
	mock_input_event(mouse, EV_KEY, BTN_LEFT, 1);
	mock_input_frame(mouse);
	touch_heard_settle(heard);
	assert_int_equal(heard->downs, 1);
	mock_input_unplug(mouse);
	touch_heard_settle(heard);
	touch_heard_check(heard);
	/* Far enough apart not to be one bouncing contact of the button. */
	int64_t time_us = mock_input_time();
	mock_input_set_time(time_us);
	mock_input_event(other, EV_KEY, BTN_LEFT, 1);
	mock_input_frame(other);
	mock_input_set_time(time_us + 100000);
	mock_input_event(other, EV_KEY, BTN_LEFT, 0);
	mock_input_frame(other);
	touch_heard_settle(heard);
	assert_int_equal(heard->downs, 2);
	mock_input_set_time(time_us + 200000);
	/* Cancelled: not heard before it is pressed anew. */
	mock_input_event(other, EV_KEY, BTN_LEFT, 1);
	mock_input_frame(other);
	touch_heard_settle(heard);
	heard->board->touch->cancel(heard->touch);
	mock_input_event(other, EV_REL, REL_X, 5);
	mock_input_frame(other);
	mock_input_event(other, EV_KEY, BTN_LEFT, 0);
	mock_input_frame(other);
	touch_heard_settle(heard);
	assert_int_equal(heard->downs, 3);
	assert_int_equal(heard->cancels, 1);
	touch_heard_close(heard);
}

int main(int argc, char **argv)
{
	mock_input_main(argc, argv);
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_teardown(a_tablet_says_where_it_is, unplug_all),
	    cmocka_unit_test_teardown(a_mouse_moves_by_the_panels_matrix, unplug_all),
	    cmocka_unit_test_teardown(the_wheel_is_told_in_clicks, unplug_all),
	    cmocka_unit_test_teardown(a_mouse_that_goes_lets_its_button_go, unplug_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
