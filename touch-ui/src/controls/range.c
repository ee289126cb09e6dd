#include "range.h"

#include <assert.h>
#include <linux/input-event-codes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define PAGE 4 /* nudges of a page key */

void range_init(struct range *range)
{
	*range = (struct range){.limits = {.most = 1}};
}

bool range_set(struct range *range, double value)
{
	if (isnan(value)) {
		return false;
	}
	value = value_range_clamp(&range->limits, value);
	bool changed = value != range->value;
	range->value = value;
	return changed;
}

bool range_set_limits(struct range *range, double minimum, double maximum, double step)
{
	assert(minimum < maximum && step >= 0);
	range->limits = (struct value_range){minimum, maximum, step};
	return range_set(range, range->value);
}

double range_fraction(const struct range *range)
{
	return value_range_share(&range->limits, range->value);
}

bool range_set_fraction(struct range *range, double fraction)
{
	return range_set(range, value_range_at_share(&range->limits, fraction));
}

bool range_nudge(struct range *range, int steps)
{
	return range_set(range, value_range_nudge(&range->limits, range->value, steps));
}

bool range_key(struct range *range, const struct ui_key_event *event, bool rtl, bool *ret_changed)
{
	*ret_changed = false;
	switch (event->key) {
	case KEY_RIGHT:
	case KEY_LEFT: {
		bool up = (event->key == KEY_RIGHT) != rtl;
		*ret_changed = event->down && range_nudge(range, up ? 1 : -1);
		return true;
	}
	case KEY_UP:
	case KEY_DOWN:
		*ret_changed = event->down && range_nudge(range, event->key == KEY_UP ? 1 : -1);
		return true;
	case KEY_PAGEUP:
	case KEY_PAGEDOWN:
		*ret_changed = event->down && range_nudge(range, event->key == KEY_PAGEUP ? PAGE : -PAGE);
		return true;
	case KEY_HOME:
	case KEY_END:
		*ret_changed = event->down && range_set_fraction(range, event->key == KEY_END);
		return true;
	default:
		return false;
	}
}

bool range_action(struct range *range, const char *action, bool *ret_changed)
{
	bool up = strcmp(action, "increment") == 0;
	*ret_changed = false;
	if (!up && strcmp(action, "decrement") != 0) {
		return false;
	}
	*ret_changed = range_nudge(range, up ? 1 : -1);
	return true;
}

const char *range_describe(const struct range *range, char ret_text[RANGE_TEXT])
{
	const struct value_range *limits = &range->limits;
	bool whole = limits->step >= 1 && limits->step == floor(limits->step) && limits->least == floor(limits->least);
	if (whole) {
		snprintf(ret_text, RANGE_TEXT, "%.0f", range->value);
	} else {
		snprintf(ret_text, RANGE_TEXT, "%.0f %%", range_fraction(range) * 100);
	}
	return ret_text;
}
