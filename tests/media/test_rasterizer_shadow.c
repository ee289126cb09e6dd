#include "picture.h"

#include <math.h>

static struct md_frame_item *add_shadow(struct picture *picture, struct md_rect rect, double blur)
{
	struct md_frame_item *item = picture_add(picture, MD_FRAME_SHADOW, rect);
	item->blur = blur;
	item->color = MD_COLOR_BLACK;
	return item;
}

/* Light from white: 255 is no shadow. */
static int light(const struct picture *picture, int x, int y)
{
	return (int)(picture_at(picture, x, y) & 255);
}

static void dark_in_the_middle_soft_at_the_edge(void **state)
{
	struct picture *picture = *state;
	picture->list->background = MD_COLOR_WHITE;
	add_shadow(picture, (struct md_rect){30, 30, 60, 40}, 8);
	picture_draw(picture);
	assert_int_equal(light(picture, 60, 50), 0);
	assert_in_range(light(picture, 30, 50), 90, 130);
	assert_int_equal(light(picture, 5, 50), 255);
	for (int x = 15; x < 45; x++) {
		assert_true(light(picture, x, 50) >= light(picture, x + 1, 50));
		assert_int_equal(light(picture, x, 50), light(picture, 119 - x, 50));
	}
	assert_true(light(picture, 30, 30) > light(picture, 30, 50));
}

/* A patch stands for every size that is large enough: none is made again for a zoom. */
static void one_patch_for_all_sizes(void **state)
{
	struct picture *picture = *state;
	for (int i = 0; i < 20; i++) {
		md_frame_list_reset(picture->list, PICTURE_WIDTH, PICTURE_HEIGHT);
		picture->list->background = MD_COLOR_WHITE;
		add_shadow(picture, (struct md_rect){10, 10, 60 + i, 50 + i}, 8);
		picture_draw(picture);
		assert_int_equal(light(picture, 40, 35), 0);
		assert_in_range(light(picture, 10 + 60 + i - 1, 35), 90, 130);
	}
	assert_int_equal(md_rasterizer_counts(picture->rasterizer).shadows_made, 1);
}

static void small_things_have_shadows_of_their_own(void **state)
{
	struct picture *picture = *state;
	picture->list->background = MD_COLOR_WHITE;
	add_shadow(picture, (struct md_rect){50, 40, 4, 4}, 20);
	picture_draw(picture);
	int darkest = light(picture, 52, 42);
	assert_in_range(darkest, 200, 254);
	assert_true(light(picture, 45, 42) >= darkest);
	assert_int_equal(light(picture, 35, 42), light(picture, 68, 42));
}

static void turned_shadows_follow(void **state)
{
	struct picture *picture = *state;
	picture->list->background = MD_COLOR_WHITE;
	struct md_frame_item *item = add_shadow(picture, (struct md_rect){0, 0, 40, 40}, 8);
	item->to_px = md_affine_concat(md_affine_rotation(M_PI / 4), md_affine_translation(60, 22));
	picture_draw(picture);
	assert_int_equal(light(picture, 60, 50), 0);
	assert_in_range(light(picture, 60, 22), 100, 254);
	assert_true(light(picture, 40, 30) > light(picture, 42, 50));
	assert_in_range(light(picture, 46, 36), 60, 200);
}

static void the_cache_is_bounded(void **state)
{
	struct picture *picture = *state;
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 12; i++) {
			md_frame_list_reset(picture->list, PICTURE_WIDTH, PICTURE_HEIGHT);
			add_shadow(picture, (struct md_rect){10, 10, 60, 50}, 4 + 2 * i);
			picture_draw(picture);
		}
	}
	uint64_t made = md_rasterizer_counts(picture->rasterizer).shadows_made;
	assert_true(made > 12 && made <= 24);
}

int main(void)
{
#define PICTURE_TEST(f) cmocka_unit_test_setup_teardown(f, picture_setup, picture_teardown)
	const struct CMUnitTest tests[] = {
	    PICTURE_TEST(dark_in_the_middle_soft_at_the_edge),
	    PICTURE_TEST(one_patch_for_all_sizes),
	    PICTURE_TEST(small_things_have_shadows_of_their_own),
	    PICTURE_TEST(turned_shadows_follow),
	    PICTURE_TEST(the_cache_is_bounded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
