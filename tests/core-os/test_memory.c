#include "test.h"

#include <os/memory.h>

static void alloc_is_zeroed(void **state)
{
	unsigned char *bytes = os_alloc_array(100, 3);
	for (int i = 0; i < 300; i++) {
		assert_int_equal(bytes[i], 0);
	}
	bytes = os_realloc_array(bytes, 200, 3);
	assert_int_equal(bytes[299], 0);
	os_free(bytes);
	os_free(os_alloc(0));
}

static void text_is_copied(void **state)
{
	assert_null(os_strdup(NULL));
	assert_null(os_strndup(NULL, 3));
	char *copy = os_strndup("strata", 3);
	assert_string_equal(copy, "str");
	os_free(copy);
	copy = os_strndup("ab", 100);
	assert_string_equal(copy, "ab");
	os_free(copy);
	copy = os_format("%d-%s", 7, "x");
	assert_string_equal(copy, "7-x");
	os_free(copy);
}

static void the_nth_try_fails(void **state)
{
	os_try_alloc_fail_at(2);
	void *first = os_try_alloc(10);
	assert_non_null(first);
	assert_null(os_try_alloc(10));
	void *third = os_try_realloc(first, 20);
	assert_non_null(third);
	os_try_alloc_fail_at(1);
	assert_null(os_try_realloc(third, 40));
	os_free(third);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(alloc_is_zeroed),
	    cmocka_unit_test(text_is_copied),
	    cmocka_unit_test(the_nth_try_fails),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
