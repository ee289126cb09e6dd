/* Changes of the whole device: the picture is kept, scenes are waited for, then it turns once.
 * F85 F86 F87 */
#include "test.h"

#include <os/clock.h>

#include "stage.h"

#define RED ((struct md_color){1, 0, 0, 1})
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

static void to_blue(struct actor *actor)
{
	md_layer_set_background(md_scene_root(actor->scene), BLUE);
}

static struct actor *red_app(struct stage *stage)
{
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	md_layer_set_background(md_scene_root(app->scene), RED);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	assert_int_equal(fake_board_pixel(stage->board, 5, 5), 0xff0000);
	return app;
}

static void a_new_look_fades_in_once_all_have_it(void **state)
{
	struct stage *stage = *state;
	struct actor *app = red_app(stage);
	app->on_configure = to_blue;
	md_compositor_set_trait(stage->compositor, "look", "dark");
	stage_step_frames(stage, 4);
	assert_true(md_scene_configuration(app->scene)->dark);
	uint32_t between = fake_board_pixel(stage->board, 5, 5);
	assert_true((between & 0xff) > 0 && (between >> 16) > 0);
	stage_step_frames(stage, 20);
	assert_int_equal(fake_board_pixel(stage->board, 5, 5), 0x0000ff);
	/* The same value again is no change. */
	int configures = app->configures;
	md_compositor_set_trait(stage->compositor, "look", "dark");
	stage_step_frames(stage, 2);
	assert_int_equal(app->configures, configures);
	stage_remove(app);
}

static void one_that_does_not_answer_is_waited_for_a_quarter_second(void **state)
{
	struct stage *stage = *state;
	struct actor *app = red_app(stage);
	app->commits_not = true;
	app->on_configure = to_blue;
	md_compositor_set_trait(stage->compositor, "text-size", "xl");
	stage_step_us(stage, 240 * OS_US_PER_MS);
	assert_int_equal(md_scene_configuration(app->scene)->text_size, 4);
	assert_int_equal(fake_board_pixel(stage->board, 5, 5), 0xff0000);
	stage_step_us(stage, 300 * OS_US_PER_MS);
	assert_int_equal(fake_board_pixel(stage->board, 5, 5), 0xff0000);
	/* It follows when it comes. */
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	assert_int_equal(fake_board_pixel(stage->board, 5, 5), 0x0000ff);
	stage_remove(app);
}

static void the_picture_is_kept_while_it_waits(void **state)
{
	struct stage *stage = *state;
	struct actor *app = red_app(stage);
	struct actor *slow = stage_add(stage, "org.strata.slow", "app", "");
	md_layer_set_background(md_scene_root(slow->scene), MD_COLOR_CLEAR);
	md_scene_commit(slow->scene);
	stage_step_frames(stage, 2);
	slow->commits_not = true;
	app->on_configure = to_blue;
	md_compositor_set_trait(stage->compositor, "look", "dark");
	stage_step_us(stage, 200 * OS_US_PER_MS);
	/* The one that is ready is not shown before the other. */
	assert_int_equal(fake_board_pixel(stage->board, 5, 5), 0xff0000);
	md_scene_commit(slow->scene);
	stage_step_us(stage, 400 * OS_US_PER_MS);
	assert_int_equal(fake_board_pixel(stage->board, 5, 5), 0x0000ff);
	stage_remove(slow);
	stage_remove(app);
}

static void the_screen_turns(void **state)
{
	struct stage *stage = *state;
	struct actor *app = red_app(stage);
	struct md_layer *corner = md_layer_create(app->scene);
	md_layer_set_frame(corner, (struct md_rect){0, 0, 100, 50});
	md_layer_set_background(corner, BLUE);
	md_layer_insert(md_scene_root(app->scene), corner, -1);
	md_scene_commit(app->scene);
	md_compositor_set_trait(stage->compositor, "display.orientation", "90");
	stage_step_us(stage, OS_US_PER_S);
	assert_true(md_scene_configuration(app->scene)->size.width == 800);
	assert_int_equal(md_scene_configuration(app->scene)->orientation, 90);
	/* Top left of the turned screen is top right of the panel. */
	assert_int_equal(fake_board_pixel(stage->board, 479, 0), 0x0000ff);
	assert_int_equal(fake_board_pixel(stage->board, 430, 99), 0x0000ff);
	assert_int_equal(fake_board_pixel(stage->board, 429, 0), 0xff0000);
	assert_int_equal(fake_board_pixel(stage->board, 479, 100), 0xff0000);
	assert_int_equal(fake_board_pixel(stage->board, 0, 0), 0xff0000);
	uint64_t frames = fake_board_frames(stage->board);
	stage_step_us(stage, OS_US_PER_S);
	assert_int_equal(fake_board_frames(stage->board), frames);
	md_layer_release(corner);
	stage_remove(app);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(a_new_look_fades_in_once_all_have_it, setup, teardown),
	    cmocka_unit_test_setup_teardown(one_that_does_not_answer_is_waited_for_a_quarter_second,
					    setup, teardown),
	    cmocka_unit_test_setup_teardown(the_picture_is_kept_while_it_waits, setup, teardown),
	    cmocka_unit_test_setup_teardown(the_screen_turns, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
