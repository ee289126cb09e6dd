#include "input_devices.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <os/log.h>

#include "compositor_private.h"

static uint32_t find(const struct input_devices *devices, const char *id)
{
	uint32_t at = 0;
	while (at < devices->count && strcmp(devices->list[at].id, id) != 0) {
		at++;
	}
	return at;
}

static double number(double value)
{
	return isfinite(value) && value > 0 ? value : 0;
}

void input_devices_added(struct md_compositor *compositor, const struct os_touch_device *device)
{
	struct input_devices *devices = &compositor->input_devices;
	uint32_t at = find(devices, device->id);
	if (at == INPUT_DEVICES_MAX) {
		return;
	}
	if (at == devices->count) {
		devices->count++;
		os_log_info("compositor", "%s: \"%s\", %d fingers", device->id, device->name,
			    (int)device->fingers);
	}
	snprintf(devices->list[at].id, INPUT_DEVICE_TEXT, "%s", device->id);
	snprintf(devices->list[at].name, INPUT_DEVICE_TEXT, "%s", device->name);
	devices->list[at].fingers = device->fingers;
	devices->list[at].rate_hz = number(device->rate_hz);
	devices->list[at].width_mm = number(device->width_mm);
	devices->list[at].height_mm = number(device->height_mm);
}

void input_devices_removed(struct md_compositor *compositor, const char *id)
{
	struct input_devices *devices = &compositor->input_devices;
	uint32_t at = find(devices, id);
	if (at < devices->count) {
		devices->count--;
		memmove(&devices->list[at], &devices->list[at + 1],
			(devices->count - at) * sizeof(devices->list[0]));
		os_log_info("compositor", "%s: unplugged", id);
	}
}

int input_devices_tell(struct tool *tool, struct os_message *message)
{
	struct md_compositor *compositor = tool->compositor;
	const struct input_devices *devices = &compositor->input_devices;
	struct os_message reply;
	os_message_init_reply(&reply, message);
	os_message_write_bool(&reply, compositor->input_doors.touch != NULL);
	os_message_write_bool(&reply, compositor->input_doors.has_keyboard);
	os_message_write_text(&reply, compositor->input_doors.layout);
	os_message_write_count(&reply, devices->count);
	for (uint32_t i = 0; i < devices->count; i++) {
		os_message_write_text(&reply, devices->list[i].id);
		os_message_write_text(&reply, devices->list[i].name);
		os_message_write_i32(&reply, devices->list[i].fingers);
		os_message_write_double(&reply, devices->list[i].rate_hz);
		os_message_write_double(&reply, devices->list[i].width_mm);
		os_message_write_double(&reply, devices->list[i].height_mm);
		os_message_write_bool(&reply,
				      calibration_is_saved(compositor, devices->list[i].id));
	}
	os_port_reply(tool->port, &reply);
	return 0;
}
