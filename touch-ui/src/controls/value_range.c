#include "value_range.h"

#include <math.h>

#define NUDGES 20.0

double value_range_clamp(const struct value_range *range, double value)
{
	if (!(value > range->least)) {
		return range->least; /* NaN too */
	}
	if (value >= range->most) {
		return range->most; /* even if no whole number of steps leads there */
	}
	if (range->step <= 0) {
		return value;
	}
	double stepped = range->least + round((value - range->least) / range->step) * range->step;
	return fmin(stepped, range->most);
}

double value_range_share(const struct value_range *range, double value)
{
	double length = range->most - range->least;
	return length > 0 ? fmin(fmax((value - range->least) / length, 0), 1) : 0;
}

double value_range_at_share(const struct value_range *range, double share)
{
	return value_range_clamp(range, range->least + share * (range->most - range->least));
}

double value_range_nudge(const struct value_range *range, double value, int steps)
{
	double step = range->step > 0 ? range->step : (range->most - range->least) / NUDGES;
	return value_range_clamp(range, value + steps * step);
}
