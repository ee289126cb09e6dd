/* Touch: the panels there are; tapping one calibrates it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <cs/calibration.h>
#include <md/calibration.h>
#include <os/memory.h>

#include "calibrate.h"

enum { SECTION_PANELS, SECTION_FORGET, SECTIONS };

static const struct ui_view_controller_class s_touch_class;

static struct settings_screen *screen_of(const struct ui_view_controller *controller)
{
	return ui_view_controller_state(controller, &s_touch_class);
}

/* --- The devices, of the whole app ------------------------------------------------------------ */

static void devices_changed(void *context, const struct md_touch_device *devices, size_t count)
{
	struct settings *settings = context;
	settings->panel_count = 0;
	for (size_t i = 0; i < count && settings->panel_count < SETTINGS_PANELS; i++) {
		struct settings_panel *panel = &settings->panels[settings->panel_count++];
		snprintf(panel->id, sizeof(panel->id), "%s", devices[i].id);
		snprintf(panel->name, sizeof(panel->name), "%s", devices[i].name[0] != '\0' ? devices[i].name : "A panel");
	}
	os_signal_emit(&settings->panels_changed, NULL);
}

static void trial_ended(void *context, const char *id)
{
	calibrate_was_ended(context, id);
}

void settings_watch_panels(struct settings *settings, struct ui_scene *scene)
{
	static const struct md_calibration_delegate s_delegate = {
	    .struct_size = sizeof(s_delegate), .devices = devices_changed, .ended = trial_ended};
	md_calibration_watch(ui_scene_md(scene), &s_delegate, settings);
}

void settings_write_calibration(struct settings *settings, const char *id, const double matrix[6], cs_settings_fn fn,
                                void *context)
{
	const struct cs_value *before = cs_settings_get(settings->device, CS_SETTING_CALIBRATION);
	struct cs_value *value = cs_calibration_create_with(before, id, matrix);
	int result = value == NULL ? -ENOMEM
	                           : cs_settings_set(settings->device, CS_DOMAIN_DEVICE, CS_SETTING_CALIBRATION, value, fn,
	                                             context);
	os_release(value);
	if (result < 0 && fn != NULL) {
		fn(context, result, "The settings cannot be reached.");
	}
}

/* --- The list --------------------------------------------------------------------------------- */

static bool is_calibrated(const struct settings *settings, int index)
{
	double matrix[6];
	const struct cs_value *value = cs_settings_get(settings->device, CS_SETTING_CALIBRATION);
	return cs_calibration_get(value, settings->panels[index].id, matrix);
}

/* The panel that the nth row of SECTION_FORGET stands for, or -1. */
static int calibrated_panel(const struct settings *settings, int nth)
{
	for (int i = 0; i < settings->panel_count; i++) {
		if (is_calibrated(settings, i) && nth-- == 0) {
			return i;
		}
	}
	return -1;
}

static int section_count(void *context, struct ui_view *table)
{
	const struct settings *settings = screen_of(context)->settings;
	return settings->panel_count == 0 ? 0 : calibrated_panel(settings, 0) < 0 ? SECTION_FORGET : SECTIONS;
}

static int row_count(void *context, struct ui_view *table, int section)
{
	const struct settings *settings = screen_of(context)->settings;
	if (section == SECTION_PANELS) {
		return settings->panel_count;
	}
	int count = 0;
	while (calibrated_panel(settings, count) >= 0) {
		count++;
	}
	return count;
}

static const char *section_title(void *context, struct ui_view *table, int section)
{
	return section == SECTION_PANELS ? "Calibrate touch" : NULL;
}

static const char *section_footer(void *context, struct ui_view *table, int section)
{
	return section == SECTION_PANELS ? "For a panel whose touches land elsewhere. Two swipes and five targets "
	                                   "find out how it reports them."
	                                 : "Its touches are taken as it reports them.";
}

static void fill(void *context, struct ui_view *table, struct ui_view *cell, struct ui_row row)
{
	const struct settings *settings = screen_of(context)->settings;
	if (row.section == SECTION_PANELS) {
		ui_table_cell_set_text(cell, settings->panels[row.index].name,
		                       is_calibrated(settings, row.index) ? "Calibrated" : NULL);
		ui_table_cell_set_symbol(cell, "hand-index", UI_COLOR_NONE);
		ui_table_cell_set_accessory(cell, UI_CELL_DISCLOSURE);
		ui_table_cell_set_destructive(cell, false);
		return;
	}
	int panel = calibrated_panel(settings, row.index);
	char text[200] = "Forget calibration";
	if (settings->panel_count > 1 && panel >= 0) {
		snprintf(text, sizeof(text), "Forget that of %s", settings->panels[panel].name);
	}
	ui_table_cell_set_text(cell, text, NULL);
	ui_table_cell_set_symbol(cell, NULL, UI_COLOR_NONE);
	ui_table_cell_set_accessory(cell, UI_CELL_NONE);
	ui_table_cell_set_destructive(cell, true);
}

static struct ui_view *make_cell(void *context, struct ui_view *table, struct ui_row row)
{
	return ui_table_cell_create(UI_CELL_VALUE);
}

static void did_forget(void *context, int status, const char *sentence)
{
	struct ui_view_controller *over = context;
	if (status < 0 && ui_view_controller_is_visible(over)) {
		static const struct ui_alert_button buttons[] = {{"OK", UI_ALERT_DEFAULT, NULL, NULL}};
		ui_alert_show(over, "This was not saved", sentence, buttons, 1);
	}
	os_release(over);
}

static void selected(void *context, struct ui_view *table, struct ui_row row)
{
	struct settings *settings = screen_of(context)->settings;
	if (row.section == SECTION_PANELS) {
		const struct settings_panel *panel = &settings->panels[row.index];
		ui_table_view_deselect(table, false);
		calibrate_begin(settings, context, panel->id, panel->name);
		return;
	}
	int panel = calibrated_panel(settings, row.index);
	if (panel >= 0) {
		settings_write_calibration(settings, settings->panels[panel].id, NULL, did_forget, os_retain(context));
	}
}

static const struct ui_table_source s_source = {
	.struct_size = sizeof(s_source),
	.section_count = section_count,
	.row_count = row_count,
	.make_cell = make_cell,
	.fill = fill,
	.section_title = section_title,
	.section_footer = section_footer,
	.selected = selected,
};

/* --- The screen ------------------------------------------------------------------------------- */

struct touch_screen {
	struct settings_screen screen;
	struct os_listener listener;
};

static void panels_changed(void *context, void *data)
{
	struct touch_screen *touch = context;
	ui_table_view_reload(touch->screen.table);
}

static struct ui_view *touch_load(struct ui_view_controller *controller)
{
	return screen_of(controller)->table;
}

static void touch_finalize(struct os_object *object)
{
	struct touch_screen *touch = os_object_state(object, &s_touch_class.base);
	settings_screen_end(&touch->screen);
	os_listener_disconnect(&touch->listener);
}

static const struct ui_view_controller_class s_touch_class = {
	.base = {.struct_size = sizeof(s_touch_class),
	         .name = "settings-touch",
	         .size = sizeof(struct touch_screen),
	         .super = &ui_view_controller_class.base,
	         .finalize = touch_finalize},
	.load = touch_load,
};

struct ui_view_controller *settings_touch_create(struct settings *settings)
{
	struct ui_view_controller *controller = ui_view_controller_create(&s_touch_class);
	struct touch_screen *touch = ui_view_controller_state(controller, &s_touch_class);
	settings_screen_begin(controller, &touch->screen, settings, "Touch");
	ui_table_view_set_source(touch->screen.table, &s_source, controller);
	ui_table_view_set_empty(touch->screen.table, "hand-index", "There is no touch panel that could be calibrated.",
	                        NULL, NULL, NULL);
	os_signal_connect(&settings->panels_changed, &touch->listener, panels_changed, touch);
	ui_view_controller_view(controller);
	return controller;
}
