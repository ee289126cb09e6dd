/* Frames on a panel with vertical blanks of its own: they begin with them, follow them where the
 * mode's rate is not quite theirs, and a need on an idle screen waits for the next. F122 F133 */
#include "test.h"

#include <math.h>

#include <os/clock.h>

#include "stage.h"

#define RATE_MHZ 60000
#define PERIOD_US (1e9 / RATE_MHZ)
/* A panel's crystal is some parts in ten thousand off. */
#define TRUE_PERIOD_US (PERIOD_US * 1.0005)
#define OFFSET_US 4321

struct panel {
	struct stage stage;
	struct actor *app;
	int64_t origin_us;
};

static int setup(void **state)
{
	struct panel *panel = calloc(1, sizeof(*panel));
	stage_init_mode(&panel->stage, 2, (struct os_display_mode){480, 800, 1, RATE_MHZ, true});
	panel->origin_us = os_clock_now_us() + OFFSET_US;
	fake_board_set_blanks(panel->stage.board, panel->origin_us, TRUE_PERIOD_US);
	panel->app = stage_add(&panel->stage, "org.strata.a", "app", "");
	stage_step_frames(&panel->stage, 4);
	*state = panel;
	return 0;
}

static int teardown(void **state)
{
	struct panel *panel = *state;
	stage_remove(panel->app);
	stage_finish(&panel->stage);
	free(panel);
	return 0;
}

/* How far a time is from the next blank of the panel, before or after. */
static double off_blank_us(const struct panel *panel, int64_t time_us)
{
	double blanks = (double)(time_us - panel->origin_us) / TRUE_PERIOD_US;
	double near = (double)(int64_t)(blanks + 0.5);
	return fabs(blanks - near) * TRUE_PERIOD_US;
}

static void change(struct actor *app, int count)
{
	struct md_color color = {(count & 63) / 63.0, 0, 0, 1};
	md_layer_set_background(md_scene_root(app->scene), color);
	md_scene_commit(app->scene);
}

static void paint(struct actor *app, const struct md_tick *tick)
{
	change(app, app->ticks);
	md_scene_request_tick(app->scene);
}

static void frames_are_due_at_blanks(void **state)
{
	struct panel *panel = *state;
	panel->app->on_tick = paint;
	md_scene_request_tick(panel->app->scene);
	stage_step_frames(&panel->stage, 3);
	int64_t last_us = panel->app->tick.target_us;
	int ticks = panel->app->ticks;
	uint64_t frames = fake_board_frames(panel->stage.board);
	for (int i = 0; i < 600; i++) {
		stage_step_us(&panel->stage, (int64_t)TRUE_PERIOD_US);
		int64_t target_us = panel->app->tick.target_us;
		/* Between two pictures the mode's rate is all that is known. */
		assert_true(off_blank_us(panel, target_us) < 2 * (TRUE_PERIOD_US - PERIOD_US) + 2);
		assert_true(target_us >= last_us);
		last_us = target_us;
	}
	/* One frame for each blank: none is left out, none comes twice. */
	assert_in_range(panel->app->ticks - ticks, 598, 601);
	assert_in_range(fake_board_frames(panel->stage.board) - frames, 598, 601);
	panel->app->on_tick = NULL;
	stage_step_frames(&panel->stage, 3);
}

/* Wherever in a period it is needed: the frame begins with a blank, at most a quarter ago, and is on
 * the screen with the one after. */
static void an_idle_screen_waits_for_its_blank(void **state)
{
	struct panel *panel = *state;
	for (int i = 0; i < 20; i++) {
		stage_step_us(&panel->stage, 100 * OS_US_PER_MS + i * 977);
		int ticks = panel->app->ticks;
		int64_t asked_us = os_clock_now_us();
		md_scene_request_tick(panel->app->scene);
		stage_step_frames(&panel->stage, 3);
		assert_int_equal(panel->app->ticks, ticks + 1);
		int64_t target_us = panel->app->tick.target_us;
		assert_true(target_us > asked_us + (int64_t)(PERIOD_US * 0.7));
		assert_true(target_us < asked_us + (int64_t)(PERIOD_US * 2));
		change(panel->app, i);
		stage_step_frames(&panel->stage, 3);
		assert_true(off_blank_us(panel, panel->app->tick.target_us) < 200);
	}
}

static void an_idle_screen_wakes_nobody(void **state)
{
	struct panel *panel = *state;
	stage_step_frames(&panel->stage, 10);
	uint64_t frames = fake_board_frames(panel->stage.board);
	assert_true(os_loop_next_deadline_us(panel->stage.loop) == OS_NEVER);
	stage_step_us(&panel->stage, 60 * OS_US_PER_S);
	assert_int_equal(fake_board_frames(panel->stage.board), frames);
}

/* Without a screen there are no blanks, and frames begin when they are asked for. */
static void without_a_panel_there_is_no_phase(void **state)
{
	struct panel *panel = *state;
	struct os_display_mode mode = {480, 800, 1, RATE_MHZ, false, .is_absent = true};
	fake_board_set_blanks(panel->stage.board, 0, 0);
	fake_board_change_mode(panel->stage.board, &mode);
	stage_step_us(&panel->stage, 100 * OS_US_PER_MS + 5000);
	int64_t asked_us = os_clock_now_us();
	md_scene_request_tick(panel->app->scene);
	stage_step_frames(&panel->stage, 3);
	assert_true(panel->app->tick.target_us - asked_us <= (int64_t)PERIOD_US + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(frames_are_due_at_blanks, setup, teardown),
	    cmocka_unit_test_setup_teardown(an_idle_screen_waits_for_its_blank, setup, teardown),
	    cmocka_unit_test_setup_teardown(an_idle_screen_wakes_nobody, setup, teardown),
	    cmocka_unit_test_setup_teardown(without_a_panel_there_is_no_phase, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
