#include "test.h"

#include <os/random.h>

static void no_two_are_alike(void **state)
{
	assert_int_not_equal(os_random_u64(), os_random_u64());
	unsigned char a[1000] = {0}, b[1000] = {0};
	os_random_bytes(a, sizeof(a));
	os_random_bytes(b, sizeof(b));
	assert_memory_not_equal(a, b, sizeof(a));
	os_random_bytes(a, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(no_two_are_alike),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
