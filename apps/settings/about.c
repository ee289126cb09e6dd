#include <stdio.h>
#include <sys/utsname.h>

#include <os/process.h>

#include "settings.h"

enum { ABOUT_NAME, ABOUT_VERSION, ABOUT_SCREEN, ABOUT_MACHINE, ABOUT_WALLS, ABOUT_ROWS };

static const struct ui_view_controller_class s_about_class;

static struct settings_screen *screen_of(const struct ui_view_controller *controller)
{
	return ui_view_controller_state(controller, &s_about_class);
}

static int row_count(void *context, struct ui_view *table, int section)
{
	return ABOUT_ROWS;
}

static const char *option(const char *key, const char *otherwise)
{
	const char *value = os_process_option(key);
	return value != NULL && value[0] != '\0' ? value : otherwise;
}

static void screen_text(const struct ui_view *table, char text[64])
{
	struct ui_scene *scene = ui_view_scene(table);
	struct md_size size = scene != NULL ? ui_scene_size(scene) : (struct md_size){0, 0};
	double scale = ui_view_appearance(table)->scale;
	snprintf(text, 64, "%.0f × %.0f, %g px a point", size.width, size.height, scale);
}

static void fill(void *context, struct ui_view *table, struct ui_view *cell, struct ui_row row)
{
	static const char *const titles[ABOUT_ROWS] = {"Name", "Version", "Screen", "Machine", "Apps' walls"};
	char text[160] = "";
	struct utsname machine;
	switch (row.index) {
	case ABOUT_NAME:
		snprintf(text, sizeof(text), "%s", option("device", "default"));
		break;
	case ABOUT_VERSION:
		snprintf(text, sizeof(text), "Strata %s", STRATA_VERSION);
		break;
	case ABOUT_SCREEN:
		screen_text(table, text);
		break;
	case ABOUT_MACHINE:
		if (uname(&machine) == 0) {
			snprintf(text, sizeof(text), "%.60s, Linux %.60s", machine.machine, machine.release);
		}
		break;
	default:
		snprintf(text, sizeof(text), "%s", option("walls", "yes")[0] == 'n' ? "Off" : "Up");
		break;
	}
	ui_table_cell_set_text(cell, titles[row.index], text);
}

static struct ui_view *make_cell(void *context, struct ui_view *table, struct ui_row row)
{
	return ui_table_cell_create(UI_CELL_VALUE);
}

static const struct ui_table_source s_source = {
	.struct_size = sizeof(s_source),
	.row_count = row_count,
	.make_cell = make_cell,
	.fill = fill,
};

static struct ui_view *about_load(struct ui_view_controller *controller)
{
	return screen_of(controller)->table;
}

static void about_finalize(struct os_object *object)
{
	settings_screen_end(os_object_state(object, &s_about_class.base));
}

static const struct ui_view_controller_class s_about_class = {
	.base = {.struct_size = sizeof(s_about_class),
	         .name = "settings-about",
	         .size = sizeof(struct settings_screen),
	         .super = &ui_view_controller_class.base,
	         .finalize = about_finalize},
	.load = about_load,
};

struct ui_view_controller *settings_about_create(struct settings *settings)
{
	struct ui_view_controller *controller = ui_view_controller_create(&s_about_class);
	struct settings_screen *screen = screen_of(controller);
	settings_screen_begin(controller, screen, settings, "About");
	ui_table_view_set_source(screen->table, &s_source, controller);
	ui_view_controller_view(controller);
	return controller;
}
