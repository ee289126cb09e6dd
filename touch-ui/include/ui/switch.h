/* Switch: on or off, by tap or drag (UISwitch). 51 by 31 points, the thumb moves by a spring. */
#ifndef UI_SWITCH_H
#define UI_SWITCH_H

#include <ui/control.h>

UI_PUBLIC struct ui_view *ui_switch_create(bool on);
UI_PUBLIC void ui_switch_set_on(struct ui_view *view, bool on, bool animated);
UI_PUBLIC bool ui_switch_is_on(const struct ui_view *view);

#endif
