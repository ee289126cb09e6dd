/* The values of a slider and a dial. */
#include "test.h"

#include <math.h>

#include "controls/value_range.h"

static const struct value_range s_percent = {.least = 0, .most = 100, .step = 5};
static const struct value_range s_uneven = {.least = 1, .most = 10, .step = 4};
static const struct value_range s_any = {.least = -1, .most = 1};
static const struct value_range s_one = {.least = 7, .most = 7, .step = 1};

static void a_value_is_the_nearest_that_can_be(void **state)
{
	assert_true(value_range_clamp(&s_percent, 33) == 35);
	assert_true(value_range_clamp(&s_percent, 32) == 30);
	assert_true(value_range_clamp(&s_percent, -1) == 0);
	assert_true(value_range_clamp(&s_percent, 1e300) == 100);
	assert_true(value_range_clamp(&s_percent, INFINITY) == 100);
	assert_true(value_range_clamp(&s_percent, -INFINITY) == 0);
	assert_true(value_range_clamp(&s_percent, NAN) == 0);
	assert_true(value_range_clamp(&s_any, 0.125) == 0.125);
	assert_true(value_range_clamp(&s_one, 12) == 7);
}

static void the_end_can_be_reached_though_no_step_leads_there(void **state)
{
	assert_true(value_range_clamp(&s_uneven, 6) == 5);
	assert_true(value_range_clamp(&s_uneven, 9.5) == 9);
	assert_true(value_range_clamp(&s_uneven, 10) == 10);
	assert_true(value_range_nudge(&s_uneven, 9, 1) == 10);
}

static void shares_go_there_and_back(void **state)
{
	assert_true(value_range_share(&s_percent, 25) == 0.25);
	assert_true(value_range_at_share(&s_percent, 0.25) == 25);
	assert_true(value_range_at_share(&s_percent, 2) == 100);
	assert_true(value_range_share(&s_any, 5) == 1);
	assert_true(value_range_share(&s_one, 7) == 0);
	assert_true(value_range_at_share(&s_one, 0.5) == 7);
}

static void nudges_are_steps_or_a_twentieth(void **state)
{
	assert_true(value_range_nudge(&s_percent, 50, 1) == 55);
	assert_true(value_range_nudge(&s_percent, 50, -2) == 40);
	assert_true(value_range_nudge(&s_percent, 100, 1) == 100);
	assert_true(fabs(value_range_nudge(&s_any, 0, 1) - 0.1) < 1e-12);
	assert_true(value_range_nudge(&s_one, 7, 1) == 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_value_is_the_nearest_that_can_be),
	    cmocka_unit_test(the_end_can_be_reached_though_no_step_leads_there),
	    cmocka_unit_test(shares_go_there_and_back),
	    cmocka_unit_test(nudges_are_steps_or_a_twentieth),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
