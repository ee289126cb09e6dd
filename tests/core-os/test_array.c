#include "test.h"

#include <os/array.h>

static void items_move_as_asked(void **state)
{
	struct os_array array;
	os_array_init(&array, sizeof(int));
	for (int i = 0; i < 100; i++) {
		int *item = os_array_append(&array);
		assert_int_equal(*item, 0);
		*item = i;
	}
	*(int *)os_array_insert(&array, 0) = -1;
	*(int *)os_array_insert(&array, 50) = -2;
	assert_int_equal(array.count, 102);
	assert_int_equal(*(int *)os_array_at(&array, 0), -1);
	assert_int_equal(*(int *)os_array_at(&array, 50), -2);
	assert_int_equal(*(int *)os_array_at(&array, 101), 99);
	os_array_remove(&array, 0, 51);
	assert_int_equal(*(int *)os_array_at(&array, 0), 49);
	os_array_remove(&array, 0, array.count);
	assert_int_equal(array.count, 0);
	os_array_remove(&array, 0, 0);
	os_array_finish(&array);
	os_array_finish(&array);
}

static void a_new_item_is_zero_after_clear(void **state)
{
	struct os_array array;
	os_array_init(&array, sizeof(uint64_t));
	*(uint64_t *)os_array_append(&array) = UINT64_MAX;
	os_array_clear(&array);
	assert_int_equal(*(uint64_t *)os_array_append(&array), 0);
	os_array_finish(&array);
}

static void pointers(void **state)
{
	struct os_array array;
	int a, b;
	os_array_init(&array, sizeof(void *));
	os_array_append_ptr(&array, &a);
	os_array_append_ptr(&array, &b);
	assert_ptr_equal(os_array_ptr_at(&array, 1), &b);
	os_array_finish(&array);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(items_move_as_asked),
	    cmocka_unit_test(a_new_item_is_zero_after_clear),
	    cmocka_unit_test(pointers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
