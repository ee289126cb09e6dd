/* The scroller's insides, for the table and collection views built on it. Private to the layer. */
#ifndef UI_SRC_SCROLL_VIEW_PRIVATE_H
#define UI_SRC_SCROLL_VIEW_PRIVATE_H

#include <ui/scroll_physics.h>
#include <ui/scroll_view.h>
#include <ui/view_class.h>

extern const struct ui_view_class ui_scroll_view_class;

enum scroll_mode { SCROLL_REST, SCROLL_DRAG, SCROLL_FLING, SCROLL_GLIDE };

/* One axis of a scroller. Offsets are unrounded points; `base` is what the finger has pulled it to
 * before the rubber band. */
struct scroll_axis {
	enum scroll_mode mode;
	double offset;
	double least, most;
	double drag_base;       /* DRAG: unbanded offset when the drag began */
	struct ui_fling fling;  /* FLING */
	double from, to;        /* GLIDE: a programmatic scroll */
	int64_t began_us;       /* FLING and GLIDE */
	double caught_velocity; /* of the scroll that the present finger stopped; 0: none */
	double length;          /* of the view, points */
};

/* scroll_axis.c: pure steps of one axis. */
void scroll_axis_set_range(struct scroll_axis *axis, double content, double length, double inset_start,
                           double inset_end);
void scroll_axis_begin_drag(struct scroll_axis *axis, int64_t now_us);
void scroll_axis_drag(struct scroll_axis *axis, double translation);
struct scroll_release {
	double velocity;  /* of the offset, points a second */
	int64_t at_us;
	double rate;      /* UI_SCROLL_RATE_… */
	double page;      /* length of a page; 0: none */
	bool rested;      /* the finger stood still for over 20 ms on its way */
};
void scroll_axis_release(struct scroll_axis *axis, const struct scroll_release *release);
void scroll_axis_glide(struct scroll_axis *axis, double to, int64_t now_us);
/* Moves to where it is at now_us; true while it goes on. */
bool scroll_axis_step(struct scroll_axis *axis, double scale, int64_t now_us);
/* The content has grown by so much above what is seen: the same is seen as before, however it moves. */
void scroll_axis_shift(struct scroll_axis *axis, double by);
double scroll_axis_velocity(const struct scroll_axis *axis, int64_t now_us);

/* Called by the scroller's layout, for subclasses that place what is visible. */
void scroll_view_layout(struct ui_view *view, struct md_rect bounds);

/* Called from a layout: scroll_axis_shift of the vertical axis. */
void scroll_view_shift(struct ui_view *view, double by);

/* One who follows the offset beside the app's delegate: the navigation bar. NULL: none. */
void scroll_view_set_observer(struct ui_view *view, void (*fn)(void *context, struct ui_view *scroller), void *context);

#endif
