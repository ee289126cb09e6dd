/* The app's side: what is sent and what not, and everything once more after a restart. */
#include "test.h"

#include <math.h>
#include <os/clock.h>
#include <os/status.h>

#include "layer_ops.h"
#include "scene_private.h"
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

static struct md_layer *add_box(struct actor *app, struct md_rect frame, struct md_color color)
{
	struct md_layer *layer = md_layer_create(app->scene);
	md_layer_set_frame(layer, frame);
	md_layer_set_background(layer, color);
	md_layer_insert(md_scene_root(app->scene), layer, -1);
	md_layer_release(layer);
	return layer;
}

static void the_tables_are_sound(void **state)
{
	static const struct os_interface *const s_tables[] = {
	    &md_scene_interface, &md_device_interface, &md_layer_ops_interface};
	for (size_t i = 0; i < OS_ARRAY_LEN(s_tables); i++) {
		struct os_error error = {0};
		if (os_interface_check(s_tables[i], &error) < 0) {
			fail_msg("%s: %s", s_tables[i]->name, error.text);
		}
	}
}

static void nothing_is_sent_when_nothing_changed(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct md_layer *box = add_box(app, (struct md_rect){0, 0, 10, 10}, RED);
	md_scene_commit(app->scene);
	uint64_t commits = md_scene_counts(app->scene).commits;
	md_layer_set_frame(box, (struct md_rect){0, 0, 10, 10});
	md_layer_set_opacity(box, 1);
	md_scene_commit(app->scene);
	/* Nor for a layer that is in no scene. */
	struct md_layer *loose = md_layer_create(app->scene);
	md_layer_set_background(loose, BLUE);
	md_scene_commit(app->scene);
	assert_int_equal(md_scene_counts(app->scene).commits, commits);
	/* One that left and came back within a turn was never away. */
	uint64_t bytes = md_scene_counts(app->scene).bytes_sent;
	md_layer_retain(box);
	md_layer_remove(box);
	md_layer_insert(md_scene_root(app->scene), box, 0);
	md_layer_release(box);
	md_scene_commit(app->scene);
	assert_true(md_scene_counts(app->scene).bytes_sent - bytes < 250);
	md_layer_release(loose);
	stage_step_frames(stage, 2);
	assert_int_equal(app->lost, 0);
	stage_remove(app);
}

static void layers_that_go_in_any_order_confuse_nobody(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct md_layer *root = md_scene_root(app->scene);
	unsigned seed = 7;
	struct md_layer *layers[24] = {0};
	for (int turn = 0; turn < 400; turn++) {
		seed = seed * 1103515245u + 12345u;
		unsigned at = (seed >> 16) % 24, other = (seed >> 8) % 24, what = (seed >> 24) % 4;
		if (layers[at] == NULL) {
			layers[at] = md_layer_create(app->scene);
			md_layer_set_frame(layers[at], (struct md_rect){at, at, 30, 30});
			md_layer_set_background(layers[at], BLUE);
		}
		bool below = false;
		for (struct md_layer *up = layers[other]; up != NULL; up = md_layer_parent(up)) {
			below |= up == layers[at];
		}
		if (what == 0) {
			md_layer_insert(root, layers[at], (int)other % 3);
		} else if (what == 1 && layers[other] != NULL && !below) {
			md_layer_insert(layers[other], layers[at], -1);
		} else if (what == 2) {
			md_layer_remove(layers[at]);
		} else if (what == 3) {
			md_layer_remove(layers[at]);
			layers[at] = md_layer_release(layers[at]);
		}
		if (turn % 3 == 0) {
			md_scene_commit(app->scene);
			stage_step_frames(stage, 1);
			assert_int_equal(app->lost, 0);
		}
	}
	for (size_t i = 0; i < 24; i++) {
		md_layer_release(layers[i]);
	}
	stage_remove(app);
}

static void all_comes_back_after_a_restart(void **state)
{
	struct stage *stage = *state;
	struct actor *home = stage_add(stage, "org.strata.home", "home", "");
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct md_layer *host = add_box(home, (struct md_rect){0, 0, 480, 800}, MD_COLOR_BLACK);
	md_layer_set_host(host, md_scene_token(app->scene), true);
	md_shell_activate(home->scene, md_scene_token(app->scene));
	md_shell_set_edge(home->scene, MD_EDGE_BOTTOM, 20);
	md_scene_commit(home->scene);

	struct md_layer *picture = add_box(app, (struct md_rect){0, 0, 64, 64}, MD_COLOR_CLEAR);
	struct md_surface *surface = md_surface_create(app->scene, 64, 64, true);
	stage_step_frames(stage, 2);
	surface = surface != NULL ? surface : md_surface_create(app->scene, 64, 64, true);
	struct md_canvas *canvas = md_surface_begin(surface, (struct md_rect){0, 0, 64, 64});
	md_canvas_fill_rect(canvas, (struct md_rect){0, 0, 64, 64}, RED);
	md_surface_end(surface);
	md_layer_set_surface(picture, surface, NULL);
	struct md_layer *runner = add_box(app, (struct md_rect){0, 100, 20, 20}, BLUE);
	struct md_animation slide =
	    md_animation_curve(MD_LAYER_TRANSLATION, 4 * OS_US_PER_S, MD_CURVE_LINEAR);
	slide.to[0] = 400;
	md_layer_set_transform(runner, (struct md_transform){400, 0, 1, 1, 0});
	md_layer_add_animation(runner, "slide", &slide);
	md_scene_commit(app->scene);
	stage_step_us(stage, OS_US_PER_S);
	fake_board_touch(stage->board, OS_TOUCH_DOWN, 0, 0.5, 0.5);
	stage_step_frames(stage, 1);
	assert_int_equal(app->touch_count, 1);
	uint64_t token = md_scene_token(app->scene);
	int64_t given = md_surface_usage(app->scene).given;

	stage_new_compositor(stage);
	md_display_client_use_fd(app->client, stage_introduce(app));
	md_display_client_use_fd(home->client, stage_introduce(home));
	assert_int_equal(app->lost, 1);
	/* Live touches are cancelled first. */
	assert_int_equal(app->touch_count, 2);
	assert_int_equal(app->touches[1].phase, MD_TOUCH_CANCEL);
	stage_step_us(stage, OS_US_PER_S);
	assert_true(md_scene_token(app->scene) == token);
	assert_true(app->focused);
	assert_int_equal(md_surface_usage(app->scene).given, given);
	assert_int_equal(fake_board_pixel(stage->board, 5, 5), 0xff0000);
	/* The animation goes on from its own begin: half of the way after two of four seconds. */
	double value[MD_ANIMATION_VALUES];
	md_layer_presentation(runner, MD_LAYER_TRANSLATION, os_clock_now_us(), value);
	assert_true(value[0] > 195 && value[0] < 215);
	int x = (int)value[0];
	assert_int_equal(fake_board_pixel(stage->board, x + 10, 110), 0x0000ff);
	assert_int_equal(fake_board_pixel(stage->board, x + 25, 110), 0xffffff);
	assert_int_equal(app->lost, 1);
	/* And it can be drawn into as before. */
	canvas = md_surface_begin(surface, (struct md_rect){0, 0, 8, 8});
	assert_non_null(canvas);
	md_canvas_fill_rect(canvas, (struct md_rect){0, 0, 8, 8}, BLUE);
	md_surface_end(surface);
	md_layer_set_surface(picture, surface, &(struct md_rect){0, 0, 8, 8});
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	assert_int_equal(fake_board_pixel(stage->board, 5, 5), 0x0000ff);
	assert_int_equal(fake_board_pixel(stage->board, 20, 5), 0xff0000);
	assert_int_equal(app->lost, 1);
	md_surface_release(surface);
	stage_remove(app);
	stage_remove(home);
}

static void a_tick_without_a_commit_is_answered(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	for (int i = 1; i <= 5; i++) {
		md_scene_request_tick(app->scene);
		stage_step_frames(stage, 2);
		assert_int_equal(app->ticks, i);
	}
	assert_false(app->scene->tick_open);
	stage_remove(app);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_tables_are_sound),
	    cmocka_unit_test_setup_teardown(nothing_is_sent_when_nothing_changed, setup, teardown),
	    cmocka_unit_test_setup_teardown(layers_that_go_in_any_order_confuse_nobody, setup,
					    teardown),
	    cmocka_unit_test_setup_teardown(all_comes_back_after_a_restart, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_tick_without_a_commit_is_answered, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
