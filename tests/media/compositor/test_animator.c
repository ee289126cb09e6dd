/* Animations run in the compositor from values, whether their app answers or not. F46 F47 F48
 * F49 */
#include "test.h"

#include <math.h>
#include <os/clock.h>

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

struct watch {
	int count;
	uint64_t frame[256];
	int64_t target_us[256];
	double value[256];
};

static int watched(void *context, struct os_port *port, struct os_message *message)
{
	struct watch *watch = context;
	uint64_t frame = os_message_read_u64(message);
	int64_t target_us = os_message_read_i64(message);
	uint32_t count = os_message_read_count(message);
	for (uint32_t i = 0; i < count && watch->count < 256; i++) {
		os_message_read_u32(message);
		os_message_read_u32(message);
		os_message_read_u64(message);
		watch->value[watch->count] = os_message_read_double(message);
		for (int k = 1; k < MD_ANIMATION_VALUES; k++) {
			os_message_read_double(message);
		}
		watch->frame[watch->count] = frame;
		watch->target_us[watch->count++] = target_us;
	}
	return 0;
}

static struct os_connection *watch_frames(struct stage *stage, struct watch *watch)
{
	static const struct os_connection_delegate s_delegate = {.struct_size = sizeof(s_delegate),
								 .message = watched};
	int fds[2];
	os_port_pair(fds);
	struct os_peer peer = {.client = 99, .role = "tool", .entitlements = "tool"};
	md_compositor_add_client(stage->compositor, fds[1], 0, &peer);
	struct os_connection *tool = os_connection_create_with_fd(
	    stage->loop, fds[0], &md_device_interface, &s_delegate, watch);
	struct os_message request;
	os_message_init(&request, &md_device_interface.requests[MD_DEVICE_FRAMES],
			MD_DEVICE_FRAMES);
	os_message_write_bool(&request, true);
	assert_int_equal(stage_call(stage, tool, &request, NULL), 0);
	return tool;
}

static struct md_layer *add_box(struct actor *app)
{
	struct md_layer *layer = md_layer_create(app->scene);
	md_layer_set_frame(layer, (struct md_rect){0, 100, 50, 50});
	md_layer_set_background(layer, MD_COLOR_BLACK);
	md_layer_insert(md_scene_root(app->scene), layer, -1);
	md_layer_release(layer);
	return layer;
}

struct ends {
	int count;
	bool finished;
};

static void ended(void *context, bool finished)
{
	struct ends *ends = context;
	ends->count++;
	ends->finished = finished;
}

static void every_frame_is_the_closed_form(void **state)
{
	struct stage *stage = *state;
	static struct watch watch;
	watch = (struct watch){0};
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct os_connection *tool = watch_frames(stage, &watch);
	struct md_layer *box = add_box(app);
	struct ends ends = {0};
	struct md_animation push =
	    md_animation_spring(MD_LAYER_TRANSLATION, md_spring_from_frequency(20, 1));
	push.from[0] = 400;
	md_layer_add_animation(box, "push", &push);
	md_layer_on_animation_done(box, "push", ended, &ends);
	md_scene_commit(app->scene);
	stage_step_us(stage, OS_US_PER_S);
	assert_true(watch.count > 20);
	int64_t begin_us = watch.target_us[0];
	for (int i = 0; i < watch.count; i++) {
		double t_s = (double)(watch.target_us[i] - begin_us) / 1e6;
		double expected = md_spring_displacement(push.spring, 400, 0, t_s);
		assert_true(fabs(watch.value[i] - expected) < 1e-9);
		assert_true(i == 0 || watch.frame[i] > watch.frame[i - 1]);
		/* The app knows the same from the same code. */
		double value[MD_ANIMATION_VALUES];
		if (md_layer_has_animations(box)) {
			md_layer_presentation(box, MD_LAYER_TRANSLATION, watch.target_us[i], value);
			assert_true(fabs(value[0] - expected) < 1e-9);
		}
	}
	assert_int_equal(ends.count, 1);
	assert_true(ends.finished);
	assert_false(md_layer_has_animations(box));
	/* And then there is rest. */
	uint64_t frames = fake_board_frames(stage->board);
	stage_step_us(stage, OS_US_PER_S);
	assert_int_equal(fake_board_frames(stage->board), frames);
	os_connection_release(tool);
	stage_remove(app);
}

/* The app is not asked for anything while its animation runs: that it could hang makes no odds. */
static void frames_of_an_animation_wait_for_nobody(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct md_layer *box = add_box(app);
	struct md_animation fade =
	    md_animation_curve(MD_LAYER_OPACITY, 500 * OS_US_PER_MS, MD_CURVE_LINEAR);
	fade.from[0] = 0;
	fade.to[0] = 1;
	md_layer_add_animation(box, "fade", &fade);
	md_scene_commit(app->scene);
	uint64_t frames = fake_board_frames(stage->board);
	stage_step_us(stage, 600 * OS_US_PER_MS);
	assert_in_range(fake_board_frames(stage->board) - frames, 29, 32);
	assert_int_equal(app->ticks, 0);
	stage_remove(app);
}

static void taking_over_is_one_transaction(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct md_layer *box = add_box(app);
	struct ends ends = {0};
	struct md_animation slide =
	    md_animation_curve(MD_LAYER_TRANSLATION, OS_US_PER_S, MD_CURVE_LINEAR);
	slide.from[0] = 0;
	slide.to[0] = 400;
	md_layer_add_animation(box, "slide", &slide);
	md_layer_on_animation_done(box, "slide", ended, &ends);
	md_scene_commit(app->scene);
	stage_step_us(stage, 500 * OS_US_PER_MS);
	double value[MD_ANIMATION_VALUES];
	md_layer_presentation(box, MD_LAYER_TRANSLATION, os_clock_now_us(), value);
	assert_true(value[0] > 150 && value[0] < 250);
	md_layer_set_transform(box, (struct md_transform){value[0], 0, 1, 1, 0});
	md_layer_remove_animation(box, "slide");
	assert_int_equal(ends.count, 1);
	assert_false(ends.finished);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 3);
	int x = (int)floor(value[0] + 0.5);
	assert_int_equal(fake_board_pixel(stage->board, x, 110), 0x000000);
	assert_int_equal(fake_board_pixel(stage->board, x - 1, 110), 0xffffff);
	stage_step_us(stage, OS_US_PER_S);
	assert_int_equal(fake_board_pixel(stage->board, x, 110), 0x000000);
	stage_remove(app);
}

static void an_endless_one_in_a_hidden_layer_needs_no_frames(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct md_layer *box = add_box(app);
	struct md_animation spin =
	    md_animation_curve(MD_LAYER_ROTATION, OS_US_PER_S, MD_CURVE_LINEAR);
	spin.to[0] = 6.28;
	spin.repeat = INFINITY;
	md_layer_add_animation(box, "spin", &spin);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 10);
	uint64_t frames = fake_board_frames(stage->board);
	stage_step_frames(stage, 10);
	assert_in_range(fake_board_frames(stage->board) - frames, 9, 11);
	md_layer_set_hidden(box, true);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 5);
	frames = fake_board_frames(stage->board);
	stage_step_us(stage, 10 * OS_US_PER_S);
	assert_int_equal(fake_board_frames(stage->board), frames);
	assert_true(os_loop_next_deadline_us(stage->loop) == OS_NEVER);
	stage_remove(app);
}

static void the_end_of_one_nobody_sees_is_told(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct md_layer *box = add_box(app);
	struct ends ends = {0};
	md_layer_set_hidden(box, true);
	struct md_animation fade =
	    md_animation_curve(MD_LAYER_OPACITY, OS_US_PER_S, MD_CURVE_LINEAR);
	md_layer_add_animation(box, "fade", &fade);
	md_layer_on_animation_done(box, "fade", ended, &ends);
	md_scene_commit(app->scene);
	stage_step_us(stage, 900 * OS_US_PER_MS);
	assert_int_equal(ends.count, 0);
	stage_step_us(stage, 200 * OS_US_PER_MS);
	assert_int_equal(ends.count, 1);
	stage_remove(app);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(every_frame_is_the_closed_form, setup, teardown),
	    cmocka_unit_test_setup_teardown(frames_of_an_animation_wait_for_nobody, setup,
					    teardown),
	    cmocka_unit_test_setup_teardown(taking_over_is_one_transaction, setup, teardown),
	    cmocka_unit_test_setup_teardown(an_endless_one_in_a_hidden_layer_needs_no_frames, setup,
					    teardown),
	    cmocka_unit_test_setup_teardown(the_end_of_one_nobody_sees_is_told, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
