/* A dial's state, for the file of its fingers and the file of its looks. Private. */
#ifndef UI_SRC_CONTROLS_DIAL_PRIVATE_H
#define UI_SRC_CONTROLS_DIAL_PRIVATE_H

#include <ui/dial.h>

#include "dial_turn.h"
#include "range.h"

struct dial {
	struct range range;
	char *low, *high, *caption;
	struct {
		bool is_held, drags;
		int finger;
		double value; /* to go back to */
		struct dial_turn turn;
	} now;
	char text[RANGE_TEXT];
};

struct dial *dial_of(const struct ui_view *view);
/* The middle of the ring's line, and how far from it the line is. */
double dial_ring(const struct ui_view *view, struct md_point *ret_center);
void dial_draw(struct ui_view *view, struct md_canvas *canvas, struct md_rect dirty);
/* What has to be drawn anew when only the value has changed. */
void dial_redraw_value(struct ui_view *view, double share_before);

#endif
