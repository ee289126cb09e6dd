#include "notes_model.h"

#include "store_private.h"

#define COUNT 3000

static void many_are_found_and_removed(void **state)
{
	static struct cs_object_body bodies[COUNT];
	struct cs_object_table table = {0};
	cs_object_table_init(&table);
	for (int i = 0; i < COUNT; i++) {
		bodies[i] = (struct cs_object_body){.id = i * 3 - 100};
		cs_object_table_add(&table, &bodies[i]);
	}
	assert_true(table.size >= COUNT);
	for (int i = 0; i < COUNT; i++) {
		assert_ptr_equal(cs_object_table_find(&table, i * 3 - 100), &bodies[i]);
		assert_null(cs_object_table_find(&table, i * 3 - 99));
	}
	for (int i = 0; i < COUNT; i++) {
		if (i % 100 != 0) {
			cs_object_table_remove(&table, &bodies[i]);
			cs_object_table_remove(&table, &bodies[i]);
		}
	}
	assert_int_equal(table.count, COUNT / 100);
	assert_true(table.size <= 512);
	assert_ptr_equal(cs_object_table_find(&table, 200), &bodies[100]);
	assert_null(cs_object_table_find(&table, 203));
	cs_object_table_clear(&table);
	assert_null(cs_object_table_find(&table, 200));
	assert_false(bodies[100].in_table);
	cs_object_table_finish(&table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(many_are_found_and_removed)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
