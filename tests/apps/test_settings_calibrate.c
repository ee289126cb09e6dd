/* F118: the calibration of Settings on the compositor's engine: a panel that turns and mirrors what is
 * touched is put right by fingers alone, is right from then on, and nothing is changed unless
 * somebody says so. With TEST_PICTURES=FOLDER each step is written there as a picture. */
#include "test.h"

#include <fcntl.h>
#include <linux/input-event-codes.h>
#include <math.h>
#include <unistd.h>

#include <cs/calibration.h>
#include <cs/services_server.h>
#include <md/calibration.h>
#include <os/clock.h>
#include <os/port.h>

#include "calibrate.h"
#include "stage.h"
#include "test_folder.h"
#include "wrong_panel.h"

static const double s_right[6] = {1, 0, 0, 0, 1, 0};

struct show {
	struct stage stage;
	struct wrong_panel panel;
	struct settings settings;
	struct md_display_client *client;
	struct ui_scene *scene;
	struct cs_server *server;
	struct os_listener listener;
	char path[64];
	int folder, orientation;
};

/* --- The system around it --------------------------------------------------------------------- */

static void ignore_record(void *context, const struct os_launch_record *record)
{
}

static void ignore_text(void *context, const char *text)
{
}

static void quit(void *context, const char *app, void (*done)(void *done_context), void *done_context)
{
	done(done_context);
}

static const struct cs_server_delegate s_server_delegate = {sizeof(s_server_delegate), ignore_record, ignore_text,
							    quit, ignore_text};

/* As strata-compositor does it (media/compositor/main.c). */
static void setting_changed(void *context, void *data)
{
	struct show *show = context;
	const struct cs_value *value = cs_settings_get(show->settings.device, CS_SETTING_CALIBRATION);
	struct md_device_calibration list[CS_CALIBRATION_DEVICES_MAX];
	size_t count = 0;
	for (size_t i = 0; i < cs_value_count(value); i++) {
		snprintf(list[count].id, sizeof(list[count].id), "%s", cs_value_key_at(value, i));
		count += cs_calibration_get(value, list[count].id, list[count].matrix);
	}
	md_compositor_set_calibrations(show->stage.compositor, list, count);
}

static int introduce(struct show *show, const char *entitlements, bool to_services)
{
	int fds[2];
	assert_int_equal(os_port_pair(fds), 0);
	struct os_peer peer = {.client = 7, .pid = 1, .role = "app", .app = "org.strata.settings"};
	snprintf(peer.entitlements, sizeof(peer.entitlements), "%s", entitlements);
	if (to_services) {
		cs_server_add_client(show->server, fds[1], 7, &peer);
	} else {
		md_compositor_add_client(show->stage.compositor, fds[1], 0, &peer);
	}
	return fds[0];
}

static void pump(struct show *show)
{
	for (int i = 0; i < 20; i++) {
		stage_step_frames(&show->stage, 1);
	}
}

static void wait_for_calibration_to_go(struct show *show)
{
	for (int i = 0; i < 5000 && show->settings.calibrate != NULL; i++) {
		os_loop_iterate(show->stage.loop, 1000);
		stage_step_us(&show->stage, 0);
	}
	assert_null(show->settings.calibrate);
}

static void begin(struct show *show, const double fault[6], int orientation)
{
	memset(show, 0, sizeof(*show));
	show->orientation = orientation;
	show->folder = test_folder_create(show->path);
	wrong_panel_init(&show->panel, "usb-0eef:0001", "eGalax Inc. USB TouchController", fault);
	stage_init_input(&show->stage, wrong_panel_board(&show->panel), orientation);
	const struct cs_server_options options = {.struct_size = sizeof(options),
						  .loop = show->stage.loop,
						  .data = show->folder,
						  .bundles = show->path,
						  .delegate = &s_server_delegate,
						  .context = show};
	assert_int_equal(cs_server_create(&options, &show->server, NULL), 0);
	struct settings *settings = &show->settings;
	os_signal_init(&settings->panels_changed);
	settings->services =
	    cs_services_create_with_fd(show->stage.loop, introduce(show, "settings system", true));
	settings->device = cs_settings_create(settings->services);
	os_signal_connect(cs_settings_changed(settings->device), &show->listener, setting_changed, show);
	show->client = md_display_client_create_with_fd(show->stage.loop, introduce(show, "settings system", false));
	show->scene = ui_scene_create(show->client, MD_SCENE_APP);
	settings->navigation = ui_navigation_controller_create(settings_touch_create(settings));
	ui_scene_set_root(show->scene, settings->navigation);
	settings_watch_panels(settings, show->scene);
	for (int i = 0; i < 2000 && !cs_settings_is_ready(settings->device); i++) {
		os_loop_iterate(show->stage.loop, 1000);
	}
	pump(show);
	assert_int_equal(settings->panel_count, 1);
}

static void end(struct show *show)
{
	ui_scene_release(show->scene);
	md_display_client_release(show->client);
	os_listener_disconnect(&show->listener);
	cs_settings_destroy(show->settings.device);
	cs_services_destroy(show->settings.services);
	stage_step_us(&show->stage, 0);
	os_signal_finish(&show->settings.panels_changed);
	cs_server_destroy(show->server);
	while (os_loop_iterate(show->stage.loop, 0) > 0) {
	}
	stage_finish(&show->stage);
	test_folder_destroy(show->folder, show->path);
	os_clock_run();
}

static void picture(struct show *show, const char *name)
{
	const char *folder = getenv("TEST_PICTURES");
	if (folder == NULL) {
		return;
	}
	static uint32_t pixels[480 * 800];
	for (int i = 0; i < 480 * 800; i++) {
		pixels[i] = 0xff000000 | fake_board_pixel(show->stage.board, i % 480, i / 480);
	}
	struct md_image *image = md_image_create_from_pixels(pixels, 480, 800, 480 * 4, 1);
	struct os_buffer bytes = {0};
	md_image_write_png(image, &bytes);
	char path[256];
	snprintf(path, sizeof(path), "%s/%s.png", folder, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	assert_int_equal(write(fd, bytes.bytes, bytes.length), (ssize_t)bytes.length);
	close(fd);
	os_buffer_finish(&bytes);
	md_image_release(image);
}

/* --- Fingers, at true places of the screen as it is held, 0 to 1 -------------------------------- */

static void touch(struct show *show, enum os_touch_phase phase, double x, double y)
{
	static const double s_turns[4][6] = {
	    {1, 0, 0, 0, 1, 0}, {0, -1, 1, 1, 0, 0}, {-1, 0, 1, 0, -1, 1}, {0, 1, 0, -1, 0, 1}};
	struct md_point at = touch_fit_apply(s_turns[show->orientation / 90], (struct md_point){x, y});
	wrong_panel_touch(&show->panel, phase, 0, at.x, at.y);
	stage_step_frames(&show->stage, 1);
}

static void tap(struct show *show, double x, double y)
{
	touch(show, OS_TOUCH_DOWN, x, y);
	stage_step_frames(&show->stage, 4);
	touch(show, OS_TOUCH_UP, x, y);
	pump(show);
}

static void swipe(struct show *show, double x0, double y0, double x1, double y1)
{
	touch(show, OS_TOUCH_DOWN, x0, y0);
	for (int i = 1; i <= 10; i++) {
		touch(show, OS_TOUCH_MOVE, x0 + (x1 - x0) * i / 10, y0 + (y1 - y0) * i / 10);
	}
	touch(show, OS_TOUCH_UP, x1, y1);
	pump(show);
}

static struct calibrate *shown(const struct show *show)
{
	assert_non_null(show->settings.calibrate);
	return ui_view_state(show->settings.calibrate, &calibrate_class);
}

/* Where a view is, 0 to 1 of the screen. */
static struct md_point middle_of(const struct show *show, const struct ui_view *view)
{
	struct md_size size = ui_scene_size(show->scene);
	struct md_rect bounds = ui_view_bounds(view);
	struct md_point at =
	    ui_view_convert(view, (struct md_point){bounds.width / 2, bounds.height / 2}, NULL);
	return (struct md_point){at.x / size.width, at.y / size.height};
}

static void start(struct show *show)
{
	const struct settings_panel *panel = &show->settings.panels[0];
	calibrate_begin(&show->settings, ui_navigation_controller_top(show->settings.navigation), panel->id,
			panel->name);
	pump(show);
	assert_int_equal(shown(show)->course.step, TOUCH_SWIPE_RIGHT);
}

/* Both swipes and all targets. */
static void do_what_is_asked(struct show *show)
{
	swipe(show, 0.3, 0.7, 0.7, 0.7);
	assert_int_equal(shown(show)->course.step, TOUCH_SWIPE_DOWN);
	swipe(show, 0.5, 0.4, 0.5, 0.8);
	for (int i = 0; i < TOUCH_TARGETS; i++) {
		assert_int_equal(shown(show)->course.step, TOUCH_TARGET);
		assert_int_equal(shown(show)->course.target, i);
		struct md_point at = touch_course_target(i);
		tap(show, at.x + 0.002, at.y - 0.002);
	}
	assert_int_equal(shown(show)->course.step, TOUCH_PREVIEW);
}

/* A true place is where the compositor takes it to be. */
static void assert_true_places(const struct show *show)
{
	const double places[4][2] = {{0.1, 0.1}, {0.9, 0.2}, {0.3, 0.8}, {0.6, 0.5}};
	for (int i = 0; i < 4; i++) {
		struct md_point at = {places[i][0], places[i][1]};
		struct md_point heard = touch_fit_apply(show->panel.calibration, touch_fit_apply(show->panel.fault, at));
		assert_true(fabs(heard.x - at.x) < 0.01 && fabs(heard.y - at.y) < 0.01);
	}
}

/* --- Tests ------------------------------------------------------------------------------------ */

static void calibrate_and_keep(const double fault[6], int orientation)
{
	struct show show;
	begin(&show, fault, orientation);
	start(&show);
	do_what_is_asked(&show);
	assert_true_places(&show);
	struct md_point keep = middle_of(&show, shown(&show)->keep);
	tap(&show, keep.x, keep.y);
	wait_for_calibration_to_go(&show);
	pump(&show);
	double matrix[6];
	const struct cs_value *value = cs_settings_get(show.settings.device, CS_SETTING_CALIBRATION);
	assert_true(cs_calibration_get(value, "usb-0eef:0001", matrix));
	assert_true_places(&show);
	/* Plugged again: still right; and a tap hits: the row begins another calibration. */
	wrong_panel_unplug(&show.panel);
	pump(&show);
	wrong_panel_plug(&show.panel);
	pump(&show);
	assert_true_places(&show);
	tap(&show, 0.5, 110.0 / ui_scene_size(show.scene).height);
	assert_int_equal(shown(&show)->course.step, TOUCH_SWIPE_RIGHT);
	end(&show);
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
	start(&show);
	do_what_is_asked(&show);
	stage_step_us(&show.stage, (CALIBRATE_CONFIRM_S - 1) * OS_US_PER_S);
	assert_non_null(show.settings.calibrate);
	assert_true_places(&show);
	stage_step_us(&show.stage, OS_US_PER_S);
	pump(&show);
	assert_null(show.settings.calibrate);
	assert_memory_equal(show.panel.calibration, s_right, sizeof(s_right));
	double matrix[6];
	assert_false(cs_calibration_get(cs_settings_get(show.settings.device, CS_SETTING_CALIBRATION),
					"usb-0eef:0001", matrix));
	end(&show);
}

static void try_again_begins_again(void **state)
{
	const double turned[6] = {0, 1, 0, -1, 0, 1};
	struct show show;
	begin(&show, turned, 0);
	start(&show);
	do_what_is_asked(&show);
	struct md_point again = middle_of(&show, shown(&show)->again);
	tap(&show, again.x, again.y);
	assert_int_equal(shown(&show)->course.step, TOUCH_SWIPE_RIGHT);
	assert_memory_equal(show.panel.calibration, s_right, sizeof(s_right));
	stage_step_us(&show.stage, CALIBRATE_CONFIRM_S * OS_US_PER_S);
	assert_non_null(show.settings.calibrate); /* the preview's time is over with it */
	do_what_is_asked(&show);
	end(&show);
}

static void it_goes_when_nobody_is_there(void **state)
{
	const double turned[6] = {0, 1, 0, -1, 0, 1};
	struct show show;
	begin(&show, turned, 0);
	start(&show);
	swipe(&show, 0.3, 0.7, 0.7, 0.7);
	stage_step_us(&show.stage, MD_CALIBRATION_IDLE_US + OS_US_PER_S);
	assert_null(show.settings.calibrate);
	/* Unplugged in the middle. */
	ui_view_remove(ui_view_child(ui_window_view(ui_scene_window(show.scene)), 1)); /* what it said */
	start(&show);
	wrong_panel_unplug(&show.panel);
	pump(&show);
	assert_null(show.settings.calibrate);
	assert_int_equal(show.settings.panel_count, 0);
	end(&show);
}

static void escape_leaves_all_as_it_was(void **state)
{
	const double turned[6] = {0, 1, 0, -1, 0, 1};
	struct show show;
	begin(&show, turned, 0);
	start(&show);
	do_what_is_asked(&show);
	struct os_connection *tool = stage_tool(&show.stage);
	struct os_message message;
	os_message_init(&message, &md_device_interface.requests[MD_DEVICE_KEY], MD_DEVICE_KEY);
	os_message_write_u32(&message, KEY_ESC);
	os_message_write_u32(&message, 0);
	os_message_write_bool(&message, false);
	os_message_write_text(&message, "");
	assert_int_equal(stage_call(&show.stage, tool, &message, NULL), 0);
	pump(&show);
	assert_null(show.settings.calibrate);
	assert_memory_equal(show.panel.calibration, s_right, sizeof(s_right));
	os_connection_release(tool);
	end(&show);
}

static void two_fingers_are_one(void **state)
{
	struct show show;
	begin(&show, s_right, 0);
	start(&show);
	touch(&show, OS_TOUCH_DOWN, 0.3, 0.5);
	wrong_panel_touch(&show.panel, OS_TOUCH_DOWN, 1, 0.6, 0.9);
	for (int i = 1; i <= 8; i++) {
		touch(&show, OS_TOUCH_MOVE, 0.3 + 0.05 * i, 0.5);
		wrong_panel_touch(&show.panel, OS_TOUCH_MOVE, 1, 0.6, 0.9 - 0.08 * i);
	}
	wrong_panel_touch(&show.panel, OS_TOUCH_UP, 1, 0.6, 0.2);
	stage_step_frames(&show.stage, 2);
	assert_int_equal(shown(&show)->course.step, TOUCH_SWIPE_RIGHT);
	touch(&show, OS_TOUCH_UP, 0.7, 0.5);
	pump(&show);
	assert_int_equal(shown(&show)->course.step, TOUCH_SWIPE_DOWN);
	end(&show);
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
	pump(&show);
	snprintf(file, sizeof(file), "%s-0-list", name);
	picture(&show, file);
	start(&show);
	snprintf(file, sizeof(file), "%s-1-right", name);
	picture(&show, file);
	swipe(&show, 0.3, 0.7, 0.7, 0.7);
	tap(&show, 0.5, 0.5);
	snprintf(file, sizeof(file), "%s-2-down", name);
	picture(&show, file);
	swipe(&show, 0.5, 0.4, 0.5, 0.8);
	for (int i = 0; i < TOUCH_TARGETS; i++) {
		struct md_point at = touch_course_target(i);
		snprintf(file, sizeof(file), "%s-3-target-%d", name, i);
		picture(&show, file);
		tap(&show, at.x, at.y);
	}
	touch(&show, OS_TOUCH_DOWN, 0.3, 0.9);
	touch(&show, OS_TOUCH_MOVE, 0.32, 0.88);
	pump(&show);
	snprintf(file, sizeof(file), "%s-4-preview", name);
	picture(&show, file);
	end(&show);
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
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
