#include "table_layout.h"

#include <os/memory.h>

void table_layout_init(struct table_layout *layout)
{
	os_array_init(&layout->sections, sizeof(struct table_section));
	layout->height = 0;
	layout->row_height = 0;
}

void table_layout_clear(struct table_layout *layout, double row_height)
{
	for (size_t i = 0; i < layout->sections.count; i++) {
		struct table_section *section = os_array_at(&layout->sections, i);
		os_free(section->ends);
	}
	os_array_clear(&layout->sections);
	layout->height = 0;
	layout->row_height = row_height;
}

void table_layout_finish(struct table_layout *layout)
{
	table_layout_clear(layout, 0);
	os_array_finish(&layout->sections);
}

void table_layout_add_section(struct table_layout *layout, int row_count, const double *heights, double header,
                              double footer)
{
	struct table_section *section = os_array_append(&layout->sections);
	section->y = layout->height;
	section->header = header;
	section->footer = footer;
	section->row_count = OS_MAX(row_count, 0);
	section->rows_y = section->y + header;
	if (heights == NULL) {
		section->rows_height = section->row_count * layout->row_height;
	} else {
		section->ends = os_alloc_array((size_t)section->row_count + 1, sizeof(double));
		double end = 0;
		for (int i = 0; i < section->row_count; i++) {
			end += heights[i];
			section->ends[i] = end;
		}
		section->rows_height = end;
	}
	layout->height = section->rows_y + section->rows_height + footer;
}

static double row_start(const struct table_layout *layout, const struct table_section *section, int index)
{
	if (section->ends == NULL) {
		return index * layout->row_height;
	}
	return index > 0 ? section->ends[index - 1] : 0;
}

static double row_end(const struct table_layout *layout, const struct table_section *section, int index)
{
	return section->ends == NULL ? (index + 1) * layout->row_height : section->ends[index];
}

/* The first row that ends below y (from rows_y); row_count if none does. */
static int first_row_below(const struct table_layout *layout, const struct table_section *section, double y)
{
	int low = 0, high = section->row_count;
	if (section->ends == NULL && layout->row_height > 0) {
		double guess = OS_CLAMP(y / layout->row_height, 0, section->row_count);
		low = OS_MAX((int)guess - 1, 0);
		high = OS_MIN((int)guess + 2, section->row_count);
	}
	while (low < high) {
		int middle = low + (high - low) / 2;
		if (row_end(layout, section, middle) <= y) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}

static struct table_item row_item(const struct table_layout *layout, const struct table_section *section,
                                  struct ui_row row)
{
	double start = row_start(layout, section, row.index);
	double end = row_end(layout, section, row.index);
	return (struct table_item){TABLE_ROW, row, section->rows_y + start, end - start};
}

static int section_items(const struct table_layout *layout, int index, double y, double end,
                         struct table_item *ret_items, int max)
{
	const struct table_section *section = os_array_at(&layout->sections, (size_t)index);
	int count = 0;
	if (section->header > 0 && section->rows_y > y && section->y < end && count < max) {
		ret_items[count++] = (struct table_item){TABLE_HEADER, {index, -1}, section->y, section->header};
	}
	for (int i = first_row_below(layout, section, y - section->rows_y); i < section->row_count && count < max; i++) {
		struct table_item item = row_item(layout, section, (struct ui_row){index, i});
		if (item.y >= end) {
			break;
		}
		ret_items[count++] = item;
	}
	double footer_y = section->rows_y + section->rows_height;
	if (section->footer > 0 && footer_y + section->footer > y && footer_y < end && count < max) {
		ret_items[count++] = (struct table_item){TABLE_FOOTER, {index, -1}, footer_y, section->footer};
	}
	return count;
}

int table_layout_items(const struct table_layout *layout, double y, double height, struct table_item *ret_items,
                       int max)
{
	int count = 0;
	for (size_t i = 0; i < layout->sections.count && count < max; i++) {
		const struct table_section *section = os_array_at(&layout->sections, i);
		if (section->y >= y + height) {
			break;
		}
		if (section->rows_y + section->rows_height + section->footer > y) {
			count += section_items(layout, (int)i, y, y + height, ret_items + count, max - count);
		}
	}
	return count;
}

bool table_layout_row(const struct table_layout *layout, struct ui_row row, struct table_item *ret_item)
{
	if (row.section < 0 || (size_t)row.section >= layout->sections.count) {
		return false;
	}
	const struct table_section *section = os_array_at(&layout->sections, (size_t)row.section);
	if (row.index < 0 || row.index >= section->row_count) {
		return false;
	}
	*ret_item = row_item(layout, section, row);
	return true;
}

bool table_layout_row_at(const struct table_layout *layout, double y, struct ui_row *ret_row)
{
	struct table_item items[3];
	int count = table_layout_items(layout, y, 0.001, items, 3);
	for (int i = 0; i < count; i++) {
		if (items[i].kind == TABLE_ROW && y >= items[i].y && y < items[i].y + items[i].height) {
			*ret_row = items[i].row;
			return true;
		}
	}
	return false;
}
