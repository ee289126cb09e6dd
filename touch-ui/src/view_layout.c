/* Sizes and layout.
 *
 * A size once asked for is kept per proposal. When what it was made of changes, the caches on the
 * way up are dropped as far as somebody's size depended on it, and no further: the first ancestor
 * that placed the view without asking, or whose own size is fixed, is only laid out again.
 *
 * Layout goes down from a view along its marks, each view before its children, until nothing is
 * marked any more (eight passes at most: views that undo each other are a programmer's error). */
#include "view_private.h"

#include <os/log.h>
#include <stdlib.h>
#include <ui/layout.h>

#include "window_private.h"

#define PASSES 8

/* --- Sizes -------------------------------------------------------------------------- */

static bool is_fixed(const struct view *part)
{
	return part->fixed_size.width > 0 && part->fixed_size.height > 0;
}

static void note_that_size_was_asked(struct view *part)
{
	part->size_was_asked = true;
	if (part->parent != NULL && view_part(part->parent)->measuring) {
		view_part(part->parent)->size_depends_on_children = true;
	}
}

static struct md_size measure(struct ui_view *view, struct md_size proposal)
{
	struct view *part = view_part(view);
	struct md_size fixed = part->fixed_size;
	if (is_fixed(part)) {
		return fixed;
	}
	struct md_size room = {fixed.width > 0 ? fixed.width : proposal.width,
			       fixed.height > 0 ? fixed.height : proposal.height};
	bool was_measuring = part->measuring;
	part->measuring = true;
	struct md_size size = ui_view_call_size(view, room);
	part->measuring = was_measuring;
	return (struct md_size){fixed.width > 0 ? fixed.width : size.width,
				fixed.height > 0 ? fixed.height : size.height};
}

struct md_size ui_view_size_that_fits(struct ui_view *view, struct md_size proposal)
{
	struct view *part = view_part(view);
	note_that_size_was_asked(part);
	int count = OS_MIN(part->size_count, UI_SIZE_CACHE);
	for (int i = 0; i < count; i++) {
		struct view_size_entry *entry = &part->sizes[i];
		if (entry->proposal.width == proposal.width &&
		    entry->proposal.height == proposal.height) {
			return entry->size;
		}
	}
	struct md_size size = measure(view, proposal);
	part->sizes[part->size_count % UI_SIZE_CACHE] = (struct view_size_entry){proposal, size};
	/* Counts on in a circle: the oldest entry goes first. */
	part->size_count =
	    part->size_count + 1 >= 2 * UI_SIZE_CACHE ? UI_SIZE_CACHE : part->size_count + 1;
	return size;
}

double ui_view_baseline(struct ui_view *view, bool last)
{
	note_that_size_was_asked(view_part(view));
	return ui_view_call_baseline(view, last);
}

void ui_view_invalidate_size(struct ui_view *view)
{
	struct view *part = view_part(view);
	part->size_count = 0;
	if (!part->size_was_asked || is_fixed(part)) {
		return;
	}
	part->size_was_asked = false;
	struct ui_view *parent = part->parent;
	if (parent == NULL) {
		return;
	}
	struct view *parent_part = view_part(parent);
	if (parent_part->size_depends_on_children) {
		parent_part->size_depends_on_children = false;
		ui_view_invalidate_size(parent);
	}
	ui_view_mark(parent, UI_DIRTY_LAYOUT);
	ui_view_call_child_size_changed(parent, view);
}

void ui_view_children_changed(struct ui_view *view)
{
	ui_view_mark(view, UI_DIRTY_LAYOUT);
	if (ui_view_has_size(view)) {
		ui_view_invalidate_size(view);
	}
}

void ui_view_set_fixed_size(struct ui_view *view, struct md_size size)
{
	struct view *part = view_part(view);
	if (part->fixed_size.width == size.width && part->fixed_size.height == size.height) {
		return;
	}
	part->fixed_size = (struct md_size){0, 0}; /* so that its parent hears of it */
	ui_view_invalidate_size(view);
	part->fixed_size = size;
}

/* --- Layout ------------------------------------------------------------------------- */

static const unsigned s_below = UI_DIRTY_LAYOUT << UI_DIRTY_BELOW;

static void lay_out(struct ui_view *view)
{
	struct view *part = view_part(view);
	os_retain(view);
	unsigned dirty = part->dirty;
	part->dirty &= ~(UI_DIRTY_LAYOUT | s_below);
	if ((dirty & UI_DIRTY_LAYOUT) != 0) {
		struct md_rect bounds = ui_view_bounds(view);
		part->laying_out = true;
		ui_view_call_layout(view, bounds);
		if (part->controller != NULL) {
			controller_call_layout(part->controller, bounds);
		}
		part->laying_out = false;
		if (part->window != NULL) {
			ui_window_counts(part->window)->views_laid_out++;
		}
	}
	if (((dirty | part->dirty) & s_below) != 0) {
		part->dirty &= ~s_below;
		for (size_t i = 0; i < part->children.count; i++) {
			struct ui_view *child = ui_view_child_at(part, i);
			if ((view_part(child)->dirty & (UI_DIRTY_LAYOUT | s_below)) != 0) {
				lay_out(child);
			}
		}
	}
	os_release(view);
}

static OS_NORETURN void give_up(struct ui_view *view)
{
	struct ui_view *at = view;
	/* Down to the one that is still marked itself. */
	for (bool found = true; found && (view_part(at)->dirty & UI_DIRTY_LAYOUT) == 0;) {
		found = false;
		for (int i = 0; i < ui_view_child_count(at) && !found; i++) {
			struct ui_view *child = ui_view_child(at, i);
			if ((view_part(child)->dirty & (UI_DIRTY_LAYOUT | s_below)) != 0) {
				at = child;
				found = true;
			}
		}
	}
	os_log_error("layout",
		     "no end of layout after %d passes: %s %u (\"%s\") is marked again and again",
		     PASSES, ui_view_class_name(at), ui_view_number(at),
		     view_part(at)->label != NULL ? view_part(at)->label : "");
	abort();
}

void ui_view_layout_if_needed(struct ui_view *view)
{
	struct view *part = view_part(view);
	os_retain(view);
	for (int pass = 0; (part->dirty & (UI_DIRTY_LAYOUT | s_below)) != 0; pass++) {
		if (pass == PASSES) {
			give_up(view);
		}
		lay_out(view);
		if (part->window != NULL) {
			ui_window_counts(part->window)->layout_passes++;
		}
	}
	os_release(view);
}
