/* Shape: a rounded rectangle that a transform has placed on pixels, as coverage. Private.
 *
 * Most of a shape is one of two things: full or nothing. `solid` names boxes that are surely full,
 * `outer` the box outside of which is nothing; only the pixels between the two need the formula:
 * coverage = 0.5 − distance to the edge, in pixels, cut to 0…1. The distance is exact for a rounded
 * rectangle (https://iquilezles.org/articles/distfunctions2d, "rounded box"); along a straight edge
 * that is the area a pixel has inside. */
#ifndef MD_SHAPE_H
#define MD_SHAPE_H

#include <pixman.h>

#include <md/affine.h>

#define MD_SHAPE_SOLID 3

struct md_shape {
	bool straight; /* edges parallel to the pixels' */
	bool whole;    /* and between them, and square corners: coverage is just `outer` */
	bool inverted; /* what is outside of it counts */
	double left, top, right, bottom, radius; /* pixels; straight ones only */
	struct md_affine to_unit;                /* pixels to own units; turned ones only */
	double width, height, unit_radius, px_per_unit;
	pixman_box32_t outer;
	pixman_box32_t solid[MD_SHAPE_SOLID];
	int solid_count;
};

/* The rectangle (0, 0, size) in own units. False if nothing of it can be seen. */
bool md_shape_init(struct md_shape *shape, struct md_affine to_px, struct md_size size,
		   double radius);

/* Multiplies a mask, whose first byte is the pixel at box's upper left, by the coverage. */
void md_shape_multiply(const struct md_shape *shape, uint8_t *mask, int stride, pixman_box32_t box);

/* Region of the pixels that are surely full, and of those that are surely empty, within bounds. */
void md_shape_full_region(const struct md_shape *shape, pixman_box32_t bounds,
			  pixman_region32_t *ret_region);
void md_shape_empty_region(const struct md_shape *shape, pixman_box32_t bounds,
			   pixman_region32_t *ret_region);

/* Boxes, as everything here uses them. */
static inline bool md_box_is_empty(pixman_box32_t box)
{
	return box.x1 >= box.x2 || box.y1 >= box.y2;
}

static inline pixman_box32_t md_box_intersect(pixman_box32_t a, pixman_box32_t b)
{
	pixman_box32_t both = {OS_MAX(a.x1, b.x1), OS_MAX(a.y1, b.y1), OS_MIN(a.x2, b.x2),
			       OS_MIN(a.y2, b.y2)};
	return md_box_is_empty(both) ? (pixman_box32_t){0, 0, 0, 0} : both;
}

static inline pixman_box32_t md_box_union(pixman_box32_t a, pixman_box32_t b)
{
	if (md_box_is_empty(a)) {
		return b;
	}
	if (md_box_is_empty(b)) {
		return a;
	}
	return (pixman_box32_t){OS_MIN(a.x1, b.x1), OS_MIN(a.y1, b.y1), OS_MAX(a.x2, b.x2),
				OS_MAX(a.y2, b.y2)};
}

static inline pixman_box32_t md_box_grow(pixman_box32_t box, int by)
{
	return (pixman_box32_t){box.x1 - by, box.y1 - by, box.x2 + by, box.y2 + by};
}

#endif
