/* Path: lines and curves that can be filled, stroked and clipped to (CGPath, UIBezierPath).
 *
 *	struct md_path *path = md_path_create();
 *	md_path_add_rounded_rect(path, (struct md_rect){0, 0, 100, 44}, 10);
 *	md_canvas_fill_path(canvas, path, color);
 *	md_path_release(path);
 */
#ifndef MD_PATH_H
#define MD_PATH_H

#include <md/affine.h>

struct md_path;

MD_PUBLIC struct md_path *md_path_create(void);
MD_PUBLIC struct md_path *md_path_retain(struct md_path *path);
MD_PUBLIC struct md_path *md_path_release(struct md_path *path);
MD_PUBLIC void md_path_move_to(struct md_path *path, double x, double y);
MD_PUBLIC void md_path_line_to(struct md_path *path, double x, double y);
MD_PUBLIC void md_path_curve_to(struct md_path *path, struct md_point c1, struct md_point c2, struct md_point end);
MD_PUBLIC void md_path_close(struct md_path *path);
MD_PUBLIC void md_path_add_rect(struct md_path *path, struct md_rect rect);
MD_PUBLIC void md_path_add_rounded_rect(struct md_path *path, struct md_rect rect, double radius);
MD_PUBLIC void md_path_add_ellipse(struct md_path *path, struct md_rect rect);
/* Angles clockwise from three o'clock. */
MD_PUBLIC void md_path_add_arc(struct md_path *path, struct md_point center, double radius, double from_rad,
                               double to_rad);
MD_PUBLIC struct md_rect md_path_bounds(const struct md_path *path);

#endif
