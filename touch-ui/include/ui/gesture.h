/* Gesture: a recogniser watches the fingers on its view and below, and says when they make a tap, a
 * pan … (UIGestureRecognizer).
 *
 *	struct ui_gesture *tap = ui_tap_create(1, open_it, self);
 *	ui_view_add_gesture(row, tap);                       takes the reference
 *
 * Recognisers run side by side; the first to recognise prevents the others on its fingers, unless
 * told otherwise. The arena (gesture_arena.c) is only the arbiter, in this order: system edge,
 * failure requirements, deepest view, last added. All reset when the last finger lifts.
 *
 *	possible ─→ failed                           discrete:   possible ─→ recognised (= ended)
 *	        └─→ began ─→ changed … ─→ ended      continuous: as drawn
 *	                └──────────────→ cancelled
 */
#ifndef UI_GESTURE_H
#define UI_GESTURE_H

#include <ui/touch.h>
#include <ui/view.h>

enum ui_gesture_state {
	UI_GESTURE_POSSIBLE, UI_GESTURE_BEGAN, UI_GESTURE_CHANGED, UI_GESTURE_ENDED,
	UI_GESTURE_CANCELLED, UI_GESTURE_FAILED,
	UI_GESTURE_RECOGNISED = UI_GESTURE_ENDED
};

typedef void (*ui_gesture_fn)(void *context, struct ui_gesture *gesture);

struct ui_gesture_delegate {
	uint32_t struct_size;
	bool (*should_begin)(void *context, struct ui_gesture *gesture);
	bool (*should_receive)(void *context, struct ui_gesture *gesture, const struct ui_touch *touch);
	bool (*simultaneous)(void *context, struct ui_gesture *gesture, struct ui_gesture *other);
};

UI_PUBLIC struct ui_gesture *ui_gesture_retain(struct ui_gesture *gesture);
UI_PUBLIC struct ui_gesture *ui_gesture_release(struct ui_gesture *gesture);
UI_PUBLIC enum ui_gesture_state ui_gesture_state(const struct ui_gesture *gesture);
UI_PUBLIC struct ui_view *ui_gesture_view(const struct ui_gesture *gesture);
UI_PUBLIC const char *ui_gesture_name(const struct ui_gesture *gesture); /* its class's */
UI_PUBLIC struct md_point ui_gesture_position(const struct ui_gesture *gesture, const struct ui_view *view);
UI_PUBLIC int64_t ui_gesture_time_us(const struct ui_gesture *gesture);
UI_PUBLIC void ui_gesture_set_enabled(struct ui_gesture *gesture, bool enabled); /* false cancels it */
UI_PUBLIC void ui_gesture_set_delegate(struct ui_gesture *gesture, const struct ui_gesture_delegate *delegate,
                                       void *context);
/* The context belongs to this object (a view, a controller …), which is held weakly: once it has gone
 * the functions are not called any more, and while they are it is retained. */
UI_PUBLIC void ui_gesture_set_object(struct ui_gesture *gesture, void *object);
/* Waits until `other` has failed. Circles are refused with -ELOOP. */
UI_PUBLIC int ui_gesture_require_failure(struct ui_gesture *gesture, struct ui_gesture *other);
/* Default true: its recognition cancels the touches in the views. */
UI_PUBLIC void ui_gesture_set_cancels_touches(struct ui_gesture *gesture, bool cancels);
/* Default false: views hear of a touch only once the gesture has failed (scrollers: after 120 ms). */
UI_PUBLIC void ui_gesture_set_delays_touches(struct ui_gesture *gesture, bool delays);

/* Every change of state, for tests and the inspector. */
typedef void (*ui_gesture_watch_fn)(void *context, struct ui_gesture *gesture, enum ui_gesture_state from,
                                    enum ui_gesture_state to, const char *why);
UI_PUBLIC void ui_window_watch_gestures(struct ui_window *window, ui_gesture_watch_fn fn, void *context);

/* --- The recognisers --------------------------------------------------------------------------------- */

UI_PUBLIC struct ui_gesture *ui_tap_create(int taps, ui_gesture_fn fn, void *context);
UI_PUBLIC struct ui_gesture *ui_long_press_create(ui_gesture_fn fn, void *context); /* 500 ms, 10 pt */
UI_PUBLIC struct ui_gesture *ui_pan_create(ui_gesture_fn fn, void *context);
enum ui_pan_axis { UI_PAN_BOTH, UI_PAN_HORIZONTAL, UI_PAN_VERTICAL };
UI_PUBLIC void ui_pan_set_axis(struct ui_gesture *pan, enum ui_pan_axis axis);
/* Since the drag began (the first 10 pt are swallowed), and its velocity in points a second. */
UI_PUBLIC struct md_point ui_pan_translation(const struct ui_gesture *pan);
UI_PUBLIC struct md_point ui_pan_velocity(const struct ui_gesture *pan);
/* The axis it is locked to: one that was twice the other when the drag began, else both. */
UI_PUBLIC enum ui_pan_axis ui_pan_lock(const struct ui_gesture *pan);
/* A pan that begins within 20 pt of the left (right in right-to-left) edge: the interactive pop. */
UI_PUBLIC struct ui_gesture *ui_edge_pan_create(ui_gesture_fn fn, void *context);

#endif
