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

static void draw_symbol(struct ui_view *view, struct md_canvas *canvas, const char *name, bool is_low)
{
	struct md_point center;
	double radius = dial_ring(view, &center);
	if (name != NULL) {
		struct md_point end = dial_turn_point(center, radius, is_low ? 0 : 1);
		struct md_rect bounds = ui_view_bounds(view);
		/* In the gap below the ring's ends, where no thumb goes. */
		double y = fmin(end.y + THUMB_HELD / 2 + SYMBOL / 2 - 4, bounds.y + bounds.height - SYMBOL / 2);
		double x = end.x + (is_low ? 1 : -1) * THUMB_HELD * 0.55;
		md_canvas_draw_symbol(canvas, name,
		                      md_rect_snap(square((struct md_point){x, y}, SYMBOL),
		                                   ui_view_appearance(view)->scale),
		                      faded(view, UI_COLOR_SECONDARY_LABEL));
	}
}

/* --- The middle --------------------------------------------------------------------------------- */

/* Draws a line of text with its middle at x, from top on; as large as it may be in the width. Returns its
 * height. */
static double draw_text(struct md_canvas *canvas, const char *text, struct md_font font, struct md_rect place,
                        struct md_color color)
{
	struct md_text_style style = {.font = font, .align = MD_ALIGN_CENTER, .max_lines = 1};
	struct md_text_layout *layout = md_text_layout_create(text, strlen(text), &style, MD_UNBOUNDED);
	struct md_size size = md_text_layout_size(layout);
	if (size.width > place.width) {
		style.font.size = floor(font.size * place.width / size.width);
		layout = md_text_layout_release(layout);
		layout = md_text_layout_create(text, strlen(text), &style, place.width);
		size = md_text_layout_size(layout);
	}
	md_canvas_draw_text(canvas, layout,
	                    (struct md_point){floor(place.x + (place.width - size.width) / 2), place.y}, color);
	md_text_layout_release(layout);
	return size.height;
}

/* The number is as large as the dial makes it, or as large text wants it, whichever is more. */
static void draw_value(struct ui_view *view, struct md_canvas *canvas)
{
	struct dial *dial = dial_of(view);
	struct md_point center;
	double radius = dial_ring(view, &center), width = radius * 1.15;
	int text_size = ui_view_appearance(view)->text_size;
	struct md_font font = ui_font_for_style(UI_TEXT_LARGE_TITLE, text_size);
	font.size = fmax(font.size, floor(radius * 0.4));
	double height = font.size * 1.21; /* Inter's line */
	struct md_font small = ui_font_for_style(UI_TEXT_SUBHEAD, text_size);
	double below = dial->caption != NULL ? small.size * 1.21 : 0;
	struct md_rect place = {center.x - width / 2, floor(center.y - (height + below) / 2), width, height};
	place.y += draw_text(canvas, range_describe(&dial->range, dial->text), font, place,
	                     faded(view, UI_COLOR_LABEL));
	if (dial->caption != NULL) {
		draw_text(canvas, dial->caption, small, place, faded(view, UI_COLOR_SECONDARY_LABEL));
	}
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
