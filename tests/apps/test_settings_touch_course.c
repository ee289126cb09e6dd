/* F118: the steps of a calibration: with any panel's fault it comes to the matrix that undoes it; what
 * a finger does wrong is noted and asked again. */
#include "test.h"

#include <math.h>
#include <string.h>

#include <os/base.h>

#include "touch_course.h"

static const double s_turned[6] = {0, 1, 0, -1, 0, 1}; /* a quarter, as a panel reports it */

static bool go(struct touch_course *course, const double fault[6], double x0, double y0, double x1, double y1)
{
	touch_course_down(course, touch_fit_apply(fault, (struct md_point){x0, y0}));
	for (int i = 1; i <= 4; i++) {
		touch_course_move(course, touch_fit_apply(fault, (struct md_point){x0 + (x1 - x0) * i / 4,
		                                                                   y0 + (y1 - y0) * i / 4}));
	}
	return touch_course_up(course, touch_fit_apply(fault, (struct md_point){x1, y1}));
}

static bool tap(struct touch_course *course, const double fault[6], double x, double y)
{
	return go(course, fault, x, y, x + 0.002, y - 0.001);
}

static void swipe_both(struct touch_course *course, const double fault[6])
{
	assert_true(go(course, fault, 0.3, 0.6, 0.7, 0.62));
	assert_int_equal(course->step, TOUCH_SWIPE_DOWN);
	assert_true(go(course, fault, 0.5, 0.3, 0.52, 0.7));
	assert_int_equal(course->step, TOUCH_TARGET);
}

static void any_fault_is_undone(void **state)
{
	const double faults[][6] = {{1, 0, 0, 0, 1, 0},     {0, -1, 1, 1, 0, 0},       {-1, 0, 1, 0, -1, 1},
	                            {0, 1, 0, -1, 0, 1},    {-1, 0, 1, 0, 1, 0},       {1, 0, 0, 0, -1, 1},
	                            {0, 1, 0, 1, 0, 0},     {0, -1, 1, -1, 0, 1},      {0.9, 0.02, 0.05, -0.03, 0.88, 0.08},
	                            {0.03, 0.85, 0.1, -0.9, 0.02, 0.93}};
	for (size_t f = 0; f < OS_ARRAY_LEN(faults); f++) {
		struct touch_course course;
		touch_course_begin(&course);
		swipe_both(&course, faults[f]);
		for (int i = 0; i < TOUCH_TARGETS; i++) {
			assert_int_equal(course.target, i);
			struct md_point at = touch_course_target(i);
			assert_true(tap(&course, faults[f], at.x, at.y));
			assert_int_equal(course.note, TOUCH_NOTE_NONE);
		}
		assert_int_equal(course.step, TOUCH_PREVIEW);
		struct md_point there = {0.37, 0.81};
		struct md_point hit = touch_fit_apply(course.matrix, touch_fit_apply(faults[f], there));
		assert_true(fabs(hit.x - there.x) < 0.005 && fabs(hit.y - there.y) < 0.005);
	}
}

static void swipes_are_asked_again(void **state)
{
	struct touch_course course;
	touch_course_begin(&course);
	assert_true(tap(&course, s_turned, 0.5, 0.5));
	assert_int_equal(course.note, TOUCH_NOTE_SWIPE);
	assert_int_equal(course.step, TOUCH_SWIPE_RIGHT);
	assert_true(go(&course, s_turned, 0.2, 0.2, 0.6, 0.6));
	assert_int_equal(course.note, TOUCH_NOTE_SWIPE);
	assert_true(go(&course, s_turned, 0.2, 0.5, 0.6, 0.5));
	assert_int_equal(course.note, TOUCH_NOTE_NONE);
	assert_int_equal(course.step, TOUCH_SWIPE_DOWN);
	assert_true(go(&course, s_turned, 0.2, 0.5, 0.6, 0.5)); /* right again */
	assert_int_equal(course.note, TOUCH_NOTE_AXIS);
	assert_int_equal(course.step, TOUCH_SWIPE_RIGHT);
}

static void targets_are_asked_again(void **state)
{
	struct touch_course course;
	touch_course_begin(&course);
	swipe_both(&course, s_turned);
	assert_true(tap(&course, s_turned, 0.5, 0.5));
	assert_int_equal(course.note, TOUCH_NOTE_MISSED);
	assert_int_equal(course.target, 0);
	assert_true(go(&course, s_turned, 0.12, 0.12, 0.3, 0.12));
	assert_int_equal(course.note, TOUCH_NOTE_MOVED);
	assert_true(tap(&course, s_turned, 0.12, 0.12));
	assert_int_equal(course.target, 1);
	assert_int_equal(course.note, TOUCH_NOTE_NONE);
	/* Four that fit, and one beside: all is begun again. */
	assert_true(tap(&course, s_turned, 0.88, 0.12));
	assert_true(tap(&course, s_turned, 0.5, 0.5));
	assert_true(tap(&course, s_turned, 0.12, 0.88));
	assert_true(tap(&course, s_turned, 0.7, 0.7));
	assert_int_equal(course.note, TOUCH_NOTE_UNFIT);
	assert_int_equal(course.step, TOUCH_SWIPE_RIGHT);
}

static void a_finger_taken_away_is_none(void **state)
{
	struct touch_course course;
	touch_course_begin(&course);
	touch_course_down(&course, (struct md_point){0.2, 0.5});
	touch_course_cancel(&course);
	touch_course_move(&course, (struct md_point){0.9, 0.5});
	assert_false(touch_course_up(&course, (struct md_point){0.9, 0.5}));
	assert_int_equal(course.step, TOUCH_SWIPE_RIGHT);
	assert_int_equal(course.note, TOUCH_NOTE_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(any_fault_is_undone),
	    cmocka_unit_test(swipes_are_asked_again),
	    cmocka_unit_test(targets_are_asked_again),
	    cmocka_unit_test(a_finger_taken_away_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
