/* F118: the calibration of Settings on the compositor's engine: a panel that turns and mirrors what is
 * touched is put right by fingers alone, is right from then on, and nothing is changed unless
 * somebody says so. With TEST_PICTURES=FOLDER each step is written there as a picture. */
#include "test.h"

#include <linux/input-event-codes.h>
#include <math.h>

#include <cs/calibration.h>
#include <md/calibration.h>
#include <os/clock.h>

#include "calibrate_show.h"
#include "wrong_panel.h"

static const double s_right[6] = {1, 0, 0, 0, 1, 0};
static struct wrong_panel s_panel;

static void send(struct show *show, enum os_touch_phase phase, struct md_point place)
{
	wrong_panel_touch(&s_panel, phase, 0, place.x, place.y);
}

static void begin(struct show *show, const double fault[6], int orientation)
{
	*show = (struct show){.send = send};
	wrong_panel_init(&s_panel, "usb-0eef:0001", "eGalax Inc. USB TouchController", fault);
	calibrate_show_begin(show, wrong_panel_board(&s_panel), orientation);
	assert_int_equal(show->settings.panel_count, 1);
}

/* A true place is where the compositor takes it to be. */
static void assert_true_places(void)
{
	const double places[4][2] = {{0.1, 0.1}, {0.9, 0.2}, {0.3, 0.8}, {0.6, 0.5}};
	for (int i = 0; i < 4; i++) {
		struct md_point at = {places[i][0], places[i][1]};
		struct md_point heard = touch_fit_apply(s_panel.calibration, touch_fit_apply(s_panel.fault, at));
		assert_true(fabs(heard.x - at.x) < 0.01 && fabs(heard.y - at.y) < 0.01);
	}
}

/* --- Tests ------------------------------------------------------------------------------------ */

static void calibrate_and_keep(const double fault[6], int orientation)
{
	struct show show;
	begin(&show, fault, orientation);
	calibrate_show_start(&show);
	calibrate_show_do(&show);
	assert_true_places();
	struct md_point keep = calibrate_show_middle(&show, calibrate_shown(&show)->keep);
	calibrate_show_tap(&show, keep.x, keep.y);
	calibrate_show_wait(&show);
	calibrate_show_pump(&show);
	double matrix[6];
	const struct cs_value *value = cs_settings_get(show.settings.device, CS_SETTING_CALIBRATION);
	assert_true(cs_calibration_get(value, "usb-0eef:0001", matrix));
	assert_true_places();
	/* Plugged again: still right; and a tap hits: the row begins another calibration. */
	wrong_panel_unplug(&s_panel);
	calibrate_show_pump(&show);
	wrong_panel_plug(&s_panel);
	calibrate_show_pump(&show);
	assert_true_places();
	calibrate_show_tap(&show, 0.5, 110.0 / ui_scene_size(show.scene).height);
	assert_int_equal(calibrate_shown(&show)->course.step, TOUCH_SWIPE_RIGHT);
	calibrate_show_end(&show);
}

static void any_fault_is_put_right(void **state)
{
	const double faults[][6] = {{0, 1, 0, -1, 0, 1},   {0, 1, 0, 1, 0, 0},  {-1, 0, 1, 0, -1, 1},
				    {-1, 0, 1, 0, 1, 0},   {1, 0, 0, 0, 1, 0},  {0.03, 0.85, 0.1, -0.9, 0.02, 0.93},
				    {0.9, 0.02, 0.05, -0.03, 0.88, 0.08}};
	for (size_t i = 0; i < OS_ARRAY_LEN(faults); i++) {
		calibrate_and_keep(faults[i], 0);
	}
}

static void however_the_screen_is_held(void **state)
{
	const double turned[6] = {0, 1, 0, -1, 0, 1}, mirrored[6] = {0.05, 0.9, 0.03, 0.86, -0.02, 0.1};
	for (int orientation = 90; orientation < 360; orientation += 90) {
		calibrate_and_keep(turned, orientation);
		calibrate_and_keep(mirrored, orientation);
	}
}

static void nobody_presses_keep(void **state)
{
	const double turned[6] = {0, 1, 0, -1, 0, 1};
	struct show show;
	begin(&show, turned, 0);
	calibrate_show_start(&show);
	calibrate_show_do(&show);
	stage_step_us(&show.stage, (CALIBRATE_CONFIRM_S - 1) * OS_US_PER_S);
	assert_non_null(show.settings.calibrate);
	assert_true_places();
	stage_step_us(&show.stage, OS_US_PER_S);
	calibrate_show_pump(&show);
	assert_null(show.settings.calibrate);
	assert_memory_equal(s_panel.calibration, s_right, sizeof(s_right));
	double matrix[6];
	assert_false(cs_calibration_get(cs_settings_get(show.settings.device, CS_SETTING_CALIBRATION),
					"usb-0eef:0001", matrix));
	calibrate_show_end(&show);
}

static void try_again_begins_again(void **state)
{
	const double turned[6] = {0, 1, 0, -1, 0, 1};
	struct show show;
	begin(&show, turned, 0);
	calibrate_show_start(&show);
	calibrate_show_do(&show);
	struct md_point again = calibrate_show_middle(&show, calibrate_shown(&show)->again);
	calibrate_show_tap(&show, again.x, again.y);
	assert_int_equal(calibrate_shown(&show)->course.step, TOUCH_SWIPE_RIGHT);
	assert_memory_equal(s_panel.calibration, s_right, sizeof(s_right));
	stage_step_us(&show.stage, CALIBRATE_CONFIRM_S * OS_US_PER_S);
	assert_non_null(show.settings.calibrate); /* the preview's time is over with it */
	calibrate_show_do(&show);
	calibrate_show_end(&show);
}

static void it_goes_when_nobody_is_there(void **state)
{
	const double turned[6] = {0, 1, 0, -1, 0, 1};
	struct show show;
	begin(&show, turned, 0);
	calibrate_show_start(&show);
	calibrate_show_swipe(&show, 0.3, 0.7, 0.7, 0.7);
	stage_step_us(&show.stage, MD_CALIBRATION_IDLE_US + OS_US_PER_S);
	assert_null(show.settings.calibrate);
	/* Unplugged in the middle. */
	ui_view_remove(ui_view_child(ui_window_view(ui_scene_window(show.scene)), 1)); /* what it said */
	calibrate_show_start(&show);
	wrong_panel_unplug(&s_panel);
	calibrate_show_pump(&show);
	assert_null(show.settings.calibrate);
	assert_int_equal(show.settings.panel_count, 0);
	calibrate_show_end(&show);
}

static void escape_leaves_all_as_it_was(void **state)
{
	const double turned[6] = {0, 1, 0, -1, 0, 1};
	struct show show;
	begin(&show, turned, 0);
	calibrate_show_start(&show);
	calibrate_show_do(&show);
	struct os_connection *tool = stage_tool(&show.stage);
	struct os_message message;
	os_message_init(&message, &md_device_interface.requests[MD_DEVICE_KEY], MD_DEVICE_KEY);
	os_message_write_u32(&message, KEY_ESC);
	os_message_write_u32(&message, 0);
	os_message_write_bool(&message, false);
	os_message_write_text(&message, "");
	assert_int_equal(stage_call(&show.stage, tool, &message, NULL), 0);
	calibrate_show_pump(&show);
	assert_null(show.settings.calibrate);
	assert_memory_equal(s_panel.calibration, s_right, sizeof(s_right));
	os_connection_release(tool);
	calibrate_show_end(&show);
}

static void two_fingers_are_one(void **state)
{
	struct show show;
	begin(&show, s_right, 0);
	calibrate_show_start(&show);
	calibrate_show_touch(&show, OS_TOUCH_DOWN, 0.3, 0.5);
	wrong_panel_touch(&s_panel, OS_TOUCH_DOWN, 1, 0.6, 0.9);
	for (int i = 1; i <= 8; i++) {
		calibrate_show_touch(&show, OS_TOUCH_MOVE, 0.3 + 0.05 * i, 0.5);
		wrong_panel_touch(&s_panel, OS_TOUCH_MOVE, 1, 0.6, 0.9 - 0.08 * i);
	}
	wrong_panel_touch(&s_panel, OS_TOUCH_UP, 1, 0.6, 0.2);
	stage_step_frames(&show.stage, 2);
	assert_int_equal(calibrate_shown(&show)->course.step, TOUCH_SWIPE_RIGHT);
	calibrate_show_touch(&show, OS_TOUCH_UP, 0.7, 0.5);
	calibrate_show_pump(&show);
	assert_int_equal(calibrate_shown(&show)->course.step, TOUCH_SWIPE_DOWN);
	calibrate_show_end(&show);
}

/* Of two panels the screen says which one it is about; what is found is that one's alone. */
static void of_two_panels_it_names_one(void **state)
{
	const double turned[6] = {0, 1, 0, -1, 0, 1};
	struct show show = {.send = send};
	wrong_panel_init(&s_panel, "usb-0eef:0001", "eGalax Inc. USB TouchController", turned);
	snprintf(s_panel.second_id, sizeof(s_panel.second_id), "usb-2");
	calibrate_show_begin(&show, wrong_panel_board(&s_panel), 0);
	assert_int_equal(show.settings.panel_count, 2);
	calibrate_show_start(&show);
	assert_non_null(strstr(ui_label_text(calibrate_shown(&show)->footnote), s_panel.name));
	calibrate_show_do(&show);
	assert_string_equal(ui_label_text(calibrate_shown(&show)->footnote), s_panel.name);
	struct md_point keep = calibrate_show_middle(&show, calibrate_shown(&show)->keep);
	calibrate_show_tap(&show, keep.x, keep.y);
	calibrate_show_wait(&show);
	double matrix[6];
	const struct cs_value *value = cs_settings_get(show.settings.device, CS_SETTING_CALIBRATION);
	assert_true(cs_calibration_get(value, s_panel.id, matrix));
	assert_false(cs_calibration_get(value, "usb-2", matrix));
	assert_true_places();
	calibrate_show_pump(&show);
	calibrate_show_picture(&show, "kept");
	calibrate_show_end(&show);
}

/* Not asserted: looked at. */
static void pictures_of(const char *name, const char *traits[][2], int orientation)
{
	const double turned[6] = {0, 1, 0, -1, 0, 1};
	struct show show;
	char file[64];
	begin(&show, turned, orientation);
	for (int i = 0; traits[i][0] != NULL; i++) {
		md_compositor_set_trait(show.stage.compositor, traits[i][0], traits[i][1]);
	}
	calibrate_show_pump(&show);
	snprintf(file, sizeof(file), "%s-0-list", name);
	calibrate_show_picture(&show, file);
	calibrate_show_start(&show);
	snprintf(file, sizeof(file), "%s-1-right", name);
	calibrate_show_picture(&show, file);
	calibrate_show_swipe(&show, 0.3, 0.7, 0.7, 0.7);
	calibrate_show_tap(&show, 0.5, 0.5);
	snprintf(file, sizeof(file), "%s-2-down", name);
	calibrate_show_picture(&show, file);
	calibrate_show_swipe(&show, 0.5, 0.4, 0.5, 0.8);
	for (int i = 0; i < TOUCH_TARGETS; i++) {
		struct md_point at = touch_course_target(i);
		snprintf(file, sizeof(file), "%s-3-target-%d", name, i);
		calibrate_show_picture(&show, file);
		calibrate_show_tap(&show, at.x, at.y);
	}
	calibrate_show_touch(&show, OS_TOUCH_DOWN, 0.3, 0.9);
	calibrate_show_touch(&show, OS_TOUCH_MOVE, 0.32, 0.88);
	calibrate_show_pump(&show);
	snprintf(file, sizeof(file), "%s-4-preview", name);
	calibrate_show_picture(&show, file);
	calibrate_show_end(&show);
}

static void it_is_seen(void **state)
{
	const char *light[][2] = {{NULL, NULL}}, *dark[][2] = {{"look", "dark"}, {NULL, NULL}};
	const char *large[][2] = {{"text-size", "ax5"}, {NULL, NULL}};
	const char *rtl[][2] = {{"direction", "rtl"}, {"text-size", "xl"}, {NULL, NULL}};
	pictures_of("light", light, 0);
	pictures_of("dark", dark, 0);
	pictures_of("large", large, 0);
	pictures_of("rtl", rtl, 0);
	pictures_of("turned", light, 90);
	pictures_of("large-turned", large, 270);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(any_fault_is_put_right),      cmocka_unit_test(however_the_screen_is_held),
	    cmocka_unit_test(nobody_presses_keep),         cmocka_unit_test(try_again_begins_again),
	    cmocka_unit_test(it_goes_when_nobody_is_there), cmocka_unit_test(escape_leaves_all_as_it_was),
	    cmocka_unit_test(two_fingers_are_one),         cmocka_unit_test(it_is_seen),
	    cmocka_unit_test(of_two_panels_it_names_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
