/* What commands and tests ask of the device. F111 F114 F135 */
#include "test.h"

#include <errno.h>
#include <linux/input-event-codes.h>
#include <os/clock.h>
#include <os/file.h>
#include <sys/mman.h>
#include <unistd.h>

#include <md/image.h>

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

static void request(struct os_message *message, enum md_device_request type)
{
	os_message_init(message, &md_device_interface.requests[type], type);
}

struct sample {
	int64_t after_us;
	unsigned phase;
	double x, y;
};

static int feed(struct stage *stage, struct os_connection *tool, const struct sample *samples,
		uint32_t count, uint64_t *ret_flow)
{
	struct os_message message, reply;
	request(&message, MD_DEVICE_FEED);
	os_message_write_count(&message, count);
	for (uint32_t i = 0; i < count; i++) {
		os_message_write_i64(&message, samples[i].after_us);
		os_message_write_i32(&message, 0);
		os_message_write_u32(&message, samples[i].phase);
		os_message_write_double(&message, samples[i].x);
		os_message_write_double(&message, samples[i].y);
	}
	int status = stage_call(stage, tool, &message, &reply);
	if (status == 0) {
		*ret_flow = os_message_read_u64(&reply);
		os_message_finish(&reply);
	}
	return status;
}

static void fed_fingers_go_the_way_of_every_finger(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct os_connection *tool = stage_tool(stage);
	const struct sample tap[] = {{0, 0, 100, 200}, {20000, 1, 101, 200}, {50000, 2, 101, 200}};
	uint64_t flow = 0;
	int64_t began_us = os_clock_now_us();
	assert_int_equal(feed(stage, tool, tap, 3, &flow), 0);
	assert_true(os_clock_now_us() - began_us >= 50000);
	assert_int_equal(app->touch_count, 3);
	assert_true(app->touches[0].position.x == 100 && app->touches[0].position.y == 200);
	assert_true(app->touches[0].flow == flow);
	assert_true(app->touches[2].time_us - app->touches[0].time_us == 50000);
	const struct sample bad[] = {{0, 9, 100, 200}};
	assert_int_equal(feed(stage, tool, bad, 1, &flow), -EINVAL);
	os_connection_release(tool);
	stage_remove(app);
}

static void keys_and_text_arrive(void **state)
{
	struct stage *stage = *state;
	struct os_connection *tool = stage_tool(stage);
	struct os_message message;
	request(&message, MD_DEVICE_TYPE);
	os_message_write_text(&message, "nobody");
	assert_int_equal(stage_call(stage, tool, &message, NULL), -ENOENT);
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	request(&message, MD_DEVICE_KEY);
	os_message_write_u32(&message, KEY_ENTER);
	os_message_write_u32(&message, 0);
	os_message_write_bool(&message, false);
	os_message_write_text(&message, "");
	assert_int_equal(stage_call(stage, tool, &message, NULL), 0);
	assert_int_equal(app->keys, 2);
	assert_false(app->key.down);
	request(&message, MD_DEVICE_TYPE);
	os_message_write_text(&message, "Grüße");
	assert_int_equal(stage_call(stage, tool, &message, NULL), 0);
	assert_string_equal(app->input, "TGrüße");
	const uint8_t no_field[] = {MD_INPUT_FIELD, 0};
	md_scene_send_input(app->scene, no_field, 2);
	stage_step_frames(stage, 1);
	request(&message, MD_DEVICE_TYPE);
	os_message_write_text(&message, "x");
	assert_int_equal(stage_call(stage, tool, &message, NULL), -ENOENT);
	os_connection_release(tool);
	stage_remove(app);
}

static struct md_image *screenshot(struct stage *stage, struct os_connection *tool)
{
	int fd = memfd_create("shot", MFD_CLOEXEC);
	struct os_message message, reply;
	request(&message, MD_DEVICE_SCREENSHOT);
	os_message_write_fd(&message, fd);
	assert_int_equal(stage_call(stage, tool, &message, &reply), 0);
	uint32_t width = os_message_read_u32(&reply);
	assert_true(width == 480 || width == 800);
	os_message_finish(&reply);
	off_t size = lseek(fd, 0, SEEK_END);
	char *bytes = malloc((size_t)size);
	assert_int_equal(pread(fd, bytes, (size_t)size, 0), size);
	struct os_error error;
	struct md_image *image = md_image_create_from_png(bytes, (size_t)size, "shot.png", &error);
	assert_non_null(image);
	free(bytes);
	close(fd);
	return image;
}

static uint32_t pixel(const struct md_image *image, int x, int y)
{
	int stride;
	const uint32_t *pixels = md_image_pixels(image, &stride);
	return pixels[y * stride / 4 + x] & 0xffffff;
}

static void a_screenshot_is_upright(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct os_connection *tool = stage_tool(stage);
	struct md_layer *box = md_layer_create(app->scene);
	md_layer_set_frame(box, (struct md_rect){0, 0, 60, 30});
	md_layer_set_background(box, RED);
	md_layer_insert(md_scene_root(app->scene), box, -1);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	static const int s_orientations[] = {0, 90, 180, 270};
	for (size_t i = 0; i < 4; i++) {
		struct os_message message;
		request(&message, MD_DEVICE_SET_ORIENTATION);
		os_message_write_i32(&message, s_orientations[i]);
		assert_int_equal(stage_call(stage, tool, &message, NULL), 0);
		stage_step_frames(stage, 3);
		struct md_image *image = screenshot(stage, tool);
		int width, height;
		md_image_size_px(image, &width, &height);
		assert_int_equal(width, s_orientations[i] % 180 == 0 ? 480 : 800);
		assert_int_equal(pixel(image, 59, 29), 0xff0000);
		assert_int_equal(pixel(image, 60, 29), 0xffffff);
		assert_int_equal(pixel(image, 59, 30), 0xffffff);
		md_image_release(image);
	}
	md_layer_release(box);
	os_connection_release(tool);
	stage_remove(app);
}

static char *tree(struct stage *stage, struct os_connection *tool, bool layers)
{
	int fd = memfd_create("tree", MFD_CLOEXEC);
	struct os_message message;
	request(&message, MD_DEVICE_TREE);
	os_message_write_bool(&message, layers);
	os_message_write_fd(&message, fd);
	assert_int_equal(stage_call(stage, tool, &message, NULL), 0);
	off_t size = lseek(fd, 0, SEEK_END);
	char *text = calloc(1, (size_t)size + 1);
	assert_int_equal(pread(fd, text, (size_t)size, 0), size);
	close(fd);
	return text;
}

static void the_tree_is_put_together_in_points_of_the_screen(void **state)
{
	struct stage *stage = *state;
	struct actor *home = stage_add(stage, "org.strata.home", "home", "");
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct md_layer *card = md_layer_create(home->scene);
	md_layer_set_frame(card, (struct md_rect){120, 200, 240, 400});
	md_layer_set_host(card, md_scene_token(app->scene), true);
	md_layer_insert(md_scene_root(home->scene), card, -1);
	md_shell_activate(home->scene, md_scene_token(app->scene));
	md_scene_commit(home->scene);
	stage_step_frames(stage, 2);
	strcpy(app->answer,
	       "{\"id\":\"a\",\"frame\":[0,0,480,800],\"children\":[{\"frame\":[10,20,100,44]}]}");
	strcpy(home->answer, "garbage {");
	struct os_connection *tool = stage_tool(stage);
	char *text = tree(stage, tool, false);
	assert_string_equal(
	    text,
	    "{\"id\":\"screen\",\"role\":\"screen\",\"frame\":[0,0,480,800],\"children\":["
	    "{\"id\":\"a\",\"frame\":[120,200,240,400],\"children\":[{\"frame\":[125,210,50,22]}]},"
	    "{\"id\":\"\",\"app\":\"org.strata.home\",\"role\":\"scene\",\"label\":\"not "
	    "responding\","
	    "\"value\":null,\"texts\":[],\"traits\":[\"not responding\"],\"enabled\":false,"
	    "\"selected\":false,\"focused\":false,\"visible\":true,\"frame\":[0,0,480,800],"
	    "\"actions\":[],\"children\":[]}]}\n");
	free(text);
	text = tree(stage, tool, true);
	assert_non_null(strstr(text, "\"host\":"));
	assert_non_null(strstr(text, "\"app\":\"org.strata.a\""));
	free(text);
	md_layer_release(card);
	os_connection_release(tool);
	stage_remove(app);
	stage_remove(home);
}

static bool settled(struct stage *stage, struct os_connection *tool, char *what, size_t size)
{
	struct os_message message, reply;
	request(&message, MD_DEVICE_SETTLED);
	assert_int_equal(stage_call(stage, tool, &message, &reply), 0);
	bool is = os_message_read_bool(&reply);
	snprintf(what, size, "%s", os_message_read_text(&reply));
	os_message_finish(&reply);
	return is;
}

static void settled_means_that_nothing_moves(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct os_connection *tool = stage_tool(stage);
	char what[512];
	stage_step_frames(stage, 5);
	assert_true(settled(stage, tool, what, sizeof(what)));
	struct md_animation fade =
	    md_animation_curve(MD_LAYER_OPACITY, OS_US_PER_S, MD_CURVE_LINEAR);
	fade.to[0] = 1;
	md_layer_add_animation(md_scene_root(app->scene), "fade", &fade);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 5);
	assert_false(settled(stage, tool, what, sizeof(what)));
	assert_string_equal(what, "compositor: an animation runs");
	stage_step_us(stage, 1100 * OS_US_PER_MS);
	assert_true(settled(stage, tool, what, sizeof(what)));
	md_scene_set_moving(app->scene, true);
	stage_step_frames(stage, 3);
	assert_false(settled(stage, tool, what, sizeof(what)));
	assert_string_equal(what, "org.strata.a: views that move or are dirty");
	md_scene_set_moving(app->scene, false);
	fake_board_touch(stage->board, OS_TOUCH_DOWN, 0, 0.5, 0.5);
	stage_step_frames(stage, 5);
	assert_false(settled(stage, tool, what, sizeof(what)));
	assert_string_equal(what, "compositor: a finger is down");
	os_connection_release(tool);
	stage_remove(app);
}

static void scenes_are_asked_until_one_says_it_was_its_own(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct os_connection *tool = stage_tool(stage);
	struct os_message message, reply;
	strcpy(app->answer, "no such element");
	request(&message, MD_DEVICE_ACTION);
	os_message_write_text(&message, "n7");
	os_message_write_text(&message, "activate");
	assert_int_equal(stage_call(stage, tool, &message, NULL), -ENOENT);
	strcpy(app->answer, "");
	request(&message, MD_DEVICE_SCROLL_TO);
	os_message_write_text(&message, "");
	os_message_write_text(&message, "Zoe");
	assert_int_equal(stage_call(stage, tool, &message, NULL), 0);
	strcpy(app->answer, "n42");
	request(&message, MD_DEVICE_HIT);
	os_message_write_double(&message, 10);
	os_message_write_double(&message, 20);
	assert_int_equal(stage_call(stage, tool, &message, &reply), 0);
	assert_string_equal(os_message_read_text(&reply), "n42");
	os_message_finish(&reply);
	request(&message, MD_DEVICE_INFO);
	assert_int_equal(stage_call(stage, tool, &message, &reply), 0);
	assert_int_equal(os_message_read_u32(&reply), 480);
	os_message_finish(&reply);
	os_connection_release(tool);
	stage_remove(app);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(fed_fingers_go_the_way_of_every_finger, setup,
					    teardown),
	    cmocka_unit_test_setup_teardown(keys_and_text_arrive, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_screenshot_is_upright, setup, teardown),
	    cmocka_unit_test_setup_teardown(the_tree_is_put_together_in_points_of_the_screen, setup,
					    teardown),
	    cmocka_unit_test_setup_teardown(settled_means_that_nothing_moves, setup, teardown),
	    cmocka_unit_test_setup_teardown(scenes_are_asked_until_one_says_it_was_its_own, setup,
					    teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
