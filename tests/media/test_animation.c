/* F47 in part: curves, springs and key frames as values of time. */
#include "test.h"

#include <math.h>

#include <md/animation.h>
#include <md/layer.h>

static double value_at(const struct md_animation *animation, int64_t time_us)
{
	double value[MD_ANIMATION_VALUES];
	md_animation_value(animation, 1, time_us, value);
	return value[0];
}

static bool goes_on(const struct md_animation *animation, int64_t time_us)
{
	double value[MD_ANIMATION_VALUES];
	return md_animation_value(animation, 1, time_us, value);
}

static double velocity_at(const struct md_animation *animation, int64_t time_us)
{
	double velocity[MD_ANIMATION_VALUES];
	md_animation_velocity(animation, 1, time_us, velocity);
	return velocity[0];
}

static struct md_animation linear(double from, double to)
{
	struct md_animation animation =
	    md_animation_curve(MD_LAYER_OPACITY, 100000, MD_CURVE_LINEAR);
	animation.begin_us = 1000000;
	animation.from[0] = from;
	animation.to[0] = to;
	return animation;
}

static void a_curve_goes_from_to(void **state)
{
	struct md_animation animation = linear(1, 0);
	assert_true(value_at(&animation, 0) == 1);
	assert_true(goes_on(&animation, 0));
	assert_true(fabs(value_at(&animation, 1025000) - 0.75) < 1e-12);
	assert_true(value_at(&animation, 1100000) == 0);
	assert_false(goes_on(&animation, 1100000));
	assert_int_equal(md_animation_end_us(&animation, 1), 1100000);
	assert_true(fabs(velocity_at(&animation, 1050000) + 10) < 1e-6);
	assert_true(velocity_at(&animation, 1100000) == 0);
}

static void no_duration_is_the_end_at_once(void **state)
{
	struct md_animation animation = linear(3, 7);
	animation.duration_us = 0;
	assert_true(value_at(&animation, 1000000) == 7);
	assert_false(goes_on(&animation, 1000000));
}

static void repeats_and_ways_back(void **state)
{
	struct md_animation animation = linear(0, 10);
	animation.repeat = 2;
	assert_true(fabs(value_at(&animation, 1125000) - 2.5) < 1e-9);
	assert_true(value_at(&animation, 1200000) == 10);
	assert_int_equal(md_animation_end_us(&animation, 1), 1200000);

	animation.autoreverse = true;
	assert_true(fabs(value_at(&animation, 1125000) - 7.5) < 1e-9);
	assert_true(value_at(&animation, 1400000) == 0);
	assert_int_equal(md_animation_end_us(&animation, 1), 1400000);
	assert_true(velocity_at(&animation, 1150000) < 0);

	animation.repeat = INFINITY;
	assert_true(md_animation_end_us(&animation, 1) == OS_NEVER);
	assert_true(goes_on(&animation, INT64_C(1000000000000)));
}

static void a_spring_is_the_closed_form(void **state)
{
	struct md_spring spring = md_spring_from_frequency(20, 1);
	struct md_animation animation = md_animation_spring(MD_LAYER_TRANSLATION, spring);
	animation.begin_us = 500000;
	animation.from[0] = 480;
	animation.velocity[0] = -900;
	for (int64_t t = 0; t < 400000; t += 16667) {
		double expected = md_spring_displacement(spring, 480, -900, (double)t / 1e6);
		assert_true(fabs(value_at(&animation, 500000 + t) - expected) < 1e-9);
		double speed = md_spring_velocity(spring, 480, -900, (double)t / 1e6);
		assert_true(fabs(velocity_at(&animation, 500000 + t) - speed) < 1e-9);
	}
	int64_t end = md_animation_end_us(&animation, 1);
	assert_true(fabs(value_at(&animation, end - 1)) < 0.021);
	assert_true(value_at(&animation, end) == 0);
	assert_false(goes_on(&animation, end));
}

/* FEEL.md, edge pop: ω 22, ζ 0.85 overshoots, and no gap may show. */
static void a_clamped_spring_stops_at_its_end(void **state)
{
	struct md_animation animation =
	    md_animation_spring(MD_LAYER_TRANSLATION, md_spring_from_frequency(22, 0.85));
	animation.from[0] = 100;
	animation.velocity[0] = -4000;
	double lowest = 0;
	for (int64_t t = 0; t < 600000; t += 1000) {
		lowest = fmin(lowest, value_at(&animation, t));
	}
	assert_true(lowest < -1);
	animation.clamp = true;
	for (int64_t t = 0; t < 600000; t += 1000) {
		assert_true(value_at(&animation, t) >= 0);
	}
}

static void keyframes_are_passed_in_turn(void **state)
{
	struct md_animation animation = linear(0, 100);
	animation.kind = MD_ANIMATION_KEYFRAMES;
	animation.frame_count = 2;
	animation.frames[0] = (struct md_keyframe){.at = 0.25, .value = {50}};
	animation.frames[1] = (struct md_keyframe){.at = 0.5, .value = {-10}};
	assert_true(fabs(value_at(&animation, 1012500) - 25) < 1e-9);
	assert_true(fabs(value_at(&animation, 1025000) - 50) < 1e-9);
	assert_true(fabs(value_at(&animation, 1050000) + 10) < 1e-9);
	assert_true(fabs(value_at(&animation, 1075000) - 45) < 1e-9);
	assert_true(value_at(&animation, 1100000) == 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_curve_goes_from_to),
	    cmocka_unit_test(no_duration_is_the_end_at_once),
	    cmocka_unit_test(repeats_and_ways_back),
	    cmocka_unit_test(a_spring_is_the_closed_form),
	    cmocka_unit_test(a_clamped_spring_stops_at_its_end),
	    cmocka_unit_test(keyframes_are_passed_in_turn),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
