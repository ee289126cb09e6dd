#include "test.h"

#include <math.h>

#include <md/path.h>

static void bounds_of_each_shape(void **state)
{
	struct md_path *path = md_path_create();
	assert_true(md_rect_equal(md_path_bounds(path), (struct md_rect){0, 0, 0, 0}));
	md_path_add_rect(path, (struct md_rect){10, 20, 30, 40});
	assert_true(md_rect_equal(md_path_bounds(path), (struct md_rect){10, 20, 30, 40}));
	md_path_add_rounded_rect(path, (struct md_rect){0, 20, 30, 40}, 99);
	assert_true(fabs(md_path_bounds(path).x) < 0.02);
	md_path_add_ellipse(path, (struct md_rect){0, 0, 20, 10});
	assert_true(fabs(md_path_bounds(path).y) < 0.02);
	md_path_release(path);
}

static void lines_and_curves(void **state)
{
	struct md_path *path = md_path_create();
	md_path_move_to(path, 0, 0);
	md_path_line_to(path, 10, 0);
	md_path_curve_to(path, (struct md_point){20, 0}, (struct md_point){20, 10},
			 (struct md_point){10, 10});
	md_path_close(path);
	struct md_rect bounds = md_path_bounds(path);
	assert_true(fabs(bounds.width - 17.5) <
		    0.05); /* where the curve turns, not its control points */
	md_path_release(path);

	path = md_path_create();
	md_path_add_arc(path, (struct md_point){0, 0}, 10, 0, M_PI / 2);
	bounds = md_path_bounds(path);
	assert_true(bounds.x > -0.02 && bounds.y > -0.02 && fabs(bounds.height - 10) < 0.02);
	assert_ptr_equal(md_path_retain(path), path);
	assert_null(md_path_release(path));
	assert_null(md_path_release(path));
	assert_null(md_path_release(NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(bounds_of_each_shape),
	    cmocka_unit_test(lines_and_curves),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
