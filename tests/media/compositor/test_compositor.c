/* The compositor's engine and apps in one process, with time held. F44 F50 F122 F133 */
#include "test.h"

#include <os/clock.h>

#include "stage.h"

#define RED ((struct md_color){1, 0, 0, 1})
#define GREEN ((struct md_color){0, 1, 0, 1})
#define BLUE ((struct md_color){0, 0, 1, 1})

static int setup(void **state)
{
	struct stage *stage = calloc(1, sizeof(*stage));
	stage_init(stage, 1);
	*state = stage;
	return 0;
}

static int teardown(void **state)
{
	stage_finish(*state);
	free(*state);
	return 0;
}

static struct md_layer *add_box(struct actor *app, struct md_rect frame, struct md_color color)
{
	struct md_layer *layer = md_layer_create(app->scene);
	md_layer_set_frame(layer, frame);
	md_layer_set_background(layer, color);
	md_layer_insert(md_scene_root(app->scene), layer, -1);
	md_layer_release(layer);
	return layer;
}

static void first_commit_is_shown(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	assert_int_equal(app->configures, 1);
	assert_true(md_scene_configuration(app->scene)->size.width == 480);
	assert_int_equal(fake_board_pixel(stage->board, 10, 10), 0xffffff);
	assert_int_equal(app->presents, 1);
	add_box(app, (struct md_rect){100, 100, 50, 40}, RED);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	assert_int_equal(fake_board_pixel(stage->board, 100, 100), 0xff0000);
	assert_int_equal(fake_board_pixel(stage->board, 149, 139), 0xff0000);
	assert_int_equal(fake_board_pixel(stage->board, 150, 139), 0xffffff);
	stage_remove(app);
}

static void an_idle_screen_makes_no_frames(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	stage_step_frames(stage, 10);
	uint64_t frames = fake_board_frames(stage->board);
	assert_true(os_loop_next_deadline_us(stage->loop) == OS_NEVER);
	stage_step_us(stage, 60 * OS_US_PER_S);
	assert_int_equal(fake_board_frames(stage->board), frames);
	assert_int_equal(app->ticks, 0);
	stage_remove(app);
}

static void a_tick_comes_once_for_each_request(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	int64_t asked_us = os_clock_now_us();
	md_scene_request_tick(app->scene);
	stage_step_frames(stage, 5);
	assert_int_equal(app->ticks, 1);
	/* An idle display without a phase begins a frame at once. */
	assert_true(app->tick.target_us - asked_us <= STAGE_PERIOD_US + 1);
	assert_true(app->tick.latch_us < app->tick.target_us && app->tick.latch_us > asked_us);
	md_scene_request_tick(app->scene);
	md_scene_request_tick(app->scene);
	stage_step_frames(stage, 5);
	assert_int_equal(app->ticks, 2);
	stage_remove(app);
}

static void only_what_changed_is_drawn(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct md_layer *box = add_box(app, (struct md_rect){100, 100, 50, 40}, RED);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	assert_int_equal(fake_board_last_pixels(stage->board), 50 * 40);
	md_layer_set_background(box, GREEN);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	assert_int_equal(fake_board_last_pixels(stage->board), 50 * 40);
	/* A move draws where it was and where it is. */
	md_layer_set_frame(box, (struct md_rect){110, 100, 50, 40});
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	assert_int_equal(fake_board_last_pixels(stage->board), 60 * 40);
	/* What is set to what it was changes nothing at all. */
	uint64_t frames = fake_board_frames(stage->board);
	md_layer_set_frame(box, (struct md_rect){110, 100, 50, 40});
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	assert_int_equal(fake_board_frames(stage->board), frames);
	/* Nor does what is off the screen. */
	md_layer_set_frame(box, (struct md_rect){-500, 100, 50, 40});
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	frames = fake_board_frames(stage->board);
	md_layer_set_background(box, BLUE);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	assert_int_equal(fake_board_frames(stage->board), frames);
	stage_remove(app);
}

static void layers_go_and_come_in_order(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct md_layer *red = add_box(app, (struct md_rect){0, 0, 100, 100}, RED);
	struct md_layer *green = add_box(app, (struct md_rect){50, 50, 100, 100}, GREEN);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	assert_int_equal(fake_board_pixel(stage->board, 75, 75), 0x00ff00);
	md_layer_insert(md_scene_root(app->scene), red, -1);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	assert_int_equal(fake_board_pixel(stage->board, 75, 75), 0xff0000);
	/* A layer moves below another one, out of it again, and goes. */
	md_layer_insert(green, red, 0);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	assert_int_equal(fake_board_pixel(stage->board, 10, 10), 0xffffff);
	assert_int_equal(fake_board_pixel(stage->board, 60, 60), 0xff0000);
	md_layer_remove(green);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	assert_int_equal(fake_board_pixel(stage->board, 60, 60), 0xffffff);
	stage_remove(app);
}

static void two_buffers_get_what_they_missed(void **state)
{
	struct stage *stage = *state;
	stage_finish(stage);
	stage_init(stage, 3);
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	for (int i = 0; i < 8; i++) {
		add_box(app, (struct md_rect){i * 50, 0, 50, 50}, i % 2 == 0 ? RED : BLUE);
		md_scene_commit(app->scene);
		stage_step_frames(stage, 2);
		for (int k = 0; k <= i; k++) {
			assert_int_equal(fake_board_pixel(stage->board, k * 50 + 25, 25),
					 k % 2 == 0 ? 0xff0000 : 0x0000ff);
		}
		assert_int_equal(
		    fake_board_pixel(stage->board, i * 50 + 75 < 480 ? i * 50 + 75 : 0, 60),
		    0xffffff);
	}
	stage_remove(app);
}

/* An app that works on beyond the latch. */
static void dawdle(struct actor *actor, const struct md_tick *tick)
{
	os_clock_advance_to(tick->latch_us + 1000);
	struct md_animation slide =
	    md_animation_curve(MD_LAYER_TRANSLATION, 100 * OS_US_PER_MS, MD_CURVE_LINEAR);
	slide.from[0] = 100;
	md_layer_add_animation(actor->context, "slide", &slide);
	md_scene_commit(actor->scene);
}

static void a_late_commit_is_counted_and_shown_next(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	app->context = add_box(app, (struct md_rect){0, 0, 50, 50}, RED);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	app->on_tick = dawdle;
	md_scene_request_tick(app->scene);
	stage_step_frames(stage, 1);
	int64_t aimed_us = app->tick.target_us;
	stage_step_frames(stage, 2);
	assert_int_equal(md_compositor_counts(stage->compositor).late_commits, 1);
	/* Its animation begins with the frame that shows it, on both sides. */
	double value[MD_ANIMATION_VALUES];
	md_layer_presentation(app->context, MD_LAYER_TRANSLATION, aimed_us + STAGE_PERIOD_US,
			      value);
	assert_true(value[0] > 99.9);
	md_layer_presentation(app->context, MD_LAYER_TRANSLATION,
			      aimed_us + STAGE_PERIOD_US + 50000, value);
	assert_true(value[0] > 49.9 && value[0] < 50.1);
	assert_int_equal(md_scene_counts(app->scene).late, 1);
	stage_remove(app);
}

static void a_scene_goes_with_its_process(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct actor *other = stage_add(stage, "org.strata.b", "app", "");
	md_layer_set_background(md_scene_root(other->scene), BLUE);
	md_scene_commit(other->scene);
	stage_step_frames(stage, 2);
	assert_int_equal(fake_board_pixel(stage->board, 5, 5), 0x0000ff);
	assert_true(other->focused);
	stage_remove(other);
	stage_step_frames(stage, 2);
	assert_int_equal(fake_board_pixel(stage->board, 5, 5), 0xffffff);
	assert_true(app->focused);
	stage_remove(app);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(first_commit_is_shown, setup, teardown),
	    cmocka_unit_test_setup_teardown(an_idle_screen_makes_no_frames, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_tick_comes_once_for_each_request, setup, teardown),
	    cmocka_unit_test_setup_teardown(only_what_changed_is_drawn, setup, teardown),
	    cmocka_unit_test_setup_teardown(layers_go_and_come_in_order, setup, teardown),
	    cmocka_unit_test_setup_teardown(two_buffers_get_what_they_missed, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_late_commit_is_counted_and_shown_next, setup,
					    teardown),
	    cmocka_unit_test_setup_teardown(a_scene_goes_with_its_process, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
