#include "notes.h"

struct list {
	struct notes *notes;
	struct os_listener listener;
	struct ui_view *table; /* weak: the controller's view */
	bool told;             /* of a damaged file */
};

static const struct ui_view_controller_class s_list_class;

static struct list *list_of(const struct ui_view_controller *controller)
{
	return ui_view_controller_state(controller, &s_list_class);
}

static int row_count(void *context, struct ui_view *table, int section)
{
	const struct list *list = context;
	const struct cs_results *notes = list->notes->model.notes;
	return notes != NULL ? (int)cs_results_count(notes) : 0;
}

static void fill(void *context, struct ui_view *table, struct ui_view *cell, struct ui_row row)
{
	const struct list *list = context;
	const struct cs_object *note = cs_results_at(list->notes->model.notes, (size_t)row.index);
	char title[NOTES_TITLE], time[CS_DATE_TEXT];
	if (note == NULL) {
		return;
	}
	ui_table_cell_set_text(cell, notes_model_title(note, title), notes_model_time(note, os_clock_wall_us(), time));
	ui_table_cell_set_accessory(cell, UI_CELL_DISCLOSURE);
}

static void selected(void *context, struct ui_view *table, struct ui_row row)
{
	const struct list *list = context;
	int64_t began_us = OS_TRACE_BEGIN();
	int64_t id = cs_results_id_at(list->notes->model.notes, (size_t)row.index);
	ui_navigation_controller_push(list->notes->navigation, notes_editor_create(list->notes, id), true);
	OS_TRACE_END("apps", "open a note", began_us, id);
}

static const struct ui_table_source s_source = {
	.struct_size = sizeof(s_source),
	.row_count = row_count,
	.fill = fill,
	.selected = selected,
};

static void add_changes(struct os_array *changes, const uint32_t *indices, size_t count, int kind)
{
	for (size_t i = 0; i < count; i++) {
		struct ui_table_change *change = os_array_append(changes);
		change->kind = kind;
		change->row = (struct ui_row){0, (int)indices[i]};
	}
}

/* The list is seen only when it is in front; behind the editor it need not be animated. */
static void notes_changed(void *context, void *data)
{
	struct ui_view_controller *controller = context;
	struct list *list = list_of(controller);
	const struct cs_list_change *change = data;
	if (change->updated_count > 0 || !ui_view_controller_is_visible(controller)) {
		ui_table_view_reload(list->table);
		return;
	}
	struct os_array changes;
	os_array_init(&changes, sizeof(struct ui_table_change));
	add_changes(&changes, change->deleted, change->deleted_count, UI_ROW_DELETED);
	add_changes(&changes, change->inserted, change->inserted_count, UI_ROW_INSERTED);
	ui_table_view_update(list->table, changes.items, (int)changes.count, true);
	os_array_finish(&changes);
}

static void write_new(void *context)
{
	notes_write_new(context);
}

static void did_tap_new(void *context, struct ui_view *button)
{
	notes_write_new(context);
}

/* "yesterday" becomes true at midnight: the times are read again whenever the list is shown. */
static void list_will_appear(struct ui_view_controller *controller)
{
	ui_table_view_reload(list_of(controller)->table);
}

static void list_did_appear(struct ui_view_controller *controller)
{
	struct list *list = list_of(controller);
	if (list->notes->model.notice[0] != '\0' && !list->told) {
		static const struct ui_alert_button buttons[] = {{"OK", UI_ALERT_DEFAULT, NULL, NULL}};
		list->told = true;
		ui_alert_show(controller, "Your notes were damaged", list->notes->model.notice, buttons, 1);
	}
}

static void list_finalize(struct os_object *object)
{
	struct list *list = os_object_state(object, &s_list_class.base);
	os_listener_disconnect(&list->listener);
}

static struct ui_view *list_load(struct ui_view_controller *controller)
{
	struct list *list = list_of(controller);
	list->table = ui_table_view_create(UI_TABLE_PLAIN);
	ui_table_view_set_source(list->table, &s_source, list);
	ui_table_view_set_empty(list->table, "journal-text", "No notes yet. What you write is kept.",
	                        "Write a note", write_new, list->notes);
	ui_view_set_label(list->table, "Notes");
	return list->table;
}

static const struct ui_view_controller_class s_list_class = {
	.base = {.struct_size = sizeof(s_list_class),
	         .name = "notes-list",
	         .size = sizeof(struct list),
	         .super = &ui_view_controller_class.base,
	         .finalize = list_finalize},
	.load = list_load,
	.will_appear = list_will_appear,
	.did_appear = list_did_appear,
};

struct ui_view_controller *notes_list_create(struct notes *notes)
{
	struct ui_view_controller *controller = ui_view_controller_create(&s_list_class);
	struct list *list = list_of(controller);
	list->notes = notes;
	struct ui_view *button = ui_button_create_symbol("pencil-square", "New");
	ui_button_set_style(button, UI_TEXT_BAR_ITEM);
	ui_control_add_action(button, UI_CONTROL_TAPPED, did_tap_new, notes);
	ui_view_controller_set_title(controller, "Notes");
	ui_view_controller_set_large_title(controller, true);
	ui_view_controller_set_bar_items(controller, NULL, button);
	os_signal_connect(cs_results_changed(notes->model.notes), &list->listener, notes_changed, controller);
	ui_view_controller_view(controller);
	return controller;
}
