/* F97, F98: many lines of text, of which only what is seen costs anything. */
#include "typist.h"

#include <os/memory.h>

#include "text_view_private.h"

struct heard {
	int changed;
};

static void did_change(void *context, struct ui_view *view)
{
	((struct heard *)context)->changed++;
}

static struct ui_view *add_view(struct hand *hand, const char *text)
{
	struct ui_view *view = ui_text_view_create("Write something");
	ui_view_set_frame(view, (struct md_rect){0, 0, 320, 400});
	ui_text_view_set_text(view, text);
	ui_view_add(hand->root, view);
	frame(hand);
	return view;
}

static char *paragraphs(int count)
{
	struct os_buffer text = {0};
	for (int i = 0; i < count; i++) {
		os_buffer_printf(&text, "Paragraph %d has ten words in it, counted by hand.\n", i);
	}
	return os_buffer_take(&text);
}

static void expect(struct ui_view *view, size_t anchor, size_t caret)
{
	assert_int_equal(text_view_of(view)->editor.buffer.anchor, anchor);
	assert_int_equal(text_view_of(view)->editor.buffer.caret, caret);
}

/* Of the caret, in the window. */
static struct md_rect caret_rect(struct hand *hand, struct ui_view *view)
{
	frame(hand);
	struct text_view *self = text_view_of(view);
	struct md_rect rect = ui_view_frame(self->editor.caret.view);
	rect.y -= ui_scroll_view_offset(self->scroller).y;
	return rect;
}

static void keys_write_lines(void **state)
{
	struct hand hand;
	struct heard heard = {0};
	hand_begin(&hand, &device_gaming, 320, 400);
	struct ui_view *view = add_view(&hand, "");
	ui_control_add_action(view, UI_CONTROL_EDIT_CHANGED, did_change, &heard);
	hand_tap(&hand, 160, 300);
	assert_true(ui_view_is_first_responder(view));
	type(&hand, "one");
	press(&hand, KEY_ENTER, 0);
	type(&hand, "two two");
	press(&hand, KEY_TAB, 0);
	assert_string_equal(ui_text_view_text(view), "one\ntwo two\t");
	assert_int_equal(heard.changed, 12);
	press(&hand, KEY_BACKSPACE, 0);
	press(&hand, KEY_UP, 0);
	expect(view, 3, 3);
	press(&hand, KEY_DOWN, OS_KEY_SHIFT); /* back to where it came from */
	expect(view, 3, 11);
	press(&hand, KEY_HOME, 0);
	expect(view, 4, 4);
	press(&hand, KEY_END, OS_KEY_SHIFT);
	expect(view, 4, 11);
	press(&hand, KEY_HOME, OS_KEY_CONTROL);
	expect(view, 0, 0);
	press(&hand, KEY_RIGHT, OS_KEY_CONTROL);
	expect(view, 3, 3);
	press(&hand, KEY_RIGHT, 0);
	expect(view, 4, 4);
	hand_end(&hand);
	assert_int_equal(os_object_live_total(), 0);
}

static void taps_find_letters_and_words(void **state)
{
	for (size_t i = 0; i < DEVICE_COUNT; i++) {
		struct hand hand;
		hand_begin(&hand, g_devices[i], 320, 400);
		struct ui_view *view = add_view(&hand, "first line\nsecond line");
		hand_tap(&hand, 300, 20);
		expect(view, 10, 10);
		hand_wait(&hand, 500);
		hand_tap(&hand, 300, 380); /* below the text is its end */
		expect(view, 22, 22);
		hand_wait(&hand, 500);
		double y = caret_rect(&hand, view).y + 5;
		hand_tap(&hand, 40, y);
		hand_wait(&hand, 100);
		hand_tap(&hand, 40, y);
		expect(view, 11, 17);
		hand_end(&hand);
	}
}

/* 2,000 words: a key lays out one paragraph, and one layout of it. */
static void a_key_costs_one_paragraph(void **state)
{
	struct hand hand;
	hand_begin(&hand, &device_gaming, 320, 400);
	char *text = paragraphs(200);
	uint64_t before = md_text_counts().created;
	struct ui_view *view = add_view(&hand, text);
	assert_true(md_text_counts().created - before < 40);
	ui_view_become_first_responder(view);
	ui_text_view_set_selection(view, 600, 600);
	frame(&hand);
	for (int i = 0; i < 5; i++) {
		before = md_text_counts().created;
		type(&hand, "x");
		frame(&hand);
		assert_int_equal(md_text_counts().created - before, 1);
	}
	before = md_text_counts().created;
	for (int i = 0; i < 5; i++) {
		press(&hand, KEY_LEFT, 0);
		frame(&hand);
	}
	assert_int_equal(md_text_counts().created, before);
	os_free(text);
	hand_end(&hand);
}

static void the_caret_is_scrolled_to(void **state)
{
	struct hand hand;
	hand_begin(&hand, &device_gaming, 320, 400);
	char *text = paragraphs(300);
	struct ui_view *view = add_view(&hand, text);
	ui_view_become_first_responder(view);
	press(&hand, KEY_END, OS_KEY_CONTROL);
	struct md_rect caret = caret_rect(&hand, view);
	assert_true(caret.y >= 0 && caret.y + caret.height <= 400);
	assert_true(ui_scroll_view_offset(text_view_of(view)->scroller).y > 3000);
	press(&hand, KEY_PAGEUP, 0);
	caret = caret_rect(&hand, view);
	assert_true(caret.y >= 0 && caret.y + caret.height <= 400);
	for (int i = 0; i < 60; i++) {
		press(&hand, KEY_UP, 0);
		caret = caret_rect(&hand, view);
		assert_true(caret.y >= 0 && caret.y + caret.height <= 400);
	}
	press(&hand, KEY_HOME, OS_KEY_CONTROL);
	caret = caret_rect(&hand, view);
	assert_true(caret.y >= 0 && caret.y < 40);
	assert_true(ui_scroll_view_offset(text_view_of(view)->scroller).y == 0);
	os_free(text);
	hand_end(&hand);
}

/* What was guessed wrong above the screen does not move what is on it. */
static void nothing_jumps_while_it_is_measured(void **state)
{
	struct hand hand;
	hand_begin(&hand, &device_gaming, 320, 400);
	char *text = paragraphs(300);
	struct ui_view *view = add_view(&hand, text);
	struct text_view *self = text_view_of(view);
	ui_scroll_view_set_offset(self->scroller, (struct md_point){0, 6000}, false);
	frame(&hand);
	for (int i = 0; i < 40; i++) {
		double top = ui_scroll_view_offset(self->scroller).y - TEXT_VIEW_MARGIN_Y;
		struct text_place place = text_paragraphs_at_y(&self->paragraphs, top + 30);
		double on_screen = place.y - top;
		ui_scroll_view_set_offset(
		    self->scroller, (struct md_point){0, top + TEXT_VIEW_MARGIN_Y - 20}, false);
		frame(&hand);
		double now = ui_scroll_view_offset(self->scroller).y - TEXT_VIEW_MARGIN_Y;
		double y = text_paragraphs_at_offset(&self->paragraphs, place.start).y;
		assert_float_equal(y - now, on_screen + 20, 0.01);
	}
	os_free(text);
	hand_end(&hand);
}

static void selection_and_limit(void **state)
{
	struct hand hand;
	hand_begin(&hand, &device_gaming, 320, 400);
	struct ui_view *view = add_view(&hand, "abcdef");
	ui_text_view_set_selection(view, 2, 99);
	size_t start, end;
	ui_text_view_selection(view, &start, &end);
	assert_int_equal(start, 2);
	assert_int_equal(end, 6);
	ui_text_view_set_limit(view, 7);
	ui_view_become_first_responder(view);
	press(&hand, KEY_C, OS_KEY_CONTROL);
	press(&hand, KEY_RIGHT, 0);
	type(&hand, "xyz");
	assert_string_equal(ui_text_view_text(view), "abcdefx");
	struct ui_accessibility is = {0};
	ui_view_call_accessibility(view, &is);
	assert_int_equal(is.role, UI_ROLE_FIELD);
	assert_string_equal(is.value, "abcdefx");
	hand_end(&hand);
}

static void sizes_and_directions(void **state)
{
	struct hand hand;
	hand_begin(&hand, &device_gaming, 320, 400);
	struct ui_view *view = add_view(&hand, "Hello\n\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d\n");
	ui_view_become_first_responder(view);
	double height = caret_rect(&hand, view).height;
	struct ui_appearance appearance = {.text_size = 11, .scale = 1, .rtl = true};
	ui_window_configure(hand.window, (struct md_size){320, 400}, (struct md_insets){0},
			    &appearance);
	struct md_rect caret = caret_rect(&hand, view);
	assert_true(caret.height > 2 * height);
	assert_true(caret.x > 250); /* an empty line begins at the right in this direction */
	press(&hand, KEY_UP, 0);
	press(&hand, KEY_HOME, 0);
	expect(view, 6, 6);
	assert_true(caret_rect(&hand, view).x > 250);
	press(&hand, KEY_LEFT, 0);
	expect(view, 8, 8);
	hand_end(&hand);
}

static void pictures(void **state)
{
	struct hand hand;
	hand_begin(&hand, &device_gaming, 320, 400);
	struct ui_view *view = add_view(&hand, "");
	paint(&hand, "view-empty", 0);
	ui_text_view_set_text(
	    view, "Groceries\n\nMilk, bread and a very long line that has to be broken into "
		  "several ones\n"
		  "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xd7\xa2\xd7\x95\xd7\x9c\xd7\x9d hello\n"
		  "Caf\xc3\xa9 \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7 end");
	ui_view_become_first_responder(view);
	ui_text_view_set_selection(view, 4, 60);
	assert_true(paint(&hand, "view", 0xcfe1fb) > 2000);
	hand_end(&hand);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(keys_write_lines),
	    cmocka_unit_test(taps_find_letters_and_words),
	    cmocka_unit_test(a_key_costs_one_paragraph),
	    cmocka_unit_test(the_caret_is_scrolled_to),
	    cmocka_unit_test(nothing_jumps_while_it_is_measured),
	    cmocka_unit_test(selection_and_limit),
	    cmocka_unit_test(sizes_and_directions),
	    cmocka_unit_test(pictures),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
