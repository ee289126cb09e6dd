/* Gesture arena: who of those that recognise may.
 *
 * Recognisers are fed a sample one after the other and only ask. When all have seen it the arena
 * says yes to one after the other, best first: an edge pan before others, then the deepest view,
 * then the one that was added last; and none that waits for another to fail. Who is told yes
 * prevents all that share a finger with it, unless somebody has said that both may go on.
 *
 * A recogniser is active from its first finger until it is over, has no finger left, and nobody
 * can be waiting for it: then it is reset. */
#include "gesture_private.h"

#include <os/memory.h>
#include <os/trace.h>

#include "window_private.h"

void ui_arena_init(struct arena *arena)
{
	os_array_init(&arena->active, sizeof(struct ui_gesture *));
}

void ui_arena_finish(struct arena *arena)
{
	for (size_t i = 0; i < arena->active.count; i++) {
		struct ui_gesture *gesture = os_array_ptr_at(&arena->active, i);
		ui_gesture_reset(gesture);
		os_release(gesture);
	}
	os_array_finish(&arena->active);
}

static struct ui_gesture *active_at(const struct arena *arena, size_t index)
{
	return os_array_ptr_at(&arena->active, index);
}

static bool is_active(const struct arena *arena, const struct ui_gesture *gesture)
{
	for (size_t i = 0; i < arena->active.count; i++) {
		if (active_at(arena, i) == gesture) {
			return true;
		}
	}
	return false;
}

static bool holds(const struct gesture *part, const struct ui_touch *touch)
{
	for (int i = 0; i < part->now.touch_count; i++) {
		if (part->now.touches[i] == touch) {
			return true;
		}
	}
	return false;
}

static bool share_finger(const struct gesture *a, const struct gesture *b)
{
	for (int i = 0; i < a->now.serial_count; i++) {
		for (int j = 0; j < b->now.serial_count; j++) {
			if (a->now.serials[i] == b->now.serials[j]) {
				return true;
			}
		}
	}
	return false;
}

/* --- Fingers come and go ------------------------------------------------------------ */

static void attach(struct arena *arena, struct ui_gesture *gesture, struct ui_touch *touch)
{
	struct gesture *part = gesture_part(gesture);
	bool open =
	    part->now.state == UI_GESTURE_POSSIBLE ? !part->now.asks : !ui_gesture_is_over(part);
	if (part->config.disabled || !open || part->now.touch_count == UI_FINGERS ||
	    !ui_gesture_should_receive(gesture, touch)) {
		return;
	}
	if (!is_active(arena, gesture)) {
		os_array_append_ptr(&arena->active, os_retain(gesture));
	}
	part->now.touches[part->now.touch_count++] = touch;
	if (part->now.serial_count < UI_FINGERS) {
		part->now.serials[part->now.serial_count++] = touch->serial;
	}
}

void ui_arena_attach(struct ui_window *window, struct ui_touch *touch)
{
	bool taken = false; /* a control below wants its taps for itself */
	for (struct ui_view *at = ui_touch_view(touch); at != NULL; at = ui_view_parent(at)) {
		const struct view *part = view_part(at);
		for (size_t i = part->gestures.count; i-- > 0;) {
			struct ui_gesture *gesture = os_array_ptr_at(&part->gestures, i);
			if (!taken || !ui_gesture_is_tap(gesture)) {
				attach(&window->arena, gesture, touch);
			}
		}
		taken |= part->takes_taps;
	}
}

void ui_arena_forget(struct arena *arena, const struct ui_touch *touch)
{
	for (size_t i = 0; i < arena->active.count; i++) {
		struct gesture *part = gesture_part(active_at(arena, i));
		for (int j = 0; j < part->now.touch_count; j++) {
			if (part->now.touches[j] == touch) {
				part->now.touches[j] = part->now.touches[--part->now.touch_count];
				break;
			}
		}
	}
}

/* --- Feeding ------------------------------------------------------------------------ */

struct snapshot {
	struct ui_gesture **list;
	size_t count;
};

/* Handlers may change the arena: walks go over a copy that keeps its gestures alive. */
static struct snapshot take_snapshot(const struct arena *arena)
{
	struct snapshot snapshot = {
	    os_alloc_array(arena->active.count + 1, sizeof(struct ui_gesture *)),
	    arena->active.count};
	for (size_t i = 0; i < snapshot.count; i++) {
		snapshot.list[i] = os_retain(active_at(arena, i));
	}
	return snapshot;
}

static void drop_snapshot(struct snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->count; i++) {
		os_release(snapshot->list[i]);
	}
	os_free(snapshot->list);
}

void ui_arena_feed(struct ui_window *window, struct ui_touch *touch, enum ui_touch_phase phase)
{
	struct snapshot all = take_snapshot(&window->arena);
	for (size_t i = 0; i < all.count; i++) {
		struct gesture *part = gesture_part(all.list[i]);
		if (holds(part, touch) && !ui_gesture_is_over(part)) {
			int64_t began_us = OS_TRACE_BEGIN();
			ui_gesture_feed(all.list[i], phase, touch);
			OS_TRACE_END("touch-ui", "recogniser", began_us, phase);
		}
	}
	drop_snapshot(&all);
}

void ui_arena_fire_deadlines(struct ui_window *window, int64_t now_us)
{
	struct snapshot all = take_snapshot(&window->arena);
	for (size_t i = 0; i < all.count; i++) {
		struct gesture *part = gesture_part(all.list[i]);
		if (part->now.deadline_us <= now_us && !ui_gesture_is_over(part)) {
			ui_gesture_fire(all.list[i], now_us);
		}
	}
	drop_snapshot(&all);
}

int64_t ui_arena_deadline_us(const struct arena *arena)
{
	int64_t at_us = OS_NEVER;
	for (size_t i = 0; i < arena->active.count; i++) {
		at_us = OS_MIN(at_us, gesture_part(active_at(arena, i))->now.deadline_us);
	}
	return at_us;
}

bool ui_arena_delays(const struct arena *arena, const struct ui_touch *touch)
{
	for (size_t i = 0; i < arena->active.count; i++) {
		const struct gesture *part = gesture_part(active_at(arena, i));
		if (part->config.delays && part->now.state == UI_GESTURE_POSSIBLE &&
		    holds(part, touch)) {
			return true;
		}
	}
	return false;
}

/* --- Deciding ----------------------------------------------------------------------- */

static bool waits_for(const struct ui_gesture *gesture, const struct ui_gesture *other)
{
	if (ui_gesture_requires(gesture, other)) {
		return true;
	}
	/* An edge pan beats scrollers: they wait until it has made up its mind. */
	return ui_gesture_is_edge_pan(other) && ui_gesture_is_pan(gesture) &&
	       !ui_gesture_is_edge_pan(gesture) &&
	       share_finger(gesture_part(gesture), gesture_part(other));
}

static bool is_blocked(const struct arena *arena, const struct ui_gesture *gesture)
{
	for (size_t i = 0; i < arena->active.count; i++) {
		const struct ui_gesture *other = active_at(arena, i);
		if (other != gesture && gesture_part(other)->now.state == UI_GESTURE_POSSIBLE &&
		    waits_for(gesture, other)) {
			return true;
		}
	}
	return false;
}

static int depth(const struct ui_gesture *gesture)
{
	int depth = 0;
	for (const struct ui_view *at = ui_gesture_view(gesture); at != NULL;
	     at = ui_view_parent(at)) {
		depth++;
	}
	return depth;
}

static bool goes_first(const struct ui_gesture *a, const struct ui_gesture *b)
{
	bool edge_a = ui_gesture_is_edge_pan(a), edge_b = ui_gesture_is_edge_pan(b);
	if (edge_a != edge_b) {
		return edge_a;
	}
	int depth_a = depth(a), depth_b = depth(b);
	return depth_a != depth_b ? depth_a > depth_b
				  : gesture_part(a)->order > gesture_part(b)->order;
}

static struct ui_gesture *next_to_recognise(const struct arena *arena)
{
	struct ui_gesture *best = NULL;
	for (size_t i = 0; i < arena->active.count; i++) {
		struct ui_gesture *gesture = active_at(arena, i);
		if (gesture_part(gesture)->now.asks && !is_blocked(arena, gesture) &&
		    (best == NULL || goes_first(gesture, best))) {
			best = gesture;
		}
	}
	return best;
}

/* Somebody who has a finger of this gesture's has begun already, and does not share. */
static bool comes_too_late(const struct arena *arena, struct ui_gesture *gesture)
{
	for (size_t i = 0; i < arena->active.count; i++) {
		struct ui_gesture *other = active_at(arena, i);
		enum ui_gesture_state state = gesture_part(other)->now.state;
		if (other != gesture &&
		    (state == UI_GESTURE_BEGAN || state == UI_GESTURE_CHANGED) &&
		    share_finger(gesture_part(gesture), gesture_part(other)) &&
		    ui_gesture_prevents(other, gesture)) {
			return true;
		}
	}
	return false;
}

static void prevent_others(struct ui_window *window, struct ui_gesture *gesture)
{
	struct snapshot all = take_snapshot(&window->arena);
	for (size_t i = 0; i < all.count; i++) {
		struct ui_gesture *other = all.list[i];
		struct gesture *part = gesture_part(other);
		if (other == gesture || part->now.state != UI_GESTURE_POSSIBLE ||
		    !share_finger(gesture_part(gesture), part)) {
			continue;
		}
		if (ui_gesture_requires(other, gesture) || ui_gesture_prevents(gesture, other)) {
			ui_gesture_enter(other, UI_GESTURE_FAILED, "another has recognised");
		}
	}
	drop_snapshot(&all);
}

static void take_touches(struct ui_window *window, const struct gesture *part)
{
	for (int i = 0; i < UI_FINGERS && !part->config.keeps_touches; i++) {
		struct ui_touch *touch = window->touches[i];
		if (touch != NULL && holds(part, touch)) {
			ui_window_cancel_in_view(window, touch);
		}
	}
}

static void grant(struct ui_window *window, struct ui_gesture *gesture)
{
	struct gesture *part = gesture_part(gesture);
	part->now.asks = false;
	if (comes_too_late(&window->arena, gesture)) {
		ui_gesture_enter(gesture, UI_GESTURE_FAILED, "another has its finger");
		return;
	}
	if (!ui_gesture_should_begin(gesture)) {
		ui_gesture_enter(gesture, UI_GESTURE_FAILED, "the delegate said no");
		return;
	}
	bool ends = part->now.ends;
	prevent_others(window, gesture);
	take_touches(window, part);
	ui_gesture_enter(gesture, part->now.wanted, part->now.why);
	if (ends && part->now.state == UI_GESTURE_BEGAN) {
		ui_gesture_enter(gesture, UI_GESTURE_ENDED, "lifted while it waited");
	}
}

void ui_arena_resolve(struct ui_window *window)
{
	struct ui_gesture *next;
	while ((next = next_to_recognise(&window->arena)) != NULL) {
		os_retain(next);
		grant(window, next);
		os_release(next);
	}
}

/* --- Cleaning up -------------------------------------------------------------------- */

/* One without fingers and without a deadline has nothing to wait for. True if it changed its
 * state. */
static bool give_up(struct ui_gesture *gesture)
{
	struct gesture *part = gesture_part(gesture);
	if (part->now.touch_count > 0 || part->now.asks || part->now.deadline_us != OS_NEVER ||
	    ui_gesture_is_over(part)) {
		return false;
	}
	ui_gesture_set_state(gesture, UI_GESTURE_CANCELLED, "no finger is left");
	return true;
}

void ui_arena_clean(struct ui_window *window)
{
	struct arena *arena = &window->arena;
	struct snapshot all = take_snapshot(arena);
	bool changed = false;
	for (size_t i = 0; i < all.count; i++) {
		changed |= give_up(all.list[i]);
	}
	drop_snapshot(&all);
	if (changed) {
		ui_arena_resolve(window); /* some may have waited for these to fail */
	}
	for (size_t i = arena->active.count; i-- > 0;) {
		struct ui_gesture *gesture = active_at(arena, i);
		struct gesture *part = gesture_part(gesture);
		if (ui_gesture_is_over(part) && part->now.touch_count == 0) {
			os_array_remove(&arena->active, i, 1);
			ui_gesture_reset(gesture);
			os_release(gesture);
		}
	}
}
