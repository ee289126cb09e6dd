/* strata-compositor: the engine of this folder as a process of the device. Options (core-os's
 * os/process.h): profile, orientation, display, headless, boards, walls, device. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cs/calibration.h>
#include <cs/settings.h>
#include <md/compositor.h>
#include <os/log.h>
#include <os/memory.h>
#include <os/process.h>

struct program {
	struct md_compositor *compositor;
	struct cs_services *services;
	struct cs_settings *settings;
	struct os_listener changed;
	bool orientation_given;
	char title[96];
};

/* --- Profiles --------------------------------------------------------------------------------- */

static const struct {
	const char *name;
	struct os_display_mode mode;
} s_profiles[] = {
    {"phone", {480, 800, 1, 60000, false}},
    {"pi7", {800, 480, 1, 60000, false}},
    {"pi-touch2", {720, 1280, 1.6, 60000, false}},
    {"tablet", {1280, 800, 1, 60000, false}},
};

static int parse_size(const char *text, struct os_display_mode *ret_mode)
{
	double width, height, scale, rate_hz = 60;
	int end = 0;
	if (sscanf(text, "%lfx%lf@%lf%n", &width, &height, &scale, &end) != 3) {
		return -EINVAL;
	}
	int more = 0;
	if (text[end] == ':' && sscanf(text + end, ":%lf%n", &rate_hz, &more) != 1) {
		return -EINVAL;
	}
	if (text[end + more] != '\0' || !(width >= 120 && width <= 4096) ||
	    !(height >= 120 && height <= 4096) || !(scale >= 0.5 && scale <= 4) ||
	    !(rate_hz >= 10 && rate_hz <= 240)) {
		return -EINVAL;
	}
	*ret_mode = (struct os_display_mode){(int32_t)(width * scale + 0.5),
					     (int32_t)(height * scale + 0.5), scale,
					     (int32_t)(rate_hz * 1000 + 0.5), false};
	return 0;
}

static int find_profile(const char *name, struct os_display_mode *ret_mode)
{
	for (size_t i = 0; i < OS_ARRAY_LEN(s_profiles); i++) {
		if (name == NULL || strcmp(name, s_profiles[i].name) == 0) {
			*ret_mode = s_profiles[i].mode;
			return 0;
		}
	}
	return parse_size(name, ret_mode);
}

/* --- Settings --------------------------------------------------------------------------------- */

static void apply_calibrations(struct program *program, const struct cs_value *value)
{
	static struct md_device_calibration list[CS_CALIBRATION_DEVICES_MAX];
	size_t count = 0;
	for (size_t i = 0; i < cs_value_count(value) && count < OS_ARRAY_LEN(list); i++) {
		const char *id = cs_value_key_at(value, i);
		if (id != NULL && cs_calibration_get(value, id, list[count].matrix)) {
			snprintf(list[count++].id, sizeof(list[0].id), "%s", id);
		}
	}
	md_compositor_set_calibrations(program->compositor, list, count);
}

static void apply_setting(struct program *program, const char *key)
{
	const struct cs_setting *setting = cs_setting_find(key);
	struct cs_value *value = cs_settings_get(program->settings, key);
	if (setting == NULL || value == NULL) {
		return;
	}
	if (strcmp(key, CS_SETTING_CALIBRATION) == 0) {
		apply_calibrations(program, value);
		return;
	}
	char *text = cs_setting_copy_text(value);
	md_compositor_set_trait(program->compositor, key, text);
	os_free(text);
}

static void setting_changed(void *context, void *data)
{
	struct program *program = context;
	if (data != NULL) {
		apply_setting(program, data);
		return;
	}
	static const char *const s_first[] = {"look",
					      "text-size",
					      "direction",
					      "reduce-motion",
					      "hardware-keyboard",
					      CS_SETTING_CALIBRATION,
					      "display.brightness",
					      "display.dim-after",
					      "display.blank-after"};
	for (size_t i = 0; i < OS_ARRAY_LEN(s_first); i++) {
		apply_setting(program, s_first[i]);
	}
	if (!program->orientation_given) {
		apply_setting(program, "display.orientation");
	}
}

static void watch_settings(struct program *program)
{
	program->services = cs_services_create();
	program->settings = cs_settings_create(program->services);
	os_signal_connect(cs_settings_changed(program->settings), &program->changed,
			  setting_changed, program);
	if (cs_settings_is_ready(program->settings)) {
		setting_changed(program, NULL);
	}
}

/* --- Boards ----------------------------------------------------------------------------------- */

static bool is_board(void)
{
	const char *board = os_process_option("board");
	return board != NULL && strcmp(board, "yes") == 0;
}

static const char *display_driver(void)
{
	const char *display = os_process_option("display");
	if (display != NULL && display[0] != '\0') {
		return display;
	}
	if (is_board()) {
		return "dumb";
	}
	const char *headless = os_process_option("headless");
	return headless != NULL && strcmp(headless, "yes") == 0 ? "offscreen" : "window";
}

static const char *board_of(const char *driver)
{
	return strcmp(driver, "dumb") == 0 ? "linux" : "sdl";
}

/* NULL: what the display offers decides. */
static const char *renderer_option(void)
{
	const char *renderer = os_process_option("renderer");
	return renderer != NULL && renderer[0] != '\0' ? renderer : NULL;
}

static void device_stops(void *context, int status, struct os_message *reply)
{
	if (status < 0 && status != -EPIPE) {
		os_log_error("compositor", "the device does not stop: %s", os_status_text(status));
	}
}

/* The person closed the window: that is switching the device off. */
static void display_was_lost(void *context, const char *why)
{
	os_log_info("compositor", "%s: the device stops", why);
	struct os_message message;
	os_message_init(&message, &os_supervisor_interface.requests[OS_SUPERVISOR_STOP],
			OS_SUPERVISOR_STOP);
	os_port_call(os_process_port(), &message, OS_NEVER, device_stops, context);
}

static int start(struct program *program, struct os_loop *loop, struct os_error *ret_error)
{
	struct md_compositor_options options = {.struct_size = sizeof(options),
						.driver = display_driver()};
	const char *profile = os_process_option("profile"),
		   *orientation = os_process_option("orientation");
	bool of_panel = profile == NULL && is_board(); /* size 0: as the panel says */
	if (!of_panel && find_profile(profile, &options.mode) < 0) {
		return os_error_set(
		    ret_error, -EINVAL,
		    "profile \"%s\": expected phone, pi7, pi-touch2, tablet or WxH@S[:HZ]",
		    profile);
	}
	program->orientation_given = orientation != NULL;
	options.orientation = orientation == NULL ? 0 : atoi(orientation);
	if (options.orientation % 90 != 0 || options.orientation < 0 || options.orientation > 270) {
		return os_error_set(ret_error, -EINVAL,
				    "orientation \"%s\": expected 0, 90, 180 or 270", orientation);
	}
	const char *boards = os_process_option("boards"), *walls = os_process_option("walls");
	const char *device = os_process_option("device");
	options.renderer = renderer_option();
	options.walls_missing = walls != NULL && strcmp(walls, "no") == 0;
	snprintf(program->title, sizeof(program->title), "Strata: %s",
		 device != NULL ? device : "default");
	options.title = program->title;
	options.board = os_board_open(boards, board_of(options.driver), ret_error);
	if (options.board == NULL) {
		return -ENODEV;
	}
	options.script_board = os_board_open(boards, "script", ret_error);
	if (options.script_board == NULL) {
		return -ENODEV;
	}
	program->compositor = md_compositor_create(loop, &options, ret_error);
	if (program->compositor == NULL) {
		return -ENODEV;
	}
	md_compositor_on_lost(program->compositor, display_was_lost, program);
	return 0;
}

/* --- Process ---------------------------------------------------------------------------------- */

static void introduced(void *context, int fd, uint64_t connection, const struct os_peer *peer)
{
	struct program *program = context;
	md_compositor_add_client(program->compositor, fd, connection, peer);
}

static const struct os_process_delegate s_delegate = {
    .struct_size = sizeof(s_delegate),
    .introduced = introduced,
};

int main(void)
{
	static struct program program;
	struct os_loop *loop = os_loop_create();
	struct os_error error = {0};
	int result = os_process_start(loop, &s_delegate, &program);
	if (result < 0) {
		fprintf(stderr, "strata-compositor: started by nobody (%s); use strata run\n",
			os_status_text(result));
		return 2;
	}
	result = start(&program, loop, &error);
	if (result < 0) {
		os_log_error("compositor", "%s", error.text);
		return 1;
	}
	watch_settings(&program);
	os_process_ready();
	result = os_loop_run(loop);
	cs_settings_destroy(program.settings);
	cs_services_destroy(program.services);
	md_compositor_release(program.compositor);
	os_loop_release(loop);
	return result;
}
