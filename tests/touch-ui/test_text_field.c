/* F97, F98: one line of text under fingers and keys. F82 F93 */
#include "typist.h"

#include <os/clock.h>
#include <os/loop.h>

#include "text_editor.h"

struct heard {
	int began, changed, ended, returned;
};

static void did_begin(void *context, struct ui_view *field)
{
	((struct heard *)context)->began++;
}

static void did_change(void *context, struct ui_view *field)
{
	((struct heard *)context)->changed++;
}

static void did_end(void *context, struct ui_view *field)
{
	((struct heard *)context)->ended++;
}

static void did_return(void *context, struct ui_view *field)
{
	((struct heard *)context)->returned++;
}

static struct ui_view *add_field(struct hand *hand, double y, struct heard *heard)
{
	struct ui_view *field = ui_text_field_create("Name");
	ui_view_set_frame(field, (struct md_rect){20, y, 200, 44});
	ui_control_add_action(field, UI_CONTROL_EDIT_BEGAN, did_begin, heard);
	ui_control_add_action(field, UI_CONTROL_EDIT_CHANGED, did_change, heard);
	ui_control_add_action(field, UI_CONTROL_EDIT_ENDED, did_end, heard);
	ui_control_add_action(field, UI_CONTROL_RETURN, did_return, heard);
	ui_view_add(hand->root, field);
	return field;
}

static struct text_editor *editor_of(struct ui_view *field)
{
	return ui_view_state(field, &text_field_class.base); /* the editor is its first member */
}

static void expect(struct ui_view *field, const char *text, size_t anchor, size_t caret)
{
	assert_string_equal(ui_text_field_text(field), text);
	assert_int_equal(editor_of(field)->buffer.anchor, anchor);
	assert_int_equal(editor_of(field)->buffer.caret, caret);
}

static void keys_write(void **state)
{
	struct hand hand;
	struct heard heard = {0};
	hand_begin(&hand, &device_gaming, 400, 800);
	struct ui_view *field = add_field(&hand, 20, &heard);
	frame(&hand);
	hand_tap(&hand, 100, 40);
	assert_true(ui_view_is_first_responder(field));
	assert_int_equal(heard.began, 1);
	type(&hand, "Hello w\xc3\xb6rld");
	expect(field, "Hello w\xc3\xb6rld", 12, 12);
	assert_int_equal(heard.changed, 11);
	press(&hand, KEY_BACKSPACE, OS_KEY_CONTROL);
	expect(field, "Hello ", 6, 6);
	press(&hand, KEY_LEFT, OS_KEY_SHIFT);
	press(&hand, KEY_LEFT, OS_KEY_SHIFT | OS_KEY_CONTROL);
	expect(field, "Hello ", 6, 0);
	press(&hand, KEY_RIGHT, 0);
	expect(field, "Hello ", 6, 6);
	press(&hand, KEY_HOME, 0);
	press(&hand, KEY_DELETE, 0);
	expect(field, "ello ", 0, 0);
	press(&hand, KEY_Z, OS_KEY_CONTROL);
	press(&hand, KEY_Z, OS_KEY_CONTROL);
	expect(field, "Hello w\xc3\xb6rld", 12, 12);
	press(&hand, KEY_Z, OS_KEY_CONTROL | OS_KEY_SHIFT);
	assert_string_equal(ui_text_field_text(field), "Hello ");
	press(&hand, KEY_ENTER, 0);
	assert_int_equal(heard.returned, 1);
	press(&hand, KEY_ESC, 0);
	assert_false(ui_view_is_first_responder(field));
	assert_int_equal(heard.ended, 1);
	hand_end(&hand);
	assert_int_equal(os_object_live_total(), 0);
}

static void clipboard(void **state)
{
	struct hand hand;
	struct heard heard = {0};
	hand_begin(&hand, &device_gaming, 400, 800);
	struct ui_view *field = add_field(&hand, 20, &heard);
	ui_text_field_set_text(field, "one two");
	assert_int_equal(heard.changed, 0); /* by the app */
	ui_view_become_first_responder(field);
	assert_false(ui_responder_command(field, "copy", true));
	press(&hand, KEY_A, OS_KEY_CONTROL);
	expect(field, "one two", 0, 7);
	press(&hand, KEY_C, OS_KEY_CONTROL);
	press(&hand, KEY_RIGHT, 0);
	press(&hand, KEY_V, OS_KEY_CONTROL);
	expect(field, "one twoone two", 14, 14);
	press(&hand, KEY_LEFT, OS_KEY_SHIFT | OS_KEY_CONTROL);
	press(&hand, KEY_X, OS_KEY_CONTROL);
	expect(field, "one twoone ", 11, 11);
	press(&hand, KEY_V, OS_KEY_CONTROL);
	expect(field, "one twoone two", 14, 14);
	/* Secrets are not copied, but can be pasted into. */
	ui_text_field_set_traits(field, &(struct ui_input_traits){.secure = true});
	press(&hand, KEY_A, OS_KEY_CONTROL);
	assert_false(ui_responder_command(field, "copy", true));
	press(&hand, KEY_X, OS_KEY_CONTROL);
	expect(field, "one twoone two", 0, 14);
	press(&hand, KEY_V, OS_KEY_CONTROL);
	expect(field, "two", 3, 3);
	hand_end(&hand);
}

static void tab_goes_round(void **state)
{
	struct hand hand;
	struct heard heard = {0};
	hand_begin(&hand, &device_gaming, 400, 800);
	struct ui_view *a = add_field(&hand, 20, &heard), *off = add_field(&hand, 80, &heard),
		       *b = add_field(&hand, 140, &heard);
	ui_control_set_disabled(off, true);
	ui_view_become_first_responder(a);
	press(&hand, KEY_TAB, 0);
	assert_true(ui_view_is_first_responder(b));
	press(&hand, KEY_TAB, 0);
	assert_true(ui_view_is_first_responder(a));
	press(&hand, KEY_TAB, OS_KEY_SHIFT);
	assert_true(ui_view_is_first_responder(b));
	/* Disabled it gives the caret away and takes nothing. */
	ui_control_set_disabled(b, true);
	assert_null(ui_window_first_responder(hand.window));
	frame(&hand);
	hand_tap(&hand, 100, 160);
	assert_null(ui_window_first_responder(hand.window));
	hand_end(&hand);
}

static void a_tap_places_the_caret(void **state)
{
	for (size_t i = 0; i < DEVICE_COUNT; i++) {
		struct hand hand;
		struct heard heard = {0};
		hand_begin(&hand, g_devices[i], 400, 800);
		struct ui_view *field = add_field(&hand, 20, &heard);
		ui_text_field_set_text(field, "mmmm wwww");
		frame(&hand);
		hand_tap(&hand, 20 + 12 + 2, 40);
		expect(field, "mmmm wwww", 0, 0);
		hand_wait(&hand, 500);
		hand_tap(&hand, 210, 40);
		expect(field, "mmmm wwww", 9, 9);
		hand_wait(&hand, 500);
		hand_tap(&hand, 60, 40);
		hand_wait(&hand, 100);
		hand_tap(&hand, 60, 40);
		expect(field, "mmmm wwww", 0, 4);
		hand_end(&hand);
	}
}

static void the_caret_stays_in_sight(void **state)
{
	struct hand hand;
	struct heard heard = {0};
	hand_begin(&hand, &device_gaming, 400, 800);
	struct ui_view *field = add_field(&hand, 20, &heard);
	ui_view_become_first_responder(field);
	type(&hand, "a long line that does not fit into two hundred points");
	frame(&hand);
	struct md_rect caret = ui_view_frame(editor_of(field)->caret.view);
	assert_true(caret.x > 150 && caret.x + caret.width <= 200 - 10);
	press(&hand, KEY_HOME, 0);
	frame(&hand);
	caret = ui_view_frame(editor_of(field)->caret.view);
	assert_true(caret.x >= 10 && caret.x < 16);
	press(&hand, KEY_END, 0);
	ui_view_resign_first_responder(field);
	paint(&hand, "field-rest", 0); /* shows where the text begins */
	hand_end(&hand);
}

static void secrets_are_bullets(void **state)
{
	struct hand hand;
	struct heard heard = {0};
	hand_begin(&hand, &device_gaming, 400, 800);
	struct ui_view *field = add_field(&hand, 20, &heard);
	ui_text_field_set_traits(field, &(struct ui_input_traits){.secure = true});
	ui_view_become_first_responder(field);
	type(&hand, "p\xc3\xa4ss");
	struct ui_accessibility is = {0};
	ui_view_call_accessibility(field, &is);
	assert_int_equal(is.role, UI_ROLE_SECURE_FIELD);
	assert_string_equal(is.value, "\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2");
	press(&hand, KEY_LEFT, 0);
	press(&hand, KEY_LEFT, 0);
	press(&hand, KEY_LEFT, 0);
	expect(field, "p\xc3\xa4ss", 1, 1);
	press(&hand, KEY_RIGHT, 0);
	expect(field, "p\xc3\xa4ss", 3, 3);
	hand_end(&hand);
}

static void limits_and_elements(void **state)
{
	struct hand hand;
	struct heard heard = {0};
	hand_begin(&hand, &device_gaming, 400, 800);
	struct ui_view *field = add_field(&hand, 20, &heard);
	ui_text_field_set_limit(field, 4);
	ui_view_become_first_responder(field);
	type(&hand, "12345");
	expect(field, "1234", 4, 4);
	assert_int_equal(heard.changed, 4);
	struct ui_accessibility is = {0};
	ui_view_call_accessibility(field, &is);
	assert_int_equal(is.role, UI_ROLE_FIELD);
	assert_string_equal(is.label, "Name");
	assert_string_equal(is.value, "1234");
	assert_true(is.focused && is.enabled && is.leaf);
	ui_view_resign_first_responder(field);
	assert_true(ui_view_call_action(field, "activate"));
	assert_true(ui_view_is_first_responder(field));
	hand_end(&hand);
}

/* The caret blinks by the device's timer, and stops for good 10 s after the last key. */
static void the_caret_comes_to_rest(void **state)
{
	struct os_loop *loop = os_loop_create();
	os_clock_hold();
	struct hand hand;
	struct heard heard = {0};
	hand_begin(&hand, &device_gaming, 400, 800);
	struct ui_view *field = add_field(&hand, 20, &heard);
	ui_view_become_first_responder(field);
	struct ui_view *caret = editor_of(field)->caret.view;
	int64_t began_us = os_clock_now_us();
	assert_true(ui_view_opacity(caret) == 1);
	os_loop_step_to(loop, began_us + 500000);
	assert_true(ui_view_opacity(caret) == 0);
	type(&hand, "x");
	assert_true(ui_view_opacity(caret) == 1); /* lit while somebody types */
	os_loop_step_to(loop, began_us + 10000000);
	assert_true(os_loop_next_deadline_us(loop) < OS_NEVER);
	os_loop_step_to(loop, began_us + 10500000);
	assert_true(ui_view_opacity(caret) == 1);
	assert_true(os_loop_next_deadline_us(loop) == OS_NEVER);
	press(&hand, KEY_LEFT, 0);
	assert_true(os_loop_next_deadline_us(loop) < OS_NEVER);
	ui_view_resign_first_responder(field);
	assert_true(ui_view_opacity(caret) == 0);
	assert_true(os_loop_next_deadline_us(loop) == OS_NEVER);
	hand_end(&hand);
	os_clock_run();
	os_loop_release(loop);
}

static void pictures(void **state)
{
	for (int dark = 0; dark < 2; dark++) {
		struct hand hand;
		struct heard heard = {0};
		hand_begin(&hand, &device_gaming, 400, 340);
		struct ui_appearance appearance = {
		    .text_size = dark ? 8 : 3, .scale = 1, .dark = dark};
		ui_window_configure(hand.window, (struct md_size){400, 340}, (struct md_insets){0},
				    &appearance);
		double y = 16;
		struct ui_view *fields[4];
		for (int i = 0; i < 4; i++) {
			fields[i] = add_field(&hand, y, &heard);
			double height =
			    ui_view_size_that_fits(fields[i], (struct md_size){360, MD_UNBOUNDED})
				.height;
			ui_view_set_frame(fields[i], (struct md_rect){20, y, 360, height});
			y += height + 12;
		}
		ui_text_field_set_text(fields[1], "Hello world");
		ui_text_field_set_text(fields[2], "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d hello");
		ui_control_set_disabled(fields[2], true);
		ui_text_field_set_text(fields[3], "secret");
		ui_text_field_set_traits(fields[3], &(struct ui_input_traits){.secure = true});
		ui_view_become_first_responder(fields[1]);
		press(&hand, KEY_LEFT, OS_KEY_SHIFT | OS_KEY_CONTROL);
		uint32_t selection = dark ? 0x1f3f70 : 0xcfe1fb;
		assert_true(paint(&hand, dark ? "fields-dark" : "fields", selection) > 300);
		hand_end(&hand);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(keys_write),
	    cmocka_unit_test(clipboard),
	    cmocka_unit_test(tab_goes_round),
	    cmocka_unit_test(a_tap_places_the_caret),
	    cmocka_unit_test(the_caret_stays_in_sight),
	    cmocka_unit_test(secrets_are_bullets),
	    cmocka_unit_test(limits_and_elements),
	    cmocka_unit_test(the_caret_comes_to_rest),
	    cmocka_unit_test(pictures),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
