/* What all recognisers share: their settings, their state, and calling those who listen. */
#include "gesture_private.h"

#include <assert.h>
#include <errno.h>
#include <os/memory.h>
#include <os/trace.h>
#include <string.h>

#include "class_function.h"
#include "window_private.h"
#include "work.h"

/* One that has to fail first. */
struct requirement {
	struct os_weak other;
};

static void gesture_init(struct os_object *object)
{
	struct gesture *part = gesture_part((struct ui_gesture *)object);
	os_array_init(&part->required, sizeof(struct requirement *));
	part->now.deadline_us = OS_NEVER;
}

static void gesture_finalize(struct os_object *object)
{
	struct gesture *part = gesture_part((struct ui_gesture *)object);
	for (size_t i = 0; i < part->required.count; i++) {
		struct requirement *requirement = os_array_ptr_at(&part->required, i);
		os_weak_finish(&requirement->other);
		os_free(requirement);
	}
	os_array_finish(&part->required);
	os_weak_finish(&part->config.object);
}

const struct ui_gesture_class ui_gesture_class = {
    .base = {.struct_size = sizeof(struct ui_gesture_class),
	     .name = "gesture",
	     .size = sizeof(struct gesture),
	     .init = gesture_init,
	     .finalize = gesture_finalize},
};

static ui_any_fn function(const struct ui_gesture *gesture, size_t offset)
{
	return ui_class_function(os_object_class(gesture), offset);
}

struct ui_gesture *ui_gesture_create_of_class(const struct ui_gesture_class *class,
					      ui_gesture_fn fn, void *context)
{
	assert(os_class_inherits(&class->base, &ui_gesture_class.base));
	struct ui_gesture *gesture = os_object_create(&class->base);
	gesture_part(gesture)->config.fn = fn;
	gesture_part(gesture)->config.context = context;
	return gesture;
}

void *ui_gesture_own_state(const struct ui_gesture *gesture, const struct ui_gesture_class *class)
{
	return os_object_state(gesture, &class->base);
}

struct ui_gesture *ui_gesture_retain(struct ui_gesture *gesture)
{
	return os_retain(gesture);
}

struct ui_gesture *ui_gesture_release(struct ui_gesture *gesture)
{
	return os_release(gesture);
}

/* --- Settings ----------------------------------------------------------------------- */

void ui_gesture_set_object(struct ui_gesture *gesture, void *object)
{
	struct gesture *part = gesture_part(gesture);
	os_weak_set(&part->config.object, object);
	part->config.has_object = object != NULL;
}

void ui_gesture_set_delegate(struct ui_gesture *gesture, const struct ui_gesture_delegate *delegate,
			     void *context)
{
	struct gesture *part = gesture_part(gesture);
	part->config.delegate = delegate;
	part->config.delegate_context = context;
}

void ui_gesture_set_cancels_touches(struct ui_gesture *gesture, bool cancels)
{
	gesture_part(gesture)->config.keeps_touches = !cancels;
}

void ui_gesture_set_delays_touches(struct ui_gesture *gesture, bool delays)
{
	gesture_part(gesture)->config.delays = delays;
}

void ui_gesture_set_enabled(struct ui_gesture *gesture, bool enabled)
{
	gesture_part(gesture)->config.disabled = !enabled;
	if (!enabled) {
		ui_gesture_leave(gesture);
	}
}

bool ui_gesture_requires(const struct ui_gesture *gesture, const struct ui_gesture *other)
{
	const struct gesture *part = gesture_part(gesture);
	for (size_t i = 0; i < part->required.count; i++) {
		const struct requirement *requirement = os_array_ptr_at(&part->required, i);
		if (os_weak_get(&requirement->other) == other) {
			return true;
		}
	}
	return false;
}

/* Does `from` wait for `to`, itself or through others? Circles are never made, so this ends. */
static bool leads_to(const struct ui_gesture *from, const struct ui_gesture *to)
{
	if (from == to) {
		return true;
	}
	const struct gesture *part = gesture_part(from);
	for (size_t i = 0; i < part->required.count; i++) {
		const struct requirement *requirement = os_array_ptr_at(&part->required, i);
		const struct ui_gesture *next = os_weak_get(&requirement->other);
		if (next != NULL && leads_to(next, to)) {
			return true;
		}
	}
	return false;
}

int ui_gesture_require_failure(struct ui_gesture *gesture, struct ui_gesture *other)
{
	if (leads_to(other, gesture)) {
		return -ELOOP;
	}
	if (!ui_gesture_requires(gesture, other)) {
		struct requirement *requirement = os_alloc(sizeof(*requirement));
		os_weak_set(&requirement->other, other);
		os_array_append_ptr(&gesture_part(gesture)->required, requirement);
	}
	return 0;
}

void ui_gesture_set_view(struct ui_gesture *gesture, struct ui_view *view)
{
	static uint32_t s_order; /* numbers only, as in view.c */
	struct gesture *part = gesture_part(gesture);
	if (view == NULL) {
		ui_gesture_leave(gesture);
	}
	part->view = view;
	part->order = ++s_order;
}

/* --- What others ask ---------------------------------------------------------------- */

enum ui_gesture_state ui_gesture_state(const struct ui_gesture *gesture)
{
	return gesture_part(gesture)->now.state;
}

struct ui_view *ui_gesture_view(const struct ui_gesture *gesture)
{
	return gesture_part(gesture)->view;
}

const char *ui_gesture_name(const struct ui_gesture *gesture)
{
	return os_object_class(gesture)->name;
}

struct md_point ui_gesture_position(const struct ui_gesture *gesture, const struct ui_view *view)
{
	struct md_point position = gesture_part(gesture)->now.position;
	return view != NULL ? ui_view_convert(NULL, position, view) : position;
}

int64_t ui_gesture_time_us(const struct ui_gesture *gesture)
{
	return gesture_part(gesture)->now.time_us;
}

bool ui_gesture_is_over(const struct gesture *part)
{
	return part->now.state >= UI_GESTURE_ENDED;
}

/* --- Asking the class and the delegate ---------------------------------------------- */

static const struct ui_gesture_delegate *delegate_of(const struct gesture *part, size_t offset)
{
	const struct ui_gesture_delegate *delegate = part->config.delegate;
	if (delegate == NULL || delegate->struct_size < offset + sizeof(ui_any_fn)) {
		return NULL;
	}
	return part->config.has_object && os_weak_get(&part->config.object) == NULL ? NULL
										    : delegate;
}

bool ui_gesture_should_begin(struct ui_gesture *gesture)
{
	struct gesture *part = gesture_part(gesture);
	const struct ui_gesture_delegate *delegate =
	    delegate_of(part, offsetof(struct ui_gesture_delegate, should_begin));
	return delegate == NULL || delegate->should_begin == NULL ||
	       delegate->should_begin(part->config.delegate_context, gesture);
}

bool ui_gesture_should_receive(struct ui_gesture *gesture, const struct ui_touch *touch)
{
	struct gesture *part = gesture_part(gesture);
	const struct ui_gesture_delegate *delegate =
	    delegate_of(part, offsetof(struct ui_gesture_delegate, should_receive));
	return delegate == NULL || delegate->should_receive == NULL ||
	       delegate->should_receive(part->config.delegate_context, gesture, touch);
}

bool ui_gesture_simultaneous(struct ui_gesture *gesture, struct ui_gesture *other)
{
	struct gesture *part = gesture_part(gesture);
	const struct ui_gesture_delegate *delegate =
	    delegate_of(part, offsetof(struct ui_gesture_delegate, simultaneous));
	return delegate != NULL && delegate->simultaneous != NULL &&
	       delegate->simultaneous(part->config.delegate_context, gesture, other);
}

bool ui_gesture_prevents(struct ui_gesture *gesture, struct ui_gesture *other)
{
	__typeof__(ui_gesture_class.prevents) prevents =
	    (__typeof__(prevents))function(gesture, offsetof(struct ui_gesture_class, prevents));
	__typeof__(ui_gesture_class.prevented_by) by =
	    (__typeof__(by))function(other, offsetof(struct ui_gesture_class, prevented_by));
	return (prevents == NULL || prevents(gesture, other)) &&
	       (by == NULL || by(other, gesture)) && !ui_gesture_simultaneous(gesture, other) &&
	       !ui_gesture_simultaneous(other, gesture);
}

void ui_gesture_feed(struct ui_gesture *gesture, enum ui_touch_phase phase, struct ui_touch *touch)
{
	struct gesture *part = gesture_part(gesture);
	__typeof__(ui_gesture_class.touches) fn =
	    (__typeof__(fn))function(gesture, offsetof(struct ui_gesture_class, touches));
	part->now.time_us = touch->time_us;
	part->now.position = touch->position;
	if (fn != NULL) {
		fn(gesture, phase, &touch, 1);
	}
}

void ui_gesture_fire(struct ui_gesture *gesture, int64_t now_us)
{
	struct gesture *part = gesture_part(gesture);
	__typeof__(ui_gesture_class.deadline) fn =
	    (__typeof__(fn))function(gesture, offsetof(struct ui_gesture_class, deadline));
	part->now.deadline_us = OS_NEVER;
	part->now.time_us = now_us;
	if (fn != NULL) {
		fn(gesture, now_us);
	}
}

void ui_gesture_reset(struct ui_gesture *gesture)
{
	struct gesture *part = gesture_part(gesture);
	__typeof__(ui_gesture_class.reset) fn =
	    (__typeof__(fn))function(gesture, offsetof(struct ui_gesture_class, reset));
	memset(&part->now, 0, sizeof(part->now));
	part->now.deadline_us = OS_NEVER;
	if (fn != NULL) {
		fn(gesture);
	}
}

/* --- State -------------------------------------------------------------------------- */

static void call_handler(struct ui_gesture *gesture)
{
	struct gesture *part = gesture_part(gesture);
	void *object = os_weak_get(&part->config.object);
	if (part->config.fn == NULL || (part->config.has_object && object == NULL)) {
		return;
	}
	struct ui_scene *scene = part->view != NULL ? ui_view_scene(part->view) : NULL;
	int64_t began_us = OS_TRACE_BEGIN();
	os_retain(object);
	part->config.fn(part->config.context, gesture);
	os_release(object);
	UI_WORK_HOP(scene, "handler", began_us, (int64_t)(intptr_t)part->config.fn);
}

void ui_gesture_enter(struct ui_gesture *gesture, enum ui_gesture_state state, const char *why)
{
	struct gesture *part = gesture_part(gesture);
	enum ui_gesture_state from = part->now.state;
	struct ui_window *window = part->view != NULL ? ui_view_window(part->view) : NULL;
	part->now.state = state;
	part->now.asks = false;
	if (state >= UI_GESTURE_ENDED) {
		part->now.deadline_us = OS_NEVER;
	}
	os_retain(gesture);
	if (window != NULL && window->arena.watch != NULL) {
		window->arena.watch(window->arena.watch_context, gesture, from, state, why);
	}
	bool silent = state == UI_GESTURE_FAILED || state == UI_GESTURE_POSSIBLE;
	if (!silent) {
		call_handler(gesture);
	}
	os_release(gesture);
}

static bool has_begun(enum ui_gesture_state state)
{
	return state == UI_GESTURE_BEGAN || state == UI_GESTURE_CHANGED;
}

void ui_gesture_set_state(struct ui_gesture *gesture, enum ui_gesture_state state, const char *why)
{
	struct gesture *part = gesture_part(gesture);
	if (ui_gesture_is_over(part)) {
		return;
	}
	if (has_begun(part->now.state)) {
		bool cancels = state == UI_GESTURE_FAILED || state == UI_GESTURE_CANCELLED;
		ui_gesture_enter(gesture, cancels ? UI_GESTURE_CANCELLED : state, why);
		return;
	}
	if (state == UI_GESTURE_FAILED || state == UI_GESTURE_CANCELLED) {
		ui_gesture_enter(gesture, UI_GESTURE_FAILED, why);
	} else if (part->now.asks) {
		part->now.ends |= state == UI_GESTURE_ENDED && part->now.wanted == UI_GESTURE_BEGAN;
	} else if (state == UI_GESTURE_BEGAN || state == UI_GESTURE_ENDED) {
		part->now.asks = true;
		part->now.wanted = state;
		part->now.why = why;
	}
}

void ui_gesture_set_deadline(struct ui_gesture *gesture, int64_t at_us)
{
	gesture_part(gesture)->now.deadline_us = at_us;
}

void ui_gesture_leave(struct ui_gesture *gesture)
{
	struct gesture *part = gesture_part(gesture);
	if (part->now.touch_count > 0 || part->now.asks || part->now.deadline_us != OS_NEVER) {
		ui_gesture_set_state(gesture, UI_GESTURE_CANCELLED, "its view has gone");
		part->now.touch_count = 0;
		part->now.asks = false;
		part->now.deadline_us = OS_NEVER;
	}
}

bool ui_gesture_perform(struct ui_gesture *gesture)
{
	struct gesture *part = gesture_part(gesture);
	if (part->config.disabled || part->now.state != UI_GESTURE_POSSIBLE || part->view == NULL) {
		return false;
	}
	os_retain(gesture);
	part->now.position =
	    ui_view_convert(part->view, md_rect_center(ui_view_bounds(part->view)), NULL);
	part->now.state = UI_GESTURE_ENDED;
	call_handler(gesture);
	ui_gesture_reset(gesture);
	os_release(gesture);
	return true;
}

void ui_window_watch_gestures(struct ui_window *window, ui_gesture_watch_fn fn, void *context)
{
	window->arena.watch = fn;
	window->arena.watch_context = context;
}
