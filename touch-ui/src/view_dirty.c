/* Marks: what has to be done on the next tick, kept as bits on the way from the root to the view,
 * so that the tick finds its work without looking at anything else. */
#include "view_private.h"
#include "window_private.h"

static void mark_up(struct ui_view *view, unsigned below)
{
	for (struct ui_view *at = view; at != NULL; at = view_part(at)->parent) {
		struct view *part = view_part(at);
		if ((part->dirty & below) != 0) {
			return; /* and so are all above: a tick is asked for already */
		}
		part->dirty |= below;
		/* A view being laid out looks at its children next: nobody above need come
		 * again. */
		if (part->laying_out && below == UI_DIRTY_LAYOUT << UI_DIRTY_BELOW) {
			return;
		}
		if (part->parent == NULL && part->window != NULL) {
			ui_window_needs_tick(part->window);
		}
	}
}

void ui_view_mark_up(struct ui_view *view, unsigned below)
{
	for (unsigned bit = 1 << UI_DIRTY_BELOW; bit <= UI_DIRTY_ALL << UI_DIRTY_BELOW; bit <<= 1) {
		if ((below & bit) != 0) {
			mark_up(view, bit);
		}
	}
}

void ui_view_mark(struct ui_view *view, unsigned what)
{
	struct view *part = view_part(view);
	if ((what & UI_DIRTY_LAYOUT) != 0 && part->window != NULL) {
		ui_window_assert_not_drawing(part->window, view);
	}
	part->dirty |= what;
	if (part->parent != NULL) {
		ui_view_mark_up(part->parent, what << UI_DIRTY_BELOW);
	} else if (part->window != NULL) {
		ui_window_needs_tick(part->window);
	}
}

void ui_view_set_needs_layout(struct ui_view *view)
{
	ui_view_mark(view, UI_DIRTY_LAYOUT);
}

void ui_view_set_needs_draw(struct ui_view *view)
{
	ui_view_damage(view, ui_view_bounds(view));
}

void ui_view_set_needs_draw_rect(struct ui_view *view, struct md_rect rect)
{
	ui_view_damage(view, rect);
}
