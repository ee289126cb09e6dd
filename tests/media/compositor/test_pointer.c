/* A mouse: its arrow is over everything while it is used, turned with the picture; its wheel is the
 * scene's below it; a keyboard that is there is the trait. F117 F98 */
#include "test.h"

#include <math.h>

#include <os/clock.h>

#include "compositor_private.h"
#include "stage.h"

/* --- A board with a mouse and a keyboard ------------------------------------------------------ */

static struct {
	const struct os_touch_events *touch;
	const struct os_key_events *key;
	void *context;
	double motion[4];
	char layout[32];
	struct md_point scrolled, scrolled_at;
	int scrolls;
} s_mouse;

static int open_touch(const struct os_touch_events *events, void *context,
		      struct os_display *display, struct os_touch **ret_touch)
{
	s_mouse.touch = events;
	s_mouse.context = context;
	*ret_touch = (struct os_touch *)&s_mouse;
	return 0;
}

static int open_key(const struct os_key_events *events, void *context, struct os_display *display,
		    struct os_key **ret_key)
{
	s_mouse.key = events;
	*ret_key = (struct os_key *)&s_mouse;
	return 0;
}

static void close_touch(struct os_touch *touch)
{
}

static void close_key(struct os_key *key)
{
}

static int touch_fd(struct os_touch *touch)
{
	return -1;
}

static int key_fd(struct os_key *key)
{
	return -1;
}

static void set_motion(struct os_touch *touch, const double matrix[4])
{
	memcpy(s_mouse.motion, matrix, sizeof(s_mouse.motion));
}

static int set_layout(struct os_key *key, const char *layout)
{
	snprintf(s_mouse.layout, sizeof(s_mouse.layout), "%s", layout);
	return 0;
}

static const struct os_touch_door s_touch_door = {.struct_size = sizeof(s_touch_door),
						  .open = open_touch,
						  .close = close_touch,
						  .get_fd = touch_fd,
						  .set_motion = set_motion};
static const struct os_key_door s_key_door = {.struct_size = sizeof(s_key_door),
					      .open = open_key,
					      .close = close_key,
					      .get_fd = key_fd,
					      .set_layout = set_layout};
static const struct os_board s_board = {.struct_size = sizeof(s_board),
					.name = "mouse",
					.touch = &s_touch_door,
					.key = &s_key_door};

static void point(double x, double y, double scroll_y)
{
	const struct os_pointer_sample sample = {
	    .time_us = os_clock_now_us(), .x = x, .y = y, .scroll_y = scroll_y};
	s_mouse.touch->pointer(s_mouse.context, &sample);
}

static void touch(enum os_touch_phase phase, double x, double y)
{
	const struct os_touch_sample sample = {
	    .time_us = os_clock_now_us(), .phase = phase, .x = x, .y = y};
	s_mouse.touch->touch(s_mouse.context, &sample, 1);
}

/* --- Tests ------------------------------------------------------------------------------------ */

struct show {
	struct stage stage;
	struct actor *app;
};

static void begin(struct show *show, int orientation)
{
	memset(&s_mouse, 0, sizeof(s_mouse));
	stage_init_input(&show->stage, &s_board, orientation);
	show->app = stage_add(&show->stage, "org.strata.a", "app", "");
	md_scene_commit(show->app->scene);
	stage_step_frames(&show->stage, 3);
}

static void end(struct show *show)
{
	stage_remove(show->app);
	stage_finish(&show->stage);
	os_clock_run();
}

/* The arrow is dark below and right of its point, on a scene that is white. */
static bool is_arrow_at(const struct show *show, int x, int y)
{
	return (fake_board_pixel(show->stage.board, x, y) & 0xff) < 0x80;
}

static void the_arrow_is_shown_while_it_is_used(void **state)
{
	struct show show;
	begin(&show, 0);
	assert_false(is_arrow_at(&show, 242, 406));
	point(0.5, 0.5, 0);
	stage_step_frames(&show.stage, 2);
	assert_true(is_arrow_at(&show, 242, 406));
	assert_false(is_arrow_at(&show, 238, 400)); /* nothing before its point */
	/* Moving damages where it was and where it is, and no more. */
	uint64_t before = fake_board_pixels(show.stage.board);
	point(0.25, 0.5, 0);
	stage_step_frames(&show.stage, 2);
	assert_false(is_arrow_at(&show, 242, 406));
	assert_true(is_arrow_at(&show, 122, 406));
	assert_true(fake_board_pixels(show.stage.board) - before <= 2 * 18 * 26);
	/* It rests: one wake-up, one frame, and it is gone. */
	uint64_t frames = fake_board_frames(show.stage.board);
	stage_step_us(&show.stage, POINTER_RESTS_US - 100000);
	assert_int_equal(fake_board_frames(show.stage.board), frames);
	assert_true(is_arrow_at(&show, 122, 406));
	stage_step_us(&show.stage, 200000);
	assert_false(is_arrow_at(&show, 122, 406));
	assert_int_equal(fake_board_frames(show.stage.board), frames + 1);
	end(&show);
}

static void a_finger_hides_it_and_its_button_does_not(void **state)
{
	struct show show;
	begin(&show, 0);
	point(0.5, 0.5, 0);
	stage_step_frames(&show.stage, 2);
	touch(OS_TOUCH_DOWN, 0.5, 0.5);
	stage_step_frames(&show.stage, 2);
	assert_true(is_arrow_at(&show, 242, 406));
	assert_int_equal(show.app->touch_count, 1);
	touch(OS_TOUCH_UP, 0.5, 0.5);
	touch(OS_TOUCH_DOWN, 0.1, 0.9);
	stage_step_frames(&show.stage, 2);
	assert_false(is_arrow_at(&show, 242, 406));
	touch(OS_TOUCH_UP, 0.1, 0.9);
	stage_step_frames(&show.stage, 2);
	end(&show);
}

static void it_is_turned_with_the_picture(void **state)
{
	struct show show;
	begin(&show, 90);
	/* A point of the screen as it is held is so much of the panel: right is down on it. */
	assert_true(fabs(s_mouse.motion[0]) < 1e-12 && fabs(s_mouse.motion[3]) < 1e-12);
	assert_true(fabs(s_mouse.motion[1] + 1.0 / 480) < 1e-12);
	assert_true(fabs(s_mouse.motion[2] - 1.0 / 800) < 1e-12);
	point(0.5, 0.5, 0);
	stage_step_frames(&show.stage, 2);
	/* Turned clockwise by a quarter, it hangs to the left of its point. */
	assert_true(is_arrow_at(&show, 240 - 7, 402));
	assert_false(is_arrow_at(&show, 242, 406));
	end(&show);
}

static void did_scroll(void *context, struct md_point position, struct md_point by)
{
	s_mouse.scrolls++;
	s_mouse.scrolled_at = position;
	s_mouse.scrolled = by;
}

static void the_wheel_is_the_scenes_below_it(void **state)
{
	struct show show;
	begin(&show, 0);
	show.app->on_scroll = did_scroll;
	point(0.25, 0.5, 2);
	stage_step_frames(&show.stage, 2);
	assert_int_equal(s_mouse.scrolls, 1);
	assert_true(s_mouse.scrolled.y == 2 * POINTER_CLICK_PT && s_mouse.scrolled.x == 0);
	assert_true(s_mouse.scrolled_at.x == 120 && s_mouse.scrolled_at.y == 400);
	/* Absurd ones are cut, and what is no number is none. */
	point(0.25, 0.5, 1e300);
	stage_step_frames(&show.stage, 2);
	assert_true(s_mouse.scrolled.y <= 4000);
	point(NAN, 0.5, 1);
	point(0.25, 0.5, NAN);
	stage_step_frames(&show.stage, 2);
	assert_true(isfinite(s_mouse.scrolled.y));
	end(&show);
}

static void plug(const char *id, int32_t fingers, double rate_hz)
{
	const struct os_touch_device device = {
	    .id = id, .name = "A device", .fingers = fingers, .rate_hz = rate_hz, .width_mm = NAN};
	s_mouse.touch->device_added(s_mouse.context, &device);
}

static void the_doctor_is_told_of_devices(void **state)
{
	struct show show;
	begin(&show, 0);
	plug("a", 10, 0);
	plug("b", 0, 0);
	plug("a", 10, 60); /* the same, and its rate */
	plug("c", 5, 0);
	s_mouse.touch->device_removed(s_mouse.context, "b");
	s_mouse.touch->device_removed(s_mouse.context, "nobody");
	const struct md_device_calibration saved = {.id = "c", .matrix = {1, 0, 0, 0, 1, 0}};
	md_compositor_set_calibrations(show.stage.compositor, &saved, 1);
	struct os_connection *tool = stage_tool(&show.stage);
	struct os_message request, reply;
	os_message_init(&request, &md_device_interface.requests[MD_DEVICE_INPUTS], MD_DEVICE_INPUTS);
	assert_int_equal(stage_call(&show.stage, tool, &request, &reply), 0);
	assert_true(os_message_read_bool(&reply));
	assert_false(os_message_read_bool(&reply));
	assert_string_equal(os_message_read_text(&reply), "");
	assert_int_equal(os_message_read_count(&reply), 2);
	static const struct {
		const char *id;
		int fingers;
		double rate_hz;
		bool is_calibrated;
	} s_expected[] = {{"a", 10, 60, false}, {"c", 5, 0, true}};
	for (size_t i = 0; i < OS_ARRAY_LEN(s_expected); i++) {
		assert_string_equal(os_message_read_text(&reply), s_expected[i].id);
		assert_string_equal(os_message_read_text(&reply), "A device");
		assert_int_equal(os_message_read_i32(&reply), s_expected[i].fingers);
		assert_true(os_message_read_double(&reply) == s_expected[i].rate_hz);
		assert_true(os_message_read_double(&reply) == 0);
		assert_true(os_message_read_double(&reply) == 0);
		assert_int_equal(os_message_read_bool(&reply), s_expected[i].is_calibrated);
	}
	os_message_finish(&reply);
	os_connection_release(tool);
	end(&show);
}

static void a_keyboard_that_is_there_is_the_trait(void **state)
{
	struct show show;
	begin(&show, 0);
	assert_false(md_scene_configuration(show.app->scene)->hardware_keyboard);
	s_mouse.key->keyboard(s_mouse.context, true);
	stage_step_frames(&show.stage, 3);
	assert_true(md_scene_configuration(show.app->scene)->hardware_keyboard);
	/* The setting says no more than the keyboard itself. */
	md_compositor_set_trait(show.stage.compositor, "hardware-keyboard", "off");
	stage_step_frames(&show.stage, 3);
	assert_true(md_scene_configuration(show.app->scene)->hardware_keyboard);
	s_mouse.key->keyboard(s_mouse.context, false);
	stage_step_frames(&show.stage, 30);
	assert_false(md_scene_configuration(show.app->scene)->hardware_keyboard);
	md_compositor_set_trait(show.stage.compositor, "hardware-keyboard", "on");
	stage_step_frames(&show.stage, 30);
	assert_true(md_scene_configuration(show.app->scene)->hardware_keyboard);
	/* Its layout is a setting; auto is the machine's own. */
	md_compositor_set_trait(show.stage.compositor, "keyboard.layout", "de(nodeadkeys)");
	assert_string_equal(s_mouse.layout, "de(nodeadkeys)");
	md_compositor_set_trait(show.stage.compositor, "keyboard.layout", "auto");
	assert_string_equal(s_mouse.layout, "");
	end(&show);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_arrow_is_shown_while_it_is_used),
	    cmocka_unit_test(a_finger_hides_it_and_its_button_does_not),
	    cmocka_unit_test(it_is_turned_with_the_picture),
	    cmocka_unit_test(the_wheel_is_the_scenes_below_it),
	    cmocka_unit_test(the_doctor_is_told_of_devices),
	    cmocka_unit_test(a_keyboard_that_is_there_is_the_trait),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
