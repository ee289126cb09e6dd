/* Panel hand: gestures as the events that a panel would send of them, at its rate, on its axes.
 *
 *	struct input_event events[PANEL_EVENTS_MAX];
 *	struct panel_hand hand = {.panel = &panel_ft5x06, .now_us = start_us, .events = events,
 *		.max = PANEL_EVENTS_MAX};
 *	panel_hand_play(&hand, PANEL_DRAG);
 *	write(fd, hand.events, hand.count * sizeof(events[0]));      all; or pace them by their times
 *
 * Positions of strokes are 0 to 1 of the panel. What does not change is not sent again, as the kernel
 * does it. Needs libc only. */
#ifndef TEST_PANEL_HAND_H
#define TEST_PANEL_HAND_H

#include <linux/input.h>
#include <stdbool.h>

#include "devices.h"

#define PANEL_FINGERS 10
#define PANEL_EVENTS_MAX 4096
#define PANEL_RATE_NOT_KNOWN_US 10000 /* what the hand takes then: its own choice, no fact */

enum panel_gesture {
	PANEL_TAP, PANEL_DRAG, PANEL_FLING, PANEL_TWO_FINGERS, PANEL_LONG_PRESS, PANEL_EDGE_SWIPE,
	PANEL_GESTURES
};

/* One finger: comes down, rests, goes evenly to its end, rests again, is lifted. */
struct panel_stroke {
	double x0, y0, x1, y1;
	int64_t rest_us, move_us, hold_us;
};

struct panel_hand {
	const struct touch_panel *panel;
	int64_t now_us;             /* of the next report; CLOCK_MONOTONIC when played into a device */
	struct input_event *events;
	size_t max, count;          /* count may pass max: then not all is there */
	struct {
		bool down;
		int32_t x, y;
	} fingers[PANEL_FINGERS];
	int32_t slot, last_id, x, y; /* as the device was last told */
	bool button;
};

/* How many strokes there are of it: 1 or 2. */
int panel_gesture_strokes(enum panel_gesture gesture, struct panel_stroke ret_strokes[2]);
const char *panel_gesture_name(enum panel_gesture gesture);
/* Both leave now_us one report after the last one. A panel of one finger gets the first stroke. */
void panel_hand_play(struct panel_hand *hand, enum panel_gesture gesture);
void panel_hand_stroke(struct panel_hand *hand, const struct panel_stroke *strokes, int count);
/* One report: fingers that are down and where; those not named are lifted. */
struct panel_finger { int number; double x, y; };
void panel_hand_report(struct panel_hand *hand, const struct panel_finger *fingers, int count);

/* The value of an axis for 0 to 1 of the panel, and back: plain scaling, to n places of a display. */
int32_t panel_axis_value(const struct touch_panel_axis *axis, double place);
double panel_axis_px(const struct touch_panel_axis *axis, int32_t value, double n_px);
int64_t panel_interval_us(const struct touch_panel *panel);

#endif
