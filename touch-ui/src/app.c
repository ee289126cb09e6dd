/* An app's life: the supervisor's states become the calls of its class, in the order of
 * <ui/app.h>. */
#include <os/memory.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app_private.h"
#include "scene_private.h"

/* --- What apps ask ------------------------------------------------------------------ */

void ui_app_set_context(struct ui_app *app, void *context)
{
	app->context = context;
}

void *ui_app_context(const struct ui_app *app)
{
	return app->context;
}

const char *ui_app_id(const struct ui_app *app)
{
	return app->id;
}

const char *ui_app_container_path(const struct ui_app *app)
{
	return app->container_path;
}

int ui_app_container(const struct ui_app *app)
{
	return app->options.container;
}

int ui_app_bundle(const struct ui_app *app)
{
	return app->options.bundle;
}

struct ui_scene *ui_app_scene(const struct ui_app *app)
{
	return app->scene;
}

void ui_app_set_keeps_screen_on(struct ui_app *app, bool keeps_on)
{
	md_scene_set_keeps_on(ui_scene_md(app->scene), keeps_on);
}

void ui_app_invalidate_state(struct ui_app *app)
{
	ui_app_save_state(app);
}

/* --- Active or not ------------------------------------------------------------------ */

static void call(struct ui_app *app, void (*fn)(struct ui_app *app))
{
	if (fn != NULL) {
		fn(app);
	}
}

/* An app in front is active while its screen is light: in the dark it is as if something lay over
 * it, and it goes on working. */
static void activate(struct ui_app *app)
{
	if (app->in_front && !app->unseen && !app->active) {
		app->active = true;
		call(app, app->class.activate);
	}
}

static void deactivate(struct ui_app *app)
{
	if (app->active) {
		app->active = false;
		call(app, app->class.deactivate);
	}
}

static void did_change_seen(void *context, bool seen)
{
	struct ui_app *app = context;
	app->unseen = !seen;
	if (seen) {
		activate(app);
	} else {
		deactivate(app);
	}
}

/* --- Start -------------------------------------------------------------------------- */

/* "/data" behind walls, since that is where the descriptor leads there. */
static void find_container_path(struct ui_app *app)
{
	char link[64];
	snprintf(link, sizeof(link), "/proc/self/fd/%d", app->options.container);
	ssize_t length = readlink(link, app->container_path, sizeof(app->container_path) - 1);
	app->container_path[length > 0 ? length : 0] = '\0';
}

static void did_present(void *context, uint64_t frame)
{
	struct ui_app *app = context;
	if (app->was_presented) {
		return;
	}
	app->was_presented = true;
	ui_app_state_proved(app);
	if (app->options.ready != NULL) {
		app->options.ready(app->options.context);
	}
}

static void free_app(struct ui_app *app)
{
	ui_scene_release(app->scene);
	os_free(app->saved);
	os_free(app);
}

struct ui_app *ui_app_start(const struct ui_app_options *options, struct os_error *ret_error)
{
	struct ui_app *app = os_alloc(sizeof(*app));
	app->options = *options;
	snprintf(app->id, sizeof(app->id), "%s", options->id);
	memcpy(&app->class, options->class,
	       OS_MIN(options->class->struct_size, sizeof(app->class)));
	if (options->container >= 0) {
		find_container_path(app);
	}
	int result = app->class.did_launch != NULL ? app->class.did_launch(app) : 0;
	if (result < 0) {
		os_error_set(ret_error, result, "%s could not start: %s", app->id,
			     os_status_text(result));
		free_app(app);
		return NULL;
	}
	app->scene = ui_scene_create(options->client, options->role);
	snprintf(app->scene->app, sizeof(app->scene->app), "%s", app->id);
	app->scene->presented = did_present;
	app->scene->presented_context = app;
	app->scene->seen = did_change_seen;
	app->scene->seen_context = app;
	if (app->class.scene_connected != NULL) {
		app->class.scene_connected(app, app->scene);
	}
	ui_app_restore_state(app);
	return app;
}

/* --- Life --------------------------------------------------------------------------- */

static void to_foreground(struct ui_app *app)
{
	app->in_front = true;
	if (app->in_background) {
		app->in_background = false;
		call(app, app->class.enter_foreground);
	}
	activate(app);
}

static void to_background(struct ui_app *app)
{
	app->in_front = false;
	deactivate(app);
	if (!app->in_background) {
		app->in_background = true;
		call(app, app->class.enter_background);
		ui_app_save_state(app);
	}
}

void ui_app_set_state(struct ui_app *app, enum os_app_state state)
{
	if (state == OS_APP_FOREGROUND) {
		to_foreground(app);
	} else if (state == OS_APP_BACKGROUND) {
		to_background(app);
	}
}

void ui_app_open_url(struct ui_app *app, const char *url)
{
	if (app->class.open_url != NULL) {
		app->class.open_url(app, url);
	}
}

void ui_app_warn_of_memory(struct ui_app *app)
{
	call(app, app->class.memory_warning);
}

struct ui_app *ui_app_end(struct ui_app *app)
{
	if (app == NULL) {
		return NULL;
	}
	to_background(app);
	call(app, app->class.terminate);
	free_app(app);
	return NULL;
}
