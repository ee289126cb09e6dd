/* Hit test: the deepest view under a point, children before their parent, the front one first. What
 * is outside a view's bounds is outside for its children as well, as in UIKit. */
#include "view_private.h"

#define NOT_SEEN 0.01 /* an opacity that nobody would touch */

struct ui_view *ui_view_hit_test(struct ui_view *view, struct md_point point)
{
	const struct view *part = view_part(view);
	if (part->hidden || part->disabled || part->opacity < NOT_SEEN) {
		return NULL;
	}
	return ui_view_call_hit_test(view, point);
}

struct ui_view *ui_view_default_hit_test(struct ui_view *view, struct md_point point)
{
	const struct view *part = view_part(view);
	if (!md_rect_contains(ui_view_bounds(view), point)) {
		return NULL;
	}
	for (size_t i = part->children.count; i-- > 0;) {
		struct ui_view *child = ui_view_child_at(part, i);
		struct md_affine inverse;
		if (!md_affine_invert(ui_view_to_parent(child, true), &inverse)) {
			continue; /* flat: there is nothing to touch */
		}
		struct ui_view *hit = ui_view_hit_test(child, md_affine_apply(inverse, point));
		if (hit != NULL) {
			return hit;
		}
	}
	return view;
}
