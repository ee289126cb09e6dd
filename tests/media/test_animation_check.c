#include "test.h"

#include <errno.h>
#include <math.h>

#include <md/animation.h>
#include <md/layer.h>

static struct md_animation good_curve(void)
{
	return md_animation_curve(MD_LAYER_OPACITY, 250000, MD_CURVE_DEFAULT);
}

static void good_ones_pass(void **state)
{
	struct md_animation curve = good_curve();
	curve.repeat = INFINITY;
	assert_int_equal(md_animation_check(&curve), 0);
	struct md_animation spring = md_animation_spring(MD_LAYER_POSITION, MD_SPRING_DEFAULT);
	assert_int_equal(md_animation_check(&spring), 0);
}

static void numbers_have_to_be_numbers(void **state)
{
	struct md_animation animation = good_curve();
	animation.from[2] = NAN;
	assert_int_equal(md_animation_check(&animation), -EINVAL);
	animation = good_curve();
	animation.to[0] = 1e300;
	assert_int_equal(md_animation_check(&animation), -EINVAL);
	animation = good_curve();
	animation.velocity[0] = INFINITY;
	assert_int_equal(md_animation_check(&animation), -EINVAL);
	animation = good_curve();
	animation.repeat = NAN;
	assert_int_equal(md_animation_check(&animation), -EINVAL);
	animation = good_curve();
	animation.kind = 99;
	assert_int_equal(md_animation_check(&animation), -EINVAL);
}

static void times_and_curves_have_bounds(void **state)
{
	struct md_animation animation = good_curve();
	animation.duration_us = -1;
	assert_int_equal(md_animation_check(&animation), -EINVAL);
	animation.duration_us = INT64_MAX;
	assert_int_equal(md_animation_check(&animation), -EINVAL);
	animation = good_curve();
	animation.curve.x1 = 1.5;
	assert_int_equal(md_animation_check(&animation), -EINVAL);
}

static void springs_have_to_come_to_rest(void **state)
{
	struct md_animation animation =
	    md_animation_spring(MD_LAYER_POSITION, (struct md_spring){1, 100, 0});
	assert_int_equal(md_animation_check(&animation), -EINVAL);
	animation.spring = (struct md_spring){0, 100, 10};
	assert_int_equal(md_animation_check(&animation), -EINVAL);
	animation.spring = (struct md_spring){1, NAN, 10};
	assert_int_equal(md_animation_check(&animation), -EINVAL);
}

static void keyframes_ascend(void **state)
{
	struct md_animation animation = good_curve();
	animation.kind = MD_ANIMATION_KEYFRAMES;
	assert_int_equal(md_animation_check(&animation), -EINVAL);
	animation.frame_count = 2;
	animation.frames[0].at = 0.5;
	animation.frames[1].at = 0.4;
	assert_int_equal(md_animation_check(&animation), -EINVAL);
	animation.frames[1].at = 0.9;
	assert_int_equal(md_animation_check(&animation), 0);
	animation.frame_count = MD_ANIMATION_FRAMES + 1;
	assert_int_equal(md_animation_check(&animation), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(good_ones_pass),
	    cmocka_unit_test(numbers_have_to_be_numbers),
	    cmocka_unit_test(times_and_curves_have_bounds),
	    cmocka_unit_test(springs_have_to_come_to_rest),
	    cmocka_unit_test(keyframes_ascend),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
