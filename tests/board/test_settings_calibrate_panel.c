/* F118: a panel of real life, turned by a quarter and mirrored, on the real libinput: found, put right
 * by fingers alone through Settings' screen, and right after unplugging; then taps hit. */
#include "calibrate_show.h"

#include <math.h>

#include <cs/calibration.h>
#include <linux/input.h>
#include <os/clock.h>

#include "mock_panel.h"
#include "panel_hand.h"

/* What the panel is: ILITEK by USB, mounted by a quarter turn, its film the wrong way round. */
static const double s_fault[6] = {0.02, 0.93, 0.03, 0.91, -0.01, 0.06};
static struct mock_input *s_input;
static struct panel_hand s_hand;
static struct input_event s_events[PANEL_EVENTS_MAX];

static void send(struct show *show, enum os_touch_phase phase, struct md_point place)
{
	struct md_point at = touch_fit_apply(s_fault, place);
	const struct panel_finger finger = {0, at.x, at.y};
	size_t from = s_hand.count, to = from;
	bool down = phase == OS_TOUCH_DOWN || phase == OS_TOUCH_MOVE;
	panel_hand_report(&s_hand, &finger, down ? 1 : 0);
	assert_true(s_hand.count < s_hand.max);
	while (to < s_hand.count) {
		mock_panel_next(s_input, s_events, s_hand.count, &to);
	}
	s_hand.count = to > s_hand.max / 2 ? 0 : to;
}

static void it_is_put_right(int orientation)
{
	struct os_error error = {0};
	const struct os_board *board = os_board_open(BOARDS, "linux", &error);
	assert_non_null(board);
	s_input = mock_panel_plug(&panel_ilitek_v3000);
	s_hand = (struct panel_hand){.panel = &panel_ilitek_v3000, .events = s_events, .max = PANEL_EVENTS_MAX};
	struct show show = {.send = send};
	calibrate_show_begin(&show, board, orientation);
	assert_int_equal(show.settings.panel_count, 1);
	assert_string_equal(show.settings.panels[0].name, panel_ilitek_v3000.name);
	calibrate_show_start(&show);
	calibrate_show_do(&show);
	struct md_point keep = calibrate_show_middle(&show, calibrate_shown(&show)->keep);
	calibrate_show_tap(&show, keep.x, keep.y);
	calibrate_show_wait(&show);
	double matrix[6];
	const struct cs_value *value = cs_settings_get(show.settings.device, CS_SETTING_CALIBRATION);
	assert_true(cs_calibration_get(value, show.settings.panels[0].id, matrix));
	/* Unplugged and plugged in again: the row is hit where it is seen. */
	mock_input_unplug(s_input);
	calibrate_show_pump(&show);
	assert_int_equal(show.settings.panel_count, 0);
	s_input = mock_panel_plug(&panel_ilitek_v3000);
	s_hand = (struct panel_hand){.panel = &panel_ilitek_v3000, .events = s_events, .max = PANEL_EVENTS_MAX};
	calibrate_show_pump(&show);
	assert_int_equal(show.settings.panel_count, 1);
	calibrate_show_tap(&show, 0.5, 110.0 / ui_scene_size(show.scene).height);
	assert_int_equal(calibrate_shown(&show)->course.step, TOUCH_SWIPE_RIGHT);
	calibrate_show_end(&show);
	mock_input_unplug(s_input);
}

static void turned_and_mirrored(void **state)
{
	it_is_put_right(0);
}

static void and_the_screen_is_turned_as_well(void **state)
{
	it_is_put_right(90);
	it_is_put_right(270);
}

int main(int argc, char **argv)
{
	mock_input_main(argc, argv);
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(turned_and_mirrored),
	    cmocka_unit_test(and_the_screen_is_turned_as_well),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
