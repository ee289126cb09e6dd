#include "test.h"

#include "frame_list.h"

static void count_up(void *context)
{
	(*(int *)context)++;
}

static void textures_are_let_go_with_the_list(void **state)
{
	uint32_t pixels[4] = {0};
	int done = 0;
	struct md_texture *texture =
	    md_texture_create((struct md_pixels){pixels, 2, 2, 8, true}, count_up, &done);
	assert_true(md_texture_is_opaque(texture));
	int width;
	int height;
	md_texture_size_px(texture, &width, &height);
	assert_int_equal(width * height, 4);

	struct md_frame_list *list = md_frame_list_create();
	md_frame_list_reset(list, 100, 100);
	for (int i = 0; i < 200; i++) {
		md_frame_list_add(list, MD_FRAME_TEXTURE)->texture = md_texture_retain(texture);
	}
	md_texture_release(texture);
	assert_int_equal(done, 0);
	md_frame_list_reset(list, 100, 100);
	assert_int_equal(done, 1);
	assert_int_equal(list->item_count, 0);
	assert_null(md_frame_list_destroy(list));
	assert_null(md_frame_list_destroy(NULL));
	assert_null(md_texture_release(NULL));
}

static void assert_box(pixman_box32_t box, int x1, int y1, int x2, int y2)
{
	assert_int_equal(box.x1, x1);
	assert_int_equal(box.y1, y1);
	assert_int_equal(box.x2, x2);
	assert_int_equal(box.y2, y2);
}

static void bounds_are_cut_by_clips_and_the_display(void **state)
{
	struct md_frame_list *list = md_frame_list_create();
	md_frame_list_reset(list, 100, 80);
	struct md_frame_clip outer = {-1, md_affine_translation(10, 10), {50, 50}, 5};
	int32_t first = md_frame_list_add_clip(list, &outer);
	struct md_frame_clip inner = {first, md_affine_translation(0, 20), {90, 10}, 0};
	int32_t second = md_frame_list_add_clip(list, &inner);

	struct md_frame_item *item = md_frame_list_add(list, MD_FRAME_COLOR);
	item->size = (struct md_size){200, 200};
	assert_box(md_frame_item_bounds_px(list, item), 0, 0, 100, 80);
	item->clip = first;
	assert_box(md_frame_item_bounds_px(list, item), 10, 10, 60, 60);
	item->clip = second;
	assert_box(md_frame_item_bounds_px(list, item), 10, 20, 60, 30);
	item->to_px = md_affine_translation(500, 0);
	assert_box(md_frame_item_bounds_px(list, item), 0, 0, 0, 0);
	md_frame_list_destroy(list);
}

static void shadows_reach_further_and_groups_hold_theirs(void **state)
{
	struct md_frame_list *list = md_frame_list_create();
	md_frame_list_reset(list, 300, 300);
	md_frame_list_add(list, MD_FRAME_GROUP_BEGIN)->opacity = 0.5;
	struct md_frame_item *shadow = md_frame_list_add(list, MD_FRAME_SHADOW);
	shadow->to_px = md_affine_translation(100, 100);
	shadow->size = (struct md_size){50, 50};
	shadow->blur = 24;
	pixman_box32_t box = md_frame_item_bounds_px(list, shadow);
	assert_true(box.x1 < 80 && box.x1 > 50 && box.y2 > 170 && box.y2 < 200);
	md_frame_list_add(list, MD_FRAME_GROUP_END);
	pixman_box32_t group = md_frame_item_bounds_px(list, &list->items[0]);
	assert_box(group, box.x1, box.y1, box.x2, box.y2);
	md_frame_list_destroy(list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(textures_are_let_go_with_the_list),
	    cmocka_unit_test(bounds_are_cut_by_clips_and_the_display),
	    cmocka_unit_test(shadows_reach_further_and_groups_hold_theirs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
