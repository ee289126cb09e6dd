/* The values that a slider or a dial can have, and what fingers, keys and readers make of them.
 * Private.
 *
 *	struct value_range range = {.least = 0, .most = 100, .step = 5};
 *	value = value_range_clamp(&range, 33);       35
 *	value = value_range_nudge(&range, value, 1); 40: an arrow key, "increment"
 */
#ifndef UI_SRC_CONTROLS_VALUE_RANGE_H
#define UI_SRC_CONTROLS_VALUE_RANGE_H

struct value_range {
	double least, most; /* most may be equal to least: one value */
	double step;        /* from least on; 0: any value */
};

/* The nearest value that it can have. NaN is the least. */
double value_range_clamp(const struct value_range *range, double value);
/* Where a value lies, 0 to 1, and back; of a range of one value it is 0. */
double value_range_share(const struct value_range *range, double value);
double value_range_at_share(const struct value_range *range, double share);
/* Steps on, or back: those of the range, or a twentieth of it where any value will do. */
double value_range_nudge(const struct value_range *range, double value, int steps);

#endif
