#include <md/spring.h>

#include <math.h>

/* With a = c/2m and ω² = k/m, the solution of m·x″ + c·x′ + k·x = 0 is
 *
 *	x(t) = e^(−at) · (x0·C(t) + (v0 + a·x0)·S(t))
 *	v(t) = e^(−at) · (v0·C(t) − (a·v0 + ω²·x0)·S(t))
 *
 * with q = a² − ω² and C = cos(√−q·t), S = sin(√−q·t)/√−q when q < 0 (underdamped), the hyperbolic
 * ones when q > 0 (overdamped), and 1 and t between them (critical). Any textbook on oscillators;
 * e.g. Feynman's Lectures I, 24-3. */
struct terms {
	double c, s;
}; /* C and S, each times e^(−at) */

static double damping_rate(struct md_spring spring)
{
	return spring.damping / (2 * spring.mass);
}

static double omega_squared(struct md_spring spring)
{
	return spring.stiffness / spring.mass;
}

static struct terms terms_at(struct md_spring spring, double t)
{
	double a = damping_rate(spring);
	double q = a * a - omega_squared(spring);
	double z = q * t * t;
	if (fabs(z) < 1e-4) {
		/* The series that cos and cosh share, so that the three cases meet without a step. */
		double decay = exp(-a * t);
		return (struct terms){decay * (1 + z / 2 + z * z / 24),
				      decay * t * (1 + z / 6 + z * z / 120)};
	}
	if (q < 0) {
		double decay = exp(-a * t);
		double frequency = sqrt(-q);
		return (struct terms){decay * cos(frequency * t),
				      decay * sin(frequency * t) / frequency};
	}
	/* Two exponentials and not cosh, which overflows where e^(−at) vanishes. */
	double root = sqrt(q);
	double slow = exp((root - a) * t);
	double fast = exp((-root - a) * t);
	return (struct terms){(slow + fast) / 2, (slow - fast) / (2 * root)};
}

struct md_spring md_spring_from_frequency(double omega, double damping_ratio)
{
	return (struct md_spring){1, omega * omega, 2 * damping_ratio * omega};
}

struct md_spring md_spring_from_response(double response_s, double damping_ratio)
{
	return md_spring_from_frequency(2 * M_PI / response_s, damping_ratio);
}

double md_spring_displacement(struct md_spring spring, double x0, double v0, double t_s)
{
	struct terms terms = terms_at(spring, t_s);
	return x0 * terms.c + (v0 + damping_rate(spring) * x0) * terms.s;
}

double md_spring_velocity(struct md_spring spring, double x0, double v0, double t_s)
{
	struct terms terms = terms_at(spring, t_s);
	return v0 * terms.c - (damping_rate(spring) * v0 + omega_squared(spring) * x0) * terms.s;
}

/* A bound of |x(t)|. */
static double envelope(struct md_spring spring, double x0, double v0, double t)
{
	double a = damping_rate(spring);
	double q = a * a - omega_squared(spring);
	double impulse = v0 + a * x0;
	if (q < 0 && -q > 1e-6 * a * a) {
		return exp(-a * t) * sqrt(x0 * x0 + impulse * impulse / -q);
	}
	struct terms terms = terms_at(spring, t);
	return fabs(x0) * fabs(terms.c) + fabs(impulse) * fabs(terms.s);
}

double md_spring_settling_s(struct md_spring spring, double x0, double v0, double epsilon)
{
	double a = damping_rate(spring);
	if (!(a > 0) || !(spring.stiffness > 0) || !(epsilon > 0)) {
		return INFINITY;
	}
	if (fabs(x0) < epsilon && v0 == 0) {
		return 0;
	}
	/* An underdamped bound falls from the start, the others' after 1/(slowest rate) at the latest. */
	double q = a * a - omega_squared(spring);
	double slowest = q > 0 ? a - sqrt(q) : a;
	double low = q < 0 && -q > 1e-6 * a * a ? 0 : 1 / slowest;
	double high = 1 / slowest;
	while (envelope(spring, x0, v0, high) >= epsilon) {
		high *= 2;
		if (!(high < 1e6)) {
			return INFINITY;
		}
	}
	for (int i = 0; i < 60; i++) {
		double middle = (low + high) / 2;
		if (envelope(spring, x0, v0, middle) >= epsilon) {
			low = middle;
		} else {
			high = middle;
		}
	}
	return high;
}
