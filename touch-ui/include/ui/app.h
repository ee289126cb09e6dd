/* App: what a module gives to the system, and what it is told in its life (UIApplicationDelegate).
 *
 *	static int did_launch(struct ui_app *app) { … open the store … return 0; }
 *	static void scene_connected(struct ui_app *app, struct ui_scene *scene)
 *	{
 *		ui_scene_set_root(scene, notes_list_create(…));
 *	}
 *	static const struct ui_app_class s_app = { .struct_size = sizeof(s_app), .api = UI_API,
 *		.did_launch = did_launch, .scene_connected = scene_connected };
 *	UI_PUBLIC const struct ui_app_class *strata_app(void) { return &s_app; }
 *
 * Order: did_launch, scene_connected, restore_state (if there is one), activate … deactivate,
 * enter_background, (save_state) … enter_foreground, activate … terminate. An app in front is
 * deactivated while the screen is dark, gets no ticks, and goes on working. An app saves without
 * being asked: it may be killed any time after enter_background returned. Missing members are NULL.
 * Thread: main. */
#ifndef UI_APP_H
#define UI_APP_H

#include <ui/base.h>

#define UI_API 1 /* the manifest names the level it was written for */

struct cs_value;
struct ui_app;
struct ui_scene;

struct ui_app_class {
	uint32_t struct_size, api;
	int (*did_launch)(struct ui_app *app); /* negative: the app ends, with a crash report */
	void (*scene_connected)(struct ui_app *app, struct ui_scene *scene);
	void (*activate)(struct ui_app *app);
	void (*deactivate)(struct ui_app *app);
	void (*enter_background)(struct ui_app *app);
	void (*enter_foreground)(struct ui_app *app);
	void (*open_url)(struct ui_app *app, const char *url);
	void (*memory_warning)(struct ui_app *app);
	/* A small dictionary that says where the person was; the caller takes the reference. It is
	 * dropped after a crash at start. */
	struct cs_value *(*save_state)(struct ui_app *app);
	void (*restore_state)(struct ui_app *app, const struct cs_value *state);
	void (*terminate)(struct ui_app *app);
};

/* What every app module exports. */
const struct ui_app_class *strata_app(void);

UI_PUBLIC void ui_app_set_context(struct ui_app *app, void *context); /* the app's own struct */
UI_PUBLIC void *ui_app_context(const struct ui_app *app);
UI_PUBLIC const char *ui_app_id(const struct ui_app *app);
/* The path of the container, for cs_store_open and its like: "/data" behind walls. */
UI_PUBLIC const char *ui_app_container_path(const struct ui_app *app);
UI_PUBLIC int ui_app_container(const struct ui_app *app); /* as a folder descriptor */
UI_PUBLIC int ui_app_bundle(const struct ui_app *app);    /* read only; -1 in some tests */
/* The screen does not grow dim or dark while this app is in front: for video, a clock, a recipe. */
UI_PUBLIC void ui_app_set_keeps_screen_on(struct ui_app *app, bool keeps_on);
/* Saves state now (it is also saved in background). */
UI_PUBLIC void ui_app_invalidate_state(struct ui_app *app);

/* strata-app's main: loads the module and runs it until it is told to end. */
UI_PUBLIC int ui_app_main(int argc, char **argv);

#endif
