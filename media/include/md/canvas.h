/* Canvas: where drawing goes (CGContext). Immediate: each call draws into the pixels behind it.
 *
 *	static void draw(struct md_canvas *canvas, void *context)
 *	{
 *		md_canvas_fill_rect(canvas, bounds, color);
 *		md_canvas_save(canvas);
 *		md_canvas_clip_rounded_rect(canvas, card, 10);
 *		md_canvas_draw_image(canvas, photo, card);
 *		md_canvas_restore(canvas);
 *	}
 *
 * Coordinates are points, y downward; the scale to pixels is set by whoever made the canvas.
 * Axis-parallel rectangles and images at 1:1 take pixman's straight way. Thread: one at a time. */
#ifndef MD_CANVAS_H
#define MD_CANVAS_H

#include <md/color.h>
#include <md/gradient.h>
#include <md/image.h>
#include <md/path.h>
#include <md/symbol.h>
#include <md/text_layout.h>

struct md_canvas;

/* pixels: premultiplied a8r8g8b8 (x8r8g8b8 if opaque); not taken over; must outlive the canvas. */
MD_PUBLIC struct md_canvas *md_canvas_create(void *pixels, int width_px, int height_px, int stride, double scale,
                                             bool opaque);
MD_PUBLIC struct md_canvas *md_canvas_destroy(struct md_canvas *canvas); /* returns NULL */
MD_PUBLIC double md_canvas_scale(const struct md_canvas *canvas);

MD_PUBLIC void md_canvas_save(struct md_canvas *canvas);
MD_PUBLIC void md_canvas_restore(struct md_canvas *canvas);
MD_PUBLIC void md_canvas_translate(struct md_canvas *canvas, double x, double y);
MD_PUBLIC void md_canvas_concat(struct md_canvas *canvas, struct md_affine affine);
MD_PUBLIC void md_canvas_clip_rect(struct md_canvas *canvas, struct md_rect rect);
MD_PUBLIC void md_canvas_clip_rounded_rect(struct md_canvas *canvas, struct md_rect rect, double radius);
MD_PUBLIC void md_canvas_clip_path(struct md_canvas *canvas, const struct md_path *path);
/* What is left after clipping, in the canvas's present coordinates. */
MD_PUBLIC struct md_rect md_canvas_clip_bounds(const struct md_canvas *canvas);

MD_PUBLIC void md_canvas_clear(struct md_canvas *canvas, struct md_rect rect); /* to transparent */
MD_PUBLIC void md_canvas_fill_rect(struct md_canvas *canvas, struct md_rect rect, struct md_color color);
MD_PUBLIC void md_canvas_fill_rounded_rect(struct md_canvas *canvas, struct md_rect rect, double radius,
                                           struct md_color color);
MD_PUBLIC void md_canvas_fill_ellipse(struct md_canvas *canvas, struct md_rect rect, struct md_color color);
MD_PUBLIC void md_canvas_fill_path(struct md_canvas *canvas, const struct md_path *path, struct md_color color);
MD_PUBLIC void md_canvas_stroke_path(struct md_canvas *canvas, const struct md_path *path, double width,
                                     struct md_color color);
MD_PUBLIC void md_canvas_stroke_rounded_rect(struct md_canvas *canvas, struct md_rect rect, double radius,
                                             double width, struct md_color color); /* inside the edge */
MD_PUBLIC void md_canvas_fill_gradient(struct md_canvas *canvas, struct md_rect rect,
                                       const struct md_gradient *gradient);
MD_PUBLIC void md_canvas_draw_image(struct md_canvas *canvas, const struct md_image *image, struct md_rect rect);
MD_PUBLIC void md_canvas_draw_text(struct md_canvas *canvas, const struct md_text_layout *layout,
                                   struct md_point origin, struct md_color color);
MD_PUBLIC void md_canvas_draw_symbol(struct md_canvas *canvas, const char *name, struct md_rect rect,
                                     struct md_color color);
MD_PUBLIC void md_canvas_set_opacity(struct md_canvas *canvas, double opacity); /* of what is drawn next */

#endif
