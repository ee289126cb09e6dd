/* Image view: a picture or a symbol (UIImageView). */
#ifndef UI_IMAGE_VIEW_H
#define UI_IMAGE_VIEW_H

#include <md/image.h>
#include <ui/view.h>

enum ui_image_fit { UI_IMAGE_FIT, UI_IMAGE_FILL, UI_IMAGE_CENTER };

UI_PUBLIC struct ui_view *ui_image_view_create(struct md_image *image); /* retains it; NULL allowed */
UI_PUBLIC struct ui_view *ui_symbol_view_create(const char *symbol, double size, enum ui_color color);
UI_PUBLIC void ui_image_view_set_image(struct ui_view *view, struct md_image *image);
UI_PUBLIC void ui_image_view_set_symbol(struct ui_view *view, const char *symbol);
UI_PUBLIC void ui_image_view_set_fit(struct ui_view *view, enum ui_image_fit fit);

#endif
