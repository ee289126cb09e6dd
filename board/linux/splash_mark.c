#include "splash_mark.h"

#include <math.h>

#define GROUND 0x0d1726
#define MARK_SHARE 0.26 /* of the screen's shorter side: the mark's width */
#define RISE 0.30       /* of a sheet's half width, from one to the next */
#define GAP 0.10        /* the ground that shows around a sheet's edge */
#define SHEETS 4

static const uint32_t s_colors[SHEETS] = {0x2a5673, 0x35808f, 0x57aaa0, 0xb5e3c9};

struct mark {
	double x, y, half; /* middle of the lowest sheet */
};

/* How much of a pixel a sheet covers: by the distance of its middle from the nearest edge. A sheet is
 * the set |dx| / half + |dy| / (half / 2) <= 1. */
static double coverage(double dx, double dy, double half)
{
	double inside = 1 - (fabs(dx) / half + fabs(dy) / (half / 2));
	double slope = hypot(1 / half, 2 / half);
	return OS_CLAMP(inside / slope + 0.5, 0.0, 1.0);
}

static uint32_t mix(uint32_t below, uint32_t above, double amount)
{
	uint32_t mixed = 0;
	for (int shift = 0; shift <= 16; shift += 8) {
		double a = (below >> shift) & 0xff, b = (above >> shift) & 0xff;
		mixed |= (uint32_t)(a + (b - a) * amount + 0.5) << shift;
	}
	return mixed;
}

/* At a point of the screen as it is held. */
static uint32_t color_at(const struct mark *mark, double x, double y)
{
	uint32_t color = GROUND;
	for (int i = 0; i < SHEETS; i++) {
		double dx = x - mark->x, dy = y - (mark->y - i * RISE * mark->half);
		color = mix(color, GROUND, coverage(dx, dy, mark->half * (1 + GAP)));
		color = mix(color, s_colors[i], coverage(dx, dy, mark->half));
	}
	return color;
}

/* From a pixel's middle on the panel to the screen as it is held. */
static void turn(double x, double y, double width, double height, int orientation, double *ret_x,
		 double *ret_y)
{
	switch (orientation) {
	case 90:
		*ret_x = y, *ret_y = width - x;
		break;
	case 180:
		*ret_x = width - x, *ret_y = height - y;
		break;
	case 270:
		*ret_x = height - y, *ret_y = x;
		break;
	default:
		*ret_x = x, *ret_y = y;
		break;
	}
}

void splash_mark_draw(uint32_t *pixels, int32_t stride, int32_t width_px, int32_t height_px,
		      int orientation)
{
	double width = width_px, height = height_px;
	bool sideways = orientation == 90 || orientation == 270;
	double half = floor(fmin(width, height) * MARK_SHARE / 2 + 0.5);
	struct mark mark = {.x = floor((sideways ? height : width) / 2 + 0.5),
			    .y = floor((sideways ? width : height) / 2 + 0.5) + 1.5 * RISE * half,
			    .half = half};
	double reach = half * (1 + GAP) + 2; /* of the mark from the panel's middle, whichever way */
	for (int32_t y = 0; y < height_px; y++) {
		uint32_t *row = (uint32_t *)((char *)pixels + (size_t)y * (size_t)stride);
		for (int32_t x = 0; x < width_px; x++) {
			double at_x = x + 0.5, at_y = y + 0.5;
			row[x] = GROUND;
			if (fabs(at_x - width / 2) < reach && fabs(at_y - height / 2) < reach) {
				turn(at_x, at_y, width, height, orientation, &at_x, &at_y);
				row[x] = color_at(&mark, at_x, at_y);
			}
		}
	}
}
