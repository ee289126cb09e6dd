/* F46, F48, F49: what is changed inside ui_animate moves, in the compositor, and can be taken
 * over. */
#include "screen.h"

#include <math.h>
#include <ui/view_animation.h>

#include "view_layer.h"

#define RED 0xff0000

struct change {
	struct ui_view *view;
	struct md_rect frame;
	double opacity;
	int done;
	bool finished;
};

static void move(void *context)
{
	struct change *change = context;
	ui_view_set_frame(change->view, change->frame);
	ui_view_set_opacity(change->view, change->opacity);
}

static void done(void *context, bool finished)
{
	struct change *change = context;
	change->done++;
	change->finished = finished;
}

static struct ui_view *box_on(struct screen *screen)
{
	struct ui_view *page = ui_view_create(), *box = ui_view_create();
	ui_view_set_frame(box, (struct md_rect){0, 100, 50, 50});
	ui_view_set_background_rgb(box, md_color_hex(RED));
	ui_view_add(page, box);
	screen_show(screen, page);
	return box;
}

static double shown_x(struct screen *screen, struct ui_view *view)
{
	screen->scene->window->now_us = os_clock_now_us();
	return ui_view_convert(view, (struct md_point){0, 0}, NULL).x;
}

static const struct ui_animation s_second = {.duration_us = 1000000, .curve = MD_CURVE_LINEAR};

static void it_moves_and_is_flat_again(void **state)
{
	struct screen screen;
	screen_begin(&screen);
	struct ui_view *box = box_on(&screen);
	struct change change = {box, {400, 100, 50, 50}, 1, 0, false};
	ui_animate(&s_second, move, &change, done);
	assert_true(ui_view_frame(box).x == 400); /* the model is there at once */
	screen_step(&screen, 32);
	double x = shown_x(&screen, box);
	assert_true(x > 180 && x < 220);
	assert_int_equal(screen_pixel(&screen, (int)x + 25, 120), RED);
	assert_int_equal(screen_pixel(&screen, 425, 120), 0xffffff);
	assert_int_equal(change.done, 0);
	/* A finger finds it where it is seen. */
	assert_ptr_equal(
	    ui_view_hit_test(screen.scene->window->root, (struct md_point){x + 25, 120}), box);
	uint64_t ticks = screen_counts(&screen).ticks;
	screen_step(&screen, 40);
	assert_true(screen_counts(&screen).ticks <= ticks + 2); /* the compositor does it alone */
	assert_int_equal(change.done, 1);
	assert_true(change.finished);
	assert_null(view_part(box)->layer);
	assert_int_equal(screen_pixel(&screen, 425, 120), RED);
	assert_int_equal(screen_pixel(&screen, 25, 120), 0xffffff);
	screen_end(&screen);
}

static void several_properties_are_one_block(void **state)
{
	struct screen screen;
	screen_begin(&screen);
	struct ui_view *box = box_on(&screen);
	struct change change = {box, {100, 200, 80, 50}, 0.5, 0, false};
	ui_animate(&s_second, move, &change, done);
	screen_step(&screen, 10);
	assert_int_equal(view_part(box)->animation_count, 3); /* position, size, opacity */
	screen_step(&screen, 60);
	assert_int_equal(change.done, 1);
	screen_end(&screen);
}

static void taken_over_it_does_not_jump(void **state)
{
	struct screen screen;
	screen_begin(&screen);
	struct ui_view *box = box_on(&screen);
	struct change there = {box, {400, 100, 50, 50}, 1, 0, false};
	struct change back = {box, {0, 100, 50, 50}, 1, 0, false};
	struct ui_animation spring = {.is_spring = true, .spring = md_spring_from_frequency(10, 1)};
	ui_animate(&s_second, move, &there, done);
	screen_step(&screen, 30);
	double before = shown_x(&screen, box);
	ui_animate(&spring, move, &back, done);
	screen_step(&screen, 1);
	assert_int_equal(there.done, 1);
	assert_false(there.finished);
	double after = shown_x(&screen, box);
	assert_true(fabs(after - before) < 20 &&
		    after > before - 5); /* it goes on before it turns */
	screen_step(&screen, 120);
	assert_int_equal(back.done, 1);
	assert_true(back.finished);
	assert_int_equal(screen_pixel(&screen, 25, 120), RED);
	screen_end(&screen);
}

static void stopped_it_stays_where_it_is_seen(void **state)
{
	struct screen screen;
	screen_begin(&screen);
	struct ui_view *box = box_on(&screen);
	struct change change = {box, {400, 100, 50, 50}, 1, 0, false};
	ui_animate(&s_second, move, &change, done);
	screen_step(&screen, 30);
	double x = shown_x(&screen, box);
	ui_view_stop_animations(box);
	assert_int_equal(change.done, 1);
	assert_false(change.finished);
	assert_true(fabs(ui_view_frame(box).x - x) < 1e-6);
	screen_step(&screen, 30);
	assert_true(fabs(shown_x(&screen, box) - x) < 1e-6);
	screen_end(&screen);
}

static void views_go_while_they_move(void **state)
{
	struct screen screen;
	screen_begin(&screen);
	struct ui_view *box = box_on(&screen);
	struct change change = {box, {400, 100, 50, 50}, 1, 0, false};
	ui_animate(&s_second, move, &change, done);
	screen_step(&screen, 10);
	ui_view_remove(box);
	assert_int_equal(change.done, 1);
	assert_false(change.finished);
	screen_step(&screen, 90);
	assert_int_equal(change.done, 1);
	screen_end(&screen);
}

static void nothing_to_move_is_done_at_once(void **state)
{
	struct screen screen;
	screen_begin(&screen);
	struct ui_view *box = box_on(&screen);
	struct change change = {box, ui_view_frame(box), 1, 0, false};
	ui_animate(&s_second, move, &change, done);
	assert_int_equal(change.done, 1);
	struct ui_view *alone = ui_view_create(); /* in no window */
	struct change elsewhere = {alone, {10, 10, 10, 10}, 1, 0, false};
	ui_animate(&s_second, move, &elsewhere, done);
	assert_int_equal(elsewhere.done, 1);
	assert_true(ui_view_frame(alone).x == 10);
	os_release(alone);
	screen_end(&screen);
}

static void a_delay_waits_where_it_was(void **state)
{
	struct screen screen;
	screen_begin(&screen);
	struct ui_view *box = box_on(&screen);
	struct change change = {box, {400, 100, 50, 50}, 1, 0, false};
	struct ui_animation late = s_second;
	late.delay_us = 500000;
	ui_animate(&late, move, &change, done);
	screen_step(&screen, 20);
	assert_int_equal(screen_pixel(&screen, 25, 120), RED);
	screen_step(&screen, 90);
	assert_int_equal(screen_pixel(&screen, 425, 120), RED);
	assert_int_equal(change.done, 1);
	screen_end(&screen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(it_moves_and_is_flat_again),
	    cmocka_unit_test(several_properties_are_one_block),
	    cmocka_unit_test(taken_over_it_does_not_jump),
	    cmocka_unit_test(stopped_it_stays_where_it_is_seen),
	    cmocka_unit_test(views_go_while_they_move),
	    cmocka_unit_test(nothing_to_move_is_done_at_once),
	    cmocka_unit_test(a_delay_waits_where_it_was),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
