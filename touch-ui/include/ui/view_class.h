/* View class: for those who make a view of their own (subclassing UIView).
 *
 *	struct dial { double value; };
 *	static void dial_draw(struct ui_view *view, struct md_canvas *canvas, struct md_rect dirty) { … }
 *	static const struct ui_view_class s_dial_class = {
 *		.base = { .struct_size = sizeof(s_dial_class), .name = "dial", .size = sizeof(struct dial),
 *			.super = &ui_view_class.base, .finalize = dial_finalize },
 *		.draw = dial_draw,
 *	};
 *	struct ui_view *dial = ui_view_create_of_class(&s_dial_class);
 *	struct dial *state = ui_view_state(dial, &s_dial_class);
 *
 * NULL asks super. Depth: view, then at most two more. Apps compose and use ui_canvas_view with a
 * drawing function rather than subclass. */
#ifndef UI_VIEW_CLASS_H
#define UI_VIEW_CLASS_H

#include <ui/accessibility.h>
#include <ui/touch.h>
#include <ui/view.h>

struct ui_key_event;

struct ui_view_class {
	struct os_class base;
	void (*layout)(struct ui_view *view, struct md_rect bounds);                /* sets children's frames */
	/* Draws what is in dirty; the canvas has the view's coordinates. May not invalidate layout. */
	void (*draw)(struct ui_view *view, struct md_canvas *canvas, struct md_rect dirty);
	struct md_size (*size_that_fits)(struct ui_view *view, struct md_size proposal);
	double (*baseline)(struct ui_view *view, bool last);                        /* from the top; < 0: none */
	struct ui_view *(*hit_test)(struct ui_view *view, struct md_point point);
	void (*touches)(struct ui_view *view, enum ui_touch_phase phase, struct ui_touch *const *touches, int count);
	bool (*key)(struct ui_view *view, const struct ui_key_event *event);        /* true: done with it */
	bool (*command)(struct ui_view *view, const char *action, bool only_ask);   /* "copy", "undo", … */
	void (*did_move_to_window)(struct ui_view *view, struct ui_window *window); /* NULL: left it */
	void (*traits_changed)(struct ui_view *view);                               /* look, text size, direction */
	void (*accessibility)(struct ui_view *view, struct ui_accessibility *ret_element);
	/* Elements inside it that are no views; sets *ret_count, index from 0. NULL: its children. */
	bool (*accessibility_child)(struct ui_view *view, int index, struct ui_accessibility *ret_element);
	bool (*perform_action)(struct ui_view *view, const char *action);           /* "activate", "increment", … */
	bool (*can_focus)(struct ui_view *view);
	void (*focus)(struct ui_view *view, bool focused);                          /* first responder or not */
	void (*child_size_changed)(struct ui_view *view, struct ui_view *child);
	/* Of a scroller: moves, at once, until rect (its own coordinates) is visible. */
	void (*reveal)(struct ui_view *view, struct md_rect rect);
};

UI_PUBLIC extern const struct ui_view_class ui_view_class;
UI_PUBLIC struct ui_view *ui_view_create_of_class(const struct ui_view_class *class);
UI_PUBLIC void *ui_view_state(const struct ui_view *view, const struct ui_view_class *class);
UI_PUBLIC void *ui_view_try_state(const struct ui_view *view, const struct ui_view_class *class);

/* Calls super's function, for overriders. */
UI_PUBLIC void ui_view_super_touches(const struct ui_view_class *class, struct ui_view *view, enum ui_touch_phase phase,
                                     struct ui_touch *const *touches, int count);

/* Moves a view's children without layout (a scroller's offset), in points. From the first call on
 * each child has a layer of its own, which the compositor moves; the view itself cannot draw. */
UI_PUBLIC void ui_view_set_content_offset(struct ui_view *view, struct md_point offset);
UI_PUBLIC struct md_point ui_view_content_offset(const struct ui_view *view);

/* --- For controls, bars and containers -------------------------------------------------------------- */

UI_PUBLIC const char *ui_view_class_name(const struct ui_view *view);
/* The traits it has now; those of a plain light screen while it is in none. Lends. */
UI_PUBLIC const struct ui_appearance *ui_view_appearance(const struct ui_view *view);
UI_PUBLIC double ui_view_baseline(struct ui_view *view, bool last); /* from its top at its present size; < 0: none */
/* A tap on it is its own: tap recognisers of its ancestors do not see the finger (controls). */
UI_PUBLIC void ui_view_set_takes_taps(struct ui_view *view, bool takes);
/* More insets for this view and those below: what a bar covers. */
UI_PUBLIC void ui_view_set_additional_safe_area(struct ui_view *view, struct md_insets insets);
UI_PUBLIC void ui_view_set_backdrop_blur(struct ui_view *view, double radius); /* of what is behind it */
UI_PUBLIC void ui_view_set_dim(struct ui_view *view, double dim);               /* black over it, 0 to 1; animates */
UI_PUBLIC void ui_view_set_secure(struct ui_view *view, bool secure);           /* not in the system's snapshots */
/* Another process's scene is shown in it; token 0: none. Needs the entitlement "host". */
UI_PUBLIC void ui_view_set_host(struct ui_view *view, uint64_t token, bool interactive);
UI_PUBLIC void ui_view_set_host_snapshot(struct ui_view *view, uint64_t token);

#endif
