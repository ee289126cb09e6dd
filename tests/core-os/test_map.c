#include "test.h"

#include <os/map.h>
#include <os/memory.h>

static void *value_of(uint64_t number)
{
	return (void *)(uintptr_t)(number + 1);
}

static void strings(void **state)
{
	struct os_map *map = os_map_create(OS_MAP_STRINGS);
	char key[16] = "notes";
	int a, b;
	assert_null(os_map_get(map, "notes"));
	assert_null(os_map_set(map, key, &a));
	memcpy(key, "xxxxx", 5); /* it was copied */
	assert_ptr_equal(os_map_get(map, "notes"), &a);
	assert_ptr_equal(os_map_set(map, "notes", &b), &a);
	assert_int_equal(os_map_count(map), 1);
	assert_ptr_equal(os_map_set(map, "notes", NULL), &b);
	assert_null(os_map_set(map, "notes", NULL));
	assert_null(os_map_get(map, "notes"));
	assert_int_equal(os_map_count(map), 0);
	os_map_set(map, "", &a);
	assert_ptr_equal(os_map_get(map, ""), &a);
	assert_null(os_map_destroy(map));
	assert_null(os_map_destroy(NULL));
}

static void ten_thousand_numbers_in_order(void **state)
{
	struct os_map *map = os_map_create(OS_MAP_NUMBERS);
	for (uint64_t i = 0; i < 10000; i++) {
		assert_null(os_map_set_number(map, i * 7919, value_of(i)));
	}
	struct os_map_cursor cursor = {0};
	for (uint64_t i = 0; i < 10000; i++) {
		assert_true(os_map_next(map, &cursor));
		assert_int_equal(cursor.number, i * 7919);
		assert_ptr_equal(os_map_get_number(map, cursor.number), cursor.value);
		if (i % 3 != 0) {
			os_map_set_number(map, cursor.number, NULL);
		}
	}
	assert_false(os_map_next(map, &cursor));
	assert_int_equal(os_map_count(map), 3334);
	for (uint64_t i = 0; i < 10000; i++) {
		void *expected = i % 3 == 0 ? value_of(i) : NULL;
		assert_ptr_equal(os_map_get_number(map, i * 7919), expected);
	}
	os_map_destroy(map);
}

/* Gaps must not fill the table so that a search for what is not there never ends. */
static void adding_and_removing_for_ever(void **state)
{
	struct os_map *map = os_map_create(OS_MAP_NUMBERS);
	for (uint64_t i = 0; i < 100000; i++) {
		os_map_set_number(map, i, value_of(i));
		assert_null(os_map_get_number(map, i + 1));
		assert_ptr_equal(os_map_set_number(map, i, NULL), value_of(i));
	}
	assert_int_equal(os_map_count(map), 0);
	os_map_destroy(map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(strings),
	    cmocka_unit_test(ten_thousand_numbers_in_order),
	    cmocka_unit_test(adding_and_removing_for_ever),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
