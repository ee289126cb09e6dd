#include "test.h"

#include <os/list.h>

struct item {
	int number;
	struct os_list link;
};

static int digits(struct os_list *list)
{
	int digits = 0;
	struct item *item;
	os_list_for_each(item, list, link) {
		digits = digits * 10 + item->number;
	}
	return digits;
}

static void order_is_kept(void **state)
{
	struct os_list list;
	struct item items[4] = {{1}, {2}, {3}, {4}};
	os_list_init(&list);
	assert_true(os_list_is_empty(&list));
	os_list_append(&list, &items[0].link);
	os_list_append(&list, &items[1].link);
	os_list_prepend(&list, &items[2].link);
	os_list_insert_after(&items[0].link, &items[3].link);
	assert_int_equal(digits(&list), 3142);
	assert_int_equal(os_list_count(&list), 4);

	int backwards = 0;
	struct item *item, *after;
	os_list_for_each_reverse(item, &list, link) {
		backwards = backwards * 10 + item->number;
	}
	assert_int_equal(backwards, 2413);

	os_list_for_each_safe(item, after, &list, link) {
		if (item->number % 2 == 1) {
			os_list_remove(&item->link);
		}
	}
	assert_int_equal(digits(&list), 42);
}

static void removing_twice_is_fine(void **state)
{
	struct os_list list, zeroed = {0};
	struct item item = {1};
	os_list_init(&list);
	os_list_append(&list, &item.link);
	os_list_remove(&item.link);
	os_list_remove(&item.link);
	os_list_remove(&zeroed);
	assert_true(os_list_is_empty(&list));
	assert_int_equal(os_list_count(&zeroed), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(order_is_kept),
	    cmocka_unit_test(removing_twice_is_fine),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
