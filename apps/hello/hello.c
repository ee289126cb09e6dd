/* Hello: a list that remembers. docs/your-first-app.md goes through it. */
#include <cs/cs.h>
#include <os/os.h>
#include <ui/ui.h>

/* --- What is kept ---------------------------------------------------------------------------------- */

enum { ITEM_TEXT, ITEM_DONE };
static const struct cs_attribute s_item_attributes[] = {
	[ITEM_TEXT] = {"text", CS_TEXT},
	[ITEM_DONE] = {"done", CS_BOOL},
};
static const struct cs_entity s_item = CS_ENTITY("item", s_item_attributes);
static const struct cs_entity *const s_entities[] = {&s_item};
static const struct cs_model s_model = CS_MODEL(1, s_entities);

struct hello {
	struct cs_store *store;
	struct cs_results *items;
	struct os_listener listener;
	struct ui_view *field, *table; /* weak: the screen's view retains them */
};

/* --- The list ---------------------------------------------------------------------------------------- */

static int row_count(void *context, struct ui_view *table, int section)
{
	struct hello *hello = context;
	return (int)cs_results_count(hello->items);
}

static void fill(void *context, struct ui_view *table, struct ui_view *cell, struct ui_row row)
{
	struct hello *hello = context;
	struct cs_object *item = cs_results_at(hello->items, (size_t)row.index);
	ui_table_cell_set_text(cell, cs_object_text(item, ITEM_TEXT), NULL);
	ui_table_cell_set_accessory(cell, cs_object_bool(item, ITEM_DONE) ? UI_CELL_CHECK : UI_CELL_NONE);
}

static void selected(void *context, struct ui_view *table, struct ui_row row)
{
	struct hello *hello = context;
	struct cs_object *item = cs_results_at(hello->items, (size_t)row.index);
	cs_object_set_bool(item, ITEM_DONE, !cs_object_bool(item, ITEM_DONE));
}

static const struct ui_table_source s_source = {
	.struct_size = sizeof(s_source),
	.row_count = row_count,
	.fill = fill,
	.selected = selected,
};

static void items_changed(void *context, void *data)
{
	struct hello *hello = context;
	ui_table_view_reload(hello->table);
}

static void did_return(void *context, struct ui_view *field)
{
	struct hello *hello = context;
	if (ui_text_field_text(field)[0] == '\0') {
		return;
	}
	struct cs_object *item = cs_store_insert(hello->store, &s_item);
	cs_object_set_text(item, ITEM_TEXT, ui_text_field_text(field));
	ui_text_field_set_text(field, "");
}

static struct ui_view_controller *create_screen(struct hello *hello)
{
	struct ui_view *stack = ui_stack_create(UI_STACK_VERTICAL, 0);
	ui_view_set_background(stack, UI_COLOR_BACKGROUND);
	ui_stack_set_follows_safe_area(stack, true);

	struct ui_view *row = ui_stack_create(UI_STACK_VERTICAL, 0);
	ui_stack_set_insets(row, (struct md_insets){8, 16, 8, 16});
	hello->field = ui_text_field_create("Something to remember");
	ui_control_add_action(hello->field, UI_CONTROL_RETURN, did_return, hello);
	ui_view_add(row, hello->field);
	ui_view_add(stack, row);

	hello->table = ui_table_view_create(UI_TABLE_PLAIN);
	ui_table_view_set_source(hello->table, &s_source, hello);
	ui_table_view_set_empty(hello->table, "check-circle", "Nothing to remember yet.", NULL, NULL, NULL);
	ui_stack_set_grow(hello->table, 1);
	ui_view_add(stack, hello->table);
	return ui_view_controller_create_with_view(stack, "Hello");
}

/* --- The app --------------------------------------------------------------------------------------------- */

static int did_launch(struct ui_app *app)
{
	struct hello *hello = os_alloc(sizeof(*hello));
	ui_app_set_context(app, hello);
	struct cs_store_options options = {
		.struct_size = sizeof(options),
		.folder = ui_app_container(app),
		.model = &s_model,
	};
	struct os_error error;
	int result = cs_store_open(&options, &hello->store, &error);
	if (result < 0) {
		os_log_error("hello", "%s", error.text);
		return result;
	}
	struct cs_fetch all = {.struct_size = sizeof(all), .entity = &s_item};
	hello->items = cs_results_create(hello->store, &all);
	os_signal_connect(cs_results_changed(hello->items), &hello->listener, items_changed, hello);
	return 0;
}

static void scene_connected(struct ui_app *app, struct ui_scene *scene)
{
	struct hello *hello = ui_app_context(app);
	ui_scene_set_root(scene, ui_navigation_controller_create(create_screen(hello)));
}

/* The store saves 150 ms after each change; on the way out nothing may be left in memory. */
static void enter_background(struct ui_app *app)
{
	struct hello *hello = ui_app_context(app);
	cs_store_flush(hello->store, NULL);
}

static void terminate(struct ui_app *app)
{
	struct hello *hello = ui_app_context(app);
	os_listener_disconnect(&hello->listener);
	cs_results_destroy(hello->items);
	cs_store_close(hello->store);
	os_free(hello);
}

static const struct ui_app_class s_app = {
	.struct_size = sizeof(s_app),
	.api = UI_API,
	.did_launch = did_launch,
	.scene_connected = scene_connected,
	.enter_background = enter_background,
	.terminate = terminate,
};

UI_PUBLIC const struct ui_app_class *strata_app(void)
{
	return &s_app;
}
