/* A shape, and a border inside it, as patches: contours at some distances from the edge, inside each
 * other, and what lies between two of them as a ring of quads. */
#include <math.h>

#include "gpu_patches.h"

#define CONTOUR_POINTS (4 * (MD_ARC_PIECES + 1))
/* A contour may differ from the round one by this many pixels. */
#define ARC_ERROR 0.015

/* A rounded box of pixels as large as the display's, wherever it lies there. */
struct box {
	double width, height, radius;
	struct md_affine to_px;
	int pieces; /* of a corner */
};

static int arc_pieces(double radius)
{
	double outer = radius + 0.5;
	if (outer < 1) {
		return 2;
	}
	int pieces = (int)ceil(M_PI / 4 / acos(1 - ARC_ERROR / outer));
	return OS_CLAMP(pieces, 2, MD_ARC_PIECES);
}

static bool find_box(const struct md_shape *shape, struct box *ret_box)
{
	struct box box;
	if (shape->straight) {
		box.width = shape->right - shape->left;
		box.height = shape->bottom - shape->top;
		box.radius = shape->radius;
		box.to_px = md_affine_translation(shape->left, shape->top);
	} else {
		double scale = shape->px_per_unit;
		box.width = shape->width * scale;
		box.height = shape->height * scale;
		box.radius = shape->unit_radius * scale;
		if (!md_affine_invert(
			md_affine_concat(shape->to_unit, md_affine_scale(scale, scale)),
			&box.to_px)) {
			return false;
		}
	}
	box.pieces = arc_pieces(box.radius);
	*ret_box = box;
	return true;
}

/* All points at a distance of the edge, positive outside; clockwise from the left one of the upper
 * left corner. Deeper than the radius the corners are sharp. */
static void contour(const struct box *box, double distance, double coverage,
		    struct md_patch_point points[CONTOUR_POINTS])
{
	double most = fmin(box->width, box->height) / 2;
	distance = fmax(distance, -most);
	double arc = fmax(box->radius + distance, 0);
	double inset = box->radius + distance >= 0 ? box->radius : -distance;
	const struct md_point centers[4] = {{inset, inset},
					    {box->width - inset, inset},
					    {box->width - inset, box->height - inset},
					    {inset, box->height - inset}};
	int made = 0;
	for (int corner = 0; corner < 4; corner++) {
		for (int i = 0; i <= box->pieces; i++) {
			double angle = M_PI + M_PI_2 * (corner + (double)i / box->pieces);
			struct md_point at = {centers[corner].x + arc * cos(angle),
					      centers[corner].y + arc * sin(angle)};
			at = md_affine_apply(box->to_px, at);
			points[made++] = (struct md_patch_point){at.x, at.y, coverage};
		}
	}
}

static void add_ring(struct md_patches *patches, const struct box *box,
		     const struct md_patch_point *outer, const struct md_patch_point *inner)
{
	int count = 4 * (box->pieces + 1);
	for (int i = 0; i < count; i++) {
		int next = (i + 1) % count;
		const struct md_patch_point quad[4] = {outer[i], outer[next], inner[next],
						       inner[i]};
		md_patches_add(patches, quad, 4);
	}
}

/* --- Square corners on straight edges ------------------------------------------------------------------ */

/* Where along an axis the coverage bends, and what it is there: the part of a pixel around it that
 * lies between the two edges. */
static int find_knots(double low, double high, double at[4], double coverage[4])
{
	double length = high - low;
	if (low == floor(low) && high == floor(high)) {
		at[0] = low;
		at[1] = high;
		coverage[0] = coverage[1] = 1;
		return 2;
	}
	at[0] = low - 0.5;
	at[1] = length < 1 ? high - 0.5 : low + 0.5;
	at[2] = length < 1 ? low + 0.5 : high - 0.5;
	at[3] = high + 0.5;
	coverage[0] = coverage[3] = 0;
	coverage[1] = coverage[2] = fmin(length, 1);
	return 4;
}

static void add_square(struct md_patches *patches, const struct md_shape *shape)
{
	double x[4], y[4], across[4], down[4];
	int columns = find_knots(shape->left, shape->right, x, across);
	int rows = find_knots(shape->top, shape->bottom, y, down);
	for (int row = 0; row + 1 < rows; row++) {
		for (int column = 0; column + 1 < columns; column++) {
			const struct md_patch_point quad[4] = {
			    {x[column], y[row], across[column] * down[row]},
			    {x[column + 1], y[row], across[column + 1] * down[row]},
			    {x[column + 1], y[row + 1], across[column + 1] * down[row + 1]},
			    {x[column], y[row + 1], across[column] * down[row + 1]}};
			if (x[column] < x[column + 1] && y[row] < y[row + 1]) {
				md_patches_add(patches, quad, 4);
			}
		}
	}
}

/* --- The two ---------------------------------------------------------------------------------------------- */

void md_patches_add_shape(struct md_patches *patches, const struct md_shape *shape)
{
	struct box box;
	if (shape->straight && shape->radius == 0) {
		add_square(patches, shape);
		return;
	}
	if (!find_box(shape, &box)) {
		return;
	}
	struct md_patch_point outer[CONTOUR_POINTS], inner[CONTOUR_POINTS];
	double depth = fmin(fmin(box.width, box.height) / 2, 0.5);
	contour(&box, 0.5, 0, outer);
	contour(&box, -depth, 0.5 + depth, inner);
	add_ring(patches, &box, outer, inner);
	md_patches_add(patches, inner, (uint32_t)(4 * (box.pieces + 1)));
}

/* Inside the outer edge and not inside the inner one, at a distance of the outer. */
static double border_coverage(double distance, double width)
{
	double outer = OS_CLAMP(0.5 - distance, 0, 1);
	double inner = OS_CLAMP(0.5 - (distance + width), 0, 1);
	return outer * (1 - inner);
}

void md_patches_add_border(struct md_patches *patches, const struct md_shape *shape,
			   double width_px)
{
	struct box box;
	if (!find_box(shape, &box)) {
		return;
	}
	if (2 * width_px >= fmin(box.width, box.height)) {
		md_patches_add_shape(patches, shape);
		return;
	}
	/* Where the coverage bends, from the outside in; thin lines bend in between as well. */
	double knots[5] = {0.5, -0.5, 0.5 - width_px, -0.5 - width_px};
	int count = 4;
	if (width_px < 1) {
		knots[1] = 0.5 - width_px;
		knots[2] = -width_px / 2;
		knots[3] = -0.5;
		knots[4] = -0.5 - width_px;
		count = 5;
	}
	struct md_patch_point contours[2][CONTOUR_POINTS];
	contour(&box, knots[0], border_coverage(knots[0], width_px), contours[0]);
	for (int i = 1; i < count; i++) {
		contour(&box, knots[i], border_coverage(knots[i], width_px), contours[i & 1]);
		add_ring(patches, &box, contours[(i - 1) & 1], contours[i & 1]);
	}
}
