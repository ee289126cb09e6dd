#include <md/geometry.h>

#include <math.h>

/* Lengths above this are no screen's; the compositor refuses them at the door. */
#define LENGTH_LIMIT 1e6
#define PLACE_LIMIT 1e9

bool md_rect_is_empty(struct md_rect rect)
{
	return !(rect.width > 0 && rect.height > 0);
}

bool md_rect_contains(struct md_rect rect, struct md_point point)
{
	return point.x >= rect.x && point.x < rect.x + rect.width && point.y >= rect.y &&
	       point.y < rect.y + rect.height;
}

bool md_rect_equal(struct md_rect a, struct md_rect b)
{
	return a.x == b.x && a.y == b.y && a.width == b.width && a.height == b.height;
}

bool md_rect_intersects(struct md_rect a, struct md_rect b)
{
	return !md_rect_is_empty(md_rect_intersect(a, b));
}

struct md_rect md_rect_intersect(struct md_rect a, struct md_rect b)
{
	double left = OS_MAX(a.x, b.x);
	double top = OS_MAX(a.y, b.y);
	double right = OS_MIN(a.x + a.width, b.x + b.width);
	double bottom = OS_MIN(a.y + a.height, b.y + b.height);
	if (!(right > left && bottom > top)) {
		return (struct md_rect){0, 0, 0, 0};
	}
	return (struct md_rect){left, top, right - left, bottom - top};
}

struct md_rect md_rect_union(struct md_rect a, struct md_rect b)
{
	if (md_rect_is_empty(a)) {
		return b;
	}
	if (md_rect_is_empty(b)) {
		return a;
	}
	double left = OS_MIN(a.x, b.x);
	double top = OS_MIN(a.y, b.y);
	double right = OS_MAX(a.x + a.width, b.x + b.width);
	double bottom = OS_MAX(a.y + a.height, b.y + b.height);
	return (struct md_rect){left, top, right - left, bottom - top};
}

struct md_rect md_rect_inset(struct md_rect rect, struct md_insets insets)
{
	return (struct md_rect){rect.x + insets.left, rect.y + insets.top,
				rect.width - insets.left - insets.right,
				rect.height - insets.top - insets.bottom};
}

struct md_rect md_rect_offset(struct md_rect rect, double dx, double dy)
{
	return (struct md_rect){rect.x + dx, rect.y + dy, rect.width, rect.height};
}

struct md_point md_rect_center(struct md_rect rect)
{
	return (struct md_point){rect.x + rect.width / 2, rect.y + rect.height / 2};
}

struct md_rect md_rect_snap_out(struct md_rect rect, double scale)
{
	double left = floor(rect.x * scale) / scale;
	double top = floor(rect.y * scale) / scale;
	double right = ceil((rect.x + rect.width) * scale) / scale;
	double bottom = ceil((rect.y + rect.height) * scale) / scale;
	return (struct md_rect){left, top, right - left, bottom - top};
}

struct md_rect md_rect_snap(struct md_rect rect, double scale)
{
	double left = md_snap(rect.x, scale);
	double top = md_snap(rect.y, scale);
	double right = md_snap(rect.x + rect.width, scale);
	double bottom = md_snap(rect.y + rect.height, scale);
	return (struct md_rect){left, top, right - left, bottom - top};
}

double md_snap(double length, double scale)
{
	return floor(length * scale + 0.5) / scale;
}

static bool is_sane(double value, double most)
{
	return isfinite(value) && fabs(value) <= most;
}

bool md_rect_is_sane(struct md_rect rect)
{
	return is_sane(rect.x, PLACE_LIMIT) && is_sane(rect.y, PLACE_LIMIT) &&
	       is_sane(rect.width, LENGTH_LIMIT) && is_sane(rect.height, LENGTH_LIMIT);
}
