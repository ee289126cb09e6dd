#include "pointer.h"

#include <linux/input-event-codes.h>
#include <math.h>

#include <os/clock.h>
#include <os/trace.h>

#define WHEEL_CLICK 120.0 /* of a wheel that tells parts of a click (libinput's v120) */
#define FINGER_CLICK 15.0 /* of a touchpad: libinput's units, a click of a common wheel is 15 degrees */

void pointer_init(struct pointer *pointer)
{
	*pointer = (struct pointer){
	    .x = 0.5, .y = 0.5, .motion = {1.0 / 800, 0, 0, 1.0 / 480}, .finger = -1};
}

static void tell_finger(struct pointer *pointer, struct fingers *fingers, int64_t time_us,
			enum os_touch_phase phase)
{
	struct os_touch_sample sample = {.time_us = time_us,
					 .finger = pointer->finger,
					 .phase = phase,
					 .x = pointer->x,
					 .y = pointer->y,
					 .flow = pointer->flow};
	fingers_tell(fingers, &sample, 1);
}

static void tell_place(const struct pointer *pointer, const struct fingers *fingers,
		       int64_t time_us, double scroll_x, double scroll_y)
{
	const struct os_pointer_sample sample = {.time_us = time_us,
						 .x = pointer->x,
						 .y = pointer->y,
						 .scroll_x = scroll_x,
						 .scroll_y = scroll_y};
	if (fingers->events->pointer != NULL) {
		fingers->events->pointer(fingers->context, &sample);
	}
}

static void move_to(struct pointer *pointer, struct fingers *fingers, int64_t time_us, double x,
		    double y)
{
	if (!isfinite(x) || !isfinite(y)) {
		return;
	}
	pointer->x = OS_CLAMP(x, 0.0, 1.0);
	pointer->y = OS_CLAMP(y, 0.0, 1.0);
	tell_place(pointer, fingers, time_us, 0, 0);
	if (pointer->finger >= 0) {
		tell_finger(pointer, fingers, time_us, OS_TOUCH_MOVE);
	}
}

static void went_by(struct pointer *pointer, struct fingers *fingers,
		    struct libinput_event_pointer *event, int64_t time_us)
{
	double dx = libinput_event_pointer_get_dx(event), dy = libinput_event_pointer_get_dy(event);
	const double *motion = pointer->motion;
	move_to(pointer, fingers, time_us, pointer->x + motion[0] * dx + motion[1] * dy,
		pointer->y + motion[2] * dx + motion[3] * dy);
}

/* Of all mice together: the first press counts, and the last release. */
static void button(struct pointer *pointer, struct fingers *fingers,
		   struct libinput_event_pointer *event, int64_t time_us)
{
	if (libinput_event_pointer_get_button(event) != BTN_LEFT) {
		return;
	}
	bool is_pressed = libinput_event_pointer_get_seat_button_count(event) > 0;
	if (is_pressed == pointer->is_pressed) {
		return;
	}
	pointer->is_pressed = is_pressed;
	if (is_pressed) {
		tell_place(pointer, fingers, time_us, 0, 0);
		pointer->finger = fingers_take(fingers);
		pointer->flow = pointer->finger < 0 ? 0 : os_flow_create(OS_FLOW_TOUCH);
		if (pointer->finger >= 0) {
			tell_finger(pointer, fingers, time_us, OS_TOUCH_DOWN);
		}
	} else if (pointer->finger >= 0) {
		tell_finger(pointer, fingers, time_us, OS_TOUCH_UP);
		fingers_give_back(fingers, pointer->finger);
		pointer->finger = -1;
	}
}

static double clicks(struct libinput_event_pointer *event, enum libinput_event_type type,
		     enum libinput_pointer_axis axis)
{
	if (!libinput_event_pointer_has_axis(event, axis)) {
		return 0;
	}
	return type == LIBINPUT_EVENT_POINTER_SCROLL_WHEEL
		   ? libinput_event_pointer_get_scroll_value_v120(event, axis) / WHEEL_CLICK
		   : libinput_event_pointer_get_scroll_value(event, axis) / FINGER_CLICK;
}

static void scroll(struct pointer *pointer, struct fingers *fingers,
		   struct libinput_event_pointer *event, enum libinput_event_type type,
		   int64_t time_us)
{
	double x = clicks(event, type, LIBINPUT_POINTER_AXIS_SCROLL_HORIZONTAL);
	double y = clicks(event, type, LIBINPUT_POINTER_AXIS_SCROLL_VERTICAL);
	if ((x != 0 || y != 0) && isfinite(x) && isfinite(y)) {
		tell_place(pointer, fingers, time_us, x, y);
	}
}

void pointer_event(struct pointer *pointer, struct fingers *fingers, struct libinput_event *event)
{
	enum libinput_event_type type = libinput_event_get_type(event);
	if (type < LIBINPUT_EVENT_POINTER_MOTION || type > LIBINPUT_EVENT_POINTER_SCROLL_CONTINUOUS) {
		return;
	}
	struct libinput_event_pointer *of = libinput_event_get_pointer_event(event);
	int64_t time_us =
	    os_clock_from_monotonic_us(devices_time_us(libinput_event_pointer_get_time_usec(of)));
	switch (type) {
	case LIBINPUT_EVENT_POINTER_MOTION:
		went_by(pointer, fingers, of, time_us);
		break;
	case LIBINPUT_EVENT_POINTER_MOTION_ABSOLUTE:
		move_to(pointer, fingers, time_us,
			libinput_event_pointer_get_absolute_x_transformed(of, 1),
			libinput_event_pointer_get_absolute_y_transformed(of, 1));
		break;
	case LIBINPUT_EVENT_POINTER_BUTTON:
		button(pointer, fingers, of, time_us);
		break;
	case LIBINPUT_EVENT_POINTER_SCROLL_WHEEL:
	case LIBINPUT_EVENT_POINTER_SCROLL_FINGER:
	case LIBINPUT_EVENT_POINTER_SCROLL_CONTINUOUS:
		scroll(pointer, fingers, of, type, time_us);
		break;
	default: /* LIBINPUT_EVENT_POINTER_AXIS: the same once more, for old programs */
		break;
	}
}

void pointer_cancel(struct pointer *pointer, struct fingers *fingers)
{
	if (pointer->finger >= 0) {
		tell_finger(pointer, fingers, os_clock_now_us(), OS_TOUCH_CANCEL);
		fingers_give_back(fingers, pointer->finger);
		pointer->finger = -1;
	}
}

void pointer_went(struct pointer *pointer, struct fingers *fingers)
{
	pointer_cancel(pointer, fingers);
	pointer->is_pressed = false;
}
