/* F138: gestures as a panel's events: as the kernel would send them, and where they should be. */
#include "test.h"

#include <math.h>
#include <string.h>

#include "panel_hand.h"

#define START_US 5000000

struct tally {
	int downs, ups, reports, mt_reports;
	int32_t slot, ids[PANEL_FINGERS], x, y;
};

static void count(struct tally *tally, const struct touch_panel *panel, const struct input_event *event)
{
	if (event->type == EV_SYN) {
		tally->reports += event->code == SYN_REPORT;
		tally->mt_reports += event->code == SYN_MT_REPORT;
	} else if (event->type == EV_ABS && event->code == ABS_MT_SLOT) {
		assert_in_range(event->value, 0, panel->slots - 1);
		assert_true(event->value != tally->slot); /* the kernel says it only when it changes */
		tally->slot = event->value;
	} else if (event->type == EV_ABS && event->code == ABS_MT_TRACKING_ID) {
		assert_true((event->value < 0) != (tally->ids[tally->slot] < 0));
		tally->ids[tally->slot] = event->value;
		tally->downs += event->value >= 0;
		tally->ups += event->value < 0;
	} else if (event->type == EV_ABS && (event->code == ABS_MT_POSITION_X || event->code == ABS_X)) {
		assert_in_range(event->value, panel->x.min, panel->x.max);
		tally->x = event->value;
	} else if (event->type == EV_ABS && (event->code == ABS_MT_POSITION_Y || event->code == ABS_Y)) {
		assert_in_range(event->value, panel->y.min, panel->y.max);
		tally->y = event->value;
	} else if (event->type == EV_KEY && panel->slots == 0) {
		assert_int_equal(event->code, BTN_TOUCH);
		tally->downs += event->value == 1;
		tally->ups += event->value == 0;
	}
}

static struct tally play(const struct touch_panel *panel, enum panel_gesture gesture)
{
	static struct input_event events[PANEL_EVENTS_MAX];
	struct panel_hand hand = {.panel = panel, .now_us = START_US, .events = events, .max = PANEL_EVENTS_MAX};
	panel_hand_play(&hand, gesture);
	assert_in_range(hand.count, 3, PANEL_EVENTS_MAX);
	struct tally tally = {0};
	memset(tally.ids, -1, sizeof(tally.ids));
	for (size_t i = 0; i < hand.count; i++) {
		count(&tally, panel, &events[i]);
		int64_t at_us = (int64_t)events[i].input_event_sec * 1000000 + events[i].input_event_usec;
		int64_t interval_us = panel_interval_us(panel);
		assert_int_equal((at_us - START_US) % interval_us, 0);
	}
	assert_true(events[hand.count - 1].type == EV_SYN && events[hand.count - 1].code == SYN_REPORT);
	return tally;
}

static void downs_equal_ups(void **state)
{
	for (size_t i = 0; i < TOUCH_PANEL_COUNT; i++) {
		const struct touch_panel *panel = g_touch_panels[i];
		for (enum panel_gesture gesture = 0; gesture < PANEL_GESTURES; gesture++) {
			struct tally tally = play(panel, gesture);
			struct panel_stroke strokes[2];
			int expected = panel_gesture_strokes(gesture, strokes);
			if (panel->flags & TOUCH_PANEL_PROTOCOL_A) {
				assert_true(tally.mt_reports >= tally.reports);
				continue;
			}
			expected = panel->slots == 0 ? 1 : expected;
			assert_int_equal(tally.downs, expected);
			assert_int_equal(tally.ups, expected);
		}
	}
}

static void it_ends_where_the_stroke_ends(void **state)
{
	for (size_t i = 0; i < TOUCH_PANEL_COUNT; i++) {
		const struct touch_panel *panel = g_touch_panels[i];
		struct tally tally = play(panel, PANEL_DRAG);
		struct panel_stroke strokes[2];
		panel_gesture_strokes(PANEL_DRAG, strokes);
		/* One step of the axis is the most that can be lost. */
		double x = panel_axis_px(&panel->x, tally.x, 1), y = panel_axis_px(&panel->y, tally.y, 1);
		assert_true(fabs(x - strokes[0].x1) <= 1.0 / (panel->x.max - panel->x.min + 1) + 1e-9);
		assert_true(fabs(y - strokes[0].y1) <= 1.0 / (panel->y.max - panel->y.min + 1) + 1e-9);
	}
}

static void a_full_buffer_is_told(void **state)
{
	struct input_event events[4];
	struct panel_hand hand = {.panel = &panel_ft5x06, .now_us = START_US, .events = events, .max = 4};
	panel_hand_play(&hand, PANEL_TAP);
	assert_true(hand.count > hand.max);
}

static void the_axis_ends_are_reached(void **state)
{
	for (size_t i = 0; i < TOUCH_PANEL_COUNT; i++) {
		const struct touch_panel_axis *x = &g_touch_panels[i]->x;
		assert_int_equal(panel_axis_value(x, -0.5), x->min);
		assert_int_equal(panel_axis_value(x, 0), x->min);
		assert_int_equal(panel_axis_value(x, 1), x->max);
		assert_int_equal(panel_axis_value(x, 7), x->max);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(downs_equal_ups),
	    cmocka_unit_test(it_ends_where_the_stroke_ends),
	    cmocka_unit_test(a_full_buffer_is_told),
	    cmocka_unit_test(the_axis_ends_are_reached),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
