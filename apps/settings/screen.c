#include "settings.h"

static void did_change(void *context, void *data)
{
	struct settings_screen *screen = context;
	ui_table_view_reload(screen->table);
}

void settings_screen_begin(struct ui_view_controller *controller, struct settings_screen *screen,
                           struct settings *settings, const char *title)
{
	screen->settings = settings;
	screen->table = ui_table_view_create(UI_TABLE_GROUPED);
	ui_view_set_label(screen->table, title);
	ui_view_controller_set_title(controller, title);
	os_signal_connect(cs_settings_changed(settings->device), &screen->listener, did_change, screen);
}

void settings_screen_end(struct settings_screen *screen)
{
	os_listener_disconnect(&screen->listener);
}
