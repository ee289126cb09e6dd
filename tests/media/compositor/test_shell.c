/* The shell: told of scenes, hosting them, gone and back. F102 F103 F83 */
#include "test.h"

#include <os/clock.h>

#include "compositor_private.h"
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

static struct md_layer *host(struct actor *home, struct actor *app, struct md_rect frame)
{
	struct md_layer *layer = md_layer_create(home->scene);
	md_layer_set_frame(layer, frame);
	md_layer_set_host(layer, md_scene_token(app->scene), true);
	md_layer_insert(md_scene_root(home->scene), layer, -1);
	md_layer_release(layer);
	md_scene_commit(home->scene);
	stage_step_frames(home->stage, 2);
	return layer;
}

static void the_shell_hears_of_every_scene(void **state)
{
	struct stage *stage = *state;
	struct actor *early = stage_add(stage, "org.strata.early", "app", "");
	struct actor *home = stage_add(stage, "org.strata.home", "home", "");
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	assert_int_equal(home->appeared_count, 2);
	assert_string_equal(home->appeared[0].app, "org.strata.early");
	assert_string_equal(home->appeared[1].app, "org.strata.a");
	assert_true(home->appeared[1].token == md_scene_token(app->scene));
	assert_int_equal(home->ready, 2);
	uint64_t token = md_scene_token(app->scene);
	stage_remove(app);
	stage_step_frames(stage, 1);
	assert_int_equal(home->went, 1);
	assert_true(home->last_went == token);
	stage_remove(early);
	stage_remove(home);
}

static void a_hosted_scene_is_shown_in_its_layer(void **state)
{
	struct stage *stage = *state;
	struct actor *home = stage_add(stage, "org.strata.home", "home", "");
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	md_layer_set_background(md_scene_root(app->scene), RED);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	assert_int_equal(fake_board_pixel(stage->board, 200, 200), 0xffffff);
	struct md_layer *card = host(home, app, (struct md_rect){100, 100, 240, 400});
	assert_int_equal(fake_board_pixel(stage->board, 200, 200), 0xff0000);
	assert_int_equal(fake_board_pixel(stage->board, 99, 200), 0xffffff);
	assert_int_equal(fake_board_pixel(stage->board, 339, 499), 0xff0000);
	assert_int_equal(fake_board_pixel(stage->board, 340, 499), 0xffffff);
	/* What the app changes is damage there alone. */
	md_layer_set_background(md_scene_root(app->scene), BLUE);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	assert_int_equal(fake_board_pixel(stage->board, 200, 200), 0x0000ff);
	assert_int_equal(fake_board_last_pixels(stage->board), 240 * 400);
	md_layer_set_hidden(card, true);
	md_scene_commit(home->scene);
	stage_step_frames(stage, 2);
	/* What is not shown makes no frames. */
	uint64_t frames = fake_board_frames(stage->board);
	md_layer_set_background(md_scene_root(app->scene), RED);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	assert_int_equal(fake_board_frames(stage->board), frames);
	stage_remove(app);
	stage_remove(home);
}

static void an_app_may_not_host_and_a_circle_is_refused(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct actor *thief = stage_add(stage, "org.strata.thief", "app", "");
	host(thief, app, (struct md_rect){0, 0, 100, 100});
	assert_int_equal(thief->lost, 1);
	struct actor *self = stage_add(stage, "org.strata.self", "app", "host");
	host(self, self, (struct md_rect){0, 0, 100, 100});
	assert_int_equal(self->lost, 1);
	struct actor *one = stage_add(stage, "org.strata.one", "app", "host");
	struct actor *two = stage_add(stage, "org.strata.two", "app", "host");
	host(one, two, (struct md_rect){0, 0, 100, 100});
	assert_int_equal(one->lost, 0);
	host(two, one, (struct md_rect){0, 0, 100, 100});
	assert_int_equal(two->lost, 1);
	assert_int_equal(one->lost, 0);
	assert_int_equal(app->lost, 0);
	struct actor *all[] = {app, thief, self, one, two};
	for (size_t i = 0; i < OS_ARRAY_LEN(all); i++) {
		stage_remove(all[i]);
	}
}

static void the_last_tree_of_home_stays_for_two_seconds(void **state)
{
	struct stage *stage = *state;
	struct actor *home = stage_add(stage, "org.strata.home", "home", "");
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	md_layer_set_background(md_scene_root(app->scene), RED);
	md_scene_commit(app->scene);
	host(home, app, (struct md_rect){0, 0, 240, 400});
	stage_kill(home);
	stage_step_us(stage, 1500 * OS_US_PER_MS);
	assert_int_equal(fake_board_pixel(stage->board, 300, 10), 0xffffff);
	/* The scenes in it live on. */
	md_layer_set_background(md_scene_root(app->scene), BLUE);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	assert_int_equal(fake_board_pixel(stage->board, 10, 10), 0x0000ff);
	assert_int_equal(fake_board_pixel(stage->board, 300, 10), 0xffffff);
	/* A new one takes over with its first frame. */
	struct actor *again =
	    stage_add_scene(stage, "org.strata.home", "home", "system shell", MD_SCENE_SHELL);
	again->commits_not = true;
	stage_step_frames(stage, 2);
	assert_int_equal(again->appeared_count, 1);
	assert_int_equal(fake_board_pixel(stage->board, 10, 10), 0x0000ff);
	md_layer_set_background(md_scene_root(again->scene), RED);
	md_scene_commit(again->scene);
	stage_step_frames(stage, 2);
	assert_int_equal(fake_board_pixel(stage->board, 300, 10), 0xff0000);
	stage_kill(again);
	stage_step_us(stage, 2100 * OS_US_PER_MS);
	/* Without any the apps are shown as they are. */
	assert_int_equal(fake_board_pixel(stage->board, 300, 10), 0x0000ff);
	stage_remove(again);
	stage_remove(home);
	stage_remove(app);
}

static void a_snapshot_is_kept_without_what_is_secret(void **state)
{
	struct stage *stage = *state;
	struct actor *home = stage_add(stage, "org.strata.home", "home", "");
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	md_layer_set_background(md_scene_root(app->scene), RED);
	struct md_layer *secret = md_layer_create(app->scene);
	md_layer_set_frame(secret, (struct md_rect){0, 400, 480, 400});
	md_layer_set_background(secret, BLUE);
	md_layer_set_secure(secret, true);
	md_layer_insert(md_scene_root(app->scene), secret, -1);
	md_layer_release(secret);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	uint64_t token = md_scene_token(app->scene);
	md_shell_snapshot(home->scene, token);
	stage_step_frames(stage, 2);
	stage_remove(app);
	struct md_layer *card = md_layer_create(home->scene);
	md_layer_set_frame(card, (struct md_rect){0, 0, 240, 400});
	md_layer_set_host_snapshot(card, token);
	md_layer_insert(md_scene_root(home->scene), card, -1);
	md_layer_release(card);
	md_scene_commit(home->scene);
	stage_step_frames(stage, 2);
	assert_int_equal(fake_board_pixel(stage->board, 100, 100), 0xff0000);
	assert_int_equal(fake_board_pixel(stage->board, 100, 300), 0x808080);
	stage_remove(home);
}

static void safe_area_reaches_the_apps(void **state)
{
	struct stage *stage = *state;
	struct actor *home = stage_add(stage, "org.strata.home", "home", "");
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	md_shell_set_safe_area(home->scene, (struct md_insets){24, 0, 20, 0});
	stage_step_frames(stage, 1);
	assert_int_equal(app->configures, 2);
	assert_true(md_scene_configuration(app->scene)->safe_area.top == 24);
	assert_true(md_scene_configuration(home->scene)->safe_area.top == 0);
	stage_remove(app);
	stage_remove(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(the_shell_hears_of_every_scene, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_hosted_scene_is_shown_in_its_layer, setup, teardown),
	    cmocka_unit_test_setup_teardown(an_app_may_not_host_and_a_circle_is_refused, setup,
					    teardown),
	    cmocka_unit_test_setup_teardown(the_last_tree_of_home_stays_for_two_seconds, setup,
					    teardown),
	    cmocka_unit_test_setup_teardown(a_snapshot_is_kept_without_what_is_secret, setup,
					    teardown),
	    cmocka_unit_test_setup_teardown(safe_area_reaches_the_apps, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
