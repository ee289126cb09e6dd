/* Layout: views that place their children (UIStackView). Only size_that_fits and layout are used.
 *
 *	struct ui_view *row = ui_stack_create(UI_STACK_HORIZONTAL, 8);
 *	ui_view_add(row, icon);
 *	ui_view_add(row, title);
 *	ui_stack_set_grow(title, 1);                 takes what room is left
 *	ui_stack_set_align(row, UI_ALIGN_CENTER);
 *
 * Directions follow the reading direction: a horizontal stack is mirrored in right-to-left. */
#ifndef UI_LAYOUT_H
#define UI_LAYOUT_H

#include <ui/view.h>

enum ui_stack_axis { UI_STACK_HORIZONTAL, UI_STACK_VERTICAL };
enum ui_align { UI_ALIGN_FILL, UI_ALIGN_START, UI_ALIGN_CENTER, UI_ALIGN_END, UI_ALIGN_BASELINE };

UI_PUBLIC struct ui_view *ui_stack_create(enum ui_stack_axis axis, double spacing);
UI_PUBLIC void ui_stack_set_insets(struct ui_view *stack, struct md_insets insets);
/* Leaves out what bars and the edges of the system cover: for a stack that is a whole screen. */
UI_PUBLIC void ui_stack_set_follows_safe_area(struct ui_view *stack, bool follows);
UI_PUBLIC void ui_stack_set_align(struct ui_view *stack, enum ui_align align); /* across the axis; default fill */
UI_PUBLIC void ui_stack_set_grow(struct ui_view *child, double share);         /* of a child; default 0 */
UI_PUBLIC void ui_stack_set_space_after(struct ui_view *child, double space);  /* instead of spacing */
UI_PUBLIC void ui_view_set_fixed_size(struct ui_view *view, struct md_size size); /* a length of 0: its own */
/* An empty view that grows. */
UI_PUBLIC struct ui_view *ui_spacer_create(void);

#endif
