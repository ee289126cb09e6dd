/* The rows of a table that exist: those on the screen, and those kept to be used again. Private. */
#ifndef UI_SRC_TABLE_ROWS_H
#define UI_SRC_TABLE_ROWS_H

#include "table_layout.h"

struct table_live {
	enum table_item_kind kind;
	struct ui_row row;
	struct ui_view *view; /* weak: a child of the table */
	double y, height;     /* where it belongs */
	bool wanted, stale, fresh;
};

struct table_rows {
	struct os_array live;                /* struct table_live */
	struct os_array spare_cells, spare_titles; /* hidden views, weak: children of the table */
};

/* How the table makes, fills and places the views of its items. */
struct table_rows_class {
	struct ui_view *(*make)(struct ui_view *table, const struct table_item *item);
	void (*fill)(struct ui_view *table, struct ui_view *view, const struct table_item *item);
};

void table_rows_init(struct table_rows *rows);
void table_rows_finish(struct table_rows *rows);
/* Makes what is in items and not there, fills what is new or stale, puts away what is not in items. */
void table_rows_update(struct table_rows *rows, struct ui_view *table, const struct table_rows_class *class,
                       const struct table_item *items, int count);
void table_rows_mark_stale(struct table_rows *rows);
struct table_live *table_rows_find(struct table_rows *rows, enum table_item_kind kind, struct ui_row row);
/* Takes the live one out of the count without hiding it, for a fade; put away by _retire. */
struct ui_view *table_rows_take(struct table_rows *rows, size_t index);
void table_rows_retire(struct table_rows *rows, struct ui_view *view);
/* Throws all views away: the next update makes new ones. */
void table_rows_drop(struct table_rows *rows);

#endif
