#include "hand.h"

#include <math.h>

void hand_begin(struct hand *hand, const struct device *device, double width, double height)
{
	*hand = (struct hand){.device = device, .now_us = 1000000};
	hand->next_tick_us = hand->now_us + HAND_FRAME_US;
	hand->window = ui_window_create(NULL);
	struct ui_appearance appearance = {.text_size = 3, .scale = 1};
	ui_window_configure(hand->window, (struct md_size){width, height}, (struct md_insets){0},
			    &appearance);
	hand->root = ui_window_view(hand->window);
}

void hand_end(struct hand *hand)
{
	hand->window = ui_window_destroy(hand->window);
}

static void send(struct hand *hand, int finger, enum md_touch_phase phase)
{
	double grain = hand->device->grain;
	struct md_touch touch = {.time_us = hand->now_us,
				 .finger = finger,
				 .phase = phase,
				 .position = {round(hand->at[finger].x / grain) * grain,
					      round(hand->at[finger].y / grain) * grain}};
	ui_window_touches(hand->window, &touch, 1);
}

/* Lets time pass, with the ticks and deadlines that lie on the way, in order. */
static void go_to(struct hand *hand, int64_t to_us)
{
	while (true) {
		int64_t deadline_us = ui_arena_deadline_us(&hand->window->arena);
		for (int i = 0; i < UI_FINGERS; i++) {
			struct ui_touch *touch = hand->window->touches[i];
			deadline_us =
			    touch != NULL ? OS_MIN(deadline_us, touch->deliver_at_us) : deadline_us;
		}
		int64_t next_us = OS_MIN(deadline_us, hand->next_tick_us);
		if (next_us > to_us) {
			break;
		}
		hand->now_us = OS_MAX(hand->now_us, next_us);
		if (deadline_us <= hand->next_tick_us) {
			ui_window_fire_deadlines(hand->window, hand->now_us);
			continue;
		}
		hand->window->now_us = hand->now_us + HAND_FRAME_US;
		ui_window_move_touches(hand->window, hand->now_us);
		hand->next_tick_us += HAND_FRAME_US;
	}
	hand->now_us = to_us;
}

void hand_down(struct hand *hand, int finger, double x, double y)
{
	hand->at[finger] = (struct md_point){x, y};
	hand->down[finger] = true;
	send(hand, finger, MD_TOUCH_DOWN);
}

void hand_move(struct hand *hand, int finger, double x, double y, int64_t ms)
{
	struct md_point from = hand->at[finger];
	int64_t began_us = hand->now_us, length_us = ms * 1000, at_us = 0;
	while (at_us < length_us) {
		int64_t late_us = hand->device->jitter_us * (hand->reports++ % 3) / 2;
		at_us = OS_MIN(at_us + hand->device->interval_us, length_us);
		double along = (double)at_us / (double)length_us;
		go_to(hand,
		      OS_MAX(began_us + at_us + (at_us < length_us ? late_us : 0), hand->now_us));
		hand->at[finger] =
		    (struct md_point){from.x + along * (x - from.x), from.y + along * (y - from.y)};
		send(hand, finger, MD_TOUCH_MOVE);
	}
}

void hand_up(struct hand *hand, int finger)
{
	hand->down[finger] = false;
	send(hand, finger, MD_TOUCH_UP);
}

void hand_cancel(struct hand *hand, int finger)
{
	hand->down[finger] = false;
	send(hand, finger, MD_TOUCH_CANCEL);
}

void hand_wait(struct hand *hand, int64_t ms)
{
	go_to(hand, hand->now_us + ms * 1000);
}

void hand_tap(struct hand *hand, double x, double y)
{
	hand_down(hand, 0, x, y);
	hand_wait(hand, 60);
	hand_up(hand, 0);
}

/* --- Ears --------------------------------------------------------------------------- */

static const struct ui_view_class s_ear_class;

static void ear_touches(struct ui_view *view, enum ui_touch_phase phase,
			struct ui_touch *const *touches, int count)
{
	static const char *const s_names[] = {"began ", "moved ", "ended ", "cancelled "};
	struct ear *self = ui_view_state(view, &s_ear_class);
	self->count[phase] += count;
	bool again = phase == UI_TOUCH_MOVED && self->count[phase] > 1;
	if (!again && strlen(self->heard) + 12 < sizeof(self->heard)) {
		strcat(self->heard, s_names[phase]);
	}
}

static const struct ui_view_class s_ear_class = {
    .base = {.struct_size = sizeof(s_ear_class),
	     .name = "ear",
	     .size = sizeof(struct ear),
	     .super = &ui_view_class.base},
    .touches = ear_touches,
};

struct ui_view *ear_create(struct md_rect frame)
{
	struct ui_view *view = ui_view_create_of_class(&s_ear_class);
	ui_view_set_frame(view, frame);
	return view;
}

struct ear *ear_of(const struct ui_view *view)
{
	return ui_view_state(view, &s_ear_class);
}

void watch_gesture(void *context, struct ui_gesture *gesture)
{
	struct watch *watch = context;
	enum ui_gesture_state state = ui_gesture_state(gesture);
	watch->began += state == UI_GESTURE_BEGAN;
	watch->changed += state == UI_GESTURE_CHANGED;
	watch->ended += state == UI_GESTURE_ENDED;
	watch->cancelled += state == UI_GESTURE_CANCELLED;
	if (strcmp(ui_gesture_name(gesture), "pan") == 0 ||
	    strcmp(ui_gesture_name(gesture), "edge-pan") == 0) {
		watch->last = ui_pan_translation(gesture);
		watch->velocity = ui_pan_velocity(gesture);
	}
}
