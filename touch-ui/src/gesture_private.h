/* Gestures and their arena, for the files of this folder. */
#ifndef UI_GESTURE_PRIVATE_H
#define UI_GESTURE_PRIVATE_H

#include <os/array.h>
#include <ui/gesture_class.h>

#include "touch_private.h"

struct gesture {
	struct {
		ui_gesture_fn fn;
		void *context;
		struct os_weak object; /* whose state the context is, if has_object */
		bool has_object;
		const struct ui_gesture_delegate *delegate;
		void *delegate_context;
		bool disabled, keeps_touches, delays;
	} config;
	struct ui_view *view;     /* weak: it retains us */
	uint32_t order;           /* of being added: the last one goes first */
	struct os_array required; /* of struct requirement *: these must fail first */
	struct {
		enum ui_gesture_state state;
		/* it would like `wanted`; the arena has not said yes */
		bool asks;
		enum ui_gesture_state wanted;
		bool ends;                   /* it has ended while it was waiting to begin */
		const char *why;
		struct ui_touch *touches[UI_FINGERS];
		int touch_count;
		uint32_t serials[UI_FINGERS]; /* of all touches it has seen */
		int serial_count;
		int64_t deadline_us, time_us;
		struct md_point position; /* of the window */
	} now;
};

struct arena {
	/* of struct ui_gesture *, retained: they have fingers, or are undecided */
	struct os_array active;
	ui_gesture_watch_fn watch;
	void *watch_context;
};

static inline struct gesture *gesture_part(const struct ui_gesture *gesture)
{
	return os_object_state(gesture, &ui_gesture_class.base);
}

/* gesture.c */
void ui_gesture_set_view(struct ui_gesture *gesture, struct ui_view *view);
void ui_gesture_leave(struct ui_gesture *gesture); /* its view leaves the window: cancelled */
void ui_gesture_reset(struct ui_gesture *gesture);
/* Changes state, tells the watcher, and the handler where there is something to tell. */
void ui_gesture_enter(struct ui_gesture *gesture, enum ui_gesture_state state, const char *why);
bool ui_gesture_is_over(const struct gesture *part); /* ended, cancelled or failed */
bool ui_gesture_should_begin(struct ui_gesture *gesture);
bool ui_gesture_should_receive(struct ui_gesture *gesture, const struct ui_touch *touch);
bool ui_gesture_simultaneous(struct ui_gesture *gesture, struct ui_gesture *other);
bool ui_gesture_prevents(struct ui_gesture *gesture, struct ui_gesture *other);
bool ui_gesture_requires(const struct ui_gesture *gesture, const struct ui_gesture *other);
void ui_gesture_feed(struct ui_gesture *gesture, enum ui_touch_phase phase, struct ui_touch *touch);
void ui_gesture_fire(struct ui_gesture *gesture, int64_t now_us);
/* Calls the handler as if the fingers had done it (accessibility). */
bool ui_gesture_perform(struct ui_gesture *gesture);

/* gesture_arena.c */
void ui_arena_init(struct arena *arena);
void ui_arena_finish(struct arena *arena);
void ui_arena_attach(struct ui_window *window, struct ui_touch *touch);
void ui_arena_feed(struct ui_window *window, struct ui_touch *touch, enum ui_touch_phase phase);
void ui_arena_resolve(struct ui_window *window);
void ui_arena_clean(struct ui_window *window);
void ui_arena_forget(struct arena *arena, const struct ui_touch *touch);
bool ui_arena_delays(const struct arena *arena, const struct ui_touch *touch);
int64_t ui_arena_deadline_us(const struct arena *arena);
void ui_arena_fire_deadlines(struct ui_window *window, int64_t now_us);

/* tap.c, pan.c, edge_pan.c */
bool ui_gesture_is_tap(const struct ui_gesture *gesture);
bool ui_gesture_is_pan(const struct ui_gesture *gesture);
bool ui_gesture_is_edge_pan(const struct ui_gesture *gesture);
int ui_tap_count(const struct ui_gesture *gesture);

#endif
