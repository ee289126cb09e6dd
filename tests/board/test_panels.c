/* F117 F138: eleven real panels and recordings of what panels do wrong, through the real libinput and
 * the touch door: downs equal ups, places within a pixel of plain scaling, unplugging ends them. */
#include "test.h"

#include <linux/input.h>
#include <math.h>
#include <os/clock.h>

#include "mock_panel.h"
#include "panel_hand.h"
#include "recording.h"
#include "touch_heard.h"

static struct input_event s_events[PANEL_EVENTS_MAX];

static int unplug_all(void **state)
{
	mock_input_unplug_all();
	mock_input_set_time(0);
	return 0;
}

/* All of it, each report at its own time after now. */
static void send_all(struct mock_input *input, struct touch_heard *heard, const struct input_event *events,
		     size_t count)
{
	int64_t shift_us = os_clock_real_us() - mock_panel_time_us(&events[0]);
	for (size_t at = 0; at < count;) {
		mock_input_set_time(mock_panel_time_us(&events[at]) + shift_us);
		mock_panel_next(input, events, count, &at);
		touch_heard_settle(heard);
	}
	mock_input_set_time(0);
}

/* --- Gestures on each panel ------------------------------------------------------------------- */


static bool is_near(const struct os_touch_sample *sample, const struct touch_panel *panel, int32_t x, int32_t y,
		    double width_px, double height_px)
{
	double off_x = sample->x * width_px - panel_axis_px(&panel->x, x, width_px);
	double off_y = sample->y * height_px - panel_axis_px(&panel->y, y, height_px);
	return fabs(off_x) <= 1 && fabs(off_y) <= 1;
}

/* Each of the door's samples of a down or move is a place that the panel reported. */
static void check_places(const struct touch_heard *heard, const struct touch_panel *panel,
			 const struct input_event *events, size_t count)
{
	for (int i = 0; i < heard->count; i++) {
		const struct os_touch_sample *sample = &heard->samples[i];
		bool found = false;
		int32_t x = 0, y = 0;
		for (size_t k = 0; k < count && !found; k++) {
			bool many = panel->slots > 0 || (panel->flags & TOUCH_PANEL_PROTOCOL_A);
			if (events[k].type == EV_ABS && events[k].code == (many ? ABS_MT_POSITION_X : ABS_X)) {
				x = events[k].value;
			} else if (events[k].type == EV_ABS && events[k].code == (many ? ABS_MT_POSITION_Y : ABS_Y)) {
				y = events[k].value;
			}
			found = is_near(sample, panel, x, y, 800, 480) && is_near(sample, panel, x, y, 720, 1280);
		}
		if (!found) {
			fail_msg("%s: %g, %g was never touched", panel->name, sample->x, sample->y);
		}
	}
}

static void play(const struct touch_panel *panel, enum panel_gesture gesture)
{
	struct mock_input *input = mock_panel_plug(panel);
	struct touch_heard *heard = touch_heard_open("linux");
	touch_heard_settle(heard);
	assert_int_equal(heard->device_count, 1);
	struct panel_hand hand = {
	    .panel = panel, .now_us = 1000000, .events = s_events, .max = PANEL_EVENTS_MAX};
	panel_hand_play(&hand, gesture);
	assert_true(hand.count <= hand.max);
	send_all(input, heard, s_events, hand.count);
	struct panel_stroke strokes[2];
	int expected = panel_gesture_strokes(gesture, strokes);
	bool single = panel->slots == 0 && !(panel->flags & TOUCH_PANEL_PROTOCOL_A);
	assert_int_equal(heard->downs, single ? 1 : expected);
	assert_int_equal(heard->ups, heard->downs);
	assert_int_equal(heard->cancels, 0);
	touch_heard_check(heard);
	if (gesture != PANEL_TWO_FINGERS) { /* two fingers' x and y are told apart in the gestures' test */
		check_places(heard, panel, s_events, hand.count);
	}
	touch_heard_close(heard);
	mock_input_unplug(input);
}

static void every_gesture_on_every_panel(void **state)
{
	for (size_t i = 0; i < TOUCH_PANEL_COUNT; i++) {
		for (enum panel_gesture gesture = 0; gesture < PANEL_GESTURES; gesture++) {
			play(g_touch_panels[i], gesture);
		}
	}
}

/* Corners too: the whole axis is 0 to 1, and nothing is outside. */
static void corners_are_reached(void **state)
{
	static const double s_corners[4][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
	for (size_t i = 0; i < TOUCH_PANEL_COUNT; i++) {
		const struct touch_panel *panel = g_touch_panels[i];
		struct mock_input *input = mock_panel_plug(panel);
		struct touch_heard *heard = touch_heard_open("linux");
		touch_heard_settle(heard);
		struct panel_hand hand = {
		    .panel = panel, .now_us = 1000000, .events = s_events, .max = PANEL_EVENTS_MAX};
		for (int corner = 0; corner < 4; corner++) {
			const struct panel_stroke stroke = {s_corners[corner][0], s_corners[corner][1],
							    s_corners[corner][0], s_corners[corner][1], 50000, 0, 0};
			panel_hand_stroke(&hand, &stroke, 1);
		}
		send_all(input, heard, s_events, hand.count);
		assert_int_equal(heard->downs, 4);
		for (int k = 0, corner = 0; k < heard->count; k++) {
			if (heard->samples[k].phase == OS_TOUCH_DOWN) {
				double x_step = 1.0 / (panel->x.max - panel->x.min), y_step = 1.0 / (panel->y.max - panel->y.min);
				assert_true(fabs(heard->samples[k].x - s_corners[corner][0]) <= x_step);
				assert_true(fabs(heard->samples[k].y - s_corners[corner][1]) <= y_step);
				corner++;
			}
		}
		touch_heard_close(heard);
		mock_input_unplug(input);
	}
}

static void unplugging_ends_it(void **state)
{
	for (size_t i = 0; i < TOUCH_PANEL_COUNT; i++) {
		const struct touch_panel *panel = g_touch_panels[i];
		struct mock_input *input = mock_panel_plug(panel);
		struct touch_heard *heard = touch_heard_open("linux");
		touch_heard_settle(heard);
		struct panel_hand hand = {
		    .panel = panel, .now_us = 1000000, .events = s_events, .max = PANEL_EVENTS_MAX};
		panel_hand_play(&hand, PANEL_DRAG);
		size_t half = hand.count / 2;
		while (s_events[half - 1].type != EV_SYN || s_events[half - 1].code != SYN_REPORT) {
			half++;
		}
		send_all(input, heard, s_events, half);
		assert_int_equal(heard->downs, 1);
		assert_int_equal(heard->ups, 0);
		mock_input_unplug(input);
		touch_heard_settle(heard);
		assert_int_equal(heard->cancels, 1);
		assert_int_equal(touch_heard_device(heard, panel->name), -1);
		/* Plugged in again: as before. */
		input = mock_panel_plug(panel);
		touch_heard_settle(heard);
		hand = (struct panel_hand){
		    .panel = panel, .now_us = 1000000, .events = s_events, .max = PANEL_EVENTS_MAX};
		panel_hand_play(&hand, PANEL_TAP);
		send_all(input, heard, s_events, hand.count);
		assert_int_equal(heard->ups, 1);
		touch_heard_close(heard);
		mock_input_unplug(input);
	}
}

/* --- Recordings ------------------------------------------------------------------------------- */

static struct touch_heard *replay(const char *name)
{
	struct panel_recording recording;
	char path[1024], why[PANEL_RECORDING_WHY];
	snprintf(path, sizeof(path), "%s/%s.events", PANEL_RECORDINGS, name);
	if (panel_recording_load(path, &recording, why) < 0) {
		fail_msg("%s: %s", path, why);
	}
	struct mock_input *input = mock_panel_plug(&recording.panel);
	struct touch_heard *heard = touch_heard_open("linux");
	touch_heard_settle(heard);
	send_all(input, heard, recording.events, recording.count);
	panel_recording_finish(&recording);
	touch_heard_check(heard);
	return heard;
}

static const struct os_touch_sample *last_end(const struct touch_heard *heard, int nth)
{
	for (int i = 0; i < heard->count; i++) {
		const struct os_touch_sample *sample = &heard->samples[i];
		if ((sample->phase == OS_TOUCH_UP || sample->phase == OS_TOUCH_CANCEL) && nth-- == 0) {
			return sample;
		}
	}
	fail_msg("it has not ended");
	return NULL;
}

static void assert_place(const struct os_touch_sample *sample, double x, double y, double width, double height)
{
	if (fabs(sample->x * width - x) > 1 || fabs(sample->y * height - y) > 1) {
		fail_msg("%g, %g instead of %g, %g", sample->x * width, sample->y * height, x, y);
	}
}

static void ghosts_have_ends(void **state)
{
	struct touch_heard *heard = replay("ghosts-at-the-edge");
	assert_int_equal(heard->downs, 4);
	assert_int_equal(heard->most_down, 2);
	assert_place(last_end(heard, 3), 400, 300, 800, 480); /* the finger, last */
	touch_heard_close(heard);
}

static void a_jump_is_no_second_finger(void **state)
{
	struct touch_heard *heard = replay("jump-to-origin");
	assert_int_equal(heard->downs, 1);
	assert_int_equal(heard->ups, 1);
	assert_place(last_end(heard, 0), 300, 300, 800, 480);
	touch_heard_close(heard);
}

static void a_lost_up_is_made_up_for(void **state)
{
	struct touch_heard *heard = replay("lost-up");
	assert_int_equal(heard->downs, 2);
	assert_int_equal(heard->most_down, 1); /* the first had ended before the second came */
	assert_place(last_end(heard, 1), 600, 300, 800, 480);
	assert_int_equal(last_end(heard, 1)->phase, OS_TOUCH_UP);
	touch_heard_close(heard);
}

/* Nobody flies: no finger moves farther between two reports than a hand can. */
static void swapped_slots_do_not_fly(void **state)
{
	struct touch_heard *heard = replay("swapped-slots");
	double x[OS_TOUCH_FINGERS], y[OS_TOUCH_FINGERS];
	for (int i = 0; i < heard->count; i++) {
		const struct os_touch_sample *sample = &heard->samples[i];
		if (sample->phase == OS_TOUCH_MOVE) {
			assert_true(fabs(sample->x - x[sample->finger]) < 0.1);
			assert_true(fabs(sample->y - y[sample->finger]) < 0.1);
		}
		x[sample->finger] = sample->x;
		y[sample->finger] = sample->y;
	}
	assert_int_equal(heard->most_down, 2);
	assert_int_equal(heard->downs, 2); /* they go on, each where it was */
	assert_place(last_end(heard, 0), 560, 871, 720, 1280);
	assert_place(last_end(heard, 1), 150, 329, 720, 1280);
	touch_heard_close(heard);
}

static void jitter_stays_where_it_is(void **state)
{
	struct touch_heard *heard = replay("jitter-at-rest");
	assert_int_equal(heard->downs, 1);
	assert_int_equal(heard->ups, 1);
	for (int i = 0; i < heard->count; i++) {
		assert_true(fabs(heard->samples[i].x * 720 - 360) <= 4 && fabs(heard->samples[i].y * 1280 - 640) <= 4);
	}
	touch_heard_close(heard);
}

static void an_id_without_end_ends(void **state)
{
	struct touch_heard *heard = replay("id-without-end");
	assert_int_equal(heard->downs, 2);
	assert_int_equal(heard->most_down, 1);
	assert_place(last_end(heard, 0), 100, 205, 720, 1280);
	assert_place(last_end(heard, 1), 600, 1095, 720, 1280);
	touch_heard_close(heard);
}

static void a_stutter_is_one_finger(void **state)
{
	struct touch_heard *heard = replay("stutter-25-hz");
	assert_int_equal(heard->downs, 1);
	assert_int_equal(heard->ups, 1);
	double x = 0;
	for (int i = 0; i < heard->count; i++) {
		assert_true(heard->samples[i].x >= x); /* never back */
		x = heard->samples[i].x;
	}
	touch_heard_close(heard);
}

static void said_twice_is_said_once(void **state)
{
	struct touch_heard *heard = replay("duplicates-without-syn");
	assert_int_equal(heard->downs, 2);
	assert_int_equal(heard->ups, 2);
	assert_place(last_end(heard, 0), 260, 200, 800, 480);
	assert_place(last_end(heard, 1), 502, 101, 800, 480);
	touch_heard_close(heard);
}

static void a_palm_is_not_heard(void **state)
{
	struct touch_heard *heard = replay("palm");
	assert_int_equal(heard->downs, 1);
	assert_int_equal(heard->ups, 1);
	assert_place(last_end(heard, 0), 300, 500, 720, 1280);
	touch_heard_close(heard);
}

int main(int argc, char **argv)
{
	mock_input_main(argc, argv);
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_teardown(every_gesture_on_every_panel, unplug_all),
	    cmocka_unit_test_teardown(corners_are_reached, unplug_all),
	    cmocka_unit_test_teardown(unplugging_ends_it, unplug_all),
	    cmocka_unit_test_teardown(ghosts_have_ends, unplug_all),
	    cmocka_unit_test_teardown(a_jump_is_no_second_finger, unplug_all),
	    cmocka_unit_test_teardown(a_lost_up_is_made_up_for, unplug_all),
	    cmocka_unit_test_teardown(swapped_slots_do_not_fly, unplug_all),
	    cmocka_unit_test_teardown(jitter_stays_where_it_is, unplug_all),
	    cmocka_unit_test_teardown(an_id_without_end_ends, unplug_all),
	    cmocka_unit_test_teardown(a_stutter_is_one_finger, unplug_all),
	    cmocka_unit_test_teardown(said_twice_is_said_once, unplug_all),
	    cmocka_unit_test_teardown(a_palm_is_not_heard, unplug_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
