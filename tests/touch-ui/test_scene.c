/* F64, F84, F86, F122: a scene on the compositor: frames, damage, layers, surfaces, what is
 * counted. F76 */
#include "screen.h"

#include "view_layer.h"

#define RED 0xff0000
#define GREEN 0x00ff00
#define BLUE 0x0000ff

static struct ui_view *plain(struct md_rect frame, uint32_t rgb)
{
	struct ui_view *view = ui_view_create();
	ui_view_set_frame(view, frame);
	ui_view_set_background_rgb(view, md_color_hex(rgb));
	return view;
}

struct drawn {
	int times;
	struct md_rect dirty;
	uint32_t rgb;
};

static void draw(struct ui_view *view, struct md_canvas *canvas, struct md_rect bounds,
		 void *context)
{
	struct drawn *drawn = context;
	drawn->times++;
	md_canvas_fill_rect(canvas, bounds, md_color_hex(drawn->rgb));
}

static struct ui_view *painted(struct md_rect frame, struct drawn *drawn)
{
	struct ui_view *view = ui_canvas_view_create(draw, drawn);
	ui_view_set_frame(view, frame);
	return view;
}

static void the_first_frame_is_whole(void **state)
{
	struct screen screen;
	struct drawn drawn = {.rgb = GREEN};
	screen_begin(&screen);
	struct ui_view *page = ui_view_create();
	ui_view_add(page, plain((struct md_rect){10, 10, 100, 100}, RED));
	ui_view_add(page, painted((struct md_rect){200, 10, 100, 100}, &drawn));
	screen_show(&screen, page);
	assert_int_equal(screen_pixel(&screen, 5, 5), 0xffffff);
	assert_int_equal(screen_pixel(&screen, 10, 10), RED);
	assert_int_equal(screen_pixel(&screen, 109, 109), RED);
	assert_int_equal(screen_pixel(&screen, 110, 110), 0xffffff);
	assert_int_equal(screen_pixel(&screen, 250, 50), GREEN);
	assert_int_equal(drawn.times, 1);
	screen_end(&screen);
}

static void idle_asks_for_nothing(void **state)
{
	struct screen screen;
	screen_begin(&screen);
	screen_show(&screen, plain((struct md_rect){0, 0, 0, 0}, RED));
	struct ui_scene_counts before = screen_counts(&screen);
	uint64_t frames = fake_board_frames(screen.stage.board);
	assert_true(os_loop_next_deadline_us(screen.stage.loop) == OS_NEVER);
	screen_step(&screen, 600);
	assert_int_equal(screen_counts(&screen).ticks, before.ticks);
	assert_int_equal(fake_board_frames(screen.stage.board), frames);
	screen_end(&screen);
}

static void only_what_is_dirty_is_drawn(void **state)
{
	struct screen screen;
	struct drawn a = {.rgb = RED}, b = {.rgb = GREEN}, c = {.rgb = BLUE};
	screen_begin(&screen);
	struct ui_view *page = ui_view_create();
	struct ui_view *first = painted((struct md_rect){0, 0, 200, 100}, &a);
	struct ui_view *second = painted((struct md_rect){0, 100, 200, 100}, &b);
	struct ui_view *third = painted((struct md_rect){0, 300, 200, 100}, &c);
	ui_view_add(page, first);
	ui_view_add(page, second);
	ui_view_add(page, third);
	screen_show(&screen, page);
	struct ui_scene_counts before = screen_counts(&screen);
	b.rgb = 0x123456;
	ui_view_set_needs_draw(second);
	ui_view_set_needs_draw(second);
	screen_step(&screen, 3);
	assert_int_equal(screen_counts(&screen).views_drawn, before.views_drawn + 1);
	assert_int_equal(screen_counts(&screen).ticks, before.ticks + 1);
	assert_int_equal(screen_counts(&screen).views_laid_out, before.views_laid_out);
	assert_int_equal(fake_board_last_pixels(screen.stage.board), 200 * 100);
	assert_int_equal(screen_pixel(&screen, 5, 150), 0x123456);
	assert_int_equal(a.times + c.times, 2);
	/* Two far apart: nothing between them is drawn. */
	a.rgb = c.rgb = 0x654321;
	ui_view_set_needs_draw(first);
	ui_view_set_needs_draw(third);
	screen_step(&screen, 3);
	assert_int_equal(b.times, 2);
	assert_int_equal(screen_pixel(&screen, 5, 50), 0x654321);
	assert_int_equal(screen_pixel(&screen, 5, 150), 0x123456);
	assert_int_equal(screen_pixel(&screen, 5, 350), 0x654321);
	/* A part. */
	ui_view_set_needs_draw_rect(first, (struct md_rect){10, 10, 20, 5});
	screen_step(&screen, 3);
	assert_int_equal(fake_board_last_pixels(screen.stage.board), 20 * 5);
	screen_end(&screen);
}

static void a_flat_view_moves_goes_and_hides(void **state)
{
	struct screen screen;
	struct drawn drawn = {.rgb = GREEN};
	screen_begin(&screen);
	struct ui_view *page = ui_view_create();
	struct ui_view *view = painted((struct md_rect){100, 100, 50, 50}, &drawn);
	ui_view_add(page, plain((struct md_rect){0, 0, 300, 300}, RED));
	ui_view_add(page, view);
	screen_show(&screen, page);
	assert_null(view_part(view)->layer);
	ui_view_set_frame(view, (struct md_rect){120, 100, 50, 50});
	screen_step(&screen, 3);
	assert_int_equal(screen_pixel(&screen, 110, 110), RED);
	assert_int_equal(screen_pixel(&screen, 165, 110), GREEN);
	ui_view_set_hidden(view, true);
	screen_step(&screen, 3);
	assert_int_equal(screen_pixel(&screen, 130, 110), RED);
	ui_view_set_hidden(view, false);
	screen_step(&screen, 3);
	assert_int_equal(screen_pixel(&screen, 130, 110), GREEN);
	ui_view_remove(view);
	screen_step(&screen, 3);
	assert_int_equal(screen_pixel(&screen, 130, 110), RED);
	screen_end(&screen);
}

static void layers_come_and_go(void **state)
{
	struct screen screen;
	struct drawn drawn = {.rgb = GREEN};
	screen_begin(&screen);
	struct ui_view *page = ui_view_create();
	struct ui_view *view = painted((struct md_rect){100, 100, 50, 50}, &drawn);
	ui_view_add(page, plain((struct md_rect){0, 0, 300, 300}, RED));
	ui_view_add(page, view);
	screen_show(&screen, page);
	ui_view_set_layered(view, true);
	screen_step(&screen, 3);
	assert_non_null(view_part(view)->layer);
	assert_int_equal(screen_pixel(&screen, 110, 110), GREEN);
	int times = drawn.times;
	ui_view_set_frame(view, (struct md_rect){10, 10, 50, 50}); /* the compositor moves it */
	screen_step(&screen, 3);
	assert_int_equal(drawn.times, times);
	assert_int_equal(screen_pixel(&screen, 110, 110), RED);
	assert_int_equal(screen_pixel(&screen, 20, 20), GREEN);
	ui_view_set_layered(view, false);
	screen_step(&screen, 3);
	assert_null(view_part(view)->layer);
	assert_int_equal(screen_pixel(&screen, 20, 20), GREEN);
	ui_view_set_opacity(view, 0.5);
	screen_step(&screen, 3);
	assert_non_null(view_part(view)->layer);
	uint32_t mixed = screen_pixel(&screen, 20, 20);
	assert_true((mixed >> 16) > 120 && (mixed >> 16) < 135);
	screen_end(&screen);
}

static void what_lies_over_a_layer_stays_in_front(void **state)
{
	struct screen screen;
	screen_begin(&screen);
	struct ui_view *page = ui_view_create();
	struct ui_view *below = plain((struct md_rect){0, 0, 100, 100}, RED);
	struct ui_view *over = plain((struct md_rect){50, 50, 100, 100}, BLUE);
	struct ui_view *aside = plain((struct md_rect){300, 300, 100, 100}, GREEN);
	ui_view_add(page, below);
	ui_view_add(page, over);
	ui_view_add(page, aside);
	ui_view_set_layered(below, true);
	screen_show(&screen, page);
	assert_int_equal(screen_pixel(&screen, 75, 75), BLUE);
	assert_non_null(view_part(over)->layer);
	assert_null(view_part(aside)->layer);
	ui_view_set_frame(over, (struct md_rect){150, 50, 100, 100});
	screen_step(&screen, 3);
	assert_null(view_part(over)->layer);
	assert_int_equal(screen_pixel(&screen, 75, 75), RED);
	assert_int_equal(screen_pixel(&screen, 200, 75), BLUE);
	screen_end(&screen);
}

static void plain_looks_need_no_pixels(void **state)
{
	struct screen screen;
	screen_begin(&screen);
	struct ui_view *page = ui_view_create();
	ui_view_set_background(page, UI_COLOR_GROUPED_BACKGROUND);
	ui_view_set_layered(page, true);
	struct ui_view *card = plain((struct md_rect){20, 20, 200, 100}, RED);
	ui_view_set_corner_radius(card, 10);
	ui_view_set_border(card, 2, UI_COLOR_BLACK);
	ui_view_set_layered(card, true);
	ui_view_add(page, card);
	screen_show(&screen, page);
	assert_int_equal(md_surface_usage(ui_scene_md(screen.scene)).used, 0);
	assert_int_equal(screen_pixel(&screen, 100, 50), RED);
	assert_int_equal(screen_pixel(&screen, 100, 20), 0);
	screen_end(&screen);
}

/* --- Scrolling ---------------------------------------------------------------------- */

static void only_visible_rows_have_surfaces(void **state)
{
	struct screen screen;
	struct drawn drawn[40];
	screen_begin(&screen);
	struct ui_view *scroller = ui_view_create();
	ui_view_set_content_offset(scroller, (struct md_point){0, 0});
	for (int i = 0; i < 40; i++) {
		drawn[i] = (struct drawn){.rgb = 0x100000 + (uint32_t)i};
		ui_view_add(scroller, painted((struct md_rect){0, i * 100, 480, 100}, &drawn[i]));
	}
	screen_show(&screen, scroller);
	int surfaces = 0;
	for (int i = 0; i < 40; i++) {
		surfaces += drawn[i].times;
	}
	assert_int_equal(surfaces, 8);
	assert_int_equal(md_surface_usage(ui_scene_md(screen.scene)).used, 8 * 480 * 100 * 4);
	struct ui_scene_counts before = screen_counts(&screen);
	ui_view_set_content_offset(scroller, (struct md_point){0, 50});
	screen_step(&screen, 3);
	assert_int_equal(screen_counts(&screen).views_drawn,
			 before.views_drawn + 1); /* the row that came */
	assert_int_equal(screen_counts(&screen).views_laid_out, before.views_laid_out);
	assert_int_equal(screen_pixel(&screen, 10, 49), 0x100000);
	assert_int_equal(screen_pixel(&screen, 10, 799), 0x100008);
	ui_view_set_content_offset(scroller, (struct md_point){0, 3000});
	screen_step(&screen, 3);
	assert_int_equal(screen_pixel(&screen, 10, 10), 0x10001e);
	assert_int_equal(drawn[20].times, 0);
	screen_end(&screen);
}

static void a_long_body_is_drawn_in_strips(void **state)
{
	struct screen screen;
	struct drawn drawn = {.rgb = GREEN};
	screen_begin(&screen);
	struct ui_view *scroller = ui_view_create();
	ui_view_set_content_offset(scroller, (struct md_point){0, 0});
	ui_view_add(scroller, painted((struct md_rect){0, 0, 480, 20000}, &drawn));
	screen_show(&screen, scroller);
	assert_int_equal(screen_pixel(&screen, 10, 799), GREEN);
	int64_t used = md_surface_usage(ui_scene_md(screen.scene)).used;
	assert_true(used >= 480 * 800 * 4 && used <= 480 * (800 + 2 * 256) * 4);
	drawn.times = 0;
	ui_view_set_content_offset(scroller, (struct md_point){0, 10});
	screen_step(&screen, 3);
	assert_int_equal(drawn.times, 0);
	ui_view_set_content_offset(scroller, (struct md_point){0, 300});
	screen_step(&screen, 3);
	assert_int_equal(drawn.times, 1);
	ui_view_set_content_offset(scroller, (struct md_point){0, 19200});
	screen_step(&screen, 3);
	assert_int_equal(screen_pixel(&screen, 10, 799), GREEN);
	screen_end(&screen);
}

/* --- Traits, fingers, tickers ------------------------------------------------------- */

static void the_look_changes_live(void **state)
{
	struct screen screen;
	screen_begin(&screen);
	struct ui_view *page = ui_view_create();
	struct ui_view *box = ui_view_create();
	ui_view_set_frame(box, (struct md_rect){0, 0, 100, 100});
	ui_view_set_background(box, UI_COLOR_LABEL);
	ui_view_add(page, box);
	screen_show(&screen, page);
	assert_int_equal(screen_pixel(&screen, 10, 10), 0x14161b);
	md_compositor_set_trait(screen.stage.compositor, "look", "dark");
	screen_step(&screen, 40);
	assert_true(ui_scene_appearance(screen.scene)->dark);
	assert_int_equal(screen_pixel(&screen, 10, 10), 0xf3f4f7);
	assert_int_equal(screen_pixel(&screen, 200, 200), 0x101116);
	screen_end(&screen);
}

static void tapped(void *context, struct ui_gesture *gesture)
{
	++*(int *)context;
	ui_view_set_background_rgb(ui_gesture_view(gesture), md_color_hex(BLUE));
}

static void a_tap_changes_a_pixel(void **state)
{
	struct screen screen;
	int taps = 0;
	screen_begin(&screen);
	struct ui_view *page = ui_view_create();
	struct ui_view *box = plain((struct md_rect){100, 100, 100, 100}, RED);
	ui_view_add(page, box);
	ui_view_add_gesture(box, ui_tap_create(1, tapped, &taps));
	screen_show(&screen, page);
	screen_tap(&screen, 150, 150);
	assert_int_equal(taps, 1);
	assert_int_equal(screen_pixel(&screen, 150, 150), BLUE);
	screen_tap(&screen, 50, 50);
	assert_int_equal(taps, 1);
	screen_end(&screen);
}

struct ticked {
	int count;
	int64_t target_us;
	struct ui_scene *scene;
};

static void tick(void *context, int64_t target_us)
{
	struct ticked *ticked = context;
	assert_true(target_us > ticked->target_us);
	ticked->target_us = target_us;
	if (++ticked->count == 5) {
		ui_scene_remove_ticker(ticked->scene, tick, ticked);
	}
}

static void tickers_run_each_frame(void **state)
{
	struct screen screen;
	screen_begin(&screen);
	screen_show(&screen, ui_view_create());
	struct ticked ticked = {.scene = screen.scene};
	ui_scene_add_ticker(screen.scene, tick, &ticked);
	screen_step(&screen, 20);
	assert_int_equal(ticked.count, 5);
	uint64_t ticks = screen_counts(&screen).ticks;
	screen_step(&screen, 20);
	assert_int_equal(screen_counts(&screen).ticks, ticks);
	screen_end(&screen);
}

static void fractions_of_a_scale(void **state)
{
	struct screen screen;
	struct drawn drawn = {.rgb = GREEN};
	screen_begin_mode(&screen, (struct os_display_mode){720, 1280, 1.6, 60000, false});
	struct ui_view *page = ui_view_create();
	ui_view_add(page, painted((struct md_rect){10, 10, 100, 100}, &drawn));
	screen_show(&screen, page);
	assert_true(ui_scene_size(screen.scene).width == 450);
	assert_int_equal(screen_pixel(&screen, 16, 16), GREEN);
	assert_int_equal(screen_pixel(&screen, 15, 16), 0xffffff);
	assert_int_equal(screen_pixel(&screen, 175, 175), GREEN);
	assert_int_equal(screen_pixel(&screen, 176, 175), 0xffffff);
	screen_end(&screen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_first_frame_is_whole),
	    cmocka_unit_test(idle_asks_for_nothing),
	    cmocka_unit_test(only_what_is_dirty_is_drawn),
	    cmocka_unit_test(a_flat_view_moves_goes_and_hides),
	    cmocka_unit_test(layers_come_and_go),
	    cmocka_unit_test(what_lies_over_a_layer_stays_in_front),
	    cmocka_unit_test(plain_looks_need_no_pixels),
	    cmocka_unit_test(only_visible_rows_have_surfaces),
	    cmocka_unit_test(a_long_body_is_drawn_in_strips),
	    cmocka_unit_test(the_look_changes_live),
	    cmocka_unit_test(a_tap_changes_a_pixel),
	    cmocka_unit_test(tickers_run_each_frame),
	    cmocka_unit_test(fractions_of_a_scale),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
