/* A mouse's wheel over scrollers: as far as they go, the inner one first, and nothing from nonsense.
 * F117 */
#include "screen.h"

#include <math.h>

#include "window_private.h"

static struct ui_view *tall(double height)
{
	struct ui_view *scroller = ui_scroll_view_create();
	ui_scroll_view_set_content_size(scroller, (struct md_size){480, height});
	return scroller;
}

static bool wheel(struct screen *screen, double x, double y, double by)
{
	bool moved = ui_window_scroll(screen->scene->window, (struct md_point){x, y},
				      (struct md_point){0, by});
	screen_step(screen, 2);
	return moved;
}

static void the_wheel_scrolls_to_the_ends(void **state)
{
	struct screen screen;
	screen_begin(&screen);
	struct ui_view *scroller = os_retain(tall(2000));
	screen_show(&screen, scroller);
	screen_step(&screen, 2);
	assert_true(wheel(&screen, 200, 400, 60));
	assert_true(ui_scroll_view_offset(scroller).y == 60);
	assert_false(ui_scroll_view_is_moving(scroller)); /* no fling */
	assert_true(wheel(&screen, 200, 400, 1e9));
	double most = ui_scroll_view_offset(scroller).y;
	assert_true(most > 1000 && most <= 2000);
	assert_false(wheel(&screen, 200, 400, 60)); /* it is at its end */
	assert_true(wheel(&screen, 200, 400, -1e9));
	assert_true(ui_scroll_view_offset(scroller).y <= 0);
	assert_false(wheel(&screen, -50, 400, 60)); /* nothing is there */
	assert_false(wheel(&screen, NAN, 400, 60));
	assert_false(wheel(&screen, 200, 400, INFINITY));
	assert_false(wheel(&screen, 200, 400, NAN));
	os_release(scroller);
	screen_end(&screen);
}

static void the_inner_one_goes_first(void **state)
{
	struct screen screen;
	screen_begin(&screen);
	struct ui_view *outer = os_retain(tall(3000)), *inner = os_retain(tall(1000));
	ui_view_add(outer, inner);
	screen_show(&screen, outer);
	screen_step(&screen, 1);
	ui_view_set_frame(inner, (struct md_rect){0, 0, 480, 300});
	screen_step(&screen, 2);
	ui_scroll_view_set_offset(outer, (struct md_point){0, 0}, false);
	ui_scroll_view_set_offset(inner, (struct md_point){0, 0}, false);
	screen_step(&screen, 2);
	assert_true(wheel(&screen, 200, 100, 100));
	assert_true(ui_scroll_view_offset(inner).y == 100);
	assert_true(ui_scroll_view_offset(outer).y == 0);
	assert_true(wheel(&screen, 200, 100, 5000)); /* to the inner one's end */
	assert_true(wheel(&screen, 200, 100, 50));
	assert_true(ui_scroll_view_offset(outer).y == 50);
	os_release(inner);
	os_release(outer);
	screen_end(&screen);
}

static void a_finger_that_drags_is_not_disturbed(void **state)
{
	struct screen screen;
	screen_begin(&screen);
	struct ui_view *scroller = os_retain(tall(2000));
	screen_show(&screen, scroller);
	screen_step(&screen, 2);
	screen_touch(&screen, OS_TOUCH_DOWN, 200, 600);
	screen_step(&screen, 1);
	for (int y = 590; y >= 500; y -= 10) {
		screen_touch(&screen, OS_TOUCH_MOVE, 200, y);
		screen_step(&screen, 1);
	}
	assert_true(ui_scroll_view_is_dragging(scroller));
	double before = ui_scroll_view_offset(scroller).y;
	assert_true(wheel(&screen, 200, 400, 300));
	assert_true(fabs(ui_scroll_view_offset(scroller).y - before) < 30);
	screen_touch(&screen, OS_TOUCH_UP, 200, 500);
	screen_step(&screen, 60);
	os_release(scroller);
	screen_end(&screen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_wheel_scrolls_to_the_ends),
	    cmocka_unit_test(the_inner_one_goes_first),
	    cmocka_unit_test(a_finger_that_drags_is_not_disturbed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
