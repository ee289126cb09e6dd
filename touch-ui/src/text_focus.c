/* Which field Tab goes to: the next one of the window, in the order of its views. */
#include "text_editor.h"

struct walk {
	const struct ui_view *from;
	struct ui_view *first, *last, *before, *after;
	bool passed;
};

static bool is_field(struct ui_view *view)
{
	return ui_view_try_state(view, &text_field_class.base) != NULL ||
	       ui_view_try_state(view, &text_view_class.base) != NULL;
}

static void visit(struct walk *walk, struct ui_view *view)
{
	if (ui_view_is_hidden(view) || !ui_view_is_enabled(view)) {
		return;
	}
	if (is_field(view) && (view == walk->from || !ui_control_is_disabled(view))) {
		walk->first = walk->first != NULL ? walk->first : view;
		walk->after = walk->passed && walk->after == NULL ? view : walk->after;
		walk->before = view == walk->from ? walk->last : walk->before;
		walk->passed |= view == walk->from;
		walk->last = view;
		return;
	}
	for (int i = 0; i < ui_view_child_count(view); i++) {
		visit(walk, ui_view_child(view, i));
	}
}

bool text_focus_move(struct ui_view *view, int step)
{
	struct ui_view *root = view;
	while (ui_view_parent(root) != NULL) {
		root = ui_view_parent(root);
	}
	struct walk walk = {.from = view};
	visit(&walk, root);
	struct ui_view *next = step > 0 ? walk.after : walk.before;
	if (next == NULL) {
		next = step > 0 ? walk.first : walk.last;
	}
	return next != NULL && next != view && ui_view_become_first_responder(next);
}
