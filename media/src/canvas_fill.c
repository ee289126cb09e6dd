#include "canvas_private.h"

#include "path_private.h"

void md_canvas_set_source(struct md_canvas *canvas, struct md_color color)
{
	cairo_set_source_rgba(canvas->cr, color.r, color.g, color.b,
			      color.a * md_canvas_state(canvas)->opacity);
}

static uint16_t channel16(uint32_t byte)
{
	return (uint16_t)((byte & 255) * 257);
}

pixman_color_t md_canvas_pixman_color(struct md_color color)
{
	uint32_t pixel = md_color_premultiplied(color);
	return (pixman_color_t){.red = channel16(pixel >> 16),
				.green = channel16(pixel >> 8),
				.blue = channel16(pixel),
				.alpha = channel16(pixel >> 24)};
}

static void fill_box(struct md_canvas *canvas, pixman_box32_t box, struct md_color color)
{
	color.a *= md_canvas_state(canvas)->opacity;
	uint32_t pixel = md_color_premultiplied(color);
	if (md_canvas_box_is_empty(box) || pixel >> 24 == 0) {
		return;
	}
	pixman_image_t *target = canvas->target;
	if (pixel >> 24 == 255) {
		pixman_fill(pixman_image_get_data(target), pixman_image_get_stride(target) / 4, 32,
			    box.x1, box.y1, box.x2 - box.x1, box.y2 - box.y1, pixel);
		return;
	}
	pixman_color_t solid = md_canvas_pixman_color(color);
	pixman_image_fill_boxes(PIXMAN_OP_OVER, target, &solid, 1, &box);
}

void md_canvas_clear(struct md_canvas *canvas, struct md_rect rect)
{
	pixman_box32_t box;
	if (md_canvas_straight_px(canvas, rect, &box)) {
		pixman_color_t clear = {0, 0, 0, 0};
		if (!md_canvas_box_is_empty(box)) {
			pixman_image_fill_boxes(PIXMAN_OP_SRC, canvas->target, &clear, 1, &box);
		}
		return;
	}
	cairo_save(canvas->cr);
	cairo_set_operator(canvas->cr, CAIRO_OPERATOR_CLEAR);
	cairo_new_path(canvas->cr);
	cairo_rectangle(canvas->cr, rect.x, rect.y, rect.width, rect.height);
	cairo_fill(canvas->cr);
	cairo_restore(canvas->cr);
}

void md_canvas_fill_rect(struct md_canvas *canvas, struct md_rect rect, struct md_color color)
{
	pixman_box32_t box;
	if (md_rect_is_empty(rect)) {
		return;
	}
	if (md_canvas_straight_px(canvas, rect, &box)) {
		fill_box(canvas, box, color);
		return;
	}
	md_canvas_set_source(canvas, color);
	cairo_new_path(canvas->cr);
	cairo_rectangle(canvas->cr, rect.x, rect.y, rect.width, rect.height);
	cairo_fill(canvas->cr);
}

void md_canvas_fill_rounded_rect(struct md_canvas *canvas, struct md_rect rect, double radius,
				 struct md_color color)
{
	if (!(radius > 0)) {
		md_canvas_fill_rect(canvas, rect, color);
		return;
	}
	if (md_rect_is_empty(rect)) {
		return;
	}
	md_canvas_set_source(canvas, color);
	cairo_new_path(canvas->cr);
	md_path_append_rounded_rect(canvas->cr, rect, radius);
	cairo_fill(canvas->cr);
}

void md_canvas_fill_ellipse(struct md_canvas *canvas, struct md_rect rect, struct md_color color)
{
	if (md_rect_is_empty(rect)) {
		return;
	}
	md_canvas_set_source(canvas, color);
	cairo_new_path(canvas->cr);
	md_path_append_ellipse(canvas->cr, rect);
	cairo_fill(canvas->cr);
}

void md_canvas_fill_path(struct md_canvas *canvas, const struct md_path *path,
			 struct md_color color)
{
	md_canvas_set_source(canvas, color);
	cairo_new_path(canvas->cr);
	md_path_append(path, canvas->cr);
	cairo_fill(canvas->cr);
}

void md_canvas_stroke_path(struct md_canvas *canvas, const struct md_path *path, double width,
			   struct md_color color)
{
	md_canvas_set_source(canvas, color);
	cairo_set_line_width(canvas->cr, width);
	cairo_set_line_cap(canvas->cr, CAIRO_LINE_CAP_ROUND);
	cairo_set_line_join(canvas->cr, CAIRO_LINE_JOIN_ROUND);
	cairo_new_path(canvas->cr);
	md_path_append(path, canvas->cr);
	cairo_stroke(canvas->cr);
}

void md_canvas_stroke_rounded_rect(struct md_canvas *canvas, struct md_rect rect, double radius,
				   double width, struct md_color color)
{
	struct md_rect inner = md_rect_inset(rect, (struct md_insets){width, width, width, width});
	if (!(width > 0) || md_rect_is_empty(rect)) {
		return;
	}
	/* The ring between two outlines: exact at the edge, where a stroke is rounded to half widths. */
	md_canvas_set_source(canvas, color);
	cairo_new_path(canvas->cr);
	md_path_append_rounded_rect(canvas->cr, rect, radius);
	if (!md_rect_is_empty(inner)) {
		md_path_append_rounded_rect(canvas->cr, inner, OS_MAX(radius - width, 0));
	}
	cairo_set_fill_rule(canvas->cr, CAIRO_FILL_RULE_EVEN_ODD);
	cairo_fill(canvas->cr);
	cairo_set_fill_rule(canvas->cr, CAIRO_FILL_RULE_WINDING);
}

void md_canvas_fill_gradient(struct md_canvas *canvas, struct md_rect rect,
			     const struct md_gradient *gradient)
{
	double opacity = md_canvas_state(canvas)->opacity;
	if (md_rect_is_empty(rect)) {
		return;
	}
	cairo_pattern_t *pattern = cairo_pattern_create_linear(gradient->from.x, gradient->from.y,
							       gradient->to.x, gradient->to.y);
	int count = OS_MIN(gradient->stop_count, (int)OS_ARRAY_LEN(gradient->stops));
	for (int i = 0; i < count; i++) {
		struct md_color color = gradient->stops[i].color;
		cairo_pattern_add_color_stop_rgba(pattern, gradient->stops[i].at, color.r, color.g,
						  color.b, color.a * opacity);
	}
	cairo_set_source(canvas->cr, pattern);
	cairo_pattern_destroy(pattern);
	cairo_new_path(canvas->cr);
	cairo_rectangle(canvas->cr, rect.x, rect.y, rect.width, rect.height);
	cairo_fill(canvas->cr);
}
