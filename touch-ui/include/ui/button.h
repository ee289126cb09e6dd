/* Button: a title, a symbol, or both, that does something when tapped (UIButton).
 *
 *	struct ui_view *save = ui_button_create("Save", UI_BUTTON_FILLED);
 *	ui_control_add_action(save, UI_CONTROL_TAPPED, save_it, self);
 *
 * At least 44 by 44 points to a finger, however small it looks. */
#ifndef UI_BUTTON_H
#define UI_BUTTON_H

#include <ui/control.h>

enum ui_button_look { UI_BUTTON_PLAIN, UI_BUTTON_FILLED, UI_BUTTON_TINTED, UI_BUTTON_DESTRUCTIVE };

UI_PUBLIC struct ui_view *ui_button_create(const char *title, enum ui_button_look look);
/* label is what it is called, since a symbol says nothing to who cannot see it. */
UI_PUBLIC struct ui_view *ui_button_create_symbol(const char *symbol, const char *label);
UI_PUBLIC void ui_button_set_title(struct ui_view *button, const char *title);
UI_PUBLIC const char *ui_button_title(const struct ui_view *button);
UI_PUBLIC void ui_button_set_symbol(struct ui_view *button, const char *symbol);
UI_PUBLIC void ui_button_set_style(struct ui_view *button, enum ui_text_style style);

#endif
