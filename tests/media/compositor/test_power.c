/* F16, F17: light by a backlight, by a veil, by the display's power; what the shell and tools hear. */
#include "test.h"

#include <errno.h>
#include <math.h>
#include <os/clock.h>

#include "compositor_private.h"
#include "stage.h"

static const struct os_power_state s_panel = {
    .has_backlight = true, .backlight = 1, .warmest_c = NAN};
static const struct os_power_state s_plain = {.warmest_c = NAN};

static struct actor *begin(struct stage *stage, const struct os_power_state *power)
{
	struct fake_board *board = fake_board_create(1);
	if (power != NULL) {
		fake_board_add_power(board, power);
	}
	stage_init_board(stage, board, "memory");
	return stage_add(stage, "org.strata.a", "app", "");
}

static void end(struct stage *stage, struct actor *app)
{
	stage_remove(app);
	stage_finish(stage);
}

static void set_brightness(struct stage *stage, const char *text)
{
	md_compositor_set_trait(stage->compositor, "display.brightness", text);
	stage_step_frames(stage, 3);
}

static uint32_t pixel(const struct stage *stage)
{
	return fake_board_pixel(stage->board, 100, 100);
}

static void a_backlight_takes_it_and_the_picture_stays(void **state)
{
	struct stage stage;
	struct actor *app = begin(&stage, &s_panel);
	uint64_t frames = fake_board_frames(stage.board);
	set_brightness(&stage, "0.4");
	assert_true(fabs(fake_board_light(stage.board) - 0.4) < 1e-9);
	assert_int_equal(fake_board_frames(stage.board), frames);
	set_brightness(&stage, "nonsense"); /* is 0: the settings let only numbers in */
	set_brightness(&stage, "7");
	set_brightness(&stage, "nan");
	assert_true(fake_board_light(stage.board) == 0);
	end(&stage, app);
}

static void a_slider_writes_once_a_frame_and_its_last_place(void **state)
{
	struct stage stage;
	struct actor *app = begin(&stage, &s_panel);
	int before = fake_board_lights_set(stage.board);
	char text[16];
	for (int i = 0; i < 50; i++) {
		snprintf(text, sizeof(text), "%.2f", 0.4 + i * 0.01);
		md_compositor_set_trait(stage.compositor, "display.brightness", text);
	}
	stage_step_frames(&stage, 5);
	assert_int_equal(fake_board_lights_set(stage.board) - before,
			 2); /* the first and the last */
	assert_true(fabs(fake_board_light(stage.board) - 0.89) < 1e-9);
	assert_true(os_loop_next_deadline_us(stage.loop) == OS_NEVER);
	end(&stage, app);
}

static void without_one_a_veil_does_it(void **state)
{
	struct stage stage;
	struct actor *app = begin(&stage, NULL);
	assert_int_equal(pixel(&stage), 0xffffff);
	set_brightness(&stage, "0");
	assert_int_equal(pixel(&stage), 0x404040); /* a quarter */
	set_brightness(&stage, "0.5");
	assert_int_equal(pixel(&stage), 0x9f9f9f);
	power_set_shade(stage.compositor, POWER_DIMMED);
	stage_step_frames(&stage, 3);
	assert_int_equal(pixel(&stage), 0x484848);
	power_set_shade(stage.compositor, POWER_LIT);
	set_brightness(&stage, "1");
	assert_int_equal(pixel(&stage), 0xffffff);
	end(&stage, app);
}

static void one_that_refuses_is_helped_by_the_veil(void **state)
{
	struct stage stage;
	struct actor *app = begin(&stage, &s_panel);
	fake_board_refuse_light(stage.board, -EACCES);
	set_brightness(&stage, "0");
	assert_int_equal(pixel(&stage), 0x404040);
	fake_board_refuse_light(stage.board, 0);
	set_brightness(&stage, "0.1");
	assert_int_equal(pixel(&stage), 0xffffff);
	end(&stage, app);
}

static void a_switch_is_on_for_every_level(void **state)
{
	struct stage stage;
	struct os_power_state power = s_panel;
	power.is_backlight_switch = true;
	struct actor *app = begin(&stage, &power);
	set_brightness(&stage, "0");
	assert_true(fake_board_light(stage.board) == 1);
	assert_int_equal(pixel(&stage), 0x404040);
	idle_go_dark(stage.compositor);
	assert_true(fake_board_light(stage.board) == -1);
	end(&stage, app);
}

static void dark_is_the_displays_power_where_there_is_no_light(void **state)
{
	struct stage stage;
	struct fake_board *board = fake_board_create(1);
	fake_board_add_power(board, &s_plain);
	fake_board_add_switch(board, 0);
	stage_init_board(&stage, board, "memory");
	struct actor *app = stage_add(&stage, "org.strata.a", "app", "");
	uint64_t frames = fake_board_frames(board);
	idle_go_dark(stage.compositor);
	stage_step_us(&stage, OS_US_PER_S);
	assert_false(fake_board_is_on(board));
	assert_int_equal(fake_board_frames(board), frames);
	idle_activity(stage.compositor);
	stage_step_frames(&stage, 3);
	assert_true(fake_board_is_on(board));
	assert_int_equal(fake_board_frames(board), frames + 1);
	assert_int_equal(pixel(&stage), 0xffffff);
	end(&stage, app);
}

static void black_once(struct stage *stage)
{
	uint64_t frames = fake_board_frames(stage->board);
	idle_go_dark(stage->compositor);
	for (int i = 0; i < 200 && pixel(stage) != 0; i++) {
		os_loop_iterate(stage->loop, 10000); /* the display thread says no by itself */
		stage_step_frames(stage, 1);
	}
	stage_step_us(stage, OS_US_PER_S);
	assert_int_equal(pixel(stage), 0);
	assert_int_equal(fake_board_frames(stage->board), frames + 1);
	assert_true(os_loop_next_deadline_us(stage->loop) == OS_NEVER);
	idle_activity(stage->compositor);
	stage_step_frames(stage, 3);
	assert_int_equal(pixel(stage), 0xffffff);
}

static void dark_is_a_black_picture_where_there_is_nothing(void **state)
{
	struct stage stage;
	struct actor *app = begin(&stage, NULL);
	black_once(&stage);
	black_once(&stage);
	end(&stage, app);
	struct fake_board *board = fake_board_create(1);
	fake_board_add_switch(board, -EIO); /* it could, and does not */
	stage_init_board(&stage, board, "memory");
	app = stage_add(&stage, "org.strata.a", "app", "");
	black_once(&stage);
	assert_true(fake_board_is_on(board));
	end(&stage, app);
}

static void a_backlight_may_come_and_go(void **state)
{
	struct stage stage;
	struct actor *app = begin(&stage, &s_plain);
	set_brightness(&stage, "0");
	assert_int_equal(pixel(&stage), 0x404040);
	fake_board_tell_power(stage.board, &s_panel);
	stage_step_frames(&stage, 3);
	assert_int_equal(pixel(&stage), 0xffffff);
	assert_true(fake_board_light(stage.board) == 0);
	fake_board_tell_power(stage.board, &s_plain);
	stage_step_frames(&stage, 3);
	assert_int_equal(pixel(&stage), 0x404040);
	end(&stage, app);
}

static void whoever_comes_after_finds_it_light(void **state)
{
	struct stage stage;
	struct actor *app = begin(&stage, &s_panel);
	set_brightness(&stage, "0.5");
	idle_go_dark(stage.compositor);
	assert_true(fake_board_light(stage.board) == -1);
	stage_remove(app);
	md_compositor_release(stage.compositor);
	assert_true(fake_board_light(stage.board) == 0.5);
	fake_board_destroy(stage.board);
	os_loop_release(stage.loop);
}

static void the_shell_hears_of_the_battery(void **state)
{
	struct stage stage;
	struct os_power_state power = s_plain;
	struct actor *app = begin(&stage, &power);
	struct actor *home = stage_add(&stage, "org.strata.home", "home", "");
	assert_int_equal(home->powers, 1); /* when it attached */
	md_shell_ask_power(home->scene);
	stage_step_us(&stage, 0);
	assert_int_equal(home->powers, 2);
	assert_false(home->power.has_battery || home->power.knows_temperature);
	power = (struct os_power_state){
	    .has_battery = true, .battery = 0.25, .warmest_c = 81, .is_throttled = true};
	fake_board_tell_power(stage.board, &power);
	stage_step_us(&stage, 0);
	assert_true(home->power.has_battery && home->power.battery == 0.25 &&
		    !home->power.is_charging);
	assert_true(home->power.knows_temperature && home->power.warmest_c == 81 &&
		    home->power.is_throttled);
	stage_remove(home);
	end(&stage, app);
}

static int set_battery(struct stage *stage, struct os_connection *tool, double level, bool charging)
{
	struct os_message message;
	os_message_init(&message, &md_device_interface.requests[MD_DEVICE_SET_BATTERY],
			MD_DEVICE_SET_BATTERY);
	os_message_write_double(&message, level);
	os_message_write_bool(&message, charging);
	return stage_call(stage, tool, &message, NULL);
}

static void a_tool_simulates_a_battery_and_asks(void **state)
{
	struct stage stage;
	struct actor *app = begin(&stage, &s_panel);
	struct actor *home = stage_add(&stage, "org.strata.home", "home", "");
	struct os_connection *tool = stage_tool(&stage);
	assert_int_equal(set_battery(&stage, tool, 0.3, true), 0);
	assert_true(home->power.has_battery && home->power.battery == 0.3 &&
		    home->power.is_charging);
	assert_int_equal(set_battery(&stage, tool, 1.5, true), -ERANGE);
	struct os_message message, reply;
	os_message_init(&message, &md_device_interface.requests[MD_DEVICE_POWER], MD_DEVICE_POWER);
	assert_int_equal(stage_call(&stage, tool, &message, &reply), 0);
	assert_string_equal(os_message_read_text(&reply), "on");
	assert_true(os_message_read_double(&reply) == 1);
	assert_true(os_message_read_bool(&reply)); /* a backlight */
	assert_true(os_message_read_bool(&reply)); /* a battery */
	assert_true(os_message_read_double(&reply) == 0.3);
	assert_true(os_message_read_bool(&reply));
	os_message_finish(&reply);
	assert_int_equal(set_battery(&stage, tool, -1, false), 0);
	assert_false(home->power.has_battery);
	os_connection_release(tool);
	stage_remove(home);
	end(&stage, app);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_backlight_takes_it_and_the_picture_stays),
	    cmocka_unit_test(a_slider_writes_once_a_frame_and_its_last_place),
	    cmocka_unit_test(without_one_a_veil_does_it),
	    cmocka_unit_test(one_that_refuses_is_helped_by_the_veil),
	    cmocka_unit_test(a_switch_is_on_for_every_level),
	    cmocka_unit_test(dark_is_the_displays_power_where_there_is_no_light),
	    cmocka_unit_test(dark_is_a_black_picture_where_there_is_nothing),
	    cmocka_unit_test(a_backlight_may_come_and_go),
	    cmocka_unit_test(whoever_comes_after_finds_it_light),
	    cmocka_unit_test(the_shell_hears_of_the_battery),
	    cmocka_unit_test(a_tool_simulates_a_battery_and_asks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
