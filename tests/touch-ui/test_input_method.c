/* F91, F98: text and keys on their whole way: tool, compositor, scene, session, field, picture. */
#include "screen.h"

#include <errno.h>
#include <linux/input-event-codes.h>
#include <os/key_input.h>

#include "text_view_private.h"

struct desk {
	struct screen screen;
	struct os_connection *tool;
	struct ui_view *field, *second, *view;
	int returned;
};

static struct os_message request(enum md_device_request type)
{
	struct os_message message;
	os_message_init(&message, &md_device_interface.requests[type], type);
	return message;
}

static int type(struct desk *desk, const char *text)
{
	struct os_message message = request(MD_DEVICE_TYPE);
	os_message_write_text(&message, text);
	return stage_call(&desk->screen.stage, desk->tool, &message, NULL);
}

static void key(struct desk *desk, uint32_t key, uint32_t modifiers)
{
	struct os_message message = request(MD_DEVICE_KEY);
	os_message_write_u32(&message, key);
	os_message_write_u32(&message, modifiers);
	os_message_write_bool(&message, false);
	os_message_write_text(&message, "");
	assert_int_equal(stage_call(&desk->screen.stage, desk->tool, &message, NULL), 0);
	screen_step(&desk->screen, 2);
}

static bool is_settled(struct desk *desk)
{
	struct os_message message = request(MD_DEVICE_SETTLED), reply;
	assert_int_equal(stage_call(&desk->screen.stage, desk->tool, &message, &reply), 0);
	bool settled = os_message_read_bool(&reply);
	os_message_finish(&reply);
	return settled;
}

static void did_return(void *context, struct ui_view *field)
{
	struct desk *desk = context;
	desk->returned++;
	ui_view_become_first_responder(desk->second);
}

static void desk_begin(struct desk *desk)
{
	*desk = (struct desk){0};
	screen_begin(&desk->screen);
	desk->tool = stage_tool(&desk->screen.stage);
	struct ui_view *page = ui_view_create();
	desk->field = ui_text_field_create("First");
	desk->second = ui_text_field_create("Second");
	desk->view = ui_text_view_create("Note");
	ui_view_set_frame(desk->field, (struct md_rect){20, 20, 300, 44});
	ui_view_set_frame(desk->second, (struct md_rect){20, 80, 300, 44});
	ui_view_set_frame(desk->view, (struct md_rect){0, 200, 480, 600});
	ui_control_add_action(desk->field, UI_CONTROL_RETURN, did_return, desk);
	ui_view_add(page, desk->field);
	ui_view_add(page, desk->second);
	ui_view_add(page, desk->view);
	screen_show(&desk->screen, page);
}

static void desk_end(struct desk *desk)
{
	os_connection_release(desk->tool);
	screen_end(&desk->screen);
}

static void typed_text_is_in_the_field_when_type_returns(void **state)
{
	struct desk desk;
	desk_begin(&desk);
	screen_tap(&desk.screen, 100, 40);
	assert_true(ui_view_is_first_responder(desk.field));
	assert_int_equal(type(&desk, "Gr\xc3\xbc\xc3\x9f"
				     "e"),
			 0);
	assert_string_equal(ui_text_field_text(desk.field), "Gr\xc3\xbc\xc3\x9f"
							    "e");
	key(&desk, KEY_BACKSPACE, 0);
	assert_string_equal(ui_text_field_text(desk.field), "Gr\xc3\xbc\xc3\x9f");
	/* Return takes the caret on, and the rest of the text with it. */
	assert_int_equal(type(&desk, "!\nmore"), 0);
	assert_int_equal(desk.returned, 1);
	assert_string_equal(ui_text_field_text(desk.field), "Gr\xc3\xbc\xc3\x9f!");
	assert_string_equal(ui_text_field_text(desk.second), "more");
	key(&desk, KEY_ESC, 0);
	assert_int_equal(type(&desk, "x"), -ENOENT); /* no field has the caret */
	desk_end(&desk);
}

static void long_text_is_typed_whole(void **state)
{
	struct desk desk;
	desk_begin(&desk);
	screen_tap(&desk.screen, 200, 600);
	assert_true(ui_view_is_first_responder(desk.view));
	char text[20001];
	for (size_t i = 0; i < sizeof(text) - 1; i++) {
		text[i] = i % 50 == 49 ? '\n' : (char)('a' + i % 26);
	}
	text[sizeof(text) - 1] = '\0';
	assert_int_equal(type(&desk, text), 0);
	assert_string_equal(ui_text_view_text(desk.view), text);
	desk_end(&desk);
}

/* A key's picture is as large as its line, a blink's as large as the caret. */
static void little_is_drawn(void **state)
{
	struct desk desk;
	desk_begin(&desk);
	for (int i = 0; i < 30; i++) {
		screen_step(&desk.screen, 1);
	}
	ui_text_view_set_text(desk.view, "one\ntwo\nthree\nfour\nfive\nsix\n");
	ui_view_become_first_responder(desk.view);
	ui_text_view_set_selection(desk.view, 7, 7);
	screen_step(&desk.screen, 4);
	assert_int_equal(type(&desk, "x"), 0);
	uint64_t before = fake_board_pixels(desk.screen.stage.board);
	assert_int_equal(type(&desk, "y"), 0);
	screen_step(&desk.screen, 3);
	uint64_t drawn = fake_board_pixels(desk.screen.stage.board) - before;
	assert_true(drawn > 0 && drawn < 480 * 60);
	before = fake_board_pixels(desk.screen.stage.board);
	struct ui_scene_counts counts = screen_counts(&desk.screen);
	stage_step_us(&desk.screen.stage, 500000);
	drawn = fake_board_pixels(desk.screen.stage.board) - before;
	assert_true(drawn > 0 && drawn < 6 * 40);
	assert_int_equal(screen_counts(&desk.screen).views_drawn, counts.views_drawn);
	assert_int_equal(screen_counts(&desk.screen).views_laid_out, counts.views_laid_out);
	desk_end(&desk);
}

static void a_blinking_caret_is_settled_and_a_resting_one_wakes_nobody(void **state)
{
	struct desk desk;
	desk_begin(&desk);
	screen_tap(&desk.screen, 100, 40);
	screen_step(&desk.screen, 10);
	assert_true(is_settled(&desk));
	stage_step_us(&desk.screen.stage, 400000);
	assert_true(is_settled(&desk));
	stage_step_us(&desk.screen.stage, 11000000);
	struct ui_scene_counts counts = screen_counts(&desk.screen);
	assert_true(os_loop_next_deadline_us(desk.screen.stage.loop) == OS_NEVER);
	stage_step_us(&desk.screen.stage, 10000000);
	assert_int_equal(screen_counts(&desk.screen).ticks, counts.ticks);
	desk_end(&desk);
}

static int dark_pixels(const struct desk *desk, int y0, int y1)
{
	int count = 0;
	for (int y = y0; y < y1; y++) {
		for (int x = 0; x < 480; x++) {
			count += (screen_pixel(&desk->screen, x, y) & 0xff) < 0x60;
		}
	}
	return count;
}

static void what_is_scrolled_to_is_on_the_screen(void **state)
{
	struct desk desk;
	desk_begin(&desk);
	struct os_buffer text = {0};
	for (int i = 0; i < 400; i++) {
		os_buffer_printf(&text, "Line %d of a text that is longer than any screen\n", i);
	}
	ui_text_view_set_text(desk.view, text.bytes);
	ui_view_become_first_responder(desk.view);
	screen_step(&desk.screen, 4);
	assert_true(dark_pixels(&desk, 220, 400) > 500);
	key(&desk, KEY_END, OS_KEY_CONTROL);
	screen_step(&desk.screen, 4);
	assert_true(ui_scroll_view_offset(text_view_of(desk.view)->scroller).y > 5000);
	assert_true(dark_pixels(&desk, 500, 760) > 500);
	/* A finger throws it back up: rows are there in each frame. */
	screen_drag(&desk.screen, 200, 300, 200, 700, 6);
	for (int i = 0; i < 30; i++) {
		screen_step(&desk.screen, 2);
		assert_true(dark_pixels(&desk, 220, 780) > 1000);
	}
	os_buffer_finish(&text);
	desk_end(&desk);
}

static void an_alert_comes_and_goes(void **state)
{
	struct desk desk;
	desk_begin(&desk);
	static const struct ui_alert_button s_ok[] = {{"OK", UI_ALERT_DEFAULT, NULL, NULL}};
	ui_view_become_first_responder(desk.field);
	ui_alert_show(ui_scene_root(desk.screen.scene), "Question", "Text", s_ok, 1);
	screen_step(&desk.screen, 60);
	uint32_t shaded = screen_pixel(&desk.screen, 470, 790);
	assert_int_equal(shaded, 0x999999); /* white under 40 % black */
	assert_int_equal(screen_pixel(&desk.screen, 240 - 130, 400),
			 0xfbfcfd); /* the card, 270 wide */
	assert_true(is_settled(&desk));
	assert_int_equal(type(&desk, "x"), -ENOENT);
	key(&desk, KEY_ENTER, 0);
	screen_step(&desk.screen, 60);
	assert_int_equal(screen_pixel(&desk.screen, 470, 790), 0xffffff);
	assert_int_equal(ui_view_child_count(ui_window_view(ui_scene_window(desk.screen.scene))),
			 1);
	assert_true(ui_view_is_first_responder(desk.field));
	assert_int_equal(type(&desk, "x"), 0);
	desk_end(&desk);
}

static void what_does_not_fit_is_asked_about(void **state)
{
	struct desk desk;
	desk_begin(&desk);
	ui_text_view_set_text(desk.view, "0123456789");
	ui_view_become_first_responder(desk.view);
	key(&desk, KEY_A, OS_KEY_CONTROL);
	key(&desk, KEY_C, OS_KEY_CONTROL);
	key(&desk, KEY_RIGHT, 0);
	ui_text_view_set_limit(desk.view, 14);
	key(&desk, KEY_V, OS_KEY_CONTROL);
	assert_string_equal(ui_text_view_text(desk.view), "0123456789");
	key(&desk, KEY_ESC, 0);
	assert_string_equal(ui_text_view_text(desk.view), "0123456789");
	assert_true(ui_view_is_first_responder(desk.view));
	key(&desk, KEY_V, OS_KEY_CONTROL);
	key(&desk, KEY_ENTER, 0);
	assert_string_equal(ui_text_view_text(desk.view), "01234567890123");
	key(&desk, KEY_Z, OS_KEY_CONTROL);
	assert_string_equal(ui_text_view_text(desk.view), "0123456789");
	screen_step(&desk.screen, 40);
	desk_end(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(typed_text_is_in_the_field_when_type_returns),
	    cmocka_unit_test(long_text_is_typed_whole),
	    cmocka_unit_test(little_is_drawn),
	    cmocka_unit_test(a_blinking_caret_is_settled_and_a_resting_one_wakes_nobody),
	    cmocka_unit_test(what_is_scrolled_to_is_on_the_screen),
	    cmocka_unit_test(an_alert_comes_and_goes),
	    cmocka_unit_test(what_does_not_fit_is_asked_about),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
