#include "path_private.h"

#include <math.h>
#include <stdatomic.h>

#include <os/memory.h>

/* A cairo context of its own is the builder: it knows arcs, and what bounds a curve. */
struct md_path {
	atomic_int references;
	cairo_surface_t *surface;
	cairo_t *cr;
};

struct md_path *md_path_create(void)
{
	struct md_path *path = os_alloc(sizeof(*path));
	atomic_init(&path->references, 1);
	path->surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 0, 0);
	path->cr = cairo_create(path->surface);
	return path;
}

struct md_path *md_path_retain(struct md_path *path)
{
	if (path != NULL) {
		atomic_fetch_add(&path->references, 1);
	}
	return path;
}

struct md_path *md_path_release(struct md_path *path)
{
	if (path != NULL && atomic_fetch_sub(&path->references, 1) == 1) {
		cairo_destroy(path->cr);
		cairo_surface_destroy(path->surface);
		os_free(path);
	}
	return NULL;
}

void md_path_move_to(struct md_path *path, double x, double y)
{
	cairo_move_to(path->cr, x, y);
}

void md_path_line_to(struct md_path *path, double x, double y)
{
	cairo_line_to(path->cr, x, y);
}

void md_path_curve_to(struct md_path *path, struct md_point c1, struct md_point c2,
		      struct md_point end)
{
	cairo_curve_to(path->cr, c1.x, c1.y, c2.x, c2.y, end.x, end.y);
}

void md_path_close(struct md_path *path)
{
	cairo_close_path(path->cr);
}

void md_path_add_rect(struct md_path *path, struct md_rect rect)
{
	cairo_rectangle(path->cr, rect.x, rect.y, rect.width, rect.height);
}

void md_path_add_rounded_rect(struct md_path *path, struct md_rect rect, double radius)
{
	md_path_append_rounded_rect(path->cr, rect, radius);
}

void md_path_add_ellipse(struct md_path *path, struct md_rect rect)
{
	md_path_append_ellipse(path->cr, rect);
}

void md_path_add_arc(struct md_path *path, struct md_point center, double radius, double from_rad,
		     double to_rad)
{
	cairo_arc(path->cr, center.x, center.y, radius, from_rad, to_rad);
}

struct md_rect md_path_bounds(const struct md_path *path)
{
	double left;
	double top;
	double right;
	double bottom;
	cairo_path_extents(path->cr, &left, &top, &right, &bottom);
	return (struct md_rect){left, top, right - left, bottom - top};
}

void md_path_append(const struct md_path *path, cairo_t *cr)
{
	cairo_path_t *copy = cairo_copy_path(path->cr);
	cairo_append_path(cr, copy);
	cairo_path_destroy(copy);
}

void md_path_append_rounded_rect(cairo_t *cr, struct md_rect rect, double radius)
{
	radius = fmin(radius, fmin(rect.width, rect.height) / 2);
	if (!(radius > 0)) {
		cairo_rectangle(cr, rect.x, rect.y, rect.width, rect.height);
		return;
	}
	double right = rect.x + rect.width;
	double bottom = rect.y + rect.height;
	cairo_new_sub_path(cr);
	cairo_arc(cr, right - radius, rect.y + radius, radius, -M_PI / 2, 0);
	cairo_arc(cr, right - radius, bottom - radius, radius, 0, M_PI / 2);
	cairo_arc(cr, rect.x + radius, bottom - radius, radius, M_PI / 2, M_PI);
	cairo_arc(cr, rect.x + radius, rect.y + radius, radius, M_PI, 3 * M_PI / 2);
	cairo_close_path(cr);
}

void md_path_append_ellipse(cairo_t *cr, struct md_rect rect)
{
	if (md_rect_is_empty(rect)) {
		return;
	}
	cairo_matrix_t before;
	cairo_get_matrix(cr, &before);
	cairo_translate(cr, rect.x + rect.width / 2, rect.y + rect.height / 2);
	cairo_scale(cr, rect.width / 2, rect.height / 2);
	cairo_new_sub_path(cr);
	cairo_arc(cr, 0, 0, 1, 0, 2 * M_PI);
	cairo_close_path(cr);
	cairo_set_matrix(cr, &before);
}
