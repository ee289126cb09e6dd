/* One axis of a scroller as a value.
 *
 *	rest ──drag──→ drag ──release──→ fling ──(deceleration, bounce)──→ rest
 *	  └──glide──→ glide ──→ rest         └──caught by a finger──→ drag
 */
#include <math.h>

#include <md/timing.h>

#include "scroll_view_private.h"

/* FEEL.md, Fling velocity and Repeated flings. */
#define LEAST_VELOCITY 50.0
#define MOST_VELOCITY 8000.0
#define REPEAT_FACTOR 0.000816
#define REPEAT_POWER 1.967
#define REPEAT_MOST 40000.0
#define GLIDE_US 300000

static double seconds(int64_t from_us, int64_t to_us)
{
	return (double)(to_us - from_us) / 1e6;
}

void scroll_axis_set_range(struct scroll_axis *axis, double content, double length, double inset_start,
                           double inset_end)
{
	/* What is at its beginning stays there when a bar grows or comes. */
	bool at_start = axis->mode == SCROLL_REST && axis->offset <= axis->least;
	axis->length = length;
	axis->least = -inset_start;
	axis->most = OS_MAX(axis->least, content + inset_end - length);
	if (at_start) {
		axis->offset = axis->least;
	} else if (axis->mode == SCROLL_REST) {
		axis->offset = OS_CLAMP(axis->offset, axis->least, axis->most);
	} else if (axis->mode == SCROLL_FLING) {
		axis->fling.least = axis->least;
		axis->fling.most = axis->most;
	}
}

/* The offset that, banded, is where the content is now: so that catching a bounce does not jump. */
static double unbanded(const struct scroll_axis *axis)
{
	if (axis->offset < axis->least) {
		return axis->least + ui_rubber_band_inverse(axis->offset - axis->least, axis->length);
	}
	if (axis->offset > axis->most) {
		return axis->most + ui_rubber_band_inverse(axis->offset - axis->most, axis->length);
	}
	return axis->offset;
}

double scroll_axis_velocity(const struct scroll_axis *axis, int64_t now_us)
{
	return axis->mode == SCROLL_FLING ? ui_fling_velocity(&axis->fling, seconds(axis->began_us, now_us)) : 0;
}

void scroll_axis_begin_drag(struct scroll_axis *axis, int64_t now_us)
{
	if (axis->mode != SCROLL_DRAG) {
		axis->caught_velocity = scroll_axis_velocity(axis, now_us);
	}
	axis->mode = SCROLL_DRAG;
	axis->drag_base = unbanded(axis);
}

void scroll_axis_drag(struct scroll_axis *axis, double translation)
{
	double x = axis->drag_base - translation;
	if (x < axis->least) {
		x = axis->least + ui_rubber_band(x - axis->least, axis->length);
	} else if (x > axis->most) {
		x = axis->most + ui_rubber_band(x - axis->most, axis->length);
	}
	axis->offset = x;
}

static double repeated(const struct scroll_axis *axis, double velocity, bool rested)
{
	double old = axis->caught_velocity;
	bool same_way = old * velocity > 0 && fabs(velocity) >= fabs(old) / 2;
	if (!same_way || rested) {
		return velocity;
	}
	double added = OS_MIN(REPEAT_FACTOR * pow(fabs(old), REPEAT_POWER), REPEAT_MOST);
	return velocity + copysign(added, velocity);
}

/* While it is overstretched the content moves slower than the finger: by the band's derivative. */
static double content_velocity(const struct scroll_axis *axis, double velocity)
{
	double overshoot = axis->offset < axis->least  ? axis->least - axis->offset
	                   : axis->offset > axis->most ? axis->offset - axis->most
	                                               : 0;
	if (overshoot == 0) {
		return velocity;
	}
	double x = fabs(ui_rubber_band_inverse(overshoot, axis->length));
	double denominator = x * 0.55 / axis->length + 1;
	return velocity * 0.55 / (denominator * denominator);
}

static double paged_velocity(const struct scroll_axis *axis, double velocity, const struct scroll_release *release)
{
	/* Where it would have rested without pages says which page the finger meant. */
	double rest = ui_decelerate_rest(axis->offset, velocity, UI_SCROLL_RATE_NORMAL);
	double from = round(axis->drag_base / release->page);
	double page = OS_CLAMP(round(rest / release->page), from - 1, from + 1);
	double target = OS_CLAMP(page * release->page, axis->least, axis->most);
	return ui_decelerate_velocity_for(axis->offset, target, UI_SCROLL_RATE_FAST);
}

void scroll_axis_release(struct scroll_axis *axis, const struct scroll_release *release)
{
	double velocity = fabs(release->velocity) < LEAST_VELOCITY ? 0 : release->velocity;
	velocity = OS_CLAMP(velocity, -MOST_VELOCITY, MOST_VELOCITY);
	bool outside = axis->offset < axis->least || axis->offset > axis->most;
	if (outside) {
		velocity = content_velocity(axis, velocity);
	} else if (release->page > 0) {
		velocity = paged_velocity(axis, velocity, release);
	} else {
		velocity = repeated(axis, velocity, release->rested);
	}
	axis->caught_velocity = 0;
	if (velocity == 0 && !outside) {
		axis->mode = SCROLL_REST;
		return;
	}
	axis->mode = SCROLL_FLING;
	axis->began_us = release->at_us;
	double rate = release->page > 0 ? UI_SCROLL_RATE_FAST : release->rate;
	axis->fling = (struct ui_fling){axis->offset, velocity, rate, axis->least, axis->most};
}

void scroll_axis_shift(struct scroll_axis *axis, double by)
{
	axis->offset += by;
	axis->drag_base += by;
	axis->fling.x0 += by;
	axis->from += by;
	axis->to += by;
}

void scroll_axis_glide(struct scroll_axis *axis, double to, int64_t now_us)
{
	axis->mode = SCROLL_GLIDE;
	axis->from = axis->offset;
	axis->to = OS_CLAMP(to, axis->least, axis->most);
	axis->began_us = now_us;
}

bool scroll_axis_step(struct scroll_axis *axis, double scale, int64_t now_us)
{
	double t_s = OS_MAX(seconds(axis->began_us, now_us), 0);
	switch (axis->mode) {
	case SCROLL_REST:
		return false;
	case SCROLL_DRAG:
		return true;
	case SCROLL_FLING:
		if (!ui_fling_position(&axis->fling, scale, t_s, &axis->offset)) {
			axis->mode = SCROLL_REST;
			return false;
		}
		return true;
	case SCROLL_GLIDE:
		break;
	}
	double progress = OS_MIN(t_s * 1e6 / GLIDE_US, 1);
	axis->offset = axis->from + (axis->to - axis->from) * md_curve_at(MD_CURVE_IN_OUT, progress);
	if (progress >= 1) {
		axis->offset = axis->to;
		axis->mode = SCROLL_REST;
		return false;
	}
	return true;
}
