/* Range: the number behind a slider or a dial, with its keys and its words. Private.
 *
 *	range_init(&state->range);                    0 to 1, no steps, at 0
 *	if (range_set(&state->range, 0.4)) { ui_view_set_needs_draw(view); }
 *
 * A value is always one that value_range.h allows, whatever it is set to. */
#ifndef UI_SRC_CONTROLS_RANGE_H
#define UI_SRC_CONTROLS_RANGE_H

#include <ui/touch.h>

#include "value_range.h"

#define RANGE_TEXT 32

struct range {
	struct value_range limits;
	double value;
};

void range_init(struct range *range);
/* minimum < maximum, step >= 0; true if that moved the value. */
bool range_set_limits(struct range *range, double minimum, double maximum, double step);
/* True if it is another value now; what is not a number changes nothing. */
bool range_set(struct range *range, double value);
/* 0 at the minimum, 1 at the maximum; and the way back, clamped and stepped. */
double range_fraction(const struct range *range);
bool range_set_fraction(struct range *range, double fraction);
/* So many steps up or down: its own, or a twentieth of the way where it has none. */
bool range_nudge(struct range *range, int steps);
/* Arrows, page keys, home and end: true if it is a key of ranges, *ret_changed whether it moved.
 * Left and right are swapped from right to left. */
bool range_key(struct range *range, const struct ui_key_event *event, bool rtl, bool *ret_changed);
/* "increment" and "decrement" of accessibility, in the same way. */
bool range_action(struct range *range, const char *action, bool *ret_changed);
/* As it is read out: "40 %", or the number itself where it has steps of whole numbers. */
const char *range_describe(const struct range *range, char ret_text[RANGE_TEXT]);

#endif
