#include <string.h>

#include "settings.h"

static const struct ui_view_controller_class s_text_size_class;

static struct settings_screen *screen_of(const struct ui_view_controller *controller)
{
	return ui_view_controller_state(controller, &s_text_size_class);
}

static int row_count(void *context, struct ui_view *table, int section)
{
	return OS_ARRAY_LEN(settings_text_sizes);
}

static const char *section_footer(void *context, struct ui_view *table, int section)
{
	return "All text on this device grows or shrinks with this setting, and rows with it.";
}

static void fill(void *context, struct ui_view *table, struct ui_view *cell, struct ui_row row)
{
	const struct settings_screen *screen = screen_of(context);
	const char *size = cs_settings_text(screen->settings->device, "text-size");
	const struct settings_choice *choice = &settings_text_sizes[row.index];
	ui_table_cell_set_text(cell, choice->title, NULL);
	bool chosen = size != NULL && strcmp(size, choice->value) == 0;
	ui_table_cell_set_accessory(cell, chosen ? UI_CELL_CHECK : UI_CELL_NONE);
}

static void selected(void *context, struct ui_view *table, struct ui_row row)
{
	struct ui_view_controller *controller = context;
	settings_write(screen_of(controller)->settings, controller, "text-size", settings_text_sizes[row.index].value);
}

static const struct ui_table_source s_source = {
	.struct_size = sizeof(s_source),
	.row_count = row_count,
	.fill = fill,
	.section_footer = section_footer,
	.selected = selected,
};

static struct ui_view *text_size_load(struct ui_view_controller *controller)
{
	return screen_of(controller)->table;
}

static void text_size_finalize(struct os_object *object)
{
	settings_screen_end(os_object_state(object, &s_text_size_class.base));
}

static const struct ui_view_controller_class s_text_size_class = {
	.base = {.struct_size = sizeof(s_text_size_class),
	         .name = "settings-text-size",
	         .size = sizeof(struct settings_screen),
	         .super = &ui_view_controller_class.base,
	         .finalize = text_size_finalize},
	.load = text_size_load,
};

struct ui_view_controller *settings_text_size_create(struct settings *settings)
{
	struct ui_view_controller *controller = ui_view_controller_create(&s_text_size_class);
	struct settings_screen *screen = screen_of(controller);
	settings_screen_begin(controller, screen, settings, "Text size");
	ui_table_view_set_source(screen->table, &s_source, controller);
	ui_view_controller_view(controller);
	return controller;
}
