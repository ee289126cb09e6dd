/* Touch door: fingers, with the time the kernel gave them.
 *
 *	door->open(&events, context, display, &touch)
 *	… events->touch(context, samples, count) …      all samples of one report together
 *
 * Positions are 0 to 1 of the panel, before rotation, so that a touchscreen need not know the
 * display. A finger keeps its number (0 to 9) from down to up, over all devices. Where a window
 * gives the fingers (mouse), `of_display` is true, `display` is that window and events are made
 * inside its dispatch, on the display's thread; else `display` is NULL, the door has a descriptor
 * of its own, and its thread is the one that calls dispatch.
 *
 * What a door promises whatever its devices do: every down has one up or cancel; a device that goes
 * cancels its fingers first; no sample is outside 0 to 1 or without a time. */
#ifndef OS_TOUCH_INPUT_H
#define OS_TOUCH_INPUT_H

#include <os/display.h>

#define OS_TOUCH_FINGERS 10

enum os_touch_phase { OS_TOUCH_DOWN, OS_TOUCH_MOVE, OS_TOUCH_UP, OS_TOUCH_CANCEL };

struct os_touch_sample {
	int64_t time_us; /* device time */
	int32_t finger;
	enum os_touch_phase phase;
	double x, y;     /* 0 to 1 of the panel */
	double radius;   /* 0 to 1 of the panel's width, 0 = unknown */
	uint64_t flow;   /* of this finger's touch; 0: the compositor makes one */
};

/* A mouse: where it points, and what its wheel did. Its button is a finger: a touch sample. */
struct os_pointer_sample {
	int64_t time_us;
	double x, y;               /* 0 to 1 of the panel */
	double scroll_x, scroll_y; /* wheel clicks since the last sample, positive: right, down */
};

struct os_touch_device {
	const char *id;            /* the same after unplugging and booting: what calibrations are kept under */
	const char *name;          /* what it calls itself */
	double rate_hz;            /* reports a second, 0 = not known */
	int32_t fingers;           /* 0: a pointer */
	double width_mm, height_mm; /* 0 = not known */
};

struct os_touch_events {
	uint32_t struct_size;
	void (*touch)(void *context, const struct os_touch_sample *samples, size_t count);
	/* Once more with the same id when more is known of it (its rate). */
	void (*device_added)(void *context, const struct os_touch_device *device);
	void (*device_removed)(void *context, const char *id); /* its fingers were cancelled before */
	void (*pointer)(void *context, const struct os_pointer_sample *sample);
};

struct os_touch; /* the board's own */

struct os_touch_door {
	uint32_t struct_size;
	int (*open)(const struct os_touch_events *events, void *context, struct os_display *display,
	            struct os_touch **ret_touch);
	void (*close)(struct os_touch *touch);
	int (*get_fd)(struct os_touch *touch); /* -1: events come from the display's dispatch */
	void (*dispatch)(struct os_touch *touch);
	bool of_display; /* opened with a display, events from its dispatch */
	/* Cancels every finger; those that still lie on the glass are not heard before they were
	 * lifted. When the screen goes dark, or the system wins a touch. NULL: nothing to cancel. */
	void (*cancel)(struct os_touch *touch);
	/* Places of this device, and of one that comes later under this id, go through the matrix
	 * before anything else: x' = m[0] x + m[1] y + m[2], y' = m[3] x + m[4] y + m[5], all 0 to 1 of
	 * the panel (libinput's calibration matrix). matrix NULL: as the device is without one.
	 * -EINVAL: not finite, or it cannot be inverted. NULL: no such devices. */
	int (*set_calibration)(struct os_touch *touch, const char *id, const double matrix[6]);
	/* A door that is written to (scripts): plays samples at their times. NULL for hardware. */
	int (*feed)(struct os_touch *touch, const struct os_touch_sample *samples, size_t count);
	/* When the next fed sample is due, OS_NEVER if none is. NULL for hardware. */
	int64_t (*next_due_us)(struct os_touch *touch);
	/* What one step of a mouse (1/1000 inch, speeded up) is on the panel as it is held: dx = m[0]
	 * right + m[1] down, dy = m[2] right + m[3] down, 0 to 1 of the panel. NULL: no such devices. */
	void (*set_motion)(struct os_touch *touch, const double matrix[4]);
	/* Lets go of all its devices, fingers first, so that another program can have them; and takes
	 * them again. Keys of the same board rest, too. NULL: has none of its own. */
	int (*pause)(struct os_touch *touch, bool paused);
};

#endif
