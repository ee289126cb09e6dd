/* F51 */
#include "test.h"

#include <math.h>

#include "blur.h"

/* W3C's filter effects: three boxes are the Gaussian to about 3 % of its height. */
static void near_to_the_gaussian(void **state)
{
	enum { SIDE = 121 };
	uint8_t *pixels = calloc(SIDE * SIDE, 1);
	void *scratch = malloc(md_blur_scratch_bytes(SIDE, SIDE));
	/* A half plane: its blur is the error function. */
	for (int i = 0; i < SIDE * SIDE; i++) {
		pixels[i] = i % SIDE >= 60 ? 255 : 0;
	}
	double blur = 24;
	md_blur_alpha(pixels, SIDE, SIDE, md_blur_radius(blur), scratch);
	for (int x = 35; x < 85; x++) {
		double expected = 255 * 0.5 * (1 + erf((x + 0.5 - 60) / (blur / 2 * M_SQRT2)));
		assert_true(fabs(pixels[60 * SIDE + x] - expected) < 0.03 * 255);
	}
	free(pixels);
	free(scratch);
}

static void reaches_as_far_as_it_says(void **state)
{
	enum { SIDE = 101 };
	uint8_t pixels[SIDE * SIDE] = {0};
	void *scratch = malloc(md_blur_scratch_bytes(SIDE, SIDE));
	for (int y = 30; y < 71; y++) {
		memset(pixels + y * SIDE + 30, 255, 41);
	}
	double blur = 12;
	int extent = md_blur_extent(blur);
	md_blur_alpha(pixels, SIDE, SIDE, md_blur_radius(blur), scratch);
	assert_true(extent > 10 && extent < 25);
	for (int y = 0; y < SIDE; y++) {
		assert_int_equal(pixels[y * SIDE + 30 - extent - 1], 0);
		assert_int_equal(pixels[y * SIDE + 70 + extent + 1], 0);
		for (int x = 0; x < SIDE; x++) {
			assert_true(abs(pixels[y * SIDE + x] - pixels[x * SIDE + y]) <= 1);
			assert_int_equal(pixels[y * SIDE + x], pixels[y * SIDE + SIDE - 1 - x]);
		}
	}
	assert_true(pixels[50 * SIDE + 30 - extent + 3] <= pixels[50 * SIDE + 30]);
	free(scratch);
}

static void one_colour_stays_what_it_is(void **state)
{
	enum { WIDTH = 33, HEIGHT = 17 };
	uint32_t pixels[WIDTH * HEIGHT];
	void *scratch = malloc(md_blur_scratch_bytes(WIDTH * 4, HEIGHT));
	for (int radius = 0; radius <= 120; radius += 7) {
		for (int i = 0; i < WIDTH * HEIGHT; i++) {
			pixels[i] = 0xff7f01fe;
		}
		md_blur_pixels(pixels, WIDTH, HEIGHT, radius, scratch);
		for (int i = 0; i < WIDTH * HEIGHT; i++) {
			assert_int_equal(pixels[i], 0xff7f01fe);
		}
	}
	free(scratch);
}

static void channels_do_not_mix(void **state)
{
	enum { WIDTH = 40, HEIGHT = 40 };
	uint32_t pixels[WIDTH * HEIGHT];
	uint8_t alone[WIDTH * HEIGHT];
	void *scratch = malloc(md_blur_scratch_bytes(WIDTH * 4, HEIGHT));
	for (int i = 0; i < WIDTH * HEIGHT; i++) {
		bool inside = i % WIDTH > 18 && i % WIDTH < 22 && i / WIDTH > 18 && i / WIDTH < 22;
		pixels[i] = inside ? 0x00ff0000 : 0;
		alone[i] = inside ? 255 : 0;
	}
	md_blur_pixels(pixels, WIDTH, HEIGHT, 3, scratch);
	md_blur_alpha(alone, WIDTH, HEIGHT, 3, scratch);
	for (int i = 0; i < WIDTH * HEIGHT; i++) {
		assert_int_equal(pixels[i], (uint32_t)alone[i] << 16);
	}
	free(scratch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(near_to_the_gaussian),
	    cmocka_unit_test(reaches_as_far_as_it_says),
	    cmocka_unit_test(one_colour_stays_what_it_is),
	    cmocka_unit_test(channels_do_not_mix),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
