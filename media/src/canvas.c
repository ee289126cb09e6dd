#include "canvas_private.h"

#include <assert.h>
#include <math.h>

#include <os/memory.h>

#include "path_private.h"

/* Nearer to a whole pixel than cairo's own coordinates (1/256) can tell. */
#define WHOLE 0.002

struct md_canvas *md_canvas_create(void *pixels, int width_px, int height_px, int stride,
				   double scale, bool opaque)
{
	struct md_canvas *canvas = os_alloc(sizeof(*canvas));
	canvas->surface = cairo_image_surface_create_for_data(
	    pixels, opaque ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32, width_px, height_px, stride);
	canvas->cr = cairo_create(canvas->surface);
	canvas->target = pixman_image_create_bits(opaque ? PIXMAN_x8r8g8b8 : PIXMAN_a8r8g8b8,
						  width_px, height_px, pixels, stride);
	canvas->scale = scale;
	canvas->state_capacity = 8;
	canvas->states = os_alloc_array(canvas->state_capacity, sizeof(*canvas->states));
	canvas->state_count = 1;
	canvas->states[0] = (struct md_canvas_state){
	    .to_px = md_affine_scale(scale, scale),
	    .clip_px = {0, 0, width_px, height_px},
	    .clip_is_box = true,
	    .opacity = 1,
	};
	cairo_scale(canvas->cr, scale, scale);
	return canvas;
}

struct md_canvas *md_canvas_destroy(struct md_canvas *canvas)
{
	if (canvas == NULL) {
		return NULL;
	}
	cairo_destroy(canvas->cr);
	cairo_surface_destroy(canvas->surface);
	pixman_image_unref(canvas->target);
	os_free(canvas->states);
	os_free(canvas);
	return NULL;
}

double md_canvas_scale(const struct md_canvas *canvas)
{
	return canvas->scale;
}

/* --- State ------------------------------------------------------------------------------------------ */

void md_canvas_save(struct md_canvas *canvas)
{
	if (canvas->state_count == canvas->state_capacity) {
		canvas->state_capacity *= 2;
		canvas->states = os_realloc_array(canvas->states, canvas->state_capacity,
						  sizeof(*canvas->states));
	}
	canvas->states[canvas->state_count] = canvas->states[canvas->state_count - 1];
	canvas->state_count++;
	cairo_save(canvas->cr);
}

void md_canvas_restore(struct md_canvas *canvas)
{
	assert(canvas->state_count > 1 && "restore without save");
	canvas->state_count--;
	cairo_restore(canvas->cr);
}

static void sync_matrix(struct md_canvas *canvas)
{
	struct md_affine to_px = md_canvas_state(canvas)->to_px;
	cairo_matrix_t matrix = {to_px.a, to_px.b, to_px.c, to_px.d, to_px.tx, to_px.ty};
	cairo_set_matrix(canvas->cr, &matrix);
}

void md_canvas_translate(struct md_canvas *canvas, double x, double y)
{
	md_canvas_concat(canvas, md_affine_translation(x, y));
}

void md_canvas_concat(struct md_canvas *canvas, struct md_affine affine)
{
	struct md_affine inverse;
	struct md_canvas_state *state = md_canvas_state(canvas);
	struct md_affine to_px = md_affine_concat(affine, state->to_px);
	if (!md_affine_invert(to_px, &inverse)) {
		/* Flat: nothing can be seen, and cairo would stop for good. */
		state->clip_px = (pixman_box32_t){0, 0, 0, 0};
		cairo_reset_clip(canvas->cr);
		cairo_new_path(canvas->cr);
		cairo_clip(canvas->cr);
		return;
	}
	state->to_px = to_px;
	sync_matrix(canvas);
}

void md_canvas_set_opacity(struct md_canvas *canvas, double opacity)
{
	md_canvas_state(canvas)->opacity = OS_CLAMP(opacity, 0, 1);
}

/* --- Clips ------------------------------------------------------------------------------------------ */

bool md_canvas_box_is_empty(pixman_box32_t box)
{
	return box.x1 >= box.x2 || box.y1 >= box.y2;
}

static pixman_box32_t intersect(pixman_box32_t a, pixman_box32_t b)
{
	pixman_box32_t both = {OS_MAX(a.x1, b.x1), OS_MAX(a.y1, b.y1), OS_MIN(a.x2, b.x2),
			       OS_MIN(a.y2, b.y2)};
	return md_canvas_box_is_empty(both) ? (pixman_box32_t){0, 0, 0, 0} : both;
}

static int32_t clamp_px(double value)
{
	return (int32_t)OS_CLAMP(value, -1e6, 1e6);
}

static pixman_box32_t outer_px(const struct md_canvas *canvas, struct md_rect rect)
{
	struct md_rect px = md_affine_apply_rect(md_canvas_state(canvas)->to_px, rect);
	return (pixman_box32_t){clamp_px(floor(px.x + WHOLE)), clamp_px(floor(px.y + WHOLE)),
				clamp_px(ceil(px.x + px.width - WHOLE)),
				clamp_px(ceil(px.y + px.height - WHOLE))};
}

bool md_canvas_whole_px(const struct md_canvas *canvas, struct md_rect rect,
			pixman_box32_t *ret_box)
{
	struct md_affine to_px = md_canvas_state(canvas)->to_px;
	if (to_px.b != 0 || to_px.c != 0) {
		return false;
	}
	struct md_rect px = md_affine_apply_rect(to_px, rect);
	double edges[4] = {px.x, px.y, px.x + px.width, px.y + px.height};
	for (int i = 0; i < 4; i++) {
		double whole = floor(edges[i] + 0.5);
		if (!(fabs(edges[i] - whole) < WHOLE) || fabs(whole) > 1e6) {
			return false;
		}
		edges[i] = whole;
	}
	*ret_box = (pixman_box32_t){(int32_t)edges[0], (int32_t)edges[1], (int32_t)edges[2],
				    (int32_t)edges[3]};
	return true;
}

bool md_canvas_straight_px(const struct md_canvas *canvas, struct md_rect rect,
			   pixman_box32_t *ret_box)
{
	const struct md_canvas_state *state = md_canvas_state(canvas);
	if (!state->clip_is_box || !md_canvas_whole_px(canvas, rect, ret_box)) {
		return false;
	}
	*ret_box = intersect(*ret_box, state->clip_px);
	return true;
}

void md_canvas_clip_rect(struct md_canvas *canvas, struct md_rect rect)
{
	struct md_canvas_state *state = md_canvas_state(canvas);
	pixman_box32_t box;
	if (!md_canvas_whole_px(canvas, rect, &box)) {
		state->clip_is_box = false;
		box = outer_px(canvas, rect);
	}
	state->clip_px = intersect(state->clip_px, box);
	cairo_new_path(canvas->cr);
	cairo_rectangle(canvas->cr, rect.x, rect.y, rect.width, rect.height);
	cairo_clip(canvas->cr);
}

static void clip_to_cairo_path(struct md_canvas *canvas)
{
	struct md_canvas_state *state = md_canvas_state(canvas);
	double left;
	double top;
	double right;
	double bottom;
	cairo_path_extents(canvas->cr, &left, &top, &right, &bottom);
	pixman_box32_t box =
	    outer_px(canvas, (struct md_rect){left, top, right - left, bottom - top});
	state->clip_px = intersect(state->clip_px, box);
	state->clip_is_box = false;
	cairo_clip(canvas->cr);
}

void md_canvas_clip_rounded_rect(struct md_canvas *canvas, struct md_rect rect, double radius)
{
	if (!(radius > 0)) {
		md_canvas_clip_rect(canvas, rect);
		return;
	}
	cairo_new_path(canvas->cr);
	md_path_append_rounded_rect(canvas->cr, rect, radius);
	clip_to_cairo_path(canvas);
}

void md_canvas_clip_path(struct md_canvas *canvas, const struct md_path *path)
{
	cairo_new_path(canvas->cr);
	md_path_append(path, canvas->cr);
	clip_to_cairo_path(canvas);
}

struct md_rect md_canvas_clip_bounds(const struct md_canvas *canvas)
{
	const struct md_canvas_state *state = md_canvas_state(canvas);
	struct md_affine inverse;
	if (!md_affine_invert(state->to_px, &inverse)) {
		return (struct md_rect){0, 0, 0, 0};
	}
	pixman_box32_t box = state->clip_px;
	return md_affine_apply_rect(
	    inverse, (struct md_rect){box.x1, box.y1, box.x2 - box.x1, box.y2 - box.y1});
}
