#include "shape.h"

#include <math.h>
#include <string.h>

/* Edges nearer than this to a pixel's edge lie on it. */
#define WHOLE 0.002
#define LIMIT 1e6
#define BLOCK 8
#define BANDS 256

/* floor and ceil by a conversion: calls of them were half of a frame list's bounds. */
static int32_t low_px(double edge)
{
	double clamped = OS_CLAMP(edge, -LIMIT, LIMIT);
	int32_t px = (int32_t)clamped;
	return px - (px > clamped);
}

static int32_t high_px(double edge)
{
	double clamped = OS_CLAMP(edge, -LIMIT, LIMIT);
	int32_t px = (int32_t)clamped;
	return px + (px < clamped);
}

static double settle(double edge)
{
	double whole = fabs(edge) < LIMIT ? low_px(edge + 0.5) : edge;
	return fabs(edge - whole) < WHOLE ? whole : edge;
}

static void add_solid(struct md_shape *shape, int32_t x1, int32_t y1, int32_t x2, int32_t y2)
{
	if (x1 < x2 && y1 < y2) {
		shape->solid[shape->solid_count++] = (pixman_box32_t){x1, y1, x2, y2};
	}
}

/* The whole pixels inside the edges, without the corners: a band across and one above and below. */
static void find_solid(struct md_shape *shape)
{
	int32_t x1 = high_px(shape->left);
	int32_t y1 = high_px(shape->top);
	int32_t x2 = low_px(shape->right);
	int32_t y2 = low_px(shape->bottom);
	int32_t corner = high_px(shape->radius);
	shape->solid_count = 0;
	if (corner == 0) {
		add_solid(shape, x1, y1, x2, y2);
		return;
	}
	add_solid(shape, x1 + corner, y1, x2 - corner, y1 + corner);
	add_solid(shape, x1, y1 + corner, x2, y2 - corner);
	add_solid(shape, x1 + corner, OS_MAX(y2 - corner, y1 + corner), x2 - corner, y2);
}

/* What most layers are: edges on pixels' edges, square corners. */
static bool init_whole(struct md_shape *shape, struct md_rect px)
{
	double right = px.x + px.width, bottom = px.y + px.height;
	if (!(px.x > -LIMIT && px.y > -LIMIT && right < LIMIT && bottom < LIMIT)) {
		return false;
	}
	pixman_box32_t box = {(int32_t)px.x, (int32_t)px.y, (int32_t)right, (int32_t)bottom};
	if (box.x1 != px.x || box.y1 != px.y || box.x2 != right || box.y2 != bottom ||
	    md_box_is_empty(box)) {
		return false;
	}
	shape->left = px.x;
	shape->top = px.y;
	shape->right = right;
	shape->bottom = bottom;
	shape->radius = 0;
	shape->outer = shape->solid[0] = box;
	shape->solid_count = 1;
	return true;
}

/* The members of turned shapes stay as they are. */
static bool init_straight(struct md_shape *shape, struct md_rect px, double scale, double radius)
{
	shape->straight = true;
	shape->inverted = false;
	shape->whole = radius * scale <= 0 && init_whole(shape, px);
	if (shape->whole) {
		return true;
	}
	shape->left = settle(px.x);
	shape->top = settle(px.y);
	shape->right = settle(px.x + px.width);
	shape->bottom = settle(px.y + px.height);
	double half = fmin(shape->right - shape->left, shape->bottom - shape->top) / 2;
	shape->radius = OS_CLAMP(radius * scale, 0, fmax(half, 0));
	shape->outer = (pixman_box32_t){low_px(shape->left), low_px(shape->top),
					high_px(shape->right), high_px(shape->bottom)};
	shape->whole = shape->radius == 0 && shape->outer.x1 == shape->left &&
		       shape->outer.y1 == shape->top && shape->outer.x2 == shape->right &&
		       shape->outer.y2 == shape->bottom;
	find_solid(shape);
	return !md_box_is_empty(shape->outer);
}

/* Two opposite corners are enough where edges stay parallel to the pixels'. */
static struct md_rect straight_bounds(struct md_affine to_px, struct md_size size)
{
	double x = to_px.a * size.width + to_px.c * size.height + to_px.tx;
	double y = to_px.b * size.width + to_px.d * size.height + to_px.ty;
	double left = OS_MIN(x, to_px.tx), top = OS_MIN(y, to_px.ty);
	return (struct md_rect){left, top, OS_MAX(x, to_px.tx) - left, OS_MAX(y, to_px.ty) - top};
}

static bool init_turned(struct md_shape *shape, struct md_affine to_px, struct md_size size,
			double radius)
{
	if (!md_affine_invert(to_px, &shape->to_unit)) {
		return false;
	}
	struct md_rect px =
	    md_affine_apply_rect(to_px, (struct md_rect){0, 0, size.width, size.height});
	shape->straight = shape->whole = shape->inverted = false;
	shape->solid_count = 0;
	shape->width = size.width;
	shape->height = size.height;
	shape->unit_radius = OS_CLAMP(radius, 0, fmin(size.width, size.height) / 2);
	shape->px_per_unit = sqrt(fabs(to_px.a * to_px.d - to_px.b * to_px.c));
	shape->outer =
	    (pixman_box32_t){low_px(px.x - 1), low_px(px.y - 1), high_px(px.x + px.width + 1),
			     high_px(px.y + px.height + 1)};
	return true;
}

bool md_shape_init(struct md_shape *shape, struct md_affine to_px, struct md_size size,
		   double radius)
{
	if (!(size.width > 0 && size.height > 0)) {
		return false;
	}
	if (!(to_px.b == 0 && to_px.c == 0) && !(to_px.a == 0 && to_px.d == 0)) {
		return init_turned(shape, to_px, size, radius);
	}
	double area = fabs(to_px.a * to_px.d - to_px.b * to_px.c);
	if (!isfinite(area) || area < 1e-12) {
		return false;
	}
	return init_straight(shape, straight_bounds(to_px, size), radius > 0 ? sqrt(area) : 0,
			     radius);
}

/* --- Coverage ---------------------------------------------------------------------------------------- */

/* Signed distance to a rounded box around 0: negative inside. */
static double rounded_box(double x, double y, double half_width, double half_height, double radius)
{
	double over_x = fabs(x) - (half_width - radius);
	double over_y = fabs(y) - (half_height - radius);
	if (over_x > 0 && over_y > 0) {
		return sqrt(over_x * over_x + over_y * over_y) - radius;
	}
	return fmax(over_x, over_y) - radius;
}

static double overlap(double low, double high, int32_t px)
{
	return OS_CLAMP(fmin(high, px + 1) - fmax(low, px), 0, 1);
}

/* The distance of a point, in pixels; negative inside. */
static double distance_at(const struct md_shape *shape, double x, double y)
{
	if (shape->straight) {
		double half_width = (shape->right - shape->left) / 2;
		double half_height = (shape->bottom - shape->top) / 2;
		return rounded_box(x - shape->left - half_width, y - shape->top - half_height,
				   half_width, half_height, shape->radius);
	}
	struct md_point unit = md_affine_apply(shape->to_unit, (struct md_point){x, y});
	return shape->px_per_unit * rounded_box(unit.x - shape->width / 2,
						unit.y - shape->height / 2, shape->width / 2,
						shape->height / 2, shape->unit_radius);
}

static double coverage_at(const struct md_shape *shape, int32_t x, int32_t y)
{
	double coverage;
	if (shape->straight && shape->radius == 0) {
		coverage =
		    overlap(shape->left, shape->right, x) * overlap(shape->top, shape->bottom, y);
	} else {
		coverage = OS_CLAMP(0.5 - distance_at(shape, x + 0.5, y + 0.5), 0, 1);
	}
	return shape->inverted ? 1 - coverage : coverage;
}

static void multiply_pixels(const struct md_shape *shape, uint8_t *mask, int stride,
			    pixman_box32_t box)
{
	for (int32_t y = box.y1; y < box.y2; y++, mask += stride) {
		for (int32_t x = box.x1; x < box.x2; x++) {
			unsigned alpha = (unsigned)(coverage_at(shape, x, y) * 255 + 0.5);
			mask[x - box.x1] = (uint8_t)((mask[x - box.x1] * alpha + 127) / 255);
		}
	}
}

/* A distance changes by no more than the way that is gone. So a block whose middle is far enough
 * inside or outside is so as a whole, and most blocks need one look. A transform that stretches one
 * way more than the other stretches that bound as well. */
static void multiply_block(const struct md_shape *shape, uint8_t *mask, int stride,
			   pixman_box32_t box, double reach)
{
	double distance = distance_at(shape, (box.x1 + box.x2) / 2.0, (box.y1 + box.y2) / 2.0);
	if (shape->inverted) {
		distance = -distance;
	}
	if (distance < -reach) {
		return;
	}
	if (distance <= reach) {
		multiply_pixels(shape, mask, stride, box);
		return;
	}
	for (int32_t y = box.y1; y < box.y2; y++, mask += stride) {
		memset(mask, 0, (size_t)(box.x2 - box.x1));
	}
}

static double stretch(const struct md_shape *shape)
{
	struct md_affine to = shape->to_unit;
	if (shape->straight) {
		return 1;
	}
	double longest = fmax(hypot(to.a, to.b), hypot(to.c, to.d)) * M_SQRT2;
	return fmax(longest * shape->px_per_unit, 1);
}

void md_shape_multiply(const struct md_shape *shape, uint8_t *mask, int stride, pixman_box32_t box)
{
	double reach = BLOCK / M_SQRT2 * stretch(shape) + 1;
	for (int32_t y = box.y1; y < box.y2; y += BLOCK) {
		for (int32_t x = box.x1; x < box.x2; x += BLOCK) {
			pixman_box32_t block = {x, y, OS_MIN(x + BLOCK, box.x2),
						OS_MIN(y + BLOCK, box.y2)};
			multiply_block(shape,
				       mask + (ptrdiff_t)(y - box.y1) * stride + (x - box.x1),
				       stride, block, reach);
		}
	}
}

/* --- Regions ------------------------------------------------------------------------------------------- */

/* Cuts low…high to the x at which a·x + b lies in from…to. */
static void cut_span(double a, double b, double from, double to, double *low, double *high)
{
	if (fabs(a) < 1e-9) {
		if (b < from || b > to) {
			*high = *low;
		}
		return;
	}
	double one = (from - b) / a;
	double other = (to - b) / a;
	*low = fmax(*low, fmin(one, other));
	*high = fmin(*high, fmax(one, other));
}

/* The pixels of a band of rows that are surely full. A turned rectangle is convex: what holds for
 * the middles of the first and the last row holds for those between. The corners are left out with
 * as much of each side as makes the rest a rectangle inside the round one. */
static pixman_box32_t full_band(const struct md_shape *shape, pixman_box32_t band)
{
	struct md_affine to = shape->to_unit;
	double inset = shape->unit_radius * (1 - M_SQRT1_2) + stretch(shape) / shape->px_per_unit;
	double low = band.x1 + 0.5;
	double high = band.x2 - 0.5;
	double rows[2] = {band.y1 + 0.5, band.y2 - 0.5};
	for (int i = 0; i < 2; i++) {
		cut_span(to.a, to.c * rows[i] + to.tx, inset, shape->width - inset, &low, &high);
		cut_span(to.b, to.d * rows[i] + to.ty, inset, shape->height - inset, &low, &high);
	}
	if (!(low < high)) {
		return (pixman_box32_t){0, 0, 0, 0};
	}
	return (pixman_box32_t){high_px(low - 0.5), band.y1, low_px(high + 0.5), band.y2};
}

static void turned_solid_region(const struct md_shape *shape, pixman_box32_t bounds,
				pixman_region32_t *region)
{
	pixman_box32_t boxes[BANDS];
	int count = 0;
	bounds = md_box_intersect(bounds, shape->outer);
	int step = OS_MAX(BLOCK, (bounds.y2 - bounds.y1 + BANDS - 1) / BANDS);
	for (int32_t y = bounds.y1; y < bounds.y2; y += step) {
		pixman_box32_t band = {bounds.x1, y, bounds.x2, OS_MIN(y + step, bounds.y2)};
		boxes[count] = full_band(shape, band);
		count += !md_box_is_empty(boxes[count]);
	}
	pixman_region32_init_rects(region, boxes, count);
}

static void solid_region(const struct md_shape *shape, pixman_box32_t bounds,
			 pixman_region32_t *region)
{
	if (!shape->straight) {
		turned_solid_region(shape, bounds, region);
	} else if (shape->solid_count == 0) {
		pixman_region32_init(region);
	} else if (shape->solid_count == 1) {
		pixman_region32_init_with_extents(region, &shape->solid[0]);
	} else {
		pixman_region32_init_rects(region, shape->solid, shape->solid_count);
	}
}

static void outside_region(const struct md_shape *shape, pixman_box32_t bounds,
			   pixman_region32_t *region)
{
	pixman_region32_t outer;
	pixman_region32_init_with_extents(&outer, &shape->outer);
	pixman_region32_init(region);
	pixman_region32_inverse(region, &outer, &bounds);
	pixman_region32_fini(&outer);
}

void md_shape_full_region(const struct md_shape *shape, pixman_box32_t bounds,
			  pixman_region32_t *ret_region)
{
	if (shape->inverted) {
		outside_region(shape, bounds, ret_region);
	} else {
		solid_region(shape, bounds, ret_region);
	}
}

void md_shape_empty_region(const struct md_shape *shape, pixman_box32_t bounds,
			   pixman_region32_t *ret_region)
{
	if (shape->inverted) {
		solid_region(shape, bounds, ret_region);
	} else {
		outside_region(shape, bounds, ret_region);
	}
}
