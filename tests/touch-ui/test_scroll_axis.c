/* F71 to F73: one axis of a scroller: drag, release, repeated flings, catching a bounce, pages. */
#include "test.h"

#include <math.h>

#include "scroll_view_private.h"

#define NEAR(a, b, epsilon) assert_true(fabs((a) - (b)) <= (epsilon))

static struct scroll_axis make(double content, double length)
{
	struct scroll_axis axis = {0};
	scroll_axis_set_range(&axis, content, length, 0, 0);
	return axis;
}

static void release(struct scroll_axis *axis, double velocity)
{
	struct scroll_release how = {.velocity = velocity, .at_us = 0, .rate = UI_SCROLL_RATE_NORMAL};
	scroll_axis_release(axis, &how);
}

static void content_follows_the_finger(void **state)
{
	struct scroll_axis axis = make(5000, 800);
	scroll_axis_begin_drag(&axis, 0);
	scroll_axis_drag(&axis, -120);
	NEAR(axis.offset, 120, 1e-9);
	scroll_axis_drag(&axis, 80); /* 80 pt beyond the top */
	NEAR(axis.offset, -ui_rubber_band(80, 800), 1e-9);
}

static void slow_release_rests(void **state)
{
	struct scroll_axis axis = make(5000, 800);
	scroll_axis_begin_drag(&axis, 0);
	scroll_axis_drag(&axis, -120);
	release(&axis, 49); /* FEEL.md: limits 50…8000 pt/s */
	assert_int_equal(axis.mode, SCROLL_REST);
	assert_true(axis.offset == 120);
}

static void fast_release_is_capped(void **state)
{
	struct scroll_axis axis = make(1e6, 800);
	scroll_axis_begin_drag(&axis, 0);
	release(&axis, 20000);
	NEAR(scroll_axis_velocity(&axis, 0), 8000, 1e-9);
}

/* min(0.000816·v^1.967, 40000) is added if the new fling goes the same way and is at least half. */
static void repeated_flings_add_up(void **state)
{
	struct scroll_axis axis = make(1e6, 800);
	scroll_axis_begin_drag(&axis, 0);
	release(&axis, 4000);
	double old = scroll_axis_velocity(&axis, 100000);
	scroll_axis_begin_drag(&axis, 100000);
	release(&axis, 3000);
	NEAR(scroll_axis_velocity(&axis, 0), 3000 + 0.000816 * pow(old, 1.967), 1e-6);

	scroll_axis_begin_drag(&axis, 100000);
	release(&axis, -3000); /* the other way: nothing is added */
	NEAR(scroll_axis_velocity(&axis, 0), -3000, 1e-9);
}

static void rested_finger_adds_nothing(void **state)
{
	struct scroll_axis axis = make(1e6, 800);
	scroll_axis_begin_drag(&axis, 0);
	release(&axis, 4000);
	scroll_axis_begin_drag(&axis, 100000);
	struct scroll_release how = {.velocity = 3000, .rate = UI_SCROLL_RATE_NORMAL, .rested = true};
	scroll_axis_release(&axis, &how);
	NEAR(scroll_axis_velocity(&axis, 0), 3000, 1e-9);
}

static void catching_a_bounce_does_not_jump(void **state)
{
	struct scroll_axis axis = make(5000, 800);
	scroll_axis_begin_drag(&axis, 0);
	scroll_axis_drag(&axis, 200);
	release(&axis, 0);
	scroll_axis_step(&axis, 1, 60000);
	double where = axis.offset;
	assert_true(where < 0);
	scroll_axis_begin_drag(&axis, 60000);
	scroll_axis_drag(&axis, 0);
	NEAR(axis.offset, where, 1e-9);
}

static void overstretched_release_has_the_contents_velocity(void **state)
{
	struct scroll_axis axis = make(5000, 800);
	scroll_axis_begin_drag(&axis, 0);
	scroll_axis_drag(&axis, 200);
	release(&axis, -1000);
	double slope = (ui_rubber_band(200.001, 800) - ui_rubber_band(199.999, 800)) / 0.002;
	NEAR(scroll_axis_velocity(&axis, 0), -1000 * slope, 0.01);
}

static void pages_end_at_pages(void **state)
{
	struct scroll_axis axis = make(4000, 800);
	scroll_axis_begin_drag(&axis, 0);
	scroll_axis_drag(&axis, -300);
	struct scroll_release how = {.velocity = 900, .rate = UI_SCROLL_RATE_NORMAL, .page = 800};
	scroll_axis_release(&axis, &how);
	for (int i = 0; scroll_axis_step(&axis, 1, i * 16667); i++) {
		assert_true(i < 600);
	}
	NEAR(axis.offset, 800, 1e-6);
}

static void short_content_stays(void **state)
{
	struct scroll_axis axis = make(300, 800);
	assert_true(axis.least == 0 && axis.most == 0);
	scroll_axis_begin_drag(&axis, 0);
	scroll_axis_drag(&axis, -100);
	release(&axis, 1000);
	while (scroll_axis_step(&axis, 1, 5000000)) {
	}
	assert_true(axis.offset == 0);
}

/* Content that is at its beginning stays there when the bar above grows; elsewhere it does not move. */
static void the_beginning_stays_the_beginning(void **state)
{
	struct scroll_axis axis = make(5000, 800);
	scroll_axis_set_range(&axis, 5000, 800, 120, 0);
	assert_true(axis.offset == -120);
	scroll_axis_set_range(&axis, 5000, 800, 68, 0);
	assert_true(axis.offset == -68);
	axis.offset = 300;
	scroll_axis_set_range(&axis, 5000, 800, 120, 0);
	assert_true(axis.offset == 300);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(content_follows_the_finger),
		cmocka_unit_test(slow_release_rests),
		cmocka_unit_test(fast_release_is_capped),
		cmocka_unit_test(repeated_flings_add_up),
		cmocka_unit_test(rested_finger_adds_nothing),
		cmocka_unit_test(catching_a_bounce_does_not_jump),
		cmocka_unit_test(overstretched_release_has_the_contents_velocity),
		cmocka_unit_test(pages_end_at_pages),
		cmocka_unit_test(short_content_stays),
		cmocka_unit_test(the_beginning_stays_the_beginning),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
