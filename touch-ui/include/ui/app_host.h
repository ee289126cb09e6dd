/* App host: runs an app's class in this process: strata-app's engine, also for tests, which run an app
 * and the compositor's engine on one loop.
 *
 *	struct ui_app_options options = { .struct_size = sizeof(options), .id = "org.strata.notes",
 *		.class = strata_app(), .container = container, .bundle = -1, .client = client };
 *	struct ui_app *app = ui_app_start(&options, &error);
 *	ui_app_set_state(app, OS_APP_FOREGROUND);
 *	…
 *	app = ui_app_end(app);
 *
 * Thread: main. */
#ifndef UI_APP_HOST_H
#define UI_APP_HOST_H

#include <os/status.h>
#include <os/supervisor.h>
#include <ui/app.h>

struct md_display_client;

struct ui_app_options {
	uint32_t struct_size;
	const char *id;
	const struct ui_app_class *class;
	int container, bundle;             /* folder descriptors, lent; -1: none, then state is not kept */
	struct md_display_client *client;  /* lent */
	int role;                          /* enum md_scene_role */
	bool fresh;                        /* saved state is dropped */
	void (*ready)(void *context);      /* the first frame has been presented */
	void *context;
};

/* did_launch, scene_connected and restore_state are called. NULL with a sentence when the app says no. */
UI_PUBLIC struct ui_app *ui_app_start(const struct ui_app_options *options, struct os_error *ret_error);
/* Foreground and background; others are not told to apps. */
UI_PUBLIC void ui_app_set_state(struct ui_app *app, enum os_app_state state);
UI_PUBLIC void ui_app_open_url(struct ui_app *app, const char *url);
UI_PUBLIC void ui_app_warn_of_memory(struct ui_app *app);
/* Saves, terminates, frees. */
UI_PUBLIC struct ui_app *ui_app_end(struct ui_app *app);
UI_PUBLIC struct ui_scene *ui_app_scene(const struct ui_app *app);

/* Loads a module and takes its class into ret_class, missing members NULL. folder: where its bundle
 * is. Refuses a module of a newer API with a sentence. */
UI_PUBLIC int ui_app_load(const char *folder, const char *module, struct ui_app_class *ret_class,
                          struct os_error *ret_error);

#endif
