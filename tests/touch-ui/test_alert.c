/* F81: an alert stands over everything until it is answered. F82 */
#include "typist.h"

struct answers {
	int deleted, cancelled, kept;
	struct ui_view *had_focus;
	struct hand *hand;
};

static void did_delete(void *context)
{
	struct answers *answers = context;
	answers->deleted++;
	answers->had_focus = ui_window_first_responder(answers->hand->window);
}

static void did_cancel(void *context)
{
	((struct answers *)context)->cancelled++;
}

static void did_keep(void *context)
{
	((struct answers *)context)->kept++;
}

struct screen {
	struct hand hand;
	struct ui_view_controller *controller;
	struct ui_view *field;
	struct answers answers;
};

static void screen_begin(struct screen *screen, struct ui_appearance appearance, double width,
			 double height)
{
	*screen = (struct screen){0};
	hand_begin(&screen->hand, &device_gaming, width, height);
	ui_window_configure(screen->hand.window, (struct md_size){width, height},
			    (struct md_insets){20, 0, 10, 0}, &appearance);
	struct ui_view *view = ui_view_create();
	screen->controller = ui_view_controller_create_with_view(view, "Screen");
	ui_view_add(screen->hand.root, os_retain(view));
	screen->field = ui_text_field_create("Name");
	ui_view_set_frame(screen->field, (struct md_rect){20, 40, 200, 44});
	ui_view_add(view, screen->field);
	screen->answers.hand = &screen->hand;
	frame(&screen->hand);
}

static void screen_end(struct screen *screen)
{
	screen->controller = os_release(screen->controller);
	hand_end(&screen->hand);
	assert_int_equal(os_object_live_total(), 0);
}

static const struct ui_appearance s_plain = {.text_size = 3, .scale = 1};

static void ask(struct screen *screen, int count)
{
	struct ui_alert_button buttons[] = {
	    {"Delete", UI_ALERT_DESTRUCTIVE, did_delete, &screen->answers},
	    {"Cancel", UI_ALERT_CANCEL, did_cancel, &screen->answers},
	    {"Keep", UI_ALERT_DEFAULT, did_keep, &screen->answers},
	};
	ui_alert_show(screen->controller, "Delete this note?", "This cannot be undone.", buttons,
		      count);
	frame(&screen->hand);
}

static struct ui_view *find(struct ui_view *view, const char *label)
{
	struct ui_accessibility is = {0};
	ui_view_call_accessibility(view, &is);
	if (is.label != NULL && strcmp(is.label, label) == 0) {
		return view;
	}
	for (int i = ui_view_child_count(view) - 1; i >= 0; i--) {
		struct ui_view *found = find(ui_view_child(view, i), label);
		if (found != NULL) {
			return found;
		}
	}
	return NULL;
}

static struct md_rect place(struct screen *screen, const char *label)
{
	struct ui_view *view = find(screen->hand.root, label);
	assert_non_null(view);
	return ui_view_convert_rect(view, ui_view_bounds(view), NULL);
}

static void tap(struct screen *screen, const char *label)
{
	struct md_point center = md_rect_center(place(screen, label));
	hand_tap(&screen->hand, center.x, center.y);
}

static void a_button_answers_once(void **state)
{
	struct screen screen;
	screen_begin(&screen, s_plain, 400, 800);
	ui_view_become_first_responder(screen.field);
	ask(&screen, 2);
	assert_false(ui_view_is_first_responder(screen.field));
	/* All fingers are the alert's. */
	hand_tap(&screen.hand, 100, 60);
	assert_false(ui_view_is_first_responder(screen.field));
	assert_int_equal(screen.answers.deleted, 0);
	struct md_rect button = place(&screen, "Delete");
	tap(&screen, "Delete");
	assert_int_equal(screen.answers.deleted, 1);
	assert_ptr_equal(screen.answers.had_focus, screen.field); /* given back before */
	/* While it fades it takes nothing more. */
	hand_wait(&screen.hand, 500);
	hand_tap(&screen.hand, button.x + 5, button.y + 5);
	assert_int_equal(screen.answers.deleted, 1);
	screen_end(&screen);
}

static void keys_answer(void **state)
{
	struct screen screen;
	screen_begin(&screen, s_plain, 400, 800);
	ask(&screen, 2);
	type(&screen.hand, "x");
	press(&screen.hand, KEY_ESC, 0);
	assert_int_equal(screen.answers.cancelled, 1);
	ask(&screen, 2);
	press(&screen.hand, KEY_ENTER, 0); /* nothing that cannot be undone */
	assert_int_equal(screen.answers.cancelled, 2);
	ask(&screen, 3);
	press(&screen.hand, KEY_ENTER, 0);
	assert_int_equal(screen.answers.kept, 1);
	ask(&screen, 3);
	press(&screen.hand, KEY_TAB, 0);
	press(&screen.hand, KEY_ENTER, 0); /* the one with the ring */
	assert_int_equal(screen.answers.deleted, 1);
	ask(&screen, 1);
	press(&screen.hand, KEY_ESC, 0);
	assert_int_equal(screen.answers.deleted, 2);
	screen_end(&screen);
}

static void two_short_answers_stand_side_by_side(void **state)
{
	struct screen screen;
	screen_begin(&screen, s_plain, 400, 800);
	ask(&screen, 2);
	struct md_rect cancel = place(&screen, "Cancel"), delete = place(&screen, "Delete");
	assert_true(cancel.y == delete.y && cancel.x < delete.x);
	assert_true(cancel.width == 135 && cancel.height >= 44);
	screen_end(&screen);
	struct ui_appearance rtl = {.text_size = 3, .scale = 1, .rtl = true};
	screen_begin(&screen, rtl, 400, 800);
	ask(&screen, 2);
	assert_true(place(&screen, "Cancel").x > place(&screen, "Delete").x);
	screen_end(&screen);
	screen_begin(&screen, s_plain, 400, 800);
	ask(&screen, 3);
	assert_true(place(&screen, "Delete").y < place(&screen, "Keep").y);
	assert_true(place(&screen, "Keep").y < place(&screen, "Cancel").y);
	screen_end(&screen);
}

static void large_text_finds_room(void **state)
{
	struct screen screen;
	struct ui_appearance large = {.text_size = 11, .scale = 1};
	screen_begin(&screen, large, 480, 800);
	ask(&screen, 3);
	struct md_rect cancel = place(&screen, "Cancel");
	assert_true(cancel.width <= 448 && cancel.width > 400);
	paint(&screen.hand, "alert-large", 0);
	screen_end(&screen);
	/* Smaller again while it is there: another card, the same question. */
	screen_begin(&screen, large, 480, 800);
	ask(&screen, 2);
	ui_window_configure(screen.hand.window, (struct md_size){480, 800}, (struct md_insets){0},
			    &s_plain);
	frame(&screen.hand);
	assert_true(place(&screen, "Cancel").width == 135);
	press(&screen.hand, KEY_ESC, 0);
	assert_int_equal(screen.answers.cancelled, 1);
	screen_end(&screen);
}

static void a_long_message_scrolls_over_its_buttons(void **state)
{
	struct screen screen;
	screen_begin(&screen, s_plain, 400, 300);
	static const struct ui_alert_button s_ok[] = {{"OK", UI_ALERT_DEFAULT, NULL, NULL}};
	char message[2000];
	memset(message, 0, sizeof(message));
	for (int i = 0; i < 120; i++) {
		strcat(message, "many words ");
	}
	ui_alert_show(screen.controller, "Long", message, s_ok, 1);
	frame(&screen.hand);
	struct md_rect ok = place(&screen, "OK");
	assert_true(ok.y + ok.height <= 290 - 16);
	assert_true(ok.height >= 44);
	paint(&screen.hand, "alert-long", 0);
	tap(&screen, "OK");
	screen_end(&screen);
}

static void nobody_is_called_who_has_gone(void **state)
{
	struct screen screen;
	screen_begin(&screen, s_plain, 400, 800);
	ask(&screen, 2);
	screen.controller = os_release(screen.controller);
	press(&screen.hand, KEY_ESC, 0);
	assert_int_equal(screen.answers.cancelled, 0);
	screen_end(&screen);
	/* A window may go while it asks. */
	screen_begin(&screen, s_plain, 400, 800);
	ask(&screen, 2);
	screen_end(&screen);
}

static void questions_pile_up(void **state)
{
	struct screen screen;
	screen_begin(&screen, s_plain, 400, 800);
	ui_view_become_first_responder(screen.field);
	ask(&screen, 3);
	ask(&screen, 2);
	press(&screen.hand, KEY_ESC, 0); /* the one in front */
	assert_int_equal(screen.answers.cancelled, 1);
	press(&screen.hand, KEY_ENTER, 0);
	assert_int_equal(screen.answers.kept, 1);
	assert_true(ui_view_is_first_responder(screen.field));
	screen_end(&screen);
}

static void elements(void **state)
{
	struct screen screen;
	screen_begin(&screen, s_plain, 400, 800);
	ask(&screen, 2);
	struct ui_view *alert = find(screen.hand.root, "Delete this note?");
	struct ui_accessibility is = {0};
	/* The front one with that name is the heading, inside of the alert. */
	ui_view_call_accessibility(
	    ui_view_child(screen.hand.root, ui_view_child_count(screen.hand.root) - 1), &is);
	assert_int_equal(is.role, UI_ROLE_ALERT);
	assert_string_equal(is.label, "Delete this note?");
	assert_non_null(alert);
	is = (struct ui_accessibility){0};
	ui_view_call_accessibility(find(screen.hand.root, "Cancel"), &is);
	assert_int_equal(is.role, UI_ROLE_BUTTON);
	assert_true(is.enabled);
	screen_end(&screen);
}

static void pictures(void **state)
{
	for (int dark = 0; dark < 2; dark++) {
		struct screen screen;
		struct ui_appearance appearance = {
		    .text_size = 3, .scale = 1, .dark = dark, .reduce_motion = true};
		screen_begin(&screen, appearance, 400, 400);
		ask(&screen, dark ? 3 : 2);
		struct md_point at = md_rect_center(place(&screen, "Delete"));
		hand_down(&screen.hand, 0, at.x, at.y);
		assert_true(paint(&screen.hand, dark ? "alert-dark" : "alert",
				  dark ? 0x353943 : 0xdcdfe7) > 500);
		hand_cancel(&screen.hand, 0);
		screen_end(&screen);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_button_answers_once),
	    cmocka_unit_test(keys_answer),
	    cmocka_unit_test(two_short_answers_stand_side_by_side),
	    cmocka_unit_test(large_text_finds_room),
	    cmocka_unit_test(a_long_message_scrolls_over_its_buttons),
	    cmocka_unit_test(nobody_is_called_who_has_gone),
	    cmocka_unit_test(questions_pile_up),
	    cmocka_unit_test(elements),
	    cmocka_unit_test(pictures),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
