/* Pan: a finger that drags.
 *
 *  *	possible ─ 10 pt along its axis ─→ began ─ moved ─→ changed … ─ lifted ─→ ended
 *  *	   └ lifted, or the drag goes across its axis ─→ failed
 *
 * The first 10 pt are swallowed: translation begins where the finger is then. After a rest of 50
 * ms in mid-drag another 3.5 pt are, so that a finger lying still does not tremble (FEEL.md). */
#include "pan.h"

#include <math.h>
#include <string.h>

#include "gesture_velocity.h"

#define REST_US 50000
#define REST_SLACK 3.5
#define LOCK 2.0 /* one axis this many times the other: locked to it */

struct pan {
	struct {
		enum ui_pan_axis axis;
		pan_decide_fn decide;
	} config;
	struct {
		struct ui_touch *touch; /* the one that drags; others only take its place */
		bool began, rests;
		enum ui_pan_axis lock;
		struct md_point start;               /* of the window: where translation is 0 */
		struct md_point rest;                /* where it rests, if it does */
		struct md_point translation, before; /* before: by fingers that have left */
		struct md_point speed;
		int64_t moved_us; /* when the finger last moved */
		struct ui_velocity velocity;
	} now;
};

static struct pan *pan_of(const struct ui_gesture *gesture)
{
	return ui_gesture_own_state(gesture, &ui_pan_class);
}

static void pan_reset(struct ui_gesture *gesture)
{
	struct pan *self = pan_of(gesture);
	memset(&self->now, 0, sizeof(self->now));
}

static struct md_point minus(struct md_point a, struct md_point b)
{
	return (struct md_point){a.x - b.x, a.y - b.y};
}

/* Locked to an axis when it is twice the other, to neither in between. */
static enum ui_pan_axis lock_for(struct md_point moved)
{
	double x = fabs(moved.x), y = fabs(moved.y);
	if (x >= LOCK * y) {
		return UI_PAN_HORIZONTAL;
	}
	return y >= LOCK * x ? UI_PAN_VERTICAL : UI_PAN_BOTH;
}

static enum pan_verdict decide(const struct ui_gesture *gesture, const struct ui_touch *touch,
			       struct md_point moved)
{
	const struct pan *self = pan_of(gesture);
	double along = hypot(moved.x, moved.y);
	if (along < UI_PAN_SLOP) {
		return PAN_WAIT;
	}
	enum ui_pan_axis axis = self->config.axis;
	if (axis == UI_PAN_BOTH) {
		return PAN_BEGIN;
	}
	enum ui_pan_axis lock = lock_for(moved);
	if (lock != axis && lock != UI_PAN_BOTH) {
		return PAN_FAIL;
	}
	return fabs(axis == UI_PAN_VERTICAL ? moved.y : moved.x) >= UI_PAN_SLOP ? PAN_BEGIN
										: PAN_WAIT;
}

static void begin(struct ui_gesture *gesture, struct pan *self, struct md_point moved)
{
	self->now.began = true;
	self->now.lock = lock_for(moved);
	self->now.start = self->now.touch->position;
	self->now.moved_us = ui_touch_time_us(self->now.touch);
	self->now.rests = false;
	ui_gesture_set_state(gesture, UI_GESTURE_BEGAN, "dragged 10 pt");
}

/* True while the finger has not left the slack around where it came to rest. */
static bool is_resting(struct pan *self, const struct ui_touch *touch)
{
	struct md_point at = touch->position;
	int64_t rest_us = OS_MAX(REST_US, ui_velocity_rest_us(&self->now.velocity));
	if (!self->now.rests && ui_touch_time_us(touch) - self->now.moved_us > rest_us) {
		self->now.rests = true;
		self->now.rest = touch->previous;
	}
	self->now.moved_us = ui_touch_time_us(touch);
	if (!self->now.rests) {
		return false;
	}
	struct md_point away = minus(at, self->now.rest);
	double distance = hypot(away.x, away.y);
	if (distance < REST_SLACK) {
		return true;
	}
	self->now.rests = false;
	self->now.start.x += away.x / distance * REST_SLACK;
	self->now.start.y += away.y / distance * REST_SLACK;
	return false;
}

static void follow(struct pan *self, const struct ui_touch *touch)
{
	if (!is_resting(self, touch)) {
		struct md_point moved = minus(touch->position, self->now.start);
		self->now.translation.x = self->now.before.x + moved.x;
		self->now.translation.y = self->now.before.y + moved.y;
	}
}

static void moved(struct ui_gesture *gesture, struct pan *self, struct ui_touch *touch)
{
	ui_velocity_add_touch(&self->now.velocity, touch);
	self->now.speed = ui_velocity_at(&self->now.velocity, ui_touch_time_us(touch));
	if (self->now.began) {
		follow(self, touch);
		ui_gesture_set_state(gesture, UI_GESTURE_CHANGED, "moved");
		return;
	}
	struct md_point way = minus(touch->position, touch->start);
	enum pan_verdict verdict = self->config.decide(gesture, touch, way);
	if (verdict == PAN_BEGIN) {
		begin(gesture, self, way);
	} else if (verdict == PAN_FAIL) {
		ui_gesture_set_state(gesture, UI_GESTURE_FAILED, "dragged across its axis");
	}
}

/* Another finger that is still down takes the drag over, without a jump. */
static bool hand_over(struct ui_gesture *gesture, struct pan *self, const struct ui_touch *gone)
{
	const struct gesture *part = gesture_part(gesture);
	for (int i = 0; i < part->now.touch_count; i++) {
		struct ui_touch *touch = part->now.touches[i];
		if (touch != gone && !touch->is_over) {
			self->now.touch = touch;
			self->now.before = self->now.translation;
			self->now.start = touch->position;
			self->now.rests = false;
			self->now.moved_us = ui_touch_time_us(touch);
			ui_velocity_reset(&self->now.velocity);
			return true;
		}
	}
	return false;
}

static void ended(struct ui_gesture *gesture, struct pan *self, struct ui_touch *touch)
{
	if (self->now.began) {
		if (touch->position.x != touch->previous.x ||
		    touch->position.y != touch->previous.y) {
			follow(self, touch);
		}
		ui_velocity_add_touch(&self->now.velocity, touch);
		self->now.speed = ui_velocity_at(&self->now.velocity, ui_touch_time_us(touch));
	}
	if (!hand_over(gesture, self, touch)) {
		ui_gesture_set_state(gesture,
				     self->now.began ? UI_GESTURE_ENDED : UI_GESTURE_FAILED,
				     self->now.began ? "lifted" : "lifted before it moved 10 pt");
	}
}

static void pan_touches(struct ui_gesture *gesture, enum ui_touch_phase phase,
			struct ui_touch *const *touches, int count)
{
	struct pan *self = pan_of(gesture);
	struct ui_touch *touch = touches[0];
	if (phase == UI_TOUCH_BEGAN && self->now.touch == NULL) {
		self->now.touch = touch;
		ui_velocity_add_touch(&self->now.velocity, touch);
	}
	if (touch != self->now.touch) {
		return;
	}
	if (phase == UI_TOUCH_MOVED) {
		moved(gesture, self, touch);
	} else if (phase == UI_TOUCH_ENDED) {
		ended(gesture, self, touch);
	} else if (phase == UI_TOUCH_CANCELLED) {
		ui_gesture_set_state(gesture, UI_GESTURE_CANCELLED, "the touch was cancelled");
	}
}

static void pan_init(struct os_object *object)
{
	pan_of((struct ui_gesture *)object)->config.decide = decide;
}

const struct ui_gesture_class ui_pan_class = {
    .base = {.struct_size = sizeof(ui_pan_class),
	     .name = "pan",
	     .size = sizeof(struct pan),
	     .super = &ui_gesture_class.base,
	     .init = pan_init},
    .reset = pan_reset,
    .touches = pan_touches,
};

struct ui_gesture *ui_pan_create(ui_gesture_fn fn, void *context)
{
	return ui_gesture_create_of_class(&ui_pan_class, fn, context);
}

bool ui_gesture_is_pan(const struct ui_gesture *gesture)
{
	return os_object_is(gesture, &ui_pan_class.base);
}

void ui_pan_set_decide(struct ui_gesture *pan, pan_decide_fn fn)
{
	pan_of(pan)->config.decide = fn;
}

void ui_pan_set_axis(struct ui_gesture *pan, enum ui_pan_axis axis)
{
	pan_of(pan)->config.axis = axis;
}

struct md_point ui_pan_translation(const struct ui_gesture *pan)
{
	return pan_of(pan)->now.translation;
}

struct md_point ui_pan_velocity(const struct ui_gesture *pan)
{
	return pan_of(pan)->now.speed;
}

enum ui_pan_axis ui_pan_lock(const struct ui_gesture *pan)
{
	return pan_of(pan)->now.lock;
}
