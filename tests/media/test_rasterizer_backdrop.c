/* F51 in part: the blur of what lies below. */
#include "picture.h"

static struct md_frame_item *add_backdrop(struct picture *picture, struct md_rect rect, double blur)
{
	struct md_frame_item *item = picture_add(picture, MD_FRAME_BACKDROP, rect);
	item->blur = blur;
	return item;
}

static void what_lies_below_is_blurred_there_only(void **state)
{
	struct picture *picture = *state;
	picture_add_color(picture, (struct md_rect){60, 0, 60, 100}, 0xffffff);
	add_backdrop(picture, (struct md_rect){0, 0, 120, 40}, 16);
	picture_draw(picture);
	assert_int_equal(picture_at(picture, 59, 60), 0);
	assert_int_equal(picture_at(picture, 60, 60), 0xffffff);
	assert_in_range(picture_at(picture, 56, 10) & 255, 60, 127);
	assert_in_range(picture_at(picture, 63, 10) & 255, 128, 200);
	assert_int_equal(picture_at(picture, 5, 10), 0);
	assert_int_equal(picture_at(picture, 115, 10), 0xffffff);
	for (int x = 20; x < 100; x++) {
		assert_true(picture_at(picture, x, 10) <= picture_at(picture, x + 1, 10));
	}
}

/* An opaque thing in front hides what the backdrop reads from the eye, not from the backdrop. */
static void what_is_hidden_is_read_all_the_same(void **state)
{
	struct picture *picture = *state;
	picture_add_color(picture, (struct md_rect){0, 0, 120, 100}, 0xffffff);
	add_backdrop(picture, (struct md_rect){0, 0, 120, 40}, 16);
	picture_add_color(picture, (struct md_rect){0, 40, 120, 60}, 0x808080);
	picture_draw(picture);
	assert_int_equal(picture_at(picture, 60, 39), 0xffffff);
	assert_int_equal(picture_at(picture, 60, 40), 0x808080);
}

static void a_hidden_one_costs_nothing(void **state)
{
	struct picture *picture = *state;
	add_backdrop(picture, (struct md_rect){0, 0, 120, 40}, 16);
	picture_add_color(picture, (struct md_rect){0, 0, 120, 100}, 0x808080);
	picture_draw(picture);
	assert_int_equal(md_rasterizer_counts(picture->rasterizer).backdrops, 0);
}

static void damage_that_touches_it_is_made_whole(void **state)
{
	struct picture *picture = *state;
	add_backdrop(picture, (struct md_rect){0, 0, 60, 40}, 8);
	pixman_region32_t damage;
	pixman_region32_init_rect(&damage, 10, 10, 2, 2);
	md_rasterizer_draw(picture->rasterizer, picture->list, picture->pixels, PICTURE_WIDTH * 4,
			   &damage);
	assert_true(pixman_region32_contains_point(&damage, 59, 39, NULL));
	assert_false(pixman_region32_contains_point(&damage, 110, 90, NULL));
	pixman_region32_fini(&damage);
}

int main(void)
{
#define PICTURE_TEST(f) cmocka_unit_test_setup_teardown(f, picture_setup, picture_teardown)
	const struct CMUnitTest tests[] = {
	    PICTURE_TEST(what_lies_below_is_blurred_there_only),
	    PICTURE_TEST(what_is_hidden_is_read_all_the_same),
	    PICTURE_TEST(a_hidden_one_costs_nothing),
	    PICTURE_TEST(damage_that_touches_it_is_made_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
