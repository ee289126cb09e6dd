/* Five fingers that lie still, and nobody there: told to the shell whatever the app does. F142 */
#include "test.h"

#include <os/clock.h>

#include "compositor_private.h"
#include "scene_private.h"
#include "stage.h"

#define HOLD_US (2 * OS_US_PER_S)

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

static void put(struct stage *stage, enum os_touch_phase phase, int count)
{
	for (int i = 0; i < count; i++) {
		fake_board_touch(stage->board, phase, i, 0.2 + 0.1 * i, 0.5);
	}
	stage_step_frames(stage, 1);
}

static void a_hold_is_told_once_and_cancels_the_touches(void **state)
{
	struct stage *stage = *state;
	struct actor *home = stage_add(stage, "org.strata.home", "home", "");
	put(stage, OS_TOUCH_DOWN, 5);
	stage_step_us(stage, HOLD_US);
	assert_int_equal(home->holds, 0); /* nobody asked */
	put(stage, OS_TOUCH_UP, 5);
	md_shell_watch_hold(home->scene, 5, HOLD_US);
	stage_step_frames(stage, 1);
	put(stage, OS_TOUCH_DOWN, 5);
	stage_step_us(stage, HOLD_US - 2 * STAGE_PERIOD_US);
	assert_int_equal(home->holds, 0);
	int before = home->touch_count;
	stage_step_us(stage, 2 * STAGE_PERIOD_US);
	assert_int_equal(home->holds, 1);
	stage_step_frames(stage, 2);
	assert_int_equal(home->touch_count, before + 5);
	for (int i = before; i < home->touch_count; i++) {
		assert_int_equal(home->touches[i].phase, MD_TOUCH_CANCEL);
	}
	stage_step_us(stage, 2 * HOLD_US);
	assert_int_equal(home->holds, 1);
	put(stage, OS_TOUCH_UP, 5);
	put(stage, OS_TOUCH_DOWN, 5);
	stage_step_us(stage, HOLD_US);
	assert_int_equal(home->holds, 2);
	put(stage, OS_TOUCH_UP, 5);
	stage_remove(home);
}

static void four_fingers_and_moving_ones_are_none(void **state)
{
	struct stage *stage = *state;
	struct actor *home = stage_add(stage, "org.strata.home", "home", "");
	md_shell_watch_hold(home->scene, 5, HOLD_US);
	stage_step_frames(stage, 1);
	put(stage, OS_TOUCH_DOWN, 4);
	stage_step_us(stage, 2 * HOLD_US);
	assert_int_equal(home->holds, 0);
	fake_board_touch(stage->board, OS_TOUCH_DOWN, 4, 0.7, 0.5);
	stage_step_us(stage, HOLD_US / 2);
	fake_board_touch(stage->board, OS_TOUCH_MOVE, 4, 0.7, 0.51); /* 8 points */
	stage_step_us(stage, HOLD_US / 4);
	fake_board_touch(stage->board, OS_TOUCH_MOVE, 4, 0.7, 0.6);
	stage_step_us(stage, 2 * HOLD_US);
	assert_int_equal(home->holds, 0);
	fake_board_touch(stage->board, OS_TOUCH_UP, 4, 0.7, 0.6);
	fake_board_touch(stage->board, OS_TOUCH_DOWN, 4, 0.7, 0.6);
	stage_step_us(stage, HOLD_US);
	assert_int_equal(home->holds, 1);
	put(stage, OS_TOUCH_UP, 5);
	stage_remove(home);
}

static void an_app_that_hangs_holds_nothing_back(void **state)
{
	struct stage *stage = *state;
	struct actor *home = stage_add(stage, "org.strata.home", "home", "");
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct md_layer *layer = md_layer_create(home->scene);
	md_layer_set_frame(layer, (struct md_rect){0, 0, 480, 800});
	md_layer_set_host(layer, md_scene_token(app->scene), true);
	md_layer_insert(md_scene_root(home->scene), layer, -1);
	md_layer_release(layer);
	md_scene_commit(home->scene);
	md_shell_watch_hold(home->scene, 5, HOLD_US);
	stage_step_frames(stage, 2);
	put(stage, OS_TOUCH_DOWN, 5);
	stage_kill(app); /* not one of its touches is answered */
	stage_step_us(stage, HOLD_US);
	assert_int_equal(home->holds, 1);
	put(stage, OS_TOUCH_UP, 5);
	stage_remove(app);
	stage_remove(home);
}

static void rest_is_told_once_nobody_is_there(void **state)
{
	struct stage *stage = *state;
	struct actor *home = stage_add(stage, "org.strata.home", "home", "");
	md_shell_watch_rest(home->scene, 10 * OS_US_PER_S);
	stage_step_us(stage, 9 * OS_US_PER_S);
	put(stage, OS_TOUCH_DOWN, 1);
	stage_step_us(stage, 30 * OS_US_PER_S); /* a finger that lies there */
	assert_int_equal(home->rests, 0);
	put(stage, OS_TOUCH_UP, 1);
	stage_step_us(stage, 11 * OS_US_PER_S);
	assert_int_equal(home->rests, 1);
	stage_step_us(stage, 60 * OS_US_PER_S);
	assert_int_equal(home->rests, 1);
	md_shell_watch_rest(home->scene, 10 * OS_US_PER_S);
	md_shell_watch_rest(home->scene, 0);
	stage_step_us(stage, 60 * OS_US_PER_S);
	assert_int_equal(home->rests, 1);
	stage_remove(home);
}

static void a_new_compositor_is_told_what_was_asked_for(void **state)
{
	struct stage *stage = *state;
	struct actor *home = stage_add(stage, "org.strata.home", "home", "");
	md_shell_watch_hold(home->scene, 5, HOLD_US);
	md_shell_watch_rest(home->scene, 10 * OS_US_PER_S);
	stage_step_frames(stage, 1);
	stage_new_compositor(stage);
	md_display_client_use_fd(home->client, stage_introduce(home));
	stage_step_frames(stage, 3);
	put(stage, OS_TOUCH_DOWN, 5);
	stage_step_us(stage, HOLD_US);
	assert_int_equal(home->holds, 1);
	put(stage, OS_TOUCH_UP, 5);
	stage_step_us(stage, 11 * OS_US_PER_S);
	assert_int_equal(home->rests, 1);
	stage_remove(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(a_hold_is_told_once_and_cancels_the_touches, setup, teardown),
	    cmocka_unit_test_setup_teardown(four_fingers_and_moving_ones_are_none, setup, teardown),
	    cmocka_unit_test_setup_teardown(an_app_that_hangs_holds_nothing_back, setup, teardown),
	    cmocka_unit_test_setup_teardown(rest_is_told_once_nobody_is_there, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_new_compositor_is_told_what_was_asked_for, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
