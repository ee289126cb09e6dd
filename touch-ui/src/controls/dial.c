/* A finger on a dial:
 *
 *	idle ──down──→ held ──10 pt, or any way from the thumb──→ turning ──lift──→ idle, the value stays
 *	                │ lift: nothing                             │
 *	                └──────────── cancelled ────────────────────┴──→ idle, the value is what it was
 *
 * A pan of its own keeps scrollers still once the finger turns it. */
#include "dial_private.h"

#include <math.h>
#include <string.h>

#include <os/memory.h>
#include <ui/gesture.h>

#include "control_private.h"

#define LEAST 132.0
#define USUAL 240.0 /* where nobody says how large */
#define SLACK 10.0  /* FEEL.md, Drag begins */
#define REACH 26.0  /* from the thumb's middle: on it */

static const struct ui_control_class s_dial_class;

struct dial *dial_of(const struct ui_view *view)
{
	return ui_view_state(view, &s_dial_class.base);
}

static struct md_size dial_size_that_fits(struct ui_view *view, struct md_size proposal)
{
	double side = fmin(proposal.width, proposal.height);
	side = side < MD_UNBOUNDED ? fmax(side, LEAST) : USUAL;
	return (struct md_size){side, side};
}

static void did_change(struct ui_view *view, bool changed, double share_before)
{
	if (changed) {
		dial_redraw_value(view, share_before);
		ui_control_send(view, UI_CONTROL_VALUE_CHANGED);
	}
}

/* --- Fingers -------------------------------------------------------------------------------------- */

static bool is_on_thumb(const struct ui_view *view, struct md_point at)
{
	struct md_point center;
	double radius = dial_ring(view, &center);
	struct md_point thumb = dial_turn_point(center, radius, range_fraction(&dial_of(view)->range));
	return hypot(at.x - thumb.x, at.y - thumb.y) <= REACH;
}

static void begin_hold(struct ui_view *view, const struct ui_touch *touch)
{
	struct dial *dial = dial_of(view);
	struct md_point start = ui_touch_start(touch, view);
	dial->now.is_held = true;
	dial->now.finger = ui_touch_finger(touch);
	dial->now.drags = is_on_thumb(view, start);
	dial->now.value = dial->range.value;
	dial->now.turn.radius = dial_ring(view, &dial->now.turn.center);
	dial_turn_begin(&dial->now.turn, start, range_fraction(&dial->range));
	ui_view_set_needs_draw(view);
}

static void turn_to(struct ui_view *view, struct md_point at)
{
	struct dial *dial = dial_of(view);
	double before = range_fraction(&dial->range);
	dial_turn_move(&dial->now.turn, at);
	did_change(view, range_set_fraction(&dial->range, dial->now.turn.share), before);
}

static bool dial_track(struct ui_view *view, const struct ui_touch *touch)
{
	struct dial *dial = dial_of(view);
	struct md_point at = ui_touch_position(touch, view), start = ui_touch_start(touch, view);
	if (ui_touch_phase(touch) == UI_TOUCH_BEGAN || !dial->now.is_held) {
		begin_hold(view, touch);
	}
	if (dial->now.drags) {
		turn_to(view, at);
	} else if (hypot(at.x - start.x, at.y - start.y) >= SLACK) {
		dial->now.drags = true; /* the first points are swallowed: it starts from where the finger is */
		dial_turn_skip(&dial->now.turn, at);
	}
	return true;
}

static void let_go(struct ui_view *view)
{
	struct dial *dial = dial_of(view);
	memset(&dial->now, 0, sizeof(dial->now));
	ui_view_set_needs_draw(view);
}

static void end_hold(struct ui_view *view, enum ui_touch_phase phase, const struct ui_touch *touch)
{
	struct dial *dial = dial_of(view);
	double before = range_fraction(&dial->range);
	if (phase == UI_TOUCH_CANCELLED) {
		did_change(view, range_set(&dial->range, dial->now.value), before);
	} else if (dial->now.drags) {
		turn_to(view, ui_touch_position(touch, view)); /* where it really was: moves are foretold */
	}
	let_go(view);
}

static void dial_touches(struct ui_view *view, enum ui_touch_phase phase, struct ui_touch *const *touches,
                         int count)
{
	const struct dial *dial = dial_of(view);
	bool ends = phase == UI_TOUCH_ENDED || phase == UI_TOUCH_CANCELLED;
	os_retain(view);
	for (int i = 0; i < count && ends; i++) {
		if (dial->now.is_held && ui_touch_finger(touches[i]) == dial->now.finger) {
			end_hold(view, phase, touches[i]);
		}
	}
	ui_view_super_touches(&s_dial_class.base, view, phase, touches, count);
	os_release(view);
}

static void dial_state_changed(struct ui_view *view)
{
	if (ui_control_is_disabled(view) && dial_of(view)->now.is_held) {
		let_go(view);
	}
	ui_view_set_needs_draw(view);
}

/* Its own pan has nothing to do: that it has begun is what keeps scrollers still. */
static void goes_around(void *context, struct ui_gesture *gesture)
{
}

/* --- Keys and accessibility ----------------------------------------------------------------------- */

static bool dial_key(struct ui_view *view, const struct ui_key_event *event)
{
	struct dial *dial = dial_of(view);
	double before = range_fraction(&dial->range);
	bool changed = false;
	if (ui_control_is_disabled(view) || !range_key(&dial->range, event, false, &changed)) {
		return false;
	}
	did_change(view, changed, before);
	return true;
}

static void dial_accessibility(struct ui_view *view, struct ui_accessibility *ret_element)
{
	struct dial *dial = dial_of(view);
	ret_element->role = UI_ROLE_SLIDER;
	ret_element->value = range_describe(&dial->range, dial->text);
	control_describe(view, ret_element);
	ret_element->action_count = 0;
	if (!ui_control_is_disabled(view)) {
		ret_element->actions[ret_element->action_count++] = "increment";
		ret_element->actions[ret_element->action_count++] = "decrement";
	}
}

static bool dial_perform_action(struct ui_view *view, const char *action)
{
	struct dial *dial = dial_of(view);
	double before = range_fraction(&dial->range);
	bool changed = false;
	if (ui_control_is_disabled(view) || !range_action(&dial->range, action, &changed)) {
		return false;
	}
	did_change(view, changed, before);
	return true;
}

/* --- Life cycle ----------------------------------------------------------------------------------- */

static void dial_init(struct os_object *object)
{
	struct ui_view *view = (struct ui_view *)object;
	struct dial *dial = os_object_state(object, &s_dial_class.base.base);
	range_init(&dial->range);
	struct ui_gesture *pan = ui_pan_create(goes_around, NULL);
	ui_gesture_set_cancels_touches(pan, false);
	ui_view_add_gesture(view, pan);
}

static void dial_finalize(struct os_object *object)
{
	struct dial *dial = os_object_state(object, &s_dial_class.base.base);
	os_free(dial->low);
	os_free(dial->high);
	os_free(dial->caption);
}

static const struct ui_control_class s_dial_class = {
	.base = {.base = {.struct_size = sizeof(s_dial_class),
	                  .name = "dial",
	                  .size = sizeof(struct dial),
	                  .super = &ui_control_class.base.base,
	                  .init = dial_init,
	                  .finalize = dial_finalize},
	         .draw = dial_draw,
	         .size_that_fits = dial_size_that_fits,
	         .touches = dial_touches,
	         .accessibility = dial_accessibility,
	         .perform_action = dial_perform_action,
	         .key = dial_key},
	.track = dial_track,
	.state_changed = dial_state_changed,
};

struct ui_view *ui_dial_create(double value)
{
	struct ui_view *view = ui_view_create_of_class(&s_dial_class.base);
	range_set(&dial_of(view)->range, value);
	return view;
}

void ui_dial_set_range(struct ui_view *view, double minimum, double maximum, double step)
{
	range_set_limits(&dial_of(view)->range, minimum, maximum, step);
	ui_view_set_needs_draw(view);
}

void ui_dial_set_value(struct ui_view *view, double value)
{
	struct dial *dial = dial_of(view);
	double before = range_fraction(&dial->range);
	if (!dial->now.is_held && range_set(&dial->range, value)) {
		dial_redraw_value(view, before);
	}
}

double ui_dial_value(const struct ui_view *view)
{
	return dial_of(view)->range.value;
}

static void set_text(char **text, const char *to)
{
	os_free(*text);
	*text = to == NULL ? NULL : os_strdup(to);
}

void ui_dial_set_symbols(struct ui_view *view, const char *low, const char *high)
{
	set_text(&dial_of(view)->low, low);
	set_text(&dial_of(view)->high, high);
	ui_view_set_needs_draw(view);
}

void ui_dial_set_caption(struct ui_view *view, const char *caption)
{
	set_text(&dial_of(view)->caption, caption);
	ui_view_set_needs_draw(view);
}
