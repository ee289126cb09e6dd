/* F64, F98: keys and commands go up the chain; one first responder. */
#include "hand.h"

struct member {
	char heard[64];
	bool takes_keys, takes_commands, has_focus;
	int focus_changes;
};
static const struct ui_view_class s_member_class;

static struct member *member_of(const struct ui_view *view)
{
	return ui_view_state(view, &s_member_class);
}

static bool member_key(struct ui_view *view, const struct ui_key_event *event)
{
	strcat(member_of(view)->heard, event->text);
	return member_of(view)->takes_keys;
}

static bool member_command(struct ui_view *view, const char *action, bool only_ask)
{
	strcat(member_of(view)->heard, only_ask ? "?" : action);
	return member_of(view)->takes_commands;
}

static bool member_can_focus(struct ui_view *view)
{
	return true;
}

static void member_focus(struct ui_view *view, bool focused)
{
	member_of(view)->has_focus = focused;
	member_of(view)->focus_changes++;
}

static const struct ui_view_class s_member_class = {
    .base = {.struct_size = sizeof(s_member_class),
	     .name = "member",
	     .size = sizeof(struct member),
	     .super = &ui_view_class.base},
    .key = member_key,
    .command = member_command,
    .can_focus = member_can_focus,
    .focus = member_focus,
};

static bool s_controller_heard;

static bool controller_key(struct ui_view_controller *controller, const struct ui_key_event *event)
{
	s_controller_heard = true;
	return true;
}

static struct ui_view *controller_load(struct ui_view_controller *controller)
{
	return ui_view_create_of_class(&s_member_class);
}

static const struct ui_view_controller_class s_controller_class = {
    .base = {.struct_size = sizeof(s_controller_class),
	     .name = "screen",
	     .super = &ui_view_controller_class.base},
    .load = controller_load,
    .key = controller_key,
};

static void keys_and_commands_go_up(void **state)
{
	struct hand hand;
	hand_begin(&hand, &device_gaming, 400, 800);
	struct ui_view_controller *screen = ui_view_controller_create(&s_controller_class);
	struct ui_view *outer = ui_view_controller_view(screen);
	struct ui_view *inner = ui_view_create_of_class(&s_member_class);
	ui_view_add(hand.root, os_retain(outer));
	ui_view_add(outer, inner);
	struct ui_key_event key = {.text = "a", .down = true};
	assert_true(ui_responder_key(inner, &key));
	assert_string_equal(member_of(inner)->heard, "a");
	assert_string_equal(member_of(outer)->heard, "a");
	assert_true(s_controller_heard);
	member_of(inner)->takes_keys = true;
	assert_true(ui_responder_key(inner, &key));
	assert_string_equal(member_of(outer)->heard, "a");
	assert_false(ui_responder_command(inner, "copy", true));
	member_of(outer)->takes_commands = true;
	assert_true(ui_responder_command(inner, "copy", false));
	assert_string_equal(member_of(inner)->heard, "aa?copy");
	os_release(screen);
	hand_end(&hand);
}

static void one_has_the_focus(void **state)
{
	struct hand hand;
	hand_begin(&hand, &device_gaming, 400, 800);
	struct ui_view *a = ui_view_create_of_class(&s_member_class),
		       *b = ui_view_create_of_class(&s_member_class), *plain = ui_view_create();
	assert_false(ui_view_become_first_responder(a)); /* in no window */
	ui_view_add(hand.root, a);
	ui_view_add(hand.root, b);
	ui_view_add(hand.root, plain);
	assert_false(ui_view_become_first_responder(plain));
	assert_true(ui_view_become_first_responder(a));
	assert_true(ui_view_become_first_responder(b));
	assert_false(member_of(a)->has_focus);
	assert_ptr_equal(ui_window_first_responder(hand.window), b);
	assert_true(ui_view_become_first_responder(b));
	assert_int_equal(member_of(b)->focus_changes, 1);
	os_retain(b);
	ui_view_remove(b); /* it goes, and the focus with it */
	assert_false(member_of(b)->has_focus);
	assert_null(ui_window_first_responder(hand.window));
	os_release(b);
	hand_end(&hand);
	assert_int_equal(os_object_live_total(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(keys_and_commands_go_up),
	    cmocka_unit_test(one_has_the_focus),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
