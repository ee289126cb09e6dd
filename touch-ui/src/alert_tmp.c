#include <ui/alert.h>
void ui_alert_show(struct ui_view_controller *over, const char *title, const char *message,
		   const struct ui_alert_button *buttons, int count)
{
}
