#include <string.h>

#include <ui/label.h>

#include "table_cell_private.h"
#include "table_view_private.h"

int table_section_count(struct ui_view *view)
{
	const struct table *table = table_of(view);
	if (table->source->section_count == NULL) {
		return 1;
	}
	return OS_MAX(table->source->section_count(table->context, view), 0);
}

struct ui_view *table_make_cell(struct ui_view *view, const struct table_item *item)
{
	struct table *table = table_of(view);
	table->created++;
	if (table->source->make_cell != NULL) {
		return table->source->make_cell(table->context, view, item->row);
	}
	return ui_table_cell_create(UI_CELL_SUBTITLE);
}

static void dress_cell(struct ui_view *view, struct ui_view *cell, const struct table_item *item)
{
	const struct table *table = table_of(view);
	if (!table_cell_is(cell)) {
		return;
	}
	bool grouped = table->look == UI_TABLE_GROUPED;
	int rows = table->source->row_count(table->context, view, item->row.section);
	bool last = item->row.index == rows - 1;
	table_cell_set_background(cell, grouped ? UI_COLOR_GROUPED : UI_COLOR_BACKGROUND);
	table_cell_set_corners(cell, grouped && item->row.index == 0, grouped && last);
	table_cell_set_last(cell, grouped && last);
	bool pressed = table->press.row.section == item->row.section && table->press.row.index == item->row.index;
	table_cell_set_pressed(cell, pressed);
}

void table_fill_cell(struct ui_view *view, struct ui_view *cell, const struct table_item *item)
{
	struct table *table = table_of(view);
	table->filled++;
	table->source->fill(table->context, view, cell, item->row);
	dress_cell(view, cell, item);
}

static struct ui_view *make_title(void)
{
	struct ui_view *label = ui_label_create("");
	ui_label_set_style(label, UI_TEXT_FOOTNOTE);
	ui_label_set_color(label, UI_COLOR_SECONDARY_LABEL);
	ui_label_set_lines(label, 0);
	return label;
}

struct ui_view *table_make_item(struct ui_view *view, const struct table_item *item)
{
	return item->kind == TABLE_ROW ? table_make_cell(view, item) : make_title();
}

void table_fill_item(struct ui_view *view, struct ui_view *item_view, const struct table_item *item)
{
	const struct table *table = table_of(view);
	if (item->kind == TABLE_ROW) {
		table_fill_cell(view, item_view, item);
		return;
	}
	const char *(*text)(void *, struct ui_view *, int) =
		item->kind == TABLE_HEADER ? table->source->section_title : table->source->section_footer;
	ui_label_set_text(item_view, text != NULL ? text(table->context, view, item->row.section) : NULL);
}

static bool has_text(struct ui_view *cell, const char *wanted)
{
	struct ui_accessibility element = {0};
	const struct ui_view_class *class = (const struct ui_view_class *)os_object_class(cell);
	if (class->accessibility == NULL) {
		return false;
	}
	class->accessibility(cell, &element);
	for (int i = 0; i < element.text_count; i++) {
		if (strcmp(element.texts[i], wanted) == 0) {
			return true;
		}
	}
	return element.label != NULL && strcmp(element.label, wanted) == 0;
}

/* Rows that are not built have no texts to look at: each is filled into a cell of no window. */
static bool find_row(struct ui_view *view, const char *wanted, struct ui_row *ret_row)
{
	struct table *table = table_of(view);
	struct ui_view *cell = NULL;
	bool found = false;
	for (int section = 0; section < table_section_count(view) && !found; section++) {
		int rows = table->source->row_count(table->context, view, section);
		for (int i = 0; i < rows && !found; i++) {
			struct table_item item = {TABLE_ROW, {section, i}, 0, 0};
			cell = cell != NULL ? cell : table_make_cell(view, &item);
			table_fill_cell(view, cell, &item);
			found = has_text(cell, wanted);
			*ret_row = item.row;
		}
	}
	os_release(cell);
	return found;
}

bool table_perform_action(struct ui_view *view, const char *action)
{
	static const char verb[] = "scroll-to ";
	struct ui_row row;
	if (strncmp(action, verb, strlen(verb)) != 0 || table_of(view)->source == NULL) {
		return false;
	}
	if (!find_row(view, action + strlen(verb), &row)) {
		return false;
	}
	ui_table_view_scroll_to(view, row, false);
	return true;
}
