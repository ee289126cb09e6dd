/* An alert is a controller whose view lies over everything in the window: a shade that takes all
 * fingers, and a card. It is there until it is answered:
 *
 *	shown ──a button, Return, Escape──→ answered (fades, takes nothing more) ──→ gone
 */
#include <ui/alert.h>

#include <linux/input-event-codes.h>
#include <string.h>

#include <os/key_input.h>
#include <os/log.h>
#include <os/memory.h>
#include <ui/view_animation.h>
#include <ui/view_class.h>
#include <ui/window.h>

#include "alert_button.h"
#include "alert_card.h"

#define FADE_US 200000    /* FEEL.md, Reduce motion */
#define NEARER 1.12       /* scale that the card comes from */
#define SPRING_OMEGA 22.0 /* FEEL.md, Edge pop: what is let go */
#define SPRING_DAMPING 0.85

struct alert {
	struct ui_view_controller *own; /* keeps the view; released when it leaves the window */
	struct os_weak over;            /* who asked */
	struct os_weak before;          /* first responder until then */
	struct ui_alert_button buttons[ALERT_BUTTONS]; /* titles are copies */
	int count, default_button, cancel_button;      /* -1: there is none */
	int order[ALERT_BUTTONS];
	char *title, *message;
	struct ui_view *shade; /* weak: a child */
	struct alert_card card;
	bool answered;
};

static const struct ui_view_class s_alert_class;

static struct alert *alert_of(const struct ui_view *view)
{
	return ui_view_state(view, &s_alert_class);
}

static int find(const struct alert *alert, enum ui_alert_kind kind)
{
	for (int i = 0; i < alert->count; i++) {
		if (alert->buttons[i].kind == kind) {
			return i;
		}
	}
	return -1;
}

/* --- The answer ------------------------------------------------------------------------------- */

static void fade_out(void *context)
{
	ui_view_set_opacity(context, 0);
}

static void did_fade_out(void *context, bool finished)
{
	ui_view_remove(context);
	os_release(context);
}

static void give_focus_back(struct ui_view *view, struct alert *alert)
{
	struct ui_view *now = ui_window_first_responder(ui_view_window(view));
	struct ui_view *before = os_weak_get(&alert->before);
	if (now != NULL && !ui_view_is_descendant(now, view)) {
		return; /* somebody else has it */
	}
	if (before == NULL || !ui_view_become_first_responder(before)) {
		if (now != NULL) {
			ui_view_resign_first_responder(now);
		}
	}
}

static void answer(struct ui_view *view, int index)
{
	struct alert *alert = alert_of(view);
	if (alert->answered || index < 0) {
		return;
	}
	alert->answered = true;
	os_retain(view); /* until it has faded */
	struct ui_view_controller *over = os_retain(os_weak_get(&alert->over));
	const struct ui_alert_button button = alert->buttons[index];
	ui_view_set_enabled(view, false);
	if (ui_view_window(view) != NULL) {
		give_focus_back(view, alert);
	}
	if (over != NULL && button.fn != NULL) {
		button.fn(button.context);
	}
	os_release(over);
	const struct ui_animation fade = {.duration_us = FADE_US, .curve = MD_CURVE_OUT};
	ui_animate(&fade, fade_out, view, did_fade_out);
}

static void did_tap(void *context, struct ui_view *button)
{
	struct ui_view *view = context;
	const struct alert *alert = alert_of(view);
	for (int i = 0; i < alert->count; i++) {
		if (alert->card.buttons[i] == button) {
			answer(view, i);
			return;
		}
	}
}

/* --- Keys ------------------------------------------------------------------------------------- */

static void move_focus(struct ui_view *view, int step)
{
	const struct alert *alert = alert_of(view);
	int at = step > 0 ? -1 : alert->count;
	for (int i = 0; i < alert->count; i++) {
		if (ui_view_is_first_responder(alert->card.buttons[alert->order[i]])) {
			at = i;
		}
	}
	at = (at + step + alert->count) % alert->count;
	ui_view_become_first_responder(alert->card.buttons[alert->order[at]]);
}

static bool alert_key(struct ui_view *view, const struct ui_key_event *event)
{
	const struct alert *alert = alert_of(view);
	if (!event->down || event->repeat) {
		return true;
	}
	switch (event->key) {
	case KEY_ENTER:
	case KEY_KPENTER:
		answer(view, alert->default_button);
		break;
	case KEY_ESC:
		answer(view, alert->cancel_button);
		break;
	case KEY_TAB:
	case KEY_RIGHT:
	case KEY_DOWN:
		move_focus(
		    view, event->key == KEY_TAB && (event->modifiers & OS_KEY_SHIFT) != 0 ? -1 : 1);
		break;
	case KEY_LEFT:
	case KEY_UP:
		move_focus(view, -1);
		break;
	default:
		break;
	}
	return true; /* nothing goes to what is behind */
}

static bool alert_command(struct ui_view *view, const char *action, bool only_ask)
{
	return true;
}

/* --- The view --------------------------------------------------------------------------------- */

static void alert_layout(struct ui_view *view, struct md_rect bounds)
{
	struct alert *alert = alert_of(view);
	ui_view_set_frame(alert->shade, bounds);
	alert_card_layout(&alert->card, md_rect_inset(bounds, ui_view_safe_area(view)));
}

static void build_card(struct ui_view *view)
{
	struct alert *alert = alert_of(view);
	alert_card_build(&alert->card, view, alert->title, alert->message);
	alert->card.cancel = find(alert, UI_ALERT_CANCEL);
	memcpy(alert->card.order, alert->order, sizeof(alert->order));
	for (int i = 0; i < alert->count; i++) {
		bool is_default = i == alert->default_button;
		struct ui_view *button = alert_button_create(alert->buttons[i].title,
							     alert->buttons[i].kind, is_default);
		ui_control_add_action(button, UI_CONTROL_TAPPED, did_tap, view);
		alert_card_add_button(&alert->card, button);
	}
}

/* Other sizes want another card: what scrolls may be other parts of it. */
static void alert_traits_changed(struct ui_view *view)
{
	struct alert *alert = alert_of(view);
	if (alert->card.view == NULL) {
		return;
	}
	ui_view_remove(alert->card.view);
	build_card(view);
	if (ui_window_first_responder(ui_view_window(view)) == NULL && !alert->answered) {
		ui_view_become_first_responder(view);
	}
	ui_view_set_needs_layout(view);
}

static void alert_moved(struct ui_view *view, struct ui_window *window)
{
	struct alert *alert = alert_of(view);
	if (window == NULL) {
		struct ui_view_controller *own = alert->own;
		alert->own = NULL;
		os_release(own);
	}
}

static void alert_touches(struct ui_view *view, enum ui_touch_phase phase,
			  struct ui_touch *const *touches, int count)
{
}

static bool alert_can_focus(struct ui_view *view)
{
	return !alert_of(view)->answered;
}

static void alert_accessibility(struct ui_view *view, struct ui_accessibility *ret_element)
{
	ret_element->role = UI_ROLE_ALERT;
	ret_element->label = alert_of(view)->title;
}

static void alert_finalize(struct os_object *object)
{
	struct alert *alert = os_object_state(object, &s_alert_class.base);
	for (int i = 0; i < alert->count; i++) {
		os_free((char *)alert->buttons[i].title);
	}
	os_weak_finish(&alert->over);
	os_weak_finish(&alert->before);
	os_free(alert->title);
	os_free(alert->message);
}

static const struct ui_view_class s_alert_class = {
    .base = {.struct_size = sizeof(s_alert_class),
	     .name = "alert",
	     .size = sizeof(struct alert),
	     .super = &ui_view_class.base,
	     .finalize = alert_finalize},
    .layout = alert_layout,
    .touches = alert_touches,
    .key = alert_key,
    .command = alert_command,
    .can_focus = alert_can_focus,
    .did_move_to_window = alert_moved,
    .traits_changed = alert_traits_changed,
    .accessibility = alert_accessibility,
};

/* --- Showing it ------------------------------------------------------------------------------- */

/* Return does what can be undone: the default button, else the one that cancels, else the only one.
 * Escape cancels; an alert with one button has nothing else to say. */
static void choose(struct alert *alert)
{
	alert->cancel_button = find(alert, UI_ALERT_CANCEL);
	alert->default_button = find(alert, UI_ALERT_DEFAULT);
	if (alert->cancel_button < 0 && alert->count == 1) {
		alert->cancel_button = 0;
	}
	if (alert->default_button < 0) {
		alert->default_button = alert->cancel_button;
	}
	int used = 0;
	for (int pass = 0; pass < 2; pass++) {
		for (int i = 0; i < alert->count; i++) {
			if ((alert->buttons[i].kind == UI_ALERT_CANCEL) == (pass == 1)) {
				alert->order[used++] = i;
			}
		}
	}
}

static void show(void *context)
{
	struct alert *alert = alert_of(context);
	ui_view_set_opacity(alert->shade, 1);
	ui_view_set_opacity(alert->card.view, 1);
}

static void grow(void *context)
{
	ui_view_set_transform(alert_of(context)->card.view, MD_TRANSFORM_IDENTITY);
}

static void animate_in(struct ui_view *view)
{
	struct alert *alert = alert_of(view);
	ui_view_set_opacity(alert->shade, 0);
	ui_view_set_opacity(alert->card.view, 0);
	const struct ui_animation fade = {.duration_us = FADE_US, .curve = MD_CURVE_OUT};
	ui_animate(&fade, show, view, NULL);
	if (ui_view_appearance(view)->reduce_motion) {
		return;
	}
	struct md_transform near = MD_TRANSFORM_IDENTITY;
	near.scale_x = near.scale_y = NEARER;
	ui_view_set_transform(alert->card.view, near);
	struct md_spring spring = md_spring_from_frequency(SPRING_OMEGA, SPRING_DAMPING);
	const struct ui_animation how = {.is_spring = true, .spring = spring};
	ui_animate(&how, grow, view, NULL);
}

static struct ui_view *create(struct ui_view_controller *over,
			      const struct ui_alert_button *buttons, int count)
{
	struct ui_view *view = ui_view_create_of_class(&s_alert_class);
	struct alert *alert = alert_of(view);
	os_weak_set(&alert->over, over);
	alert->count = OS_CLAMP(count, 0, ALERT_BUTTONS);
	for (int i = 0; i < alert->count; i++) {
		alert->buttons[i] = buttons[i];
		alert->buttons[i].title = os_strdup(buttons[i].title);
	}
	choose(alert);
	alert->shade = ui_view_create();
	ui_view_set_background(alert->shade, UI_COLOR_DIMMING);
	ui_view_set_layered(alert->shade, true);
	ui_view_add(view, alert->shade);
	return view;
}

void ui_alert_show(struct ui_view_controller *over, const char *title, const char *message,
		   const struct ui_alert_button *buttons, int count)
{
	struct ui_window *window = ui_view_window(ui_view_controller_view(over));
	if (window == NULL) {
		os_log_debug("alert", "nobody can see \"%s\": its controller is in no window",
			     title);
		return;
	}
	struct ui_view *view = create(over, buttons, count);
	struct alert *alert = alert_of(view);
	alert->title = os_strdup(title != NULL ? title : "");
	alert->message = os_strdup(message != NULL ? message : "");
	os_weak_set(&alert->before, ui_window_first_responder(window));
	alert->own = ui_view_controller_create_with_view(view, alert->title);
	ui_view_set_frame(view, (struct md_rect){0, 0, ui_window_size(window).width,
						 ui_window_size(window).height});
	ui_view_add(ui_window_view(window), os_retain(view));
	build_card(view);
	animate_in(view);
	ui_view_become_first_responder(view);
}
