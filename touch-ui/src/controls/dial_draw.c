/* A dial's looks: a face, ticks, the ring with the part of it that is reached, a thumb, the value. */
#include <math.h>
#include <string.h>

#include <md/canvas.h>

#include "control_private.h"
#include "dial_private.h"

#define RING 14.0
#define THUMB 34.0
#define THUMB_HELD 40.0
#define MARGIN 4.0 /* around the thumb: its ring when it is focused */
#define TICKS 10   /* where steps would be too many to show */
#define MOST_TICKS 30
#define TICK_GAP 9.0
#define TICK 7.0
#define SYMBOL 22.0

double dial_ring(const struct ui_view *view, struct md_point *ret_center)
{
	struct md_rect bounds = ui_view_bounds(view);
	*ret_center = md_rect_center(bounds);
	return fmax(fmin(bounds.width, bounds.height) / 2 - THUMB_HELD / 2 - MARGIN, 1);
}

static struct md_color faded(const struct ui_view *view, enum ui_color color)
{
	struct md_color value = ui_view_resolve_color(view, color);
	return ui_control_is_disabled(view) ? md_color_with_alpha(value, value.a * 0.4) : value;
}

static struct md_rect square(struct md_point center, double side)
{
	return (struct md_rect){center.x - side / 2, center.y - side / 2, side, side};
}

/* --- The parts ---------------------------------------------------------------------------------- */

/* A line with round ends along a part of the ring. */
static void stroke_ring(struct ui_view *view, struct md_canvas *canvas, double to_share, enum ui_color color)
{
	struct md_point center;
	double radius = dial_ring(view, &center);
	struct md_color value = faded(view, color);
	if (to_share > 0) {
		struct md_path *path = md_path_create();
		md_path_add_arc(path, center, radius, DIAL_FIRST_RAD, DIAL_FIRST_RAD + to_share * DIAL_SWEEP_RAD);
		md_canvas_stroke_path(canvas, path, RING, value);
		md_path_release(path);
	}
	if (!ui_control_is_disabled(view)) { /* ends that lie over the line would be seen through it */
		md_canvas_fill_ellipse(canvas, square(dial_turn_point(center, radius, 0), RING), value);
		md_canvas_fill_ellipse(canvas, square(dial_turn_point(center, radius, to_share), RING), value);
	}
}

static int tick_count(const struct dial *dial)
{
	const struct value_range *limits = &dial->range.limits;
	double steps = limits->step > 0 ? (limits->most - limits->least) / limits->step : TICKS;
	return steps >= 1 && steps <= MOST_TICKS ? (int)lround(steps) : TICKS;
}

static void draw_ticks(struct ui_view *view, struct md_canvas *canvas)
{
	struct md_point center;
	double outer = dial_ring(view, &center) - RING / 2 - TICK_GAP;
	int count = tick_count(dial_of(view));
	double reached = range_fraction(&dial_of(view)->range) + 1e-9;
	for (int i = 0; i <= count; i++) {
		double share = (double)i / count;
		struct md_point from = dial_turn_point(center, outer, share);
		struct md_point to = dial_turn_point(center, outer - TICK, share);
		struct md_path *path = md_path_create();
		md_path_move_to(path, from.x, from.y);
		md_path_line_to(path, to.x, to.y);
		md_canvas_stroke_path(canvas, path, 2,
		                      faded(view, share <= reached ? UI_COLOR_TINT : UI_COLOR_SEPARATOR));
		md_path_release(path);
	}
}

static void draw_thumb(struct ui_view *view, struct md_canvas *canvas)
{
	struct md_point center;
	double radius = dial_ring(view, &center);
	bool held = dial_of(view)->now.is_held, disabled = ui_control_is_disabled(view);
	bool ringed = (held || ui_view_is_first_responder(view)) && !disabled;
	double side = held ? THUMB_HELD : THUMB;
	struct md_rect thumb = square(dial_turn_point(center, radius, range_fraction(&dial_of(view)->range)), side);
	md_canvas_fill_ellipse(canvas, thumb, ui_view_resolve_color(view, disabled ? UI_COLOR_FILL : UI_COLOR_WHITE));
	md_canvas_stroke_rounded_rect(canvas, thumb, side / 2, ringed ? 3 : 1,
	                              ui_view_resolve_color(view, ringed ? UI_COLOR_TINT : UI_COLOR_SEPARATOR));
}

/* In the gap below, on the face, where no thumb goes: half-way from an end to the lowest place. */
static void draw_symbol(struct ui_view *view, struct md_canvas *canvas, const char *name, bool is_low)
{
	struct md_point center;
	double radius = dial_ring(view, &center) * 0.86;
	if (name != NULL) {
		double beyond = M_PI / 8 / DIAL_SWEEP_RAD;
		struct md_rect place = square(dial_turn_point(center, radius, is_low ? -beyond : 1 + beyond), SYMBOL);
		md_canvas_draw_symbol(canvas, name, md_rect_snap(place, ui_view_appearance(view)->scale),
		                      faded(view, UI_COLOR_SECONDARY_LABEL));
	}
}

/* --- The middle --------------------------------------------------------------------------------- */

/* One line, as large as the font says, or as fits. */
static struct md_text_layout *create_line(const char *text, struct md_font font, double width)
{
	struct md_text_style style = {.font = font, .align = MD_ALIGN_CENTER, .max_lines = 1};
	struct md_text_layout *line = md_text_layout_create(text, strlen(text), &style, MD_UNBOUNDED);
	double wanted = md_text_layout_size(line).width;
	if (wanted <= width) {
		return line;
	}
	md_text_layout_release(line);
	style.font.size = floor(font.size * width / wanted);
	return md_text_layout_create(text, strlen(text), &style, MD_UNBOUNDED);
}

/* Centred at x; returns where the next line begins, and draws nothing if there is none. */
static double draw_line(struct md_canvas *canvas, struct md_text_layout *line, struct md_point top,
                        struct md_color color)
{
	if (line == NULL) {
		return top.y;
	}
	struct md_size size = md_text_layout_size(line);
	md_canvas_draw_text(canvas, line, (struct md_point){floor(top.x - size.width / 2), floor(top.y)}, color);
	return top.y + size.height;
}

/* The number is as large as the dial makes it, or as large text wants it, whichever is more. */
static void draw_value(struct ui_view *view, struct md_canvas *canvas)
{
	struct dial *dial = dial_of(view);
	struct md_point center;
	double radius = dial_ring(view, &center), width = radius * 1.2;
	int text_size = ui_view_appearance(view)->text_size;
	struct md_font font = ui_font_for_style(UI_TEXT_LARGE_TITLE, text_size);
	font.size = fmax(font.size, floor(radius * 0.4));
	struct md_text_layout *value = create_line(range_describe(&dial->range, dial->text), font, width);
	struct md_text_layout *caption = NULL;
	double height = md_text_layout_size(value).height;
	if (dial->caption != NULL) {
		caption = create_line(dial->caption, ui_font_for_style(UI_TEXT_SUBHEAD, text_size), width);
		height += md_text_layout_size(caption).height;
	}
	struct md_point top = {center.x, center.y - height / 2};
	top.y = draw_line(canvas, value, top, faded(view, UI_COLOR_LABEL));
	draw_line(canvas, caption, top, faded(view, UI_COLOR_SECONDARY_LABEL));
	md_text_layout_release(value);
	md_text_layout_release(caption);
}

static void draw_face(struct ui_view *view, struct md_canvas *canvas)
{
	struct md_point center;
	double radius = dial_ring(view, &center);
	md_canvas_fill_ellipse(canvas, square(center, 2 * radius), ui_view_resolve_color(view, UI_COLOR_GROUPED));
}

void dial_draw(struct ui_view *view, struct md_canvas *canvas, struct md_rect dirty)
{
	const struct dial *dial = dial_of(view);
	draw_face(view, canvas);
	stroke_ring(view, canvas, 1, UI_COLOR_FILL);
	stroke_ring(view, canvas, range_fraction(&dial->range), UI_COLOR_TINT);
	draw_ticks(view, canvas);
	draw_symbol(view, canvas, dial->low, true);
	draw_symbol(view, canvas, dial->high, false);
	draw_value(view, canvas);
	draw_thumb(view, canvas);
}

/* --- What changes ------------------------------------------------------------------------------- */

/* The arc between two shares and the thumbs at its ends: the box of points along it. */
void dial_redraw_value(struct ui_view *view, double share_before)
{
	struct md_point center;
	double radius = dial_ring(view, &center);
	double share = range_fraction(&dial_of(view)->range);
	struct md_rect box = {0, 0, 0, 0};
	for (int i = 0; i <= 8; i++) {
		double at = share_before + (share - share_before) * i / 8;
		struct md_rect thumb = square(dial_turn_point(center, radius, at), THUMB_HELD + 2 * RING + 4 * TICK);
		box = i == 0 ? thumb : md_rect_union(box, thumb);
	}
	ui_view_set_needs_draw_rect(view, box);
	ui_view_set_needs_draw_rect(view, square(center, 1.4 * radius));
}
