/* F118: the compositor's side of a calibration: saved matrices reach the devices, a trial has all
 * fingers and never outlives its reason. */
#include "test.h"

#include <math.h>

#include <md/calibration.h>
#include <os/clock.h>
#include <os/memory.h>

#include "compositor_private.h"
#include "stage.h"
#include "wrong_panel.h"

static const double s_turned[6] = {0, 1, 0, -1, 0, 1};   /* what the panel does */
static const double s_mended[6] = {0, -1, 1, 1, 0, 0};   /* and what undoes it */

struct heard {
	int lists, ends;
	size_t count;
	char id[128], name[128], ended[128];
};

static void devices(void *context, const struct md_touch_device *list, size_t count)
{
	struct heard *told = context;
	told->lists++;
	told->count = count;
	if (count > 0) {
		snprintf(told->id, sizeof(told->id), "%s", list[0].id);
		snprintf(told->name, sizeof(told->name), "%s", list[0].name);
	}
}

static void ended(void *context, const char *id)
{
	struct heard *told = context;
	told->ends++;
	snprintf(told->ended, sizeof(told->ended), "%s", id);
}

static const struct md_calibration_delegate s_delegate = {
    .struct_size = sizeof(s_delegate), .devices = devices, .ended = ended};

struct show {
	struct stage stage;
	struct wrong_panel panel;
	struct heard told;
	struct actor *app;
};

static void begin(struct show *show)
{
	memset(show, 0, sizeof(*show));
	wrong_panel_init(&show->panel, "usb-1", "A panel", s_turned);
	stage_init_input(&show->stage, wrong_panel_board(&show->panel), 0);
	show->app = stage_add(&show->stage, "org.strata.settings", "app", "settings system");
	md_scene_commit(show->app->scene);
	stage_step_frames(&show->stage, 3);
	md_calibration_watch(show->app->scene, &s_delegate, &show->told);
	stage_step_frames(&show->stage, 2);
}

static void end(struct show *show)
{
	stage_remove(show->app);
	stage_finish(&show->stage);
	os_clock_run();
}

static void tap(struct show *show, double x, double y)
{
	show->app->touch_count = 0;
	wrong_panel_touch(&show->panel, OS_TOUCH_DOWN, 0, x, y);
	stage_step_frames(&show->stage, 1);
	wrong_panel_touch(&show->panel, OS_TOUCH_UP, 0, x, y);
	stage_step_frames(&show->stage, 1);
}

static void assert_hit(const struct show *show, double x, double y)
{
	assert_int_equal(show->app->touch_count, 2);
	assert_true(fabs(show->app->touches[0].position.x - x) < 0.01);
	assert_true(fabs(show->app->touches[0].position.y - y) < 0.01);
}

static void the_setting_reaches_the_device(void **state)
{
	struct show show;
	begin(&show);
	assert_int_equal(show.told.count, 1);
	assert_string_equal(show.told.id, "usb-1");
	assert_string_equal(show.told.name, "A panel");
	tap(&show, 0.25, 0.5);
	assert_hit(&show, 0.5 * 480, 0.75 * 800);
	struct md_device_calibration saved = {.id = "usb-1"};
	memcpy(saved.matrix, s_mended, sizeof(s_mended));
	md_compositor_set_calibrations(show.stage.compositor, &saved, 1);
	tap(&show, 0.25, 0.5);
	assert_hit(&show, 0.25 * 480, 0.5 * 800);
	/* After unplugging, too, and no longer once it is forgotten. */
	wrong_panel_unplug(&show.panel);
	stage_step_frames(&show.stage, 2);
	assert_int_equal(show.told.count, 0);
	wrong_panel_plug(&show.panel);
	stage_step_frames(&show.stage, 2);
	assert_int_equal(show.told.count, 1);
	tap(&show, 0.25, 0.5);
	assert_hit(&show, 0.25 * 480, 0.5 * 800);
	md_compositor_set_calibrations(show.stage.compositor, NULL, 0);
	tap(&show, 0.25, 0.5);
	assert_hit(&show, 0.5 * 480, 0.75 * 800);
	end(&show);
}

static void a_trial_ends_as_it_began(void **state)
{
	struct show show;
	begin(&show);
	md_calibration_try(show.app->scene, "usb-1", s_mended);
	stage_step_frames(&show.stage, 2);
	tap(&show, 0.25, 0.5);
	assert_hit(&show, 0.25 * 480, 0.5 * 800);
	md_calibration_end(show.app->scene);
	stage_step_frames(&show.stage, 2);
	assert_memory_equal(show.panel.calibration, md_calibration_none, sizeof(s_mended));
	assert_int_equal(show.told.ends, 0);
	end(&show);
}

/* A device that is not there, numbers that cannot be: refused, and nothing changes. */
static void what_cannot_be_tried(void **state)
{
	struct show show;
	begin(&show);
	md_calibration_try(show.app->scene, "usb-9", s_mended);
	stage_step_frames(&show.stage, 2);
	assert_int_equal(show.told.ends, 1);
	assert_string_equal(show.told.ended, "usb-9");
	assert_memory_equal(show.panel.calibration, md_calibration_none, sizeof(s_mended));
	const double flat[6] = {1, 1, 0, 1, 1, 0};
	md_calibration_try(show.app->scene, "usb-1", flat);
	stage_step_frames(&show.stage, 2);
	assert_memory_equal(show.panel.calibration, md_calibration_none, sizeof(s_mended));
	end(&show);
}

static void all_fingers_are_the_trials(void **state)
{
	struct show show;
	begin(&show);
	struct actor *home = stage_add(&show.stage, "org.strata.home", "home", "");
	struct md_layer *host = md_layer_create(home->scene);
	md_layer_set_frame(host, (struct md_rect){0, 0, 480, 800});
	md_layer_set_host(host, md_scene_token(show.app->scene), true);
	md_layer_insert(md_scene_root(home->scene), host, 0);
	md_shell_set_edge(home->scene, MD_EDGE_BOTTOM, 20);
	md_shell_activate(home->scene, md_scene_token(show.app->scene));
	md_scene_commit(home->scene);
	stage_step_frames(&show.stage, 3);
	md_calibration_try(show.app->scene, "usb-1", s_mended);
	stage_step_frames(&show.stage, 2);
	/* Up from the bottom edge: no home gesture. */
	show.app->touch_count = 0;
	wrong_panel_touch(&show.panel, OS_TOUCH_DOWN, 0, 0.5, 0.995);
	for (int i = 1; i < 10; i++) {
		stage_step_frames(&show.stage, 1);
		wrong_panel_touch(&show.panel, OS_TOUCH_MOVE, 0, 0.5, 0.995 - 0.05 * i);
	}
	wrong_panel_touch(&show.panel, OS_TOUCH_UP, 0, 0.5, 0.5);
	stage_step_frames(&show.stage, 2);
	assert_int_equal(home->edges, 0);
	assert_true(show.app->touch_count >= 3);
	assert_int_equal(show.app->touches[show.app->touch_count - 1].phase, MD_TOUCH_UP);
	/* Home comes to the front (a key): it ends. */
	md_shell_activate(home->scene, 0);
	stage_step_frames(&show.stage, 2);
	assert_int_equal(show.told.ends, 1);
	assert_memory_equal(show.panel.calibration, md_calibration_none, sizeof(s_mended));
	md_layer_release(host);
	stage_remove(home);
	end(&show);
}

static void nobody_touches_for_a_minute(void **state)
{
	struct show show;
	begin(&show);
	md_calibration_try(show.app->scene, "usb-1", s_mended);
	stage_step_us(&show.stage, MD_CALIBRATION_IDLE_US - OS_US_PER_S);
	tap(&show, 0.5, 0.5);
	stage_step_us(&show.stage, MD_CALIBRATION_IDLE_US - OS_US_PER_S);
	assert_int_equal(show.told.ends, 0);
	stage_step_us(&show.stage, 2 * OS_US_PER_S);
	assert_int_equal(show.told.ends, 1);
	assert_memory_equal(show.panel.calibration, md_calibration_none, sizeof(s_mended));
	end(&show);
}

static void its_device_or_its_app_goes(void **state)
{
	struct show show;
	begin(&show);
	md_calibration_try(show.app->scene, "usb-1", s_mended);
	stage_step_frames(&show.stage, 2);
	wrong_panel_unplug(&show.panel);
	stage_step_frames(&show.stage, 2);
	assert_int_equal(show.told.ends, 1);
	wrong_panel_plug(&show.panel);
	md_calibration_try(show.app->scene, "usb-1", s_mended);
	stage_step_frames(&show.stage, 2);
	assert_memory_equal(show.panel.calibration, s_mended, sizeof(s_mended));
	stage_kill(show.app);
	stage_step_frames(&show.stage, 3);
	assert_memory_equal(show.panel.calibration, md_calibration_none, sizeof(s_mended));
	end(&show);
}

/* An app that is not Settings is shown the door. */
static void nobody_else_may(void **state)
{
	struct show show;
	begin(&show);
	struct actor *other = stage_add(&show.stage, "org.strata.evil", "app", "");
	md_calibration_try(other->scene, "usb-1", s_mended);
	stage_step_frames(&show.stage, 3);
	assert_int_equal(other->lost, 1);
	assert_memory_equal(show.panel.calibration, md_calibration_none, sizeof(s_mended));
	stage_remove(other);
	end(&show);
}

/* record-touch: the board lets go of its devices while a tool says so, and no longer than it lives. */
static void a_tool_pauses_the_board(void **state)
{
	struct show show;
	begin(&show);
	for (int killed = 0; killed < 2; killed++) {
		struct os_connection *tool = stage_tool(&show.stage);
		struct os_message message;
		os_message_init(&message, &md_device_interface.requests[MD_DEVICE_PAUSE_INPUT], MD_DEVICE_PAUSE_INPUT);
		os_message_write_bool(&message, true);
		assert_int_equal(stage_call(&show.stage, tool, &message, NULL), 0);
		stage_step_frames(&show.stage, 2);
		assert_true(show.panel.paused);
		assert_int_equal(show.told.count, 0);
		if (!killed) {
			os_message_init(&message, &md_device_interface.requests[MD_DEVICE_PAUSE_INPUT],
					MD_DEVICE_PAUSE_INPUT);
			os_message_write_bool(&message, false);
			assert_int_equal(stage_call(&show.stage, tool, &message, NULL), 0);
		}
		os_connection_release(tool);
		stage_step_frames(&show.stage, 3);
		assert_false(show.panel.paused);
		assert_int_equal(show.told.count, 1);
	}
	end(&show);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_setting_reaches_the_device), cmocka_unit_test(a_trial_ends_as_it_began),
	    cmocka_unit_test(what_cannot_be_tried),           cmocka_unit_test(all_fingers_are_the_trials),
	    cmocka_unit_test(nobody_touches_for_a_minute),    cmocka_unit_test(its_device_or_its_app_goes),
	    cmocka_unit_test(nobody_else_may),                cmocka_unit_test(a_tool_pauses_the_board),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
