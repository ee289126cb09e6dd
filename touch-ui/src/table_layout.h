/* Where the rows of a table are: pure arithmetic, no views. Private to the layer.
 *
 * With one height for all rows a row off the screen costs nothing; where heights vary, 8 bytes. */
#ifndef UI_SRC_TABLE_LAYOUT_H
#define UI_SRC_TABLE_LAYOUT_H

#include <os/array.h>
#include <ui/table_view.h>

enum table_item_kind { TABLE_HEADER, TABLE_ROW, TABLE_FOOTER };

struct table_section {
	double y;              /* of the header */
	double header, footer; /* heights, 0: none */
	double rows_y, rows_height;
	int row_count;
	double *ends; /* varying heights: end of each row from rows_y; NULL when all are alike */
};

struct table_layout {
	struct os_array sections; /* struct table_section */
	double row_height;        /* when all are alike */
	double height;            /* of all */
};

struct table_item {
	enum table_item_kind kind;
	struct ui_row row; /* index -1 for header and footer */
	double y, height;
};

void table_layout_init(struct table_layout *layout);
void table_layout_finish(struct table_layout *layout);
void table_layout_clear(struct table_layout *layout, double row_height);
/* Sections are appended in order; heights NULL: all rows have layout's row_height. */
void table_layout_add_section(struct table_layout *layout, int row_count, const double *heights, double header,
                              double footer);
/* The items that touch y … y + height, at most max; returns how many. */
int table_layout_items(const struct table_layout *layout, double y, double height, struct table_item *ret_items,
                       int max);
/* False if there is no such row. */
bool table_layout_row(const struct table_layout *layout, struct ui_row row, struct table_item *ret_item);
/* The row under y, false between rows. */
bool table_layout_row_at(const struct table_layout *layout, double y, struct ui_row *ret_row);

#endif
