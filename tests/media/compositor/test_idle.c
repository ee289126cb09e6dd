/* F16: dim, dark, and the touch or key that wakes; nothing happens in the dark. Held clock. */
#include "test.h"

#include <linux/input-event-codes.h>
#include <math.h>
#include <os/clock.h>

#include "compositor_private.h"
#include "stage.h"

#define SECOND OS_US_PER_S

static const struct os_power_state s_panel = {
    .has_backlight = true, .backlight = 1, .warmest_c = NAN};

struct room {
	struct stage stage;
	struct actor *app;
};

/* A screen with a backlight, dim after 10 s and dark after 20; one app. */
static int setup(void **state)
{
	struct room *room = calloc(1, sizeof(*room));
	struct fake_board *board = fake_board_create(1);
	fake_board_add_power(board, &s_panel);
	stage_init_board(&room->stage, board, "memory");
	md_compositor_set_trait(room->stage.compositor, "display.dim-after", "10");
	md_compositor_set_trait(room->stage.compositor, "display.blank-after", "20");
	room->app = stage_add(&room->stage, "org.strata.a", "app", "");
	*state = room;
	return 0;
}

static int teardown(void **state)
{
	struct room *room = *state;
	stage_remove(room->app);
	stage_finish(&room->stage);
	free(room);
	return 0;
}

static void finger(struct room *room, enum os_touch_phase phase, int number)
{
	fake_board_touch(room->stage.board, phase, number, 0.5, 0.5);
	stage_step_us(&room->stage, 0);
}

static void key(struct room *room, uint32_t code, bool down)
{
	const struct os_key_sample sample = {
	    .time_us = os_clock_now_us(), .key = code, .down = down, .text = ""};
	input_key(room->stage.compositor, &sample);
	stage_step_us(&room->stage, 0);
}

static const char *screen(const struct room *room)
{
	return idle_word(room->stage.compositor);
}

static void nobody_there_dims_and_then_darkens(void **state)
{
	struct room *room = *state;
	assert_true(fake_board_light(room->stage.board) == 1);
	stage_step_us(&room->stage, 9 * SECOND);
	assert_string_equal(screen(room), "on");
	stage_step_us(&room->stage, SECOND);
	assert_string_equal(screen(room), "dimmed");
	assert_true(fabs(fake_board_light(room->stage.board) - 0.3) < 1e-9);
	assert_false(room->app->unseen);
	stage_step_us(&room->stage, 10 * SECOND);
	assert_string_equal(screen(room), "off");
	assert_true(fake_board_light(room->stage.board) == -1);
	assert_true(room->app->unseen);
}

static void whoever_is_there_keeps_it_on(void **state)
{
	struct room *room = *state;
	for (int i = 0; i < 5; i++) {
		stage_step_us(&room->stage, 9 * SECOND);
		finger(room, OS_TOUCH_DOWN, 0);
		finger(room, OS_TOUCH_UP, 0);
	}
	assert_string_equal(screen(room), "on");
	finger(room, OS_TOUCH_DOWN, 0); /* and stays there, without a word */
	stage_step_us(&room->stage, 60 * SECOND);
	assert_string_equal(screen(room), "on");
	finger(room, OS_TOUCH_UP, 0);
	stage_step_us(&room->stage, 30 * SECOND);
	assert_string_equal(screen(room), "off");
}

static void a_touch_on_a_dimmed_screen_goes_its_way(void **state)
{
	struct room *room = *state;
	stage_step_us(&room->stage, 12 * SECOND);
	assert_string_equal(screen(room), "dimmed");
	finger(room, OS_TOUCH_DOWN, 0);
	assert_string_equal(screen(room), "on");
	assert_true(fake_board_light(room->stage.board) == 1);
	assert_int_equal(room->app->touch_count, 1);
	finger(room, OS_TOUCH_UP, 0);
	assert_int_equal(room->app->touch_count, 2);
}

static void the_waking_touch_is_nobodys_until_it_lifts(void **state)
{
	struct room *room = *state;
	stage_step_us(&room->stage, 25 * SECOND);
	finger(room, OS_TOUCH_DOWN, 0);
	assert_string_equal(screen(room), "on");
	assert_false(room->app->unseen);
	stage_step_us(&room->stage, 2 * SECOND);
	finger(room, OS_TOUCH_MOVE, 0);
	finger(room, OS_TOUCH_DOWN, 1); /* another one is a touch like any */
	assert_int_equal(room->app->touch_count, 1);
	assert_int_equal(room->app->touches[0].finger, 1);
	finger(room, OS_TOUCH_UP, 0);
	assert_int_equal(room->app->touch_count, 1);
	finger(room, OS_TOUCH_DOWN, 0);
	finger(room, OS_TOUCH_UP, 0);
	finger(room, OS_TOUCH_UP, 1);
	assert_int_equal(room->app->touch_count, 4);
}

static void in_the_dark_nothing_is_ticked_or_shown(void **state)
{
	struct room *room = *state;
	stage_step_us(&room->stage, 25 * SECOND);
	uint64_t frames = fake_board_frames(room->stage.board);
	int ticks = room->app->ticks;
	md_scene_request_tick(room->app->scene);
	for (int i = 0; i < 5; i++) {
		md_layer_set_background(md_scene_root(room->app->scene),
					md_color_hex(0x100000u * (i + 1)));
		md_scene_commit(room->app->scene);
		stage_step_us(&room->stage, 60 * SECOND);
	}
	assert_int_equal(fake_board_frames(room->stage.board), frames);
	assert_int_equal(room->app->ticks, ticks);
	/* Nor is anybody woken: no timer is set. */
	assert_true(os_loop_next_deadline_us(room->stage.loop) == OS_NEVER);
	finger(room, OS_TOUCH_DOWN, 0);
	stage_step_frames(&room->stage, 2);
	assert_int_equal(room->app->ticks, ticks + 1);
	assert_int_equal(fake_board_frames(room->stage.board), frames + 1);
	assert_int_equal(fake_board_pixel(room->stage.board, 100, 100), 0x500000);
	finger(room, OS_TOUCH_UP, 0);
}

static void an_animation_is_where_it_would_be(void **state)
{
	struct room *room = *state;
	struct md_animation move =
	    md_animation_curve(MD_LAYER_TRANSLATION, 30 * SECOND, MD_CURVE_LINEAR);
	move.to[0] = 200;
	struct md_layer *box = md_layer_create(room->app->scene);
	md_layer_set_frame(box, (struct md_rect){0, 0, 50, 50});
	md_layer_set_background(box, md_color_hex(0xff0000));
	md_layer_insert(md_scene_root(room->app->scene), box, -1);
	md_layer_add_animation(box, "move", &move);
	md_scene_commit(room->app->scene);
	stage_step_us(&room->stage, 5 * SECOND);
	idle_go_dark(room->stage.compositor);
	stage_step_frames(&room->stage, 2);
	uint64_t frames = fake_board_frames(room->stage.board);
	stage_step_us(&room->stage, 40 * SECOND);
	assert_int_equal(fake_board_frames(room->stage.board), frames);
	finger(room, OS_TOUCH_DOWN, 0);
	finger(room, OS_TOUCH_UP, 0);
	stage_step_frames(&room->stage, 3);
	assert_false(animator_is_moving(room->stage.compositor, true));
	md_layer_release(box);
}

static void fingers_that_were_down_are_cancelled(void **state)
{
	struct room *room = *state;
	finger(room, OS_TOUCH_DOWN, 0);
	key(room, KEY_POWER, true);
	key(room, KEY_POWER, false);
	assert_string_equal(screen(room), "off");
	assert_int_equal(room->app->touch_count, 2);
	assert_int_equal(room->app->touches[1].phase, MD_TOUCH_CANCEL);
	finger(room, OS_TOUCH_MOVE, 0); /* it wakes nothing: it was there before */
	assert_string_equal(screen(room), "off");
	finger(room, OS_TOUCH_UP, 0);
	assert_int_equal(room->app->touch_count, 2);
}

static void the_power_key_goes_both_ways(void **state)
{
	struct room *room = *state;
	key(room, KEY_POWER, true);
	assert_string_equal(screen(room), "on"); /* it may become a long one */
	key(room, KEY_POWER, false);
	assert_string_equal(screen(room), "off");
	key(room, KEY_POWER, true);
	assert_string_equal(screen(room), "on");
	stage_step_us(&room->stage, 3 * SECOND); /* however long: it only woke */
	key(room, KEY_POWER, false);
	assert_string_equal(screen(room), "on");
	key(room, KEY_SLEEP, true);
	key(room, KEY_SLEEP, false);
	assert_string_equal(screen(room), "off");
	key(room, KEY_WAKEUP, true);
	key(room, KEY_WAKEUP, false);
	assert_string_equal(screen(room), "on");
	assert_int_equal(room->app->keys, 0);
}

static void a_long_press_is_the_shells(void **state)
{
	struct room *room = *state;
	struct actor *home = stage_add(&room->stage, "org.strata.home", "home", "");
	key(room, KEY_POWER, true);
	stage_step_us(&room->stage, 1490 * OS_US_PER_MS);
	assert_int_equal(home->system_keys, 0);
	stage_step_us(&room->stage, 10 * OS_US_PER_MS);
	assert_int_equal(home->system_keys, 1);
	assert_int_equal(home->system_key, KEY_POWER);
	key(room, KEY_POWER, false);
	assert_string_equal(screen(room), "on");
	key(room, KEY_VOLUMEUP, true);
	assert_int_equal(home->system_key, KEY_VOLUMEUP);
	key(room, KEY_VOLUMEUP, false);
	stage_remove(home);
	stage_step_frames(&room->stage, 3);
}

static void the_waking_key_is_nobodys(void **state)
{
	struct room *room = *state;
	idle_go_dark(room->stage.compositor);
	key(room, KEY_A, true);
	assert_string_equal(screen(room), "on");
	const struct os_key_sample again = {
	    .key = KEY_A, .down = true, .repeat = true, .text = "a"};
	input_key(room->stage.compositor, &again);
	key(room, KEY_B, true);
	key(room, KEY_A, false);
	key(room, KEY_B, false);
	assert_int_equal(room->app->keys, 2); /* B's */
	key(room, KEY_A, true);
	assert_int_equal(room->app->keys, 3);
	key(room, KEY_A, false);
}

static void the_scene_in_front_may_keep_it_on(void **state)
{
	struct room *room = *state;
	md_scene_set_keeps_on(room->app->scene, true);
	stage_step_us(&room->stage, 600 * SECOND);
	assert_string_equal(screen(room), "on");
	assert_true(os_loop_next_deadline_us(room->stage.loop) == OS_NEVER);
	struct actor *other = stage_add(&room->stage, "org.strata.b", "app", "");
	stage_step_us(&room->stage, 12 * SECOND); /* the other one is in front now */
	assert_string_equal(screen(room), "dimmed");
	stage_remove(other);
	stage_step_us(&room->stage, 0);
	assert_string_equal(screen(room), "on");
	md_scene_set_keeps_on(room->app->scene, false);
	stage_step_us(&room->stage, 30 * SECOND);
	assert_string_equal(screen(room), "off");
}

static void never_is_never(void **state)
{
	struct room *room = *state;
	md_compositor_set_trait(room->stage.compositor, "display.dim-after", "0");
	stage_step_us(&room->stage, 19 * SECOND);
	assert_string_equal(screen(room), "on");
	md_compositor_set_trait(room->stage.compositor, "display.blank-after", "0");
	stage_step_us(&room->stage, 86400 * SECOND);
	assert_string_equal(screen(room), "on");
	assert_true(os_loop_next_deadline_us(room->stage.loop) == OS_NEVER);
}

static void a_look_changed_in_the_dark_is_there_in_the_light(void **state)
{
	struct room *room = *state;
	idle_go_dark(room->stage.compositor);
	stage_step_us(&room->stage, SECOND);
	int configures = room->app->configures;
	md_compositor_set_trait(room->stage.compositor, "look", "dark");
	md_compositor_set_trait(room->stage.compositor, "display.orientation", "90");
	stage_step_us(&room->stage, SECOND);
	assert_true(room->app->configures > configures);
	assert_false(change_is_moving(room->stage.compositor));
	assert_true(room->stage.compositor->screen.width == 800);
}

/* "auto": never in a window or in memory; a wall's times on a panel with a plug, a hand's with a
 * battery. */
static void automatic_depends_on_what_it_hangs_on(void **state)
{
	struct stage stage;
	struct fake_board *board = fake_board_create(1);
	fake_board_add_power(board, &s_panel);
	stage_init_board(&stage, board, "memory");
	stage_step_us(&stage, 3600 * SECOND);
	assert_string_equal(idle_word(stage.compositor), "on");
	stage_finish(&stage);
	board = fake_board_create(1);
	fake_board_add_power(board, &s_panel);
	stage_init_board(&stage, board, "dumb");
	stage_step_us(&stage, 299 * SECOND);
	assert_string_equal(idle_word(stage.compositor), "on");
	stage_step_us(&stage, 2 * SECOND);
	assert_string_equal(idle_word(stage.compositor), "dimmed");
	idle_activity(stage.compositor);
	power_simulate_battery(stage.compositor, 0.8, false);
	stage_step_us(&stage, 31 * SECOND);
	assert_string_equal(idle_word(stage.compositor), "dimmed");
	stage_step_us(&stage, 30 * SECOND);
	assert_string_equal(idle_word(stage.compositor), "off");
	stage_finish(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(nobody_there_dims_and_then_darkens, setup, teardown),
	    cmocka_unit_test_setup_teardown(whoever_is_there_keeps_it_on, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_touch_on_a_dimmed_screen_goes_its_way, setup,
					    teardown),
	    cmocka_unit_test_setup_teardown(the_waking_touch_is_nobodys_until_it_lifts, setup,
					    teardown),
	    cmocka_unit_test_setup_teardown(in_the_dark_nothing_is_ticked_or_shown, setup,
					    teardown),
	    cmocka_unit_test_setup_teardown(an_animation_is_where_it_would_be, setup, teardown),
	    cmocka_unit_test_setup_teardown(fingers_that_were_down_are_cancelled, setup, teardown),
	    cmocka_unit_test_setup_teardown(the_power_key_goes_both_ways, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_long_press_is_the_shells, setup, teardown),
	    cmocka_unit_test_setup_teardown(the_waking_key_is_nobodys, setup, teardown),
	    cmocka_unit_test_setup_teardown(the_scene_in_front_may_keep_it_on, setup, teardown),
	    cmocka_unit_test_setup_teardown(never_is_never, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_look_changed_in_the_dark_is_there_in_the_light, setup,
					    teardown),
	    cmocka_unit_test(automatic_depends_on_what_it_hangs_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
