/* F117 F138: what a panel sends, through libinput, the touch door, the compositor's engine and the
 * recognisers of an app, in one process: gestures are named as expected on each of eleven panels, on
 * both of the Pi's displays; and what panels do wrong comes to what a person would expect. */
#include "test.h"

#include <math.h>

#include <os/clock.h>
#include <os/port.h>
#include <ui/ui.h>

#include "mock_panel.h"
#include "panel_hand.h"
#include "recording.h"
#include "stage.h"

static const struct os_display_mode s_pi7 = {800, 480, 1, 60000, false};
static const struct os_display_mode s_touch2 = {720, 1280, 1.6, 60000, false};
static struct input_event s_events[PANEL_EVENTS_MAX];

/* What one recogniser told. */
struct watch {
	int began, ended, cancelled;
	struct md_point moved, velocity, at;
};

struct show {
	struct stage stage;
	struct md_display_client *client;
	struct ui_scene *scene;
	struct ui_view *view;
	struct mock_input *input;
	struct watch tap, press, pan, edge;
	int most_fingers; /* at once */
};

static int unplug_all(void **state)
{
	mock_input_unplug_all();
	mock_input_set_time(0);
	os_clock_run();
	return 0;
}

/* --- An app ----------------------------------------------------------------------------------- */

static void watch_gesture(void *context, struct ui_gesture *gesture)
{
	struct watch *watch = context;
	enum ui_gesture_state state = ui_gesture_state(gesture);
	watch->began += state == UI_GESTURE_BEGAN;
	watch->ended += state == UI_GESTURE_ENDED;
	watch->cancelled += state == UI_GESTURE_CANCELLED;
	watch->at = ui_gesture_position(gesture, NULL);
	const char *name = ui_gesture_name(gesture);
	if (strcmp(name, "pan") == 0 || strcmp(name, "edge-pan") == 0) {
		watch->moved = ui_pan_translation(gesture);
		watch->velocity = ui_pan_velocity(gesture);
	}
}

static bool should_receive(void *context, struct ui_gesture *gesture, const struct ui_touch *touch)
{
	struct show *show = context;
	int finger = ui_touch_finger(touch);
	show->most_fingers = OS_MAX(show->most_fingers, finger + 1); /* the lowest free number is taken */
	return false; /* it only looks */
}

static void nothing(void *context, struct ui_gesture *gesture)
{
}

static void add_gestures(struct show *show)
{
	static const struct ui_gesture_delegate s_look = {.struct_size = sizeof(s_look), .should_receive = should_receive};
	show->view = ui_view_create();
	ui_view_add_gesture(show->view, ui_tap_create(1, watch_gesture, &show->tap));
	ui_view_add_gesture(show->view, ui_long_press_create(watch_gesture, &show->press));
	ui_view_add_gesture(show->view, ui_pan_create(watch_gesture, &show->pan));
	ui_view_add_gesture(show->view, ui_edge_pan_create(watch_gesture, &show->edge));
	struct ui_gesture *looks = ui_tap_create(1, nothing, NULL);
	ui_gesture_set_delegate(looks, &s_look, show);
	ui_view_add_gesture(show->view, looks);
}

static void begin(struct show *show, const struct touch_panel *panel, struct os_display_mode mode)
{
	memset(show, 0, sizeof(*show));
	struct os_error error = {0};
	const struct os_board *board = os_board_open(BOARDS, "linux", &error);
	if (board == NULL) {
		fail_msg("%s", error.text);
	}
	show->input = mock_panel_plug(panel);
	stage_init_panel(&show->stage, board, mode);
	int fds[2];
	assert_int_equal(os_port_pair(fds), 0);
	struct os_peer peer = {.client = 7, .pid = 1, .role = "app", .app = "org.strata.test"};
	md_compositor_add_client(show->stage.compositor, fds[1], 0, &peer);
	show->client = md_display_client_create_with_fd(show->stage.loop, fds[0]);
	show->scene = ui_scene_create(show->client, MD_SCENE_APP);
	add_gestures(show);
	ui_scene_set_root(show->scene, ui_view_controller_create_with_view(show->view, "test"));
	stage_step_frames(&show->stage, 5);
}

static void end(struct show *show)
{
	ui_scene_release(show->scene);
	md_display_client_release(show->client);
	stage_finish(&show->stage);
	mock_input_unplug(show->input);
	os_clock_run();
}

/* Time goes from report to report, the device's and the kernel's. */
static void play(struct show *show, const struct input_event *events, size_t count)
{
	int64_t began_us = os_clock_now_us() - mock_panel_time_us(&events[0]);
	int64_t kernel_us = os_clock_real_us() - mock_panel_time_us(&events[0]);
	for (size_t at = 0; at < count;) {
		int64_t time_us = mock_panel_time_us(&events[at]);
		stage_step_us(&show->stage, OS_MAX(began_us + time_us - os_clock_now_us(), 0));
		mock_input_set_time(kernel_us + time_us);
		mock_panel_next(show->input, events, count, &at);
		stage_step_us(&show->stage, 0);
	}
	mock_input_set_time(0);
	stage_step_frames(&show->stage, 60);
}

/* --- Gestures --------------------------------------------------------------------------------- */

static void expect(const char *panel, const char *gesture, const char *what, int seen, int expected)
{
	if (seen != expected) {
		fail_msg("%s, %s: %d %s, expected %d", panel, gesture, seen, what, expected);
	}
}

static void check(const struct show *show, const struct touch_panel *panel, enum panel_gesture gesture)
{
	const char *name = panel_gesture_name(gesture);
	struct panel_stroke strokes[2];
	int fingers = panel_gesture_strokes(gesture, strokes);
	bool single = panel->slots == 0 && !(panel->flags & TOUCH_PANEL_PROTOCOL_A);
	bool pans = gesture == PANEL_DRAG || gesture == PANEL_FLING || gesture == PANEL_TWO_FINGERS;
	expect(panel->name, name, "taps", show->tap.ended, gesture == PANEL_TAP);
	expect(panel->name, name, "long presses", show->press.began, gesture == PANEL_LONG_PRESS);
	if (gesture != PANEL_TWO_FINGERS || single) { /* two that part go nowhere between them */
		expect(panel->name, name, "pans", show->pan.began, pans);
	}
	expect(panel->name, name, "ends of pans", show->pan.ended, show->pan.began);
	expect(panel->name, name, "edge pans", show->edge.ended, gesture == PANEL_EDGE_SWIPE);
	expect(panel->name, name, "fingers", show->most_fingers, single ? 1 : fingers);
	struct md_size size = ui_scene_size(show->scene);
	double way = (strokes[0].y1 - strokes[0].y0) * size.height;
	if (gesture == PANEL_DRAG) {
		double speed = way / ((double)strokes[0].move_us / OS_US_PER_S);
		double slack = fabs(speed) * 2 * (double)panel_interval_us(panel) / OS_US_PER_S + 4;
		assert_true(fabs(show->pan.moved.y - way) <= 10 + slack); /* 10 pt are swallowed */
		assert_true(fabs(show->pan.velocity.y) < 60);             /* it had rested */
	} else if (gesture == PANEL_FLING) {
		double speed = way / ((double)strokes[0].move_us / OS_US_PER_S);
		assert_true(show->pan.velocity.y < 0.75 * speed && show->pan.velocity.y > 1.25 * speed);
	} else if (gesture == PANEL_TAP) {
		assert_true(fabs(show->tap.at.x - size.width / 2) < 2 && fabs(show->tap.at.y - size.height / 2) < 2);
	}
}

static void on_each_panel(struct os_display_mode mode)
{
	for (size_t i = 0; i < TOUCH_PANEL_COUNT; i++) {
		for (enum panel_gesture gesture = 0; gesture < PANEL_GESTURES; gesture++) {
			struct show show;
			begin(&show, g_touch_panels[i], mode);
			struct panel_hand hand = {
			    .panel = g_touch_panels[i], .now_us = 1000000, .events = s_events, .max = PANEL_EVENTS_MAX};
			panel_hand_play(&hand, gesture);
			play(&show, s_events, hand.count);
			check(&show, g_touch_panels[i], gesture);
			end(&show);
		}
	}
}

static void on_the_7_inch_display(void **state)
{
	on_each_panel(s_pi7);
}

static void on_the_touch_display_2(void **state)
{
	on_each_panel(s_touch2);
}

/* In mid-drag: the pan is cancelled, nothing is down, and a tap is one when it is plugged in again. */
static void unplugging_cancels_the_pan(void **state)
{
	struct show show;
	begin(&show, &panel_ft5x06, s_pi7);
	struct panel_hand hand = {
	    .panel = &panel_ft5x06, .now_us = 1000000, .events = s_events, .max = PANEL_EVENTS_MAX};
	panel_hand_play(&hand, PANEL_DRAG);
	size_t half = hand.count / 2;
	while (s_events[half - 1].type != EV_SYN) {
		half++;
	}
	play(&show, s_events, half);
	assert_int_equal(show.pan.began, 1);
	mock_input_unplug(show.input);
	stage_step_frames(&show.stage, 5);
	assert_int_equal(show.pan.cancelled, 1);
	assert_int_equal(show.pan.ended, 0);
	show.input = mock_panel_plug(&panel_ft5x06);
	stage_step_frames(&show.stage, 5);
	hand = (struct panel_hand){
	    .panel = &panel_ft5x06, .now_us = 1000000, .events = s_events, .max = PANEL_EVENTS_MAX};
	panel_hand_play(&hand, PANEL_TAP);
	play(&show, s_events, hand.count);
	assert_int_equal(show.tap.ended, 1);
	end(&show);
}

/* --- Recordings ------------------------------------------------------------------------------- */

static void replay(struct show *show, const char *name)
{
	static struct panel_recording s_recording;
	char path[1024], why[PANEL_RECORDING_WHY];
	snprintf(path, sizeof(path), "%s/%s.events", PANEL_RECORDINGS, name);
	if (panel_recording_load(path, &s_recording, why) < 0) {
		fail_msg("%s: %s", path, why);
	}
	begin(show, &s_recording.panel, s_recording.panel.y.max > 1000 ? s_touch2 : s_pi7);
	play(show, s_recording.events, s_recording.count);
	panel_recording_finish(&s_recording);
	assert_int_equal(show->pan.began, show->pan.ended + show->pan.cancelled);
}

static void ghosts_do_not_disturb_a_drag(void **state)
{
	struct show show;
	replay(&show, "ghosts-at-the-edge");
	assert_int_equal(show.pan.began, 1);
	assert_int_equal(show.pan.ended, 1);
	assert_int_equal(show.tap.ended, 0);
	assert_true(fabs(show.pan.moved.y - 120) < 25 && fabs(show.pan.moved.x) < 25);
	assert_true(fabs(show.pan.velocity.y) < 60);
	end(&show);
}

static void a_jump_is_made_good(void **state)
{
	struct show show;
	replay(&show, "jump-to-origin");
	assert_int_equal(show.pan.began, 1);
	assert_int_equal(show.pan.ended, 1);
	assert_true(fabs(show.pan.moved.y - 100) < 25 && fabs(show.pan.moved.x) < 5);
	assert_true(hypot(show.pan.velocity.x, show.pan.velocity.y) < 60);
	end(&show);
}

static void after_a_lost_up_a_tap_is_a_tap(void **state)
{
	struct show show;
	replay(&show, "lost-up");
	assert_int_equal(show.pan.began, 0);
	assert_int_equal(show.press.began, 0);
	assert_true(show.tap.ended >= 1);
	assert_true(fabs(show.tap.at.x - 600) < 2 && fabs(show.tap.at.y - 300) < 2);
	end(&show);
}

static void nobody_flies(void **state)
{
	struct show show;
	replay(&show, "swapped-slots");
	assert_int_equal(show.most_fingers, 2);
	assert_true(hypot(show.pan.moved.x, show.pan.moved.y) < 30);
	assert_true(hypot(show.pan.velocity.x, show.pan.velocity.y) < 400);
	assert_int_equal(show.tap.ended, 0);
	end(&show);
}

static void jitter_is_a_long_press(void **state)
{
	struct show show;
	replay(&show, "jitter-at-rest");
	assert_int_equal(show.press.began, 1);
	assert_int_equal(show.press.ended, 1);
	assert_int_equal(show.pan.began, 0);
	assert_int_equal(show.tap.ended, 0);
	end(&show);
}

static void an_id_without_end_is_two_taps(void **state)
{
	struct show show;
	replay(&show, "id-without-end");
	assert_int_equal(show.tap.ended, 2);
	assert_int_equal(show.pan.began, 0);
	end(&show);
}

static void a_stutter_is_one_fling(void **state)
{
	struct show show;
	replay(&show, "stutter-25-hz");
	assert_int_equal(show.pan.began, 1);
	assert_int_equal(show.pan.ended, 1);
	assert_true(show.pan.velocity.x > 700 && show.pan.velocity.x < 1300);
	end(&show);
}

static void said_twice_is_a_drag_and_a_tap(void **state)
{
	struct show show;
	replay(&show, "duplicates-without-syn");
	assert_int_equal(show.pan.began, 1);
	assert_int_equal(show.tap.ended, 1);
	assert_true(fabs(show.tap.at.x - 502) < 3 && fabs(show.tap.at.y - 101) < 3);
	end(&show);
}

static void beside_a_palm_a_tap_is_a_tap(void **state)
{
	struct show show;
	replay(&show, "palm");
	assert_int_equal(show.tap.ended, 1);
	assert_int_equal(show.press.began, 0);
	assert_int_equal(show.pan.began, 0);
	assert_true(fabs(show.tap.at.x - 300 / 1.6) < 3 && fabs(show.tap.at.y - 500 / 1.6) < 3);
	end(&show);
}

int main(int argc, char **argv)
{
	mock_input_main(argc, argv);
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_teardown(on_the_7_inch_display, unplug_all),
	    cmocka_unit_test_teardown(on_the_touch_display_2, unplug_all),
	    cmocka_unit_test_teardown(unplugging_cancels_the_pan, unplug_all),
	    cmocka_unit_test_teardown(ghosts_do_not_disturb_a_drag, unplug_all),
	    cmocka_unit_test_teardown(a_jump_is_made_good, unplug_all),
	    cmocka_unit_test_teardown(after_a_lost_up_a_tap_is_a_tap, unplug_all),
	    cmocka_unit_test_teardown(nobody_flies, unplug_all),
	    cmocka_unit_test_teardown(jitter_is_a_long_press, unplug_all),
	    cmocka_unit_test_teardown(an_id_without_end_is_two_taps, unplug_all),
	    cmocka_unit_test_teardown(a_stutter_is_one_fling, unplug_all),
	    cmocka_unit_test_teardown(said_twice_is_a_drag_and_a_tap, unplug_all),
	    cmocka_unit_test_teardown(beside_a_palm_a_tap_is_a_tap, unplug_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
