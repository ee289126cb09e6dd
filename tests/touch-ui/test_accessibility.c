/* F99: the accessible tree: nodes, names, visibility, actions, scrolling to what is not there
 * yet. */
#include "screen.h"

#include <cs/value.h>

#include "element.h"

static struct cs_value *tree_of(struct screen *screen)
{
	struct os_buffer json = {0};
	struct os_error error;
	struct cs_value *tree = NULL;
	ui_window_lay_out(screen->scene->window);
	ui_accessibility_write_tree(screen->scene, &json);
	if (cs_value_parse(json.bytes, json.length, "tree", &tree, &error) < 0) {
		fail_msg("%s in %s", error.text, json.bytes);
	}
	os_buffer_finish(&json);
	return tree;
}

static const struct cs_value *child(const struct cs_value *node, size_t index)
{
	return cs_value_at(cs_value_get(node, "children"), index);
}

static const char *text(const struct cs_value *node, const char *key)
{
	const char *string = cs_value_string(cs_value_get(node, key));
	return string != NULL ? string : "(none)";
}

static double part(const struct cs_value *node, const char *key, size_t index)
{
	return cs_value_double(cs_value_at(cs_value_get(node, key), index), -1);
}

static void tap_counted(void *context, struct ui_gesture *gesture)
{
	++*(int *)context;
}

static struct ui_view *icon(const char *label, struct md_rect frame, int *taps)
{
	struct ui_view *view = ui_canvas_view_create(NULL, NULL);
	ui_view_set_frame(view, frame);
	ui_view_set_label(view, label);
	ui_view_add_gesture(view, ui_tap_create(1, tap_counted, taps));
	return view;
}

static void nodes_have_what_is_promised(void **state)
{
	struct screen screen;
	int taps = 0;
	screen_begin(&screen);
	snprintf(screen.scene->app, sizeof(screen.scene->app), "org.strata.test");
	struct ui_view *page = ui_view_create(), *box = ui_view_create();
	struct ui_view *notes =
	    icon("Notes \"quoted\"\n", (struct md_rect){10, 20, 100, 50}, &taps);
	ui_view_set_tag(notes, "notes");
	ui_view_set_frame(box, (struct md_rect){100, 100, 100, 100});
	ui_view_set_clips(box, true);
	ui_view_add(box, icon("half", (struct md_rect){50, 50, 100, 100}, &taps));
	ui_view_add(box, icon("gone", (struct md_rect){200, 0, 100, 100}, &taps));
	ui_view_add(page, notes);
	ui_view_add(page, box);
	ui_view_set_enabled(box, false);
	screen_show(&screen, page);
	struct cs_value *tree = tree_of(&screen);
	assert_string_equal(text(tree, "role"), "scene");
	assert_true(part(tree, "frame", 3) == 800);
	const struct cs_value *gone = child(tree, 0), *half = child(tree, 1),
			      *first = child(tree, 2);
	assert_string_equal(text(first, "label"), "Notes \"quoted\"\n");
	assert_string_equal(text(first, "role"), "button");
	assert_string_equal(text(first, "id"), "notes");
	assert_string_equal(text(first, "app"), "org.strata.test");
	assert_string_equal(text(first, "value"), "");
	assert_true(cs_value_bool(cs_value_get(first, "enabled"), false));
	assert_true(cs_value_bool(cs_value_get(first, "visible"), false));
	assert_false(cs_value_bool(cs_value_get(first, "focused"), true));
	assert_false(cs_value_bool(cs_value_get(first, "selected"), true));
	assert_true(part(first, "frame", 1) == 20 && part(first, "frame", 2) == 100);
	assert_string_equal(cs_value_string(cs_value_at(cs_value_get(first, "actions"), 0)),
			    "activate");
	assert_string_equal(text(half, "label"), "half");
	assert_true(cs_value_bool(cs_value_get(half, "visible"), false));
	assert_false(cs_value_bool(cs_value_get(half, "enabled"), true));
	assert_true(part(half, "shown", 2) == 50 && part(half, "frame", 2) == 100);
	assert_false(cs_value_bool(cs_value_get(gone, "visible"), true));
	os_release(tree);
	screen_end(&screen);
}

static void a_cell_has_its_texts(void **state)
{
	struct screen screen;
	screen_begin(&screen);
	struct ui_view *cell = ui_table_cell_create(UI_CELL_SUBTITLE);
	ui_table_cell_set_text(cell, "Milk", "yesterday");
	struct ui_view *page = ui_view_create();
	ui_view_set_frame(cell, (struct md_rect){0, 0, 480, 60});
	ui_view_add(page, cell);
	screen_show(&screen, page);
	struct cs_value *tree = tree_of(&screen);
	const struct cs_value *node = child(tree, 0);
	assert_string_equal(text(node, "role"), "cell");
	assert_string_equal(text(node, "label"), "Milk, yesterday");
	assert_int_equal(cs_value_count(cs_value_get(node, "texts")), 2);
	struct element element;
	assert_true(ui_element_make(cell, ui_element_clip(cell), &element));
	assert_true(ui_element_is_called(&element, "Milk"));
	assert_true(ui_element_is_called(&element, "Milk, yesterday"));
	assert_false(ui_element_is_called(&element, "Mil"));
	os_release(tree);
	screen_end(&screen);
}

/* --- Questions, as tools ask them --------------------------------------------------- */

/* Asks by the compositor, and comes back with the status. */
static int ask(struct screen *screen, uint32_t request, const char *a, const char *b)
{
	struct os_connection *tool = stage_tool(&screen->stage);
	struct os_message message;
	os_message_init(&message, &md_device_interface.requests[request], request);
	os_message_write_text(&message, a);
	os_message_write_text(&message, b);
	int result = stage_call(&screen->stage, tool, &message, NULL);
	os_connection_release(tool);
	return result;
}

static void actions_are_performed(void **state)
{
	struct screen screen;
	int taps = 0;
	screen_begin(&screen);
	struct ui_view *page = ui_view_create();
	struct ui_view *view = icon("Notes", (struct md_rect){10, 20, 100, 50}, &taps);
	ui_view_set_tag(view, "notes");
	ui_view_add(page, view);
	screen_show(&screen, page);
	assert_int_equal(ask(&screen, MD_DEVICE_ACTION, "notes", "activate"), 0);
	assert_int_equal(taps, 1);
	assert_true(ask(&screen, MD_DEVICE_ACTION, "notes", "fly") < 0);
	assert_true(ask(&screen, MD_DEVICE_ACTION, "nobody", "activate") < 0);
	assert_int_equal(taps, 1);
	screen_end(&screen);
}

static int row_count(void *context, struct ui_view *table, int section)
{
	return 500;
}

static void fill(void *context, struct ui_view *table, struct ui_view *cell, struct ui_row row)
{
	char title[32];
	snprintf(title, sizeof(title), "Row %d", row.index);
	ui_table_cell_set_text(cell, title, NULL);
}

static void a_row_that_does_not_exist_yet_is_found(void **state)
{
	struct screen screen;
	screen_begin(&screen);
	static const struct ui_table_source s_source = {
	    .struct_size = sizeof(s_source), .row_count = row_count, .fill = fill};
	struct ui_view *table = ui_table_view_create(UI_TABLE_PLAIN);
	ui_table_view_set_source(table, &s_source, NULL);
	screen_show(&screen, table);
	assert_int_equal(ask(&screen, MD_DEVICE_SCROLL_TO, "", "Row 321"), 0);
	screen_step(&screen, 3);
	struct md_rect bounds = ui_view_bounds(table);
	assert_true(bounds.y <= 321 * 44 && bounds.y + bounds.height >= 322 * 44);
	assert_int_equal(ask(&screen, MD_DEVICE_SCROLL_TO, "", "Row 3"), 0);
	assert_true(ui_view_bounds(table).y <= 3 * 44);
	assert_true(ask(&screen, MD_DEVICE_SCROLL_TO, "", "Row 1000") < 0);
	screen_end(&screen);
}

static void roles_are_the_commands(void **state)
{
	assert_string_equal(ui_role_name(UI_ROLE_SECURE_FIELD), "secure-field");
	assert_string_equal(ui_role_name(UI_ROLE_MENU_ITEM), "menu-item");
	for (int role = 0; role < UI_ROLES; role++) {
		assert_non_null(ui_role_name((enum ui_role)role));
	}
	assert_string_equal(ui_role_name((enum ui_role)999), "other");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(nodes_have_what_is_promised),
	    cmocka_unit_test(a_cell_has_its_texts),
	    cmocka_unit_test(actions_are_performed),
	    cmocka_unit_test(a_row_that_does_not_exist_yet_is_found),
	    cmocka_unit_test(roles_are_the_commands),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
