/* Label: text that is read, not edited (UILabel).
 *
 *	struct ui_view *title = ui_label_create("Hello");
 *	ui_label_set_style(title, UI_TEXT_HEADLINE);
 *
 * Grows with the text-size setting. Sizes with the wider text are asked of ui_view_size_that_fits. */
#ifndef UI_LABEL_H
#define UI_LABEL_H

#include <md/text_layout.h>
#include <ui/view.h>

UI_PUBLIC struct ui_view *ui_label_create(const char *text); /* body, one line, label colour */
UI_PUBLIC void ui_label_set_text(struct ui_view *label, const char *text);
UI_PUBLIC const char *ui_label_text(const struct ui_view *label);
UI_PUBLIC void ui_label_set_style(struct ui_view *label, enum ui_text_style style);
UI_PUBLIC void ui_label_set_color(struct ui_view *label, enum ui_color color);
UI_PUBLIC void ui_label_set_align(struct ui_view *label, enum md_text_align align);
UI_PUBLIC void ui_label_set_lines(struct ui_view *label, int lines); /* 0: as many as it takes */
UI_PUBLIC void ui_label_set_heading(struct ui_view *label, bool heading); /* is one, though no title style says so */

#endif
