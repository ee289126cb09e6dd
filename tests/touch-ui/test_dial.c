/* F82, F84: a dial under fingers on every touchscreen, in a scroller, with keys; and how it looks. */
#include "typist.h"

#include <math.h>

#include "controls/dial_turn.h"
#include "window_private.h"

#define SIDE 240.0
#define RADIUS (SIDE / 2 - 24) /* of the ring's line */
#define CX 200.0
#define CY 300.0

struct room {
	struct hand hand;
	struct ui_view *dial;
	int changes, releases;
	double largest_step, last;
};

static void did_change(void *context, struct ui_view *view)
{
	struct room *room = context;
	room->changes++;
	room->largest_step = fmax(room->largest_step, fabs(ui_dial_value(view) - room->last));
	room->last = ui_dial_value(view);
}

static void did_release(void *context, struct ui_view *view)
{
	((struct room *)context)->releases++;
}

static void enter_without_showing(struct room *room, const struct device *device, double value)
{
	memset(room, 0, sizeof(*room));
	hand_begin(&room->hand, device, 400, 800);
	room->dial = ui_dial_create(value);
	room->last = value;
	ui_view_set_frame(room->dial, (struct md_rect){CX - SIDE / 2, CY - SIDE / 2, SIDE, SIDE});
	ui_control_add_action(room->dial, UI_CONTROL_VALUE_CHANGED, did_change, room);
	ui_control_add_action(room->dial, UI_CONTROL_RELEASED, did_release, room);
}

static void enter(struct room *room, const struct device *device, double value)
{
	enter_without_showing(room, device, value);
	ui_view_add(room->hand.root, room->dial);
	ui_window_lay_out(room->hand.window);
}

/* Along the ring, from one share to another, as a finger goes: in short straight lines. */
static void go_around(struct room *room, double from, double to, int64_t ms)
{
	const int parts = 24;
	for (int i = 1; i <= parts; i++) {
		struct md_point at = dial_turn_point((struct md_point){CX, CY}, RADIUS, from + (to - from) * i / parts);
		hand_move(&room->hand, 0, at.x, at.y, ms / parts);
	}
	hand_wait(&room->hand, 200);
}

static void down_at(struct room *room, double share)
{
	struct md_point at = dial_turn_point((struct md_point){CX, CY}, RADIUS, share);
	hand_down(&room->hand, 0, at.x, at.y);
}

/* What the grain of a touchscreen may cost, at both ends. */
static double grain_of(const struct device *device)
{
	return 2 * (device->grain + 0.01) / (RADIUS * DIAL_SWEEP_RAD);
}

static void the_thumb_follows_the_finger_around(const struct device *device)
{
	struct room room;
	enter(&room, device, 0.2);
	down_at(&room, 0.2);
	go_around(&room, 0.2, 0.8, 600);
	assert_true(fabs(ui_dial_value(room.dial) - 0.8) <= grain_of(device));
	assert_true(room.changes > 3);
	ui_dial_set_value(room.dial, 0); /* a setting that comes back late */
	assert_true(fabs(ui_dial_value(room.dial) - 0.8) <= grain_of(device));
	hand_up(&room.hand, 0);
	assert_true(fabs(ui_dial_value(room.dial) - 0.8) <= grain_of(device));
	assert_int_equal(room.releases, 1);
	int changes = room.changes;
	hand_wait(&room.hand, 1000);
	assert_int_equal(room.changes, changes); /* nothing goes on by itself */
	hand_end(&room.hand);
}

static void grabbed_anywhere_nothing_jumps(const struct device *device)
{
	struct room room;
	enter(&room, device, 0.5);
	down_at(&room, 0.05); /* far from the thumb */
	assert_int_equal(room.changes, 0);
	go_around(&room, 0.05, 0.15, 400);
	/* By as much, but for the 10 points that are swallowed and what came with them in one report. */
	double way = ui_dial_value(room.dial) - 0.5;
	assert_true(way > 0 && way <= 0.1 + grain_of(device));
	assert_true(room.largest_step < 0.1);
	hand_up(&room.hand, 0);
	hand_end(&room.hand);
}

static void a_tap_changes_nothing(const struct device *device)
{
	struct room room;
	enter(&room, device, 0.5);
	struct md_point at = dial_turn_point((struct md_point){CX, CY}, RADIUS, 0.9);
	hand_tap(&room.hand, at.x, at.y);
	hand_tap(&room.hand, CX, CY);
	assert_int_equal(room.changes, 0);
	assert_int_equal(room.releases, 2);
	hand_end(&room.hand);
}

static void inside_it_goes_up_and_down(const struct device *device)
{
	struct room room;
	enter(&room, device, 0.5);
	hand_down(&room.hand, 0, CX, CY);
	hand_move(&room.hand, 0, CX, CY - 20, 100);
	hand_wait(&room.hand, 200);
	double began = ui_dial_value(room.dial);
	assert_true(began >= 0.5 && began < 0.56);
	hand_move(&room.hand, 0, CX + 30, CY - 20 - RADIUS / 2, 300);
	hand_wait(&room.hand, 200);
	assert_true(fabs(ui_dial_value(room.dial) - began - 0.25) <= (device->grain + 0.01) / RADIUS);
	hand_move(&room.hand, 0, CX, CY + 400, 300);
	hand_wait(&room.hand, 200);
	assert_true(ui_dial_value(room.dial) == 0);
	hand_up(&room.hand, 0);
	hand_end(&room.hand);
}

static void past_an_end_it_stays(const struct device *device)
{
	struct room room;
	enter(&room, device, 0.9);
	down_at(&room, 0.9);
	go_around(&room, 0.9, 1.4, 800); /* on through the gap below: never round to 0 */
	assert_true(ui_dial_value(room.dial) == 1);
	assert_true(room.largest_step <= 0.1 + 1e-9);
	go_around(&room, 1.4, 1.1, 500); /* back: a fifth for the thumb to be met, then as much as it goes */
	assert_true(fabs(ui_dial_value(room.dial) - 0.9) <= 0.03 + 2 * grain_of(device));
	hand_up(&room.hand, 0);
	hand_end(&room.hand);
}

static void through_the_middle_it_stays(const struct device *device)
{
	struct room room;
	enter(&room, device, 0.5);
	down_at(&room, 0.5); /* at the top */
	hand_move(&room.hand, 0, CX, CY + RADIUS, 400); /* straight through */
	hand_wait(&room.hand, 200);
	hand_up(&room.hand, 0);
	assert_true(fabs(ui_dial_value(room.dial) - 0.5) <= grain_of(device));
	hand_end(&room.hand);
}

static void steps_are_kept_and_slow_turning_adds_up(const struct device *device)
{
	struct room room;
	enter(&room, device, 0);
	ui_dial_set_range(room.dial, 0, 100, 5);
	down_at(&room, 0);
	go_around(&room, 0, 0.5, 3000);
	assert_true(ui_dial_value(room.dial) == 50);
	assert_true(room.changes >= 10 && room.changes <= 14); /* one may be foretold, and taken back */
	hand_up(&room.hand, 0);
	hand_end(&room.hand);
}

static void a_cancelled_turn_puts_it_back(const struct device *device)
{
	struct room room;
	enter(&room, device, 0.5);
	down_at(&room, 0.5);
	go_around(&room, 0.5, 0.8, 300);
	hand_cancel(&room.hand, 0);
	assert_true(ui_dial_value(room.dial) == 0.5);
	hand_end(&room.hand);
}

static void disabled_in_the_middle_of_a_turn_it_stops(const struct device *device)
{
	struct room room;
	enter(&room, device, 0.5);
	down_at(&room, 0.5);
	go_around(&room, 0.5, 0.6, 300);
	ui_control_set_disabled(room.dial, true);
	double value = ui_dial_value(room.dial);
	go_around(&room, 0.6, 0.9, 300);
	hand_up(&room.hand, 0);
	assert_true(ui_dial_value(room.dial) == value);
	down_at(&room, 0.6);
	go_around(&room, 0.6, 0.9, 300);
	hand_up(&room.hand, 0);
	assert_true(ui_dial_value(room.dial) == value);
	hand_end(&room.hand);
}

static void in_a_scroller_it_turns_and_the_scroller_stays(const struct device *device)
{
	struct room room;
	enter_without_showing(&room, device, 0.25);
	struct ui_view *scroller = ui_scroll_view_create();
	ui_view_set_frame(scroller, (struct md_rect){0, 0, 400, 800});
	ui_scroll_view_set_axis(scroller, UI_SCROLL_AXIS_VERTICAL);
	ui_scroll_view_set_content_size(scroller, (struct md_size){400, 2000});
	ui_view_add(scroller, room.dial);
	ui_view_add(room.hand.root, scroller);
	ui_window_lay_out(room.hand.window);
	down_at(&room, 0.25); /* there the ring goes straight up */
	hand_wait(&room.hand, 150);
	go_around(&room, 0.25, 0.75, 600);
	assert_false(ui_scroll_view_is_dragging(scroller));
	hand_up(&room.hand, 0);
	assert_true(fabs(ui_dial_value(room.dial) - 0.75) <= 0.02 + grain_of(device));
	hand_end(&room.hand);
}

static void a_second_finger_is_not_heard(const struct device *device)
{
	struct room room;
	enter(&room, device, 0.5);
	down_at(&room, 0.5);
	hand_down(&room.hand, 1, CX - RADIUS, CY);
	hand_move(&room.hand, 1, CX, CY - RADIUS, 300);
	hand_up(&room.hand, 1);
	assert_true(ui_dial_value(room.dial) == 0.5);
	go_around(&room, 0.5, 0.6, 300);
	hand_up(&room.hand, 0);
	assert_true(fabs(ui_dial_value(room.dial) - 0.6) <= grain_of(device));
	hand_end(&room.hand);
}

/* --- Not by fingers ---------------------------------------------------------------------------------- */

static void keys_turn_it(void **state)
{
	struct room room;
	enter(&room, g_devices[0], 0.5);
	ui_dial_set_range(room.dial, 0, 1, 0.05);
	assert_true(ui_view_become_first_responder(room.dial));
	assert_true(press(&room.hand, KEY_RIGHT, 0));
	assert_true(fabs(ui_dial_value(room.dial) - 0.55) < 1e-9);
	press(&room.hand, KEY_DOWN, 0);
	press(&room.hand, KEY_DOWN, 0);
	assert_true(fabs(ui_dial_value(room.dial) - 0.45) < 1e-9);
	press(&room.hand, KEY_END, 0);
	assert_true(ui_dial_value(room.dial) == 1);
	assert_int_equal(room.changes, 4);
	assert_false(press(&room.hand, KEY_A, 0));
	ui_control_set_disabled(room.dial, true);
	assert_false(press(&room.hand, KEY_HOME, 0));
	hand_end(&room.hand);
}

static void it_tells_what_it_is(void **state)
{
	struct room room;
	struct ui_accessibility element = {.role = UI_ROLE_NONE};
	enter(&room, g_devices[0], 0.25);
	const struct ui_view_class *class = (const struct ui_view_class *)os_object_class(room.dial);
	class->accessibility(room.dial, &element);
	assert_int_equal(element.role, UI_ROLE_SLIDER);
	assert_string_equal(element.value, "25 %");
	assert_int_equal(element.action_count, 2);
	assert_true(class->perform_action(room.dial, "increment"));
	assert_true(fabs(ui_dial_value(room.dial) - 0.3) < 1e-9);
	assert_true(class->perform_action(room.dial, "decrement"));
	assert_false(class->perform_action(room.dial, "delete"));
	ui_dial_set_value(room.dial, NAN);
	assert_true(fabs(ui_dial_value(room.dial) - 0.25) < 1e-9);
	ui_dial_set_value(room.dial, 17);
	assert_true(ui_dial_value(room.dial) == 1);
	hand_end(&room.hand);
}

/* With more of it there is more of the tint, whichever way one reads. */
static void it_is_drawn_the_same_way_in_both_directions(void **state)
{
	int tinted[2][2];
	for (int rtl = 0; rtl < 2; rtl++) {
		struct room room;
		enter(&room, g_devices[0], 0.1);
		struct ui_appearance appearance = *ui_view_appearance(room.dial);
		appearance.rtl = rtl != 0;
		ui_dial_set_symbols(room.dial, "sun", "sun-fill");
		ui_dial_set_caption(room.dial, "Brightness");
		ui_window_configure(room.hand.window, (struct md_size){400, 800}, (struct md_insets){0}, &appearance);
		ui_window_lay_out(room.hand.window);
		tinted[rtl][0] = paint(&room.hand, rtl ? "dial-rtl-low" : "dial-low", 0x0b66e4);
		ui_dial_set_value(room.dial, 0.9);
		tinted[rtl][1] = paint(&room.hand, rtl ? "dial-rtl-high" : "dial-high", 0x0b66e4);
		hand_end(&room.hand);
	}
	assert_true(tinted[0][1] > tinted[0][0] + 2000);
	assert_int_equal(tinted[0][0], tinted[1][0]);
	assert_int_equal(tinted[0][1], tinted[1][1]);
}

/* --- On every touchscreen ------------------------------------------------------------------------------ */

static const struct {
	const char *name;
	void (*run)(const struct device *device);
} s_touch_tests[] = {
    {"the_thumb_follows_the_finger_around", the_thumb_follows_the_finger_around},
    {"grabbed_anywhere_nothing_jumps", grabbed_anywhere_nothing_jumps},
    {"a_tap_changes_nothing", a_tap_changes_nothing},
    {"inside_it_goes_up_and_down", inside_it_goes_up_and_down},
    {"past_an_end_it_stays", past_an_end_it_stays},
    {"through_the_middle_it_stays", through_the_middle_it_stays},
    {"steps_are_kept_and_slow_turning_adds_up", steps_are_kept_and_slow_turning_adds_up},
    {"a_cancelled_turn_puts_it_back", a_cancelled_turn_puts_it_back},
    {"disabled_in_the_middle_of_a_turn_it_stops", disabled_in_the_middle_of_a_turn_it_stops},
    {"in_a_scroller_it_turns_and_the_scroller_stays", in_a_scroller_it_turns_and_the_scroller_stays},
    {"a_second_finger_is_not_heard", a_second_finger_is_not_heard},
};

static void on_every_touchscreen(void **state)
{
	for (size_t t = 0; t < OS_ARRAY_LEN(s_touch_tests); t++) {
		for (size_t i = 0; i < DEVICE_COUNT; i++) {
			print_message("%s: %s\n", s_touch_tests[t].name, g_devices[i]->name);
			s_touch_tests[t].run(g_devices[i]);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(on_every_touchscreen),
	    cmocka_unit_test(keys_turn_it),
	    cmocka_unit_test(it_tells_what_it_is),
	    cmocka_unit_test(it_is_drawn_the_same_way_in_both_directions),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
