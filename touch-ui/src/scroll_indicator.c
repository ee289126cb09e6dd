#include "scroll_indicator.h"

#include <ui/view_animation.h>


#define WIDTH 3.0
#define MARGIN 3.0
#define LEAST_LENGTH 36.0
#define SHORTEST_LENGTH 8.0 /* pushed together by an overscroll */
#define LINGER_US 500000
#define FADE_US 250000

void scroll_indicator_init(struct scroll_indicator *indicator, struct ui_view *view)
{
	indicator->view = view;
	indicator->bar = ui_view_create();
	ui_view_set_background(indicator->bar, UI_COLOR_TERTIARY_LABEL);
	ui_view_set_corner_radius(indicator->bar, WIDTH / 2);
	ui_view_set_enabled(indicator->bar, false);
	ui_view_set_layered(indicator->bar, true);
	ui_view_set_hidden(indicator->bar, true);
	ui_view_add(view, indicator->bar);
}

void scroll_indicator_finish(struct scroll_indicator *indicator)
{
	indicator->fading = os_timer_release(indicator->fading);
}

/* Its length is to the view as the view is to the content; beyond an edge it shrinks. */
static void place(struct scroll_indicator *indicator, struct ui_view *view, const struct scroll_axis *axis)
{
	struct md_rect bounds = ui_view_bounds(view);
	struct md_insets safe = ui_view_safe_area(view);
	double track = bounds.height - 2 * MARGIN - safe.top - safe.bottom;
	double way = axis->most - axis->least;
	if (way <= 0 || track <= LEAST_LENGTH) {
		ui_view_set_hidden(indicator->bar, true);
		return;
	}
	double length = OS_MAX(track * axis->length / (axis->length + way), LEAST_LENGTH);
	double progress = (axis->offset - axis->least) / way;
	double beyond = progress < 0 ? axis->least - axis->offset : progress > 1 ? axis->offset - axis->most : 0;
	length = OS_MAX(length - beyond, SHORTEST_LENGTH);
	double y = safe.top + MARGIN + OS_CLAMP(progress, 0, 1) * (track - length);
	bool rtl = ui_view_appearance(view)->rtl;
	double x = rtl ? MARGIN : bounds.width - WIDTH - MARGIN;
	ui_view_set_frame(indicator->bar, (struct md_rect){bounds.x + x, bounds.y + y, WIDTH, length});
}

void scroll_indicator_show(struct scroll_indicator *indicator, struct ui_view *view, const struct scroll_axis *axis)
{
	if (indicator->fading != NULL) {
		os_timer_cancel(indicator->fading);
	}
	ui_view_stop_animations(indicator->bar);
	ui_view_set_opacity(indicator->bar, 1);
	ui_view_set_hidden(indicator->bar, axis->most <= axis->least);
	place(indicator, view, axis);
}

static void make_transparent(void *context)
{
	ui_view_set_opacity(context, 0);
}

static void did_linger(void *context, int64_t now_us)
{
	struct scroll_indicator *indicator = context;
	struct ui_animation fade = {.duration_us = FADE_US, .curve = MD_CURVE_DEFAULT};
	ui_animate(&fade, make_transparent, indicator->bar, NULL);
}

void scroll_indicator_hide(struct scroll_indicator *indicator, struct ui_view *view)
{
	if (ui_view_is_hidden(indicator->bar) || os_loop_current() == NULL) {
		return;
	}
	if (indicator->fading == NULL) {
		indicator->fading = os_timer_create(os_loop_current(), OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON,
		                                    did_linger, indicator);
	}
	os_timer_set_after(indicator->fading, LINGER_US);
}

void scroll_indicator_moved(struct scroll_indicator *indicator, struct ui_view *view, const struct scroll_axis *axis)
{
	if (!ui_view_is_hidden(indicator->bar)) {
		place(indicator, view, axis);
	}
}

void scroll_indicator_layout(struct scroll_indicator *indicator, struct ui_view *view, const struct scroll_axis *axis)
{
	scroll_indicator_moved(indicator, view, axis);
	int last = ui_view_child_count(view) - 1;
	if (last >= 0 && ui_view_child(view, last) != indicator->bar) {
		os_retain(indicator->bar);
		ui_view_remove(indicator->bar);
		ui_view_add(view, indicator->bar);
	}
}
