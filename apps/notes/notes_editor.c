#include <string.h>

#include "notes.h"

struct editor {
	struct notes *notes;
	int64_t id;
	bool wants_caret;
	struct ui_view *text; /* weak: the controller's view */
};

static const struct ui_view_controller_class s_editor_class;

static struct editor *editor_of(const struct ui_view_controller *controller)
{
	return ui_view_controller_state(controller, &s_editor_class);
}

static struct cs_object *note_of(const struct editor *editor)
{
	return notes_model_find(&editor->notes->model, editor->id);
}

static void show_title(struct ui_view_controller *controller)
{
	const struct cs_object *note = note_of(editor_of(controller));
	char title[NOTES_TITLE];
	if (note != NULL) {
		ui_view_controller_set_title(controller, notes_model_title(note, title));
	}
}

void notes_editor_commit(struct ui_view_controller *controller)
{
	const struct editor *editor = editor_of(controller);
	struct cs_object *note = note_of(editor);
	if (note != NULL && editor->text != NULL) {
		notes_model_set_text(note, ui_text_view_text(editor->text));
	}
}

static void did_edit(void *context, struct ui_view *text)
{
	struct ui_view_controller *controller = context;
	notes_editor_commit(controller);
	show_title(controller);
}

static void show_note(struct ui_view_controller *controller, int64_t id)
{
	struct editor *editor = editor_of(controller);
	editor->id = id;
	const struct cs_object *note = note_of(editor);
	ui_text_view_set_text(editor->text, note != NULL ? cs_object_text(note, NOTE_TEXT) : "");
	size_t end = strlen(ui_text_view_text(editor->text));
	ui_text_view_set_selection(editor->text, end, end);
	show_title(controller);
}

static void did_tap_new(void *context, struct ui_view *button)
{
	struct ui_view_controller *controller = context;
	struct editor *editor = editor_of(controller);
	notes_editor_commit(controller);
	struct cs_object *note = note_of(editor);
	if (note != NULL) {
		notes_model_drop_if_empty(note);
	}
	show_note(controller, cs_object_id(notes_model_create(&editor->notes->model)));
	ui_view_become_first_responder(editor->text);
}

static void delete_note(void *context)
{
	const struct editor *editor = editor_of(context);
	struct cs_object *note = note_of(editor);
	if (note != NULL) {
		cs_object_delete(note);
	}
	ui_navigation_controller_pop(editor->notes->navigation, true);
}

static void did_tap_delete(void *context, struct ui_view *button)
{
	struct ui_view_controller *controller = context;
	struct ui_alert_button buttons[] = {
		{"Delete", UI_ALERT_DESTRUCTIVE, delete_note, controller},
		{"Cancel", UI_ALERT_CANCEL, NULL, NULL},
	};
	ui_alert_show(controller, "Delete this note?", "This cannot be undone.", buttons, 2);
}

static struct ui_view *editor_load(struct ui_view_controller *controller)
{
	struct editor *editor = editor_of(controller);
	editor->text = ui_text_view_create("Write something");
	ui_view_set_background(editor->text, UI_COLOR_BACKGROUND);
	ui_view_set_label(editor->text, "Note");
	ui_control_add_action(editor->text, UI_CONTROL_EDIT_CHANGED, did_edit, controller);
	show_note(controller, editor->id);
	return editor->text;
}

static void editor_did_appear(struct ui_view_controller *controller)
{
	struct editor *editor = editor_of(controller);
	if (editor->wants_caret) {
		editor->wants_caret = false;
		ui_view_become_first_responder(editor->text);
	}
}

static void editor_will_disappear(struct ui_view_controller *controller)
{
	ui_view_resign_first_responder(editor_of(controller)->text);
	notes_editor_commit(controller);
}

static void editor_did_disappear(struct ui_view_controller *controller)
{
	struct cs_object *note = note_of(editor_of(controller));
	if (note != NULL) {
		notes_model_drop_if_empty(note);
	}
}

static struct cs_value *editor_save_state(struct ui_view_controller *controller)
{
	const struct editor *editor = editor_of(controller);
	size_t start, end;
	ui_text_view_selection(editor->text, &start, &end);
	struct cs_builder *builder = cs_builder_create();
	cs_builder_begin_dictionary(builder);
	cs_builder_key(builder, "note");
	cs_builder_int(builder, editor->id);
	cs_builder_key(builder, "caret");
	cs_builder_int(builder, (int64_t)end);
	cs_builder_key(builder, "editing");
	cs_builder_bool(builder, ui_view_is_first_responder(editor->text));
	cs_builder_end(builder);
	return cs_builder_finish(builder);
}

static void editor_restore_state(struct ui_view_controller *controller, const struct cs_value *state)
{
	struct editor *editor = editor_of(controller);
	ui_view_controller_view(controller);
	size_t length = strlen(ui_text_view_text(editor->text));
	int64_t caret = OS_CLAMP(cs_value_int(cs_value_get(state, "caret"), 0), 0, (int64_t)length);
	ui_text_view_set_selection(editor->text, (size_t)caret, (size_t)caret);
	editor->wants_caret = cs_value_bool(cs_value_get(state, "editing"), false);
}

static const struct ui_view_controller_class s_editor_class = {
	.base = {.struct_size = sizeof(s_editor_class),
	         .name = "notes-editor",
	         .size = sizeof(struct editor),
	         .super = &ui_view_controller_class.base},
	.load = editor_load,
	.did_appear = editor_did_appear,
	.will_disappear = editor_will_disappear,
	.did_disappear = editor_did_disappear,
	.save_state = editor_save_state,
	.restore_state = editor_restore_state,
};

static struct ui_view *create_bar_items(struct ui_view_controller *controller)
{
	struct ui_view *items = ui_stack_create(UI_STACK_HORIZONTAL, 0);
	struct ui_view *remove = ui_button_create_symbol("trash", "Delete");
	ui_button_set_style(remove, UI_TEXT_BAR_ITEM);
	ui_control_add_action(remove, UI_CONTROL_TAPPED, did_tap_delete, controller);
	ui_view_add(items, remove);
	struct ui_view *new = ui_button_create_symbol("pencil-square", "New");
	ui_button_set_style(new, UI_TEXT_BAR_ITEM);
	ui_control_add_action(new, UI_CONTROL_TAPPED, did_tap_new, controller);
	ui_view_add(items, new);
	return items;
}

struct ui_view_controller *notes_editor_create(struct notes *notes, int64_t id)
{
	struct ui_view_controller *controller = ui_view_controller_create(&s_editor_class);
	struct editor *editor = editor_of(controller);
	editor->notes = notes;
	editor->id = id;
	ui_view_controller_set_bar_items(controller, NULL, create_bar_items(controller));
	show_title(controller);
	return controller;
}

void notes_write_new(struct notes *notes)
{
	int64_t id = cs_object_id(notes_model_create(&notes->model));
	struct ui_view_controller *screen = notes_editor_create(notes, id);
	ui_navigation_controller_push(notes->navigation, screen, true);
	/* At once, while it still slides in: who writes fast loses nothing. */
	ui_view_become_first_responder(editor_of(screen)->text);
}

bool notes_editor_is(const struct ui_view_controller *controller)
{
	return os_object_is(controller, &s_editor_class.base);
}

int64_t notes_editor_id(const struct ui_view_controller *controller)
{
	return editor_of(controller)->id;
}
