/* Pictures, symbols and text onto a canvas. */
#include "canvas_private.h"

#include <math.h>

#include "image_private.h"
#include "symbol_private.h"
#include "text_layout_private.h"

/* --- Images ----------------------------------------------------------------------------------------- */

static bool draw_image_straight(struct md_canvas *canvas, const struct md_image *image,
				struct md_rect rect)
{
	pixman_box32_t whole;
	pixman_box32_t box;
	if (md_canvas_state(canvas)->opacity != 1 || !md_canvas_straight_px(canvas, rect, &box) ||
	    !md_canvas_whole_px(canvas, rect, &whole) || whole.x2 - whole.x1 != image->width_px ||
	    whole.y2 - whole.y1 != image->height_px) {
		return false;
	}
	if (md_canvas_box_is_empty(box)) {
		return true;
	}
	pixman_image_t *source = pixman_image_create_bits(
	    image->opaque ? PIXMAN_x8r8g8b8 : PIXMAN_a8r8g8b8, image->width_px, image->height_px,
	    (uint32_t *)image->pixels, image->stride);
	pixman_image_composite32(image->opaque ? PIXMAN_OP_SRC : PIXMAN_OP_OVER, source, NULL,
				 canvas->target, box.x1 - whole.x1, box.y1 - whole.y1, 0, 0, box.x1,
				 box.y1, box.x2 - box.x1, box.y2 - box.y1);
	pixman_image_unref(source);
	return true;
}

void md_canvas_draw_image(struct md_canvas *canvas, const struct md_image *image,
			  struct md_rect rect)
{
	if (image == NULL || md_rect_is_empty(rect) || draw_image_straight(canvas, image, rect)) {
		return;
	}
	cairo_surface_t *source = cairo_image_surface_create_for_data(
	    (unsigned char *)image->pixels,
	    image->opaque ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32, image->width_px,
	    image->height_px, image->stride);
	cairo_t *cr = canvas->cr;
	cairo_save(cr);
	cairo_new_path(cr);
	cairo_rectangle(cr, rect.x, rect.y, rect.width, rect.height);
	cairo_clip(cr);
	cairo_translate(cr, rect.x, rect.y);
	cairo_scale(cr, rect.width / image->width_px, rect.height / image->height_px);
	cairo_set_source_surface(cr, source, 0, 0);
	cairo_pattern_set_extend(cairo_get_source(cr), CAIRO_EXTEND_PAD);
	cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_GOOD);
	cairo_paint_with_alpha(cr, md_canvas_state(canvas)->opacity);
	cairo_restore(cr);
	cairo_surface_destroy(source);
}

/* --- Symbols ---------------------------------------------------------------------------------------- */

/* Where a symbol goes: the largest square in the middle of the rectangle, on whole pixels. */
static pixman_box32_t symbol_square_px(const struct md_canvas *canvas, struct md_rect rect)
{
	struct md_rect px = md_affine_apply_rect(md_canvas_state(canvas)->to_px, rect);
	int32_t side = (int32_t)floor(OS_MIN(px.width, px.height) + 0.5);
	int32_t x = (int32_t)floor(px.x + (px.width - side) / 2 + 0.5);
	int32_t y = (int32_t)floor(px.y + (px.height - side) / 2 + 0.5);
	return (pixman_box32_t){x, y, x + side, y + side};
}

static void draw_symbol_straight(struct md_canvas *canvas, const char *name, pixman_box32_t square,
				 struct md_color color)
{
	struct md_symbol_mask mask;
	int side = square.x2 - square.x1;
	pixman_box32_t clip = md_canvas_state(canvas)->clip_px;
	pixman_box32_t box = {OS_MAX(square.x1, clip.x1), OS_MAX(square.y1, clip.y1),
			      OS_MIN(square.x2, clip.x2), OS_MIN(square.y2, clip.y2)};
	if (md_canvas_box_is_empty(box) || !md_symbol_mask(name, side, &mask)) {
		return;
	}
	pixman_image_t *alpha = pixman_image_create_bits(
	    PIXMAN_a8, mask.size_px, mask.size_px, (uint32_t *)(uintptr_t)mask.alpha, mask.stride);
	if (mask.size_px != side) {
		pixman_transform_t scale;
		pixman_fixed_t step = pixman_double_to_fixed((double)mask.size_px / side);
		pixman_transform_init_scale(&scale, step, step);
		pixman_image_set_transform(alpha, &scale);
		pixman_image_set_filter(alpha, PIXMAN_FILTER_BILINEAR, NULL, 0);
	}
	pixman_color_t solid = md_canvas_pixman_color(color);
	pixman_image_t *source = pixman_image_create_solid_fill(&solid);
	pixman_image_composite32(PIXMAN_OP_OVER, source, alpha, canvas->target, 0, 0,
				 box.x1 - square.x1, box.y1 - square.y1, box.x1, box.y1,
				 box.x2 - box.x1, box.y2 - box.y1);
	pixman_image_unref(source);
	pixman_image_unref(alpha);
}

/* Turned, or clipped to a shape. */
static void draw_symbol_by_cairo(struct md_canvas *canvas, const char *name, struct md_rect rect,
				 struct md_color color)
{
	struct md_symbol_mask mask;
	struct md_affine to_px = md_canvas_state(canvas)->to_px;
	double side = OS_MIN(rect.width, rect.height);
	double side_px = side * sqrt(fabs(to_px.a * to_px.d - to_px.b * to_px.c));
	if (!md_symbol_mask(name, (int)floor(side_px + 0.5), &mask)) {
		return;
	}
	cairo_surface_t *alpha = cairo_image_surface_create_for_data(
	    (unsigned char *)(uintptr_t)mask.alpha, CAIRO_FORMAT_A8, mask.size_px, mask.size_px,
	    mask.stride);
	cairo_t *cr = canvas->cr;
	cairo_save(cr);
	cairo_translate(cr, rect.x + (rect.width - side) / 2, rect.y + (rect.height - side) / 2);
	cairo_scale(cr, side / mask.size_px, side / mask.size_px);
	md_canvas_set_source(canvas, color);
	cairo_mask_surface(cr, alpha, 0, 0);
	cairo_restore(cr);
	cairo_surface_destroy(alpha);
}

void md_canvas_draw_symbol(struct md_canvas *canvas, const char *name, struct md_rect rect,
			   struct md_color color)
{
	const struct md_canvas_state *state = md_canvas_state(canvas);
	if (md_rect_is_empty(rect)) {
		return;
	}
	if (state->clip_is_box && state->to_px.b == 0 && state->to_px.c == 0 &&
	    state->to_px.a > 0 && state->to_px.d > 0) {
		color.a *= state->opacity;
		draw_symbol_straight(canvas, name, symbol_square_px(canvas, rect), color);
	} else {
		draw_symbol_by_cairo(canvas, name, rect, color);
	}
}

/* --- Text --------------------------------------------------------------------------------------------- */

void md_canvas_draw_text(struct md_canvas *canvas, const struct md_text_layout *layout,
			 struct md_point origin, struct md_color color)
{
	struct md_rect clip = md_rect_offset(md_canvas_clip_bounds(canvas), -origin.x, -origin.y);
	cairo_t *cr = canvas->cr;
	cairo_matrix_t before;
	cairo_get_matrix(cr, &before);
	cairo_translate(cr, origin.x, origin.y);
	md_canvas_set_source(canvas, color);
	for (uint32_t i = 0; i < layout->line_count; i++) {
		const struct md_text_line *line = &layout->lines[i];
		/* Accents and tails may leave the line, but not by more than its height. */
		if (line->y - line->height > clip.y + clip.height ||
		    line->y + 2 * line->height < clip.y) {
			continue;
		}
		for (uint32_t r = 0; r < line->run_count; r++) {
			const struct md_text_run *run = &layout->runs[line->first_run + r];
			cairo_set_scaled_font(cr, run->font);
			cairo_show_glyphs(cr, layout->glyphs + run->first_glyph,
					  (int)run->glyph_count);
		}
	}
	cairo_set_matrix(cr, &before);
}
