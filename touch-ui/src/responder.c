#include <ui/responder.h>

#include "view_private.h"
#include "window_private.h"

bool ui_responder_command(struct ui_view *view, const char *action, bool only_ask)
{
	for (struct ui_view *at = view, *next; at != NULL; at = next) {
		os_retain(at);
		bool done = ui_view_call_command(at, action, only_ask);
		next = ui_view_parent(at);
		os_release(at);
		if (done) {
			return true;
		}
	}
	return false;
}

bool ui_responder_key(struct ui_view *view, const struct ui_key_event *event)
{
	for (struct ui_view *at = view, *next; at != NULL; at = next) {
		os_retain(at);
		bool done = ui_view_call_key(at, event);
		struct ui_view_controller *controller = view_part(at)->controller;
		if (!done && controller != NULL) {
			done = controller_call_key(controller, event);
		}
		next = ui_view_parent(at);
		os_release(at);
		if (done) {
			return true;
		}
	}
	return false;
}

/* --- First responder ---------------------------------------------------------------- */

bool ui_view_is_first_responder(const struct ui_view *view)
{
	const struct view *part = view_part(view);
	return part->window != NULL && os_weak_get(&part->window->first_responder) == view;
}

bool ui_view_become_first_responder(struct ui_view *view)
{
	struct ui_window *window = view_part(view)->window;
	if (window == NULL || !ui_view_call_can_focus(view)) {
		return false;
	}
	struct ui_view *old = os_weak_get(&window->first_responder);
	if (old == view) {
		return true;
	}
	os_retain(view);
	if (old != NULL) {
		ui_view_resign_first_responder(old);
	}
	/* The old one's answer may have been to take view away. */
	bool there = view_part(view)->window == window;
	if (there) {
		os_weak_set(&window->first_responder, view);
		ui_view_call_focus(view, true);
	}
	os_release(view);
	return there;
}

void ui_view_resign_first_responder(struct ui_view *view)
{
	if (!ui_view_is_first_responder(view)) {
		return;
	}
	os_weak_set(&view_part(view)->window->first_responder, NULL);
	os_retain(view);
	ui_view_call_focus(view, false);
	os_release(view);
}

struct ui_view *ui_window_first_responder(const struct ui_window *window)
{
	return os_weak_get(&window->first_responder);
}
