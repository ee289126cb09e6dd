/* The table's own state, shared by its files. Private. */
#ifndef UI_SRC_TABLE_VIEW_PRIVATE_H
#define UI_SRC_TABLE_VIEW_PRIVATE_H

#include <ui/table_view.h>
#include <ui/view_class.h>

#include "table_empty.h"
#include "table_layout.h"
#include "table_press.h"
#include "table_rows.h"

struct table {
	enum ui_table_look look;
	const struct ui_table_source *source;
	void *context;
	double row_height; /* 0: asked of the first cell */
	struct table_layout layout;
	struct table_rows rows;
	struct table_press press;
	struct table_empty empty;
	double laid_out_width;
	int row_count;
	bool dirty;
	bool sizes_rows; /* each row has its own height */
	int64_t created, filled;
};

struct table *table_of(const struct ui_view *view);
int table_section_count(struct ui_view *view);

/* table_items.c: the views of rows, headers and footers. */
struct ui_view *table_make_item(struct ui_view *view, const struct table_item *item);
void table_fill_item(struct ui_view *view, struct ui_view *item_view, const struct table_item *item);
struct ui_view *table_make_cell(struct ui_view *view, const struct table_item *item);
void table_fill_cell(struct ui_view *view, struct ui_view *cell, const struct table_item *item);
/* "scroll-to LABEL": finds a row by one of its texts, built or not, and shows it. */
bool table_perform_action(struct ui_view *view, const char *action);

#endif
