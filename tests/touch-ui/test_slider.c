/* F82, F84: a slider under fingers on every touchscreen, in a scroller, from right to left, with keys. */
#include "hand.h"

#include <linux/input-event-codes.h>
#include <math.h>

/* The thumb's middle goes from 13 to 187 of the slider's 200 points. */
#define LEFT 13.0
#define WAY 174.0

struct room {
	struct hand hand;
	struct ui_view *slider;
	int changes, releases;
};

static void did_change(void *context, struct ui_view *view)
{
	((struct room *)context)->changes++;
}

static void did_release(void *context, struct ui_view *view)
{
	((struct room *)context)->releases++;
}

static void enter(struct room *room, const struct device *device)
{
	memset(room, 0, sizeof(*room));
	hand_begin(&room->hand, device, 400, 800);
	room->slider = ui_slider_create(0.5);
	ui_view_set_frame(room->slider, (struct md_rect){100, 100, 200, 44});
	ui_control_add_action(room->slider, UI_CONTROL_VALUE_CHANGED, did_change, room);
	ui_control_add_action(room->slider, UI_CONTROL_RELEASED, did_release, room);
}

static void show(struct room *room)
{
	ui_view_add(room->hand.root, room->slider);
	ui_window_lay_out(room->hand.window);
}

static bool is_near(double value, double wanted, const struct device *device)
{
	return fabs(value - wanted) <= (device->grain + 0.01) / WAY;
}

static void the_thumb_follows_the_finger(const struct device *device)
{
	struct room room;
	enter(&room, device);
	show(&room);
	hand_down(&room.hand, 0, 200, 122); /* on the thumb */
	hand_move(&room.hand, 0, 200 + WAY / 4, 122, 200);
	hand_wait(&room.hand, 200);
	assert_true(is_near(ui_slider_value(room.slider), 0.75, device));
	assert_true(room.changes > 1);
	ui_slider_set_value(room.slider, 0); /* a setting that comes back late */
	assert_true(is_near(ui_slider_value(room.slider), 0.75, device));
	hand_move(&room.hand, 0, 390, 122, 200); /* beyond its end */
	hand_wait(&room.hand, 200);
	assert_true(ui_slider_value(room.slider) == 1);
	assert_int_equal(room.releases, 1); /* 44 points out of it */
	hand_move(&room.hand, 0, 200, 122, 200);
	hand_wait(&room.hand, 200);
	hand_up(&room.hand, 0);
	assert_true(is_near(ui_slider_value(room.slider), 0.5, device));
	assert_int_equal(room.releases, 2);
	hand_end(&room.hand);
}

static void a_drag_beside_the_thumb_moves_it_by_as_much(const struct device *device)
{
	struct room room;
	enter(&room, device);
	show(&room);
	hand_down(&room.hand, 0, 120, 122);
	hand_move(&room.hand, 0, 140, 122, 100);
	hand_wait(&room.hand, 200);
	double began = ui_slider_value(room.slider);
	assert_true(began >= 0.5 && began < 0.62);
	hand_move(&room.hand, 0, 140 - WAY / 4, 122, 300);
	hand_wait(&room.hand, 200);
	hand_up(&room.hand, 0);
	double way = ui_slider_value(room.slider) - began;
	assert_true(fabs(way + 0.25) <= 2 * (device->grain + 0.01) / WAY);
	hand_end(&room.hand);
}

static void a_tap_sets_it_there(const struct device *device)
{
	struct room room;
	enter(&room, device);
	show(&room);
	hand_tap(&room.hand, 100 + LEFT + WAY / 4, 122);
	assert_true(is_near(ui_slider_value(room.slider), 0.25, device));
	assert_int_equal(room.changes, 1);
	ui_control_set_disabled(room.slider, true);
	hand_tap(&room.hand, 280, 122);
	assert_true(is_near(ui_slider_value(room.slider), 0.25, device));
	hand_end(&room.hand);
}

static void a_cancelled_drag_puts_it_back(const struct device *device)
{
	struct room room;
	enter(&room, device);
	show(&room);
	hand_down(&room.hand, 0, 200, 122);
	hand_move(&room.hand, 0, 260, 122, 200);
	hand_cancel(&room.hand, 0);
	assert_true(ui_slider_value(room.slider) == 0.5);
	assert_true(room.changes > 1);
	hand_end(&room.hand);
}

static struct ui_view *put_in_scroller(struct room *room)
{
	struct ui_view *scroller = ui_scroll_view_create();
	ui_view_set_frame(scroller, (struct md_rect){0, 0, 400, 800});
	ui_scroll_view_set_axis(scroller, UI_SCROLL_AXIS_VERTICAL);
	ui_scroll_view_set_content_size(scroller, (struct md_size){400, 2000});
	ui_view_add(scroller, room->slider);
	ui_view_add(room->hand.root, scroller);
	ui_window_lay_out(room->hand.window);
	return scroller;
}

static void along_it_the_scroller_stays_and_across_it_scrolls(const struct device *device)
{
	struct room room;
	enter(&room, device);
	struct ui_view *scroller = put_in_scroller(&room);
	hand_down(&room.hand, 0, 200, 122);
	hand_move(&room.hand, 0, 200 + WAY / 4, 124, 300);
	hand_move(&room.hand, 0, 200 + WAY / 4, 220, 300); /* and now down, as thumbs do */
	hand_wait(&room.hand, 200);
	assert_false(ui_scroll_view_is_dragging(scroller));
	hand_up(&room.hand, 0);
	assert_true(fabs(ui_slider_value(room.slider) - 0.75) < 2.5 * (device->grain + 0.01) / WAY + 0.001);
	double before = ui_slider_value(room.slider);
	hand_down(&room.hand, 0, 250, 122);
	hand_move(&room.hand, 0, 252, 40, 300);
	hand_wait(&room.hand, 200);
	assert_true(ui_scroll_view_is_dragging(scroller));
	assert_true(ui_slider_value(room.slider) == before);
	hand_up(&room.hand, 0);
	hand_end(&room.hand);
}

static void from_right_to_left_it_grows_to_the_left(void **state)
{
	struct room room;
	enter(&room, &device_gaming);
	struct ui_appearance appearance = {.text_size = 3, .scale = 1, .rtl = true};
	ui_window_configure(room.hand.window, (struct md_size){400, 800}, (struct md_insets){0}, &appearance);
	show(&room);
	hand_tap(&room.hand, 100 + LEFT + WAY / 4, 122);
	assert_true(is_near(ui_slider_value(room.slider), 0.75, &device_gaming));
	const struct ui_key_event left = {.key = KEY_LEFT, .down = true, .text = ""};
	assert_true(ui_responder_key(room.slider, &left));
	assert_true(is_near(ui_slider_value(room.slider), 0.8, &device_gaming));
	hand_end(&room.hand);
}

static void keys_and_readers_move_it_and_a_disabled_one_stays(void **state)
{
	struct room room;
	enter(&room, &device_gaming);
	ui_slider_set_range(room.slider, 0, 10, 1);
	ui_slider_set_value(room.slider, 4);
	show(&room);
	const struct ui_key_event up = {.key = KEY_UP, .down = true, .text = ""};
	assert_true(ui_responder_key(room.slider, &up));
	assert_true(ui_slider_value(room.slider) == 5);
	assert_int_equal(room.changes, 1);
	ui_control_set_disabled(room.slider, true);
	assert_false(ui_responder_key(room.slider, &up));
	assert_true(ui_slider_value(room.slider) == 5);
	hand_end(&room.hand);
}

static void its_target_is_44_points_high(void **state)
{
	struct ui_view *slider = ui_slider_create(0);
	ui_slider_set_symbols(slider, "sun", "sun-fill");
	struct md_size size = ui_view_size_that_fits(slider, (struct md_size){300, MD_UNBOUNDED});
	assert_true(size.width == 300 && size.height == 44);
	os_release(slider);
}

static void on_every_device(void **state)
{
	void (*const fns[])(const struct device *device) = {
	    the_thumb_follows_the_finger,  a_drag_beside_the_thumb_moves_it_by_as_much,
	    a_tap_sets_it_there,           a_cancelled_drag_puts_it_back,
	    along_it_the_scroller_stays_and_across_it_scrolls,
	};
	for (size_t i = 0; i < OS_ARRAY_LEN(fns); i++) {
		for (size_t k = 0; k < DEVICE_COUNT; k++) {
			fns[i](g_devices[k]);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(on_every_device),
	    cmocka_unit_test(from_right_to_left_it_grows_to_the_left),
	    cmocka_unit_test(keys_and_readers_move_it_and_a_disabled_one_stays),
	    cmocka_unit_test(its_target_is_44_points_high),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
