/* View animation: changes made inside a block move instead of jump (UIView.animate).
 *
 *	static void change(void *context) { ui_view_set_opacity(context, 0); }
 *	ui_animate(&(struct ui_animation){ .duration_us = 250000, .curve = MD_CURVE_DEFAULT }, change, view, NULL);
 *
 * Frame, transform, opacity, corner and background of views animate, in the compositor. A view has
 * a layer of its own while it moves. With reduce-motion slides become 200 ms cross-fades where the
 * caller says so. Springs take the velocity that is there. */
#ifndef UI_VIEW_ANIMATION_H
#define UI_VIEW_ANIMATION_H

#include <md/animation.h>
#include <ui/view.h>

struct ui_animation {
	bool is_spring;
	int64_t duration_us, delay_us;
	struct md_curve curve;
	struct md_spring spring;
	struct md_point velocity; /* of frame or translation, points a second; spring only */
	bool clamp;               /* spring: never beyond its end, so that no gap shows */
};

typedef void (*ui_animate_fn)(void *context);
typedef void (*ui_animate_done_fn)(void *context, bool finished);

UI_PUBLIC void ui_animate(const struct ui_animation *animation, ui_animate_fn change, void *context,
                          ui_animate_done_fn done);
/* Stops the view's animations; it stays where it is on the screen. */
UI_PUBLIC void ui_view_stop_animations(struct ui_view *view);

#endif
