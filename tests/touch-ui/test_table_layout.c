/* F76 (row reuse): where rows are costs nothing that grows with what is off the screen. */
#include "test.h"

#include <os/memory.h>

#include "table_layout.h"

static void uniform_rows_are_arithmetic(void **state)
{
	struct table_layout layout;
	table_layout_init(&layout);
	table_layout_clear(&layout, 44);
	table_layout_add_section(&layout, 1000000, NULL, 30, 20);
	assert_true(layout.height == 30 + 44e6 + 20);
	struct table_item items[64];
	int count = table_layout_items(&layout, 30 + 44 * 500000 + 10, 800, items, 64);
	assert_int_equal(count, 19);
	assert_int_equal(items[0].row.index, 500000);
	assert_true(items[0].y == 30 + 44.0 * 500000);
	table_layout_finish(&layout);
}

static void headers_and_footers_are_items(void **state)
{
	struct table_layout layout;
	table_layout_init(&layout);
	table_layout_clear(&layout, 50);
	table_layout_add_section(&layout, 2, NULL, 30, 10);
	table_layout_add_section(&layout, 0, NULL, 30, 0);
	table_layout_add_section(&layout, 1, NULL, 30, 0);
	struct table_item items[16];
	int count = table_layout_items(&layout, 0, 1000, items, 16);
	static const enum table_item_kind kinds[] = {TABLE_HEADER, TABLE_ROW, TABLE_ROW,   TABLE_FOOTER,
	                                             TABLE_HEADER, TABLE_HEADER, TABLE_ROW};
	assert_int_equal(count, OS_ARRAY_LEN(kinds));
	for (int i = 0; i < count; i++) {
		assert_int_equal(items[i].kind, kinds[i]);
	}
	assert_true(items[6].y == 30 + 100 + 10 + 30 + 30);
	table_layout_finish(&layout);
}

/* Heights that vary: every y of a small table gives the row that a plain walk gives. */
static void varying_rows_are_found(void **state)
{
	double heights[200];
	double ends[200], end = 0;
	for (int i = 0; i < 200; i++) {
		heights[i] = 20 + (i * 37) % 55;
		end += heights[i];
		ends[i] = end;
	}
	struct table_layout layout;
	table_layout_init(&layout);
	table_layout_clear(&layout, 0);
	table_layout_add_section(&layout, 200, heights, 0, 0);
	int expected = 0;
	for (double y = 0; y < end; y += 3) {
		while (ends[expected] <= y) {
			expected++;
		}
		struct ui_row row;
		assert_true(table_layout_row_at(&layout, y, &row));
		assert_int_equal(row.index, expected);
	}
	struct ui_row row;
	assert_false(table_layout_row_at(&layout, end + 1, &row));
	table_layout_finish(&layout);
}

/* A source that lies about its counts gets an empty section, not a crash. */
static void lies_are_survived(void **state)
{
	struct table_layout layout;
	table_layout_init(&layout);
	table_layout_clear(&layout, 44);
	table_layout_add_section(&layout, -5, NULL, 0, 0);
	struct table_item item;
	assert_false(table_layout_row(&layout, (struct ui_row){0, 0}, &item));
	assert_false(table_layout_row(&layout, (struct ui_row){3, 0}, &item));
	assert_false(table_layout_row(&layout, (struct ui_row){-1, 0}, &item));
	assert_int_equal(table_layout_items(&layout, 0, 800, &item, 1), 0);
	table_layout_finish(&layout);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(uniform_rows_are_arithmetic),
		cmocka_unit_test(headers_and_footers_are_items),
		cmocka_unit_test(varying_rows_are_found),
		cmocka_unit_test(lies_are_survived),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
