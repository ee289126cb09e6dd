/* View: a rectangle that lays out, draws and hears fingers (UIView).
 *
 *	struct ui_view *card = ui_view_create();
 *	ui_view_set_background(card, UI_COLOR_GROUPED);
 *	ui_view_add(card, ui_label_create("Hello"));        takes the reference: nothing leaks
 *	ui_view_set_frame(card, (struct md_rect){16, 16, 200, 80});
 *
 * A parent retains its children; back pointers are weak. All views are one C type; functions of a
 * class (ui_label_…) assert that the view is of that class. Frames are points of the parent's
 * content coordinates. Views need no layer of their own: most draw into their nearest ancestor that
 * has one (CONTRACTS.md, "Views and layers"). Thread: main. */
#ifndef UI_VIEW_H
#define UI_VIEW_H

#include <ui/appearance.h>
#include <ui/base.h>

struct md_canvas;
struct ui_gesture;
struct ui_scene;
struct ui_view;
struct ui_view_controller;
struct ui_window;

/* --- Life cycle and tree ----------------------------------------------------------------------- */

UI_PUBLIC struct ui_view *ui_view_create(void); /* a plain one: a box for others */
UI_PUBLIC void ui_view_add(struct ui_view *parent, struct ui_view *child);    /* in front; takes the reference */
UI_PUBLIC void ui_view_insert(struct ui_view *parent, struct ui_view *child, int index); /* takes it too */
UI_PUBLIC void ui_view_remove(struct ui_view *view); /* from its parent, which releases it */
UI_PUBLIC struct ui_view *ui_view_parent(const struct ui_view *view);
UI_PUBLIC int ui_view_child_count(const struct ui_view *view);
UI_PUBLIC struct ui_view *ui_view_child(const struct ui_view *view, int index); /* back to front */
UI_PUBLIC bool ui_view_is_descendant(const struct ui_view *view, const struct ui_view *of); /* of itself too */
UI_PUBLIC struct ui_window *ui_view_window(const struct ui_view *view); /* NULL when not on the screen */
UI_PUBLIC struct ui_scene *ui_view_scene(const struct ui_view *view);

/* --- Geometry ------------------------------------------------------------------------------------ */

UI_PUBLIC void ui_view_set_frame(struct ui_view *view, struct md_rect frame);
UI_PUBLIC struct md_rect ui_view_frame(const struct ui_view *view);
UI_PUBLIC struct md_rect ui_view_bounds(const struct ui_view *view); /* origin is the content offset */
UI_PUBLIC void ui_view_set_transform(struct ui_view *view, struct md_transform transform);
UI_PUBLIC struct md_transform ui_view_transform(const struct ui_view *view);
/* From one view's coordinates to another's, with what is on the screen now; NULL is the window. */
UI_PUBLIC struct md_point ui_view_convert(const struct ui_view *from, struct md_point point, const struct ui_view *to);
UI_PUBLIC struct md_rect ui_view_convert_rect(const struct ui_view *from, struct md_rect rect, const struct ui_view *to);
/* What of the bounds the bars and edges of the system cover. */
UI_PUBLIC struct md_insets ui_view_safe_area(const struct ui_view *view);

/* --- Looks ---------------------------------------------------------------------------------------- */

UI_PUBLIC void ui_view_set_background(struct ui_view *view, enum ui_color color);
UI_PUBLIC void ui_view_set_background_rgb(struct ui_view *view, struct md_color color);
UI_PUBLIC void ui_view_set_corner_radius(struct ui_view *view, double radius);
UI_PUBLIC void ui_view_set_border(struct ui_view *view, double width, enum ui_color color);
UI_PUBLIC void ui_view_set_shadow(struct ui_view *view, bool floating); /* FEEL.md's one shadow */
UI_PUBLIC void ui_view_set_opacity(struct ui_view *view, double opacity);
UI_PUBLIC double ui_view_opacity(const struct ui_view *view);
UI_PUBLIC void ui_view_set_hidden(struct ui_view *view, bool hidden);
UI_PUBLIC bool ui_view_is_hidden(const struct ui_view *view);
UI_PUBLIC void ui_view_set_clips(struct ui_view *view, bool clips);
/* The tint of this view and those below; UI_COLOR_NONE inherits. */
UI_PUBLIC void ui_view_set_tint(struct ui_view *view, enum ui_color color);
UI_PUBLIC struct md_color ui_view_resolve_color(const struct ui_view *view, enum ui_color color);

/* --- Layout and drawing ---------------------------------------------------------------------------- */

UI_PUBLIC void ui_view_set_needs_layout(struct ui_view *view);
UI_PUBLIC void ui_view_set_needs_draw(struct ui_view *view);
UI_PUBLIC void ui_view_set_needs_draw_rect(struct ui_view *view, struct md_rect rect);
UI_PUBLIC void ui_view_layout_if_needed(struct ui_view *view); /* now, for a fixed point */
/* The size it would like, given room; cached. MD_UNBOUNDED is "as much as you like". */
UI_PUBLIC struct md_size ui_view_size_that_fits(struct ui_view *view, struct md_size proposal);
UI_PUBLIC void ui_view_invalidate_size(struct ui_view *view); /* its size that fits may have changed */
/* Gives it a layer of its own (a bar, a cell, something that moves). */
UI_PUBLIC void ui_view_set_layered(struct ui_view *view, bool layered);
UI_PUBLIC void ui_view_set_opaque(struct ui_view *view, bool opaque); /* its drawing covers all of it */

/* --- Fingers ---------------------------------------------------------------------------------------- */

UI_PUBLIC void ui_view_set_enabled(struct ui_view *view, bool enabled); /* false: no fingers here or below */
UI_PUBLIC bool ui_view_is_enabled(const struct ui_view *view);
UI_PUBLIC void ui_view_add_gesture(struct ui_view *view, struct ui_gesture *gesture); /* takes the reference */
UI_PUBLIC void ui_view_remove_gesture(struct ui_view *view, struct ui_gesture *gesture);
/* The deepest view under a point of this view's coordinates, or NULL. */
UI_PUBLIC struct ui_view *ui_view_hit_test(struct ui_view *view, struct md_point point);

/* --- Keys and focus ----------------------------------------------------------------------------------- */

UI_PUBLIC bool ui_view_become_first_responder(struct ui_view *view);
UI_PUBLIC void ui_view_resign_first_responder(struct ui_view *view);
UI_PUBLIC bool ui_view_is_first_responder(const struct ui_view *view);

/* --- Accessibility (ui/accessibility.h) ---------------------------------------------------------------- */

UI_PUBLIC void ui_view_set_label(struct ui_view *view, const char *label); /* what it is called */
UI_PUBLIC void ui_view_set_tag(struct ui_view *view, const char *tag);     /* #id in finger scripts */
UI_PUBLIC uint32_t ui_view_number(const struct ui_view *view);             /* unique in the process */

#endif
