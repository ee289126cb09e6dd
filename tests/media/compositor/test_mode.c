/* Another panel while the device runs: scenes get its size, the orientation stays, the first picture
 * is whole, and what was turning belongs to the old one. F17 F117 F123 */
#include "test.h"

#include <os/clock.h>

#include "stage.h"

#define RED ((struct md_color){1, 0, 0, 1})

static int setup(void **state)
{
	struct stage *stage = calloc(1, sizeof(*stage));
	stage_init(stage, 2);
	*state = stage;
	return 0;
}

static int teardown(void **state)
{
	stage_finish(*state);
	free(*state);
	return 0;
}

static const struct os_display_mode s_large = {1280, 800, 1.6, 50000, false};

static struct actor *red_app(struct stage *stage)
{
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	md_layer_set_background(md_scene_root(app->scene), RED);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 4);
	return app;
}

static void fill(struct actor *app)
{
	struct md_size size = md_scene_configuration(app->scene)->size;
	md_layer_set_frame(md_scene_root(app->scene),
			   (struct md_rect){0, 0, size.width, size.height});
}

static void scenes_get_the_new_size(void **state)
{
	struct stage *stage = *state;
	struct actor *app = red_app(stage);
	app->on_configure = fill;
	fake_board_change_mode(stage->board, &s_large);
	stage_step_frames(stage, 4);
	const struct md_scene_configuration *configuration = md_scene_configuration(app->scene);
	assert_true(configuration->size.width == 800 && configuration->size.height == 500);
	assert_true(configuration->scale == 1.6);
	assert_int_equal(fake_board_pixel(stage->board, 1279, 799), 0xff0000);
	/* Frames come at the new rate. */
	md_scene_request_tick(app->scene);
	stage_step_frames(stage, 3);
	assert_int_equal(app->tick.target_us - app->tick.latch_us, 10000);
	stage_remove(app);
}

static void the_orientation_stays(void **state)
{
	struct stage *stage = *state;
	struct actor *app = red_app(stage);
	app->on_configure = fill;
	md_compositor_set_trait(stage->compositor, "display.orientation", "90");
	stage_step_frames(stage, 40);
	assert_true(md_scene_configuration(app->scene)->size.width == 800);
	fake_board_change_mode(stage->board, &s_large);
	stage_step_frames(stage, 4);
	const struct md_scene_configuration *configuration = md_scene_configuration(app->scene);
	assert_true(configuration->size.width == 500 && configuration->size.height == 800);
	assert_int_equal(fake_board_pixel(stage->board, 0, 799), 0xff0000);
	stage_remove(app);
}

/* In the middle of a turn, and while its picture is still being taken. */
static void a_turn_ends_with_its_panel(void **state)
{
	struct stage *stage = *state;
	struct actor *app = red_app(stage);
	app->on_configure = fill;
	for (int frames = 0; frames < 12; frames++) {
		struct os_display_mode mode = frames % 2 == 0
						  ? s_large
						  : (struct os_display_mode){480, 800, 1, 60000};
		md_compositor_set_trait(stage->compositor, "display.orientation",
					frames % 2 == 0 ? "90" : "0");
		stage_step_frames(stage, frames);
		fake_board_change_mode(stage->board, &mode);
		md_compositor_set_trait(stage->compositor, "look", frames % 2 == 0 ? "dark" : "light");
		stage_step_frames(stage, 40);
		assert_int_equal(fake_board_pixel(stage->board, mode.width_px / 2, 5), 0xff0000);
		assert_true(os_loop_next_deadline_us(stage->loop) == OS_NEVER);
	}
	stage_remove(app);
}

/* The screen went and came back: nobody is configured anew, the next picture is whole. */
static void the_same_screen_again_is_only_drawn(void **state)
{
	struct stage *stage = *state;
	struct actor *app = red_app(stage);
	int configures = app->configures;
	struct os_display_mode mode = {480, 800, 1, 60000, false, .is_absent = true};
	fake_board_change_mode(stage->board, &mode);
	stage_step_frames(stage, 4);
	mode.is_absent = false;
	fake_board_change_mode(stage->board, &mode);
	stage_step_frames(stage, 4);
	assert_int_equal(app->configures, configures);
	assert_int_equal(fake_board_last_pixels(stage->board), 480 * 800);
	assert_int_equal(fake_board_pixel(stage->board, 240, 400), 0xff0000);
	stage_remove(app);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(scenes_get_the_new_size, setup, teardown),
	    cmocka_unit_test_setup_teardown(the_orientation_stays, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_turn_ends_with_its_panel, setup, teardown),
	    cmocka_unit_test_setup_teardown(the_same_screen_again_is_only_drawn, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
