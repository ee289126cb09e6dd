/* F48 in part: springs in closed form, with the velocity they are given. */
#include "test.h"

#include <math.h>

#include <md/spring.h>

/* The differential equation itself, m·x″ + c·x′ + k·x = 0, stepped by Runge and Kutta's classical
 * method with steps so small that its own error is under 1e-7. */
static void integrate(struct md_spring spring, double *x, double *v, double t)
{
	int steps = 20000;
	double h = t / steps;
	for (int i = 0; i < steps; i++) {
		double k1x = *v;
		double k1v = -(spring.damping * *v + spring.stiffness * *x) / spring.mass;
		double k2x = *v + h / 2 * k1v;
		double k2v =
		    -(spring.damping * k2x + spring.stiffness * (*x + h / 2 * k1x)) / spring.mass;
		double k3x = *v + h / 2 * k2v;
		double k3v =
		    -(spring.damping * k3x + spring.stiffness * (*x + h / 2 * k2x)) / spring.mass;
		double k4x = *v + h * k3v;
		double k4v =
		    -(spring.damping * k4x + spring.stiffness * (*x + h * k3x)) / spring.mass;
		*x += h / 6 * (k1x + 2 * k2x + 2 * k3x + k4x);
		*v += h / 6 * (k1v + 2 * k2v + 2 * k3v + k4v);
	}
}

static void follows_the_equation(void **state)
{
	const struct md_spring springs[] = {
	    MD_SPRING_DEFAULT,
	    md_spring_from_frequency(20, 1),
	    md_spring_from_frequency(22, 0.85),
	    md_spring_from_frequency(14, 1),
	    md_spring_from_frequency(10, 3),
	    {2, 300, 5},
	};
	for (size_t i = 0; i < OS_ARRAY_LEN(springs); i++) {
		for (double t = 0.05; t < 0.7; t += 0.15) {
			double x = -120;
			double v = 900;
			integrate(springs[i], &x, &v, t);
			assert_true(fabs(md_spring_displacement(springs[i], -120, 900, t) - x) <
				    1e-5);
			assert_true(fabs(md_spring_velocity(springs[i], -120, 900, t) - v) < 1e-3);
		}
	}
}

/* The closed forms of the textbook, each in its own case. */
static void critical_is_the_textbooks(void **state)
{
	struct md_spring spring = md_spring_from_frequency(14, 1);
	for (double t = 0; t < 1; t += 0.1) {
		double expected = (100 + (50 + 14 * 100) * t) * exp(-14 * t);
		assert_true(fabs(md_spring_displacement(spring, 100, 50, t) - expected) < 1e-9);
	}
}

static void the_cases_meet(void **state)
{
	for (double t = 0.01; t < 2; t += 0.07) {
		double under =
		    md_spring_displacement(md_spring_from_frequency(20, 1 - 1e-9), 100, -300, t);
		double critical =
		    md_spring_displacement(md_spring_from_frequency(20, 1), 100, -300, t);
		double over =
		    md_spring_displacement(md_spring_from_frequency(20, 1 + 1e-9), 100, -300, t);
		assert_true(fabs(under - critical) < 1e-6);
		assert_true(fabs(over - critical) < 1e-6);
	}
}

/* FEEL.md: a critically damped spring of ω 20 has gone 99 % after 0.33 s. */
static void a_push_is_nearly_there_after_a_third_of_a_second(void **state)
{
	double left = md_spring_displacement(md_spring_from_frequency(20, 1), 480, 0, 0.332);
	assert_true(left / 480 < 0.0101);
	assert_true(left / 480 > 0.009);
}

static void overdamped_does_not_overflow(void **state)
{
	double left = md_spring_displacement(md_spring_from_frequency(50, 20), 1000, 0, 1000);
	assert_true(isfinite(left) && fabs(left) < 1e-9);
}

static void settled_means_settled(void **state)
{
	const struct md_spring springs[] = {MD_SPRING_DEFAULT, md_spring_from_frequency(20, 1),
					    md_spring_from_frequency(22, 0.85),
					    md_spring_from_frequency(10, 4)};
	for (size_t i = 0; i < OS_ARRAY_LEN(springs); i++) {
		for (double v0 = -2000; v0 <= 2000; v0 += 1000) {
			double end = md_spring_settling_s(springs[i], 300, v0, 0.05);
			assert_true(end > 0 && end < 20);
			for (double t = end; t < end + 2; t += 0.01) {
				assert_true(fabs(md_spring_displacement(springs[i], 300, v0, t)) <=
					    0.05);
			}
		}
	}
	assert_true(md_spring_settling_s(springs[0], 0.01, 0, 0.05) == 0);
	assert_true(isinf(md_spring_settling_s((struct md_spring){1, 100, 0}, 1, 0, 0.05)));
}

static void made_from_what_people_say(void **state)
{
	struct md_spring spring = md_spring_from_response(0.5, 1);
	double omega = sqrt(spring.stiffness / spring.mass);
	assert_true(fabs(omega - 2 * M_PI / 0.5) < 1e-9);
	assert_true(fabs(spring.damping - 2 * omega) < 1e-9);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(follows_the_equation),
	    cmocka_unit_test(critical_is_the_textbooks),
	    cmocka_unit_test(the_cases_meet),
	    cmocka_unit_test(a_push_is_nearly_there_after_a_third_of_a_second),
	    cmocka_unit_test(overdamped_does_not_overflow),
	    cmocka_unit_test(settled_means_settled),
	    cmocka_unit_test(made_from_what_people_say),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
