/* The splash's picture (F120): the same for every way a panel is held, whole on any size. With a path as
 * STRATA_SPLASH_PICTURE it writes what it drew there, for people. */
#include "test.h"

#include <fcntl.h>

#include <md/image.h>
#include <os/file.h>

#include "splash_mark.h"

#define GROUND 0x0d1726u

static uint32_t *draw(int width, int height, int orientation)
{
	uint32_t *pixels = calloc((size_t)width * (size_t)height, 4);
	splash_mark_draw(pixels, width * 4, width, height, orientation);
	return pixels;
}

static uint32_t at(const uint32_t *pixels, int width, int x, int y)
{
	return pixels[(size_t)y * (size_t)width + (size_t)x];
}

static void four_sheets_lie_on_a_dark_ground(void **state)
{
	uint32_t *pixels = draw(480, 800, 0);
	assert_int_equal(at(pixels, 480, 0, 0), GROUND);
	assert_int_equal(at(pixels, 480, 479, 799), GROUND);
	/* half 62; sheets' middles at y 428, 409, 391, 372, each seen below its upper neighbour */
	assert_int_equal(at(pixels, 480, 240, 372), 0xb5e3c9);
	assert_int_equal(at(pixels, 480, 240, 408), 0x57aaa0);
	assert_int_equal(at(pixels, 480, 240, 427), 0x35808f);
	assert_int_equal(at(pixels, 480, 240, 446), 0x2a5673);
	assert_int_equal(at(pixels, 480, 240, 400), at(pixels, 480, 239, 400)); /* symmetrical */
	free(pixels);
}

static void a_turned_panel_has_the_same_picture(void **state)
{
	uint32_t *upright = draw(480, 800, 0);
	uint32_t *quarter = draw(800, 480, 90), *half = draw(480, 800, 180), *back = draw(800, 480, 270);
	for (int y = 0; y < 800; y++) {
		for (int x = 0; x < 480; x++) {
			uint32_t color = at(upright, 480, x, y);
			assert_int_equal(at(quarter, 800, 800 - 1 - y, x), color);
			assert_int_equal(at(half, 480, 480 - 1 - x, 800 - 1 - y), color);
			assert_int_equal(at(back, 800, y, 480 - 1 - x), color);
		}
	}
	free(upright);
	free(quarter);
	free(half);
	free(back);
}

static void nothing_is_too_small_or_odd(void **state)
{
	static const int sizes[][2] = {{1, 1}, {3, 200}, {127, 33}, {1366, 768}};
	for (size_t i = 0; i < OS_ARRAY_LEN(sizes); i++) {
		for (int orientation = 0; orientation < 360; orientation += 90) {
			free(draw(sizes[i][0], sizes[i][1], orientation));
		}
	}
	free(draw(64, 64, 17)); /* a damaged file */
}

static void rows_end_where_the_stride_says(void **state)
{
	uint32_t pixels[20 * 24];
	memset(pixels, 0x77, sizeof(pixels));
	splash_mark_draw(pixels, 24 * 4, 20, 20, 0);
	for (int y = 0; y < 20; y++) {
		assert_int_equal(pixels[y * 24 + 19], GROUND);
		assert_int_equal(pixels[y * 24 + 20], 0x77777777);
	}
}

static void people_may_look_at_it(void **state)
{
	const char *path = getenv("STRATA_SPLASH_PICTURE");
	struct os_buffer bytes = {0};
	uint32_t *pixels = draw(480, 800, 0);
	for (size_t i = 0; i < 480 * 800; i++) {
		pixels[i] |= 0xff000000;
	}
	struct md_image *image = md_image_create_from_pixels(pixels, 480, 800, 480 * 4, 1);
	assert_int_equal(md_image_write_png(image, &bytes), 0);
	if (path != NULL) {
		assert_int_equal(os_file_write_atomic(AT_FDCWD, path, bytes.bytes, bytes.length), 0);
	}
	os_buffer_finish(&bytes);
	md_image_release(image);
	free(pixels);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(four_sheets_lie_on_a_dark_ground),
		cmocka_unit_test(a_turned_panel_has_the_same_picture),
		cmocka_unit_test(nothing_is_too_small_or_odd),
		cmocka_unit_test(rows_end_where_the_stride_says),
		cmocka_unit_test(people_may_look_at_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
