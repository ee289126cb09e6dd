#include <md/timing.h>

#include <math.h>

#define PRECISION 1e-7

/* A coordinate of the cubic Bézier 0, p1, p2, 1 at parameter t: 3(1-t)²t·p1 + 3(1-t)t²·p2 + t³,
 * collected by powers of t so that it takes three multiplications. */
static double bezier(double p1, double p2, double t)
{
	double c = 3 * p1;
	double b = 3 * (p2 - p1) - c;
	double a = 1 - c - b;
	return ((a * t + b) * t + c) * t;
}

static double bezier_slope(double p1, double p2, double t)
{
	double c = 3 * p1;
	double b = 3 * (p2 - p1) - c;
	double a = 1 - c - b;
	return (3 * a * t + 2 * b) * t + c;
}

/* The parameter at which x is reached. x(t) never falls while x1 and x2 are in 0…1, so a bracket
 * always holds it: Newton's step is taken while it stays inside, else the bracket is halved. */
static double solve(double x1, double x2, double x)
{
	double low = 0;
	double high = 1;
	double t = x;
	for (int i = 0; i < 64; i++) {
		double error = bezier(x1, x2, t) - x;
		if (fabs(error) < PRECISION / 10) {
			break;
		}
		if (error > 0) {
			high = t;
		} else {
			low = t;
		}
		double slope = bezier_slope(x1, x2, t);
		double next = slope > 1e-6 ? t - error / slope : low;
		t = next > low && next < high ? next : (low + high) / 2;
	}
	return t;
}

double md_curve_at(struct md_curve curve, double progress)
{
	if (!(progress > 0)) {
		return 0;
	}
	if (progress >= 1) {
		return 1;
	}
	if (curve.x1 == curve.y1 && curve.x2 == curve.y2) {
		return progress;
	}
	double x1 = OS_CLAMP(curve.x1, 0, 1);
	double x2 = OS_CLAMP(curve.x2, 0, 1);
	return bezier(curve.y1, curve.y2, solve(x1, x2, progress));
}
