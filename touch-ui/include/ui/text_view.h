/* Text view: many lines that are edited, in a scroller (UITextView). */
#ifndef UI_TEXT_VIEW_H
#define UI_TEXT_VIEW_H

#include <ui/control.h>
#include <ui/input_method.h>

UI_PUBLIC struct ui_view *ui_text_view_create(const char *placeholder);
UI_PUBLIC void ui_text_view_set_text(struct ui_view *view, const char *text);
UI_PUBLIC const char *ui_text_view_text(const struct ui_view *view);
UI_PUBLIC void ui_text_view_set_style(struct ui_view *view, enum ui_text_style style);
UI_PUBLIC void ui_text_view_selection(const struct ui_view *view, size_t *ret_start, size_t *ret_end);
UI_PUBLIC void ui_text_view_set_selection(struct ui_view *view, size_t start, size_t end);
UI_PUBLIC void ui_text_view_set_limit(struct ui_view *view, size_t bytes); /* default 1 MiB; more asks first */

#endif
