/* Touch door: fingers, with the time the kernel gave them.
 *
 *	door->open(&events, context, display, &touch)
 *	… events->touch(context, samples, count) …      all samples of one report together
 *
 * Positions are 0 to 1 of the panel, before rotation, so that a touchscreen need not know the
 * display. A finger keeps its number (0 to 9) from down to up. Where a window gives the fingers
 * (mouse), `display` is that window and events are made inside its dispatch; else the door has a
 * descriptor of its own. Thread: the one that calls dispatch. */
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

struct os_touch_events {
	uint32_t struct_size;
	void (*touch)(void *context, const struct os_touch_sample *samples, size_t count);
	void (*device_added)(void *context, const char *name, double rate_hz);
	void (*device_removed)(void *context, const char *name); /* its fingers were cancelled before */
};

struct os_touch; /* the board's own */

struct os_touch_door {
	uint32_t struct_size;
	int (*open)(const struct os_touch_events *events, void *context, struct os_display *display,
	            struct os_touch **ret_touch);
	void (*close)(struct os_touch *touch);
	int (*get_fd)(struct os_touch *touch); /* -1: events come from the display's dispatch */
	void (*dispatch)(struct os_touch *touch);
	/* A door that is written to (scripts): plays samples at their times. NULL for hardware. */
	int (*feed)(struct os_touch *touch, const struct os_touch_sample *samples, size_t count);
	/* When the next fed sample is due, OS_NEVER if none is. NULL for hardware. */
	int64_t (*next_due_us)(struct os_touch *touch);
};

#endif
