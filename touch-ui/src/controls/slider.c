/* A finger on a slider:
 *
 *	idle ──down──→ held ──10 pt along the track──→ dragging ──lift──→ idle, the value stays
 *	                │ lift: the thumb goes there     │
 *	                └────────── cancelled ───────────┴──→ idle, the value is what it was
 *
 * A scroller around it that goes the other way cancels it as it does any control; a pan of its own
 * keeps scrollers still once the finger goes along the track. */
#include <ui/slider.h>

#include <math.h>

#include <md/canvas.h>
#include <ui/gesture.h>

#include "control_private.h"
#include "range.h"

#define TRACK 4.0
#define THUMB 26.0
#define THUMB_HELD 30.0
#define SYMBOL 20.0
#define SYMBOL_GAP 8.0
#define HEIGHT 44.0
#define WIDTH 160.0 /* where nobody says how wide */
#define SLACK 10.0  /* FEEL.md, Drag begins */

struct slider {
	struct range range;
	char *low, *high;
	struct {
		bool is_held, drags;
		int finger;
		double from;      /* fraction when the finger came down */
		double value;     /* and the value, to go back to */
		double begins_at; /* where the drag's way is counted from, points along the track */
	} now;
	char text[RANGE_TEXT];
};

static const struct ui_control_class s_slider_class;

static struct slider *slider_of(const struct ui_view *view)
{
	return ui_view_state(view, &s_slider_class.base);
}

/* --- Geometry --------------------------------------------------------------------------------- */

/* What the thumb's middle may cover, from the left. */
static struct md_rect track_rect(const struct ui_view *view)
{
	const struct slider *slider = slider_of(view);
	struct md_rect bounds = ui_view_bounds(view);
	double low = slider->low != NULL ? SYMBOL + SYMBOL_GAP : 0;
	double high = slider->high != NULL ? SYMBOL + SYMBOL_GAP : 0;
	bool rtl = ui_view_appearance(view)->rtl;
	double left = (rtl ? high : low) + THUMB / 2;
	double width = bounds.width - low - high - THUMB;
	return (struct md_rect){bounds.x + left, bounds.y + bounds.height / 2 - TRACK / 2, OS_MAX(width, 1),
	                        TRACK};
}

/* The way along the track that a place stands for, 0 to 1 from the low end. */
static double fraction_at(const struct ui_view *view, double x)
{
	struct md_rect track = track_rect(view);
	double fraction = (x - track.x) / track.width;
	return ui_view_appearance(view)->rtl ? 1 - fraction : fraction;
}

static double thumb_x(const struct ui_view *view)
{
	struct md_rect track = track_rect(view);
	double fraction = range_fraction(&slider_of(view)->range);
	return track.x + (ui_view_appearance(view)->rtl ? 1 - fraction : fraction) * track.width;
}

/* --- Drawing ---------------------------------------------------------------------------------- */

static struct md_color faded(const struct ui_view *view, enum ui_color color)
{
	struct md_color value = ui_view_resolve_color(view, color);
	return ui_control_is_disabled(view) ? md_color_with_alpha(value, value.a * 0.4) : value;
}

static void draw_symbol(struct ui_view *view, struct md_canvas *canvas, const char *name, bool at_left)
{
	if (name != NULL) {
		struct md_rect bounds = ui_view_bounds(view);
		struct md_rect place = {at_left ? bounds.x : bounds.x + bounds.width - SYMBOL,
		                        bounds.y + (bounds.height - SYMBOL) / 2, SYMBOL, SYMBOL};
		md_canvas_draw_symbol(canvas, name, md_rect_snap(place, ui_view_appearance(view)->scale),
		                      faded(view, UI_COLOR_SECONDARY_LABEL));
	}
}

static void draw_track(struct ui_view *view, struct md_canvas *canvas)
{
	struct md_rect whole = track_rect(view), filled = whole;
	whole.x -= THUMB / 2;
	whole.width += THUMB;
	double thumb = thumb_x(view);
	bool rtl = ui_view_appearance(view)->rtl;
	filled.x = rtl ? thumb : whole.x;
	filled.width = rtl ? whole.x + whole.width - thumb : thumb - whole.x;
	md_canvas_fill_rounded_rect(canvas, whole, TRACK / 2, faded(view, UI_COLOR_SEPARATOR));
	md_canvas_fill_rounded_rect(canvas, filled, TRACK / 2, faded(view, UI_COLOR_TINT));
}

static void draw_thumb(struct ui_view *view, struct md_canvas *canvas)
{
	struct md_rect bounds = ui_view_bounds(view);
	double side = slider_of(view)->now.is_held ? THUMB_HELD : THUMB;
	struct md_rect thumb = {thumb_x(view) - side / 2, bounds.y + (bounds.height - side) / 2, side, side};
	bool disabled = ui_control_is_disabled(view);
	md_canvas_fill_ellipse(canvas, thumb, ui_view_resolve_color(view, disabled ? UI_COLOR_FILL : UI_COLOR_WHITE));
	bool ringed = ui_view_is_first_responder(view) || slider_of(view)->now.is_held;
	md_canvas_stroke_rounded_rect(canvas, thumb, side / 2, ringed ? 2 : 1,
	                              ui_view_resolve_color(view, ringed && !disabled ? UI_COLOR_TINT
	                                                                             : UI_COLOR_SEPARATOR));
}

static void slider_draw(struct ui_view *view, struct md_canvas *canvas, struct md_rect dirty)
{
	const struct slider *slider = slider_of(view);
	bool rtl = ui_view_appearance(view)->rtl;
	draw_symbol(view, canvas, slider->low, !rtl);
	draw_symbol(view, canvas, slider->high, rtl);
	draw_track(view, canvas);
	draw_thumb(view, canvas);
}

static struct md_size slider_size_that_fits(struct ui_view *view, struct md_size proposal)
{
	return (struct md_size){proposal.width < MD_UNBOUNDED ? proposal.width : WIDTH, HEIGHT};
}

/* --- Fingers and keys ------------------------------------------------------------------------- */

static void did_change(struct ui_view *view, bool changed)
{
	if (changed) {
		ui_view_set_needs_draw(view);
		ui_control_send(view, UI_CONTROL_VALUE_CHANGED);
	}
}

static void drag_to(struct ui_view *view, double x)
{
	struct slider *slider = slider_of(view);
	double way = fraction_at(view, x) - fraction_at(view, slider->now.begins_at);
	did_change(view, range_set_fraction(&slider->range, slider->now.from + way));
}

static bool slider_track(struct ui_view *view, const struct ui_touch *touch)
{
	struct slider *slider = slider_of(view);
	double x = ui_touch_position(touch, view).x, start = ui_touch_start(touch, view).x;
	if (ui_touch_phase(touch) == UI_TOUCH_BEGAN || !slider->now.is_held) {
		slider->now.is_held = true;
		slider->now.finger = ui_touch_finger(touch);
		slider->now.drags = false;
		slider->now.from = range_fraction(&slider->range);
		slider->now.value = slider->range.value;
		ui_view_set_needs_draw(view);
	}
	bool on_thumb = fabs(start - thumb_x(view)) <= HEIGHT / 2;
	if (!slider->now.drags && (fabs(x - start) >= SLACK || (on_thumb && x != start))) {
		slider->now.drags = true;
		slider->now.begins_at = on_thumb ? start : x;
	}
	if (slider->now.drags) {
		drag_to(view, x);
	}
	return true;
}

static void let_go(struct ui_view *view)
{
	struct slider *slider = slider_of(view);
	memset(&slider->now, 0, sizeof(slider->now));
	ui_view_set_needs_draw(view);
}

/* The last of the finger that holds it: a tap sets the thumb there, a cancelled drag undoes itself. */
static void end_hold(struct ui_view *view, enum ui_touch_phase phase, const struct ui_touch *touch)
{
	struct slider *slider = slider_of(view);
	double x = ui_touch_position(touch, view).x;
	if (phase == UI_TOUCH_CANCELLED) {
		did_change(view, range_set(&slider->range, slider->now.value));
	} else if (slider->now.drags) {
		drag_to(view, x); /* where it really was: moves are foretold by some ms */
	} else if (ui_control_is_pressed(view)) {
		did_change(view, range_set_fraction(&slider->range, fraction_at(view, x)));
	}
	let_go(view);
}

static void slider_touches(struct ui_view *view, enum ui_touch_phase phase, struct ui_touch *const *touches,
                           int count)
{
	const struct slider *slider = slider_of(view);
	bool ends = phase == UI_TOUCH_ENDED || phase == UI_TOUCH_CANCELLED;
	os_retain(view);
	for (int i = 0; i < count && ends; i++) {
		if (slider->now.is_held && ui_touch_finger(touches[i]) == slider->now.finger) {
			end_hold(view, phase, touches[i]);
		}
	}
	ui_view_super_touches(&s_slider_class.base, view, phase, touches, count);
	os_release(view);
}

static void slider_state_changed(struct ui_view *view)
{
	if (ui_control_is_disabled(view) && slider_of(view)->now.is_held) {
		let_go(view);
	}
	ui_view_set_needs_draw(view);
}

static bool slider_key(struct ui_view *view, const struct ui_key_event *event)
{
	bool changed = false;
	if (ui_control_is_disabled(view) ||
	    !range_key(&slider_of(view)->range, event, ui_view_appearance(view)->rtl, &changed)) {
		return false;
	}
	did_change(view, changed);
	return true;
}

/* Its own pan has nothing to do: that it has begun is what keeps scrollers still. */
static void goes_along(void *context, struct ui_gesture *gesture)
{
}

/* --- Accessibility ---------------------------------------------------------------------------- */

static void slider_accessibility(struct ui_view *view, struct ui_accessibility *ret_element)
{
	struct slider *slider = slider_of(view);
	ret_element->role = UI_ROLE_SLIDER;
	ret_element->value = range_describe(&slider->range, slider->text);
	control_describe(view, ret_element);
	ret_element->action_count = 0;
	if (!ui_control_is_disabled(view)) {
		ret_element->actions[ret_element->action_count++] = "increment";
		ret_element->actions[ret_element->action_count++] = "decrement";
	}
}

static bool slider_perform_action(struct ui_view *view, const char *action)
{
	bool changed = false;
	if (ui_control_is_disabled(view) || !range_action(&slider_of(view)->range, action, &changed)) {
		return false;
	}
	did_change(view, changed);
	return true;
}

/* --- Life cycle ------------------------------------------------------------------------------- */

static void slider_init(struct os_object *object)
{
	struct ui_view *view = (struct ui_view *)object;
	struct slider *slider = os_object_state(object, &s_slider_class.base.base);
	range_init(&slider->range);
	struct ui_gesture *pan = ui_pan_create(goes_along, NULL);
	ui_pan_set_axis(pan, UI_PAN_HORIZONTAL);
	ui_gesture_set_cancels_touches(pan, false);
	ui_view_add_gesture(view, pan);
}

static void slider_finalize(struct os_object *object)
{
	struct slider *slider = os_object_state(object, &s_slider_class.base.base);
	os_free(slider->low);
	os_free(slider->high);
}

static const struct ui_control_class s_slider_class = {
	.base = {.base = {.struct_size = sizeof(s_slider_class),
	                  .name = "slider",
	                  .size = sizeof(struct slider),
	                  .super = &ui_control_class.base.base,
	                  .init = slider_init,
	                  .finalize = slider_finalize},
	         .draw = slider_draw,
	         .size_that_fits = slider_size_that_fits,
	         .touches = slider_touches,
	         .accessibility = slider_accessibility,
	         .perform_action = slider_perform_action,
	         .key = slider_key},
	.track = slider_track,
	.state_changed = slider_state_changed,
};

struct ui_view *ui_slider_create(double value)
{
	struct ui_view *view = ui_view_create_of_class(&s_slider_class.base);
	range_set(&slider_of(view)->range, value);
	return view;
}

void ui_slider_set_range(struct ui_view *view, double minimum, double maximum, double step)
{
	range_set_limits(&slider_of(view)->range, minimum, maximum, step);
	ui_view_set_needs_draw(view);
}

void ui_slider_set_value(struct ui_view *view, double value)
{
	struct slider *slider = slider_of(view);
	if (!slider->now.is_held && range_set(&slider->range, value)) {
		ui_view_set_needs_draw(view);
	}
}

double ui_slider_value(const struct ui_view *view)
{
	return slider_of(view)->range.value;
}

void ui_slider_set_symbols(struct ui_view *view, const char *low, const char *high)
{
	struct slider *slider = slider_of(view);
	os_free(slider->low);
	os_free(slider->high);
	slider->low = low == NULL ? NULL : os_strdup(low);
	slider->high = high == NULL ? NULL : os_strdup(high);
	ui_view_set_needs_draw(view);
}
