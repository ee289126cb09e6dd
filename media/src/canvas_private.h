/* Canvas's inside: cairo for what is round, slanted or clipped to a shape, pixman straight for the
 * rest, both on the same pixels. Private. */
#ifndef MD_CANVAS_PRIVATE_H
#define MD_CANVAS_PRIVATE_H

#include <cairo.h>
#include <pixman.h>

#include <md/canvas.h>

struct md_canvas_state {
	struct md_affine to_px;
	pixman_box32_t clip_px; /* bounds of the clip */
	bool clip_is_box;       /* and nothing but them */
	double opacity;
};

struct md_canvas {
	cairo_surface_t *surface;
	cairo_t *cr;
	pixman_image_t *target;
	double scale;
	struct md_canvas_state *states; /* the last one counts */
	size_t state_count, state_capacity;
};

static inline struct md_canvas_state *md_canvas_state(const struct md_canvas *canvas)
{
	return &canvas->states[canvas->state_count - 1];
}

/* The pixels of a rectangle, if its edges lie between pixels; false if not, or if it is turned. */
bool md_canvas_whole_px(const struct md_canvas *canvas, struct md_rect rect,
			pixman_box32_t *ret_box);
/* The same, cut by the clip, and only if that is a box: pixman may be used. Can be empty. */
bool md_canvas_straight_px(const struct md_canvas *canvas, struct md_rect rect,
			   pixman_box32_t *ret_box);
bool md_canvas_box_is_empty(pixman_box32_t box);
/* Sets cairo's source, opacity included. */
void md_canvas_set_source(struct md_canvas *canvas, struct md_color color);
pixman_color_t md_canvas_pixman_color(struct md_color color);

#endif
