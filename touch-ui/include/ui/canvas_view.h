/* Canvas view: a view that draws with a function of yours, so that nothing has to be subclassed.
 *
 *	struct ui_view *chart = ui_canvas_view_create(draw_chart, model);
 *	ui_view_set_needs_draw(chart);          when the model has changed
 */
#ifndef UI_CANVAS_VIEW_H
#define UI_CANVAS_VIEW_H

#include <md/canvas.h>
#include <ui/view.h>

typedef void (*ui_draw_fn)(struct ui_view *view, struct md_canvas *canvas, struct md_rect bounds, void *context);

UI_PUBLIC struct ui_view *ui_canvas_view_create(ui_draw_fn draw, void *context);
UI_PUBLIC void ui_canvas_view_set_size(struct ui_view *view, struct md_size size); /* what it likes to be */

#endif
