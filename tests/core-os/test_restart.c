/* F145. When a process that died comes back: at once, at once, at once, 100 ms, doubling to 1 s. */
#include "test.h"

#include "restart.h"

static void waits_from_the_fourth_short_life_on(void **state)
{
	struct restart restart = {0};
	const int64_t wanted_ms[] = {0, 0, 0, 100, 200, 400, 800, 1000, 1000};
	for (size_t i = 0; i < OS_ARRAY_LEN(wanted_ms); i++) {
		assert_int_equal(restart_delay_us(&restart, 10 * OS_US_PER_MS), wanted_ms[i] * OS_US_PER_MS);
	}
}

static void a_life_of_half_a_second_clears_the_count(void **state)
{
	struct restart restart = {.short_lives = 7};
	assert_int_equal(restart_delay_us(&restart, 500 * OS_US_PER_MS), 0);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(restart_delay_us(&restart, 499 * OS_US_PER_MS), 0);
	}
	assert_int_equal(restart_delay_us(&restart, 0), 100 * OS_US_PER_MS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(waits_from_the_fourth_short_life_on),
		cmocka_unit_test(a_life_of_half_a_second_clears_the_count),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
