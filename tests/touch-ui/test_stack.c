/* F61, F84: stacks: lengths, growth, shrinking, alignment, right to left. */
#include "hand.h"

#include <math.h>

static struct ui_view *box(double width, double height)
{
	struct ui_view *view = ui_view_create();
	ui_view_set_fixed_size(view, (struct md_size){width, height});
	return view;
}

static struct ui_view *canvas(double width, double height)
{
	struct ui_view *view = ui_canvas_view_create(NULL, NULL);
	ui_canvas_view_set_size(view, (struct md_size){width, height});
	return view;
}

static void is_at(const struct ui_view *view, double x, double y, double width, double height)
{
	struct md_rect frame = ui_view_frame(view);
	if (fabs(frame.x - x) + fabs(frame.y - y) + fabs(frame.width - width) +
		fabs(frame.height - height) >
	    1e-6) {
		fail_msg("%g %g %g %g", frame.x, frame.y, frame.width, frame.height);
	}
}

static struct ui_view *put(struct hand *hand, struct ui_view *stack, double width, double height)
{
	ui_view_add(hand->root, stack);
	ui_view_set_frame(stack, (struct md_rect){0, 0, width, height});
	return stack;
}

static void one_after_the_other(void **state)
{
	struct hand hand;
	hand_begin(&hand, &device_gaming, 400, 800);
	struct ui_view *row = put(&hand, ui_stack_create(UI_STACK_HORIZONTAL, 8), 300, 60);
	struct ui_view *a = box(40, 20), *b = canvas(50, 30), *c = box(40, 40);
	ui_stack_set_insets(row, (struct md_insets){4, 10, 6, 20});
	ui_stack_set_align(row, UI_ALIGN_CENTER);
	ui_view_add(row, a);
	ui_view_add(row, b);
	ui_view_add(row, c);
	ui_stack_set_grow(b, 1);
	ui_stack_set_space_after(a, 16);
	ui_window_lay_out(hand.window);
	is_at(a, 10, 19, 40, 20);
	is_at(b, 66, 14, 166, 30);
	is_at(c, 240, 9, 40, 40);
	struct md_size size =
	    ui_view_size_that_fits(row, (struct md_size){MD_UNBOUNDED, MD_UNBOUNDED});
	assert_true(size.width == 10 + 40 + 16 + 50 + 8 + 40 + 20 && size.height == 50);
	ui_view_set_hidden(a, true); /* takes no room */
	ui_window_lay_out(hand.window);
	is_at(b, 10, 14, 222, 30);
	hand_end(&hand);
}

static void right_to_left_is_mirrored(void **state)
{
	struct hand hand;
	hand_begin(&hand, &device_gaming, 400, 800);
	ui_window_configure(hand.window, (struct md_size){400, 800}, (struct md_insets){0},
			    &(struct ui_appearance){.rtl = true, .text_size = 3, .scale = 1});
	struct ui_view *row = put(&hand, ui_stack_create(UI_STACK_HORIZONTAL, 10), 200, 20);
	struct ui_view *column = put(&hand, ui_stack_create(UI_STACK_VERTICAL, 0), 200, 50);
	struct ui_view *a = box(30, 20), *b = box(40, 20), *c = box(50, 20);
	ui_view_add(row, a);
	ui_view_add(row, b);
	ui_view_add(column, c);
	ui_stack_set_align(column, UI_ALIGN_START);
	ui_window_lay_out(hand.window);
	is_at(a, 170, 0, 30, 20);
	is_at(b, 120, 0, 40, 20);
	is_at(c, 150, 0, 50, 20);
	hand_end(&hand);
}

static void the_longest_is_cut_first(void **state)
{
	struct hand hand;
	hand_begin(&hand, &device_gaming, 400, 800);
	struct ui_view *row = put(&hand, ui_stack_create(UI_STACK_HORIZONTAL, 10), 200, 20);
	struct ui_view *text = canvas(500, 20), *button = canvas(60, 20);
	ui_view_add(row, text);
	ui_view_add(row, button);
	ui_window_lay_out(hand.window);
	is_at(text, 0, 0, 130, 20);
	is_at(button, 140, 0, 60, 20);
	hand_end(&hand);
}

static void shares_and_spacers(void **state)
{
	struct hand hand;
	hand_begin(&hand, &device_gaming, 400, 800);
	struct ui_view *column = put(&hand, ui_stack_create(UI_STACK_VERTICAL, 0), 100, 300);
	struct ui_view *a = canvas(10, 0), *b = canvas(10, 0), *end = box(20, 60);
	ui_view_add(column, a);
	ui_view_add(column, b);
	ui_view_add(column, ui_spacer_create());
	ui_view_add(column, end);
	ui_stack_set_grow(a, 2);
	ui_stack_set_grow(b, 1);
	ui_window_lay_out(hand.window);
	is_at(a, 0, 0, 100, 120);
	is_at(b, 0, 120, 100, 60);
	is_at(end, 0, 240, 100, 60);
	ui_view_set_frame(column, (struct md_rect){0, 0, 100, 500});
	ui_window_lay_out(hand.window);
	is_at(a, 0, 0, 100, 220);
	hand_end(&hand);
}

static void frames_lie_on_pixels(void **state)
{
	struct hand hand;
	hand_begin(&hand, &device_gaming, 400, 800);
	ui_window_configure(hand.window, (struct md_size){400, 800}, (struct md_insets){0},
			    &(struct ui_appearance){.text_size = 3, .scale = 1.6});
	struct ui_view *row = put(&hand, ui_stack_create(UI_STACK_HORIZONTAL, 7), 101, 33);
	ui_stack_set_align(row, UI_ALIGN_CENTER);
	for (int i = 0; i < 3; i++) {
		ui_view_add(row, canvas(11, 10));
		ui_stack_set_grow(ui_view_child(row, i), 1);
	}
	ui_window_lay_out(hand.window);
	for (int i = 0; i < 3; i++) {
		struct md_rect frame = ui_view_frame(ui_view_child(row, i));
		assert_true(fabs(frame.x * 1.6 - round(frame.x * 1.6)) < 1e-6);
		assert_true(fabs(frame.y * 1.6 - round(frame.y * 1.6)) < 1e-6);
		assert_true(fabs(frame.width * 1.6 - round(frame.width * 1.6)) < 1e-6);
	}
	hand_end(&hand);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(one_after_the_other),      cmocka_unit_test(right_to_left_is_mirrored),
	    cmocka_unit_test(the_longest_is_cut_first), cmocka_unit_test(shares_and_spacers),
	    cmocka_unit_test(frames_lie_on_pixels),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
