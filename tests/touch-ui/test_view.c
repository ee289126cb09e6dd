/* F22: views own their children, and nothing is left of them; windows, numbers, coordinates.
 * F83 */
#include "hand.h"

#include <math.h>

struct told {
	int moved_in, moved_out, traits;
	struct ui_view *removes;
};
static const struct ui_view_class s_told_class;

static void did_move(struct ui_view *view, struct ui_window *window)
{
	struct told *self = ui_view_state(view, &s_told_class);
	*(window != NULL ? &self->moved_in : &self->moved_out) += 1;
	if (self->removes != NULL) {
		struct ui_view *victim = self->removes;
		self->removes = NULL;
		ui_view_remove(victim);
	}
}

static void traits_changed(struct ui_view *view)
{
	((struct told *)ui_view_state(view, &s_told_class))->traits++;
}

static const struct ui_view_class s_told_class = {
    .base = {.struct_size = sizeof(s_told_class),
	     .name = "told",
	     .size = sizeof(struct told),
	     .super = &ui_view_class.base},
    .did_move_to_window = did_move,
    .traits_changed = traits_changed,
};

static struct told *told_of(struct ui_view *view)
{
	return ui_view_state(view, &s_told_class);
}

static void children_are_owned_in_order(void **state)
{
	struct ui_view *parent = ui_view_create(), *a = ui_view_create(), *b = ui_view_create(),
		       *c = ui_view_create();
	ui_view_add(parent, a);
	ui_view_add(parent, b);
	ui_view_insert(parent, c, 0);
	assert_ptr_equal(ui_view_child(parent, 0), c);
	assert_ptr_equal(ui_view_child(parent, 2), b);
	assert_ptr_equal(ui_view_parent(a), parent);
	assert_true(ui_view_is_descendant(a, parent));
	assert_true(ui_view_is_descendant(a, a));
	assert_false(ui_view_is_descendant(parent, a));
	assert_int_not_equal(ui_view_number(a), ui_view_number(b));
	ui_view_remove(a);
	assert_int_equal(ui_view_child_count(parent), 2);
	ui_view_insert(parent, os_retain(b), 0); /* from one place to another */
	assert_int_equal(ui_view_child_count(parent), 2);
	assert_ptr_equal(ui_view_child(parent, 0), b);
	os_release(b);
	os_release(parent);
	assert_int_equal(os_object_live_total(), 0);
}

static void windows_are_told_to_all_below(void **state)
{
	struct hand hand;
	hand_begin(&hand, &device_gaming, 400, 800);
	struct ui_view *outer = ui_view_create_of_class(&s_told_class);
	struct ui_view *inner = ui_view_create_of_class(&s_told_class);
	ui_view_add(outer, inner);
	assert_null(ui_view_window(inner));
	ui_view_add(hand.root, outer);
	assert_ptr_equal(ui_view_window(inner), hand.window);
	assert_int_equal(told_of(inner)->moved_in, 1);
	struct ui_appearance dark = {.dark = true, .text_size = 3, .scale = 1};
	int before = told_of(inner)->traits;
	ui_window_configure(hand.window, (struct md_size){400, 800}, (struct md_insets){0}, &dark);
	assert_int_equal(told_of(inner)->traits, before + 1);
	ui_window_configure(hand.window, (struct md_size){800, 400}, (struct md_insets){0}, &dark);
	assert_int_equal(told_of(inner)->traits, before + 1);
	os_retain(outer);
	ui_view_remove(outer);
	assert_int_equal(told_of(inner)->moved_out, 1);
	os_release(outer);
	hand_end(&hand);
	assert_int_equal(os_object_live_total(), 0);
}

static void a_view_may_go_while_it_is_told(void **state)
{
	struct hand hand;
	hand_begin(&hand, &device_gaming, 400, 800);
	struct ui_view *outer = ui_view_create(), *a = ui_view_create_of_class(&s_told_class),
		       *b = ui_view_create_of_class(&s_told_class),
		       *c = ui_view_create_of_class(&s_told_class);
	ui_view_add(outer, a);
	ui_view_add(outer, b);
	ui_view_add(outer, c);
	told_of(a)->removes = a;
	told_of(c)->removes = b;
	ui_view_add(hand.root, outer);
	assert_int_equal(ui_view_child_count(outer), 1);
	assert_ptr_equal(ui_view_window(c), hand.window);
	hand_end(&hand);
	assert_int_equal(os_object_live_total(), 0);
}

static void near_to(struct md_point a, double x, double y)
{
	assert_true(fabs(a.x - x) < 1e-9 && fabs(a.y - y) < 1e-9);
}

static void coordinates_go_through_offsets_and_transforms(void **state)
{
	struct hand hand;
	hand_begin(&hand, &device_gaming, 400, 800);
	struct ui_view *a = ui_view_create(), *b = ui_view_create();
	ui_view_add(hand.root, a);
	ui_view_add(a, b);
	ui_view_set_frame(a, (struct md_rect){100, 50, 200, 200});
	ui_view_set_frame(b, (struct md_rect){10, 300, 50, 50});
	ui_view_set_content_offset(a, (struct md_point){0, 280});
	near_to(ui_view_convert(b, (struct md_point){5, 5}, NULL), 115, 75);
	near_to(ui_view_convert(NULL, (struct md_point){115, 75}, b), 5, 5);
	near_to(ui_view_convert(a, (struct md_point){10, 300}, b), 0, 0);
	assert_true(ui_view_bounds(a).y == 280);
	struct md_transform twice = MD_TRANSFORM_IDENTITY;
	twice.scale_x = twice.scale_y = 2;
	ui_view_set_transform(b, twice); /* about its middle, (135, 95) of the window */
	near_to(ui_view_convert(b, (struct md_point){25, 25}, NULL), 135, 95);
	near_to(ui_view_convert(b, (struct md_point){0, 0}, NULL), 85, 45);
	hand_end(&hand);
}

static void safe_area_is_what_bars_cover(void **state)
{
	struct hand hand;
	hand_begin(&hand, &device_gaming, 400, 800);
	ui_window_configure(hand.window, (struct md_size){400, 800},
			    (struct md_insets){24, 0, 34, 0},
			    &(struct ui_appearance){.text_size = 3, .scale = 1});
	struct ui_view *page = ui_view_create(), *low = ui_view_create();
	ui_view_add(hand.root, page);
	ui_view_add(page, low);
	ui_view_set_frame(page, (struct md_rect){0, 0, 400, 800});
	ui_view_set_frame(low, (struct md_rect){0, 10, 400, 770});
	assert_true(ui_view_safe_area(page).top == 24);
	assert_true(ui_view_safe_area(low).top == 14);
	assert_true(ui_view_safe_area(low).bottom == 14);
	ui_view_set_additional_safe_area(page, (struct md_insets){44, 0, 0, 0});
	assert_true(ui_view_safe_area(low).top == 58);
	hand_end(&hand);
}

static void tint_is_inherited(void **state)
{
	struct ui_view *a = ui_view_create(), *b = ui_view_create();
	ui_view_add(a, b);
	ui_view_set_tint(a, UI_COLOR_DESTRUCTIVE);
	assert_true(md_color_equal(ui_view_resolve_color(b, UI_COLOR_TINT),
				   ui_view_resolve_color(b, UI_COLOR_DESTRUCTIVE)));
	ui_view_set_tint(b, UI_COLOR_POSITIVE);
	assert_true(md_color_equal(ui_view_resolve_color(b, UI_COLOR_TINT),
				   ui_view_resolve_color(b, UI_COLOR_POSITIVE)));
	os_release(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(children_are_owned_in_order),
	    cmocka_unit_test(windows_are_told_to_all_below),
	    cmocka_unit_test(a_view_may_go_while_it_is_told),
	    cmocka_unit_test(coordinates_go_through_offsets_and_transforms),
	    cmocka_unit_test(safe_area_is_what_bars_cover),
	    cmocka_unit_test(tint_is_inherited),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
