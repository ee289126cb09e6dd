/* Touch door: fingers and mice by libinput. Places are of the unrotated panel, calibrated by
 * libinput alone; all samples of one report are told together. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <os/log.h>
#include <os/memory.h>
#include <os/timer.h>

#include "calibration.h"
#include "devices.h"
#include "fingers.h"
#include "pointer.h"

#define NONE_FOUND_US OS_US_PER_S

struct os_touch {
	struct fingers fingers;
	struct pointer pointer;
	struct os_array matrices; /* calibration.h */
	struct os_timer *timer;   /* says so if there is no touchscreen by then */
	int fd;
	int32_t panels, mice;
};

/* --- Devices ---------------------------------------------------------------------------------- */

static void announce(struct os_touch *touch, struct device *device, double rate_hz)
{
	struct os_touch_device info = {.id = device->id, .name = device->name, .rate_hz = rate_hz};
	if (device->has_fingers) {
		int count = libinput_device_touch_get_touch_count(device->libinput);
		info.fingers = count < 1 ? 1 : count;
	}
	libinput_device_get_size(device->libinput, &info.width_mm, &info.height_mm);
	if (touch->fingers.events->device_added != NULL) {
		touch->fingers.events->device_added(touch->fingers.context, &info);
	}
}

static void added(void *context, struct device *device)
{
	struct os_touch *touch = context;
	if (!device->has_fingers && !device->has_pointer) {
		return;
	}
	calibration_apply(&touch->matrices, device);
	if (device->has_fingers) {
		struct panel *panel = os_alloc(sizeof(*panel));
		panel_init(panel, device->name, device->fd);
		libinput_device_get_size(device->libinput, &panel->width_mm, &panel->height_mm);
		device->panel = panel;
		touch->panels++;
	}
	if (device->has_pointer) {
		touch->mice++;
		if (libinput_device_config_tap_get_finger_count(device->libinput) > 0) {
			libinput_device_config_tap_set_enabled(device->libinput,
							       LIBINPUT_CONFIG_TAP_ENABLED);
		}
	}
	announce(touch, device, 0);
}

static void removed(void *context, struct device *device)
{
	struct os_touch *touch = context;
	if (device->panel != NULL) {
		fingers_cancel(&touch->fingers, device->panel, true);
		os_free(device->panel);
		device->panel = NULL;
		touch->panels--;
	}
	if (device->has_pointer && --touch->mice == 0) {
		pointer_went(&touch->pointer, &touch->fingers);
	}
	if ((device->has_fingers || device->has_pointer) &&
	    touch->fingers.events->device_removed != NULL) {
		touch->fingers.events->device_removed(touch->fingers.context, device->id);
	}
}

/* --- Events ----------------------------------------------------------------------------------- */

static void change(struct os_touch *touch, struct panel *panel, struct libinput_event *event,
		   enum os_touch_phase phase)
{
	struct libinput_event_touch *of = libinput_event_get_touch_event(event);
	struct finger_change change = {.kernel_us = devices_time_us(libinput_event_touch_get_time_usec(of)),
				       .phase = phase};
	if (phase == OS_TOUCH_DOWN || phase == OS_TOUCH_MOVE) {
		change.x = libinput_event_touch_get_x_transformed(of, 1);
		change.y = libinput_event_touch_get_y_transformed(of, 1);
	}
	fingers_change(&touch->fingers, panel, libinput_event_touch_get_slot(of), &change);
}

static void frame(struct os_touch *touch, struct device *device)
{
	fingers_frame(&touch->fingers, device->panel);
	double rate_hz = panel_take_rate_hz(device->panel);
	if (rate_hz > 0) {
		announce(touch, device, rate_hz);
	}
}

static void event(void *context, struct device *device, struct libinput_event *event)
{
	struct os_touch *touch = context;
	pointer_event(&touch->pointer, &touch->fingers, event);
	if (device->panel == NULL) {
		return;
	}
	switch (libinput_event_get_type(event)) {
	case LIBINPUT_EVENT_TOUCH_DOWN:
		change(touch, device->panel, event, OS_TOUCH_DOWN);
		break;
	case LIBINPUT_EVENT_TOUCH_MOTION:
		change(touch, device->panel, event, OS_TOUCH_MOVE);
		break;
	case LIBINPUT_EVENT_TOUCH_UP:
		change(touch, device->panel, event, OS_TOUCH_UP);
		break;
	case LIBINPUT_EVENT_TOUCH_CANCEL:
		change(touch, device->panel, event, OS_TOUCH_CANCEL);
		break;
	case LIBINPUT_EVENT_TOUCH_FRAME:
		frame(touch, device);
		break;
	default:
		break;
	}
}

/* A report without its end must not wait for the next one. */
static void idle(void *context)
{
	struct os_touch *touch = context;
	struct device *device;
	os_list_for_each(device, devices_list(), link) {
		if (device->panel != NULL) {
			fingers_frame(&touch->fingers, device->panel);
			fingers_look_for_stuck(&touch->fingers, device->panel);
		}
	}
}

static void cancel_all(struct os_touch *touch, bool forget)
{
	struct device *device;
	os_list_for_each(device, devices_list(), link) {
		if (device->panel != NULL) {
			fingers_cancel(&touch->fingers, device->panel, forget);
		}
	}
	pointer_cancel(&touch->pointer, &touch->fingers);
}

static void slept(void *context)
{
	cancel_all(context, false);
}

static const struct devices_listener s_listener = {
    .added = added, .removed = removed, .event = event, .idle = idle, .slept = slept};

/* --- Door ------------------------------------------------------------------------------------- */

/* libinput calls it a success when it may open nothing, so somebody has to look. */
static void nothing_found(void *context, int64_t now_us)
{
	const struct os_touch *touch = context;
	if (touch->panels == 0) {
		os_log_warning("board", "no touchscreen after %d s (%d mice): is this user in the "
					"group input, and is one plugged in?",
			       (int)(NONE_FOUND_US / OS_US_PER_S), (int)touch->mice);
	}
}

static int touch_open(const struct os_touch_events *events, void *context,
		      struct os_display *display, struct os_touch **ret_touch)
{
	struct os_touch *touch = os_alloc(sizeof(*touch));
	touch->fingers.events = events;
	touch->fingers.context = context;
	pointer_init(&touch->pointer);
	calibration_init(&touch->matrices);
	int result = devices_join(&s_listener, touch);
	touch->fd = result < 0 ? result : devices_copy_fd();
	if (touch->fd < 0) {
		result = touch->fd;
		devices_leave(touch);
		os_array_finish(&touch->matrices);
		os_free(touch);
		return result;
	}
	touch->timer = os_timer_create(os_loop_current(), OS_TIMER_REAL, OS_LOOP_MODE_COMMON,
				       nothing_found, touch);
	os_timer_set_after(touch->timer, NONE_FOUND_US);
	*ret_touch = touch;
	return 0;
}

static void touch_close(struct os_touch *touch)
{
	if (touch == NULL) {
		return;
	}
	struct device *device;
	os_list_for_each(device, devices_list(), link) {
		if (device->panel != NULL) {
			fingers_cancel(&touch->fingers, device->panel, true);
			os_free(device->panel);
			device->panel = NULL;
		}
	}
	pointer_went(&touch->pointer, &touch->fingers);
	os_timer_release(touch->timer);
	devices_leave(touch);
	close(touch->fd);
	os_array_finish(&touch->matrices);
	os_free(touch);
}

static int touch_get_fd(struct os_touch *touch)
{
	return touch->fd;
}

static void touch_dispatch(struct os_touch *touch)
{
	devices_dispatch();
}

static void touch_cancel(struct os_touch *touch)
{
	cancel_all(touch, false);
}

static int touch_set_calibration(struct os_touch *touch, const char *id, const double matrix[6])
{
	int result = calibration_set(&touch->matrices, id, matrix);
	if (result < 0) {
		return result;
	}
	struct device *device;
	os_list_for_each(device, devices_list(), link) {
		if (strcmp(device->id, id) == 0 || strcmp(device->base_id, id) == 0) {
			calibration_apply_again(&touch->matrices, device);
		}
	}
	return 0;
}

static void touch_set_motion(struct os_touch *touch, const double matrix[4])
{
	memcpy(touch->pointer.motion, matrix, sizeof(touch->pointer.motion));
}

static int touch_pause(struct os_touch *touch, bool paused)
{
	return devices_pause(paused);
}

const struct os_touch_door linux_touch_door = {
    .struct_size = sizeof(linux_touch_door),
    .open = touch_open,
    .close = touch_close,
    .get_fd = touch_get_fd,
    .dispatch = touch_dispatch,
    .cancel = touch_cancel,
    .set_calibration = touch_set_calibration,
    .set_motion = touch_set_motion,
    .pause = touch_pause,
};
