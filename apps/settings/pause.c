#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "settings.h"

struct pause {
	struct settings_screen screen;
	const char *key; /* of the setting */
};

static const struct settings_choice s_pauses[] = {
	{"auto", "Automatic"},  {"0", "Never"},        {"15", "15 seconds"},  {"30", "30 seconds"},
	{"60", "1 minute"},     {"120", "2 minutes"},  {"300", "5 minutes"},  {"600", "10 minutes"},
	{"1800", "30 minutes"}, {"3600", "1 hour"},
};

static const struct ui_view_controller_class s_pause_class;

static struct pause *pause_of(const struct ui_view_controller *controller)
{
	return ui_view_controller_state(controller, &s_pause_class);
}

/* The setting as it would be typed. */
static void copy_value(const struct settings *settings, const char *key, char text[32])
{
	const struct cs_value *value = cs_settings_get(settings->device, key);
	const char *word = cs_value_string(value);
	if (word != NULL) {
		snprintf(text, 32, "%s", word);
	} else {
		snprintf(text, 32, "%lld", (long long)cs_value_int(value, 0));
	}
}

const char *settings_pause_title(const struct settings *settings, const char *key, char text[32])
{
	copy_value(settings, key, text);
	const char *title = settings_title_of(s_pauses, OS_ARRAY_LEN(s_pauses), text);
	if (title[0] != '\0') {
		return title;
	}
	long seconds = strtol(text, NULL, 10); /* set by the command, to something else */
	snprintf(text, 32, "%ld seconds", seconds);
	return text;
}

static int row_count(void *context, struct ui_view *table, int section)
{
	return OS_ARRAY_LEN(s_pauses);
}

static const char *section_footer(void *context, struct ui_view *table, int section)
{
	bool dims = strcmp(pause_of(context)->key, "display.dim-after") == 0;
	return dims ? "Counted from the last touch. Automatic: 30 seconds on a battery, 5 minutes on a plug, never in a "
	              "window."
	            : "Counted from the last touch. Automatic: 1 minute on a battery, 15 minutes on a plug, never in a "
	              "window. The touch that wakes the screen does nothing else.";
}

static void fill(void *context, struct ui_view *table, struct ui_view *cell, struct ui_row row)
{
	const struct pause *pause = pause_of(context);
	char now[32];
	copy_value(pause->screen.settings, pause->key, now);
	ui_table_cell_set_text(cell, s_pauses[row.index].title, NULL);
	bool chosen = strcmp(now, s_pauses[row.index].value) == 0;
	ui_table_cell_set_accessory(cell, chosen ? UI_CELL_CHECK : UI_CELL_NONE);
}

static void selected(void *context, struct ui_view *table, struct ui_row row)
{
	const struct pause *pause = pause_of(context);
	settings_write(pause->screen.settings, context, pause->key, s_pauses[row.index].value);
}

static const struct ui_table_source s_source = {
	.struct_size = sizeof(s_source),
	.row_count = row_count,
	.fill = fill,
	.section_footer = section_footer,
	.selected = selected,
};

static struct ui_view *pause_load(struct ui_view_controller *controller)
{
	return pause_of(controller)->screen.table;
}

static void pause_finalize(struct os_object *object)
{
	struct pause *pause = os_object_state(object, &s_pause_class.base);
	settings_screen_end(&pause->screen);
}

static const struct ui_view_controller_class s_pause_class = {
	.base = {.struct_size = sizeof(s_pause_class),
	         .name = "settings-pause",
	         .size = sizeof(struct pause),
	         .super = &ui_view_controller_class.base,
	         .finalize = pause_finalize},
	.load = pause_load,
};

struct ui_view_controller *settings_pause_create(struct settings *settings, const char *key, const char *title)
{
	struct ui_view_controller *controller = ui_view_controller_create(&s_pause_class);
	struct pause *pause = pause_of(controller);
	pause->key = key;
	settings_screen_begin(controller, &pause->screen, settings, title);
	ui_table_view_set_source(pause->screen.table, &s_source, controller);
	ui_view_controller_view(controller);
	return controller;
}
