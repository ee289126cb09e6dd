#include "test.h"

#include <math.h>

#include <md/affine.h>

static void assert_point(struct md_point point, double x, double y)
{
	assert_true(fabs(point.x - x) < 1e-9);
	assert_true(fabs(point.y - y) < 1e-9);
}

static void concat_does_the_first_first(void **state)
{
	struct md_affine both =
	    md_affine_concat(md_affine_scale(2, 3), md_affine_translation(10, 20));
	assert_point(md_affine_apply(both, (struct md_point){1, 1}), 12, 23);
	both = md_affine_concat(md_affine_translation(10, 20), md_affine_scale(2, 3));
	assert_point(md_affine_apply(both, (struct md_point){1, 1}), 22, 63);
}

static void rotation_is_clockwise_on_the_screen(void **state)
{
	assert_point(md_affine_apply(md_affine_rotation(M_PI / 2), (struct md_point){1, 0}), 0, 1);
}

static void inverses_undo(void **state)
{
	struct md_affine affine = {1.5, 0.3, -0.7, 2, 40, -9};
	struct md_affine inverse;
	assert_true(md_affine_invert(affine, &inverse));
	struct md_point there = md_affine_apply(affine, (struct md_point){3, 4});
	assert_point(md_affine_apply(inverse, there), 3, 4);
	assert_false(md_affine_invert(md_affine_scale(0, 1), &inverse));
	assert_false(md_affine_invert((struct md_affine){NAN, 0, 0, 1, 0, 0}, &inverse));
}

static void rectangles_become_their_bounds(void **state)
{
	struct md_rect box =
	    md_affine_apply_rect(md_affine_rotation(M_PI / 2), (struct md_rect){0, 0, 10, 20});
	assert_true(fabs(box.x + 20) < 1e-9 && fabs(box.width - 20) < 1e-9 &&
		    fabs(box.height - 10) < 1e-9);
}

static void transforms_scale_then_rotate_then_move_about_the_centre(void **state)
{
	struct md_point center = {50, 40};
	struct md_transform transform = {7, -3, 2, 2, M_PI / 2};
	struct md_affine affine = md_affine_from_transform(transform, center);
	assert_point(md_affine_apply(affine, center), 57, 37);
	assert_point(md_affine_apply(affine, (struct md_point){51, 40}), 57, 39);
	assert_true(md_transform_is_identity(MD_TRANSFORM_IDENTITY));
	assert_false(md_transform_is_identity(transform));
}

static void a_bare_translation_stays_exact(void **state)
{
	struct md_transform transform = {33.25, -7.125, 1, 1, 0};
	struct md_affine affine =
	    md_affine_from_transform(transform, (struct md_point){123.4, 567.8});
	assert_true(md_affine_is_translation(affine));
	assert_true(affine.tx == 33.25 && affine.ty == -7.125);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(concat_does_the_first_first),
	    cmocka_unit_test(rotation_is_clockwise_on_the_screen),
	    cmocka_unit_test(inverses_undo),
	    cmocka_unit_test(rectangles_become_their_bounds),
	    cmocka_unit_test(transforms_scale_then_rotate_then_move_about_the_centre),
	    cmocka_unit_test(a_bare_translation_stays_exact),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
