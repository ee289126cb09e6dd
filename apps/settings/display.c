/* The screen: how light, when it grows dim and dark, how it is turned. The light follows the finger:
 * one value is on its way to the settings at a time, and the newest waits for it. */
#include <stdio.h>
#include <string.h>

#include <md/scene.h>
#include <os/memory.h>

#include "settings.h"

enum { SECTION_LIGHT, SECTION_REST, SECTION_TURN, SECTION_KEYS, SECTION_SCREEN, SECTION_TOUCH, SECTIONS }; /* the last with a panel */
enum { REST_DIM, REST_DARK, REST_ROWS };
enum { SCREEN_SIZE, SCREEN_SCALE, SCREEN_RATE, SCREEN_ROWS };

struct display {
	struct settings_screen screen;
	struct os_weak slider; /* in the first row's cell */
	struct os_listener panels;
	double wanted;         /* what the finger says */
	bool is_writing, is_due;
};

static const struct settings_choice s_turns[] = {
	{"0", "Upright"}, {"90", "A quarter clockwise"}, {"180", "Upside down"}, {"270", "A quarter anticlockwise"}};

static const struct settings_list *const s_rest[REST_ROWS] = {&settings_dim_list, &settings_dark_list};

static const struct ui_view_controller_class s_display_class;

static struct display *display_of(const struct ui_view_controller *controller)
{
	return ui_view_controller_state(controller, &s_display_class);
}

/* --- Brightness ----------------------------------------------------------------------------------- */

static void write_brightness(struct ui_view_controller *controller);

static void did_write(void *context, int status, const char *sentence)
{
	struct ui_view_controller *controller = context;
	struct display *display = display_of(controller);
	display->is_writing = false;
	if (status < 0 && ui_view_controller_is_visible(controller)) {
		static const struct ui_alert_button buttons[] = {{"OK", UI_ALERT_DEFAULT, NULL, NULL}};
		display->is_due = false;
		ui_alert_show(controller, "This was not saved", sentence, buttons, 1);
	} else if (display->is_due) {
		write_brightness(controller);
	}
	os_release(controller);
}

static void write_brightness(struct ui_view_controller *controller)
{
	struct display *display = display_of(controller);
	display->is_due = display->is_writing;
	if (display->is_writing) {
		return;
	}
	struct cs_value *value = cs_value_create_double(display->wanted);
	display->is_writing = true;
	int result = cs_settings_set(display->screen.settings->device, CS_DOMAIN_DEVICE, "display.brightness", value,
	                             did_write, os_retain(controller));
	if (result < 0) {
		did_write(controller, result, "The settings cannot be reached.");
	}
	os_release(value);
}

static void did_slide(void *context, struct ui_view *slider)
{
	display_of(context)->wanted = ui_slider_value(slider);
	write_brightness(context);
}

static double brightness(const struct display *display)
{
	return cs_value_double(cs_settings_get(display->screen.settings->device, "display.brightness"), 1);
}

static void fill_light(struct ui_view_controller *controller, struct ui_view *cell)
{
	struct display *display = display_of(controller);
	struct ui_view *slider = os_weak_get(&display->slider);
	if (slider == NULL || ui_table_cell_control(cell) != slider) {
		slider = ui_slider_create(brightness(display));
		ui_view_set_label(slider, "Brightness");
		ui_slider_set_symbols(slider, "brightness-low-fill", "brightness-high-fill");
		ui_control_add_action(slider, UI_CONTROL_VALUE_CHANGED, did_slide, controller);
		ui_table_cell_set_text(cell, NULL, NULL);
		ui_table_cell_set_control(cell, slider);
		os_weak_set(&display->slider, slider);
	}
	if (!display->is_writing) {
		ui_slider_set_value(slider, brightness(display));
	}
}

/* --- The table ------------------------------------------------------------------------------------- */

static int section_count(void *context, struct ui_view *table)
{
	return display_of(context)->screen.settings->panel_count > 0 ? SECTIONS : SECTION_TOUCH;
}

static int row_count(void *context, struct ui_view *table, int section)
{
	static const int counts[SECTIONS] = {1, REST_ROWS, OS_ARRAY_LEN(s_turns), 1, SCREEN_ROWS, 1};
	return counts[section];
}

static const char *section_title(void *context, struct ui_view *table, int section)
{
	static const char *const titles[SECTIONS] = {"How bright", "When idle", "Turned", "Keys",
	                                             "This screen", "Touch"};
	return titles[section];
}

static void fill_list(const struct display *display, struct ui_view *cell, const struct settings_list *list)
{
	char text[64];
	ui_table_cell_set_text(cell, list->title, settings_list_now(display->screen.settings, list, text));
	ui_table_cell_set_accessory(cell, UI_CELL_DISCLOSURE);
}

static void fill_turn(const struct display *display, struct ui_view *cell, int index)
{
	char now[16];
	snprintf(now, sizeof(now), "%d", (int)cs_settings_int(display->screen.settings->device, "display.orientation"));
	ui_table_cell_set_text(cell, s_turns[index].title, NULL);
	ui_table_cell_set_accessory(cell, strcmp(s_turns[index].value, now) == 0 ? UI_CELL_CHECK : UI_CELL_NONE);
}

static void fill_screen(struct ui_view *table, struct ui_view *cell, int index)
{
	static const char *const titles[SCREEN_ROWS] = {"Size", "Scale", "Refresh"};
	struct ui_scene *scene = ui_view_scene(table);
	char text[64] = "";
	if (scene != NULL) {
		const struct md_scene_configuration *now = md_scene_configuration(ui_scene_md(scene));
		if (index == SCREEN_SIZE) {
			snprintf(text, sizeof(text), "%.0f × %.0f pixels", now->size.width * now->scale,
			         now->size.height * now->scale);
		} else if (index == SCREEN_SCALE) {
			snprintf(text, sizeof(text), "%g %s a point", now->scale, now->scale == 1 ? "pixel" : "pixels");
		} else {
			snprintf(text, sizeof(text), "%.3g times a second", now->rate_hz);
		}
	}
	ui_table_cell_set_text(cell, titles[index], text);
	ui_table_cell_set_accessory(cell, UI_CELL_NONE);
}

static void fill(void *context, struct ui_view *table, struct ui_view *cell, struct ui_row row)
{
	struct display *display = display_of(context);
	if (row.section == SECTION_LIGHT) {
		ui_table_cell_set_accessory(cell, UI_CELL_NONE);
		fill_light(context, cell);
		return;
	}
	if (ui_table_cell_control(cell) != NULL) {
		ui_table_cell_set_control(cell, NULL);
	}
	if (row.section == SECTION_REST) {
		fill_list(display, cell, s_rest[row.index]);
	} else if (row.section == SECTION_KEYS) {
		fill_list(display, cell, &settings_keyboard_list);
	} else if (row.section == SECTION_TURN) {
		fill_turn(display, cell, row.index);
	} else if (row.section == SECTION_TOUCH) {
		ui_table_cell_set_text(cell, "Calibrate touch", NULL);
		ui_table_cell_set_accessory(cell, UI_CELL_DISCLOSURE);
	} else {
		fill_screen(table, cell, row.index);
	}
}

static struct ui_view *make_cell(void *context, struct ui_view *table, struct ui_row row)
{
	return ui_table_cell_create(UI_CELL_VALUE);
}

static void selected(void *context, struct ui_view *table, struct ui_row row)
{
	struct settings *settings = display_of(context)->screen.settings;
	if (row.section == SECTION_TURN) {
		settings_write(settings, context, "display.orientation", s_turns[row.index].value);
		ui_table_view_deselect(table, true);
	} else if (row.section == SECTION_REST) {
		ui_navigation_controller_push(settings->navigation, settings_list_create(settings, s_rest[row.index]), true);
	} else if (row.section == SECTION_KEYS) {
		ui_navigation_controller_push(settings->navigation, settings_list_create(settings, &settings_keyboard_list),
		                              true);
	} else if (row.section == SECTION_TOUCH) {
		ui_navigation_controller_push(settings->navigation, settings_touch_create(settings), true);
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

/* --- Life cycle ------------------------------------------------------------------------------------- */

/* Its own light comes back while the finger is still on the slider: only the slider is told. */
static void setting_changed(void *context, void *data)
{
	struct display *display = context;
	if (data != NULL && strcmp(data, "display.brightness") == 0) {
		struct ui_view *slider = os_weak_get(&display->slider);
		if (slider != NULL && !display->is_writing) {
			ui_slider_set_value(slider, brightness(display));
		}
		return;
	}
	ui_table_view_reload(display->screen.table);
}

static void panels_changed(void *context, void *data)
{
	struct display *display = context;
	ui_table_view_reload(display->screen.table);
}

static struct ui_view *display_load(struct ui_view_controller *controller)
{
	return display_of(controller)->screen.table;
}

static void display_finalize(struct os_object *object)
{
	struct display *display = os_object_state(object, &s_display_class.base);
	settings_screen_end(&display->screen);
	os_listener_disconnect(&display->panels);
	os_weak_finish(&display->slider);
}

static const struct ui_view_controller_class s_display_class = {
	.base = {.struct_size = sizeof(s_display_class),
	         .name = "settings-display",
	         .size = sizeof(struct display),
	         .super = &ui_view_controller_class.base,
	         .finalize = display_finalize},
	.load = display_load,
};

struct ui_view_controller *settings_display_create(struct settings *settings)
{
	struct ui_view_controller *controller = ui_view_controller_create(&s_display_class);
	struct display *display = display_of(controller);
	settings_screen_begin(controller, &display->screen, settings, "Display");
	os_listener_disconnect(&display->screen.listener);
	os_signal_connect(cs_settings_changed(settings->device), &display->screen.listener, setting_changed, display);
	os_signal_connect(&settings->panels_changed, &display->panels, panels_changed, display);
	ui_table_view_set_source(display->screen.table, &s_source, controller);
	ui_view_controller_view(controller);
	return controller;
}
