/* Settings: how the device looks and what is stored on it. One screen a file. */
#ifndef SETTINGS_H
#define SETTINGS_H

#include <cs/apps.h>
#include <cs/settings.h>
#include <os/os.h>
#include <ui/ui.h>

#define SETTINGS_PANELS 16

/* A touch panel, as the compositor names it. */
struct settings_panel {
	char id[128], name[128];
};

struct settings {
	struct cs_services *services;
	struct cs_settings *device;
	struct ui_view_controller *navigation; /* weak: the scene's root */
	struct settings_panel panels[SETTINGS_PANELS];
	int panel_count;
	struct os_signal panels_changed;
	struct ui_view *calibrate; /* weak: what is over the screen; NULL: no calibration runs */
};

struct ui_view_controller *settings_root_create(struct settings *settings);
struct ui_view_controller *settings_text_size_create(struct settings *settings);
struct ui_view_controller *settings_storage_create(struct settings *settings);
struct ui_view_controller *settings_about_create(struct settings *settings);
struct ui_view_controller *settings_touch_create(struct settings *settings);
struct ui_view_controller *settings_display_create(struct settings *settings);

/* touch.c: keeps panels up to date. */
void settings_watch_panels(struct settings *settings, struct ui_scene *scene);
/* Another calibration for the panel with this id, NULL: none; fn is always called. */
void settings_write_calibration(struct settings *settings, const char *id, const double matrix[6], cs_settings_fn fn,
                                void *context);

/* list.c: a screen that is one setting's values, one of them checked. */
struct settings_choice;

struct settings_list {
	const char *key, *title, *footer;
	const char *unit; /* behind a value that is not among the choices */
	const struct settings_choice *choices;
	size_t count;
};
extern const struct settings_list settings_dim_list, settings_dark_list, settings_keyboard_list;
struct ui_view_controller *settings_list_create(struct settings *settings, const struct settings_list *what);
/* The present value, as a person reads it. */
const char *settings_list_now(const struct settings *settings, const struct settings_list *what, char text[64]);

/* choice.c: the names of a setting's values as a person reads them. */
struct settings_choice {
	const char *value, *title;
};
/* Writes one of the device's settings; what could not be written is said over the controller. */
void settings_write(struct settings *settings, struct ui_view_controller *over, const char *key, const char *text);
const char *settings_title_of(const struct settings_choice *choices, size_t count, const char *value);
extern const struct settings_choice settings_text_sizes[12];

/* A screen that is a grouped table; its class keeps `struct settings_screen` first. */
struct settings_screen {
	struct settings *settings;
	struct ui_view *table; /* weak: the controller's view */
	struct os_listener listener;
};
/* Makes the table, names the screen, and reloads it when a setting changes. */
void settings_screen_begin(struct ui_view_controller *controller, struct settings_screen *screen,
                           struct settings *settings, const char *title);
void settings_screen_end(struct settings_screen *screen);

#endif
