/* Alert: a question that has to be answered before anything else (UIAlertController).
 *
 *	struct ui_alert_button buttons[] = {
 *		{"Delete", UI_ALERT_DESTRUCTIVE, delete_it, self}, {"Cancel", UI_ALERT_CANCEL, NULL, NULL} };
 *	ui_alert_show(controller, "Delete this note?", "This cannot be undone.", buttons, 2);
 *
 * Return presses the default button, Escape the one that cancels. */
#ifndef UI_ALERT_H
#define UI_ALERT_H

#include <ui/view_controller.h>

enum ui_alert_kind { UI_ALERT_DEFAULT, UI_ALERT_CANCEL, UI_ALERT_DESTRUCTIVE };
struct ui_alert_button { const char *title; enum ui_alert_kind kind; void (*fn)(void *context); void *context; };

/* The texts are copied; at most 4 buttons. */
UI_PUBLIC void ui_alert_show(struct ui_view_controller *over, const char *title, const char *message,
                             const struct ui_alert_button *buttons, int count);

#endif
