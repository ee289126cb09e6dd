/* Patches: convex polygons whose points carry a coverage, for a GPU that knows triangles only.
 * Private.
 *
 * A shape (shape.h) has full coverage inside, none outside, and in a band of one pixel around its
 * edge 0.5 − distance, cut to 0…1. That is linear across the band, so polygons whose coverage is
 * mixed between their points say the same: one for the inside, a ring of small ones for the band.
 * What is in two shapes is the polygons of one cut by those of the other, coverages multiplied.
 *
 *	md_patches_reset(&patches);
 *	md_patches_add_shape(&patches, &shape);
 *	md_patches_clip_box(&patches, box, &spare);
 *	md_patches_clip(&patches, &other_shape, &spare, &pieces);
 */
#ifndef MD_GPU_PATCHES_H
#define MD_GPU_PATCHES_H

#include "shape.h"

/* A contour's points: four corners of so many pieces. */
#define MD_ARC_PIECES 24
#define MD_PATCH_POINTS 256

struct md_patch_point {
	double x, y, coverage;
};

struct md_patch {
	uint32_t first, count; /* points, in either direction around */
};

struct md_patches {
	struct md_patch_point *points;
	struct md_patch *patches;
	uint32_t point_count, point_capacity, count, capacity;
};

void md_patches_finish(struct md_patches *patches);
void md_patches_reset(struct md_patches *patches);
void md_patches_add(struct md_patches *patches, const struct md_patch_point *points,
		    uint32_t count);
void md_patches_add_box(struct md_patches *patches, pixman_box32_t box);
/* All that the shape covers; not of inverted ones. */
void md_patches_add_shape(struct md_patches *patches, const struct md_shape *shape);
/* A line of this width inside the shape's edge. */
void md_patches_add_border(struct md_patches *patches, const struct md_shape *shape,
			   double width_px);

/* Leaves what is in the box too, in the convex polygon, in the shape. spare: emptied, used. */
void md_patches_clip_box(struct md_patches *patches, pixman_box32_t box, struct md_patches *spare);
void md_patches_clip_polygon(struct md_patches *patches, const struct md_patch_point *polygon,
			     uint32_t count, struct md_patches *spare);
void md_patches_clip(struct md_patches *patches, const struct md_shape *shape,
		     struct md_patches *spare, struct md_patches *pieces);

#endif
