#include "calibration.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <md/calibration.h>
#include <md/compositor.h>
#include <os/log.h>
#include <os/memory.h>
#include <os/status.h>

#include "compositor_private.h"

/* --- Devices ---------------------------------------------------------------------------------- */

static struct touch_device *find(struct md_compositor *compositor, const char *id)
{
	struct calibration *calibration = &compositor->calibration;
	for (uint32_t i = 0; i < calibration->count; i++) {
		if (strcmp(calibration->devices[i].id, id) == 0) {
			return &calibration->devices[i];
		}
	}
	return NULL;
}

static const double *matrix_of(const struct calibration *calibration, const char *id)
{
	if (calibration->scene != NULL && strcmp(calibration->id, id) == 0) {
		return calibration->matrix;
	}
	for (size_t i = 0; i < calibration->saved_count; i++) {
		if (strcmp(calibration->saved[i].id, id) == 0) {
			return calibration->saved[i].matrix;
		}
	}
	return NULL; /* as it is by itself */
}

bool calibration_is_saved(const struct md_compositor *compositor, const char *id)
{
	const struct calibration *calibration = &compositor->calibration;
	for (size_t i = 0; i < calibration->saved_count; i++) {
		if (strcmp(calibration->saved[i].id, id) == 0) {
			return true;
		}
	}
	return false;
}

static int apply(struct md_compositor *compositor, const char *id)
{
	const struct input_doors *doors = &compositor->input_doors;
	if (doors->touch == NULL || doors->board->touch->set_calibration == NULL) {
		return 0;
	}
	int result = doors->board->touch->set_calibration(doors->touch, id, matrix_of(&compositor->calibration, id));
	if (result < 0) {
		os_log_error("compositor", "%s: its calibration was refused: %s", id, os_status_text(result));
	}
	return result;
}

static void tell_devices(const struct scene *scene)
{
	const struct calibration *calibration = &scene->compositor->calibration;
	struct os_message message;
	scene_begin_event(scene, MD_SCENE_TOUCH_DEVICES, &message);
	os_message_write_count(&message, calibration->count);
	for (uint32_t i = 0; i < calibration->count; i++) {
		const struct touch_device *device = &calibration->devices[i];
		os_message_write_text(&message, device->id);
		os_message_write_text(&message, device->name);
		os_message_write_i32(&message, device->fingers);
		os_message_write_double(&message, device->width_mm);
		os_message_write_double(&message, device->height_mm);
	}
	scene_send(scene, &message);
}

static void tell_watchers(struct md_compositor *compositor)
{
	const struct scene *scene;
	os_list_for_each(scene, &compositor->scenes, link) {
		if (scene->watches_touch) {
			tell_devices(scene);
		}
	}
}

/* A device's own words: cut where they are too long for a message, between letters. */
static void keep_text(char to[CALIBRATION_ID], const char *text)
{
	snprintf(to, CALIBRATION_ID, "%s", text);
	size_t length = strlen(to);
	while (length > 0 && text[length] != '\0' && (text[length] & 0xc0) == 0x80) {
		to[--length] = '\0';
	}
}

void calibration_device_added(struct md_compositor *compositor, const struct os_touch_device *device)
{
	struct calibration *calibration = &compositor->calibration;
	if (device->fingers <= 0 || device->id == NULL || device->id[0] == '\0' ||
	    strlen(device->id) >= CALIBRATION_ID || find(compositor, device->id) != NULL ||
	    calibration->count == CALIBRATION_DEVICES) {
		return;
	}
	struct touch_device *kept = &calibration->devices[calibration->count++];
	*kept = (struct touch_device){
	    .fingers = device->fingers, .width_mm = device->width_mm, .height_mm = device->height_mm};
	keep_text(kept->id, device->id);
	keep_text(kept->name, device->name != NULL ? device->name : "");
	apply(compositor, kept->id);
	tell_watchers(compositor);
}

/* --- The trial -------------------------------------------------------------------------------- */

static void end_trial(struct md_compositor *compositor, bool tell)
{
	struct calibration *calibration = &compositor->calibration;
	struct scene *scene = calibration->scene;
	if (scene == NULL) {
		return;
	}
	calibration->scene = NULL;
	os_timer_cancel(calibration->idle);
	apply(compositor, calibration->id);
	if (tell) {
		struct os_message message;
		scene_begin_event(scene, MD_SCENE_CALIBRATION_ENDED, &message);
		os_message_write_text(&message, calibration->id);
		scene_send(scene, &message);
	}
}

void calibration_device_removed(struct md_compositor *compositor, const char *id)
{
	struct calibration *calibration = &compositor->calibration;
	struct touch_device *device = find(compositor, id);
	if (device == NULL) {
		return;
	}
	if (calibration->scene != NULL && strcmp(calibration->id, id) == 0) {
		end_trial(compositor, true);
	}
	*device = calibration->devices[--calibration->count];
	tell_watchers(compositor);
}

static void idle_too_long(void *context, int64_t now_us)
{
	end_trial(context, true);
}

static int try(struct scene *scene, struct os_message *message)
{
	struct md_compositor *compositor = scene->compositor;
	struct calibration *calibration = &compositor->calibration;
	const char *id = os_message_read_text(message);
	double matrix[6];
	bool good = true;
	for (int i = 0; i < 6; i++) {
		matrix[i] = os_message_read_double(message);
		good = good && isfinite(matrix[i]);
	}
	if (id[0] == '\0') {
		if (calibration->scene == scene) {
			end_trial(compositor, false);
		}
		return 0;
	}
	if (!good) {
		return -EINVAL;
	}
	bool is_another = calibration->scene != NULL &&
			  (calibration->scene != scene || strcmp(calibration->id, id) != 0);
	if (is_another) {
		end_trial(compositor, calibration->scene != scene);
	}
	calibration->scene = scene;
	keep_text(calibration->id, id);
	memcpy(calibration->matrix, matrix, sizeof(matrix));
	if (find(compositor, id) == NULL || compositor_focused(compositor) != scene) {
		end_trial(compositor, true); /* it went meanwhile */
		return 0;
	}
	os_timer_set_after(calibration->idle, MD_CALIBRATION_IDLE_US);
	int result = apply(compositor, id);
	if (result < 0) {
		end_trial(compositor, true);
	}
	return result;
}

int calibration_request(struct scene *scene, struct os_message *message)
{
	if (message->header.type == MD_SCENE_CALIBRATE) {
		return try(scene, message);
	}
	scene->watches_touch = os_message_read_bool(message);
	if (scene->watches_touch) {
		tell_devices(scene);
	}
	return 0;
}

struct scene *calibration_takes_finger(struct md_compositor *compositor)
{
	struct calibration *calibration = &compositor->calibration;
	if (calibration->scene != NULL) {
		os_timer_set_after(calibration->idle, MD_CALIBRATION_IDLE_US);
	}
	return calibration->scene;
}

void calibration_scene_went(struct md_compositor *compositor, const struct scene *scene)
{
	if (compositor->calibration.scene == scene) {
		end_trial(compositor, false);
	}
}

void calibration_focus_changed(struct md_compositor *compositor)
{
	struct calibration *calibration = &compositor->calibration;
	if (calibration->scene != NULL && compositor->shell.focused != calibration->scene) {
		end_trial(compositor, true);
	}
}

void calibration_door_opened(struct md_compositor *compositor)
{
	const struct calibration *calibration = &compositor->calibration;
	for (uint32_t i = 0; i < calibration->count; i++) {
		apply(compositor, calibration->devices[i].id);
	}
}

/* --- The setting ------------------------------------------------------------------------------ */

void md_compositor_set_calibrations(struct md_compositor *compositor, const struct md_device_calibration *list,
				    size_t count)
{
	struct calibration *calibration = &compositor->calibration;
	os_free(calibration->saved);
	calibration->saved = count == 0 ? NULL : os_alloc(count * sizeof(*list));
	calibration->saved_count = count;
	if (count > 0) {
		memcpy(calibration->saved, list, count * sizeof(*list));
	}
	calibration_door_opened(compositor);
}

void calibration_init(struct md_compositor *compositor)
{
	compositor->calibration.idle =
	    os_timer_create(compositor->loop, OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON, idle_too_long, compositor);
}

void calibration_finish(struct md_compositor *compositor)
{
	struct calibration *calibration = &compositor->calibration;
	calibration->scene = NULL;
	calibration->idle = os_timer_release(calibration->idle);
	os_free(calibration->saved);
	calibration->saved = NULL;
	calibration->saved_count = 0;
}
