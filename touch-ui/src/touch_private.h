/* Touches, for the files of this folder. */
#ifndef UI_TOUCH_PRIVATE_H
#define UI_TOUCH_PRIVATE_H

#include <os/object.h>
#include <ui/touch.h>

#define UI_FINGERS 10
#define UI_TOUCH_SAMPLES 48

struct md_touch;
struct ui_window;

/* What the view under the finger has heard of it:
 *
 *	waiting ─→ heard ─→ over         waiting: a scroller may still take the finger (120 ms)
 *	    └──────────────→ over        over: it was lifted, or a gesture has taken it
 */
enum touch_delivery { UI_DELIVERY_WAITING, UI_DELIVERY_HEARD, UI_DELIVERY_OVER };

struct ui_touch {
	int finger, tap_count;
	uint32_t serial; /* unique in the process */
	uint64_t flow;
	bool edge, is_over;
	enum ui_touch_phase phase;
	int64_t began_us, time_us;                 /* time_us: of the last sample */
	/* of the window; position: resampled to the tick */
	struct md_point position, previous, start;
	struct ui_touch_sample samples[UI_TOUCH_SAMPLES]; /* since it was last dispatched */
	int sample_count;
	/* the last two raw ones; before.time_us < 0: none yet */
	struct ui_touch_sample before, last;
	struct os_weak view, receiver;       /* under it when it began; the one that hears of it */
	enum touch_delivery delivery;
	int64_t deliver_at_us;
};

/* Where the last touch that was lifted began and ended, to count taps. */
struct ui_last_tap {
	int64_t ended_us;
	struct md_point start;
	int count;
};

/* touch.c */
struct ui_touch *ui_touch_create(const struct md_touch *sample);
struct ui_touch *ui_touch_destroy(struct ui_touch *touch);
void ui_touch_add_sample(struct ui_touch *touch, int64_t time_us, struct md_point position);
/* Where the finger is at a time: between two samples, or at most 8 ms beyond the last one. */
struct md_point ui_touch_resample(const struct ui_touch *touch, int64_t time_us);

/* touch_dispatch.c: the window's fingers. */
void ui_window_touches(struct ui_window *window, const struct md_touch *touches, size_t count);
/* The moves that have come since the last tick, one for each finger. tick_us: the tick's own
 * time. */
void ui_window_move_touches(struct ui_window *window, int64_t tick_us);
void ui_window_cancel_touches(struct ui_window *window);
void ui_window_touches_leave(struct ui_window *window, struct ui_view *view);
/* Deadlines of gestures and of delayed touches that are due. */
void ui_window_fire_deadlines(struct ui_window *window, int64_t now_us);
/* a gesture has taken it */
void ui_window_cancel_in_view(struct ui_window *window, struct ui_touch *touch);
int ui_window_touch_count(const struct ui_window *window);

#endif
