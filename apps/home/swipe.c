/* The finger from the bottom edge. The compositor has decided that the edge touch is the system's,
 * and gives it to home's scene: from its first sample on, the card in front follows it.
 *
 *	possible ──edge touch, an app in front──→ began ──→ changed … ──lift──→ home, or back
 */
#include <math.h>

#include <ui/gesture_class.h>

#include "home.h"

#define HOME_AT 0.20      /* of the height: released above it goes home */
#define FLICK 300.0       /* pt/s upward */
#define LEAST_SCALE 0.35
#define SHRINK 1.0        /* of the scale, for a whole height of way: the card's top stays on the screen */
#define CARD_CORNER 20.0

struct swipe {
	struct home *home;
	struct {
		int finger; /* -1: none */
		struct md_rect base;
		struct md_point start, last, velocity;
		int64_t last_us;
	} state;
};

static const struct ui_gesture_class s_swipe_class;

static struct swipe *swipe_of(const struct ui_gesture *gesture)
{
	return ui_gesture_own_state(gesture, &s_swipe_class);
}

static void swipe_reset(struct ui_gesture *gesture)
{
	swipe_of(gesture)->state.finger = -1;
}

static void follow(struct swipe *swipe, struct md_point at)
{
	struct home *home = swipe->home;
	struct md_rect base = swipe->state.base;
	double height = OS_MAX(ui_scene_size(home->scene).height, 1);
	double up = OS_MAX(swipe->state.start.y - at.y, 0);
	double scale = OS_MAX(1 - SHRINK * up / height, LEAST_SCALE);
	struct md_size size = {base.width * scale, base.height * scale};
	struct md_point center = {base.x + base.width / 2 + (at.x - swipe->state.start.x),
	                          base.y + base.height / 2 - up * (1 - SHRINK / 2)};
	struct card_place place = card_place(home->front->card);
	place.rect = (struct md_rect){center.x - size.width / 2, center.y - size.height / 2, size.width, size.height};
	place.corner = OS_MIN(CARD_CORNER, CARD_CORNER * up / (height * HOME_AT));
	card_set_place(home->front->card, place);
}

/* FEEL.md's fling velocity wants the last samples; a flick's direction needs only the last two. */
static void measure(struct swipe *swipe, const struct ui_touch *touch)
{
	struct md_point at = ui_touch_position(touch, NULL);
	int64_t now_us = ui_touch_time_us(touch);
	double dt_s = (double)(now_us - swipe->state.last_us) / 1e6;
	if (dt_s > 0) {
		swipe->state.velocity.x = (at.x - swipe->state.last.x) / dt_s;
		swipe->state.velocity.y = (at.y - swipe->state.last.y) / dt_s;
		swipe->state.last = at;
		swipe->state.last_us = now_us;
	}
}

static void begin(struct ui_gesture *gesture, const struct ui_touch *touch)
{
	struct swipe *swipe = swipe_of(gesture);
	struct home *home = swipe->home;
	if (swipe->state.finger >= 0) {
		return;
	}
	if (!ui_touch_from_edge(touch) || home->front == NULL) {
		ui_gesture_set_state(gesture, UI_GESTURE_FAILED, "not from the edge, or no app in front");
		return;
	}
	home->front->motion++; /* what it did before is over */
	card_stop(home->front->card);
	swipe->state.finger = ui_touch_finger(touch);
	swipe->state.base = card_place(home->front->card).rect;
	swipe->state.start = swipe->state.last = ui_touch_position(touch, NULL);
	swipe->state.last_us = ui_touch_time_us(touch);
	swipe->state.velocity = (struct md_point){0, 0};
	ui_gesture_set_state(gesture, UI_GESTURE_BEGAN, "edge");
}

static void release(struct swipe *swipe, bool cancelled)
{
	struct home *home = swipe->home;
	double height = ui_scene_size(home->scene).height;
	double up = swipe->state.start.y - swipe->state.last.y;
	bool flicked = swipe->state.velocity.y < -FLICK;
	bool dropped = swipe->state.velocity.y > FLICK;
	if (!cancelled && (flicked || (up > HOME_AT * height && !dropped))) {
		launch_go_home(home, swipe->state.velocity);
		return;
	}
	struct home_app *app = home->front;
	home->front = NULL;
	launch_show(home, app, true);
}

static void swipe_touches(struct ui_gesture *gesture, enum ui_touch_phase phase, struct ui_touch *const *touches,
                          int count)
{
	struct swipe *swipe = swipe_of(gesture);
	for (int i = 0; i < count; i++) {
		const struct ui_touch *touch = touches[i];
		if (phase == UI_TOUCH_BEGAN) {
			begin(gesture, touch);
		}
		if (ui_touch_finger(touch) != swipe->state.finger || swipe->home->front == NULL) {
			continue;
		}
		measure(swipe, touch);
		if (phase == UI_TOUCH_MOVED) {
			follow(swipe, ui_touch_position(touch, NULL));
			ui_gesture_set_state(gesture, UI_GESTURE_CHANGED, "moved");
		} else if (phase != UI_TOUCH_BEGAN) {
			swipe->state.finger = -1;
			release(swipe, phase == UI_TOUCH_CANCELLED);
			ui_gesture_set_state(gesture, UI_GESTURE_ENDED, "lifted");
		}
	}
}

static const struct ui_gesture_class s_swipe_class = {
	.base = {.struct_size = sizeof(s_swipe_class),
	         .name = "home-swipe",
	         .size = sizeof(struct swipe),
	         .super = &ui_gesture_class.base},
	.reset = swipe_reset,
	.touches = swipe_touches,
};

struct ui_gesture *swipe_create(struct home *home)
{
	struct ui_gesture *gesture = ui_gesture_create_of_class(&s_swipe_class, NULL, NULL);
	swipe_of(gesture)->home = home;
	swipe_of(gesture)->state.finger = -1;
	return gesture;
}
