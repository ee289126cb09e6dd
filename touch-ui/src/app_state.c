/* Saved state: one small file, Library/state.json, in the app's container.
 *
 * A state that makes its app crash at start must not do so twice. While it is tried it has another
 * name; only when the first frame has been presented it gets its own back. Who finds the other
 * name at start knows that the last start did not get that far, and drops it. */
#include <cs/value.h>
#include <fcntl.h>
#include <os/file.h>
#include <os/log.h>
#include <os/memory.h>
#include <os/path.h>
#include <string.h>

#include "app_private.h"

#define STATE "Library/state.json"
#define TRIED "Library/state-tried.json"
#define VERSION 1

static struct cs_value *take_state(struct ui_app *app)
{
	int container = app->options.container;
	if (os_path_exists(container, TRIED)) {
		os_path_remove(container, TRIED); /* the last start did not survive it */
		return NULL;
	}
	if (app->options.fresh) {
		os_path_remove(container, STATE);
		return NULL;
	}
	struct cs_value *file = NULL;
	struct os_error error;
	if (cs_value_read_file(container, STATE, &file, &error) < 0) {
		os_log_debug("app", "no state: %s", error.text);
		return NULL;
	}
	struct cs_value *state = NULL;
	if (cs_value_int(cs_value_get(file, "version"), 0) == VERSION) {
		state = os_retain(cs_value_get(file, "state"));
	}
	os_release(file);
	return state;
}

void ui_app_restore_state(struct ui_app *app)
{
	if (app->options.container < 0 || app->class.restore_state == NULL) {
		return;
	}
	struct cs_value *state = take_state(app);
	if (state != NULL && os_path_rename(app->options.container, STATE, TRIED) >= 0) {
		app->state_is_tried = true;
		app->class.restore_state(app, state);
	}
	os_release(state);
}

void ui_app_state_proved(struct ui_app *app)
{
	if (!app->state_is_tried) {
		return;
	}
	app->state_is_tried = false;
	if (os_path_exists(app->options.container, STATE)) {
		os_path_remove(app->options.container, TRIED); /* a newer one was saved meanwhile */
	} else {
		os_path_rename(app->options.container, TRIED, STATE);
	}
}

static char *state_text(struct ui_app *app)
{
	struct cs_value *state = app->class.save_state(app);
	if (state == NULL) {
		return NULL;
	}
	struct cs_builder *builder = cs_builder_create();
	cs_builder_begin_dictionary(builder);
	cs_builder_key(builder, "version");
	cs_builder_int(builder, VERSION);
	cs_builder_key(builder, "state");
	cs_builder_value(builder, state);
	cs_builder_end(builder);
	os_release(state);
	struct cs_value *file = cs_builder_finish(builder);
	char *text = file != NULL ? cs_value_copy_text(file, CS_WRITE_PRETTY) : NULL;
	os_release(file);
	return text;
}

void ui_app_save_state(struct ui_app *app)
{
	if (app->options.container < 0 || app->class.save_state == NULL) {
		return;
	}
	char *text = state_text(app);
	if (text == NULL || (app->saved != NULL && strcmp(text, app->saved) == 0)) {
		os_free(text);
		return;
	}
	os_path_make_folders(app->options.container, "Library");
	int result = os_file_write_atomic(app->options.container, STATE, text, strlen(text));
	if (result < 0) {
		os_log_debug("app", "%s: %s", STATE, os_status_text(result));
		os_free(text);
		return;
	}
	os_free(app->saved);
	app->saved = text;
}
