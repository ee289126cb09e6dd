/* F42 in part: shapes, clips, gradients and pictures, antialiased. */
#include "test.h"

#include <math.h>

#include <md/canvas.h>

#define SIDE 64
#define RED 0xffff0000

static uint32_t s_pixels[SIDE * SIDE];

static struct md_canvas *make(double scale, bool opaque)
{
	memset(s_pixels, 0, sizeof(s_pixels));
	return md_canvas_create(s_pixels, SIDE, SIDE, SIDE * 4, scale, opaque);
}

static uint32_t at(int x, int y)
{
	return s_pixels[y * SIDE + x];
}

static const struct md_color s_red = {1, 0, 0, 1};

static void rectangles_on_pixels_are_sharp(void **state)
{
	struct md_canvas *canvas = make(2, false);
	md_canvas_fill_rect(canvas, (struct md_rect){4, 5, 10, 6.5}, s_red);
	assert_int_equal(at(7, 10), 0);
	assert_int_equal(at(8, 10), RED);
	assert_int_equal(at(27, 22), RED);
	assert_int_equal(at(28, 22), 0);
	assert_int_equal(at(20, 23), 0);
	md_canvas_clear(canvas, (struct md_rect){4, 5, 1, 1});
	assert_int_equal(at(8, 10), 0);
	md_canvas_destroy(canvas);
	assert_null(md_canvas_destroy(NULL));
}

static void edges_between_pixels_are_shades(void **state)
{
	struct md_canvas *canvas = make(1, false);
	md_canvas_fill_rect(canvas, (struct md_rect){4.5, 5, 10, 10}, s_red);
	assert_in_range(at(4, 8) >> 24, 120, 136);
	assert_int_equal(at(5, 8), RED);
	md_canvas_destroy(canvas);
}

static void opacity_and_alpha_blend(void **state)
{
	struct md_canvas *canvas = make(1, true);
	md_canvas_fill_rect(canvas, (struct md_rect){0, 0, 64, 64}, MD_COLOR_WHITE);
	md_canvas_save(canvas);
	md_canvas_set_opacity(canvas, 0.5);
	md_canvas_fill_rect(canvas, (struct md_rect){0, 0, 10, 10},
			    md_color_with_alpha(MD_COLOR_BLACK, 0.5));
	md_canvas_restore(canvas);
	md_canvas_fill_rect(canvas, (struct md_rect){20, 0, 10, 10}, MD_COLOR_BLACK);
	assert_in_range(at(5, 5) & 255, 190, 192);
	assert_int_equal(at(25, 5) & 0xffffff, 0);
	md_canvas_destroy(canvas);
}

static void clips_hold_for_both_ways_of_drawing(void **state)
{
	struct md_canvas *canvas = make(1, false);
	md_canvas_save(canvas);
	md_canvas_clip_rect(canvas, (struct md_rect){10, 10, 20, 20});
	md_canvas_translate(canvas, 5, 5);
	assert_true(md_rect_equal(md_canvas_clip_bounds(canvas), (struct md_rect){5, 5, 20, 20}));
	md_canvas_fill_rect(canvas, (struct md_rect){0, 0, 60, 60}, s_red);
	assert_int_equal(at(10, 10), RED);
	assert_int_equal(at(9, 10), 0);
	assert_int_equal(at(30, 20), 0);
	md_canvas_fill_ellipse(canvas, (struct md_rect){-100, -100, 300, 300}, MD_COLOR_BLACK);
	assert_int_equal(at(15, 15), 0xff000000);
	assert_int_equal(at(31, 15), 0);
	md_canvas_restore(canvas);
	md_canvas_fill_rect(canvas, (struct md_rect){0, 0, 2, 2}, s_red);
	assert_int_equal(at(1, 1), RED);

	md_canvas_save(canvas);
	md_canvas_clip_rounded_rect(canvas, (struct md_rect){34, 34, 20, 20}, 10);
	md_canvas_fill_rect(canvas, (struct md_rect){0, 0, 64, 64}, s_red);
	assert_int_equal(at(34, 34), 0);
	assert_int_equal(at(44, 44), RED);
	md_canvas_restore(canvas);

	struct md_path *path = md_path_create();
	md_path_add_rect(path, (struct md_rect){0, 40, 4, 4});
	md_canvas_clip_path(canvas, path);
	md_canvas_fill_rect(canvas, (struct md_rect){0, 0, 64, 64}, s_red);
	assert_int_equal(at(2, 42), RED);
	assert_int_equal(at(2, 46), 0);
	md_path_release(path);
	md_canvas_destroy(canvas);
}

static void a_flat_transform_shows_nothing_until_restored(void **state)
{
	struct md_canvas *canvas = make(1, false);
	md_canvas_save(canvas);
	md_canvas_concat(canvas, md_affine_scale(0, 1));
	md_canvas_fill_rect(canvas, (struct md_rect){0, 0, 10, 10}, s_red);
	md_canvas_fill_ellipse(canvas, (struct md_rect){0, 0, 10, 10}, s_red);
	assert_int_equal(at(0, 0), 0);
	md_canvas_restore(canvas);
	md_canvas_fill_ellipse(canvas, (struct md_rect){0, 0, 10, 10}, s_red);
	assert_int_equal(at(5, 5), RED);
	md_canvas_destroy(canvas);
}

static void borders_lie_inside(void **state)
{
	struct md_canvas *canvas = make(1, false);
	md_canvas_stroke_rounded_rect(canvas, (struct md_rect){10, 10, 30, 30}, 0, 2, s_red);
	assert_int_equal(at(9, 20), 0);
	assert_int_equal(at(10, 20), RED);
	assert_int_equal(at(11, 20), RED);
	assert_int_equal(at(12, 20), 0);
	md_canvas_destroy(canvas);
}

static void gradients_run_from_stop_to_stop(void **state)
{
	struct md_canvas *canvas = make(1, true);
	struct md_gradient gradient = {
	    {0, 0}, {0, 64}, {{0, MD_COLOR_BLACK}, {1, MD_COLOR_WHITE}}, 2};
	md_canvas_fill_gradient(canvas, (struct md_rect){0, 0, 64, 64}, &gradient);
	for (int y = 1; y < 64; y++) {
		assert_true((at(10, y) & 255) > (at(10, y - 1) & 255));
	}
	assert_in_range(at(10, 32) & 255, 125, 133);
	md_canvas_destroy(canvas);
}

static void images_straight_and_scaled(void **state)
{
	uint32_t source[4] = {0xff0000ff, 0xff00ff00, 0x80800000, 0};
	struct md_image *image = md_image_create_from_pixels(source, 2, 2, 8, 1);
	struct md_canvas *canvas = make(1, false);
	md_canvas_draw_image(canvas, image, (struct md_rect){5, 6, 2, 2});
	assert_int_equal(at(5, 6), source[0]);
	assert_int_equal(at(6, 6), source[1]);
	assert_int_equal(at(5, 7), source[2]);
	assert_int_equal(at(6, 7), 0);
	md_canvas_draw_image(canvas, image, (struct md_rect){20, 20, 20, 20});
	assert_int_equal(at(20, 20), source[0]);
	assert_int_equal(at(39, 20), source[1]);
	assert_int_equal(at(19, 20), 0);
	md_canvas_set_opacity(canvas, 0.5);
	md_canvas_draw_image(canvas, image, (struct md_rect){50, 50, 2, 2});
	assert_in_range(at(50, 50) >> 24, 127, 128);
	md_canvas_draw_image(canvas, NULL, (struct md_rect){0, 0, 2, 2});
	md_image_release(image);
	md_canvas_destroy(canvas);
}

static int ink(int x1, int y1, int x2, int y2)
{
	int sum = 0;
	for (int y = y1; y < y2; y++) {
		for (int x = x1; x < x2; x++) {
			sum += at(x, y) >> 24;
		}
	}
	return sum / 255;
}

static void symbols_are_tinted_and_centred(void **state)
{
	struct md_canvas *canvas = make(1, false);
	md_canvas_draw_symbol(canvas, "circle-fill", (struct md_rect){0, 10, 64, 16}, s_red);
	assert_int_equal(at(32, 18), RED);
	assert_int_equal(ink(0, 0, 24, 64), 0);
	assert_int_equal(ink(40, 0, 64, 64), 0);
	assert_in_range(ink(24, 10, 40, 26), 190, 215); /* π·8² */
	md_canvas_draw_symbol(canvas, "no-such-symbol", (struct md_rect){0, 40, 20, 20}, s_red);
	assert_int_equal(ink(0, 30, 64, 64), 0);
	/* Turned it takes cairo's way, and is as large. */
	md_canvas_translate(canvas, 40, 40);
	md_canvas_concat(canvas, md_affine_rotation(0.4));
	md_canvas_draw_symbol(canvas, "circle-fill", (struct md_rect){-8, -8, 16, 16}, s_red);
	assert_in_range(ink(28, 28, 54, 54), 185, 220);
	md_canvas_destroy(canvas);
}

static void text_stands_on_its_baseline(void **state)
{
	struct md_text_style style = {.font = {MD_FONT_UI, 20, MD_WEIGHT_REGULAR}};
	struct md_text_layout *layout = md_text_layout_create("HH", 2, &style, MD_UNBOUNDED);
	for (int scale = 1; scale <= 2; scale++) {
		struct md_canvas *canvas = make(scale, false);
		md_canvas_draw_text(canvas, layout, (struct md_point){0, 0}, s_red);
		int baseline = (int)floor(md_text_layout_first_baseline(layout) * scale + 0.5);
		assert_true(ink(0, baseline - 8, 60, baseline) > 20);
		assert_int_equal(ink(0, baseline + 1, 64, 64), 0);
		md_canvas_destroy(canvas);
	}
	md_text_layout_release(layout);
}

static void drawing_is_the_same_every_time(void **state)
{
	uint32_t first[SIDE * SIDE];
	for (int round = 0; round < 2; round++) {
		struct md_canvas *canvas = make(1.6, false);
		struct md_text_style style = {.font = {MD_FONT_UI, 13, MD_WEIGHT_SEMIBOLD}};
		struct md_text_layout *layout = md_text_layout_create("Agé", 4, &style, 100);
		md_canvas_draw_text(canvas, layout, (struct md_point){1.3, 2.7}, s_red);
		md_canvas_fill_rounded_rect(canvas, (struct md_rect){3.1, 20, 30, 15}, 6, s_red);
		md_text_layout_release(layout);
		md_canvas_destroy(canvas);
		if (round == 0) {
			memcpy(first, s_pixels, sizeof(first));
		}
	}
	assert_memory_equal(first, s_pixels, sizeof(first));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rectangles_on_pixels_are_sharp),
	    cmocka_unit_test(edges_between_pixels_are_shades),
	    cmocka_unit_test(opacity_and_alpha_blend),
	    cmocka_unit_test(clips_hold_for_both_ways_of_drawing),
	    cmocka_unit_test(a_flat_transform_shows_nothing_until_restored),
	    cmocka_unit_test(borders_lie_inside),
	    cmocka_unit_test(gradients_run_from_stop_to_stop),
	    cmocka_unit_test(images_straight_and_scaled),
	    cmocka_unit_test(symbols_are_tinted_and_centred),
	    cmocka_unit_test(text_stands_on_its_baseline),
	    cmocka_unit_test(drawing_is_the_same_every_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
