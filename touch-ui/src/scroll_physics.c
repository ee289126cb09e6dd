#include <ui/scroll_physics.h>

#include <math.h>
#include <md/spring.h>

/* What is left of the way when a fling counts as over, in pixels (FEEL.md, End of a fling). */
#define REST_PX 0.05
/* The rubber band's stiffness (FEEL.md, Rubber band). */
#define BAND 0.55

/* v falls by this much a point travelled: v(x) = v0 − k·(x − x0). */
static double decay(double rate)
{
	return -1000 * log(rate);
}

double ui_decelerate_position(double x0, double v0, double rate, double t_s)
{
	double k = decay(rate);
	return x0 + v0 * (1 - exp(-k * t_s)) / k;
}

double ui_decelerate_velocity(double v0, double rate, double t_s)
{
	return v0 * exp(-decay(rate) * t_s);
}

double ui_decelerate_rest(double x0, double v0, double rate)
{
	return x0 + v0 / decay(rate);
}

double ui_decelerate_time_to(double x0, double v0, double rate, double x)
{
	double k = decay(rate);
	double left = 1 - (x - x0) * k / v0;
	if (v0 == 0 || left <= 0 || left > 1) {
		return x == x0 ? 0 : INFINITY;
	}
	return -log(left) / k;
}

double ui_decelerate_velocity_for(double x0, double rest, double rate)
{
	return (rest - x0) * decay(rate);
}

double ui_rubber_band(double overshoot, double length)
{
	if (length <= 0) {
		return 0;
	}
	double x = fabs(overshoot);
	double band = (1 - 1 / (x * BAND / length + 1)) * length;
	return copysign(band, overshoot);
}

double ui_rubber_band_inverse(double band, double length)
{
	double b = fabs(band);
	if (length <= 0 || b >= length) {
		return copysign(1e6, band);
	}
	return copysign(b * length / (BAND * (length - b)), band);
}

/* The bounce that the fling ends in: when it begins, at which edge, from where and how fast. */
struct bounce {
	bool happens;
	double begin_s, edge, x0, v0;
};

static struct bounce find_bounce(const struct ui_fling *fling)
{
	if (fling->x0 < fling->least) {
		return (struct bounce){true, 0, fling->least, fling->x0 - fling->least, fling->v0};
	}
	if (fling->x0 > fling->most) {
		return (struct bounce){true, 0, fling->most, fling->x0 - fling->most, fling->v0};
	}
	double edge = fling->v0 < 0 ? fling->least : fling->most;
	double rest = ui_decelerate_rest(fling->x0, fling->v0, fling->rate);
	if (fling->v0 == 0 || (rest >= fling->least && rest <= fling->most)) {
		return (struct bounce){0};
	}
	double at = ui_decelerate_time_to(fling->x0, fling->v0, fling->rate, edge);
	if (!isfinite(at)) {
		return (struct bounce){0};
	}
	return (struct bounce){true, at, edge, 0, ui_decelerate_velocity(fling->v0, fling->rate, at)};
}

bool ui_fling_position(const struct ui_fling *fling, double scale, double t_s, double *ret_x)
{
	double epsilon = REST_PX / scale;
	struct bounce bounce = find_bounce(fling);
	if (bounce.happens && t_s >= bounce.begin_s) {
		struct md_spring spring = md_spring_from_frequency(UI_SCROLL_BOUNCE_OMEGA, 1);
		double since = t_s - bounce.begin_s;
		if (since >= md_spring_settling_s(spring, bounce.x0, bounce.v0, epsilon)) {
			*ret_x = bounce.edge;
			return false;
		}
		*ret_x = bounce.edge + md_spring_displacement(spring, bounce.x0, bounce.v0, since);
		return true;
	}
	double x = ui_decelerate_position(fling->x0, fling->v0, fling->rate, t_s);
	double rest = ui_decelerate_rest(fling->x0, fling->v0, fling->rate);
	if (!bounce.happens && fabs(rest - x) < epsilon) {
		*ret_x = rest;
		return false;
	}
	*ret_x = x;
	return true;
}

double ui_fling_velocity(const struct ui_fling *fling, double t_s)
{
	struct bounce bounce = find_bounce(fling);
	if (bounce.happens && t_s >= bounce.begin_s) {
		struct md_spring spring = md_spring_from_frequency(UI_SCROLL_BOUNCE_OMEGA, 1);
		return md_spring_velocity(spring, bounce.x0, bounce.v0, t_s - bounce.begin_s);
	}
	return ui_decelerate_velocity(fling->v0, fling->rate, t_s);
}
