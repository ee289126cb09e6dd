/* Table view: a list of rows, of which only the visible ones exist (UITableView).
 *
 *	static int rows(void *context, struct ui_view *table, int section) { … }
 *	static void fill(void *context, struct ui_view *table, struct ui_view *cell, struct ui_row row)
 *	{
 *		ui_table_cell_set_text(cell, note->title, note->when);
 *	}
 *	static const struct ui_table_source s_source = { .struct_size = sizeof(s_source),
 *		.row_count = rows, .fill = fill };
 *	struct ui_view *table = ui_table_view_create(UI_TABLE_PLAIN);
 *	ui_table_view_set_source(table, &s_source, self);
 *
 * Cells are reused; a row off the screen costs nothing (16 bytes where heights vary). Changes by
 * ui_table_view_update move the rows there are: deletes by old index, inserts by new. */
#ifndef UI_TABLE_VIEW_H
#define UI_TABLE_VIEW_H

#include <ui/view.h>

enum ui_table_look { UI_TABLE_PLAIN, UI_TABLE_GROUPED };

struct ui_row { int section, index; };

struct ui_table_source {
	uint32_t struct_size;
	int (*section_count)(void *context, struct ui_view *table);                   /* NULL: 1 */
	int (*row_count)(void *context, struct ui_view *table, int section);
	void (*fill)(void *context, struct ui_view *table, struct ui_view *cell, struct ui_row row);
	struct ui_view *(*make_cell)(void *context, struct ui_view *table, struct ui_row row); /* NULL: a text cell */
	double (*row_height)(void *context, struct ui_view *table, struct ui_row row);/* NULL: all alike */
	const char *(*section_title)(void *context, struct ui_view *table, int section);
	const char *(*section_footer)(void *context, struct ui_view *table, int section);
	void (*selected)(void *context, struct ui_view *table, struct ui_row row);    /* tapped */
};

UI_PUBLIC struct ui_view *ui_table_view_create(enum ui_table_look look);
UI_PUBLIC void ui_table_view_set_source(struct ui_view *table, const struct ui_table_source *source, void *context);
UI_PUBLIC void ui_table_view_reload(struct ui_view *table);
UI_PUBLIC void ui_table_view_set_row_height(struct ui_view *table, double height); /* 0: by text size and lines */

struct ui_table_change { enum { UI_ROW_DELETED, UI_ROW_INSERTED, UI_ROW_CHANGED } kind; struct ui_row row; };
UI_PUBLIC void ui_table_view_update(struct ui_view *table, const struct ui_table_change *changes, int count,
                                    bool animated);
UI_PUBLIC void ui_table_view_scroll_to(struct ui_view *table, struct ui_row row, bool animated);
UI_PUBLIC void ui_table_view_deselect(struct ui_view *table, bool animated);
/* Shown while there are no rows: a symbol, a sentence, one button (title NULL: none). */
UI_PUBLIC void ui_table_view_set_empty(struct ui_view *table, const char *symbol, const char *sentence,
                                       const char *button, void (*fn)(void *context), void *context);
UI_PUBLIC struct ui_view *ui_table_view_scroller(struct ui_view *table); /* itself: it is a scroll view */

/* Counts since it was made: cells created, filled, and on the screen now. */
struct ui_table_counts { int64_t created, filled; int visible; };
UI_PUBLIC struct ui_table_counts ui_table_view_counts(const struct ui_view *table);

#endif
