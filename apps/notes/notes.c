/* Notes: what is written is kept 150 ms after the last key, and at every way out. */
#include "notes.h"

#include <os/log.h>
#include <os/memory.h>

static int did_launch(struct ui_app *app)
{
	struct notes *notes = os_alloc(sizeof(*notes));
	struct os_error error;
	ui_app_set_context(app, notes);
	int result = notes_model_open(&notes->model, ui_app_container(app), &error);
	if (result < 0) {
		os_log_error("notes", "%s", error.text);
	}
	return result;
}

static void scene_connected(struct ui_app *app, struct ui_scene *scene)
{
	struct notes *notes = ui_app_context(app);
	notes->navigation = ui_navigation_controller_create(notes_list_create(notes));
	ui_scene_set_root(scene, notes->navigation);
}

static void commit(struct notes *notes)
{
	struct ui_view_controller *top =
		notes->navigation != NULL ? ui_navigation_controller_top(notes->navigation) : NULL;
	if (top != NULL && notes_editor_is(top)) {
		notes_editor_commit(top);
	}
	cs_store_flush(notes->model.store, NULL);
}

static void enter_background(struct ui_app *app)
{
	commit(ui_app_context(app));
}

static void memory_warning(struct ui_app *app)
{
	struct notes *notes = ui_app_context(app);
	cs_store_trim(notes->model.store);
}

static struct cs_value *save_state(struct ui_app *app)
{
	const struct notes *notes = ui_app_context(app);
	return ui_navigation_controller_save(notes->navigation);
}

/* The stack is a list and perhaps an editor; a note that is gone by now is not opened. */
static void restore_state(struct ui_app *app, const struct cs_value *state)
{
	struct notes *notes = ui_app_context(app);
	const struct cs_value *editor = cs_value_get(cs_value_at(state, 1), "state");
	int64_t id = cs_value_int(cs_value_get(editor, "note"), 0);
	if (id == 0 || notes_model_find(&notes->model, id) == NULL) {
		return;
	}
	struct ui_view_controller *screen = notes_editor_create(notes, id);
	ui_view_controller_restore(screen, editor);
	ui_navigation_controller_push(notes->navigation, screen, false);
}

static void terminate(struct ui_app *app)
{
	struct notes *notes = ui_app_context(app);
	commit(notes);
	notes_model_close(&notes->model);
}

static const struct ui_app_class s_app = {
	.struct_size = sizeof(s_app),
	.api = UI_API,
	.did_launch = did_launch,
	.scene_connected = scene_connected,
	.enter_background = enter_background,
	.memory_warning = memory_warning,
	.save_state = save_state,
	.restore_state = restore_state,
	.terminate = terminate,
};

UI_PUBLIC const struct ui_app_class *strata_app(void)
{
	return &s_app;
}
