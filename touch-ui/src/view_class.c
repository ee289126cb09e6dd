/* The class record of all views, and one thin dispatcher for each of its functions. A view that is
 * called may remove itself: whoever calls retains it. */
#include "view_private.h"

static ui_any_fn function(const struct ui_view *view, size_t offset)
{
	return ui_class_function(view_class_of(view), offset);
}

void ui_view_call_layout(struct ui_view *view, struct md_rect bounds)
{
	__typeof__(ui_view_class.layout) fn =
	    (__typeof__(fn))function(view, offsetof(struct ui_view_class, layout));
	if (fn != NULL) {
		fn(view, bounds);
	}
}

bool ui_view_has_draw(const struct ui_view *view)
{
	return function(view, offsetof(struct ui_view_class, draw)) != NULL;
}

bool ui_view_call_draw(struct ui_view *view, struct md_canvas *canvas, struct md_rect dirty)
{
	__typeof__(ui_view_class.draw) fn =
	    (__typeof__(fn))function(view, offsetof(struct ui_view_class, draw));
	if (fn != NULL) {
		fn(view, canvas, dirty);
	}
	return fn != NULL;
}

bool ui_view_has_size(const struct ui_view *view)
{
	return function(view, offsetof(struct ui_view_class, size_that_fits)) != NULL;
}

struct md_size ui_view_call_size(struct ui_view *view, struct md_size proposal)
{
	__typeof__(ui_view_class.size_that_fits) fn =
	    (__typeof__(fn))function(view, offsetof(struct ui_view_class, size_that_fits));
	return fn != NULL ? fn(view, proposal) : (struct md_size){0, 0};
}

double ui_view_call_baseline(struct ui_view *view, bool last)
{
	__typeof__(ui_view_class.baseline) fn =
	    (__typeof__(fn))function(view, offsetof(struct ui_view_class, baseline));
	return fn != NULL ? fn(view, last) : -1;
}

struct ui_view *ui_view_call_hit_test(struct ui_view *view, struct md_point point)
{
	__typeof__(ui_view_class.hit_test) fn =
	    (__typeof__(fn))function(view, offsetof(struct ui_view_class, hit_test));
	return fn(view, point);
}

bool ui_view_has_touches(const struct ui_view *view)
{
	return function(view, offsetof(struct ui_view_class, touches)) != NULL;
}

void ui_view_call_touches(struct ui_view *view, enum ui_touch_phase phase, struct ui_touch *touch)
{
	__typeof__(ui_view_class.touches) fn =
	    (__typeof__(fn))function(view, offsetof(struct ui_view_class, touches));
	if (fn != NULL) {
		fn(view, phase, &touch, 1);
	}
}

void ui_view_super_touches(const struct ui_view_class *class, struct ui_view *view,
			   enum ui_touch_phase phase, struct ui_touch *const *touches, int count)
{
	__typeof__(ui_view_class.touches) fn = (__typeof__(fn))ui_super_function(
	    &class->base, offsetof(struct ui_view_class, touches));
	if (fn != NULL) {
		fn(view, phase, touches, count);
	}
}

bool ui_view_call_key(struct ui_view *view, const struct ui_key_event *event)
{
	__typeof__(ui_view_class.key) fn =
	    (__typeof__(fn))function(view, offsetof(struct ui_view_class, key));
	return fn != NULL && fn(view, event);
}

bool ui_view_call_command(struct ui_view *view, const char *action, bool only_ask)
{
	__typeof__(ui_view_class.command) fn =
	    (__typeof__(fn))function(view, offsetof(struct ui_view_class, command));
	return fn != NULL && fn(view, action, only_ask);
}

void ui_view_call_moved(struct ui_view *view, struct ui_window *window)
{
	__typeof__(ui_view_class.did_move_to_window) fn =
	    (__typeof__(fn))function(view, offsetof(struct ui_view_class, did_move_to_window));
	if (fn != NULL) {
		fn(view, window);
	}
}

void ui_view_call_traits_changed(struct ui_view *view)
{
	__typeof__(ui_view_class.traits_changed) fn =
	    (__typeof__(fn))function(view, offsetof(struct ui_view_class, traits_changed));
	if (fn != NULL) {
		fn(view);
	}
}

void ui_view_call_accessibility(struct ui_view *view, struct ui_accessibility *ret_element)
{
	__typeof__(ui_view_class.accessibility) fn =
	    (__typeof__(fn))function(view, offsetof(struct ui_view_class, accessibility));
	if (fn != NULL) {
		fn(view, ret_element);
	}
}

bool ui_view_call_accessibility_child(struct ui_view *view, int index,
				      struct ui_accessibility *ret_element)
{
	__typeof__(ui_view_class.accessibility_child) fn =
	    (__typeof__(fn))function(view, offsetof(struct ui_view_class, accessibility_child));
	return fn != NULL && fn(view, index, ret_element);
}

bool ui_view_call_action(struct ui_view *view, const char *action)
{
	__typeof__(ui_view_class.perform_action) fn =
	    (__typeof__(fn))function(view, offsetof(struct ui_view_class, perform_action));
	return fn != NULL && fn(view, action);
}

bool ui_view_call_can_focus(struct ui_view *view)
{
	__typeof__(ui_view_class.can_focus) fn =
	    (__typeof__(fn))function(view, offsetof(struct ui_view_class, can_focus));
	return fn != NULL && fn(view);
}

void ui_view_call_focus(struct ui_view *view, bool focused)
{
	__typeof__(ui_view_class.focus) fn =
	    (__typeof__(fn))function(view, offsetof(struct ui_view_class, focus));
	if (fn != NULL) {
		fn(view, focused);
	}
}

void ui_view_call_child_size_changed(struct ui_view *view, struct ui_view *child)
{
	__typeof__(ui_view_class.child_size_changed) fn =
	    (__typeof__(fn))function(view, offsetof(struct ui_view_class, child_size_changed));
	if (fn != NULL) {
		fn(view, child);
	}
}

bool ui_view_call_reveal(struct ui_view *view, struct md_rect rect)
{
	__typeof__(ui_view_class.reveal) fn =
	    (__typeof__(fn))function(view, offsetof(struct ui_view_class, reveal));
	if (fn != NULL) {
		fn(view, rect);
	}
	return fn != NULL;
}
