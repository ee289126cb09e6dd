/* Wheel: a mouse's wheel over a scroller moves what it shows, as far as it goes and without a fling.
 * What one scroller cannot take is its parent's. */
#include <math.h>

#include <ui/scroll_view.h>

#include "scroll_view_private.h"
#include "window_private.h"

/* True if the scroller moved, or a finger has it. */
static bool takes(struct ui_view *scroller, struct md_point by)
{
	if (ui_scroll_view_is_dragging(scroller)) {
		return true;
	}
	struct md_point before = ui_scroll_view_offset(scroller);
	ui_scroll_view_set_offset(scroller, (struct md_point){before.x + by.x, before.y + by.y}, false);
	struct md_point after = ui_scroll_view_offset(scroller);
	return before.x != after.x || before.y != after.y;
}

bool ui_window_scroll(struct ui_window *window, struct md_point position, struct md_point by)
{
	if (!isfinite(position.x) || !isfinite(position.y) || !isfinite(by.x) || !isfinite(by.y)) {
		return false;
	}
	struct ui_view *view = ui_view_hit_test(window->root, position);
	for (; view != NULL; view = ui_view_parent(view)) {
		if (os_object_is(view, &ui_scroll_view_class.base) && takes(view, by)) {
			return true;
		}
	}
	return false;
}
