/* A finger on a control:
 *
 *	idle ──down──→ pressed ──out of 44 pt──→ outside ──back in──→ pressed
 *	                 │ up: TAPPED               │ up: nothing
 *	                 └──────── cancelled ───────┴──→ idle
 */
#include <ui/control_class.h>

#include <os/array.h>

#include "control_private.h"
#include "work.h"

/* A finger may leave a control by this much and still be on it (FEEL.md, Minimum target). */
#define GRACE 44.0

struct action {
	enum ui_control_event event;
	ui_action_fn fn;
	void *context;
	struct os_weak *object; /* set instead of context when the receiver is an object */
};

struct control {
	struct os_array actions; /* struct action */
	bool disabled, selected, pressed;
	int tracking; /* the finger, -1 when none */
};

static const struct ui_control_class *class_of(const struct ui_view *view)
{
	return (const struct ui_control_class *)os_object_class(view);
}

static struct control *control_of(const struct ui_view *view)
{
	return ui_view_state(view, &ui_control_class.base);
}

static void control_init(struct os_object *object)
{
	struct control *control = os_object_state(object, &ui_control_class.base.base);
	os_array_init(&control->actions, sizeof(struct action));
	control->tracking = -1;
}

static void drop_action(struct control *control, size_t index)
{
	struct action *action = os_array_at(&control->actions, index);
	if (action->object != NULL) {
		os_weak_finish(action->object);
		os_free(action->object);
	}
	os_array_remove(&control->actions, index, 1);
}

static void control_finalize(struct os_object *object)
{
	struct control *control = os_object_state(object, &ui_control_class.base.base);
	while (control->actions.count > 0) {
		drop_action(control, control->actions.count - 1);
	}
	os_array_finish(&control->actions);
}

static void state_changed(struct ui_view *view)
{
	for (const struct os_class *at = os_object_class(view); at != &ui_view_class.base; at = at->super) {
		const struct ui_control_class *class = (const struct ui_control_class *)at;
		if (at->struct_size > offsetof(struct ui_control_class, state_changed) && class->state_changed) {
			class->state_changed(view);
			return;
		}
	}
	ui_view_set_needs_draw(view);
}

static void set_pressed(struct ui_view *view, bool pressed)
{
	struct control *control = control_of(view);
	if (control->pressed == pressed) {
		return;
	}
	control->pressed = pressed;
	state_changed(view);
	ui_control_send(view, pressed ? UI_CONTROL_PRESSED : UI_CONTROL_RELEASED);
}

static bool is_near(const struct ui_view *view, const struct ui_touch *touch)
{
	struct md_rect bounds = ui_view_bounds(view);
	struct md_insets grace = {-GRACE, -GRACE, -GRACE, -GRACE};
	return md_rect_contains(md_rect_inset(bounds, grace), ui_touch_position(touch, view));
}

static void end_tracking(struct ui_view *view, bool inside)
{
	struct control *control = control_of(view);
	control->tracking = -1;
	bool tapped = inside && control->pressed;
	os_retain(view);
	set_pressed(view, false);
	if (tapped) {
		ui_control_send(view, UI_CONTROL_TAPPED);
	}
	os_release(view);
}

static void control_touches(struct ui_view *view, enum ui_touch_phase phase, struct ui_touch *const *touches,
                            int count)
{
	struct control *control = control_of(view);
	const struct ui_control_class *class = class_of(view);
	for (int i = 0; i < count; i++) {
		const struct ui_touch *touch = touches[i];
		if (phase == UI_TOUCH_BEGAN && control->tracking < 0 && !control->disabled) {
			control->tracking = ui_touch_finger(touch);
			set_pressed(view, true);
		}
		if (ui_touch_finger(touch) != control->tracking) {
			continue;
		}
		if (phase == UI_TOUCH_MOVED || phase == UI_TOUCH_BEGAN) {
			bool goes_on = class->track == NULL || class->track(view, touch);
			set_pressed(view, is_near(view, touch));
			if (!goes_on) {
				end_tracking(view, false);
			}
		} else {
			end_tracking(view, phase == UI_TOUCH_ENDED);
		}
	}
}

static bool control_perform_action(struct ui_view *view, const char *action)
{
	if (strcmp(action, "activate") != 0 || control_of(view)->disabled) {
		return false;
	}
	ui_control_send(view, UI_CONTROL_TAPPED);
	return true;
}

static bool control_can_focus(struct ui_view *view)
{
	return !control_of(view)->disabled;
}

const struct ui_control_class ui_control_class = {
	.base = {.base = {.struct_size = sizeof(ui_control_class),
	                  .name = "control",
	                  .size = sizeof(struct control),
	                  .super = &ui_view_class.base,
	                  .init = control_init,
	                  .finalize = control_finalize},
	         .touches = control_touches,
	         .perform_action = control_perform_action,
	         .can_focus = control_can_focus},
};

static struct action *add_action(struct ui_view *view, enum ui_control_event event, ui_action_fn fn)
{
	struct action *action = os_array_append(&control_of(view)->actions);
	action->event = event;
	action->fn = fn;
	return action;
}

void ui_control_add_action(struct ui_view *view, enum ui_control_event event, ui_action_fn fn, void *context)
{
	add_action(view, event, fn)->context = context;
}

void ui_control_add_object_action(struct ui_view *view, enum ui_control_event event, ui_action_fn fn, void *object)
{
	struct action *action = add_action(view, event, fn);
	action->object = os_alloc(sizeof(*action->object));
	os_weak_set(action->object, object);
}

void ui_control_remove_actions(struct ui_view *view, void *context)
{
	struct control *control = control_of(view);
	for (size_t i = control->actions.count; i-- > 0;) {
		struct action *action = os_array_at(&control->actions, i);
		void *receiver = action->object != NULL ? os_weak_get(action->object) : action->context;
		if (receiver == context) {
			drop_action(control, i);
		}
	}
}

/* Handlers may remove actions or release the control: a copy of each action is called. */
/* The app's own function: a hop of the finger's way. */
static void call_action(struct ui_view *view, ui_action_fn fn, void *context)
{
	struct ui_scene *scene = ui_view_scene(view);
	int64_t began_us = OS_TRACE_BEGIN();
	fn(context, view);
	UI_WORK_INNER_HOP(scene, "handler", began_us, (int64_t)(intptr_t)fn);
}

void ui_control_send(struct ui_view *view, enum ui_control_event event)
{
	struct control *control = control_of(view);
	os_retain(view);
	size_t count = control->actions.count;
	for (size_t i = 0; i < count && i < control->actions.count; i++) {
		struct action action = *(struct action *)os_array_at(&control->actions, i);
		if (action.event != event) {
			continue;
		}
		if (action.object == NULL) {
			call_action(view, action.fn, action.context);
			continue;
		}
		void *receiver = os_retain(os_weak_get(action.object));
		if (receiver != NULL) {
			call_action(view, action.fn, receiver);
		}
		os_release(receiver);
	}
	os_release(view);
}

void ui_control_set_disabled(struct ui_view *view, bool disabled)
{
	struct control *control = control_of(view);
	if (control->disabled == disabled) {
		return;
	}
	control->disabled = disabled;
	if (disabled && control->tracking >= 0) {
		end_tracking(view, false);
	}
	state_changed(view);
}

bool ui_control_is_disabled(const struct ui_view *view)
{
	return control_of(view)->disabled;
}

bool ui_control_is_pressed(const struct ui_view *view)
{
	return control_of(view)->pressed;
}

void ui_control_set_selected(struct ui_view *view, bool selected)
{
	struct control *control = control_of(view);
	if (control->selected != selected) {
		control->selected = selected;
		state_changed(view);
	}
}

bool ui_control_is_selected(const struct ui_view *view)
{
	return control_of(view)->selected;
}

void control_describe(const struct ui_view *view, struct ui_accessibility *element)
{
	struct control *control = control_of(view);
	element->enabled = !control->disabled;
	element->selected = control->selected;
	element->focused = ui_view_is_first_responder(view);
	element->leaf = true;
	if (!control->disabled) {
		element->actions[element->action_count++] = "activate";
	}
}
