/* Tap: one finger, so many times, at one place.
 *
 *	possible ─ lifted the n-th time ─→ recognised
 *	   ├ moved more than 10 pt, a second finger, the next tap too late or too far ─→ failed
 */
#include <math.h>
#include <string.h>

#include "gesture_private.h"

#define SLOP 10.0
#define AGAIN_US 350000
#define AGAIN_DISTANCE 40.0

struct tap {
	struct {
		int taps;
	} config;
	struct {
		int done;              /* taps so far */
		struct md_point first; /* where the first one began */
		struct ui_touch *touch;
	} now;
};

static const struct ui_gesture_class s_tap_class;

static struct tap *tap_of(const struct ui_gesture *gesture)
{
	return ui_gesture_own_state(gesture, &s_tap_class);
}

static double distance(struct md_point a, struct md_point b)
{
	return hypot(a.x - b.x, a.y - b.y);
}

static void tap_reset(struct ui_gesture *gesture)
{
	struct tap *self = tap_of(gesture);
	memset(&self->now, 0, sizeof(self->now));
}

static void began(struct ui_gesture *gesture, struct tap *self, struct ui_touch *touch)
{
	if (self->now.touch != NULL) {
		ui_gesture_set_state(gesture, UI_GESTURE_FAILED, "a second finger");
		return;
	}
	self->now.touch = touch;
	if (self->now.done == 0) {
		self->now.first = touch->start;
	} else if (distance(touch->start, self->now.first) > AGAIN_DISTANCE) {
		ui_gesture_set_state(gesture, UI_GESTURE_FAILED, "the next tap was elsewhere");
	}
	ui_gesture_set_deadline(gesture, OS_NEVER);
}

static void moved(struct ui_gesture *gesture, const struct ui_touch *touch)
{
	for (int i = 0; i < touch->sample_count; i++) {
		if (distance(touch->samples[i].position, touch->start) > SLOP) {
			ui_gesture_set_state(gesture, UI_GESTURE_FAILED, "moved more than 10 pt");
			return;
		}
	}
}

static void ended(struct ui_gesture *gesture, struct tap *self, const struct ui_touch *touch)
{
	moved(gesture, touch);
	self->now.touch = NULL;
	self->now.done++;
	if (self->now.done == self->config.taps) {
		ui_gesture_set_state(gesture, UI_GESTURE_RECOGNISED, "tapped");
	} else {
		ui_gesture_set_deadline(gesture, ui_touch_time_us(touch) + AGAIN_US);
	}
}

static void tap_touches(struct ui_gesture *gesture, enum ui_touch_phase phase,
			struct ui_touch *const *touches, int count)
{
	struct tap *self = tap_of(gesture);
	if (phase == UI_TOUCH_BEGAN) {
		began(gesture, self, touches[0]);
	} else if (phase == UI_TOUCH_MOVED) {
		moved(gesture, touches[0]);
	} else if (phase == UI_TOUCH_ENDED) {
		ended(gesture, self, touches[0]);
	} else {
		ui_gesture_set_state(gesture, UI_GESTURE_FAILED, "the touch was cancelled");
	}
}

static void tap_deadline(struct ui_gesture *gesture, int64_t now_us)
{
	ui_gesture_set_state(gesture, UI_GESTURE_FAILED, "no other tap within 350 ms");
}

/* A tap leaves the chance to those who wait for more of them: both fire, unless told otherwise. */
static bool tap_prevents(struct ui_gesture *gesture, struct ui_gesture *other)
{
	return !ui_gesture_is_tap(other) || ui_tap_count(other) <= ui_tap_count(gesture);
}

static const struct ui_gesture_class s_tap_class = {
    .base = {.struct_size = sizeof(s_tap_class),
	     .name = "tap",
	     .size = sizeof(struct tap),
	     .super = &ui_gesture_class.base},
    .reset = tap_reset,
    .touches = tap_touches,
    .deadline = tap_deadline,
    .prevents = tap_prevents,
};

struct ui_gesture *ui_tap_create(int taps, ui_gesture_fn fn, void *context)
{
	struct ui_gesture *gesture = ui_gesture_create_of_class(&s_tap_class, fn, context);
	tap_of(gesture)->config.taps = taps;
	return gesture;
}

bool ui_gesture_is_tap(const struct ui_gesture *gesture)
{
	return os_object_is(gesture, &s_tap_class.base);
}

int ui_tap_count(const struct ui_gesture *gesture)
{
	return tap_of(gesture)->config.taps;
}
