/* Path's inside: cairo's own form, ready to be appended. Private. */
#ifndef MD_PATH_PRIVATE_H
#define MD_PATH_PRIVATE_H

#include <cairo.h>

#include <md/path.h>

/* Adds the path to cairo's present one. */
void md_path_append(const struct md_path *path, cairo_t *cr);
/* The same for shapes that have no path of their own. */
void md_path_append_rounded_rect(cairo_t *cr, struct md_rect rect, double radius);
void md_path_append_ellipse(cairo_t *cr, struct md_rect rect);

#endif
