#include <ui/table_view.h>

#include <string.h>

#include <os/memory.h>
#include <ui/label.h>
#include <ui/view_animation.h>

#include "scroll_view_private.h"
#include "table_cell_private.h"
#include "table_empty.h"
#include "table_layout.h"
#include "table_press.h"
#include "table_rows.h"
#include "table_view_private.h"
#include "view_private.h"

#define MARGIN 16.0
#define TITLE_GAP 8.0
#define MOST_VISIBLE 256 /* items; a screen of 44 pt rows has some twenty */

static const struct ui_view_class s_table_class;

struct table *table_of(const struct ui_view *view)
{
	return ui_view_state(view, &s_table_class);
}

static double margin(const struct table *table)
{
	return table->look == UI_TABLE_GROUPED ? MARGIN : 0;
}

/* --- Layout ------------------------------------------------------------------------------------- */

static double title_height(struct ui_view *view, const char *text, bool header)
{
	const struct table *table = table_of(view);
	bool grouped = table->look == UI_TABLE_GROUPED;
	if (text == NULL) {
		return grouped ? (header ? 20 : 4) : 0;
	}
	double line = md_font_metrics(ui_font_for_style(UI_TEXT_FOOTNOTE, ui_view_appearance(view)->text_size)).line_height;
	int lines = 1;
	if (!header) {
		struct md_text_style style = {
			.font = ui_font_for_style(UI_TEXT_FOOTNOTE, ui_view_appearance(view)->text_size)};
		double width = OS_MAX(ui_view_bounds(view).width - 4 * MARGIN, 1);
		struct md_text_layout *layout = md_text_layout_create(text, strlen(text), &style, width);
		lines = md_text_layout_line_count(layout);
		md_text_layout_release(layout);
	}
	return md_snap(lines * line + TITLE_GAP + (grouped && header ? 16 : TITLE_GAP), 1);
}

/* Up to so many rows each has the height of its own contents; above it all have the first one's,
 * since measuring a row means filling it. */
#define SELF_SIZED_ROWS 64

static double measured_row_height(struct ui_view *view, struct ui_row row)
{
	struct table *table = table_of(view);
	struct table_item item = {TABLE_ROW, row, 0, 0};
	struct table_live *live = table_rows_find(&table->rows, TABLE_ROW, row);
	bool is_filled = live != NULL && !live->stale;
	struct ui_view *cell = live != NULL ? os_retain(live->view) : table_make_cell(view, &item);
	if (live == NULL) {
		/* A cell that is nowhere would be measured for the plain text size. */
		ui_view_move_to_window(cell, view_part(view)->window);
	}
	if (!is_filled) {
		table_fill_cell(view, cell, &item);
	}
	double width = OS_MAX(ui_view_bounds(view).width - 2 * margin(table), 1);
	double height = ui_view_size_that_fits(cell, (struct md_size){width, MD_UNBOUNDED}).height;
	if (live == NULL) {
		ui_view_move_to_window(cell, NULL);
	}
	os_release(cell);
	return OS_MAX(height, ui_row_height(1, ui_view_appearance(view)->text_size));
}

static int all_rows(struct ui_view *view)
{
	struct table *table = table_of(view);
	int count = 0;
	for (int section = 0; section < table_section_count(view); section++) {
		count += OS_MAX(table->source->row_count(table->context, view, section), 0);
	}
	return count;
}

static double common_row_height(struct ui_view *view)
{
	struct table *table = table_of(view);
	if (table->row_height > 0) {
		return table->row_height;
	}
	for (int section = 0; section < table_section_count(view); section++) {
		if (table->source->row_count(table->context, view, section) > 0) {
			return measured_row_height(view, (struct ui_row){section, 0});
		}
	}
	return ui_row_height(1, ui_view_appearance(view)->text_size);
}

static double row_height(struct ui_view *view, struct ui_row row)
{
	struct table *table = table_of(view);
	return table->source->row_height != NULL ? table->source->row_height(table->context, view, row)
	                                         : measured_row_height(view, row);
}

static void add_section(struct ui_view *view, int section)
{
	struct table *table = table_of(view);
	const struct ui_table_source *source = table->source;
	int count = OS_MAX(source->row_count(table->context, view, section), 0);
	const char *title = source->section_title ? source->section_title(table->context, view, section) : NULL;
	double header = title_height(view, title, true);
	const char *footer_text = source->section_footer ? source->section_footer(table->context, view, section) : NULL;
	double footer = title_height(view, footer_text, false);
	double *heights = NULL;
	if (table->sizes_rows) {
		heights = os_alloc_array((size_t)count + 1, sizeof(double));
		for (int i = 0; i < count; i++) {
			heights[i] = row_height(view, (struct ui_row){section, i});
		}
	}
	table_layout_add_section(&table->layout, count, heights, header, footer);
	os_free(heights);
}

static void rebuild(struct ui_view *view)
{
	struct table *table = table_of(view);
	table->dirty = false;
	table->row_count = 0;
	table_layout_clear(&table->layout, 0);
	if (table->source == NULL) {
		return;
	}
	bool few = table->row_height <= 0 && all_rows(view) <= SELF_SIZED_ROWS;
	table->sizes_rows = few || table->source->row_height != NULL;
	table->layout.row_height = table->sizes_rows ? 0 : common_row_height(view);
	int sections = table_section_count(view);
	for (int i = 0; i < sections; i++) {
		add_section(view, i);
		const struct table_section *section = os_array_at(&table->layout.sections, (size_t)i);
		table->row_count += section->row_count;
	}
	double below = table->look == UI_TABLE_GROUPED ? MARGIN : 0;
	ui_scroll_view_set_content_size(view, (struct md_size){ui_view_bounds(view).width, table->layout.height + below});
}

static struct md_rect item_frame(const struct ui_view *view, const struct table_live *live)
{
	const struct table *table = table_of(view);
	double width = ui_view_bounds(view).width;
	double inset = live->kind == TABLE_ROW ? margin(table) : margin(table) + MARGIN;
	return (struct md_rect){inset, live->y, width - 2 * inset, live->height};
}

static void place(struct ui_view *view, const struct table_live *live)
{
	struct md_rect frame = item_frame(view, live);
	if (live->kind == TABLE_HEADER) {
		frame.y += frame.height - TITLE_GAP - 18;
		frame.height = 18;
		struct md_size size = ui_view_size_that_fits(live->view, (struct md_size){frame.width, MD_UNBOUNDED});
		frame.y = live->y + live->height - TITLE_GAP + 2 - size.height;
		frame.height = size.height;
	} else if (live->kind == TABLE_FOOTER) {
		struct md_size size = ui_view_size_that_fits(live->view, (struct md_size){frame.width, MD_UNBOUNDED});
		frame.y += TITLE_GAP;
		frame.height = size.height;
	}
	ui_view_set_frame(live->view, frame);
}

static void place_all(struct ui_view *view, bool only_fresh)
{
	struct table *table = table_of(view);
	for (size_t i = 0; i < table->rows.live.count; i++) {
		struct table_live *live = os_array_at(&table->rows.live, i);
		if (live->fresh || !only_fresh) {
			place(view, live);
		}
	}
}

static void clear_fresh(struct table *table)
{
	for (size_t i = 0; i < table->rows.live.count; i++) {
		((struct table_live *)os_array_at(&table->rows.live, i))->fresh = false;
	}
}

static const struct table_rows_class s_rows_class = {.make = table_make_item, .fill = table_fill_item};

static void update_rows(struct ui_view *view)
{
	struct table *table = table_of(view);
	struct md_rect bounds = ui_view_bounds(view);
	struct table_item items[MOST_VISIBLE];
	int count = table->source == NULL
	                ? 0
	                : table_layout_items(&table->layout, bounds.y, bounds.height, items, MOST_VISIBLE);
	table_rows_update(&table->rows, view, &s_rows_class, items, count);
}

static void table_layout_view(struct ui_view *view, struct md_rect bounds)
{
	struct table *table = table_of(view);
	if (table->dirty || table->laid_out_width != bounds.width) {
		table->laid_out_width = bounds.width;
		rebuild(view);
	}
	scroll_view_layout(view, bounds);
	update_rows(view);
	place_all(view, false);
	clear_fresh(table);
	table_empty_layout(&table->empty, view, table->row_count == 0);
}

/* --- Updates -------------------------------------------------------------------------------------- */

/* Where an old row is after the changes; false if it was deleted. */
static bool new_place(const struct ui_table_change *changes, int count, struct ui_row *row)
{
	int index = row->index;
	for (int i = 0; i < count; i++) {
		if (changes[i].kind != UI_ROW_DELETED || changes[i].row.section != row->section) {
			continue;
		}
		if (changes[i].row.index == row->index) {
			return false;
		}
		index -= changes[i].row.index < row->index;
	}
	/* Inserts count by new index: each one at or before it moves the row on. */
	bool moved = true;
	int inserted_before = 0;
	while (moved) {
		int before = 0;
		for (int i = 0; i < count; i++) {
			before += changes[i].kind == UI_ROW_INSERTED && changes[i].row.section == row->section &&
			          changes[i].row.index <= index + inserted_before;
		}
		moved = before != inserted_before;
		inserted_before = before;
	}
	row->index = index + inserted_before;
	return true;
}

static void did_fade(void *context, bool finished)
{
	struct ui_view *cell = context;
	struct ui_view *table = ui_view_parent(cell);
	if (table != NULL) {
		table_rows_retire(&table_of(table)->rows, cell);
	}
	os_release(cell);
}

static void make_transparent(void *context)
{
	ui_view_set_opacity(context, 0);
}

static const struct ui_animation s_update_animation = {.duration_us = 250000,
                                                       .curve = {0.25, 0.1, 0.25, 1}}; /* FEEL.md, implicit */

static void move_live(struct ui_view *view, const struct ui_table_change *changes, int count, bool animated)
{
	struct table *table = table_of(view);
	for (size_t i = table->rows.live.count; i-- > 0;) {
		struct table_live *live = os_array_at(&table->rows.live, i);
		if (live->kind != TABLE_ROW || new_place(changes, count, &live->row)) {
			continue;
		}
		struct ui_view *cell = table_rows_take(&table->rows, i);
		if (animated) {
			ui_animate(&s_update_animation, make_transparent, os_retain(cell), did_fade);
		} else {
			table_rows_retire(&table->rows, cell);
		}
	}
	for (int i = 0; i < count; i++) {
		struct ui_row row = changes[i].row;
		bool is_there = changes[i].kind == UI_ROW_CHANGED && new_place(changes, count, &row);
		struct table_live *live = is_there ? table_rows_find(&table->rows, TABLE_ROW, row) : NULL;
		if (live != NULL) {
			live->stale = true;
		}
	}
}

static void move_to_places(void *context)
{
	struct ui_view *view = context;
	struct table *table = table_of(view);
	for (size_t i = 0; i < table->rows.live.count; i++) {
		struct table_live *live = os_array_at(&table->rows.live, i);
		place(view, live);
		if (live->fresh) {
			ui_view_set_opacity(live->view, 1);
		}
	}
}

void ui_table_view_update(struct ui_view *view, const struct ui_table_change *changes, int count, bool animated)
{
	struct table *table = table_of(view);
	bool moves = animated && ui_view_window(view) != NULL && !ui_view_appearance(view)->reduce_motion;
	move_live(view, changes, count, moves);
	table->dirty = true;
	ui_view_set_needs_layout(view);
	if (!moves) {
		table_rows_mark_stale(&table->rows);
		return;
	}
	rebuild(view);
	update_rows(view);
	place_all(view, true);
	for (size_t i = 0; i < table->rows.live.count; i++) {
		struct table_live *live = os_array_at(&table->rows.live, i);
		if (live->fresh) {
			ui_view_set_opacity(live->view, 0);
		}
	}
	ui_animate(&s_update_animation, move_to_places, view, NULL);
	clear_fresh(table);
}

/* --- Class ------------------------------------------------------------------------------------------ */

static void table_traits_changed(struct ui_view *view)
{
	ui_table_view_reload(view);
}

static void table_accessibility(struct ui_view *view, struct ui_accessibility *ret_element)
{
	ret_element->role = UI_ROLE_LIST;
	ret_element->enabled = true;
}

static void table_init(struct os_object *object)
{
	struct table *table = os_object_state(object, &s_table_class.base);
	table_layout_init(&table->layout);
	table_rows_init(&table->rows);
	table->press.row = (struct ui_row){-1, -1};
}

static void table_finalize(struct os_object *object)
{
	struct table *table = os_object_state(object, &s_table_class.base);
	table_layout_finish(&table->layout);
	table_rows_finish(&table->rows);
	table_press_finish(&table->press);
	table_empty_finish(&table->empty);
}

static const struct ui_view_class s_table_class = {
	.base = {.struct_size = sizeof(s_table_class),
	         .name = "table-view",
	         .size = sizeof(struct table),
	         .super = &ui_scroll_view_class.base,
	         .init = table_init,
	         .finalize = table_finalize},
	.layout = table_layout_view,
	.touches = table_touches,
	.traits_changed = table_traits_changed,
	.accessibility = table_accessibility,
	.perform_action = table_perform_action,
};

struct ui_view *ui_table_view_create(enum ui_table_look look)
{
	struct ui_view *view = ui_view_create_of_class(&s_table_class);
	struct table *table = table_of(view);
	table->look = look;
	table->dirty = true;
	bool grouped = look == UI_TABLE_GROUPED;
	ui_view_set_background(view, grouped ? UI_COLOR_GROUPED_BACKGROUND : UI_COLOR_BACKGROUND);
	ui_scroll_view_set_bounces(view, true);
	return view;
}

void ui_table_view_set_source(struct ui_view *view, const struct ui_table_source *source, void *context)
{
	table_of(view)->source = source;
	table_of(view)->context = context;
	ui_table_view_reload(view);
}

void ui_table_view_reload(struct ui_view *view)
{
	struct table *table = table_of(view);
	table->dirty = true;
	table_rows_mark_stale(&table->rows);
	ui_view_set_needs_layout(view);
}

void ui_table_view_set_row_height(struct ui_view *view, double height)
{
	table_of(view)->row_height = height;
	ui_table_view_reload(view);
}

void ui_table_view_scroll_to(struct ui_view *view, struct ui_row row, bool animated)
{
	struct table *table = table_of(view);
	struct table_item item;
	if (table->dirty) {
		rebuild(view);
		scroll_view_layout(view, ui_view_bounds(view));
	}
	if (table_layout_row(&table->layout, row, &item)) {
		ui_scroll_view_show(view, (struct md_rect){0, item.y, 1, item.height}, animated);
	}
}

void ui_table_view_deselect(struct ui_view *view, bool animated)
{
	struct table *table = table_of(view);
	table_press_set(&table->press, view, (struct ui_row){-1, -1});
}

void ui_table_view_set_empty(struct ui_view *view, const char *symbol, const char *sentence, const char *button,
                             void (*fn)(void *context), void *context)
{
	table_empty_set(&table_of(view)->empty, view,
	                &(struct table_empty_options){symbol, sentence, button, fn, context});
	ui_view_set_needs_layout(view);
}

struct ui_view *ui_table_view_scroller(struct ui_view *view)
{
	return view;
}

struct ui_table_counts ui_table_view_counts(const struct ui_view *view)
{
	const struct table *table = table_of(view);
	int visible = 0;
	for (size_t i = 0; i < table->rows.live.count; i++) {
		visible += ((const struct table_live *)os_array_at(&table->rows.live, i))->kind == TABLE_ROW;
	}
	return (struct ui_table_counts){table->created, table->filled, visible};
}
