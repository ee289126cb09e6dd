/* The window's fingers: from the compositor's samples to gestures and views.
 *
 * Downs and ups are handled at once, moves with the tick, resampled to it. Gestures hear of a
 * finger before the view under it does; the arena then decides, and only what no gesture has taken
 * goes to the view. */
#include <md/scene.h>
#include <os/trace.h>
#include <string.h>

#include "window_private.h"
#include "work.h"

#define DELAY_US 120000 /* a control's highlight in a scroller (FEEL.md) */
#define TAP_AGAIN_US 350000
#define TAP_AGAIN_DISTANCE 40.0

/* --- To the view -------------------------------------------------------------------- */

static void send(struct ui_window *window, struct ui_touch *touch, enum ui_touch_phase phase)
{
	struct ui_view *view = os_weak_get(&touch->receiver);
	if (view == NULL) {
		return;
	}
	int64_t began_us = OS_TRACE_BEGIN();
	os_retain(view);
	ui_view_call_touches(view, phase, touch);
	os_release(view);
	UI_WORK_HOP(window->scene, "view", began_us, touch->finger);
}

static void begin_in_view(struct ui_window *window, struct ui_touch *touch)
{
	touch->delivery = UI_DELIVERY_HEARD;
	touch->deliver_at_us = OS_NEVER;
	send(window, touch, UI_TOUCH_BEGAN);
}

void ui_window_cancel_in_view(struct ui_window *window, struct ui_touch *touch)
{
	bool heard = touch->delivery == UI_DELIVERY_HEARD;
	touch->delivery = UI_DELIVERY_OVER;
	touch->deliver_at_us = OS_NEVER;
	if (heard) {
		send(window, touch, UI_TOUCH_CANCELLED);
	}
}

static void deliver(struct ui_window *window, struct ui_touch *touch, enum ui_touch_phase phase)
{
	if (phase == UI_TOUCH_CANCELLED) {
		ui_window_cancel_in_view(window, touch);
		return;
	}
	bool is_end = phase == UI_TOUCH_ENDED;
	if (touch->delivery == UI_DELIVERY_WAITING &&
	    (is_end || !ui_arena_delays(&window->arena, touch))) {
		begin_in_view(window, touch);
		if (phase == UI_TOUCH_BEGAN) {
			return;
		}
	}
	if (touch->delivery == UI_DELIVERY_HEARD) {
		touch->delivery = is_end ? UI_DELIVERY_OVER : UI_DELIVERY_HEARD;
		send(window, touch, phase);
	}
}

/* Fingers that a scroller was waiting for, and has let go. */
static void deliver_late(struct ui_window *window)
{
	for (int i = 0; i < UI_FINGERS; i++) {
		struct ui_touch *touch = window->touches[i];
		if (touch != NULL && touch->delivery == UI_DELIVERY_WAITING &&
		    (touch->deliver_at_us <= window->now_us ||
		     !ui_arena_delays(&window->arena, touch))) {
			begin_in_view(window, touch);
		}
	}
}

/* --- Deadlines ---------------------------------------------------------------------- */

static void arm_timer(struct ui_window *window)
{
	int64_t at_us = ui_arena_deadline_us(&window->arena);
	for (int i = 0; i < UI_FINGERS; i++) {
		if (window->touches[i] != NULL) {
			at_us = OS_MIN(at_us, window->touches[i]->deliver_at_us);
		}
	}
	if (window->timer == NULL || os_timer_deadline_us(window->timer) == at_us) {
		return;
	}
	if (at_us == OS_NEVER) {
		os_timer_cancel(window->timer);
	} else {
		os_timer_set(window->timer, at_us);
	}
}

/* After anything has happened: who recognises, who hears, who is done. */
static void settle(struct ui_window *window)
{
	if (window->settling) {
		return; /* by a handler: the one who called it goes on */
	}
	window->settling = true;
	ui_arena_resolve(window);
	deliver_late(window);
	ui_arena_clean(window);
	window->settling = false;
	arm_timer(window);
}

void ui_window_fire_deadlines(struct ui_window *window, int64_t now_us)
{
	window->now_us = OS_MAX(window->now_us, now_us);
	ui_arena_fire_deadlines(window, now_us);
	settle(window);
}

/* --- From the compositor ------------------------------------------------------------ */

static void find_view(struct ui_window *window, struct ui_touch *touch)
{
	int64_t began_us = OS_TRACE_BEGIN();
	struct ui_view *view = ui_view_hit_test(window->root, touch->start);
	OS_TRACE_END("touch-ui", "hit test", began_us, view != NULL ? ui_view_number(view) : 0);
	os_weak_set(&touch->view, view);
	while (view != NULL && !ui_view_has_touches(view)) {
		view = ui_view_parent(view);
	}
	os_weak_set(&touch->receiver, view);
}

static double distance_squared(struct md_point a, struct md_point b)
{
	return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}

static void count_taps(struct ui_window *window, struct ui_touch *touch)
{
	const struct ui_last_tap *last = &window->last_tap;
	bool again =
	    last->count > 0 && touch->began_us - last->ended_us <= TAP_AGAIN_US &&
	    distance_squared(touch->start, last->start) <= TAP_AGAIN_DISTANCE * TAP_AGAIN_DISTANCE;
	touch->tap_count = again ? last->count + 1 : 1;
}

static void dispatch(struct ui_window *window, struct ui_touch *touch, enum ui_touch_phase phase)
{
	uint64_t flow = os_flow_set_current(touch->flow);
	int64_t began_us = OS_TRACE_BEGIN();
	touch->phase = phase;
	touch->is_over = phase == UI_TOUCH_ENDED || phase == UI_TOUCH_CANCELLED;
	window->settling = true;
	ui_arena_feed(window, touch, phase);
	ui_arena_resolve(window);
	deliver(window, touch, phase);
	window->settling = false;
	settle(window);
	touch->previous = touch->position;
	touch->sample_count = 0;
	OS_TRACE_END("touch-ui", "window", began_us, phase);
	os_flow_set_current(flow);
}

static void down(struct ui_window *window, const struct md_touch *sample)
{
	struct ui_touch *touch = ui_touch_create(sample);
	window->touches[sample->finger] = touch;
	count_taps(window, touch);
	find_view(window, touch);
	ui_arena_attach(window, touch);
	touch->deliver_at_us = touch->began_us + DELAY_US;
	dispatch(window, touch, UI_TOUCH_BEGAN);
}

static void finish(struct ui_window *window, struct ui_touch *touch, enum ui_touch_phase phase)
{
	if (phase == UI_TOUCH_ENDED) {
		window->last_tap =
		    (struct ui_last_tap){touch->time_us, touch->start, touch->tap_count};
	} else {
		window->last_tap.count = 0;
	}
	window->touches[touch->finger] = NULL;
	ui_arena_forget(&window->arena, touch);
	ui_touch_destroy(touch);
	settle(window);
}

static void up(struct ui_window *window, struct ui_touch *touch, const struct md_touch *sample)
{
	bool ended = sample->phase == MD_TOUCH_UP;
	/* A flick may be over before a tick has come: gestures see its way before they see its
	 * end. */
	if (ended && touch->sample_count > 0 &&
	    distance_squared(touch->last.position, touch->position) > 0) {
		touch->position = touch->last.position;
		dispatch(window, touch, UI_TOUCH_MOVED);
	}
	if (ended && distance_squared(touch->last.position, sample->position) > 0) {
		ui_touch_add_sample(touch, sample->time_us, sample->position);
		touch->position = sample->position;
	}
	touch->time_us = sample->time_us;
	enum ui_touch_phase phase = ended ? UI_TOUCH_ENDED : UI_TOUCH_CANCELLED;
	dispatch(window, touch, phase);
	finish(window, touch, phase);
}

static void take(struct ui_window *window, const struct md_touch *sample)
{
	if (sample->finger < 0 || sample->finger >= UI_FINGERS) {
		return;
	}
	struct ui_touch *touch = window->touches[sample->finger];
	ui_window_fire_deadlines(window, sample->time_us);
	if (sample->phase == MD_TOUCH_DOWN) {
		if (touch != NULL) { /* its up was lost on the way */
			touch->time_us = sample->time_us;
			dispatch(window, touch, UI_TOUCH_CANCELLED);
			finish(window, touch, UI_TOUCH_CANCELLED);
		}
		down(window, sample);
		return;
	}
	if (touch == NULL) {
		return;
	}
	if (sample->phase == MD_TOUCH_MOVE) {
		ui_touch_add_sample(touch, sample->time_us, sample->position);
	} else {
		up(window, touch, sample);
	}
}

void ui_window_touches(struct ui_window *window, const struct md_touch *touches, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		take(window, &touches[i]);
	}
}

void ui_window_move_touches(struct ui_window *window, int64_t tick_us)
{
	for (int i = 0; i < UI_FINGERS; i++) {
		struct ui_touch *touch = window->touches[i];
		if (touch == NULL) {
			continue;
		}
		struct md_point position = ui_touch_resample(touch, tick_us);
		if (distance_squared(position, touch->position) > 0) {
			touch->position = position;
			dispatch(window, touch, UI_TOUCH_MOVED);
		}
	}
}

void ui_window_cancel_touches(struct ui_window *window)
{
	for (int i = 0; i < UI_FINGERS; i++) {
		struct ui_touch *touch = window->touches[i];
		if (touch != NULL) {
			dispatch(window, touch, UI_TOUCH_CANCELLED);
			finish(window, touch, UI_TOUCH_CANCELLED);
		}
	}
}

void ui_window_touches_leave(struct ui_window *window, struct ui_view *view)
{
	for (int i = 0; i < UI_FINGERS; i++) {
		struct ui_touch *touch = window->touches[i];
		if (touch == NULL) {
			continue;
		}
		if (os_weak_get(&touch->receiver) == view) {
			ui_window_cancel_in_view(window, touch);
			os_weak_set(&touch->receiver, NULL);
		}
		if (os_weak_get(&touch->view) == view) {
			os_weak_set(&touch->view, NULL);
		}
	}
}

int ui_window_touch_count(const struct ui_window *window)
{
	int count = 0;
	for (int i = 0; i < UI_FINGERS; i++) {
		count += window->touches[i] != NULL ? 1 : 0;
	}
	return count;
}
