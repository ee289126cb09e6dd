/* F71: FEEL.md, fling velocity: 0.60·v(−2) + 0.35·v(−1) + 0.05·v(0). */
#include "test.h"

#include <math.h>

#include "gesture_velocity.h"

static void add(struct ui_velocity *velocity, int64_t ms, double y)
{
	ui_velocity_add(velocity, ms * 1000, (struct md_point){0, y});
}

static void the_last_three_pairs_are_weighed(void **state)
{
	struct ui_velocity velocity = {0};
	add(&velocity, 0, 0);
	add(&velocity, 10, 100); /* out of sight */
	add(&velocity, 20, 110); /* v(−2) = 1000 */
	add(&velocity, 30, 130); /* v(−1) = 2000 */
	add(&velocity, 40, 170); /* v(0) = 4000 */
	double expected = 0.60 * 1000 + 0.35 * 2000 + 0.05 * 4000;
	assert_true(fabs(ui_velocity_at(&velocity, 40000).y - expected) < 1e-6);
	assert_true(fabs(ui_velocity_at(&velocity, 80000).y - expected) < 1e-6);
	assert_true(ui_velocity_at(&velocity, 80001).y == 0); /* it rested for over 40 ms */
}

static void fewer_samples_are_weighed_anew(void **state)
{
	struct ui_velocity velocity = {0};
	assert_true(ui_velocity_at(&velocity, 0).y == 0);
	add(&velocity, 0, 0);
	assert_true(ui_velocity_at(&velocity, 0).y == 0);
	add(&velocity, 10, 10);
	assert_true(fabs(ui_velocity_at(&velocity, 10000).y - 1000) < 1e-6);
	add(&velocity, 20, 30);
	double expected = (0.35 * 1000 + 0.05 * 2000) / 0.40;
	assert_true(fabs(ui_velocity_at(&velocity, 20000).y - expected) < 1e-6);
}

static void pairs_without_time_are_dropped(void **state)
{
	struct ui_velocity velocity = {0};
	add(&velocity, 0, 0);
	add(&velocity, 10, 10);
	add(&velocity, 10, 12);
	assert_true(fabs(ui_velocity_at(&velocity, 10000).y - 1000) < 1e-6);
}

static void slow_devices_rest_later(void **state)
{
	struct ui_velocity velocity = {0};
	for (int i = 0; i < 6; i++) {
		add(&velocity, i * 40, i * 40);
	}
	assert_int_equal(ui_velocity_rest_us(&velocity), 100000);
	assert_true(fabs(ui_velocity_at(&velocity, 300000).y - 1000) < 1e-6);
	assert_true(ui_velocity_at(&velocity, 300001).y == 0);
}

static void limits(void **state)
{
	struct ui_velocity velocity = {0};
	add(&velocity, 0, 0);
	add(&velocity, 100, 4.9);
	assert_true(ui_velocity_at(&velocity, 100000).y == 0);
	ui_velocity_reset(&velocity);
	add(&velocity, 0, 0);
	add(&velocity, 10, -200);
	assert_true(ui_velocity_at(&velocity, 10000).y == -8000);
}

static void only_the_newest_are_kept(void **state)
{
	struct ui_velocity velocity = {0};
	for (int i = 0; i < 100; i++) {
		add(&velocity, i * 10, i * 10);
	}
	assert_int_equal(velocity.count, UI_VELOCITY_SAMPLES);
	assert_true(fabs(ui_velocity_at(&velocity, 990000).y - 1000) < 1e-6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_last_three_pairs_are_weighed),
	    cmocka_unit_test(fewer_samples_are_weighed_anew),
	    cmocka_unit_test(pairs_without_time_are_dropped),
	    cmocka_unit_test(slow_devices_rest_later),
	    cmocka_unit_test(limits),
	    cmocka_unit_test(only_the_newest_are_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
