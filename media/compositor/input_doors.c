#include "input_doors.h"

#include <stdio.h>

#include <os/log.h>
#include <os/status.h>

#include "compositor_private.h"

/* --- What the doors tell ---------------------------------------------------------------------- */

static void did_touch(void *context, const struct os_touch_sample *samples, size_t count)
{
	input_touch(context, INPUT_BOARD, samples, count);
}

static void did_add_device(void *context, const struct os_touch_device *device)
{
	input_devices_added(context, device);
	calibration_device_added(context, device);
}

static void did_remove_device(void *context, const char *id)
{
	input_devices_removed(context, id);
	calibration_device_removed(context, id);
}

static void did_point(void *context, const struct os_pointer_sample *sample)
{
	idle_activity(context);
	pointer_told(context, sample);
}

static const struct os_touch_events s_touch_events = {
    .struct_size = sizeof(s_touch_events),
    .touch = did_touch,
    .device_added = did_add_device,
    .device_removed = did_remove_device,
    .pointer = did_point,
};

static void did_key(void *context, const struct os_key_sample *sample)
{
	input_key(context, sample);
}

static void did_change_keyboard(void *context, bool is_there)
{
	struct md_compositor *compositor = context;
	compositor->input_doors.has_keyboard = is_there;
	configure_keyboard(compositor);
}

static const struct os_key_events s_key_events = {
    .struct_size = sizeof(s_key_events),
    .key = did_key,
    .keyboard = did_change_keyboard,
};

static void did_change_power(void *context, const struct os_power_state *state)
{
	power_changed(context, state);
}

static const struct os_power_events s_power_events = {
    .struct_size = sizeof(s_power_events),
    .changed = did_change_power,
};

/* --- Reading ---------------------------------------------------------------------------------- */

static void touch_is_readable(void *context, int fd, uint32_t events)
{
	struct input_doors *doors = context;
	doors->board->touch->dispatch(doors->touch);
}

static void key_is_readable(void *context, int fd, uint32_t events)
{
	struct input_doors *doors = context;
	doors->board->key->dispatch(doors->key);
}

static void power_is_readable(void *context, int fd, uint32_t events)
{
	struct input_doors *doors = context;
	doors->board->power->dispatch(doors->power);
}

static struct os_source *watch(struct md_compositor *compositor, int fd, os_source_fn fn)
{
	return fd < 0 ? NULL
		      : os_loop_add_fd(compositor->loop, fd, OS_LOOP_READ, fn,
				       &compositor->input_doors);
}

/* --- Life cycle ------------------------------------------------------------------------------- */

static bool did_open(const struct os_board *board, const char *door, int result)
{
	if (result < 0) {
		os_log_error("compositor", "board %s, %s: %s", board->name, door,
			     os_status_text(result));
	}
	return result >= 0;
}

static void apply_layout(struct input_doors *doors)
{
	if (doors->key == NULL || doors->board->key->set_layout == NULL) {
		return;
	}
	int result = doors->board->key->set_layout(doors->key, doors->layout);
	if (result < 0) {
		os_log_warning("compositor", "keyboard layout \"%s\": %s", doors->layout,
			       os_status_text(result));
	}
}

void input_doors_set_layout(struct md_compositor *compositor, const char *layout)
{
	struct input_doors *doors = &compositor->input_doors;
	snprintf(doors->layout, sizeof(doors->layout), "%s", layout);
	apply_layout(doors);
}

static void open_touch(struct md_compositor *compositor, struct input_doors *doors)
{
	const struct os_touch_door *door = doors->board->touch;
	if (door == NULL || door->of_display || door->feed != NULL) {
		return;
	}
	int result = door->open(&s_touch_events, compositor, NULL, &doors->touch);
	if (did_open(doors->board, "touch", result)) {
		doors->touch_source = watch(compositor, door->get_fd(doors->touch), touch_is_readable);
		calibration_door_opened(compositor);
		pointer_picture_turned(compositor);
	}
}

static void open_keys(struct md_compositor *compositor, struct input_doors *doors)
{
	const struct os_key_door *door = doors->board->key;
	if (door == NULL || door->of_display) {
		return;
	}
	int result = door->open(&s_key_events, compositor, NULL, &doors->key);
	if (did_open(doors->board, "keys", result)) {
		apply_layout(doors);
		doors->key_source = watch(compositor, door->get_fd(doors->key), key_is_readable);
	}
}

static void open_power(struct md_compositor *compositor, struct input_doors *doors)
{
	const struct os_power_door *door = doors->board->power;
	if (door == NULL) {
		return;
	}
	int result = door->open(&s_power_events, compositor, &doors->power);
	if (did_open(doors->board, "power", result)) {
		doors->power_source = watch(compositor, door->get_fd(doors->power), power_is_readable);
	}
}

void input_doors_open(struct md_compositor *compositor, const struct os_board *board)
{
	struct input_doors *doors = &compositor->input_doors;
	doors->board = board;
	if (board != NULL) {
		open_touch(compositor, doors);
		open_keys(compositor, doors);
		open_power(compositor, doors);
	}
}

void input_doors_pause(struct md_compositor *compositor, bool paused)
{
	struct input_doors *doors = &compositor->input_doors;
	if (doors->paused == paused || doors->touch == NULL || doors->board->touch->pause == NULL) {
		return;
	}
	doors->paused = paused;
	int result = doors->board->touch->pause(doors->touch, paused);
	if (result < 0) {
		os_log_error("compositor", "board %s, touch: %s", doors->board->name, os_status_text(result));
	}
}

void input_doors_close(struct md_compositor *compositor)
{
	struct input_doors *doors = &compositor->input_doors;
	os_source_remove(doors->touch_source);
	os_source_remove(doors->key_source);
	os_source_remove(doors->power_source);
	if (doors->touch != NULL) {
		doors->board->touch->close(doors->touch);
	}
	if (doors->key != NULL) {
		doors->board->key->close(doors->key);
	}
	if (doors->power != NULL) {
		doors->board->power->close(doors->power);
	}
	*doors = (struct input_doors){0};
}
