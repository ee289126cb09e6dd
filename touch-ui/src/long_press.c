/* Long press: a finger that stays.
 *
 *	possible ─ 500 ms ─→ began ─ moved ─→ changed … ─ lifted ─→ ended
 *	   └ moved more than 10 pt, lifted, a second finger ─→ failed
 */
#include <math.h>

#include "gesture_private.h"

#define SLOP 10.0
#define HOLD_US 500000

struct long_press {
	struct ui_touch *touch; /* the one that presses */
};

static const struct ui_gesture_class s_long_press_class;

static struct long_press *long_press_of(const struct ui_gesture *gesture)
{
	return ui_gesture_own_state(gesture, &s_long_press_class);
}

static void long_press_reset(struct ui_gesture *gesture)
{
	long_press_of(gesture)->touch = NULL;
}

static void moved(struct ui_gesture *gesture, const struct ui_touch *touch)
{
	if (ui_gesture_state(gesture) != UI_GESTURE_POSSIBLE) {
		ui_gesture_set_state(gesture, UI_GESTURE_CHANGED, "moved");
		return;
	}
	for (int i = 0; i < touch->sample_count; i++) {
		struct md_point at = touch->samples[i].position;
		if (hypot(at.x - touch->start.x, at.y - touch->start.y) > SLOP) {
			ui_gesture_set_state(gesture, UI_GESTURE_FAILED, "moved more than 10 pt");
			return;
		}
	}
}

static void long_press_touches(struct ui_gesture *gesture, enum ui_touch_phase phase,
			       struct ui_touch *const *touches, int count)
{
	struct long_press *self = long_press_of(gesture);
	struct ui_touch *touch = touches[0];
	bool waits = ui_gesture_state(gesture) == UI_GESTURE_POSSIBLE;
	if (phase == UI_TOUCH_BEGAN && self->touch == NULL) {
		self->touch = touch;
		ui_gesture_set_deadline(gesture, touch->began_us + HOLD_US);
	} else if (phase == UI_TOUCH_BEGAN && waits) {
		ui_gesture_set_state(gesture, UI_GESTURE_FAILED, "a second finger");
	} else if (touch != self->touch) {
		return;
	} else if (phase == UI_TOUCH_MOVED) {
		moved(gesture, touch);
	} else if (phase == UI_TOUCH_ENDED && !waits) {
		ui_gesture_set_state(gesture, UI_GESTURE_ENDED, "lifted");
	} else if (phase == UI_TOUCH_ENDED) {
		ui_gesture_set_state(gesture, UI_GESTURE_FAILED, "lifted before 500 ms");
	} else if (phase == UI_TOUCH_CANCELLED) {
		ui_gesture_set_state(gesture, UI_GESTURE_CANCELLED, "the touch was cancelled");
	}
}

static void long_press_deadline(struct ui_gesture *gesture, int64_t now_us)
{
	ui_gesture_set_state(gesture, UI_GESTURE_BEGAN, "held for 500 ms");
}

static const struct ui_gesture_class s_long_press_class = {
    .base = {.struct_size = sizeof(s_long_press_class),
	     .name = "long-press",
	     .size = sizeof(struct long_press),
	     .super = &ui_gesture_class.base},
    .reset = long_press_reset,
    .touches = long_press_touches,
    .deadline = long_press_deadline,
};

struct ui_gesture *ui_long_press_create(ui_gesture_fn fn, void *context)
{
	return ui_gesture_create_of_class(&s_long_press_class, fn, context);
}
