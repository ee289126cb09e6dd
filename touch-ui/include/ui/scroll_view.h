/* Scroll view: a window onto something larger (UIScrollView).
 *
 *	struct ui_view *scroller = ui_scroll_view_create();
 *	ui_scroll_view_set_content(scroller, long_text);           taken; laid out at its own height
 *
 * Physics and numbers: ui/scroll_physics.h. The offset is evaluated at each frame's target time and
 * sent unrounded; rows are built in the same transaction. Only what is visible is drawn. */
#ifndef UI_SCROLL_VIEW_H
#define UI_SCROLL_VIEW_H

#include <ui/view.h>

enum ui_scroll_axis { UI_SCROLL_AXIS_VERTICAL = 1, UI_SCROLL_AXIS_HORIZONTAL = 2, UI_SCROLL_AXIS_BOTH = 3 };

struct ui_scroll_delegate {
	uint32_t struct_size;
	void (*did_scroll)(void *context, struct ui_view *scroller);
	void (*will_drag)(void *context, struct ui_view *scroller);
	void (*did_end)(void *context, struct ui_view *scroller); /* at rest */
};

UI_PUBLIC struct ui_view *ui_scroll_view_create(void);
UI_PUBLIC void ui_scroll_view_set_content(struct ui_view *scroller, struct ui_view *content); /* taken; as wide as it */
UI_PUBLIC void ui_scroll_view_set_content_size(struct ui_view *scroller, struct md_size size);
UI_PUBLIC struct md_size ui_scroll_view_content_size(const struct ui_view *scroller);
UI_PUBLIC void ui_scroll_view_set_axis(struct ui_view *scroller, enum ui_scroll_axis axis);
UI_PUBLIC void ui_scroll_view_set_insets(struct ui_view *scroller, struct md_insets insets);
UI_PUBLIC void ui_scroll_view_set_bounces(struct ui_view *scroller, bool always); /* also when all fits */
UI_PUBLIC void ui_scroll_view_set_offset(struct ui_view *scroller, struct md_point offset, bool animated);
UI_PUBLIC struct md_point ui_scroll_view_offset(const struct ui_view *scroller);
UI_PUBLIC void ui_scroll_view_show(struct ui_view *scroller, struct md_rect rect, bool animated); /* content coordinates */
UI_PUBLIC bool ui_scroll_view_is_dragging(const struct ui_view *scroller);
UI_PUBLIC bool ui_scroll_view_is_moving(const struct ui_view *scroller); /* dragging or decelerating */
UI_PUBLIC void ui_scroll_view_set_delegate(struct ui_view *scroller, const struct ui_scroll_delegate *delegate,
                                           void *context);
UI_PUBLIC void ui_scroll_view_set_paging(struct ui_view *scroller, bool paging);

#endif
