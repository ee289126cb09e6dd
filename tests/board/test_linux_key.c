/* The key door of a board, by the real libinput and xkb: text, layouts, dead keys, repeat, keyboards
 * that come and go. F98 */
#include "test.h"

#include <errno.h>
#include <linux/input.h>
#include <os/board.h>
#include <os/clock.h>
#include <os/loop.h>
#include <os/memory.h>
#include <os/status.h>

#include "mock_input.h"

struct heard {
	struct os_loop *loop;
	const struct os_key_door *door;
	struct os_key *key;
	struct os_source *source;
	struct os_key_sample samples[256];
	int count, keyboards_told;
	bool has_keyboard;
	char text[256]; /* of all downs and repeats */
};

static void did_key(void *context, const struct os_key_sample *sample)
{
	struct heard *heard = context;
	assert_true(heard->count < (int)OS_ARRAY_LEN(heard->samples));
	heard->samples[heard->count++] = *sample;
	assert_true(sample->down || sample->text[0] == '\0');
	strcat(heard->text, sample->text);
}

static void did_change(void *context, bool is_there)
{
	struct heard *heard = context;
	heard->has_keyboard = is_there;
	heard->keyboards_told++;
}

static const struct os_key_events s_events = {
    .struct_size = sizeof(s_events), .key = did_key, .keyboard = did_change};

static void readable(void *context, int fd, uint32_t events)
{
	struct heard *heard = context;
	heard->door->dispatch(heard->key);
}

static void settle(struct heard *heard)
{
	for (int quiet = 0; quiet < 2;) {
		quiet = os_loop_iterate(heard->loop, 0) == 0 ? quiet + 1 : 0;
	}
}

static struct heard *open_door(const char *layout)
{
	struct heard *heard = os_alloc(sizeof(*heard));
	struct os_error error = {0};
	heard->loop = os_loop_create();
	heard->door = os_board_open(BOARDS, "linux", &error)->key;
	assert_int_equal(heard->door->open(&s_events, heard, NULL, &heard->key), 0);
	heard->source = os_loop_add_fd(heard->loop, heard->door->get_fd(heard->key), OS_LOOP_READ,
				       readable, heard);
	assert_int_equal(heard->door->set_layout(heard->key, layout), 0);
	settle(heard);
	return heard;
}

static void close_door(struct heard *heard)
{
	os_source_remove(heard->source);
	heard->door->close(heard->key);
	os_loop_release(heard->loop);
	os_free(heard);
}

static struct mock_input *plug(enum mock_kind kind, const char *name)
{
	return mock_input_plug(&(struct mock_device){
	    .name = name, .kind = kind, .bus = BUS_USB, .vendor = 0x046d, .product = 0xc31c});
}

static void hold(struct mock_input *keyboard, uint16_t key, bool down)
{
	mock_input_event(keyboard, EV_KEY, key, down);
	mock_input_frame(keyboard);
}

static int unplug_all(void **state)
{
	mock_input_unplug_all();
	return 0;
}

/* Types keys with a layout and returns the text; the first of them with AltGr or Shift held. */
static void expect_text(const char *layout, uint16_t held, const uint16_t *keys, const char *text)
{
	struct mock_input *keyboard = plug(MOCK_KEYBOARD, "a keyboard");
	struct heard *heard = open_door(layout);
	if (held != 0) {
		hold(keyboard, held, true);
		mock_input_press(keyboard, *keys++);
		hold(keyboard, held, false);
	}
	for (; *keys != 0; keys++) {
		mock_input_press(keyboard, *keys);
	}
	settle(heard);
	assert_string_equal(heard->text, text);
	close_door(heard);
	mock_input_unplug(keyboard);
}

static void layouts_make_their_text(void **state)
{
	expect_text("us", KEY_LEFTSHIFT, (uint16_t[]){KEY_Y, KEY_Z, KEY_SEMICOLON, 0}, "Yz;");
	expect_text("de", KEY_LEFTSHIFT, (uint16_t[]){KEY_Y, KEY_Z, KEY_SEMICOLON, 0}, "Zyö");
	expect_text("de", KEY_RIGHTALT, (uint16_t[]){KEY_E, KEY_Q, 0}, "€q");
	expect_text("us,de", 0, (uint16_t[]){KEY_Y, 0}, "y");
	/* Enter, Tab and Backspace are keys without text. */
	expect_text("us", 0, (uint16_t[]){KEY_A, KEY_ENTER, KEY_TAB, KEY_BACKSPACE, 0}, "a");
	expect_text("us", KEY_LEFTCTRL, (uint16_t[]){KEY_C, KEY_D, 0}, "d");
}

static void dead_keys_wait_for_their_letter(void **state)
{
	expect_text("de", 0, (uint16_t[]){KEY_EQUAL, KEY_E, KEY_E, 0}, "ée");
	expect_text("de(nodeadkeys)", 0, (uint16_t[]){KEY_EQUAL, KEY_E, 0}, "´e");
	/* A letter that takes no accent comes alone. */
	expect_text("de", 0, (uint16_t[]){KEY_EQUAL, KEY_B, 0}, "b");
	expect_text("fr", 0, (uint16_t[]){KEY_LEFTBRACE, KEY_O, 0}, "ô");
}

static void a_layout_that_is_none_leaves_the_old_one(void **state)
{
	struct mock_input *keyboard = plug(MOCK_KEYBOARD, "a keyboard");
	struct heard *heard = open_door("de");
	const char *const bad[] = {"klingon", "de(", "de()", "de(nonesuch)", "../../etc/passwd", ",",
				   "de,us,fr,gb,es"};
	for (size_t i = 0; i < OS_ARRAY_LEN(bad); i++) {
		assert_int_equal(heard->door->set_layout(heard->key, bad[i]), -EINVAL);
	}
	mock_input_press(keyboard, KEY_Y);
	settle(heard);
	assert_string_equal(heard->text, "z");
	/* "": the machine's own. */
	assert_int_equal(heard->door->set_layout(heard->key, ""), 0);
	close_door(heard);
}

static void a_layout_is_looked_for_when_a_keyboard_comes(void **state)
{
	struct heard *heard = open_door("klingon");
	assert_int_equal(heard->door->set_layout(heard->key, "de("), -EINVAL);
	struct mock_input *buttons = plug(MOCK_BUTTONS, "power button");
	settle(heard);
	mock_input_press(buttons, KEY_VOLUMEUP);
	settle(heard);
	assert_int_equal(heard->count, 2);
	assert_int_equal(heard->samples[0].modifiers, 0);
	struct mock_input *keyboard = plug(MOCK_KEYBOARD, "a keyboard");
	settle(heard);
	mock_input_press(keyboard, KEY_Y); /* us: the log says so */
	settle(heard);
	assert_string_equal(heard->text, "y");
	close_door(heard);
}

static void super_and_space_goes_to_the_next_layout(void **state)
{
	struct mock_input *keyboard = plug(MOCK_KEYBOARD, "a keyboard");
	struct heard *heard = open_door("us,de");
	mock_input_press(keyboard, KEY_Y);
	hold(keyboard, KEY_LEFTMETA, true);
	mock_input_press(keyboard, KEY_SPACE);
	hold(keyboard, KEY_LEFTMETA, false);
	mock_input_press(keyboard, KEY_Y);
	settle(heard);
	assert_string_equal(heard->text, "yz");
	close_door(heard);
}

static void a_held_key_repeats_by_the_devices_clock(void **state)
{
	os_clock_hold();
	struct mock_input *keyboard = plug(MOCK_KEYBOARD, "a keyboard");
	struct heard *heard = open_door("us");
	int64_t start_us = os_clock_now_us();
	assert_true(os_loop_next_deadline_us(heard->loop) == OS_NEVER);
	hold(keyboard, KEY_A, true);
	settle(heard);
	assert_int_equal(heard->count, 1);
	os_loop_step_to(heard->loop, start_us + 499999);
	assert_int_equal(heard->count, 1);
	os_loop_step_to(heard->loop, start_us + 500000 + 29 * 33333);
	assert_int_equal(heard->count, 31);
	assert_true(heard->samples[30].repeat && heard->samples[30].down);
	assert_int_equal(strlen(heard->text), 31);
	/* Another key takes the repeat over; a modifier leaves it. */
	hold(keyboard, KEY_LEFTSHIFT, true);
	settle(heard);
	os_loop_step_to(heard->loop, os_clock_now_us() + 40000);
	assert_string_equal(heard->text + 31, "A");
	assert_int_equal(heard->samples[heard->count - 1].modifiers, OS_KEY_SHIFT);
	hold(keyboard, KEY_LEFTSHIFT, false);
	hold(keyboard, KEY_A, false);
	settle(heard);
	assert_true(os_loop_next_deadline_us(heard->loop) == OS_NEVER);
	close_door(heard);
	os_clock_run();
}

static void keyboards_come_and_go_and_leave_no_key_down(void **state)
{
	struct heard *heard = open_door("us");
	assert_int_equal(heard->keyboards_told, 0);
	struct mock_input *buttons = plug(MOCK_BUTTONS, "power button");
	settle(heard);
	assert_int_equal(heard->keyboards_told, 0); /* no letters */
	mock_input_press(buttons, KEY_POWER);
	settle(heard);
	assert_int_equal(heard->count, 2);
	assert_int_equal(heard->samples[0].key, KEY_POWER);
	struct mock_input *one = plug(MOCK_KEYBOARD, "one"), *two = plug(MOCK_KEYBOARD, "two");
	settle(heard);
	assert_true(heard->has_keyboard);
	assert_int_equal(heard->keyboards_told, 1);
	assert_true(mock_input_is_grabbed(one));
	/* The same key on both is one key. */
	hold(one, KEY_LEFTSHIFT, true);
	hold(two, KEY_LEFTSHIFT, true);
	hold(one, KEY_B, true);
	settle(heard);
	assert_int_equal(heard->count, 4);
	mock_input_unplug(one);
	settle(heard);
	assert_int_equal(heard->count, 5);
	assert_int_equal(heard->samples[4].key, KEY_B);
	assert_false(heard->samples[4].down);
	assert_true(heard->has_keyboard);
	mock_input_unplug(two);
	settle(heard);
	assert_int_equal(heard->count, 6);
	assert_int_equal(heard->samples[5].key, KEY_LEFTSHIFT);
	assert_int_equal(heard->samples[5].modifiers, 0);
	assert_false(heard->has_keyboard);
	assert_int_equal(heard->keyboards_told, 2);
	close_door(heard);
}

static void released_keys_are_not_heard_before_they_are_let_go(void **state)
{
	struct mock_input *keyboard = plug(MOCK_KEYBOARD, "a keyboard");
	struct heard *heard = open_door("us");
	hold(keyboard, KEY_LEFTCTRL, true);
	hold(keyboard, KEY_A, true);
	settle(heard);
	heard->door->release(heard->key);
	assert_int_equal(heard->count, 4);
	assert_int_equal(heard->samples[3].modifiers, 0);
	assert_true(os_loop_next_deadline_us(heard->loop) == OS_NEVER);
	hold(keyboard, KEY_A, false);
	settle(heard);
	assert_int_equal(heard->count, 4);
	mock_input_press(keyboard, KEY_A); /* Control still lies there, and is not heard */
	settle(heard);
	assert_string_equal(heard->text, "a");
	close_door(heard);
}

int main(int argc, char **argv)
{
	mock_input_main(argc, argv);
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_teardown(layouts_make_their_text, unplug_all),
	    cmocka_unit_test_teardown(dead_keys_wait_for_their_letter, unplug_all),
	    cmocka_unit_test_teardown(a_layout_that_is_none_leaves_the_old_one, unplug_all),
	    cmocka_unit_test_teardown(a_layout_is_looked_for_when_a_keyboard_comes, unplug_all),
	    cmocka_unit_test_teardown(super_and_space_goes_to_the_next_layout, unplug_all),
	    cmocka_unit_test_teardown(a_held_key_repeats_by_the_devices_clock, unplug_all),
	    cmocka_unit_test_teardown(keyboards_come_and_go_and_leave_no_key_down, unplug_all),
	    cmocka_unit_test_teardown(released_keys_are_not_heard_before_they_are_let_go,
				      unplug_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
