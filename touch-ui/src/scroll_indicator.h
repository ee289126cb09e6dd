/* The thin bar that shows where a vertical scroller is. Private to the layer. */
#ifndef UI_SRC_SCROLL_INDICATOR_H
#define UI_SRC_SCROLL_INDICATOR_H

#include <os/timer.h>

#include "scroll_view_private.h"

struct scroll_indicator {
	struct ui_view *bar;     /* weak: a child of the scroller */
	struct os_timer *fading; /* hides it some time after the content came to rest; NULL until needed */
	struct ui_view *view;    /* weak: owns us */
};

void scroll_indicator_init(struct scroll_indicator *indicator, struct ui_view *view);
void scroll_indicator_finish(struct scroll_indicator *indicator);
void scroll_indicator_show(struct scroll_indicator *indicator, struct ui_view *view, const struct scroll_axis *axis);
void scroll_indicator_hide(struct scroll_indicator *indicator, struct ui_view *view);
void scroll_indicator_moved(struct scroll_indicator *indicator, struct ui_view *view, const struct scroll_axis *axis);
void scroll_indicator_layout(struct scroll_indicator *indicator, struct ui_view *view, const struct scroll_axis *axis);

#endif
