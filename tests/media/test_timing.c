/* F47 */
#include "test.h"

#include <math.h>

#include <md/timing.h>

static double bezier(double p1, double p2, double t)
{
	double u = 1 - t;
	return 3 * u * u * t * p1 + 3 * u * t * t * p2 + t * t * t;
}

/* The curve's own definition (CSS Easing Functions, section 2.2): for a parameter t the point is
 * (x(t), y(t)); so the value asked for at x(t) is y(t). */
static void follows_the_definition(void **state)
{
	const struct md_curve curves[] = {MD_CURVE_DEFAULT, MD_CURVE_IN,           MD_CURVE_OUT,
					  MD_CURVE_IN_OUT,  {0.9, -0.5, 0.1, 1.5}, {0, 1, 1, 0},
					  {1, 0, 0, 1}};
	for (size_t c = 0; c < OS_ARRAY_LEN(curves); c++) {
		for (int i = 1; i < 100; i++) {
			double t = i / 100.0;
			double x = bezier(curves[c].x1, curves[c].x2, t);
			double y = bezier(curves[c].y1, curves[c].y2, t);
			/* Where the curve stands upright, a bit of x is a lot of y. */
			double slope =
			    fabs(bezier(curves[c].x1, curves[c].x2, t + 1e-6) - x) / 1e-6;
			double allowed = 1e-6 + (slope < 1e-2 ? 2e-2 : 0);
			assert_true(fabs(md_curve_at(curves[c], x) - y) < allowed);
		}
	}
}

/* Values of CSS's `ease`, as every browser has them. */
static void known_values(void **state)
{
	assert_true(fabs(md_curve_at(MD_CURVE_DEFAULT, 0.5) - 0.8024034) < 1e-6);
	assert_true(fabs(md_curve_at(MD_CURVE_IN_OUT, 0.5) - 0.5) < 1e-7);
	assert_true(md_curve_at(MD_CURVE_LINEAR, 0.3) == 0.3);
}

static void ends_are_exact(void **state)
{
	assert_true(md_curve_at(MD_CURVE_DEFAULT, 0) == 0);
	assert_true(md_curve_at(MD_CURVE_DEFAULT, 1) == 1);
	assert_true(md_curve_at(MD_CURVE_DEFAULT, -5) == 0);
	assert_true(md_curve_at(MD_CURVE_DEFAULT, 5) == 1);
	assert_true(md_curve_at(MD_CURVE_DEFAULT, NAN) == 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(follows_the_definition),
	    cmocka_unit_test(known_values),
	    cmocka_unit_test(ends_are_exact),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
