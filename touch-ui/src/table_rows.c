#include "table_rows.h"

#include "table_cell_private.h"

/* So many put-away views are kept. */
#define SPARE 3

void table_rows_init(struct table_rows *rows)
{
	os_array_init(&rows->live, sizeof(struct table_live));
	os_array_init(&rows->spare_cells, sizeof(void *));
	os_array_init(&rows->spare_titles, sizeof(void *));
}

void table_rows_finish(struct table_rows *rows)
{
	os_array_finish(&rows->live);
	os_array_finish(&rows->spare_cells);
	os_array_finish(&rows->spare_titles);
}

static struct os_array *spares(struct table_rows *rows, enum table_item_kind kind)
{
	return kind == TABLE_ROW ? &rows->spare_cells : &rows->spare_titles;
}

static void put_away(struct table_rows *rows, enum table_item_kind kind, struct ui_view *view)
{
	ui_view_set_hidden(view, true);
	os_array_append_ptr(spares(rows, kind), view);
}

/* Only once the new ones are placed: a fast fling brings many rows a frame, and a late frame more,
 * and each that goes is to be used for one that comes. */
static void drop_spares(struct os_array *spare)
{
	while (spare->count > SPARE) {
		ui_view_remove(os_array_ptr_at(spare, spare->count - 1));
		os_array_remove(spare, spare->count - 1, 1);
	}
}

static struct ui_view *reuse(struct table_rows *rows, enum table_item_kind kind)
{
	struct os_array *spare = spares(rows, kind);
	if (spare->count == 0) {
		return NULL;
	}
	struct ui_view *view = os_array_ptr_at(spare, spare->count - 1);
	os_array_remove(spare, spare->count - 1, 1);
	ui_view_set_hidden(view, false);
	ui_view_set_opacity(view, 1);
	return view;
}

struct table_live *table_rows_find(struct table_rows *rows, enum table_item_kind kind, struct ui_row row)
{
	for (size_t i = 0; i < rows->live.count; i++) {
		struct table_live *live = os_array_at(&rows->live, i);
		if (live->kind == kind && live->row.section == row.section && live->row.index == row.index) {
			return live;
		}
	}
	return NULL;
}

static struct table_live *make_live(struct table_rows *rows, struct ui_view *table,
                                    const struct table_rows_class *class, const struct table_item *item)
{
	struct ui_view *view = reuse(rows, item->kind);
	if (view == NULL) {
		view = class->make(table, item);
		/* Behind the indicator and what fades, which are in front. */
		ui_view_insert(table, view, 0);
	}
	struct table_live *live = os_array_append(&rows->live);
	*live = (struct table_live){.kind = item->kind, .row = item->row, .view = view, .stale = true, .fresh = true};
	return live;
}

static void put_unwanted_away(struct table_rows *rows)
{
	for (size_t i = rows->live.count; i-- > 0;) {
		struct table_live *live = os_array_at(&rows->live, i);
		if (!live->wanted) {
			put_away(rows, live->kind, live->view);
			os_array_remove(&rows->live, i, 1);
		}
	}
}

void table_rows_update(struct table_rows *rows, struct ui_view *table, const struct table_rows_class *class,
                       const struct table_item *items, int count)
{
	for (size_t i = 0; i < rows->live.count; i++) {
		((struct table_live *)os_array_at(&rows->live, i))->wanted = false;
	}
	for (int i = 0; i < count; i++) {
		struct table_live *live = table_rows_find(rows, items[i].kind, items[i].row);
		if (live != NULL) {
			live->wanted = true;
		}
	}
	/* First put away, so that the new ones can use them. */
	put_unwanted_away(rows);
	for (int i = 0; i < count; i++) {
		const struct table_item *item = &items[i];
		struct table_live *live = table_rows_find(rows, item->kind, item->row);
		if (live == NULL) {
			live = make_live(rows, table, class, item);
		}
		live->wanted = true;
		live->y = item->y;
		live->height = item->height;
		if (live->stale) {
			live->stale = false;
			class->fill(table, live->view, item);
		}
	}
	drop_spares(&rows->spare_cells);
	drop_spares(&rows->spare_titles);
}

void table_rows_mark_stale(struct table_rows *rows)
{
	for (size_t i = 0; i < rows->live.count; i++) {
		((struct table_live *)os_array_at(&rows->live, i))->stale = true;
	}
}

struct ui_view *table_rows_take(struct table_rows *rows, size_t index)
{
	struct table_live *live = os_array_at(&rows->live, index);
	struct ui_view *view = live->view;
	os_array_remove(&rows->live, index, 1);
	return view;
}

void table_rows_retire(struct table_rows *rows, struct ui_view *view)
{
	put_away(rows, TABLE_ROW, view);
	drop_spares(&rows->spare_cells);
}

void table_rows_drop(struct table_rows *rows)
{
	for (size_t i = 0; i < rows->live.count; i++) {
		ui_view_remove(((struct table_live *)os_array_at(&rows->live, i))->view);
	}
	os_array_clear(&rows->live);
	for (int kind = 0; kind < 2; kind++) {
		struct os_array *spare = kind == 0 ? &rows->spare_cells : &rows->spare_titles;
		for (size_t i = 0; i < spare->count; i++) {
			ui_view_remove(os_array_ptr_at(spare, i));
		}
		os_array_clear(spare);
	}
}
