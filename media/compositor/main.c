/* strata-compositor: the engine of this folder as a process of the device. Options (core-os's
 * os/process.h): profile, orientation, display, renderer, headless, board, boards, walls, device. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cs/calibration.h>
#include <cs/settings.h>
#include <md/compositor.h>
#include <os/file.h>
#include <os/log.h>
#include <os/memory.h>
#include <os/process.h>

#include "display_choice.h"

#define ORIENTATION_FILE "board-orientation"

struct program {
	struct md_compositor *compositor;
	struct cs_services *services;
	struct cs_settings *settings;
	struct os_listener changed;
	bool orientation_given;
	bool on_panel; /* the display is the machine's own, without a desktop */
	char title[96];
};

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

static bool is_yes(const char *option)
{
	const char *value = os_process_option(option);
	return value != NULL && strcmp(value, "yes") == 0;
}

/* For the splash of the next boot, which can ask nobody (board/linux/splash.c). */
static void keep_orientation(const char *text)
{
	struct os_buffer before = {0};
	char line[8];
	int folder = os_process_info()->container;
	int length = snprintf(line, sizeof(line), "%.5s\n", text);
	bool same = os_file_read(folder, ORIENTATION_FILE, sizeof(line), &before) == 0 &&
		    before.length == (size_t)length &&
		    memcmp(before.bytes, line, (size_t)length) == 0;
	int result = same ? 0 : os_file_write_atomic(folder, ORIENTATION_FILE, line, (size_t)length);
	if (result < 0) {
		os_log_warning("compositor", "%s: %s", ORIENTATION_FILE, os_status_text(result));
	}
	os_buffer_finish(&before);
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
	if (is_yes("board") && strcmp(key, "display.orientation") == 0) {
		keep_orientation(text);
	}
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
					      CS_SETTING_KEYBOARD_LAYOUT,
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

/* What cards this machine has, as the board that would use them sees it. */
static void probe_cards(const char *boards, struct os_display_probe *ret_probe)
{
	const struct os_display_options options = {.struct_size = sizeof(options),
						   .driver = "dumb"};
	struct os_error error = {0};
	const struct os_board *board = os_board_open(boards, "linux", &error);
	*ret_probe = (struct os_display_probe){0};
	if (board == NULL || board->display == NULL || board->display->probe == NULL ||
	    board->display->probe(&options, ret_probe) < 0) {
		snprintf(ret_probe->text, sizeof(ret_probe->text), "%.230s", error.text);
	}
}

static int choose(const char *boards, struct display_choice *ret_choice, struct os_error *ret_error)
{
	const struct display_wishes wishes = {.display = os_process_option("display"),
					      .renderer = os_process_option("renderer"),
					      .profile = os_process_option("profile"),
					      .headless = is_yes("headless"),
					      .is_board = is_yes("board")};
	struct os_display_probe probe = {0};
	if (display_choice_needs_probe(&wishes)) {
		probe_cards(boards, &probe);
	}
	return display_choose(&wishes, &probe, ret_choice, ret_error);
}

static void device_stops(void *context, int status, struct os_message *reply)
{
	if (status < 0 && status != -EPIPE) {
		os_log_error("compositor", "the device does not stop: %s", os_status_text(status));
	}
}

/* The person closed the window: that is switching the device off. A panel that was unplugged is
 * not: the supervisor starts this program again, which looks for what there is by then. */
static void display_was_lost(void *context, const char *why)
{
	const struct program *program = context;
	if (program->on_panel) {
		os_log_info("compositor", "%s: it is looked for another", why);
		os_loop_stop(os_process_loop(), 0);
		return;
	}
	os_log_info("compositor", "%s: the device stops", why);
	struct os_message message;
	os_message_init(&message, &os_supervisor_interface.requests[OS_SUPERVISOR_STOP],
			OS_SUPERVISOR_STOP);
	os_port_call(os_process_port(), &message, OS_NEVER, device_stops, context);
}

/* One after the other until one opens; what did not is part of why it is the next. */
static int open_one(struct program *program, struct os_loop *loop,
		    struct md_compositor_options *options, const struct display_choice *choice,
		    struct os_error *ret_error)
{
	const char *boards = os_process_option("boards");
	char why[sizeof(choice->why) + sizeof(ret_error->text)];
	snprintf(why, sizeof(why), "%s", choice->why);
	for (int i = 0; i < choice->count && program->compositor == NULL; i++) {
		const struct display_try *try = &choice->tries[i];
		program->on_panel = display_is_panel(try->driver);
		options->driver = try->driver;
		options->renderer = try->renderer;
		options->why = why;
		options->board = os_board_open(boards, try->board, ret_error);
		options->input_board =
		    program->on_panel ? os_board_open(boards, "linux", ret_error) : NULL;
		if (options->board != NULL) {
			program->compositor = md_compositor_create(loop, options, ret_error);
		}
		if (program->compositor == NULL) {
			snprintf(why, sizeof(why), "not %s: %s", try->driver, ret_error->text);
			os_log_info("compositor", "%s", why);
		}
	}
	return program->compositor != NULL ? 0 : -ENODEV;
}

static int read_options(struct program *program, struct md_compositor_options *options,
			struct os_error *ret_error)
{
	const char *orientation = os_process_option("orientation"),
		   *walls = os_process_option("walls"), *device = os_process_option("device");
	program->orientation_given = orientation != NULL;
	options->orientation = orientation == NULL ? 0 : atoi(orientation);
	if (options->orientation % 90 != 0 || options->orientation < 0 ||
	    options->orientation > 270) {
		return os_error_set(ret_error, -EINVAL,
				    "orientation \"%s\": expected 0, 90, 180 or 270", orientation);
	}
	options->walls_missing = walls != NULL && strcmp(walls, "no") == 0;
	snprintf(program->title, sizeof(program->title), "Strata: %s",
		 device != NULL ? device : "default");
	options->title = program->title;
	return 0;
}

static int start(struct program *program, struct os_loop *loop, struct os_error *ret_error)
{
	struct md_compositor_options options = {.struct_size = sizeof(options)};
	struct display_choice choice;
	const char *boards = os_process_option("boards");
	int result = read_options(program, &options, ret_error);
	if (result == 0) {
		result = choose(boards, &choice, ret_error);
	}
	if (result < 0) {
		return result;
	}
	options.mode = choice.mode;
	options.script_board = os_board_open(boards, "script", ret_error);
	if (options.script_board == NULL) {
		return -ENODEV;
	}
	result = open_one(program, loop, &options, &choice, ret_error);
	if (result == 0) {
		md_compositor_on_lost(program->compositor, display_was_lost, program);
	}
	return result;
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
