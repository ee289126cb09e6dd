/* F118: the maths of a calibration: two swipes give rotation and mirroring, three or more targets the
 * affine matrix (least squares, by the normal equations); what says nothing is refused. */
#include "test.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include <os/base.h>

#include "touch_fit.h"

static const double s_eight[8][6] = {
    {1, 0, 0, 0, 1, 0},  {0, -1, 1, 1, 0, 0}, {-1, 0, 1, 0, -1, 1}, {0, 1, 0, -1, 0, 1},
    {-1, 0, 1, 0, 1, 0}, {1, 0, 0, 0, -1, 1}, {0, 1, 0, 1, 0, 0},   {0, -1, 1, -1, 0, 1},
};
static const struct md_point s_targets[5] = {{0.1, 0.1}, {0.9, 0.1}, {0.5, 0.5}, {0.1, 0.9}, {0.9, 0.9}};

static void assert_near(const double a[6], const double b[6], double most)
{
	for (int i = 0; i < 6; i++) {
		if (fabs(a[i] - b[i]) > most) {
			fail_msg("number %d is %g, expected %g", i, a[i], b[i]);
		}
	}
}

static void invert(const double m[6], double ret[6])
{
	double area = m[0] * m[4] - m[1] * m[3];
	ret[0] = m[4] / area, ret[1] = -m[1] / area, ret[3] = -m[3] / area, ret[4] = m[0] / area;
	ret[2] = -(ret[0] * m[2] + ret[1] * m[5]);
	ret[5] = -(ret[3] * m[2] + ret[4] * m[5]);
}

static void swipes_tell_all_eight(void **state)
{
	const struct touch_swipe right = {{0.3, 0.5}, {0.7, 0.52}}, down = {{0.5, 0.3}, {0.48, 0.6}};
	for (int i = 0; i < 8; i++) {
		double found[6], expected[6];
		const double *fault = s_eight[i];
		struct touch_swipe a = {touch_fit_apply(fault, right.from), touch_fit_apply(fault, right.to)};
		struct touch_swipe b = {touch_fit_apply(fault, down.from), touch_fit_apply(fault, down.to)};
		assert_int_equal(touch_fit_swipes(&a, &b, found), 0);
		invert(fault, expected);
		assert_near(found, expected, 1e-12);
	}
}

static void swipes_that_say_nothing(void **state)
{
	const struct touch_swipe right = {{0.3, 0.5}, {0.7, 0.5}}, down = {{0.5, 0.3}, {0.5, 0.6}};
	const struct touch_swipe bad[] = {
	    {{0.3, 0.5}, {0.4, 0.5}}, {{0.3, 0.3}, {0.6, 0.6}}, {{0.5, 0.5}, {0.5, 0.5}}, {{NAN, 0.5}, {0.7, 0.5}}};
	double found[6] = {7};
	for (size_t i = 0; i < OS_ARRAY_LEN(bad); i++) {
		assert_int_equal(touch_fit_swipes(&bad[i], &down, found), -EDOM);
		assert_int_equal(touch_fit_swipes(&right, &bad[i], found), -EDOM);
	}
	assert_int_equal(touch_fit_swipes(&right, &right, found), -EDOM);
	assert_int_equal(touch_fit_swipes(&down, &down, found), -EDOM);
	assert_true(found[0] == 7);
}

/* Faults as panels have them: turned, cut off, slanting. */
static void five_targets_undo_any_fault(void **state)
{
	const double faults[][6] = {{0.9, 0.02, 0.05, -0.03, 1.1, -0.04}, {0.05, -0.8, 0.9, 0.7, 0.1, 0.1},
				    {-1, 0, 1, 0, 1, 0},                  {0.055, 0, 0.94, 0, -0.06, 0.95}};
	for (size_t f = 0; f < OS_ARRAY_LEN(faults) - 1; f++) {
		struct touch_pair pairs[5];
		for (int i = 0; i < 5; i++) {
			pairs[i] = (struct touch_pair){touch_fit_apply(faults[f], s_targets[i]), s_targets[i]};
		}
		double found[6], expected[6];
		invert(faults[f], expected);
		assert_int_equal(touch_fit_pairs(pairs, 5, found), 0);
		assert_near(found, expected, 1e-9);
		assert_int_equal(touch_fit_pairs(pairs, 3, found), 0);
		assert_near(found, expected, 1e-9);
	}
	/* All of the panel in a twentieth of its range: no panel does that. */
	struct touch_pair pairs[5];
	for (int i = 0; i < 5; i++) {
		pairs[i] = (struct touch_pair){touch_fit_apply(faults[3], s_targets[i]), s_targets[i]};
	}
	double found[6];
	assert_int_equal(touch_fit_pairs(pairs, 5, found), -EDOM);
}

/* Fingers are not exact: the error is spread, and smaller than any finger's. */
static void fingers_are_not_exact(void **state)
{
	const double off[5][2] = {{0.01, -0.01}, {-0.01, 0.01}, {0.005, 0.01}, {-0.01, -0.005}, {0.01, 0}};
	struct touch_pair pairs[5];
	for (int i = 0; i < 5; i++) {
		struct md_point hit = {s_targets[i].x + off[i][0], s_targets[i].y + off[i][1]};
		pairs[i] = (struct touch_pair){touch_fit_apply(s_eight[1], hit), s_targets[i]};
	}
	double found[6], expected[6];
	invert(s_eight[1], expected);
	assert_int_equal(touch_fit_pairs(pairs, 5, found), 0);
	assert_near(found, expected, 0.02);
}

static void what_cannot_be_fitted(void **state)
{
	struct touch_pair line[5], same[5], one_missed[5], broken[5];
	for (int i = 0; i < 5; i++) {
		line[i] = (struct touch_pair){{0.1 * i, 0.2 * i}, s_targets[i]};
		same[i] = (struct touch_pair){{0.5, 0.5}, s_targets[i]};
		one_missed[i] = broken[i] = (struct touch_pair){s_targets[i], s_targets[i]};
	}
	one_missed[3].reported = (struct md_point){0.6, 0.5};
	broken[2].reported.y = INFINITY;
	double found[6] = {7};
	assert_int_equal(touch_fit_pairs(line, 5, found), -EDOM);
	assert_int_equal(touch_fit_pairs(same, 5, found), -EDOM);
	assert_int_equal(touch_fit_pairs(one_missed, 5, found), -EDOM);
	assert_int_equal(touch_fit_pairs(broken, 5, found), -EDOM);
	assert_int_equal(touch_fit_pairs(line, 2, found), -EDOM);
	assert_int_equal(touch_fit_pairs(NULL, 0, found), -EDOM);
	assert_true(found[0] == 7);
}

static void a_turn_and_back(void **state)
{
	const double matrix[6] = {0.9, 0.02, 0.05, -0.03, 1.1, -0.04};
	double turned[6], again[6];
	touch_fit_to_panel(matrix, 0, turned);
	assert_near(turned, matrix, 1e-12);
	for (int orientation = 90; orientation < 360; orientation += 90) {
		touch_fit_to_panel(matrix, orientation, turned);
		touch_fit_to_panel(turned, 360 - orientation, again);
		assert_near(again, matrix, 1e-12);
	}
	/* A panel's fault of a quarter is the same quarter whichever way it is held. */
	touch_fit_to_panel(s_eight[1], 90, turned);
	assert_near(turned, s_eight[1], 1e-12);
	touch_fit_to_panel(s_eight[4], 90, turned); /* but a mirror changes its axis */
	assert_near(turned, s_eight[5], 1e-12);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(swipes_tell_all_eight),   cmocka_unit_test(swipes_that_say_nothing),
	    cmocka_unit_test(five_targets_undo_any_fault), cmocka_unit_test(fingers_are_not_exact),
	    cmocka_unit_test(what_cannot_be_fitted),   cmocka_unit_test(a_turn_and_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
