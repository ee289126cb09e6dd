/* Panel: what is turned and switched is kept at once, so there is nothing to do on the way out. */
#include "panel.h"

#include <os/memory.h>

static void model_changed(void *context)
{
	panel_screen_show(context);
}

static int did_launch(struct ui_app *app)
{
	struct panel *panel = os_alloc(sizeof(*panel));
	ui_app_set_context(app, panel);
	panel_model_begin(&panel->model, model_changed, panel);
	return 0;
}

static void scene_connected(struct ui_app *app, struct ui_scene *scene)
{
	ui_scene_set_root(scene, panel_screen_create(ui_app_context(app)));
}

static void terminate(struct ui_app *app)
{
	struct panel *panel = ui_app_context(app);
	panel_model_end(&panel->model);
}

static const struct ui_app_class s_app = {
	.struct_size = sizeof(s_app),
	.api = UI_API,
	.did_launch = did_launch,
	.scene_connected = scene_connected,
	.terminate = terminate,
};

UI_PUBLIC const struct ui_app_class *strata_app(void)
{
	return &s_app;
}
