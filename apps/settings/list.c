#include <stdio.h>
#include <string.h>

#include "settings.h"

struct list {
	struct settings_screen screen;
	const struct settings_list *what;
};

static const struct settings_choice s_dim[] = {
	{"auto", "Automatic"},  {"0", "Never"},        {"15", "15 seconds"},  {"30", "30 seconds"},
	{"60", "1 minute"},     {"120", "2 minutes"},  {"300", "5 minutes"},  {"600", "10 minutes"},
	{"1800", "30 minutes"}, {"3600", "1 hour"},
};

/* The layouts of most keyboards that are sold; the command takes every one that xkb knows. */
static const struct settings_choice s_layouts[] = {
	{"auto", "Automatic"},      {"us", "English (US)"}, {"gb", "English (UK)"}, {"dk", "Danish"},
	{"nl", "Dutch"},            {"fi", "Finnish"},      {"fr", "French"},       {"de", "German"},
	{"ch", "German (Swiss)"},   {"it", "Italian"},      {"no", "Norwegian"},    {"pl", "Polish"},
	{"pt", "Portuguese"},       {"br", "Portuguese (Brazil)"},                  {"es", "Spanish"},
	{"se", "Swedish"},          {"tr", "Turkish"},
};

const struct settings_list settings_dim_list = {
	.key = "display.dim-after",
	.title = "Dims after",
	.footer = "Counted from the last touch. Automatic: 30 seconds on a battery, 5 minutes on a plug, never in a window.",
	.unit = " seconds",
	.choices = s_dim,
	.count = OS_ARRAY_LEN(s_dim),
};

const struct settings_list settings_dark_list = {
	.key = "display.blank-after",
	.title = "Dark after",
	.footer = "Counted from the last touch. Automatic: 1 minute on a battery, 15 minutes on a plug, never in a window. "
	          "The touch that wakes the screen does nothing else.",
	.unit = " seconds",
	.choices = s_dim,
	.count = OS_ARRAY_LEN(s_dim),
};

const struct settings_list settings_keyboard_list = {
	.key = CS_SETTING_KEYBOARD_LAYOUT,
	.title = "Keyboard layout",
	.footer = "Of a hardware keyboard. Automatic: as this machine was set up.",
	.unit = "",
	.choices = s_layouts,
	.count = OS_ARRAY_LEN(s_layouts),
};

static const struct ui_view_controller_class s_list_class;

static struct list *list_of(const struct ui_view_controller *controller)
{
	return ui_view_controller_state(controller, &s_list_class);
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

const char *settings_list_now(const struct settings *settings, const struct settings_list *what, char text[64])
{
	char value[32];
	copy_value(settings, what->key, value);
	const char *title = settings_title_of(what->choices, what->count, value);
	if (title[0] != '\0') {
		return title;
	}
	/* Set by the command, to something that is not in the list. */
	snprintf(text, 64, "%s%s", value, what->unit);
	return text;
}

static int row_count(void *context, struct ui_view *table, int section)
{
	return (int)list_of(context)->what->count;
}

static const char *section_footer(void *context, struct ui_view *table, int section)
{
	return list_of(context)->what->footer;
}

static void fill(void *context, struct ui_view *table, struct ui_view *cell, struct ui_row row)
{
	const struct list *list = list_of(context);
	const struct settings_choice *choice = &list->what->choices[row.index];
	char now[32];
	copy_value(list->screen.settings, list->what->key, now);
	ui_table_cell_set_text(cell, choice->title, NULL);
	ui_table_cell_set_accessory(cell, strcmp(now, choice->value) == 0 ? UI_CELL_CHECK : UI_CELL_NONE);
}

static void selected(void *context, struct ui_view *table, struct ui_row row)
{
	const struct list *list = list_of(context);
	settings_write(list->screen.settings, context, list->what->key, list->what->choices[row.index].value);
	ui_table_view_deselect(table, true);
}

static const struct ui_table_source s_source = {
	.struct_size = sizeof(s_source),
	.row_count = row_count,
	.fill = fill,
	.section_footer = section_footer,
	.selected = selected,
};

static struct ui_view *list_load(struct ui_view_controller *controller)
{
	return list_of(controller)->screen.table;
}

static void list_finalize(struct os_object *object)
{
	struct list *list = os_object_state(object, &s_list_class.base);
	settings_screen_end(&list->screen);
}

static const struct ui_view_controller_class s_list_class = {
	.base = {.struct_size = sizeof(s_list_class),
	         .name = "settings-list",
	         .size = sizeof(struct list),
	         .super = &ui_view_controller_class.base,
	         .finalize = list_finalize},
	.load = list_load,
};

struct ui_view_controller *settings_list_create(struct settings *settings, const struct settings_list *what)
{
	struct ui_view_controller *controller = ui_view_controller_create(&s_list_class);
	struct list *list = list_of(controller);
	list->what = what;
	settings_screen_begin(controller, &list->screen, settings, what->title);
	ui_table_view_set_source(list->screen.table, &s_source, controller);
	ui_view_controller_view(controller);
	return controller;
}
