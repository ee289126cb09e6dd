#include <string.h>

#include "settings.h"

enum { SECTION_LOOK, SECTION_TEXT, SECTION_DEVICE, SECTIONS };
enum { DEVICE_DISPLAY, DEVICE_STORAGE, DEVICE_ABOUT, DEVICE_ROWS };
enum { TEXT_SIZE, TEXT_MOTION, TEXT_ROWS };

static const struct settings_choice s_looks[] = {{"light", "Light"}, {"dark", "Dark"}};

static const struct ui_view_controller_class s_root_class;

static struct settings_screen *screen_of(const struct ui_view_controller *controller)
{
	return ui_view_controller_state(controller, &s_root_class);
}

static int section_count(void *context, struct ui_view *table)
{
	return SECTIONS;
}

static int row_count(void *context, struct ui_view *table, int section)
{
	static const int counts[SECTIONS] = {OS_ARRAY_LEN(s_looks), TEXT_ROWS, DEVICE_ROWS};
	return counts[section];
}

static const char *section_title(void *context, struct ui_view *table, int section)
{
	static const char *const titles[SECTIONS] = {"Look", "Reading", "This device"};
	return titles[section];
}

static void did_switch_motion(void *context, struct ui_view *view)
{
	struct ui_view_controller *controller = context;
	settings_write(screen_of(controller)->settings, controller, "reduce-motion", ui_switch_is_on(view) ? "on" : "off");
}

static void fill_look(struct settings_screen *screen, struct ui_view *cell, int index)
{
	const char *look = cs_settings_text(screen->settings->device, "look");
	ui_table_cell_set_text(cell, s_looks[index].title, NULL);
	ui_table_cell_set_symbol(cell, index == 0 ? "sun" : "moon", UI_COLOR_NONE);
	bool chosen = look != NULL && strcmp(look, s_looks[index].value) == 0;
	ui_table_cell_set_accessory(cell, chosen ? UI_CELL_CHECK : UI_CELL_NONE);
}

static void fill_text(struct ui_view_controller *controller, struct ui_view *cell, int index)
{
	struct settings_screen *screen = screen_of(controller);
	if (index == TEXT_SIZE) {
		const char *size = cs_settings_text(screen->settings->device, "text-size");
		ui_table_cell_set_text(cell, "Text size", settings_title_of(settings_text_sizes, 12, size));
		ui_table_cell_set_symbol(cell, "type", UI_COLOR_NONE);
		ui_table_cell_set_accessory(cell, UI_CELL_DISCLOSURE);
		return;
	}
	ui_table_cell_set_text(cell, "Reduce motion", NULL);
	ui_table_cell_set_symbol(cell, "speedometer2", UI_COLOR_NONE);
	ui_table_cell_set_accessory(cell, UI_CELL_NONE);
	bool on = cs_settings_bool(screen->settings->device, "reduce-motion");
	if (ui_table_cell_control(cell) != NULL) {
		ui_switch_set_on(ui_table_cell_control(cell), on, false);
		return;
	}
	struct ui_view *toggle = ui_switch_create(on);
	ui_view_set_label(toggle, "Reduce motion");
	ui_control_add_action(toggle, UI_CONTROL_VALUE_CHANGED, did_switch_motion, controller);
	ui_table_cell_set_control(cell, toggle);
}

static void fill_device(struct ui_view *cell, int index)
{
	static const struct {
		const char *title, *symbol;
	} rows[DEVICE_ROWS] = {[DEVICE_DISPLAY] = {"Display", "display"},
	                       [DEVICE_STORAGE] = {"Storage", "hdd"},
	                       [DEVICE_ABOUT] = {"About", "info-circle"}};
	ui_table_cell_set_text(cell, rows[index].title, NULL);
	ui_table_cell_set_symbol(cell, rows[index].symbol, UI_COLOR_NONE);
	ui_table_cell_set_accessory(cell, UI_CELL_DISCLOSURE);
}

static void fill(void *context, struct ui_view *table, struct ui_view *cell, struct ui_row row)
{
	struct ui_view_controller *controller = context;
	bool has_switch = row.section == SECTION_TEXT && row.index == TEXT_MOTION;
	if (!has_switch && ui_table_cell_control(cell) != NULL) {
		ui_table_cell_set_control(cell, NULL);
	}
	if (row.section == SECTION_LOOK) {
		fill_look(screen_of(controller), cell, row.index);
	} else if (row.section == SECTION_TEXT) {
		fill_text(controller, cell, row.index);
	} else {
		fill_device(cell, row.index);
	}
}

static struct ui_view *make_cell(void *context, struct ui_view *table, struct ui_row row)
{
	return ui_table_cell_create(UI_CELL_VALUE);
}

static void selected(void *context, struct ui_view *table, struct ui_row row)
{
	struct ui_view_controller *controller = context;
	struct settings *settings = screen_of(controller)->settings;
	struct ui_view_controller *next = NULL;
	if (row.section == SECTION_LOOK) {
		settings_write(settings, controller, "look", s_looks[row.index].value);
	} else if (row.section == SECTION_TEXT && row.index == TEXT_SIZE) {
		next = settings_text_size_create(settings);
	} else if (row.section == SECTION_DEVICE) {
		static struct ui_view_controller *(*const s_create[DEVICE_ROWS])(struct settings *) = {
			settings_display_create, settings_storage_create, settings_about_create};
		next = s_create[row.index](settings);
	}
	if (next != NULL) {
		ui_navigation_controller_push(settings->navigation, next, true);
	}
}

static const struct ui_table_source s_source = {
	.struct_size = sizeof(s_source),
	.section_count = section_count,
	.row_count = row_count,
	.make_cell = make_cell,
	.fill = fill,
	.section_title = section_title,
	.selected = selected,
};

static struct ui_view *root_load(struct ui_view_controller *controller)
{
	return screen_of(controller)->table;
}

static void root_finalize(struct os_object *object)
{
	settings_screen_end(os_object_state(object, &s_root_class.base));
}

static const struct ui_view_controller_class s_root_class = {
	.base = {.struct_size = sizeof(s_root_class),
	         .name = "settings",
	         .size = sizeof(struct settings_screen),
	         .super = &ui_view_controller_class.base,
	         .finalize = root_finalize},
	.load = root_load,
};

struct ui_view_controller *settings_root_create(struct settings *settings)
{
	struct ui_view_controller *controller = ui_view_controller_create(&s_root_class);
	struct settings_screen *screen = screen_of(controller);
	settings_screen_begin(controller, screen, settings, "Settings");
	ui_view_controller_set_large_title(controller, true);
	ui_table_view_set_source(screen->table, &s_source, controller);
	ui_view_controller_view(controller);
	return controller;
}
