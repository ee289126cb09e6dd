#include "picture.h"

#include <math.h>

#define WHITE 0xffffff
#define RED 0xff0000
#define GREEN 0x00ff00

static struct md_texture *make_texture(uint32_t *pixels, int width, int height, bool opaque)
{
	for (int i = 0; i < width * height; i++) {
		pixels[i] =
		    0xff000000 | (uint32_t)(i % width * 4) << 16 | (uint32_t)(i / width * 4);
	}
	return md_texture_create((struct md_pixels){pixels, width, height, width * 4, opaque}, NULL,
				 NULL);
}

static struct md_frame_item *add_texture(struct picture *picture, struct md_texture *texture,
					 struct md_affine to_px)
{
	int width;
	int height;
	md_texture_size_px(texture, &width, &height);
	struct md_frame_item *item = md_frame_list_add(picture->list, MD_FRAME_TEXTURE);
	item->to_px = to_px;
	item->size = (struct md_size){width, height};
	item->source = (struct md_rect){0, 0, width, height};
	item->texture = texture;
	return item;
}

static void painters_order_over_the_background(void **state)
{
	struct picture *picture = *state;
	picture->list->background = md_color_hex(0x102030);
	picture_add_color(picture, (struct md_rect){10, 10, 50, 50}, RED);
	picture_add_color(picture, (struct md_rect){40, 40, 50, 50}, GREEN)->opacity = 0.5;
	picture_draw(picture);
	assert_int_equal(picture_at(picture, 5, 5), 0x102030);
	assert_int_equal(picture_at(picture, 10, 10), RED);
	assert_int_equal(picture_at(picture, 60, 9), 0x102030);
	assert_int_equal(picture_at(picture, 45, 45), 0x7f8000);
}

static void only_the_damage_is_drawn(void **state)
{
	struct picture *picture = *state;
	picture_add_color(picture, (struct md_rect){0, 0, 120, 100}, RED);
	picture_draw_part(picture, 20, 30, 10, 5);
	for (int y = 0; y < PICTURE_HEIGHT; y++) {
		for (int x = 0; x < PICTURE_WIDTH; x++) {
			bool inside = x >= 20 && x < 30 && y >= 30 && y < 35;
			assert_int_equal(picture_at(picture, x, y), inside ? RED : 0);
		}
	}
	assert_int_equal(md_rasterizer_counts(picture->rasterizer).pixels, 50);
}

/* The damage law: what opaque things hide is not drawn. */
static void hidden_things_are_not_drawn(void **state)
{
	struct picture *picture = *state;
	picture_add_color(picture, (struct md_rect){0, 0, 120, 100}, RED);
	picture_add_color(picture, (struct md_rect){20, 20, 20, 20}, RED);
	picture_add_color(picture, (struct md_rect){0, 0, 120, 100}, GREEN);
	picture_draw(picture);
	struct md_rasterizer_counts counts = md_rasterizer_counts(picture->rasterizer);
	assert_int_equal(counts.drawn, 1);
	assert_int_equal(counts.hidden, 2);
	assert_int_equal(counts.pixels, 120 * 100);
}

static void round_corners_hide_what_is_under_the_middle_only(void **state)
{
	struct picture *picture = *state;
	picture_add_color(picture, (struct md_rect){0, 0, 120, 100}, RED);
	picture_add_color(picture, (struct md_rect){0, 0, 120, 100}, GREEN)->radius = 20;
	picture_draw(picture);
	assert_int_equal(picture_at(picture, 0, 0), RED);
	assert_int_equal(picture_at(picture, 60, 0), GREEN);
	assert_int_equal(picture_at(picture, 0, 50), GREEN);
	uint32_t edge = picture_at(picture, 5, 6);
	assert_true(edge != RED && edge != GREEN);
	uint64_t pixels = md_rasterizer_counts(picture->rasterizer).pixels;
	assert_true(pixels < 120 * 100 + 4 * 21 * 21);
}

static void textures_one_to_one_are_copied(void **state)
{
	struct picture *picture = *state;
	uint32_t pixels[40 * 30];
	struct md_texture *texture = make_texture(pixels, 40, 30, true);
	add_texture(picture, texture, md_affine_translation(-5, 80));
	picture_draw(picture);
	assert_int_equal(picture_at(picture, 0, 80), pixels[5] & WHITE);
	assert_int_equal(picture_at(picture, 34, 99), pixels[19 * 40 + 39] & WHITE);
	assert_int_equal(picture_at(picture, 35, 99), 0);
}

static void a_part_of_a_texture_can_be_shown(void **state)
{
	struct picture *picture = *state;
	uint32_t pixels[40 * 30];
	struct md_frame_item *item =
	    add_texture(picture, make_texture(pixels, 40, 30, true), md_affine_translation(10, 10));
	item->source = (struct md_rect){20, 10, 8, 9};
	item->size = (struct md_size){8, 9};
	picture_draw(picture);
	assert_int_equal(picture_at(picture, 10, 10), pixels[10 * 40 + 20] & WHITE);
	assert_int_equal(picture_at(picture, 17, 18), pixels[18 * 40 + 27] & WHITE);
	assert_int_equal(picture_at(picture, 18, 18), 0);
}

/* A quarter turn, as for a display that hangs upright: every pixel is one of the texture's. */
static void quarter_turns_are_exact(void **state)
{
	struct picture *picture = *state;
	uint32_t pixels[40 * 30];
	add_texture(picture, make_texture(pixels, 40, 30, true),
		    (struct md_affine){0, 1, -1, 0, 60, 10});
	picture_draw(picture);
	for (int y = 0; y < 30; y++) {
		for (int x = 0; x < 40; x++) {
			assert_int_equal(picture_at(picture, 59 - y, 10 + x),
					 pixels[y * 40 + x] & WHITE);
		}
	}
	assert_int_equal(picture_at(picture, 60, 20), 0);
}

static void scaled_textures_are_mixed_between_pixels(void **state)
{
	struct picture *picture = *state;
	uint32_t pixels[40 * 30];
	add_texture(picture, make_texture(pixels, 40, 30, true),
		    md_affine_concat(md_affine_scale(2, 2), md_affine_translation(10, 10)));
	picture_draw(picture);
	/* Between two columns of 4 and 8: 5 and 7. */
	assert_in_range(picture_at(picture, 10 + 3, 40) >> 16, 4, 6);
	assert_in_range(picture_at(picture, 10 + 4, 40) >> 16, 6, 8);
	assert_int_equal(picture_at(picture, 9, 40), 0);
	assert_int_not_equal(picture_at(picture, 88, 40), 0);
}

/* A fine pattern shown small is its mean, not whichever of its pixels is met. */
static void small_textures_leave_no_pixel_out(void **state)
{
	struct picture *picture = *state;
	static uint32_t pixels[64 * 64];
	for (int i = 0; i < 64 * 64; i++) {
		pixels[i] = i % 64 % 4 == 0 && i / 64 % 4 == 0 ? 0xffffffff : 0xff000000;
	}
	struct md_pixels source = {pixels, 64, 64, 256, true};
	for (int turned = 0; turned < 2; turned++) {
		md_frame_list_reset(picture->list, PICTURE_WIDTH, PICTURE_HEIGHT);
		struct md_texture *texture = md_texture_create(source, NULL, NULL);
		struct md_affine small =
		    md_affine_concat(md_affine_scale(0.25, 0.25), md_affine_rotation(0.3 * turned));
		add_texture(picture, texture,
			    md_affine_concat(small, md_affine_translation(20, 20)));
		picture_draw(picture);
		for (int i = 0; i < 6; i++) {
			assert_in_range(picture_at(picture, 22 + i, 27 + i) & 255, 13,
					19); /* 255 / 16 */
		}
	}
}

static void clips_nest(void **state)
{
	struct picture *picture = *state;
	struct md_frame_clip outer = {-1, md_affine_translation(10, 10), {60, 60}, 30};
	int32_t first = md_frame_list_add_clip(picture->list, &outer);
	struct md_frame_clip inner = {first, md_affine_translation(0, 40), {120, 10}, 0};
	int32_t second = md_frame_list_add_clip(picture->list, &inner);
	picture_add_color(picture, (struct md_rect){0, 0, 120, 100}, RED)->clip = second;
	picture_draw(picture);
	assert_int_equal(picture_at(picture, 40, 45), RED);
	assert_int_equal(picture_at(picture, 40, 39), 0);
	assert_int_equal(picture_at(picture, 9, 45), 0);
	assert_int_equal(picture_at(picture, 71, 45), 0);
	assert_int_equal(picture_at(picture, 12, 55), 0);
}

static void a_clip_and_its_content_have_one_edge(void **state)
{
	struct picture *picture = *state;
	struct md_rect card = {10, 10, 60, 60};
	struct md_frame_clip clip = {-1, md_affine_translation(10, 10), {60, 60}, 12};
	int32_t index = md_frame_list_add_clip(picture->list, &clip);
	picture_add_color(picture, card, WHITE)->radius = 12;
	picture_draw(picture);
	uint32_t alone = picture_at(picture, 13, 13);
	struct md_frame_item *item = &picture->list->items[0];
	item->clip = index;
	picture_draw(picture);
	assert_int_equal(picture_at(picture, 13, 13), alone);
	assert_in_range(alone & 255, 1, 254);
}

static void groups_fade_as_one(void **state)
{
	struct picture *picture = *state;
	picture_add_color(picture, (struct md_rect){0, 0, 120, 100}, WHITE);
	md_frame_list_add(picture->list, MD_FRAME_GROUP_BEGIN)->opacity = 0.5;
	picture_add_color(picture, (struct md_rect){10, 10, 40, 40}, RED);
	picture_add_color(picture, (struct md_rect){30, 30, 40, 40}, GREEN);
	md_frame_list_add(picture->list, MD_FRAME_GROUP_END);
	picture_draw(picture);
	/* Where they overlap only the front one shows through. */
	assert_int_equal(picture_at(picture, 40, 40), picture_at(picture, 60, 60));
	assert_in_range(picture_at(picture, 60, 60) >> 16, 127, 128);
	assert_int_equal(picture_at(picture, 60, 60) >> 8 & 255, 255);
	assert_int_equal(picture_at(picture, 80, 80), WHITE);
	assert_int_equal(md_rasterizer_counts(picture->rasterizer).groups, 1);
}

static void groups_nest_and_may_be_empty_opaque_or_broken(void **state)
{
	struct picture *picture = *state;
	md_frame_list_add(picture->list, MD_FRAME_GROUP_END); /* of nothing */
	md_frame_list_add(picture->list, MD_FRAME_GROUP_BEGIN)->opacity = 0.5;
	md_frame_list_add(picture->list, MD_FRAME_GROUP_BEGIN)->opacity = 0.5;
	picture_add_color(picture, (struct md_rect){10, 10, 40, 40}, WHITE);
	md_frame_list_add(picture->list, MD_FRAME_GROUP_END);
	md_frame_list_add(picture->list, MD_FRAME_GROUP_END);
	md_frame_list_add(picture->list, MD_FRAME_GROUP_BEGIN)->opacity = 0;
	picture_add_color(picture, (struct md_rect){60, 10, 10, 10}, WHITE);
	md_frame_list_add(picture->list, MD_FRAME_GROUP_END);
	md_frame_list_add(picture->list, MD_FRAME_GROUP_BEGIN); /* opaque */
	picture_add_color(picture, (struct md_rect){80, 10, 10, 10}, WHITE);
	md_frame_list_add(picture->list, MD_FRAME_GROUP_END);
	md_frame_list_add(picture->list, MD_FRAME_GROUP_BEGIN)->opacity = 0.5; /* never closed */
	picture_add_color(picture, (struct md_rect){100, 10, 10, 10}, WHITE);
	picture_draw(picture);
	assert_in_range(picture_at(picture, 20, 20) & 255, 63, 65);
	assert_int_equal(picture_at(picture, 65, 15), 0);
	assert_int_equal(picture_at(picture, 85, 15), WHITE);
	assert_int_equal(picture_at(picture, 105, 15), WHITE);
	assert_int_equal(md_rasterizer_counts(picture->rasterizer).groups, 2);
}

static void borders_lie_inside_the_edge(void **state)
{
	struct picture *picture = *state;
	struct md_frame_item *item =
	    picture_add(picture, MD_FRAME_BORDER, (struct md_rect){10, 10, 40, 40});
	item->color = MD_COLOR_WHITE;
	item->width = 2;
	picture_draw(picture);
	assert_int_equal(picture_at(picture, 9, 20), 0);
	assert_int_equal(picture_at(picture, 10, 20), WHITE);
	assert_int_equal(picture_at(picture, 11, 20), WHITE);
	assert_int_equal(picture_at(picture, 12, 20), 0);
	assert_int_equal(picture_at(picture, 49, 49), WHITE);
	assert_int_equal(md_rasterizer_counts(picture->rasterizer).pixels,
			 120 * 100 + 40 * 40 - 36 * 36);
}

/* Whatever is on it: drawn anew in any part, a picture stays bit for bit what it was. */
static void parts_are_the_same_as_the_whole(void **state)
{
	struct picture *picture = *state;
	uint32_t pixels[40 * 30];
	struct md_texture *texture = make_texture(pixels, 40, 30, false);
	picture_add_color(picture, (struct md_rect){0, 0, 120, 60}, WHITE);
	add_texture(picture, texture, (struct md_affine){1.1, 0.35, -0.4, 1.2, 30, 10})->radius = 8;
	struct md_frame_item *shadow =
	    picture_add(picture, MD_FRAME_SHADOW, (struct md_rect){50, 40, 50, 40});
	shadow->blur = 12;
	shadow->radius = 6;
	shadow->color = (struct md_color){0, 0, 0, 0.5};
	add_texture(picture, md_texture_retain(texture),
		    (struct md_affine){1.25, 0, 0, 1.25, 50.3, 40.6})
	    ->radius = 6;
	struct md_frame_item *backdrop =
	    picture_add(picture, MD_FRAME_BACKDROP, (struct md_rect){0, 70, 70, 30});
	backdrop->blur = 10;
	backdrop->radius = 9;
	md_frame_list_add(picture->list, MD_FRAME_GROUP_BEGIN)->opacity = 0.7;
	picture_add_color(picture, (struct md_rect){80, 5, 30, 30}, RED)->radius = 15;
	picture_add_color(picture, (struct md_rect){90, 15, 25.5, 30}, GREEN);
	md_frame_list_add(picture->list, MD_FRAME_GROUP_END);
	picture_draw(picture);
	uint32_t whole[PICTURE_WIDTH * PICTURE_HEIGHT];
	memcpy(whole, picture->pixels, sizeof(whole));
	uint32_t seed = 3;
	for (int round = 0; round < 200; round++) {
		seed = seed * 1664525 + 1013904223;
		picture_draw_part(picture, (int)(seed >> 8) % PICTURE_WIDTH,
				  (int)(seed >> 16) % PICTURE_HEIGHT, 1 + seed % 50,
				  1 + (seed >> 4) % 50);
		assert_memory_equal(whole, picture->pixels, sizeof(whole));
	}
}

static void absurd_items_harm_nothing(void **state)
{
	struct picture *picture = *state;
	uint32_t pixels[40 * 30];
	double values[] = {NAN, INFINITY, -INFINITY, 1e300, -1e300, 1e-300, 0, -5, 1e6};
	for (size_t i = 0; i < OS_ARRAY_LEN(values); i++) {
		double value = values[i];
		picture_add_color(picture, (struct md_rect){value, 0, 10, 10}, RED);
		picture_add_color(picture, (struct md_rect){0, 0, value, 10}, RED)->radius = value;
		add_texture(picture, make_texture(pixels, 40, 30, true),
			    (struct md_affine){value, 0, 0, 1, 0, 0});
		add_texture(picture, make_texture(pixels, 40, 30, true),
			    (struct md_affine){1, value, 1, 1, 3, 3});
		struct md_frame_item *item =
		    picture_add(picture, MD_FRAME_SHADOW, (struct md_rect){0, 0, 10, 10});
		item->blur = value;
		item->color = MD_COLOR_WHITE;
		item = picture_add(picture, MD_FRAME_BACKDROP, (struct md_rect){0, 0, 10, 10});
		item->blur = value;
		item = picture_add(picture, MD_FRAME_BORDER, (struct md_rect){0, 0, 10, 10});
		item->width = value;
		item->opacity = value;
	}
	picture_draw(picture);
}

int main(void)
{
#define PICTURE_TEST(f) cmocka_unit_test_setup_teardown(f, picture_setup, picture_teardown)
	const struct CMUnitTest tests[] = {
	    PICTURE_TEST(painters_order_over_the_background),
	    PICTURE_TEST(only_the_damage_is_drawn),
	    PICTURE_TEST(hidden_things_are_not_drawn),
	    PICTURE_TEST(round_corners_hide_what_is_under_the_middle_only),
	    PICTURE_TEST(textures_one_to_one_are_copied),
	    PICTURE_TEST(a_part_of_a_texture_can_be_shown),
	    PICTURE_TEST(quarter_turns_are_exact),
	    PICTURE_TEST(scaled_textures_are_mixed_between_pixels),
	    PICTURE_TEST(small_textures_leave_no_pixel_out),
	    PICTURE_TEST(clips_nest),
	    PICTURE_TEST(a_clip_and_its_content_have_one_edge),
	    PICTURE_TEST(groups_fade_as_one),
	    PICTURE_TEST(groups_nest_and_may_be_empty_opaque_or_broken),
	    PICTURE_TEST(borders_lie_inside_the_edge),
	    PICTURE_TEST(parts_are_the_same_as_the_whole),
	    PICTURE_TEST(absurd_items_harm_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
