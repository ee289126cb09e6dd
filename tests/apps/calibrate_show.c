#include "calibrate_show.h"

#include <fcntl.h>
#include <unistd.h>

#include <cs/calibration.h>
#include <os/clock.h>
#include <os/port.h>

#include "test_folder.h"

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

void calibrate_show_pump(struct show *show)
{
	for (int i = 0; i < 20; i++) {
		stage_step_frames(&show->stage, 1);
	}
}

void calibrate_show_wait(struct show *show)
{
	for (int i = 0; i < 5000 && show->settings.calibrate != NULL; i++) {
		os_loop_iterate(show->stage.loop, 1000);
		stage_step_us(&show->stage, 0);
	}
	assert_null(show->settings.calibrate);
}

void calibrate_show_begin(struct show *show, const struct os_board *input_board, int orientation)
{
	show->orientation = orientation;
	show->folder = test_folder_create(show->path);
	stage_init_input(&show->stage, input_board, orientation);
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
	calibrate_show_pump(show);
	assert_true(settings->panel_count > 0);
}

void calibrate_show_end(struct show *show)
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

void calibrate_show_picture(struct show *show, const char *name)
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

void calibrate_show_touch(struct show *show, enum os_touch_phase phase, double x, double y)
{
	static const double s_turns[4][6] = {
	    {1, 0, 0, 0, 1, 0}, {0, -1, 1, 1, 0, 0}, {-1, 0, 1, 0, -1, 1}, {0, 1, 0, -1, 0, 1}};
	struct md_point at = touch_fit_apply(s_turns[show->orientation / 90], (struct md_point){x, y});
	show->send(show, phase, at);
	stage_step_frames(&show->stage, 1);
}

void calibrate_show_tap(struct show *show, double x, double y)
{
	calibrate_show_touch(show, OS_TOUCH_DOWN, x, y);
	stage_step_frames(&show->stage, 4);
	calibrate_show_touch(show, OS_TOUCH_UP, x, y);
	calibrate_show_pump(show);
}

void calibrate_show_swipe(struct show *show, double x0, double y0, double x1, double y1)
{
	calibrate_show_touch(show, OS_TOUCH_DOWN, x0, y0);
	for (int i = 1; i <= 10; i++) {
		calibrate_show_touch(show, OS_TOUCH_MOVE, x0 + (x1 - x0) * i / 10, y0 + (y1 - y0) * i / 10);
	}
	calibrate_show_touch(show, OS_TOUCH_UP, x1, y1);
	calibrate_show_pump(show);
}

struct calibrate *calibrate_shown(const struct show *show)
{
	assert_non_null(show->settings.calibrate);
	return ui_view_state(show->settings.calibrate, &calibrate_class);
}

/* Where a view is, 0 to 1 of the screen. */
struct md_point calibrate_show_middle(const struct show *show, const struct ui_view *view)
{
	struct md_size size = ui_scene_size(show->scene);
	struct md_rect bounds = ui_view_bounds(view);
	struct md_point at =
	    ui_view_convert(view, (struct md_point){bounds.width / 2, bounds.height / 2}, NULL);
	return (struct md_point){at.x / size.width, at.y / size.height};
}

void calibrate_show_start(struct show *show)
{
	const struct settings_panel *panel = &show->settings.panels[0];
	calibrate_begin(&show->settings, ui_navigation_controller_top(show->settings.navigation), panel->id,
			panel->name);
	calibrate_show_pump(show);
	assert_int_equal(calibrate_shown(show)->course.step, TOUCH_SWIPE_RIGHT);
}

/* Both swipes and all targets. */
void calibrate_show_do(struct show *show)
{
	calibrate_show_swipe(show, 0.3, 0.7, 0.7, 0.7);
	assert_int_equal(calibrate_shown(show)->course.step, TOUCH_SWIPE_DOWN);
	calibrate_show_swipe(show, 0.5, 0.4, 0.5, 0.8);
	for (int i = 0; i < TOUCH_TARGETS; i++) {
		assert_int_equal(calibrate_shown(show)->course.step, TOUCH_TARGET);
		assert_int_equal(calibrate_shown(show)->course.target, i);
		struct md_point at = touch_course_target(i);
		calibrate_show_tap(show, at.x + 0.002, at.y - 0.002);
	}
	assert_int_equal(calibrate_shown(show)->course.step, TOUCH_PREVIEW);
}
