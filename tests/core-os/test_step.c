/* How long a frame is, by profile. */
#include "test.h"

#include "supervisor.h"

static void rates_follow_the_profile(void **state)
{
	assert_int_equal(step_rate_mhz(""), 60000);
	assert_int_equal(step_rate_mhz("phone"), 60000);
	assert_int_equal(step_rate_mhz("800x480@1"), 60000);
	assert_int_equal(step_rate_mhz("800x480@1:120"), 120000);
	assert_int_equal(step_rate_mhz("800x480@1.6:59.94"), 59940);
	assert_int_equal(step_rate_mhz("800x480@1:0"), 60000);
	assert_int_equal(step_rate_mhz("800x480@1:nan"), 60000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(rates_follow_the_profile)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
