/* A scroller evaluates its offset at each tick's target time, from values set by the finger's
 * events; nothing moves between ticks (CONTRACTS.md, "Who moves what"). */
#include <math.h>
#include <string.h>

#include <os/clock.h>
#include <os/loop.h>
#include <ui/gesture.h>
#include <ui/scene.h>
#include <ui/view_animation.h>

#include "scroll_indicator.h"
#include "scroll_stop.h"
#include "scroll_view_private.h"

enum { X, Y };

#define REST_US 20000  /* FEEL.md, Repeated flings: a finger that never rested over 20 ms */
#define REST_PT 0.5    /* less than this is standing still */

struct scroll_view {
	struct {
		enum ui_scroll_axis axes;
		struct md_insets insets;
		bool bounces_always, paging;
		const struct ui_scroll_delegate *delegate;
		void *context;
	} config;
	struct {
		struct scroll_axis axis[2];
		struct md_point translation; /* of the pan, as of its last event */
		struct md_point resting_at;
		int64_t resting_since_us;
		bool rested, ticking, tracking;
	} state;
	struct ui_view *content; /* weak: a child */
	struct ui_gesture *pan, *stop; /* weak: the view retains them */
	struct scroll_indicator indicator;
	void (*observer)(void *context, struct ui_view *scroller);
	void *observer_context;
	struct md_size content_size;
	bool has_content_size;
};

static struct scroll_view *scroll_of(const struct ui_view *view)
{
	return ui_view_state(view, &ui_scroll_view_class);
}

static bool moves_along(const struct scroll_view *scroll, int axis)
{
	return (scroll->config.axes & (axis == X ? UI_SCROLL_AXIS_HORIZONTAL : UI_SCROLL_AXIS_VERTICAL)) != 0;
}

static void apply(struct ui_view *view)
{
	struct scroll_view *scroll = scroll_of(view);
	struct md_point offset = {scroll->state.axis[X].offset, scroll->state.axis[Y].offset};
	struct md_point before = ui_view_content_offset(view);
	if (offset.x == before.x && offset.y == before.y) {
		return;
	}
	ui_view_set_content_offset(view, offset);
	scroll_indicator_moved(&scroll->indicator, view, &scroll->state.axis[Y]);
	if (scroll->config.delegate != NULL && scroll->config.delegate->did_scroll != NULL) {
		scroll->config.delegate->did_scroll(scroll->config.context, view);
	}
	if (scroll->observer != NULL) {
		scroll->observer(scroll->observer_context, view);
	}
	/* Rows are placed in layout, in the same transaction as the offset. */
	ui_view_set_needs_layout(view);
}

static void set_ticking(struct ui_view *view, bool ticking);

static bool any_mode(const struct scroll_view *scroll, enum scroll_mode mode)
{
	return scroll->state.axis[X].mode == mode || scroll->state.axis[Y].mode == mode;
}

static void tick(void *context, int64_t target_us)
{
	struct ui_view *view = context;
	struct scroll_view *scroll = scroll_of(view);
	double scale = ui_view_appearance(view)->scale;
	bool goes_on = false;
	for (int i = X; i <= Y; i++) {
		struct scroll_axis *axis = &scroll->state.axis[i];
		if (axis->mode == SCROLL_DRAG && moves_along(scroll, i)) {
			scroll_axis_drag(axis, i == X ? scroll->state.translation.x : scroll->state.translation.y);
		}
		goes_on |= scroll_axis_step(axis, scale, target_us);
	}
	os_retain(view);
	apply(view);
	if (!goes_on) {
		set_ticking(view, false);
		if (scroll->config.delegate != NULL && scroll->config.delegate->did_end != NULL) {
			scroll->config.delegate->did_end(scroll->config.context, view);
		}
	}
	os_release(view);
}

/* Ticks and the loop's tracking mode last from the drag to the end of the deceleration. */
static void set_ticking(struct ui_view *view, bool ticking)
{
	struct scroll_view *scroll = scroll_of(view);
	struct ui_scene *scene = ui_view_scene(view);
	if (ticking == scroll->state.ticking || scene == NULL) {
		return;
	}
	scroll->state.ticking = ticking;
	if (ticking) {
		ui_scene_add_ticker(scene, tick, view);
		os_loop_begin_tracking(os_loop_current());
		scroll_indicator_show(&scroll->indicator, view, &scroll->state.axis[Y]);
	} else {
		ui_scene_remove_ticker(scene, tick, view);
		os_loop_end_tracking(os_loop_current());
		scroll_indicator_hide(&scroll->indicator, view);
	}
}

static void begin_drag(struct ui_view *view, int64_t now_us)
{
	struct scroll_view *scroll = scroll_of(view);
	for (int i = X; i <= Y; i++) {
		if (moves_along(scroll, i)) {
			scroll_axis_begin_drag(&scroll->state.axis[i], now_us);
		}
	}
	scroll->state.translation = (struct md_point){0, 0};
	set_ticking(view, true);
}

static void release(struct ui_view *view, struct md_point velocity, int64_t now_us)
{
	struct scroll_view *scroll = scroll_of(view);
	struct md_rect bounds = ui_view_bounds(view);
	for (int i = X; i <= Y; i++) {
		if (!moves_along(scroll, i) || scroll->state.axis[i].mode != SCROLL_DRAG) {
			continue;
		}
		struct scroll_release how = {
			.velocity = -(i == X ? velocity.x : velocity.y),
			.at_us = now_us,
			.rate = UI_SCROLL_RATE_NORMAL,
			.page = !scroll->config.paging ? 0 : i == X ? bounds.width : bounds.height,
			.rested = scroll->state.rested,
		};
		scroll_axis_drag(&scroll->state.axis[i],
		                 i == X ? scroll->state.translation.x : scroll->state.translation.y);
		scroll_axis_release(&scroll->state.axis[i], &how);
	}
	apply(view);
	set_ticking(view, true);
}

static void watch_rest(struct scroll_view *scroll, struct md_point at, int64_t now_us)
{
	double distance = hypot(at.x - scroll->state.resting_at.x, at.y - scroll->state.resting_at.y);
	if (distance >= REST_PT) {
		scroll->state.resting_at = at;
		scroll->state.resting_since_us = now_us;
	} else if (now_us - scroll->state.resting_since_us > REST_US) {
		scroll->state.rested = true;
	}
}

static void did_pan(void *context, struct ui_gesture *pan)
{
	struct ui_view *view = context;
	struct scroll_view *scroll = scroll_of(view);
	int64_t now_us = ui_gesture_time_us(pan);
	switch (ui_gesture_state(pan)) {
	case UI_GESTURE_BEGAN:
		begin_drag(view, now_us);
		scroll->state.rested = false;
		scroll->state.resting_since_us = now_us;
		if (scroll->config.delegate != NULL && scroll->config.delegate->will_drag != NULL) {
			scroll->config.delegate->will_drag(scroll->config.context, view);
		}
		break;
	case UI_GESTURE_CHANGED:
		scroll->state.translation = ui_pan_translation(pan);
		watch_rest(scroll, scroll->state.translation, now_us);
		break;
	case UI_GESTURE_ENDED:
		scroll->state.translation = ui_pan_translation(pan);
		release(view, ui_pan_velocity(pan), now_us);
		break;
	case UI_GESTURE_CANCELLED:
		release(view, (struct md_point){0, 0}, now_us);
		break;
	default:
		break;
	}
}

/* A finger on moving content stops it there; lifted without a drag, a bounce goes on from there. */
static bool can_stop(void *context)
{
	const struct scroll_view *scroll = scroll_of(context);
	return any_mode(scroll, SCROLL_FLING) || any_mode(scroll, SCROLL_GLIDE);
}

static void did_stop(void *context, bool down, int64_t now_us)
{
	struct ui_view *view = context;
	struct scroll_view *scroll = scroll_of(view);
	if (down) {
		begin_drag(view, now_us);
		return;
	}
	enum ui_gesture_state pan = ui_gesture_state(scroll->pan);
	bool left_to_pan = pan == UI_GESTURE_BEGAN || pan == UI_GESTURE_CHANGED || pan == UI_GESTURE_ENDED;
	if (!left_to_pan && any_mode(scroll, SCROLL_DRAG)) {
		scroll->state.translation = (struct md_point){0, 0};
		release(view, (struct md_point){0, 0}, now_us);
	}
}

static bool should_pan(void *context, struct ui_gesture *pan)
{
	const struct ui_view *view = context;
	const struct scroll_view *scroll = scroll_of(view);
	if (scroll->config.bounces_always) {
		return true;
	}
	for (int i = X; i <= Y; i++) {
		const struct scroll_axis *axis = &scroll->state.axis[i];
		if (moves_along(scroll, i) && axis->most > axis->least) {
			return true;
		}
	}
	return false;
}

static const struct ui_gesture_delegate s_pan_delegate = {
	.struct_size = sizeof(s_pan_delegate),
	.should_begin = should_pan,
};

static void set_pan_axis(struct scroll_view *scroll)
{
	enum ui_scroll_axis axes = scroll->config.axes;
	ui_pan_set_axis(scroll->pan, axes == UI_SCROLL_AXIS_BOTH         ? UI_PAN_BOTH
	                             : axes == UI_SCROLL_AXIS_HORIZONTAL ? UI_PAN_HORIZONTAL
	                                                                 : UI_PAN_VERTICAL);
}

static void update_range(struct ui_view *view, struct md_rect bounds)
{
	struct scroll_view *scroll = scroll_of(view);
	struct md_insets insets = scroll->config.insets;
	struct md_insets safe = ui_view_safe_area(view);
	scroll_axis_set_range(&scroll->state.axis[X], scroll->content_size.width, bounds.width, insets.left,
	                      insets.right);
	scroll_axis_set_range(&scroll->state.axis[Y], scroll->content_size.height, bounds.height,
	                      insets.top + safe.top, insets.bottom + safe.bottom);
	apply(view);
}

void scroll_view_layout(struct ui_view *view, struct md_rect bounds)
{
	struct scroll_view *scroll = scroll_of(view);
	if (scroll->content != NULL) {
		bool vertical = scroll->config.axes == UI_SCROLL_AXIS_VERTICAL;
		struct md_size room = {vertical ? bounds.width : MD_UNBOUNDED, MD_UNBOUNDED};
		struct md_size size = ui_view_size_that_fits(scroll->content, room);
		size.width = vertical ? bounds.width : OS_MAX(size.width, bounds.width);
		scroll->content_size = scroll->has_content_size ? scroll->content_size : size;
		ui_view_set_frame(scroll->content, (struct md_rect){0, 0, size.width, size.height});
	}
	update_range(view, bounds);
	scroll_indicator_layout(&scroll->indicator, view, &scroll->state.axis[Y]);
}

void scroll_view_shift(struct ui_view *view, double by)
{
	scroll_axis_shift(&scroll_of(view)->state.axis[Y], by);
	apply(view);
}

static void scroll_view_moved(struct ui_view *view, struct ui_window *window)
{
	struct scroll_view *scroll = scroll_of(view);
	if (window == NULL && scroll->state.ticking) {
		scroll->state.axis[X].mode = SCROLL_REST;
		scroll->state.axis[Y].mode = SCROLL_REST;
		set_ticking(view, false);
	}
}

static void scroll_view_accessibility(struct ui_view *view, struct ui_accessibility *ret_element)
{
	ret_element->role = UI_ROLE_NONE;
}

static void scroll_view_reveal(struct ui_view *view, struct md_rect rect)
{
	ui_scroll_view_show(view, rect, false);
}

static void scroll_view_init(struct os_object *object)
{
	struct ui_view *view = (struct ui_view *)object;
	struct scroll_view *scroll = os_object_state(object, &ui_scroll_view_class.base);
	scroll->config.axes = UI_SCROLL_AXIS_VERTICAL;
	ui_view_set_clips(view, true);
	ui_view_set_content_offset(view, (struct md_point){0, 0}); /* children have layers from the first frame */
	scroll->pan = ui_pan_create(did_pan, view);
	ui_gesture_set_delegate(scroll->pan, &s_pan_delegate, view);
	ui_gesture_set_delays_touches(scroll->pan, true);
	set_pan_axis(scroll);
	scroll->stop = scroll_stop_create(can_stop, did_stop, scroll->pan, view);
	ui_view_add_gesture(view, scroll->pan);
	ui_view_add_gesture(view, scroll->stop);
	scroll_indicator_init(&scroll->indicator, view);
}

static void scroll_view_finalize(struct os_object *object)
{
	struct scroll_view *scroll = os_object_state(object, &ui_scroll_view_class.base);
	scroll_indicator_finish(&scroll->indicator);
}

const struct ui_view_class ui_scroll_view_class = {
	.base = {.struct_size = sizeof(ui_scroll_view_class),
	         .name = "scroll-view",
	         .size = sizeof(struct scroll_view),
	         .super = &ui_view_class.base,
	         .init = scroll_view_init,
	         .finalize = scroll_view_finalize},
	.layout = scroll_view_layout,
	.did_move_to_window = scroll_view_moved,
	.accessibility = scroll_view_accessibility,
	.reveal = scroll_view_reveal,
};

void scroll_view_set_observer(struct ui_view *view, void (*fn)(void *context, struct ui_view *scroller), void *context)
{
	scroll_of(view)->observer = fn;
	scroll_of(view)->observer_context = context;
}

struct ui_view *ui_scroll_view_create(void)
{
	return ui_view_create_of_class(&ui_scroll_view_class);
}

void ui_scroll_view_set_content(struct ui_view *view, struct ui_view *content)
{
	struct scroll_view *scroll = scroll_of(view);
	if (scroll->content != NULL) {
		ui_view_remove(scroll->content);
	}
	scroll->content = content;
	if (content != NULL) {
		ui_view_insert(view, content, 0);
	}
	ui_view_set_needs_layout(view);
}

void ui_scroll_view_set_content_size(struct ui_view *view, struct md_size size)
{
	struct scroll_view *scroll = scroll_of(view);
	if (scroll->content_size.width != size.width || scroll->content_size.height != size.height) {
		scroll->content_size = size;
		ui_view_set_needs_layout(view);
	}
	scroll->has_content_size = true;
}

struct md_size ui_scroll_view_content_size(const struct ui_view *view)
{
	return scroll_of(view)->content_size;
}

void ui_scroll_view_set_axis(struct ui_view *view, enum ui_scroll_axis axis)
{
	scroll_of(view)->config.axes = axis;
	set_pan_axis(scroll_of(view));
	ui_view_set_needs_layout(view);
}

void ui_scroll_view_set_insets(struct ui_view *view, struct md_insets insets)
{
	scroll_of(view)->config.insets = insets;
	ui_view_set_needs_layout(view);
}

void ui_scroll_view_set_bounces(struct ui_view *view, bool always)
{
	scroll_of(view)->config.bounces_always = always;
}

void ui_scroll_view_set_offset(struct ui_view *view, struct md_point offset, bool animated)
{
	struct scroll_view *scroll = scroll_of(view);
	double to[2] = {offset.x, offset.y};
	bool glides = animated && ui_view_scene(view) != NULL && !ui_view_appearance(view)->reduce_motion;
	for (int i = X; i <= Y; i++) {
		struct scroll_axis *axis = &scroll->state.axis[i];
		if (glides) {
			scroll_axis_glide(axis, to[i], os_clock_now_us());
		} else {
			axis->mode = SCROLL_REST;
			axis->offset = OS_CLAMP(to[i], axis->least, axis->most);
		}
	}
	if (glides) {
		set_ticking(view, true);
	} else {
		apply(view);
	}
}

struct md_point ui_scroll_view_offset(const struct ui_view *view)
{
	const struct scroll_view *scroll = scroll_of(view);
	return (struct md_point){scroll->state.axis[X].offset, scroll->state.axis[Y].offset};
}

/* The least move that brings from … to into what is visible. */
static double shown(const struct scroll_axis *axis, double from, double length)
{
	if (from < axis->offset) {
		return from;
	}
	double end = from + length - axis->length;
	return end > axis->offset ? OS_MIN(end, from) : axis->offset;
}

void ui_scroll_view_show(struct ui_view *view, struct md_rect rect, bool animated)
{
	struct scroll_view *scroll = scroll_of(view);
	struct md_point offset = {shown(&scroll->state.axis[X], rect.x, rect.width),
	                          shown(&scroll->state.axis[Y], rect.y, rect.height)};
	ui_scroll_view_set_offset(view, offset, animated);
}

bool ui_scroll_view_is_dragging(const struct ui_view *view)
{
	return any_mode(scroll_of(view), SCROLL_DRAG);
}

bool ui_scroll_view_is_moving(const struct ui_view *view)
{
	return scroll_of(view)->state.ticking;
}

void ui_scroll_view_set_delegate(struct ui_view *view, const struct ui_scroll_delegate *delegate, void *context)
{
	scroll_of(view)->config.delegate = delegate;
	scroll_of(view)->config.context = context;
}

void ui_scroll_view_set_paging(struct ui_view *view, bool paging)
{
	scroll_of(view)->config.paging = paging;
}
