/* Text field: one line that is edited (UITextField). Grapheme-true caret, placeholder, secure. */
#ifndef UI_TEXT_FIELD_H
#define UI_TEXT_FIELD_H

#include <ui/control.h>
#include <ui/input_method.h>

UI_PUBLIC struct ui_view *ui_text_field_create(const char *placeholder);
UI_PUBLIC void ui_text_field_set_text(struct ui_view *field, const char *text);
UI_PUBLIC const char *ui_text_field_text(const struct ui_view *field);
UI_PUBLIC void ui_text_field_set_traits(struct ui_view *field, const struct ui_input_traits *traits);
UI_PUBLIC void ui_text_field_set_limit(struct ui_view *field, size_t bytes); /* default 64 KiB */

#endif
