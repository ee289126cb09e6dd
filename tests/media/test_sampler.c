#include "test.h"

#include <math.h>

#include "sampler.h"

enum { WIDTH = 8, HEIGHT = 6 };

static uint32_t s_pixels[WIDTH * HEIGHT];

static int setup(void **state)
{
	for (int i = 0; i < WIDTH * HEIGHT; i++) {
		s_pixels[i] =
		    0xff000000 | (uint32_t)(i % WIDTH * 20) << 16 | (uint32_t)(i / WIDTH * 40);
	}
	*state = pixman_image_create_bits(PIXMAN_a8r8g8b8, WIDTH, HEIGHT, s_pixels, WIDTH * 4);
	return 0;
}

static int teardown(void **state)
{
	pixman_image_unref(*state);
	return 0;
}

static uint32_t at(const struct md_sampler *sampler, int x, int y)
{
	uint32_t pixel;
	md_sampler_fill(sampler, &pixel, 1, (pixman_box32_t){x, y, x + 1, y + 1});
	return pixel;
}

static void in_its_place_a_pixel_is_itself(void **state)
{
	struct md_sampler sampler;
	assert_true(md_sampler_init(&sampler, *state, md_affine_translation(-3, -2)));
	for (int y = 0; y < HEIGHT; y++) {
		for (int x = 0; x < WIDTH; x++) {
			assert_int_equal(at(&sampler, x + 3, y + 2), s_pixels[y * WIDTH + x]);
		}
	}
	/* Beyond it: what lies at the edge. */
	assert_int_equal(at(&sampler, -100, -100), s_pixels[0]);
	assert_int_equal(at(&sampler, 1000, 1000), s_pixels[WIDTH * HEIGHT - 1]);
}

static void between_pixels_they_are_mixed(void **state)
{
	struct md_sampler sampler;
	assert_true(md_sampler_init(&sampler, *state, md_affine_translation(0.5, 0)));
	assert_int_equal(at(&sampler, 2, 1), 0xff320028);
	assert_true(md_sampler_init(&sampler, *state, md_affine_translation(0.25, 0.5)));
	assert_int_equal(at(&sampler, 2, 1), 0xff2d003c);
}

/* The same pixels from wherever drawing begins. */
static void it_is_linear_to_the_bit(void **state)
{
	struct md_sampler sampler;
	struct md_affine map =
	    md_affine_concat(md_affine_rotation(0.37), md_affine_scale(0.3, 0.4));
	assert_true(md_sampler_init(&sampler, *state, map));
	uint32_t whole[20 * 20];
	md_sampler_fill(&sampler, whole, 20, (pixman_box32_t){-3, -5, 17, 15});
	for (int y = 0; y < 20; y++) {
		for (int x = 0; x < 20; x++) {
			assert_int_equal(at(&sampler, x - 3, y - 5), whole[y * 20 + x]);
		}
	}
}

static void absurd_maps_are_refused(void **state)
{
	struct md_sampler sampler;
	assert_false(md_sampler_init(&sampler, *state, md_affine_scale(NAN, 1)));
	assert_false(md_sampler_init(&sampler, *state, md_affine_scale(1e8, 1)));
	assert_true(md_sampler_init(&sampler, *state, md_affine_scale(1e6, 1e6)));
	assert_int_equal(at(&sampler, 5, 5), s_pixels[WIDTH * HEIGHT - 1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(in_its_place_a_pixel_is_itself, setup, teardown),
	    cmocka_unit_test_setup_teardown(between_pixels_they_are_mixed, setup, teardown),
	    cmocka_unit_test_setup_teardown(it_is_linear_to_the_bit, setup, teardown),
	    cmocka_unit_test_setup_teardown(absurd_maps_are_refused, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
