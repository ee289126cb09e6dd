/* Fingers and keys on their way to scenes: ticks, edges, rotation. F63 F107 F117 F136 F109 */
#include "test.h"

#include <linux/input-event-codes.h>
#include <math.h>
#include <os/clock.h>

#include "compositor_private.h"
#include "stage.h"

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

static void finger(struct stage *stage, enum os_touch_phase phase, double x, double y)
{
	fake_board_touch(stage->board, phase, 0, x / 480, y / 800);
}

static bool is_at(const struct md_touch *touch, double x, double y)
{
	return fabs(touch->position.x - x) < 1e-6 && fabs(touch->position.y - y) < 1e-6;
}

static void downs_and_ups_come_at_once_and_moves_with_the_tick(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	finger(stage, OS_TOUCH_DOWN, 100, 200);
	stage_step_us(stage, 0);
	assert_int_equal(app->touch_count, 1);
	assert_int_equal(app->touches[0].phase, MD_TOUCH_DOWN);
	assert_true(is_at(&app->touches[0], 100, 200));
	assert_true(app->touches[0].flow != 0);
	/* The first touch on an idle display begins a frame at once. */
	assert_int_equal(app->ticks, 1);
	for (int i = 1; i <= 4; i++) {
		stage_step_us(stage, 2000);
		finger(stage, OS_TOUCH_MOVE, 100 + i, 200);
	}
	stage_step_us(stage, 0);
	assert_int_equal(app->touch_count, 1);
	stage_step_us(stage, STAGE_PERIOD_US - 8000);
	assert_int_equal(app->touch_count, 5);
	assert_int_equal(app->ticks, 2);
	finger(stage, OS_TOUCH_MOVE, 110, 200);
	finger(stage, OS_TOUCH_UP, 111, 200);
	stage_step_us(stage, 0);
	assert_int_equal(app->touch_count, 7);
	assert_int_equal(app->touches[5].phase, MD_TOUCH_MOVE);
	assert_int_equal(app->touches[6].phase, MD_TOUCH_UP);
	assert_true(app->touches[6].flow == app->touches[0].flow);
	/* And then no ticks. */
	stage_step_frames(stage, 3);
	int ticks = app->ticks;
	stage_step_frames(stage, 20);
	assert_int_equal(app->ticks, ticks);
	stage_remove(app);
}

static void moves_of_a_slow_app_are_coalesced(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	finger(stage, OS_TOUCH_DOWN, 100, 200);
	stage_step_us(stage, 0);
	struct scene *scene = OS_CONTAINER_OF(stage->compositor->scenes.next, struct scene, link);
	scene->tick_open = true; /* as if its answer did not come */
	scene->tick_frame = 0;
	for (int i = 0; i < 1000; i++) {
		finger(stage, OS_TOUCH_MOVE, 100 + i % 300, 200);
	}
	assert_true(scene->move_count <= 8);
	assert_true(fabs(scene->moves[scene->move_count - 1].position.x - (100 + 999 % 300)) <
		    1e-6);
	scene->tick_open = false;
	finger(stage, OS_TOUCH_UP, 100, 200);
	stage_step_us(stage, 0);
	assert_int_equal(app->touches[app->touch_count - 1].phase, MD_TOUCH_UP);
	stage_remove(app);
}

/* A tapping person in front of an app that does not answer: touches are dropped whole. */
static void downs_of_a_stopped_app_are_bounded(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct scene *scene = OS_CONTAINER_OF(stage->compositor->scenes.next, struct scene, link);
	scene->tick_open = true;
	for (int i = 0; i < 150; i++) {
		finger(stage, OS_TOUCH_DOWN, 100, 200);
		finger(stage, OS_TOUCH_UP, 100, 200);
	}
	stage_step_us(stage, 0);
	assert_in_range(app->touch_count, 60, 66);
	int downs = 0;
	for (int i = 0; i < app->touch_count; i++) {
		downs += app->touches[i].phase == MD_TOUCH_DOWN ? 1 : -1;
	}
	assert_int_equal(downs, 0);
	stage_remove(app);
}

static void host_full_screen(struct actor *home, struct actor *app)
{
	struct md_layer *host = md_layer_create(home->scene);
	md_layer_set_frame(host, (struct md_rect){0, 0, 480, 800});
	md_layer_set_host(host, md_scene_token(app->scene), true);
	md_layer_insert(md_scene_root(home->scene), host, -1);
	md_layer_release(host);
	md_scene_commit(home->scene);
	stage_step_frames(home->stage, 2);
}

static void an_edge_swipe_is_the_systems(void **state)
{
	struct stage *stage = *state;
	struct actor *home = stage_add(stage, "org.strata.home", "home", "");
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	host_full_screen(home, app);
	md_shell_set_edge(home->scene, MD_EDGE_BOTTOM, 20);
	stage_step_frames(stage, 1);
	finger(stage, OS_TOUCH_DOWN, 240, 790);
	stage_step_us(stage, 0);
	assert_int_equal(app->touch_count, 1);
	assert_true(app->touches[0].edge);
	assert_int_equal(home->touch_count, 0);
	finger(stage, OS_TOUCH_MOVE, 241, 784);
	stage_step_frames(stage, 2);
	assert_int_equal(app->touch_count, 2);
	finger(stage, OS_TOUCH_MOVE, 242, 779);
	stage_step_frames(stage, 1);
	assert_int_equal(app->touch_count, 3);
	assert_int_equal(app->touches[2].phase, MD_TOUCH_CANCEL);
	assert_int_equal(home->edges, 1);
	assert_true(home->edge_start.y == 790);
	assert_int_equal(home->touch_count, 2);
	assert_int_equal(home->touches[0].phase, MD_TOUCH_DOWN);
	assert_true(is_at(&home->touches[0], 240, 790));
	assert_int_equal(home->touches[1].phase, MD_TOUCH_MOVE);
	finger(stage, OS_TOUCH_UP, 242, 600);
	stage_step_frames(stage, 1);
	assert_int_equal(home->touches[2].phase, MD_TOUCH_UP);
	assert_int_equal(app->touch_count, 3);
	stage_remove(app);
	stage_remove(home);
}

static void along_the_edge_is_the_apps(void **state)
{
	struct stage *stage = *state;
	struct actor *home = stage_add(stage, "org.strata.home", "home", "");
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	host_full_screen(home, app);
	md_shell_set_edge(home->scene, MD_EDGE_BOTTOM, 20);
	stage_step_frames(stage, 1);
	finger(stage, OS_TOUCH_DOWN, 240, 790);
	finger(stage, OS_TOUCH_MOVE, 252, 785);
	finger(stage, OS_TOUCH_MOVE, 252, 700);
	finger(stage, OS_TOUCH_UP, 252, 700);
	stage_step_frames(stage, 2);
	assert_int_equal(home->edges, 0);
	assert_int_equal(home->touch_count, 0);
	assert_int_equal(app->touch_count, 4);
	/* One that asked to be asked twice keeps the first swipe. */
	md_scene_set_defers_edges(app->scene, true);
	stage_step_frames(stage, 1);
	for (int turn = 0; turn < 2; turn++) {
		finger(stage, OS_TOUCH_DOWN, 240, 790);
		finger(stage, OS_TOUCH_MOVE, 240, 770);
		finger(stage, OS_TOUCH_UP, 240, 770);
		stage_step_frames(stage, 2);
		assert_int_equal(home->edges, turn);
	}
	stage_remove(app);
	stage_remove(home);
}

static void a_finger_goes_through_what_hosts_it(void **state)
{
	struct stage *stage = *state;
	struct actor *home = stage_add(stage, "org.strata.home", "home", "");
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct md_layer *card = md_layer_create(home->scene);
	md_layer_set_frame(card, (struct md_rect){0, 0, 480, 800});
	md_layer_set_transform(card, (struct md_transform){0, 0, 0.5, 0.5, 0});
	md_layer_set_host(card, md_scene_token(app->scene), true);
	md_layer_insert(md_scene_root(home->scene), card, -1);
	md_scene_commit(home->scene);
	stage_step_frames(stage, 2);
	/* Half size about its centre: from (120, 200) to (360, 600). */
	finger(stage, OS_TOUCH_DOWN, 130, 210);
	finger(stage, OS_TOUCH_UP, 130, 210);
	stage_step_frames(stage, 1);
	assert_int_equal(app->touch_count, 2);
	assert_true(is_at(&app->touches[0], 20, 20));
	finger(stage, OS_TOUCH_DOWN, 60, 210);
	finger(stage, OS_TOUCH_UP, 60, 210);
	stage_step_frames(stage, 1);
	assert_int_equal(app->touch_count, 2);
	assert_int_equal(home->touch_count, 2);
	/* One that is not interactive lets fingers through. */
	md_layer_set_host(card, md_scene_token(app->scene), false);
	md_scene_commit(home->scene);
	stage_step_frames(stage, 2);
	finger(stage, OS_TOUCH_DOWN, 130, 210);
	finger(stage, OS_TOUCH_UP, 130, 210);
	stage_step_frames(stage, 1);
	assert_int_equal(app->touch_count, 2);
	assert_int_equal(home->touch_count, 4);
	/* And what lies in front of it keeps them. */
	md_layer_set_host(card, md_scene_token(app->scene), true);
	struct md_layer *banner = md_layer_create(home->scene);
	md_layer_set_frame(banner, (struct md_rect){0, 0, 480, 300});
	md_layer_set_background(banner, MD_COLOR_BLACK);
	md_layer_insert(md_scene_root(home->scene), banner, -1);
	md_scene_commit(home->scene);
	stage_step_frames(stage, 2);
	finger(stage, OS_TOUCH_DOWN, 130, 210);
	finger(stage, OS_TOUCH_UP, 130, 210);
	stage_step_frames(stage, 1);
	assert_int_equal(app->touch_count, 2);
	assert_int_equal(home->touch_count, 6);
	md_layer_release(card);
	md_layer_release(banner);
	stage_remove(app);
	stage_remove(home);
}

static void fingers_turn_with_the_screen(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	static const struct {
		int orientation;
		double x, y;
	} s_turns[] = {{90, 200, 480 - 100},
		       {180, 480 - 100, 800 - 200},
		       {270, 800 - 200, 100},
		       {0, 100, 200}};
	for (size_t i = 0; i < OS_ARRAY_LEN(s_turns); i++) {
		char text[8];
		snprintf(text, sizeof(text), "%d", s_turns[i].orientation);
		md_compositor_set_trait(stage->compositor, "display.orientation", text);
		stage_step_frames(stage, 60);
		bool sideways = s_turns[i].orientation % 180 != 0;
		assert_true(md_scene_configuration(app->scene)->size.width ==
			    (sideways ? 800 : 480));
		app->touch_count = 0;
		finger(stage, OS_TOUCH_DOWN, 100, 200);
		finger(stage, OS_TOUCH_UP, 100, 200);
		stage_step_frames(stage, 1);
		assert_int_equal(app->touch_count, 2);
		assert_true(is_at(&app->touches[0], s_turns[i].x, s_turns[i].y));
	}
	stage_remove(app);
}

static void keys_go_to_the_scene_with_the_focus(void **state)
{
	struct stage *stage = *state;
	struct actor *home = stage_add(stage, "org.strata.home", "home", "");
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct os_key_sample sample = {.key = KEY_A, .down = true, .text = "a"};
	assert_true(home->focused);
	input_key(stage->compositor, &sample);
	stage_step_frames(stage, 1);
	assert_int_equal(home->keys, 1);
	assert_string_equal(home->key_text, "a");
	md_shell_activate(home->scene, md_scene_token(app->scene));
	stage_step_frames(stage, 1);
	assert_true(app->focused);
	assert_false(home->focused);
	input_key(stage->compositor, &sample);
	sample = (struct os_key_sample){.key = KEY_HOMEPAGE, .down = true};
	input_key(stage->compositor, &sample);
	stage_step_frames(stage, 1);
	assert_int_equal(app->keys, 1);
	assert_int_equal(home->keys, 1);
	assert_int_equal(home->system_keys, 1);
	stage_remove(app);
	stage_remove(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(downs_and_ups_come_at_once_and_moves_with_the_tick,
					    setup, teardown),
	    cmocka_unit_test_setup_teardown(moves_of_a_slow_app_are_coalesced, setup, teardown),
	    cmocka_unit_test_setup_teardown(downs_of_a_stopped_app_are_bounded, setup, teardown),
	    cmocka_unit_test_setup_teardown(an_edge_swipe_is_the_systems, setup, teardown),
	    cmocka_unit_test_setup_teardown(along_the_edge_is_the_apps, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_finger_goes_through_what_hosts_it, setup, teardown),
	    cmocka_unit_test_setup_teardown(fingers_turn_with_the_screen, setup, teardown),
	    cmocka_unit_test_setup_teardown(keys_go_to_the_scene_with_the_focus, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
