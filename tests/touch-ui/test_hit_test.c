/* F64: what is under a finger. */
#include "hand.h"

static void front_first_and_deepest(void **state)
{
	struct hand hand;
	hand_begin(&hand, &device_gaming, 400, 800);
	struct ui_view *back = ui_view_create(), *front = ui_view_create(),
		       *deep = ui_view_create();
	ui_view_add(hand.root, back);
	ui_view_add(hand.root, front);
	ui_view_add(front, deep);
	ui_view_set_frame(back, (struct md_rect){0, 0, 200, 200});
	ui_view_set_frame(front, (struct md_rect){100, 100, 200, 200});
	ui_view_set_frame(deep,
			  (struct md_rect){150, 150, 200, 200}); /* stands out of its parent */
	assert_ptr_equal(ui_view_hit_test(hand.root, (struct md_point){50, 50}), back);
	assert_ptr_equal(ui_view_hit_test(hand.root, (struct md_point){150, 150}), front);
	assert_ptr_equal(ui_view_hit_test(hand.root, (struct md_point){260, 260}), deep);
	assert_ptr_equal(ui_view_hit_test(hand.root, (struct md_point){310, 310}), hand.root);
	assert_null(ui_view_hit_test(hand.root, (struct md_point){500, 10}));
	ui_view_set_hidden(deep, true);
	assert_ptr_equal(ui_view_hit_test(hand.root, (struct md_point){260, 260}), front);
	ui_view_set_enabled(front, false);
	assert_ptr_equal(ui_view_hit_test(hand.root, (struct md_point){150, 150}), back);
	ui_view_set_opacity(back, 0);
	assert_ptr_equal(ui_view_hit_test(hand.root, (struct md_point){150, 150}), hand.root);
	hand_end(&hand);
}

static void through_transforms_and_offsets(void **state)
{
	struct hand hand;
	hand_begin(&hand, &device_gaming, 400, 800);
	struct ui_view *scroller = ui_view_create(), *row = ui_view_create();
	ui_view_add(hand.root, scroller);
	ui_view_add(scroller, row);
	ui_view_set_frame(scroller, (struct md_rect){0, 100, 400, 400});
	ui_view_set_frame(row, (struct md_rect){0, 1000, 400, 44});
	assert_ptr_equal(ui_view_hit_test(hand.root, (struct md_point){10, 110}), scroller);
	ui_view_set_content_offset(scroller, (struct md_point){0, 990});
	assert_ptr_equal(ui_view_hit_test(hand.root, (struct md_point){10, 120}), row);
	struct md_transform away = MD_TRANSFORM_IDENTITY;
	away.translate_x = 300;
	ui_view_set_transform(row, away);
	assert_ptr_equal(ui_view_hit_test(hand.root, (struct md_point){10, 120}), scroller);
	assert_ptr_equal(ui_view_hit_test(hand.root, (struct md_point){310, 120}), row);
	away.scale_x = 0;
	ui_view_set_transform(row, away);
	assert_ptr_equal(ui_view_hit_test(hand.root, (struct md_point){310, 120}), scroller);
	hand_end(&hand);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(front_first_and_deepest),
	    cmocka_unit_test(through_transforms_and_offsets),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
