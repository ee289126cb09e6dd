#include <ui/switch.h>

#include <math.h>
#include <md/canvas.h>
#include <ui/view_animation.h>

#include "control_private.h"

#define TRACK_WIDTH 51.0
#define TRACK_HEIGHT 31.0
#define THUMB_MARGIN 2.0
#define MIN_TARGET 44.0

struct switch_state {
	struct ui_view *thumb; /* weak: a child, retained by the view */
	bool on, dragged;
};

static const struct ui_control_class s_switch_class;

static struct switch_state *switch_of(const struct ui_view *view)
{
	return ui_view_state(view, &s_switch_class.base);
}

static struct md_rect track_rect(const struct ui_view *view)
{
	struct md_rect bounds = ui_view_bounds(view);
	return (struct md_rect){bounds.x + (bounds.width - TRACK_WIDTH) / 2,
	                        bounds.y + (bounds.height - TRACK_HEIGHT) / 2, TRACK_WIDTH, TRACK_HEIGHT};
}

static bool thumb_is_right(const struct ui_view *view)
{
	return switch_of(view)->on != ui_view_appearance(view)->rtl;
}

static void switch_draw(struct ui_view *view, struct md_canvas *canvas, struct md_rect dirty)
{
	enum ui_color color = switch_of(view)->on ? UI_COLOR_POSITIVE : UI_COLOR_FILL;
	struct md_color fill = ui_view_resolve_color(view, color);
	if (ui_control_is_disabled(view)) {
		fill = md_color_with_alpha(fill, fill.a * 0.5);
	}
	struct md_rect track = track_rect(view);
	md_canvas_fill_rounded_rect(canvas, track, TRACK_HEIGHT / 2, fill);
	if (ui_view_is_first_responder(view)) {
		md_canvas_stroke_rounded_rect(canvas, track, TRACK_HEIGHT / 2, 2,
		                              ui_view_resolve_color(view, UI_COLOR_TINT));
	}
}

static void switch_layout(struct ui_view *view, struct md_rect bounds)
{
	struct md_rect track = track_rect(view);
	double side = TRACK_HEIGHT - 2 * THUMB_MARGIN;
	double left = track.x + THUMB_MARGIN;
	double right = track.x + track.width - THUMB_MARGIN - side;
	ui_view_set_frame(switch_of(view)->thumb,
	                  (struct md_rect){thumb_is_right(view) ? right : left, track.y + THUMB_MARGIN, side, side});
}

static struct md_size switch_size_that_fits(struct ui_view *view, struct md_size proposal)
{
	return (struct md_size){TRACK_WIDTH, MIN_TARGET};
}

static void change_frame(void *context)
{
	switch_layout(context, ui_view_bounds(context));
}

static void move_thumb(struct ui_view *view, bool animated)
{
	ui_view_set_needs_draw(view);
	if (!animated || ui_view_window(view) == NULL) {
		ui_view_set_needs_layout(view);
		return;
	}
	/* The spring of a release (FEEL.md, Edge pop), which is what a thumb let go of feels like. */
	struct ui_animation animation = {.is_spring = true, .spring = md_spring_from_frequency(22, 0.85)};
	ui_animate(&animation, change_frame, view, NULL);
}

static void flip(struct ui_view *view)
{
	ui_switch_set_on(view, !switch_of(view)->on, true);
	ui_control_send(view, UI_CONTROL_VALUE_CHANGED);
}

static void did_tap(void *context, struct ui_view *view)
{
	if (!switch_of(view)->dragged) {
		flip(view);
	}
}

/* Dragging the thumb past the middle flips it under the finger; the lift then does nothing more. */
static bool switch_track(struct ui_view *view, const struct ui_touch *touch)
{
	struct switch_state *state = switch_of(view);
	struct md_point at = ui_touch_position(touch, view);
	if (ui_touch_phase(touch) == UI_TOUCH_BEGAN) {
		state->dragged = false;
		return true;
	}
	if (!state->dragged && fabs(at.x - ui_touch_start(touch, view).x) < 10) {
		return true;
	}
	state->dragged = true;
	struct md_rect track = track_rect(view);
	bool right = at.x > track.x + track.width / 2;
	if (right != thumb_is_right(view)) {
		flip(view);
	}
	return true;
}

static void switch_accessibility(struct ui_view *view, struct ui_accessibility *ret_element)
{
	ret_element->role = UI_ROLE_SWITCH;
	ret_element->value = switch_of(view)->on ? "on" : "off";
	control_describe(view, ret_element);
}

static bool switch_perform_action(struct ui_view *view, const char *action)
{
	if (strcmp(action, "activate") != 0 || ui_control_is_disabled(view)) {
		return false;
	}
	flip(view);
	return true;
}

static bool switch_key(struct ui_view *view, const struct ui_key_event *event)
{
	return event->down && strcmp(event->text, " ") == 0 && switch_perform_action(view, "activate");
}

static void switch_init(struct os_object *object)
{
	struct ui_view *view = (struct ui_view *)object;
	struct switch_state *state = os_object_state(object, &s_switch_class.base.base);
	state->thumb = ui_view_create();
	ui_view_set_background(state->thumb, UI_COLOR_WHITE);
	ui_view_set_corner_radius(state->thumb, (TRACK_HEIGHT - 2 * THUMB_MARGIN) / 2);
	ui_view_set_enabled(state->thumb, false);
	ui_view_add(view, state->thumb);
	ui_control_add_action(view, UI_CONTROL_TAPPED, did_tap, NULL);
}

static const struct ui_control_class s_switch_class = {
	.base = {.base = {.struct_size = sizeof(s_switch_class),
	                  .name = "switch",
	                  .size = sizeof(struct switch_state),
	                  .super = &ui_control_class.base.base,
	                  .init = switch_init},
	         .layout = switch_layout,
	         .draw = switch_draw,
	         .size_that_fits = switch_size_that_fits,
	         .accessibility = switch_accessibility,
	         .perform_action = switch_perform_action,
	         .key = switch_key},
	.track = switch_track,
};

struct ui_view *ui_switch_create(bool on)
{
	struct ui_view *view = ui_view_create_of_class(&s_switch_class.base);
	switch_of(view)->on = on;
	return view;
}

void ui_switch_set_on(struct ui_view *view, bool on, bool animated)
{
	struct switch_state *state = switch_of(view);
	if (state->on != on) {
		state->on = on;
		move_thumb(view, animated);
	}
}

bool ui_switch_is_on(const struct ui_view *view)
{
	return switch_of(view)->on;
}
