/* What each app takes up. The sizes are asked of services one by one and come when they come. */
#include <stdio.h>
#include <string.h>

#include <os/array.h>

#include "settings.h"

struct storage_row {
	struct cs_app_info app;
	struct cs_app_storage storage;
	bool known;
};

struct storage {
	struct settings_screen screen;
	struct os_array rows; /* struct storage_row */
	size_t asked;         /* the row whose size is being asked for */
	char sentence[480];   /* why there is no list; "" otherwise */
};

static const struct ui_view_controller_class s_storage_class;

static struct storage *storage_of(const struct ui_view_controller *controller)
{
	return ui_view_controller_state(controller, &s_storage_class);
}

static int row_count(void *context, struct ui_view *table, int section)
{
	return (int)storage_of(context)->rows.count;
}

static const char *size_text(int64_t bytes, char text[32])
{
	if (bytes < 1000000) {
		snprintf(text, 32, "%.0f kB", (double)bytes / 1000);
	} else if (bytes < 1000000000) {
		snprintf(text, 32, "%.1f MB", (double)bytes / 1e6);
	} else {
		snprintf(text, 32, "%.1f GB", (double)bytes / 1e9);
	}
	return text;
}

static void fill(void *context, struct ui_view *table, struct ui_view *cell, struct ui_row row)
{
	const struct storage *storage = storage_of(context);
	const struct storage_row *item = os_array_at(&storage->rows, (size_t)row.index);
	char text[32];
	ui_table_cell_set_text(cell, item->app.name, item->known ? size_text(item->storage.data_bytes, text) : "…");
}

static struct ui_view *make_cell(void *context, struct ui_view *table, struct ui_row row)
{
	return ui_table_cell_create(UI_CELL_VALUE);
}

static const char *section_footer(void *context, struct ui_view *table, int section)
{
	const struct storage *storage = storage_of(context);
	return storage->sentence[0] != '\0' ? storage->sentence : "What each app keeps in its own folder.";
}

static const struct ui_table_source s_source = {
	.struct_size = sizeof(s_source),
	.row_count = row_count,
	.make_cell = make_cell,
	.fill = fill,
	.section_footer = section_footer,
};

static void ask_next(struct ui_view_controller *controller);

static void did_size(void *context, int status, const char *sentence, const struct cs_app_storage *found)
{
	struct storage *storage = storage_of(context);
	if (storage->asked < storage->rows.count) {
		struct storage_row *row = os_array_at(&storage->rows, storage->asked++);
		row->known = status >= 0;
		if (status >= 0) {
			row->storage = *found;
		}
	}
	ui_table_view_reload(storage->screen.table);
	ask_next(context);
}

static void ask_next(struct ui_view_controller *controller)
{
	struct storage *storage = storage_of(controller);
	if (storage->asked < storage->rows.count) {
		const struct storage_row *row = os_array_at(&storage->rows, storage->asked);
		cs_apps_storage(storage->screen.settings->services, row->app.id, did_size, controller);
	}
}

static void did_list(void *context, int status, const struct cs_app_info *apps, size_t count)
{
	struct storage *storage = storage_of(context);
	if (status < 0) {
		snprintf(storage->sentence, sizeof(storage->sentence), "The list of apps could not be read.");
	}
	for (size_t i = 0; status >= 0 && i < count; i++) {
		struct storage_row *row = os_array_append(&storage->rows);
		row->app = apps[i];
	}
	ui_table_view_reload(storage->screen.table);
	ask_next(context);
}

static struct ui_view *storage_load(struct ui_view_controller *controller)
{
	return storage_of(controller)->screen.table;
}

static void storage_init(struct os_object *object)
{
	struct storage *storage = os_object_state(object, &s_storage_class.base);
	os_array_init(&storage->rows, sizeof(struct storage_row));
}

static void storage_finalize(struct os_object *object)
{
	struct storage *storage = os_object_state(object, &s_storage_class.base);
	cs_services_forget(storage->screen.settings->services, object);
	settings_screen_end(&storage->screen);
	os_array_finish(&storage->rows);
}

static const struct ui_view_controller_class s_storage_class = {
	.base = {.struct_size = sizeof(s_storage_class),
	         .name = "settings-storage",
	         .size = sizeof(struct storage),
	         .super = &ui_view_controller_class.base,
	         .init = storage_init,
	         .finalize = storage_finalize},
	.load = storage_load,
};

struct ui_view_controller *settings_storage_create(struct settings *settings)
{
	struct ui_view_controller *controller = ui_view_controller_create(&s_storage_class);
	struct storage *storage = storage_of(controller);
	settings_screen_begin(controller, &storage->screen, settings, "Storage");
	ui_table_view_set_source(storage->screen.table, &s_source, controller);
	ui_view_controller_view(controller);
	cs_apps_list(settings->services, did_list, controller);
	return controller;
}
