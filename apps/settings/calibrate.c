/* A calibration from its first swipe to Keep. While it runs the compositor sends this scene every
 * finger, as the panel reports it; in the preview, as it would be.
 *
 *	steps (touch_course.h), raw places ──all fit──▶ preview, new matrix ──Keep──▶ saved, gone
 *	    └──Escape, a minute's rest──▶ gone            └──15 s, Escape──▶ gone, as it was; Try again: steps
 */
#include "calibrate.h"

#include <linux/input-event-codes.h>
#include <stdio.h>
#include <string.h>

#include <cs/calibration.h>
#include <md/calibration.h>
#include <md/scene.h>
#include <os/timer.h>

static struct calibrate *calibrate_of(const struct ui_view *view)
{
	return ui_view_state(view, &calibrate_class);
}

static struct md_scene *scene_of(const struct ui_view *view)
{
	struct ui_scene *scene = ui_view_scene(view);
	return scene == NULL ? NULL : ui_scene_md(scene);
}

/* --- Beginning and ending --------------------------------------------------------------------- */

static void begin_course(struct ui_view *view, enum touch_note note)
{
	struct calibrate *calibrate = calibrate_of(view);
	struct md_scene *scene = scene_of(view);
	touch_course_begin(&calibrate->course);
	calibrate->course.note = note;
	calibrate->finger = -1;
	os_timer_cancel(calibrate->timer);
	if (scene != NULL) {
		calibrate->orientation = md_scene_configuration(scene)->orientation;
		md_calibration_try(scene, calibrate->id, md_calibration_none);
	}
	calibrate_update(view);
}

static void go_away(struct ui_view *view)
{
	struct calibrate *calibrate = calibrate_of(view);
	if (calibrate->ended) {
		return;
	}
	calibrate->ended = true;
	calibrate->settings->calibrate = NULL;
	os_timer_cancel(calibrate->timer);
	if (scene_of(view) != NULL) {
		md_calibration_end(scene_of(view));
	}
	ui_view_remove(view);
}

static void say(struct ui_view_controller *over, const char *title, const char *message)
{
	static const struct ui_alert_button buttons[] = {{"OK", UI_ALERT_DEFAULT, NULL, NULL}};
	if (over != NULL && ui_view_controller_is_visible(over)) {
		ui_alert_show(over, title, message, buttons, 1);
	}
}

static void give_up(struct ui_view *view, const char *why)
{
	struct ui_view_controller *over = os_retain(os_weak_get(&calibrate_of(view)->over));
	go_away(view);
	if (why != NULL) {
		say(over, "Nothing was changed", why);
	}
	os_release(over);
}

void calibrate_was_ended(struct settings *settings, const char *id)
{
	if (settings->calibrate != NULL) {
		give_up(settings->calibrate, "The panel was unplugged, or nobody touched it for a minute.");
	}
}

/* --- The preview ------------------------------------------------------------------------------ */

static void second_passed(void *context, int64_t now_us)
{
	struct ui_view *view = context;
	struct calibrate *calibrate = calibrate_of(view);
	if (--calibrate->seconds <= 0) {
		give_up(view, "Nobody pressed Keep, so touches are what they were.");
		return;
	}
	os_timer_set(calibrate->timer, now_us + OS_US_PER_S);
	calibrate_update(view);
}

static void begin_preview(struct ui_view *view)
{
	struct calibrate *calibrate = calibrate_of(view);
	double matrix[6];
	touch_fit_to_panel(calibrate->course.matrix, calibrate->orientation, matrix);
	if (!cs_calibration_is_matrix(matrix)) {
		begin_course(view, TOUCH_NOTE_UNFIT);
		return;
	}
	md_calibration_try(scene_of(view), calibrate->id, matrix);
	calibrate->seconds = CALIBRATE_CONFIRM_S;
	os_timer_set_after(calibrate->timer, OS_US_PER_S);
}

static void did_save(void *context, int status, const char *sentence)
{
	struct ui_view *view = context;
	if (!calibrate_of(view)->ended) {
		struct ui_view_controller *over = os_retain(os_weak_get(&calibrate_of(view)->over));
		go_away(view);
		if (status < 0) {
			say(over, "This was not saved", sentence);
		}
		os_release(over);
	}
	os_release(view);
}

static void keep(void *context, struct ui_view *button)
{
	struct ui_view *view = context;
	struct calibrate *calibrate = calibrate_of(view);
	double matrix[6];
	os_timer_cancel(calibrate->timer);
	ui_control_set_disabled(calibrate->keep, true);
	ui_control_set_disabled(calibrate->again, true);
	touch_fit_to_panel(calibrate->course.matrix, calibrate->orientation, matrix);
	settings_write_calibration(calibrate->settings, calibrate->id, matrix, did_save, os_retain(view));
}

static void try_again(void *context, struct ui_view *button)
{
	begin_course(context, TOUCH_NOTE_NONE);
}

/* --- Fingers and keys ------------------------------------------------------------------------- */

static struct md_point place_of(const struct ui_view *view, struct md_point at)
{
	struct md_size size = ui_window_size(ui_view_window(view));
	return (struct md_point){at.x / size.width, at.y / size.height};
}

static void did_lift(struct ui_view *view, struct md_point place)
{
	struct touch_course *course = &calibrate_of(view)->course;
	if (!touch_course_up(course, place)) {
		return;
	}
	if (course->step == TOUCH_PREVIEW) {
		begin_preview(view);
	}
	calibrate_update(view);
}

static void follow(struct ui_view *view, enum ui_touch_phase phase, const struct ui_touch *touch)
{
	struct calibrate *calibrate = calibrate_of(view);
	struct md_point at = ui_touch_position(touch, NULL), place = place_of(view, at);
	if (calibrate->course.step == TOUCH_PREVIEW) {
		calibrate_place_dot(view, at, phase == UI_TOUCH_BEGAN || phase == UI_TOUCH_MOVED);
		return;
	}
	switch (phase) {
	case UI_TOUCH_BEGAN:
		touch_course_down(&calibrate->course, place);
		break;
	case UI_TOUCH_MOVED:
		touch_course_move(&calibrate->course, place);
		break;
	case UI_TOUCH_ENDED:
		did_lift(view, place);
		break;
	default:
		touch_course_cancel(&calibrate->course);
		break;
	}
}

static void touches(struct ui_view *view, enum ui_touch_phase phase, struct ui_touch *const *list, int count)
{
	struct calibrate *calibrate = calibrate_of(view);
	struct md_scene *scene = scene_of(view);
	if (calibrate->ended || scene == NULL) {
		return;
	}
	if (md_scene_configuration(scene)->orientation != calibrate->orientation) {
		begin_course(view, TOUCH_NOTE_NONE); /* what was touched was elsewhere */
	}
	for (int i = 0; i < count; i++) {
		int finger = ui_touch_finger(list[i]);
		if (phase == UI_TOUCH_BEGAN && calibrate->finger < 0) {
			calibrate->finger = finger;
		}
		if (finger != calibrate->finger) {
			continue; /* one is enough */
		}
		if (phase == UI_TOUCH_ENDED || phase == UI_TOUCH_CANCELLED) {
			calibrate->finger = -1;
		}
		follow(view, phase, list[i]);
	}
}

static bool key(struct ui_view *view, const struct ui_key_event *event)
{
	if (event->down && event->key == KEY_ESC) {
		give_up(view, NULL);
	}
	return true;
}

/* --- The view --------------------------------------------------------------------------------- */

static bool can_focus(struct ui_view *view)
{
	return !calibrate_of(view)->ended;
}

static void traits_changed(struct ui_view *view)
{
	calibrate_update(view);
}

static void accessibility(struct ui_view *view, struct ui_accessibility *ret_element)
{
	ret_element->role = UI_ROLE_SHEET;
	ret_element->label = "Calibrate touch";
}

static void finalize(struct os_object *object)
{
	struct calibrate *calibrate = os_object_state(object, &calibrate_class.base);
	os_timer_release(calibrate->timer);
	os_weak_finish(&calibrate->over);
	if (!calibrate->ended) {
		calibrate->settings->calibrate = NULL;
	}
}

const struct ui_view_class calibrate_class = {
    .base = {.struct_size = sizeof(calibrate_class),
             .name = "calibrate",
             .size = sizeof(struct calibrate),
             .super = &ui_view_class.base,
             .finalize = finalize},
    .layout = calibrate_layout,
    .touches = touches,
    .key = key,
    .can_focus = can_focus,
    .traits_changed = traits_changed,
    .accessibility = accessibility,
};

void calibrate_begin(struct settings *settings, struct ui_view_controller *over, const char *id, const char *name)
{
	struct ui_window *window = ui_view_window(ui_view_controller_view(over));
	if (window == NULL || settings->calibrate != NULL) {
		return;
	}
	struct ui_view *view = ui_view_create_of_class(&calibrate_class);
	struct calibrate *calibrate = calibrate_of(view);
	calibrate->settings = settings;
	calibrate->finger = -1;
	snprintf(calibrate->id, sizeof(calibrate->id), "%s", id);
	snprintf(calibrate->name, sizeof(calibrate->name), "%s", name);
	os_weak_set(&calibrate->over, over);
	calibrate->timer =
	    os_timer_create(os_loop_current(), OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON, second_passed, view);
	calibrate_build(view, keep, try_again);
	struct md_size size = ui_window_size(window);
	ui_view_set_frame(view, (struct md_rect){0, 0, size.width, size.height});
	settings->calibrate = view;
	ui_view_add(ui_window_view(window), view);
	begin_course(view, TOUCH_NOTE_NONE);
	ui_view_become_first_responder(view);
}
