#include "panel_hand.h"

#include <math.h>
#include <string.h>

int64_t panel_interval_us(const struct touch_panel *panel)
{
	return panel->interval_us > 0 ? panel->interval_us : PANEL_RATE_NOT_KNOWN_US;
}

int32_t panel_axis_value(const struct touch_panel_axis *axis, double place)
{
	double range = (double)axis->max - axis->min + 1;
	int32_t value = axis->min + (int32_t)floor(place * range);
	return value < axis->min ? axis->min : value > axis->max ? axis->max : value;
}

double panel_axis_px(const struct touch_panel_axis *axis, int32_t value, double n_px)
{
	return ((double)value - axis->min) * n_px / ((double)axis->max - axis->min + 1);
}

/* --- Events ----------------------------------------------------------------------------------- */

static void send(struct panel_hand *hand, uint16_t type, uint16_t code, int32_t value)
{
	if (hand->count < hand->max) {
		struct input_event *event = &hand->events[hand->count];
		memset(event, 0, sizeof(*event));
		event->input_event_sec = hand->now_us / 1000000;
		event->input_event_usec = hand->now_us % 1000000;
		event->type = type;
		event->code = code;
		event->value = value;
	}
	hand->count++;
}

static void send_slot(struct panel_hand *hand, int number)
{
	if (hand->slot != number) {
		hand->slot = number;
		send(hand, EV_ABS, ABS_MT_SLOT, number);
	}
}

/* The first finger once more as a pointer, as the kernel does it. */
static void send_pointer(struct panel_hand *hand)
{
	bool any = false;
	for (int i = 0; i < PANEL_FINGERS && !any; i++) {
		any = hand->fingers[i].down;
	}
	if (any != hand->button && !(hand->panel->flags & TOUCH_PANEL_NO_BUTTON)) {
		send(hand, EV_KEY, BTN_TOUCH, any);
	}
	hand->button = any;
	if (!hand->fingers[0].down || (hand->panel->flags & TOUCH_PANEL_PROTOCOL_A)) {
		return;
	}
	if (hand->fingers[0].x != hand->x) {
		hand->x = hand->fingers[0].x;
		send(hand, EV_ABS, ABS_X, hand->x);
	}
	if (hand->fingers[0].y != hand->y) {
		hand->y = hand->fingers[0].y;
		send(hand, EV_ABS, ABS_Y, hand->y);
	}
	if (hand->panel->slots == 0 && hand->panel->pressure_max > 0) {
		send(hand, EV_ABS, ABS_PRESSURE, hand->panel->pressure_max / 2);
	}
}

/* Protocol B: only what changed, slot by slot. */
static bool send_slots(struct panel_hand *hand, const struct panel_finger *const wanted[PANEL_FINGERS])
{
	size_t before = hand->count;
	const struct touch_panel *panel = hand->panel;
	for (int i = 0; i < PANEL_FINGERS; i++) {
		if (wanted[i] == NULL) {
			if (hand->fingers[i].down) {
				send_slot(hand, i);
				send(hand, EV_ABS, ABS_MT_TRACKING_ID, -1);
			}
			continue;
		}
		int32_t x = panel_axis_value(&panel->x, wanted[i]->x), y = panel_axis_value(&panel->y, wanted[i]->y);
		bool is_new = !hand->fingers[i].down;
		if (is_new) {
			send_slot(hand, i);
			send(hand, EV_ABS, ABS_MT_TRACKING_ID, ++hand->last_id);
		}
		if (is_new || x != hand->fingers[i].x) {
			send_slot(hand, i);
			send(hand, EV_ABS, ABS_MT_POSITION_X, x);
		}
		if (is_new || y != hand->fingers[i].y) {
			send_slot(hand, i);
			send(hand, EV_ABS, ABS_MT_POSITION_Y, y);
		}
		if (is_new && panel->major_max > 0) {
			send(hand, EV_ABS, ABS_MT_TOUCH_MAJOR, panel->major_max / 10);
		}
	}
	return hand->count != before;
}

/* Protocol A: all that are down, each time. */
static bool send_anonymous(struct panel_hand *hand, const struct panel_finger *const wanted[PANEL_FINGERS])
{
	bool any = false;
	for (int i = 0; i < PANEL_FINGERS; i++) {
		if (wanted[i] != NULL) {
			any = true;
			send(hand, EV_ABS, ABS_MT_TOUCH_MAJOR, hand->panel->major_max / 10);
			send(hand, EV_ABS, ABS_MT_POSITION_X, panel_axis_value(&hand->panel->x, wanted[i]->x));
			send(hand, EV_ABS, ABS_MT_POSITION_Y, panel_axis_value(&hand->panel->y, wanted[i]->y));
			send(hand, EV_SYN, SYN_MT_REPORT, 0);
		}
	}
	if (!any) {
		send(hand, EV_SYN, SYN_MT_REPORT, 0);
	}
	return true;
}

static void remember(struct panel_hand *hand, const struct panel_finger *const wanted[PANEL_FINGERS])
{
	for (int i = 0; i < PANEL_FINGERS; i++) {
		hand->fingers[i].down = wanted[i] != NULL;
		if (wanted[i] != NULL) {
			hand->fingers[i].x = panel_axis_value(&hand->panel->x, wanted[i]->x);
			hand->fingers[i].y = panel_axis_value(&hand->panel->y, wanted[i]->y);
		}
	}
}

void panel_hand_report(struct panel_hand *hand, const struct panel_finger *fingers, int count)
{
	const struct panel_finger *wanted[PANEL_FINGERS] = {NULL};
	bool single = hand->panel->slots == 0 && !(hand->panel->flags & TOUCH_PANEL_PROTOCOL_A);
	int most = single ? 1 : PANEL_FINGERS;
	for (int i = 0; i < count; i++) {
		if (fingers[i].number >= 0 && fingers[i].number < most) {
			wanted[fingers[i].number] = &fingers[i];
		}
	}
	size_t before = hand->count;
	if (hand->panel->flags & TOUCH_PANEL_PROTOCOL_A) {
		send_anonymous(hand, wanted);
	} else if (hand->panel->slots > 0) {
		send_slots(hand, wanted);
	}
	remember(hand, wanted);
	send_pointer(hand);
	if (hand->count != before) {
		if (hand->panel->flags & TOUCH_PANEL_TIMESTAMP) {
			send(hand, EV_MSC, MSC_TIMESTAMP, (int32_t)(hand->now_us & 0x7fffffff));
		}
		send(hand, EV_SYN, SYN_REPORT, 0);
	}
	hand->now_us += panel_interval_us(hand->panel);
}

/* --- Gestures --------------------------------------------------------------------------------- */

void panel_hand_stroke(struct panel_hand *hand, const struct panel_stroke *strokes, int count)
{
	int64_t began_us = hand->now_us;
	bool any = true;
	while (any) {
		struct panel_finger fingers[PANEL_FINGERS] = {{0}};
		int down = 0;
		int64_t at_us = hand->now_us - began_us;
		for (int i = 0; i < count && i < PANEL_FINGERS; i++) {
			const struct panel_stroke *stroke = &strokes[i];
			if (at_us > stroke->rest_us + stroke->move_us + stroke->hold_us) {
				continue;
			}
			double along = stroke->move_us > 0
				? ((double)at_us - (double)stroke->rest_us) / (double)stroke->move_us : 0;
			along = along < 0 ? 0 : along > 1 ? 1 : along;
			fingers[down++] = (struct panel_finger){i, stroke->x0 + along * (stroke->x1 - stroke->x0),
			                                        stroke->y0 + along * (stroke->y1 - stroke->y0)};
		}
		any = down > 0;
		panel_hand_report(hand, fingers, down);
	}
}

static const struct {
	const char *name;
	int count;
	struct panel_stroke strokes[2];
} s_gestures[PANEL_GESTURES] = {
	[PANEL_TAP] = {"tap", 1, {{0.5, 0.5, 0.5, 0.5, 80000, 0, 0}}},
	[PANEL_DRAG] = {"drag", 1, {{0.5, 0.7, 0.5, 0.4, 60000, 600000, 300000}}},
	[PANEL_FLING] = {"fling", 1, {{0.5, 0.8, 0.5, 0.3, 0, 250000, 0}}},
	[PANEL_TWO_FINGERS] = {"two fingers", 2,
	                       {{0.4, 0.5, 0.2, 0.5, 60000, 500000, 100000}, {0.6, 0.5, 0.8, 0.5, 60000, 500000, 100000}}},
	[PANEL_LONG_PRESS] = {"long press", 1, {{0.5, 0.5, 0.5, 0.5, 900000, 0, 0}}},
	[PANEL_EDGE_SWIPE] = {"edge swipe", 1, {{0.004, 0.5, 0.7, 0.5, 0, 400000, 0}}},
};

int panel_gesture_strokes(enum panel_gesture gesture, struct panel_stroke ret_strokes[2])
{
	memcpy(ret_strokes, s_gestures[gesture].strokes, sizeof(s_gestures[gesture].strokes));
	return s_gestures[gesture].count;
}

const char *panel_gesture_name(enum panel_gesture gesture)
{
	return s_gestures[gesture].name;
}

void panel_hand_play(struct panel_hand *hand, enum panel_gesture gesture)
{
	panel_hand_stroke(hand, s_gestures[gesture].strokes, s_gestures[gesture].count);
}
