#include "runner.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <md/device_interface.h>
#include <os/clock.h>
#include <os/file.h>
#include <os/memory.h>

#include "key_names.h"
#include "runner_private.h"

/* A drag that ends at rest stays where it ended for this long, so that no fling is left in it. */
#define REST_US (160 * OS_US_PER_MS)
#define DOUBLE_TAP_GAP_US (100 * OS_US_PER_MS)
#define SWIPE_US (120 * OS_US_PER_MS)
#define TYPE_MAX_BYTES 60000

static int run_wait(struct runner *runner, const struct script_command *command)
{
	return runner_wait(runner, command->duration_us);
}

/* --- Fingers ---------------------------------------------------------------------------------- */

static int press(struct runner *runner, const struct script_command *command, int64_t duration_us,
		 int times)
{
	double x, y;
	int result = runner_locate(runner, &command->from, &x, &y);
	if (result < 0) {
		return result;
	}
	struct runner_gesture gesture = {0};
	for (int i = 0; i < times; i++) {
		int64_t began_us = i * (duration_us + DOUBLE_TAP_GAP_US);
		gesture_add(&gesture, began_us, 0, OS_TOUCH_DOWN, x, y);
		gesture_add(&gesture, began_us + duration_us, 0, OS_TOUCH_UP, x, y);
	}
	return runner_feed(runner, &gesture);
}

static int run_tap(struct runner *runner, const struct script_command *command)
{
	return press(runner, command, RUNNER_TAP_US, 1);
}

static int run_double_tap(struct runner *runner, const struct script_command *command)
{
	return press(runner, command, RUNNER_TAP_US, 2);
}

static int run_hold(struct runner *runner, const struct script_command *command)
{
	return press(runner, command, command->duration_us, 1);
}

static int drag(struct runner *runner, const double line[4], int64_t duration_us, bool hold)
{
	struct runner_gesture gesture = {0};
	gesture_add(&gesture, 0, 0, OS_TOUCH_DOWN, line[0], line[1]);
	gesture_line(&gesture, 0, duration_us, 0, line);
	int64_t end_us = duration_us + (hold ? REST_US : 0);
	gesture_add(&gesture, end_us, 0, OS_TOUCH_UP, line[2], line[3]);
	return runner_feed(runner, &gesture);
}

static int run_drag(struct runner *runner, const struct script_command *command)
{
	double line[4];
	int result = runner_locate(runner, &command->from, &line[0], &line[1]);
	if (result == 0) {
		result = runner_locate(runner, &command->to, &line[2], &line[3]);
	}
	return result < 0 ? result : drag(runner, line, command->duration_us, command->hold);
}

/* Across half of the screen, or of what is swiped on, through its middle. */
static int run_swipe(struct runner *runner, const struct script_command *command)
{
	static const double s_ways[4][4] = {[SCRIPT_LEFT] = {0.75, 0.5, 0.25, 0.5},
					    [SCRIPT_RIGHT] = {0.25, 0.5, 0.75, 0.5},
					    [SCRIPT_UPWARD] = {0.5, 0.75, 0.5, 0.25},
					    [SCRIPT_DOWNWARD] = {0.5, 0.25, 0.5, 0.75}};
	double x, y;
	if (command->from.has_name) {
		int result = runner_locate(runner, &command->from, &x, &y);
		if (result < 0) {
			return result;
		}
	}
	struct screen_tree *tree;
	int result = runner_look(runner, &tree);
	if (result < 0) {
		return result;
	}
	struct screen_rect area = tree->nodes[0].frame;
	if (command->from.has_name) {
		int node = screen_tree_see(tree, &command->from.name, &runner->error);
		area = node >= 0 ? tree->nodes[node].seen : area;
		result = OS_MIN(node, 0);
	}
	screen_tree_release(tree);
	const double *way = s_ways[command->direction];
	double line[4];
	for (int i = 0; i < 4; i++) {
		line[i] = i % 2 == 0 ? area.x + area.width * way[i] : area.y + area.height * way[i];
	}
	return result < 0 ? result : drag(runner, line, SWIPE_US, false);
}

static int run_down(struct runner *runner, const struct script_command *command)
{
	if (runner->fingers[command->finger].down) {
		return os_error_set(&runner->error, -EEXIST, "finger %d is down already",
				    command->finger);
	}
	struct runner_gesture gesture = {0};
	gesture_add(&gesture, 0, command->finger, OS_TOUCH_DOWN, command->from.x, command->from.y);
	runner->fingers[command->finger].down = true;
	runner->fingers[command->finger].x = command->from.x;
	runner->fingers[command->finger].y = command->from.y;
	return runner_feed(runner, &gesture);
}

static int need_finger(struct runner *runner, int finger)
{
	return runner->fingers[finger].down
		   ? 0
		   : os_error_set(&runner->error, -ENOENT, "finger %d is not down", finger);
}

static int run_move(struct runner *runner, const struct script_command *command)
{
	int finger = command->finger;
	int result = need_finger(runner, finger);
	if (result < 0) {
		return result;
	}
	const double line[4] = {runner->fingers[finger].x, runner->fingers[finger].y,
				command->from.x, command->from.y};
	struct runner_gesture gesture = {0};
	gesture_line(&gesture, 0, command->duration_us, finger, line);
	runner->fingers[finger].x = line[2];
	runner->fingers[finger].y = line[3];
	return runner_feed(runner, &gesture);
}

static int lift(struct runner *runner, int finger, enum os_touch_phase phase)
{
	int result = need_finger(runner, finger);
	if (result < 0) {
		return result;
	}
	struct runner_gesture gesture = {0};
	gesture_add(&gesture, 0, finger, phase, runner->fingers[finger].x,
		    runner->fingers[finger].y);
	runner->fingers[finger].down = false;
	return runner_feed(runner, &gesture);
}

static int run_up(struct runner *runner, const struct script_command *command)
{
	return lift(runner, command->finger, OS_TOUCH_UP);
}

static int run_cancel(struct runner *runner, const struct script_command *command)
{
	return lift(runner, command->finger, OS_TOUCH_CANCEL);
}

/* --- Text and keys ---------------------------------------------------------------------------- */

/* The longest part that one message can carry and that does not cut a character. */
static size_t part_of(const char *text)
{
	size_t length = strlen(text);
	if (length <= TYPE_MAX_BYTES) {
		return length;
	}
	for (length = TYPE_MAX_BYTES; length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80;) {
		length--;
	}
	return length;
}

static int type_part(struct runner *runner, const char *part)
{
	struct os_message message, reply;
	cli_begin(&message, CLI_COMPOSITOR, MD_DEVICE_TYPE);
	os_message_write_text(&message, part);
	int result = cli_call(runner->cli, CLI_COMPOSITOR, &message, &reply);
	if (result == 0) {
		os_message_finish(&reply);
	}
	return result;
}

/* A field that was just tapped gets its caret a moment later: a name would be waited for as well. */
static int type_when_heard(struct runner *runner, const char *part)
{
	int64_t until_us = os_clock_real_us() + RUNNER_NAME_WAIT_US;
	int result = type_part(runner, part);
	while (result == -ENOENT && os_clock_real_us() < until_us) {
		runner_pause(runner);
		result = type_part(runner, part);
	}
	return result;
}

static int run_type(struct runner *runner, const struct script_command *command)
{
	int result = 0;
	for (const char *at = command->text; *at && result == 0;) {
		size_t length = part_of(at);
		char *part = os_strndup(at, length);
		result = type_when_heard(runner, part);
		os_free(part);
		at += length;
	}
	if (result == -ENOENT) {
		os_error_set(&runner->error, result, "no field has the caret");
	}
	return result;
}

static int run_key(struct runner *runner, const struct script_command *command)
{
	struct key_stroke stroke;
	int result = key_stroke_parse(command->text, &stroke, &runner->error);
	if (result < 0) {
		return result;
	}
	struct os_message message, reply;
	cli_begin(&message, CLI_COMPOSITOR, MD_DEVICE_KEY);
	os_message_write_u32(&message, stroke.key);
	os_message_write_u32(&message, stroke.modifiers);
	os_message_write_bool(&message, false); /* down and up */
	os_message_write_text(&message, stroke.text);
	result = cli_call(runner->cli, CLI_COMPOSITOR, &message, &reply);
	if (result == 0) {
		os_message_finish(&reply);
	}
	return result;
}

/* --- Looking ---------------------------------------------------------------------------------- */

static int run_settle(struct runner *runner, const struct script_command *command)
{
	return runner_settle(runner);
}

static int find_list(struct runner *runner, const struct script_command *command, char id[64])
{
	struct screen_tree *tree;
	int result = runner_look(runner, &tree);
	if (result < 0) {
		return result;
	}
	int node = screen_tree_see(tree, &command->to.name, &runner->error);
	if (node >= 0) {
		snprintf(id, 64, "%s", tree->nodes[node].id);
	}
	screen_tree_release(tree);
	return OS_MIN(node, 0);
}

static int run_scroll_to(struct runner *runner, const struct script_command *command)
{
	char list[64] = "";
	int result = command->has_to ? find_list(runner, command, list) : 0;
	if (result < 0) {
		return result;
	}
	struct os_message message, reply;
	cli_begin(&message, CLI_COMPOSITOR, MD_DEVICE_SCROLL_TO);
	os_message_write_text(&message, list);
	os_message_write_text(&message, command->from.name.label);
	result = cli_call(runner->cli, CLI_COMPOSITOR, &message, &reply);
	if (result == 0) {
		os_message_finish(&reply);
	} else if (result == -ENOENT) {
		os_error_set(&runner->error, result, "no list has \"%s\"",
			     command->from.name.label);
	}
	return result;
}

static int open_output(struct runner *runner, const char *path)
{
	int result = cli_make_folders_for(path);
	int fd = result < 0 ? result : open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd >= 0) {
		return fd;
	}
	result = result < 0 ? result : -errno;
	return os_error_set(&runner->error, result, "%s cannot be written: %s", path,
			    os_status_text(result));
}

static int run_screenshot(struct runner *runner, const struct script_command *command)
{
	int fd = open_output(runner, command->text);
	if (fd < 0) {
		return fd;
	}
	struct os_message message, reply;
	cli_begin(&message, CLI_COMPOSITOR,
		  command->shown ? MD_DEVICE_SCREENSHOT_SHOWN : MD_DEVICE_SCREENSHOT);
	os_message_write_fd(&message, fd);
	int result = cli_call(runner->cli, CLI_COMPOSITOR, &message, &reply);
	if (result == 0) {
		os_message_finish(&reply);
	} else {
		unlink(command->text);
	}
	os_fd_close(fd);
	return result;
}

static int run_tree(struct runner *runner, const struct script_command *command)
{
	struct os_buffer json = {0};
	int result = runner_read_tree(runner->cli, false, &json);
	int fd = result < 0 ? result : open_output(runner, command->text);
	if (fd >= 0) {
		FILE *file = fdopen(fd, "w");
		fprintf(file, "%s\n", os_buffer_text(&json));
		result = fclose(file) == 0 ? 0 : -errno;
	}
	os_buffer_finish(&json);
	return OS_MIN(fd, result);
}

/* --- Lines ------------------------------------------------------------------------------------ */

typedef int (*run_fn)(struct runner *runner, const struct script_command *command);

static const run_fn s_runs[SCRIPT_KINDS] = {
    [SCRIPT_WAIT] = run_wait,
    [SCRIPT_TAP] = run_tap,
    [SCRIPT_DOUBLE_TAP] = run_double_tap,
    [SCRIPT_HOLD] = run_hold,
    [SCRIPT_DRAG] = run_drag,
    [SCRIPT_SWIPE] = run_swipe,
    [SCRIPT_DOWN] = run_down,
    [SCRIPT_MOVE] = run_move,
    [SCRIPT_UP] = run_up,
    [SCRIPT_CANCEL] = run_cancel,
    [SCRIPT_TYPE] = run_type,
    [SCRIPT_KEY] = run_key,
    [SCRIPT_EXPECT] = runner_expect,
    [SCRIPT_EXPECT_NOT] = runner_expect,
    [SCRIPT_EXPECT_VALUE] = runner_expect,
    [SCRIPT_SCROLL_TO] = run_scroll_to,
    [SCRIPT_SETTLE] = run_settle,
    [SCRIPT_SCREENSHOT] = run_screenshot,
    [SCRIPT_TREE] = run_tree,
};

/* Fingers that a script left on the glass are lifted, or the next command's touch is their second. */
static void lift_all(struct runner *runner)
{
	for (int finger = 0; finger < SCRIPT_FINGERS; finger++) {
		if (runner->fingers[finger].down) {
			lift(runner, finger, OS_TOUCH_CANCEL);
		}
	}
}

int runner_play(struct cli *cli, const struct script *script)
{
	int code = cli_connect(cli);
	if (code != CLI_DONE) {
		return code;
	}
	struct runner runner = {.cli = cli};
	for (size_t i = 0; i < script->count && code == CLI_DONE; i++) {
		const struct script_command *command = &script->commands[i];
		runner.error = (struct os_error){0};
		int result = s_runs[command->kind](&runner, command);
		if (result >= 0) {
			continue;
		}
		const char *why =
		    runner.error.status < 0 ? runner.error.text : os_status_text(result);
		if (script->file) {
			fprintf(stderr, "%s:%d: %s: %s\n", script->file, command->line,
				command->source, why);
		} else {
			fprintf(stderr, "strata %s: %s\n", command->source, why);
		}
		code = CLI_FAILED;
	}
	lift_all(&runner);
	return code;
}
