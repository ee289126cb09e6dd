/* F63, F64: fingers as samples: resampled to the tick, at most 8 ms ahead; five at once. F136 */
#include "hand.h"

#include <math.h>

static struct ui_touch *with_samples(double step_ms, int count)
{
	struct md_touch down = {.time_us = 0, .position = {0, 0}};
	struct ui_touch *touch = ui_touch_create(&down);
	for (int i = 1; i < count; i++) {
		int64_t at_us = (int64_t)(i * step_ms * 1000);
		ui_touch_add_sample(touch, at_us, (struct md_point){(double)at_us / 1000, 0});
	}
	return touch;
}

static void between_and_beyond(void **state)
{
	struct ui_touch *touch = with_samples(10, 4); /* the last one at 30 ms, 30 pt */
	assert_true(fabs(ui_touch_resample(touch, 25000).x - 25) < 1e-9);
	assert_true(fabs(ui_touch_resample(touch, 30000).x - 30) < 1e-9);
	assert_true(fabs(ui_touch_resample(touch, 35000).x - 35) < 1e-9);
	assert_true(fabs(ui_touch_resample(touch, 45000).x - 38) < 1e-9); /* 8 ms ahead, no more */
	assert_true(fabs(ui_touch_resample(touch, 56000).x - 30) < 1e-9); /* it rests */
	ui_touch_destroy(touch);
}

static void one_sample_is_where_it_is(void **state)
{
	struct ui_touch *touch = with_samples(10, 1);
	assert_true(ui_touch_resample(touch, 5000).x == 0);
	ui_touch_destroy(touch);
}

static void pairs_too_close_say_nothing(void **state)
{
	struct ui_touch *touch = with_samples(1, 5);
	assert_true(ui_touch_resample(touch, 10000).x == 4);
	ui_touch_destroy(touch);
}

static void the_newest_samples_are_kept(void **state)
{
	struct ui_touch *touch = with_samples(4, 100);
	struct ui_touch_sample samples[100];
	int count = ui_touch_samples(touch, samples, 100);
	assert_int_equal(count, UI_TOUCH_SAMPLES);
	assert_int_equal(samples[count - 1].time_us, 99 * 4000);
	assert_int_equal(ui_touch_samples(touch, samples, 2), 2);
	assert_int_equal(samples[1].time_us, 99 * 4000);
	ui_touch_destroy(touch);
}

static void five_fingers_each_to_its_view(void **state)
{
	struct hand hand;
	struct ui_view *views[5];
	hand_begin(&hand, &device_gaming, 500, 100);
	for (int i = 0; i < 5; i++) {
		views[i] = ear_create((struct md_rect){i * 100, 0, 100, 100});
		ui_view_add(hand.root, views[i]);
		hand_down(&hand, i, i * 100 + 50, 50);
	}
	assert_int_equal(ui_window_touch_count(hand.window), 5);
	for (int i = 0; i < 5; i++) {
		hand_move(&hand, i, i * 100 + 50, 80, 40);
		hand_up(&hand, i);
		assert_string_equal(ear_of(views[i])->heard, "began moved ended ");
	}
	hand_end(&hand);
}

static void a_lost_up_is_made_up_for(void **state)
{
	struct hand hand;
	hand_begin(&hand, &device_gaming, 500, 100);
	struct ui_view *view = ear_create((struct md_rect){0, 0, 500, 100});
	ui_view_add(hand.root, view);
	hand_down(&hand, 0, 50, 50);
	hand_down(&hand, 0, 60, 50);
	hand_up(&hand, 0);
	hand_up(&hand, 0);
	assert_string_equal(ear_of(view)->heard, "began cancelled began ended ");
	hand_down(&hand, 0, 60, 50);
	ui_window_cancel_touches(hand.window);
	assert_int_equal(ear_of(view)->count[UI_TOUCH_CANCELLED], 2);
	hand_end(&hand);
}

static void fingers_that_there_are_not(void **state)
{
	struct hand hand;
	hand_begin(&hand, &device_gaming, 500, 100);
	struct md_touch touches[] = {
	    {.finger = -1}, {.finger = 10}, {.finger = 3, .phase = MD_TOUCH_MOVE}};
	ui_window_touches(hand.window, touches, 3);
	assert_int_equal(ui_window_touch_count(hand.window), 0);
	hand_end(&hand);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(between_and_beyond),
	    cmocka_unit_test(one_sample_is_where_it_is),
	    cmocka_unit_test(pairs_too_close_say_nothing),
	    cmocka_unit_test(the_newest_samples_are_kept),
	    cmocka_unit_test(five_fingers_each_to_its_view),
	    cmocka_unit_test(a_lost_up_is_made_up_for),
	    cmocka_unit_test(fingers_that_there_are_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
