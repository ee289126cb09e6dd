#include "scroll_stop.h"

#include <ui/gesture_class.h>

struct scroll_stop {
	struct {
		bool (*can_stop)(void *view);
		void (*did_stop)(void *view, bool down, int64_t now_us);
		struct ui_gesture *pan; /* weak: lives as long as the view */
		struct ui_view *view;   /* weak: owns us */
	} config;
	struct {
		int fingers;
	} state;
};

static const struct ui_gesture_class s_scroll_stop_class;

static struct scroll_stop *stop_of(const struct ui_gesture *gesture)
{
	return ui_gesture_own_state(gesture, &s_scroll_stop_class);
}

static void stop_reset(struct ui_gesture *gesture)
{
	stop_of(gesture)->state.fingers = 0;
}

static void finger_down(struct ui_gesture *gesture, const struct ui_touch *touch)
{
	struct scroll_stop *stop = stop_of(gesture);
	stop->state.fingers++;
	if (stop->state.fingers > 1 || ui_gesture_state(gesture) != UI_GESTURE_POSSIBLE) {
		return;
	}
	if (!stop->config.can_stop(stop->config.view)) {
		ui_gesture_set_state(gesture, UI_GESTURE_FAILED, "nothing moves");
		return;
	}
	stop->config.did_stop(stop->config.view, true, ui_touch_time_us(touch));
	ui_gesture_set_state(gesture, UI_GESTURE_BEGAN, "caught what moved");
}

static void stop_touches(struct ui_gesture *gesture, enum ui_touch_phase phase, struct ui_touch *const *touches,
                         int count)
{
	struct scroll_stop *stop = stop_of(gesture);
	for (int i = 0; i < count; i++) {
		if (phase == UI_TOUCH_BEGAN) {
			finger_down(gesture, touches[i]);
		} else if (phase != UI_TOUCH_MOVED && --stop->state.fingers <= 0) {
			if (ui_gesture_state(gesture) != UI_GESTURE_FAILED) {
				stop->config.did_stop(stop->config.view, false, ui_touch_time_us(touches[i]));
				ui_gesture_set_state(gesture, UI_GESTURE_ENDED, "lifted");
			}
		}
	}
}

static bool stop_prevents(struct ui_gesture *gesture, struct ui_gesture *other)
{
	return other != stop_of(gesture)->config.pan;
}

static bool stop_prevented_by(struct ui_gesture *gesture, struct ui_gesture *other)
{
	return false;
}

static const struct ui_gesture_class s_scroll_stop_class = {
	.base = {.struct_size = sizeof(s_scroll_stop_class),
	         .name = "scroll-stop",
	         .size = sizeof(struct scroll_stop),
	         .super = &ui_gesture_class.base},
	.reset = stop_reset,
	.touches = stop_touches,
	.prevents = stop_prevents,
	.prevented_by = stop_prevented_by,
};

struct ui_gesture *scroll_stop_create(bool (*can_stop)(void *view),
                                      void (*did_stop)(void *view, bool down, int64_t now_us),
                                      struct ui_gesture *pan, struct ui_view *view)
{
	struct ui_gesture *gesture = ui_gesture_create_of_class(&s_scroll_stop_class, NULL, NULL);
	struct scroll_stop *stop = stop_of(gesture);
	stop->config.can_stop = can_stop;
	stop->config.did_stop = did_stop;
	stop->config.pan = pan;
	stop->config.view = view;
	return gesture;
}
