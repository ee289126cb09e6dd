/* Geometry: points, sizes, rectangles and insets (CGPoint, CGRect, UIEdgeInsets).
 *
 * Lengths are points, as doubles; y grows downward. Structs are passed by value.
 *
 *	struct md_rect frame = {16, 8, 200, 44};
 *	struct md_rect inner = md_rect_inset(frame, (struct md_insets){8, 8, 8, 8});
 *
 * An empty rectangle has a width or height of 0 or less. Thread: any. */
#ifndef MD_GEOMETRY_H
#define MD_GEOMETRY_H

#include <md/base.h>

struct md_point { double x, y; };
struct md_size { double width, height; };
struct md_rect { double x, y, width, height; };
struct md_insets { double top, left, bottom, right; };

#define MD_UNBOUNDED 1e6 /* a length that nothing on a screen reaches: "as much as you like" */

MD_PUBLIC bool md_rect_is_empty(struct md_rect rect);
MD_PUBLIC bool md_rect_contains(struct md_rect rect, struct md_point point); /* right, bottom excluded */
MD_PUBLIC bool md_rect_equal(struct md_rect a, struct md_rect b);
MD_PUBLIC bool md_rect_intersects(struct md_rect a, struct md_rect b);
MD_PUBLIC struct md_rect md_rect_intersect(struct md_rect a, struct md_rect b); /* empty: all zero */
MD_PUBLIC struct md_rect md_rect_union(struct md_rect a, struct md_rect b);     /* empty ones are ignored */
MD_PUBLIC struct md_rect md_rect_inset(struct md_rect rect, struct md_insets insets);
MD_PUBLIC struct md_rect md_rect_offset(struct md_rect rect, double dx, double dy);
MD_PUBLIC struct md_point md_rect_center(struct md_rect rect);
/* The edges moved to whole pixels: outward, or each to the nearest. */
MD_PUBLIC struct md_rect md_rect_snap_out(struct md_rect rect, double scale);
MD_PUBLIC struct md_rect md_rect_snap(struct md_rect rect, double scale);
/* Half-way cases go up, so that neighbours keep touching. */
MD_PUBLIC double md_snap(double length, double scale);
/* False if any member is NaN or infinite, a length above 1e6, or a place beyond 1e9: the rows of a
 * long list lie far down. */
MD_PUBLIC bool md_rect_is_sane(struct md_rect rect);

#endif
