/* Alert button: one of an alert's answers: wide, with lines between it and the others. Private. */
#ifndef UI_SRC_ALERT_BUTTON_H
#define UI_SRC_ALERT_BUTTON_H

#include <ui/alert.h>
#include <ui/control_class.h>

struct ui_view *alert_button_create(const char *title, enum ui_alert_kind kind, bool is_default);
/* A line at its side towards the one before it, as well as the one above. */
void alert_button_set_side_line(struct ui_view *button, bool line);
double
alert_button_natural_width(struct ui_view *button); /* of its title in one line, with its margins */

#endif
