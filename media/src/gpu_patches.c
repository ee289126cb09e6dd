#include "gpu_patches.h"

#include <math.h>
#include <string.h>

#include <os/memory.h>

void md_patches_finish(struct md_patches *patches)
{
	os_free(patches->points);
	os_free(patches->patches);
	*patches = (struct md_patches){0};
}

void md_patches_reset(struct md_patches *patches)
{
	patches->count = patches->point_count = 0;
}

void md_patches_add(struct md_patches *patches, const struct md_patch_point *points, uint32_t count)
{
	if (count < 3) {
		return;
	}
	if (patches->point_count + count > patches->point_capacity) {
		patches->point_capacity =
		    OS_MAX(patches->point_capacity * 2, patches->point_count + count + 64);
		patches->points = os_realloc_array(patches->points, patches->point_capacity,
						   sizeof(*patches->points));
	}
	if (patches->count == patches->capacity) {
		patches->capacity = OS_MAX(patches->capacity * 2, 32u);
		patches->patches = os_realloc_array(patches->patches, patches->capacity,
						    sizeof(*patches->patches));
	}
	memcpy(patches->points + patches->point_count, points, count * sizeof(*points));
	patches->patches[patches->count++] = (struct md_patch){patches->point_count, count};
	patches->point_count += count;
}

void md_patches_add_box(struct md_patches *patches, pixman_box32_t box)
{
	if (!md_box_is_empty(box)) {
		const struct md_patch_point points[4] = {{box.x1, box.y1, 1},
							 {box.x2, box.y1, 1},
							 {box.x2, box.y2, 1},
							 {box.x1, box.y2, 1}};
		md_patches_add(patches, points, 4);
	}
}

/* --- Cutting ---------------------------------------------------------------------------------------- */

/* What is on the side of a line where side(x, y) = a·x + b·y + c ≥ 0. */
struct line {
	double a, b, c;
};

static double side_of(const struct line *line, const struct md_patch_point *point)
{
	return line->a * point->x + line->b * point->y + line->c;
}

/* One step of Sutherland and Hodgman's clipping; returns the count of points left. */
static uint32_t cut(const struct md_patch_point *from, uint32_t count, const struct line *line,
		    struct md_patch_point to[MD_PATCH_POINTS])
{
	uint32_t made = 0;
	for (uint32_t i = 0; i < count && made + 2 <= MD_PATCH_POINTS; i++) {
		const struct md_patch_point *here = &from[i], *next = &from[(i + 1) % count];
		double side = side_of(line, here), next_side = side_of(line, next);
		if (side >= 0) {
			to[made++] = *here;
		}
		if ((side < 0) != (next_side < 0)) {
			double part = side / (side - next_side);
			to[made++] = (struct md_patch_point){
			    here->x + (next->x - here->x) * part,
			    here->y + (next->y - here->y) * part,
			    here->coverage + (next->coverage - here->coverage) * part};
		}
	}
	return made < 3 ? 0 : made;
}

static double area_of(const struct md_patch_point *a, const struct md_patch_point *b,
		      const struct md_patch_point *c)
{
	return (b->x - a->x) * (c->y - a->y) - (b->y - a->y) * (c->x - a->x);
}

static double polygon_area(const struct md_patch_point *points, uint32_t count)
{
	double area = 0;
	for (uint32_t i = 2; i < count; i++) {
		area += area_of(&points[0], &points[i - 1], &points[i]);
	}
	return area;
}

/* Cuts by each edge in turn, between two buffers; where the result is, or 0 points. */
static uint32_t cut_by(const struct md_patch_point *from, uint32_t count,
		       const struct md_patch_point *by, uint32_t by_count,
		       struct md_patch_point buffers[2][MD_PATCH_POINTS],
		       const struct md_patch_point **ret_points)
{
	double sign = polygon_area(by, by_count) < 0 ? -1 : 1;
	int at = 0;
	for (uint32_t i = 0; i < by_count && count > 0; i++) {
		const struct md_patch_point *one = &by[i], *other = &by[(i + 1) % by_count];
		double along_x = (other->x - one->x) * sign, along_y = (other->y - one->y) * sign;
		if (along_x == 0 && along_y == 0) {
			continue;
		}
		const struct line line = {-along_y, along_x, along_y * one->x - along_x * one->y};
		count = cut(from, count, &line, buffers[at]);
		from = buffers[at];
		at ^= 1;
	}
	*ret_points = from;
	return count;
}

/* --- Boxes and polygons ------------------------------------------------------------------------------- */

struct bounds {
	double x1, y1, x2, y2;
};

static struct bounds bounds_of(const struct md_patch_point *points, uint32_t count)
{
	struct bounds bounds = {points[0].x, points[0].y, points[0].x, points[0].y};
	for (uint32_t i = 1; i < count; i++) {
		bounds.x1 = fmin(bounds.x1, points[i].x);
		bounds.y1 = fmin(bounds.y1, points[i].y);
		bounds.x2 = fmax(bounds.x2, points[i].x);
		bounds.y2 = fmax(bounds.y2, points[i].y);
	}
	return bounds;
}

static bool lies_in(struct bounds bounds, pixman_box32_t box)
{
	return bounds.x1 >= box.x1 && bounds.y1 >= box.y1 && bounds.x2 <= box.x2 &&
	       bounds.y2 <= box.y2;
}

static bool is_apart(struct bounds a, struct bounds b)
{
	return a.x1 >= b.x2 || b.x1 >= a.x2 || a.y1 >= b.y2 || b.y1 >= a.y2;
}

static void swap(struct md_patches *a, struct md_patches *b)
{
	struct md_patches kept = *a;
	*a = *b;
	*b = kept;
}

void md_patches_clip_polygon(struct md_patches *patches, const struct md_patch_point *polygon,
			     uint32_t count, struct md_patches *spare)
{
	struct md_patch_point buffers[2][MD_PATCH_POINTS];
	md_patches_reset(spare);
	for (uint32_t i = 0; i < patches->count; i++) {
		const struct md_patch *patch = &patches->patches[i];
		const struct md_patch_point *left;
		uint32_t left_count = cut_by(patches->points + patch->first, patch->count, polygon,
					     count, buffers, &left);
		md_patches_add(spare, left, left_count);
	}
	swap(patches, spare);
}

void md_patches_clip_box(struct md_patches *patches, pixman_box32_t box, struct md_patches *spare)
{
	bool inside = true;
	for (uint32_t i = 0; i < patches->count && inside; i++) {
		const struct md_patch *patch = &patches->patches[i];
		inside = lies_in(bounds_of(patches->points + patch->first, patch->count), box);
	}
	if (inside) {
		return;
	}
	const struct md_patch_point corners[4] = {
	    {box.x1, box.y1, 1}, {box.x2, box.y1, 1}, {box.x2, box.y2, 1}, {box.x1, box.y2, 1}};
	md_patches_clip_polygon(patches, corners, 4, spare);
}

/* --- Shapes ------------------------------------------------------------------------------------------- */

/* Coverage as a plane over the pixels: a·x + b·y + c. A piece of a shape is flat in this sense. */
static struct line coverage_plane(const struct md_patch_point *points, uint32_t count)
{
	const struct md_patch_point *p = &points[0];
	double largest = 1e-9;
	struct line plane = {0, 0, p->coverage};
	for (uint32_t i = 2; i < count; i++) {
		const struct md_patch_point *q = &points[i - 1], *r = &points[i];
		double area = area_of(p, q, r);
		if (fabs(area) <= largest) {
			continue;
		}
		largest = fabs(area);
		double q_rise = q->coverage - p->coverage, r_rise = r->coverage - p->coverage;
		plane.a = (q_rise * (r->y - p->y) - r_rise * (q->y - p->y)) / area;
		plane.b = (r_rise * (q->x - p->x) - q_rise * (r->x - p->x)) / area;
		plane.c = p->coverage - plane.a * p->x - plane.b * p->y;
	}
	return plane;
}

static void add_common(struct md_patches *to, const struct md_patch_point *points, uint32_t count,
		       const struct md_patch_point *piece, uint32_t piece_count)
{
	struct md_patch_point buffers[2][MD_PATCH_POINTS];
	const struct md_patch_point *left;
	uint32_t left_count = cut_by(points, count, piece, piece_count, buffers, &left);
	if (left_count == 0) {
		return;
	}
	struct line plane = coverage_plane(piece, piece_count);
	struct md_patch_point made[MD_PATCH_POINTS];
	for (uint32_t i = 0; i < left_count; i++) {
		made[i] = left[i];
		made[i].coverage *= OS_CLAMP(side_of(&plane, &left[i]), 0, 1);
	}
	md_patches_add(to, made, left_count);
}

static bool is_full(const struct md_shape *shape, struct bounds bounds)
{
	for (int i = 0; i < shape->solid_count; i++) {
		if (lies_in(bounds, shape->solid[i])) {
			return true;
		}
	}
	return false;
}

void md_patches_clip(struct md_patches *patches, const struct md_shape *shape,
		     struct md_patches *spare, struct md_patches *pieces)
{
	md_patches_reset(spare);
	md_patches_reset(pieces);
	md_patches_add_shape(pieces, shape);
	for (uint32_t i = 0; i < patches->count; i++) {
		const struct md_patch *patch = &patches->patches[i];
		const struct md_patch_point *points = patches->points + patch->first;
		struct bounds bounds = bounds_of(points, patch->count);
		if (is_full(shape, bounds)) {
			md_patches_add(spare, points, patch->count);
			continue;
		}
		for (uint32_t k = 0; k < pieces->count; k++) {
			const struct md_patch *piece = &pieces->patches[k];
			const struct md_patch_point *by = pieces->points + piece->first;
			if (!is_apart(bounds, bounds_of(by, piece->count))) {
				add_common(spare, points, patch->count, by, piece->count);
			}
		}
	}
	swap(patches, spare);
}
