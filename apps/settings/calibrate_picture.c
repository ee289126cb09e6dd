/* What a calibration looks like: an arrow, a target, a dot, and a few words out of their way. */
#include <stdio.h>

#include "calibrate.h"

#define RING 26.0
#define CROSS 40.0
#define DOT 44.0
#define LINE 3.0
#define MARGIN 24.0
#define SPACE 8.0
#define BUTTONS_MAX 360.0
#define LARGE 7 /* the first of the accessible text sizes */

static struct calibrate *calibrate_of(const struct ui_view *view)
{
	return ui_view_state(view, &calibrate_class);
}

/* --- Drawing ---------------------------------------------------------------------------------- */

static void draw_line(struct md_canvas *canvas, const struct md_point *points, int count, struct md_color color)
{
	struct md_path *path = md_path_create();
	md_path_move_to(path, points[0].x, points[0].y);
	for (int i = 1; i < count; i++) {
		md_path_line_to(path, points[i].x, points[i].y);
	}
	md_canvas_stroke_path(canvas, path, 2 * LINE, color);
	md_path_release(path);
}

/* From a to b, with a head at b; both on one axis. */
static void draw_arrow(struct md_canvas *canvas, struct md_point a, struct md_point b, struct md_color color)
{
	double head = 22, x = b.x > a.x ? head : 0, y = b.y > a.y ? head : 0;
	const struct md_point shaft[2] = {a, b};
	const struct md_point tip[3] = {{b.x - x - y, b.y - x - y}, b, {b.x - x + y, b.y + x - y}};
	draw_line(canvas, shaft, 2, color);
	draw_line(canvas, tip, 3, color);
	md_canvas_fill_ellipse(canvas, (struct md_rect){a.x - 9, a.y - 9, 18, 18}, color);
}

static void draw_target(struct md_canvas *canvas, struct md_point at, struct md_color color, bool large)
{
	double ring = large ? RING : RING / 2, cross = large ? CROSS : CROSS / 2;
	struct md_path *path = md_path_create();
	md_path_add_ellipse(path, (struct md_rect){at.x - ring, at.y - ring, 2 * ring, 2 * ring});
	md_path_move_to(path, at.x - cross, at.y);
	md_path_line_to(path, at.x + cross, at.y);
	md_path_move_to(path, at.x, at.y - cross);
	md_path_line_to(path, at.x, at.y + cross);
	md_canvas_stroke_path(canvas, path, large ? LINE : 1, color);
	md_path_release(path);
	if (large) {
		md_canvas_fill_ellipse(canvas, (struct md_rect){at.x - 6, at.y - 6, 12, 12}, color);
	}
}

static struct md_point on_screen(struct md_rect bounds, struct md_point place)
{
	return (struct md_point){bounds.x + place.x * bounds.width, bounds.y + place.y * bounds.height};
}

/* Words take all the room there is. */
static bool is_large(const struct ui_view *view)
{
	return ui_view_appearance(view)->text_size >= LARGE;
}

static void draw(struct ui_view *view, struct md_canvas *canvas, struct md_rect dirty, void *context)
{
	const struct calibrate *calibrate = calibrate_of(context);
	const struct touch_course *course = &calibrate->course;
	struct md_rect all = ui_view_bounds(view);
	struct md_color tint = ui_view_resolve_color(view, UI_COLOR_TINT);
	struct md_color faint = ui_view_resolve_color(view, UI_COLOR_TERTIARY_LABEL);
	if (course->step == TOUCH_SWIPE_RIGHT) {
		draw_arrow(canvas, on_screen(all, (struct md_point){0.25, 0.75}),
		           on_screen(all, (struct md_point){0.75, 0.75}), tint);
	} else if (course->step == TOUCH_SWIPE_DOWN) {
		draw_arrow(canvas, on_screen(all, (struct md_point){0.5, 0.58}),
		           on_screen(all, (struct md_point){0.5, 0.92}), tint);
	}
	for (int i = 0; i < TOUCH_TARGETS && course->step >= TOUCH_TARGET; i++) {
		bool now = course->step == TOUCH_TARGET && i == course->target;
		bool seen = now || (course->step == TOUCH_PREVIEW && !is_large(view));
		if (seen) {
			draw_target(canvas, on_screen(all, touch_course_target(i)), now ? tint : faint, now);
		}
	}
}

/* --- Words ------------------------------------------------------------------------------------ */

static const char *title_of(const struct touch_course *course)
{
	static const char *const titles[] = {[TOUCH_SWIPE_RIGHT] = "Swipe to the right",
	                                     [TOUCH_SWIPE_DOWN] = "Swipe down",
	                                     [TOUCH_TARGET] = "Touch the target",
	                                     [TOUCH_PREVIEW] = "Does the dot follow your finger?"};
	return titles[course->step];
}

static const char *message_of(const struct calibrate *calibrate, char text[96])
{
	static const char *const notes[] = {
	    [TOUCH_NOTE_SWIPE] = "Too short, or slanting. Once more.",
	    [TOUCH_NOTE_AXIS] = "Both went one way. From the start.",
	    [TOUCH_NOTE_MISSED] = "Far from the target. Once more.",
	    [TOUCH_NOTE_MOVED] = "The finger moved. Once more.",
	    [TOUCH_NOTE_UNFIT] = "These did not fit together. From the start."};
	const struct touch_course *course = &calibrate->course;
	if (course->step == TOUCH_PREVIEW) {
		snprintf(text, 96, "All goes back in %d s, unless you keep it.", calibrate->seconds);
		return text;
	}
	if (course->note != TOUCH_NOTE_NONE) {
		return notes[course->note];
	}
	if (course->step == TOUCH_TARGET) {
		snprintf(text, 96, "%d of %d", course->target + 1, TOUCH_TARGETS);
		return text;
	}
	return "Anywhere on the screen, a hand's width.";
}

void calibrate_update(struct ui_view *view)
{
	struct calibrate *calibrate = calibrate_of(view);
	bool preview = calibrate->course.step == TOUCH_PREVIEW;
	char text[96], footnote[200];
	ui_label_set_text(calibrate->title, title_of(&calibrate->course));
	ui_label_set_text(calibrate->message, message_of(calibrate, text));
	bool several = calibrate->settings->panel_count > 1;
	snprintf(footnote, sizeof(footnote), "%s%s%s", several ? calibrate->name : "", several && !preview ? ". " : "",
	         preview ? "" : "Wait a minute, and nothing changes.");
	ui_label_set_text(calibrate->footnote, footnote);
	ui_view_set_hidden(calibrate->keep, !preview);
	ui_view_set_hidden(calibrate->again, !preview);
	if (!preview) {
		ui_view_set_hidden(calibrate->dot, true);
	}
	ui_view_set_needs_draw(calibrate->canvas);
	ui_view_set_needs_layout(view);
}

void calibrate_place_dot(struct ui_view *view, struct md_point place, bool shown)
{
	struct calibrate *calibrate = calibrate_of(view);
	ui_view_set_hidden(calibrate->dot, !shown);
	ui_view_set_frame(calibrate->dot, (struct md_rect){place.x - DOT / 2, place.y - DOT / 2, DOT, DOT});
}

/* --- Children --------------------------------------------------------------------------------- */

static struct ui_view *add_label(struct ui_view *view, enum ui_text_style style, enum ui_color color)
{
	struct ui_view *label = ui_label_create("");
	ui_label_set_style(label, style);
	ui_label_set_color(label, color);
	ui_label_set_align(label, MD_ALIGN_CENTER);
	ui_label_set_lines(label, 0);
	ui_view_set_enabled(label, false); /* fingers are the screen's, wherever they seem to be */
	ui_view_add(view, label);
	return label;
}

static struct ui_view *add_button(struct ui_view *view, const char *title, enum ui_button_look look, ui_action_fn fn)
{
	struct ui_view *button = ui_button_create(title, look);
	ui_control_add_action(button, UI_CONTROL_TAPPED, fn, view);
	ui_view_add(view, button);
	return button;
}

void calibrate_build(struct ui_view *view, ui_action_fn keep, ui_action_fn again)
{
	struct calibrate *calibrate = calibrate_of(view);
	ui_view_set_background(view, UI_COLOR_BACKGROUND);
	calibrate->canvas = ui_canvas_view_create(draw, view);
	ui_view_set_enabled(calibrate->canvas, false);
	ui_view_add(view, calibrate->canvas);
	calibrate->title = add_label(view, UI_TEXT_TITLE2, UI_COLOR_LABEL);
	ui_label_set_heading(calibrate->title, true);
	calibrate->message = add_label(view, UI_TEXT_BODY, UI_COLOR_LABEL);
	calibrate->footnote = add_label(view, UI_TEXT_FOOTNOTE, UI_COLOR_SECONDARY_LABEL);
	calibrate->again = add_button(view, "Try again", UI_BUTTON_TINTED, again);
	calibrate->keep = add_button(view, "Keep", UI_BUTTON_FILLED, keep);
	calibrate->dot = ui_view_create();
	ui_view_set_background(calibrate->dot, UI_COLOR_TINT);
	ui_view_set_corner_radius(calibrate->dot, DOT / 2);
	ui_view_set_opacity(calibrate->dot, 0.6);
	ui_view_set_layered(calibrate->dot, true);
	ui_view_set_enabled(calibrate->dot, false);
	ui_view_add(view, calibrate->dot);
	calibrate_update(view);
}

/* Words lie in the half in which there is nothing to touch. */
static struct md_rect room_for_words(const struct calibrate *calibrate, struct md_rect bounds)
{
	const struct touch_course *course = &calibrate->course;
	bool below = course->step == TOUCH_TARGET && touch_course_target(course->target).y < 0.5;
	double top = below ? 0.56 : 0.06;
	return (struct md_rect){bounds.x + MARGIN, bounds.y + top * bounds.height, bounds.width - 2 * MARGIN,
	                        0.37 * bounds.height};
}

static void lay_buttons_out(const struct calibrate *calibrate, struct md_rect bounds)
{
	double width = OS_MIN(bounds.width - 2 * MARGIN, BUTTONS_MAX), half = (width - SPACE) / 2;
	struct md_size unbounded = {half, MD_UNBOUNDED};
	struct md_size keep = ui_view_size_that_fits(calibrate->keep, unbounded);
	struct md_size again = ui_view_size_that_fits(calibrate->again, unbounded);
	double height = OS_MAX(OS_MAX(keep.height, again.height), 44.0);
	bool stacked = OS_MAX(keep.width, again.width) > half;
	double left = bounds.x + (bounds.width - width) / 2, y = bounds.y + 0.64 * bounds.height;
	if (stacked) {
		ui_view_set_frame(calibrate->keep, (struct md_rect){left, y, width, height});
		ui_view_set_frame(calibrate->again, (struct md_rect){left, y + height + SPACE, width, height});
		return;
	}
	bool rtl = ui_view_appearance(calibrate->keep)->rtl;
	double right = left + half + SPACE;
	ui_view_set_frame(calibrate->keep, (struct md_rect){rtl ? left : right, y, half, height});
	ui_view_set_frame(calibrate->again, (struct md_rect){rtl ? right : left, y, half, height});
}

void calibrate_layout(struct ui_view *view, struct md_rect bounds)
{
	const struct calibrate *calibrate = calibrate_of(view);
	ui_view_set_frame(calibrate->canvas, bounds);
	struct ui_view *labels[] = {calibrate->title, calibrate->message, calibrate->footnote};
	struct md_rect room = room_for_words(calibrate, bounds);
	double heights[3], all = 2 * SPACE;
	for (int i = 0; i < 3; i++) {
		heights[i] = ui_view_size_that_fits(labels[i], (struct md_size){room.width, MD_UNBOUNDED}).height;
		bool fits = i < 2 || all + heights[i] <= room.height; /* the last can be done without */
		ui_view_set_hidden(labels[i], !fits);
		all += fits ? heights[i] : 0;
	}
	double y = room.y + OS_MAX((room.height - all) / 2, 0.0);
	for (int i = 0; i < 3; i++) {
		ui_view_set_frame(labels[i], (struct md_rect){room.x, y, room.width, heights[i]});
		y += heights[i] + SPACE;
	}
	lay_buttons_out(calibrate, bounds);
}
