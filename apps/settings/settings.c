#include "settings.h"

#include <string.h>

#include <os/memory.h>

static int did_launch(struct ui_app *app)
{
	struct settings *settings = os_alloc(sizeof(*settings));
	ui_app_set_context(app, settings);
	settings->services = cs_services_create();
	settings->device = cs_settings_create(settings->services);
	os_signal_init(&settings->panels_changed);
	return 0;
}

static void scene_connected(struct ui_app *app, struct ui_scene *scene)
{
	struct settings *settings = ui_app_context(app);
	settings->navigation = ui_navigation_controller_create(settings_root_create(settings));
	ui_scene_set_root(scene, settings->navigation);
	settings_watch_panels(settings, scene);
}

static struct cs_value *save_state(struct ui_app *app)
{
	const struct settings *settings = ui_app_context(app);
	return ui_navigation_controller_save(settings->navigation);
}

static struct ui_view_controller *create_named(struct settings *settings, const char *name)
{
	if (strcmp(name, "settings-text-size") == 0) {
		return settings_text_size_create(settings);
	}
	if (strcmp(name, "settings-storage") == 0) {
		return settings_storage_create(settings);
	}
	if (strcmp(name, "settings-display") == 0) {
		return settings_display_create(settings);
	}
	if (strcmp(name, "settings-touch") == 0) {
		return settings_touch_create(settings);
	}
	return strcmp(name, "settings-about") == 0 ? settings_about_create(settings) : NULL;
}

static void restore_state(struct ui_app *app, const struct cs_value *state)
{
	struct settings *settings = ui_app_context(app);
	const char *name = cs_value_string(cs_value_get(cs_value_at(state, 1), "screen"));
	struct ui_view_controller *screen = name != NULL ? create_named(settings, name) : NULL;
	if (screen != NULL) {
		ui_navigation_controller_push(settings->navigation, screen, false);
	}
}

static const struct ui_app_class s_app = {
	.struct_size = sizeof(s_app),
	.api = UI_API,
	.did_launch = did_launch,
	.scene_connected = scene_connected,
	.save_state = save_state,
	.restore_state = restore_state,
};

UI_PUBLIC const struct ui_app_class *strata_app(void)
{
	return &s_app;
}
