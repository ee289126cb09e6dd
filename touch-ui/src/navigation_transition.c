/* Two screens pass each other:
 *
 *	still ──begin──→ settling ──done──→ still          push, pop
 *	  │                 │ ↑
 *	  └──edge pan──→ dragged ──lift: release──→ settling
 *
 * Geometry (FEEL.md, Edge pop and Push): the front page moves by its width, the one below by 0.30
 * of it, dimmed by 0.10; where text runs from the right, mirrored. */
#include <math.h>

#include <os/memory.h>
#include <ui/view_animation.h>
#include <ui/view_class.h>

#include "navigation_private.h"

#define PARALLAX 0.30
#define DIM 0.10
#define COMMIT_AT 0.53      /* of the width, */
#define COMMIT_AHEAD_S 0.12 /* where the page would be this much later */
#define PUSH_OMEGA 20.0
#define RELEASE_OMEGA 22.0
#define RELEASE_DAMPING 0.85
#define FADE_US 200000      /* reduce motion */

static double width_of(const struct navigation *navigation)
{
	return OS_MAX(ui_view_bounds(navigation->view).width, 1);
}

static double direction(const struct navigation *navigation)
{
	return ui_view_appearance(navigation->view)->rtl ? -1 : 1;
}

static void set_translation(struct ui_view *view, double x)
{
	struct md_transform transform = MD_TRANSFORM_IDENTITY;
	transform.translate_x = x;
	ui_view_set_transform(view, transform);
}

/* x: how far the front page is from its place, 0 to the width. */
static void set_progress(struct navigation *navigation, double x)
{
	double width = width_of(navigation), away = x / width;
	struct ui_view *front = ui_view_controller_view(navigation->transition.front.controller);
	struct ui_view *back = ui_view_controller_view(navigation->transition.back.controller);
	navigation->transition.x = x;
	set_translation(front, direction(navigation) * x);
	set_translation(back, -direction(navigation) * PARALLAX * (width - x));
	ui_view_set_dim(back, DIM * (1 - away));
	/* The bar's pages fade into each other, moving a little, so that their titles do not overlap. */
	set_translation(navigation->transition.front.page, direction(navigation) * PARALLAX * x);
	set_translation(navigation->transition.back.page, -direction(navigation) * PARALLAX * (width - x));
	ui_view_set_opacity(navigation->transition.front.page, 1 - away);
	ui_view_set_opacity(navigation->transition.back.page, away);
}

static void set_fade(struct navigation *navigation, double away)
{
	struct ui_view *front = ui_view_controller_view(navigation->transition.front.controller);
	set_translation(front, 0);
	ui_view_set_opacity(front, 1 - away);
	ui_view_set_opacity(navigation->transition.front.page, 1 - away);
	ui_view_set_opacity(navigation->transition.back.page, away);
}

static bool fades(const struct navigation *navigation)
{
	return ui_view_appearance(navigation->view)->reduce_motion;
}

static void reset(const struct navigation_entry *entry)
{
	struct ui_view *view = ui_view_controller_view(entry->controller);
	set_translation(view, 0);
	ui_view_set_dim(view, 0);
	ui_view_set_opacity(view, 1);
	ui_view_set_shadow(view, false);
	set_translation(entry->page, 0);
	ui_view_set_opacity(entry->page, 1);
}

bool navigation_is_leaving(const struct navigation *navigation)
{
	return navigation->transition.state != NAVIGATION_STILL && navigation->transition.leaving;
}

void navigation_begin(struct navigation *navigation, struct navigation_entry front, struct navigation_entry back,
                      bool leaving)
{
	navigation->transition.state = NAVIGATION_SETTLING;
	navigation->transition.front = front;
	navigation->transition.back = back;
	navigation->transition.leaving = leaving;
	ui_view_controller_begin_appearance(back.controller, leaving);
	ui_view_controller_begin_appearance(front.controller, !leaving);
	navigation_show_entry(navigation, &back, false);
	navigation_show_entry(navigation, &front, true);
	/* The bar stays above both. */
	struct ui_view *bar = os_retain(navigation->bar);
	ui_view_remove(bar);
	ui_view_add(navigation->view, bar);
	if (fades(navigation)) {
		set_fade(navigation, leaving ? 0 : 1);
	} else {
		ui_view_set_shadow(ui_view_controller_view(front.controller), true);
		set_progress(navigation, leaving ? 0 : width_of(navigation));
	}
}

/* Puts everything in its place and ends the appearances; user code runs last. */
static void complete(struct navigation *navigation)
{
	struct navigation_entry front = navigation->transition.front, back = navigation->transition.back;
	bool leaving = navigation->transition.leaving;
	struct ui_view_controller *self = os_retain(navigation->controller);
	struct ui_view_controller *left = os_retain(front.controller);
	navigation->transition.state = NAVIGATION_STILL;
	navigation->transition.number++;
	reset(&front);
	reset(&back);
	navigation_hide_entry(navigation, leaving ? &front : &back);
	if (leaving) {
		navigation_drop_last(navigation);
	}
	ui_view_set_needs_layout(navigation->view);
	ui_view_controller_end_appearance(left, false);
	ui_view_controller_end_appearance(back.controller, false);
	os_release(left);
	os_release(self);
}

struct settling {
	struct ui_view_controller *controller; /* retained until it is done */
	uint64_t number;
};

static void move_to_end(void *context)
{
	struct navigation *navigation = navigation_of(((struct settling *)context)->controller);
	bool leaving = navigation->transition.leaving;
	if (fades(navigation)) {
		set_fade(navigation, leaving ? 1 : 0);
	} else {
		set_progress(navigation, leaving ? width_of(navigation) : 0);
	}
}

static void did_settle(void *context, bool finished)
{
	struct settling *settling = context;
	struct navigation *navigation = navigation_of(settling->controller);
	bool ours = navigation->transition.state == NAVIGATION_SETTLING &&
	            navigation->transition.number == settling->number;
	if (ours) {
		complete(navigation);
	}
	os_release(settling->controller);
	os_free(settling);
}

static struct ui_animation animation_for(const struct navigation *navigation, enum navigation_motion motion,
                                         double velocity)
{
	if (fades(navigation)) {
		return (struct ui_animation){.duration_us = FADE_US, .curve = MD_CURVE_DEFAULT};
	}
	bool release = motion == NAVIGATION_RELEASE;
	return (struct ui_animation){
		.is_spring = true,
		.spring = release ? md_spring_from_frequency(RELEASE_OMEGA, RELEASE_DAMPING)
	                          : md_spring_from_frequency(PUSH_OMEGA, 1),
		.velocity = {direction(navigation) * velocity, 0},
		.clamp = release,
	};
}

void navigation_settle(struct navigation *navigation, bool leaving, enum navigation_motion motion, double velocity)
{
	if (leaving != navigation->transition.leaving) {
		ui_view_controller_begin_appearance(navigation->transition.front.controller, !leaving);
		ui_view_controller_begin_appearance(navigation->transition.back.controller, leaving);
	}
	navigation->transition.leaving = leaving;
	navigation->transition.state = NAVIGATION_SETTLING;
	if (motion == NAVIGATION_AT_ONCE || ui_view_window(navigation->view) == NULL) {
		complete(navigation);
		return;
	}
	struct settling *settling = os_alloc(sizeof(*settling));
	settling->controller = os_retain(navigation->controller);
	settling->number = ++navigation->transition.number;
	struct ui_animation animation = animation_for(navigation, motion, velocity);
	ui_animate(&animation, move_to_end, settling, did_settle);
}

static void stop_all(struct navigation *navigation)
{
	navigation->transition.number++;
	ui_view_stop_animations(ui_view_controller_view(navigation->transition.front.controller));
	ui_view_stop_animations(ui_view_controller_view(navigation->transition.back.controller));
	ui_view_stop_animations(navigation->transition.front.page);
	ui_view_stop_animations(navigation->transition.back.page);
}

void navigation_finish(struct navigation *navigation)
{
	if (navigation->transition.state == NAVIGATION_STILL) {
		return;
	}
	navigation->transition.state = NAVIGATION_DRAGGED; /* a "done" from stopping is not heard */
	stop_all(navigation);
	complete(navigation);
}

/* --- The finger ----------------------------------------------------------------------------------------- */

/* Takes hold of the pages where they are on the screen, moving or not. */
static void take_hold(struct navigation *navigation)
{
	if (navigation->transition.state == NAVIGATION_STILL) {
		navigation_begin(navigation, *navigation_shown(navigation),
		                 *navigation_entry_at(navigation, navigation->stack.count - 2), true);
	} else {
		navigation->transition.state = NAVIGATION_DRAGGED;
		stop_all(navigation);
		struct ui_view *front = ui_view_controller_view(navigation->transition.front.controller);
		double x = direction(navigation) * ui_view_transform(front).translate_x;
		set_progress(navigation, OS_CLAMP(x, 0, width_of(navigation)));
	}
	navigation->transition.state = NAVIGATION_DRAGGED;
	navigation->transition.drag_base = navigation->transition.x;
}

static void follow(struct navigation *navigation, const struct ui_gesture *pan)
{
	double moved = direction(navigation) * ui_pan_translation(pan).x;
	set_progress(navigation, OS_CLAMP(navigation->transition.drag_base + moved, 0, width_of(navigation)));
}

static void did_edge_pan(void *context, struct ui_gesture *pan)
{
	struct navigation *navigation = context;
	enum ui_gesture_state state = ui_gesture_state(pan);
	if (state == UI_GESTURE_BEGAN) {
		take_hold(navigation);
	}
	if (navigation->transition.state != NAVIGATION_DRAGGED) {
		return;
	}
	if (state == UI_GESTURE_CHANGED) {
		follow(navigation, pan);
	} else if (state == UI_GESTURE_ENDED) {
		follow(navigation, pan);
		double velocity = direction(navigation) * ui_pan_velocity(pan).x;
		double ahead = navigation->transition.x + velocity * COMMIT_AHEAD_S;
		navigation_settle(navigation, ahead > COMMIT_AT * width_of(navigation), NAVIGATION_RELEASE, velocity);
	} else if (state == UI_GESTURE_CANCELLED) {
		navigation_settle(navigation, false, NAVIGATION_RELEASE, 0);
	}
}

static bool should_begin(void *context, struct ui_gesture *pan)
{
	const struct navigation *navigation = context;
	return navigation->stack.count > 1;
}

static const struct ui_gesture_delegate s_edge_delegate = {
	.struct_size = sizeof(s_edge_delegate),
	.should_begin = should_begin,
};

void navigation_transition_init(struct navigation *navigation)
{
	struct ui_gesture *pan = ui_edge_pan_create(did_edge_pan, navigation);
	ui_gesture_set_delegate(pan, &s_edge_delegate, navigation);
	ui_view_add_gesture(navigation->view, pan);
}
