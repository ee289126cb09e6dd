#include <md/calibration.h>

#include <stdio.h>
#include <string.h>

#include <os/memory.h>

#include "scene_private.h"

#define DEVICES 16

const double md_calibration_none[6] = {1, 0, 0, 0, 1, 0};

static void send_watch(const struct md_scene *scene)
{
	struct os_message message;
	md_scene_message(scene, MD_SCENE_TOUCH_WATCH, &message);
	os_message_write_bool(&message, scene->calibration.delegate != NULL);
	md_scene_post(scene, &message);
}

static void send_trial(const struct md_scene *scene)
{
	struct os_message message;
	md_scene_message(scene, MD_SCENE_CALIBRATE, &message);
	os_message_write_text(&message, scene->calibration.id);
	for (int i = 0; i < 6; i++) {
		os_message_write_double(&message, scene->calibration.matrix[i]);
	}
	md_scene_post(scene, &message);
}

void md_calibration_watch(struct md_scene *scene, const struct md_calibration_delegate *delegate, void *context)
{
	scene->calibration.delegate = delegate;
	scene->calibration.context = context;
	send_watch(scene);
}

void md_calibration_try(struct md_scene *scene, const char *id, const double matrix[6])
{
	snprintf(scene->calibration.id, sizeof(scene->calibration.id), "%s", id);
	memcpy(scene->calibration.matrix, matrix, sizeof(scene->calibration.matrix));
	send_trial(scene);
}

void md_calibration_end(struct md_scene *scene)
{
	if (scene->calibration.id[0] != '\0') {
		scene->calibration.id[0] = '\0';
		send_trial(scene);
	}
}

void md_calibration_replay(struct md_scene *scene)
{
	if (scene->calibration.delegate != NULL) {
		send_watch(scene);
	}
	if (scene->calibration.id[0] != '\0') {
		send_trial(scene);
	}
}

static void devices(struct md_scene *scene, struct os_message *message)
{
	struct md_touch_device list[DEVICES];
	uint32_t count = os_message_read_count(message);
	for (uint32_t i = 0; i < count; i++) {
		list[i].id = os_message_read_text(message);
		list[i].name = os_message_read_text(message);
		list[i].fingers = os_message_read_i32(message);
		list[i].width_mm = os_message_read_double(message);
		list[i].height_mm = os_message_read_double(message);
	}
	const struct md_calibration_delegate *delegate = scene->calibration.delegate;
	if (delegate != NULL && delegate->devices != NULL) {
		delegate->devices(scene->calibration.context, list, count);
	}
}

static void ended(struct md_scene *scene, struct os_message *message)
{
	const char *id = os_message_read_text(message);
	const struct md_calibration_delegate *delegate = scene->calibration.delegate;
	if (strcmp(scene->calibration.id, id) == 0) {
		scene->calibration.id[0] = '\0';
		if (delegate != NULL && delegate->ended != NULL) {
			delegate->ended(scene->calibration.context, id);
		}
	}
}

void md_calibration_handle(struct md_scene *scene, struct os_message *message)
{
	if (message->header.type == MD_SCENE_TOUCH_DEVICES) {
		devices(scene, message);
	} else {
		ended(scene, message);
	}
}
