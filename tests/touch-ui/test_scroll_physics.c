/* F71 (closed-form deceleration), F72 (rubber band, bounce): FEEL.md's formulas and its table. */
#include "test.h"

#include <math.h>

#include <ui/scroll_physics.h>

#define NEAR(a, b, epsilon) assert_true(fabs((a) - (b)) <= (epsilon))

/* v(t) = v0·d^t with t in ms; rest at x0 − v0/(1000·ln d), which FEEL.md gives as 0.4995·v0 and
 * 0.0995·v0. */
static void deceleration_is_the_formula(void **state)
{
	double v0 = 1834.5;
	for (int ms = 0; ms <= 4000; ms += 7) {
		double expected = 100 + v0 * (pow(0.998, ms) - 1) / (1000 * log(0.998));
		NEAR(ui_decelerate_position(100, v0, UI_SCROLL_RATE_NORMAL, ms / 1000.0), expected, 1e-9);
		NEAR(ui_decelerate_velocity(v0, UI_SCROLL_RATE_NORMAL, ms / 1000.0), v0 * pow(0.998, ms), 1e-9);
	}
	NEAR(ui_decelerate_rest(0, 1000, UI_SCROLL_RATE_NORMAL), 499.5, 0.1);
	NEAR(ui_decelerate_rest(0, 1000, UI_SCROLL_RATE_FAST), 99.5, 0.1);
}

static void velocity_and_way_are_each_others_inverse(void **state)
{
	double v0 = ui_decelerate_velocity_for(30, 700, UI_SCROLL_RATE_FAST);
	NEAR(ui_decelerate_rest(30, v0, UI_SCROLL_RATE_FAST), 700, 1e-9);
	double t = ui_decelerate_time_to(0, 1000, UI_SCROLL_RATE_NORMAL, 250);
	NEAR(ui_decelerate_position(0, 1000, UI_SCROLL_RATE_NORMAL, t), 250, 1e-9);
	assert_true(isinf(ui_decelerate_time_to(0, 1000, UI_SCROLL_RATE_NORMAL, 600)));
	assert_true(isinf(ui_decelerate_time_to(0, 1000, UI_SCROLL_RATE_NORMAL, -1)));
}

/* FEEL.md, Rubber band: D = 960. */
static void rubber_band_is_the_table(void **state)
{
	static const double table[][2] = {{5, 2.74}, {10, 5.47}, {100, 52.02}, {400, 178.98}, {960, 340.65}};
	for (size_t i = 0; i < OS_ARRAY_LEN(table); i++) {
		NEAR(ui_rubber_band(table[i][0], 960), table[i][1], 0.006);
		NEAR(ui_rubber_band(-table[i][0], 960), -table[i][1], 0.006);
		NEAR(ui_rubber_band_inverse(ui_rubber_band(table[i][0], 960), 960), table[i][0], 1e-6);
	}
	NEAR(ui_rubber_band(50, 0), 0, 0);
}

/* The bounce is x(t) = (x0 + (v0 + ω·x0)·t)·e^(−ω·t), ω = 14: a critically damped spring. */
static void fling_bounces_where_it_meets_the_edge(void **state)
{
	struct ui_fling fling = {.x0 = 900, .v0 = 1000, .rate = UI_SCROLL_RATE_NORMAL, .least = 0, .most = 1000};
	double at = ui_decelerate_time_to(900, 1000, UI_SCROLL_RATE_NORMAL, 1000);
	double v = 1000 - 2.002 * 100; /* v(x) = v0 − 2.002·(x − x0), FEEL.md */
	double x, t = at + 0.05;
	assert_true(ui_fling_position(&fling, 1, t, &x));
	NEAR(x, 1000 + v * 0.05 * exp(-14 * 0.05), 0.02);
	NEAR(ui_fling_velocity(&fling, at), v, 0.1);
	assert_false(ui_fling_position(&fling, 1, at + 3, &x));
	assert_true(x == 1000);
}

static void fling_from_beyond_the_edge_comes_back(void **state)
{
	struct ui_fling fling = {.x0 = -60, .v0 = 0, .rate = UI_SCROLL_RATE_NORMAL, .least = 0, .most = 1000};
	double before = -60, x;
	for (int i = 1; ui_fling_position(&fling, 1, i / 60.0, &x); i++) {
		assert_true(x > before && x <= 0);
		NEAR(x, (-60 - 14 * 60 * (i / 60.0)) * exp(-14 * i / 60.0), 1e-9);
		before = x;
	}
	assert_true(x == 0);
}

/* The same at every frame rate, and when ticks are dropped: a position depends on its time alone. */
static void frames_do_not_matter(void **state)
{
	struct ui_fling fling = {.x0 = 0, .v0 = 3000, .rate = UI_SCROLL_RATE_NORMAL, .least = 0, .most = 1e5};
	for (int i = 0; i < 360; i += 4) {
		double slow, fast;
		ui_fling_position(&fling, 1, i / 30.0, &slow);
		ui_fling_position(&fling, 1, (i * 4) / 120.0, &fast);
		assert_true(slow == fast);
	}
}

static void end_is_exact_and_near(void **state)
{
	struct ui_fling fling = {.x0 = 0, .v0 = 500, .rate = UI_SCROLL_RATE_NORMAL, .least = 0, .most = 1e5};
	double before = 0, x;
	for (int i = 1; ui_fling_position(&fling, 2, i / 120.0, &x); i++) {
		before = x;
	}
	assert_true(x == ui_decelerate_rest(0, 500, UI_SCROLL_RATE_NORMAL));
	assert_true(x - before < 0.05); /* px at scale 2 is 0.025 pt; a frame before it was not far */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(deceleration_is_the_formula),
		cmocka_unit_test(velocity_and_way_are_each_others_inverse),
		cmocka_unit_test(rubber_band_is_the_table),
		cmocka_unit_test(fling_bounces_where_it_meets_the_edge),
		cmocka_unit_test(fling_from_beyond_the_edge_comes_back),
		cmocka_unit_test(frames_do_not_matter),
		cmocka_unit_test(end_is_exact_and_near),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
