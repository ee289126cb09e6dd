/* F42 */
#include "test.h"

#include <math.h>

#include "shape.h"

static int full_pixels(const struct md_shape *shape, pixman_box32_t bounds)
{
	pixman_region32_t region;
	md_shape_full_region(shape, bounds, &region);
	pixman_region32_intersect_rect(&region, &region, bounds.x1, bounds.y1,
				       (unsigned)(bounds.x2 - bounds.x1),
				       (unsigned)(bounds.y2 - bounds.y1));
	int count;
	int sum = 0;
	const pixman_box32_t *boxes = pixman_region32_rectangles(&region, &count);
	for (int i = 0; i < count; i++) {
		sum += (boxes[i].x2 - boxes[i].x1) * (boxes[i].y2 - boxes[i].y1);
	}
	pixman_region32_fini(&region);
	return sum;
}

/* The mask of a shape over 64 × 64 pixels; returns the sum in pixels. */
static double area(const struct md_shape *shape, uint8_t mask[64 * 64])
{
	memset(mask, 255, 64 * 64);
	md_shape_multiply(shape, mask, 64, (pixman_box32_t){0, 0, 64, 64});
	double sum = 0;
	for (int i = 0; i < 64 * 64; i++) {
		sum += mask[i] / 255.0;
	}
	return sum;
}

static void boxes_on_pixels_are_whole(void **state)
{
	struct md_shape shape;
	assert_true(
	    md_shape_init(&shape, md_affine_translation(10, 20), (struct md_size){30, 40}, 0));
	assert_true(shape.straight && shape.whole);
	assert_int_equal(shape.outer.x1, 10);
	assert_int_equal(shape.outer.y2, 60);
	assert_int_equal(full_pixels(&shape, (pixman_box32_t){0, 0, 100, 100}), 1200);
	assert_true(md_shape_init(&shape, (struct md_affine){0, 2, -2, 0, 50, 10},
				  (struct md_size){10, 5}, 0));
	assert_true(shape.whole && shape.outer.x1 == 40 && shape.outer.x2 == 50 &&
		    shape.outer.y2 == 30);
}

static void nothing_is_seen_of_empty_and_flat_ones(void **state)
{
	struct md_shape shape;
	assert_false(md_shape_init(&shape, MD_AFFINE_IDENTITY, (struct md_size){0, 5}, 0));
	assert_false(md_shape_init(&shape, md_affine_scale(0, 1), (struct md_size){5, 5}, 0));
	assert_false(md_shape_init(&shape, MD_AFFINE_IDENTITY, (struct md_size){NAN, 5}, 0));
}

/* Coverage is the area of a pixel that is inside: sums are the area of the whole. */
static void edges_between_pixels_are_shares(void **state)
{
	uint8_t mask[64 * 64];
	struct md_shape shape;
	assert_true(md_shape_init(&shape, md_affine_translation(10.3, 10.6),
				  (struct md_size){20.5, 9.25}, 0));
	assert_false(shape.whole);
	assert_true(fabs(area(&shape, mask) - 20.5 * 9.25) < 0.5);
	assert_in_range(mask[11 * 64 + 10], 178, 179); /* 0.7 */
	assert_int_equal(mask[15 * 64 + 20], 255);
}

static void corners_have_the_area_of_circles(void **state)
{
	uint8_t mask[64 * 64];
	struct md_shape shape;
	for (double radius = 2; radius <= 20; radius += 3) {
		assert_true(md_shape_init(&shape, md_affine_translation(10, 10),
					  (struct md_size){40, 40}, radius));
		double expected = 1600 - (4 - M_PI) * radius * radius;
		assert_true(fabs(area(&shape, mask) - expected) < 1 + radius * 0.1);
		/* All four corners alike. */
		for (int i = 0; i < 20; i++) {
			assert_int_equal(mask[(10 + i) * 64 + 10], mask[10 * 64 + 10 + i]);
			assert_int_equal(mask[(10 + i) * 64 + 10], mask[(49 - i) * 64 + 49]);
			assert_int_equal(mask[(10 + i) * 64 + 10], mask[(10 + i) * 64 + 49]);
		}
	}
}

/* What is said to be full or empty is so by the formula too, and blocks skip nothing. */
static void regions_and_blocks_agree_with_the_formula(void **state)
{
	struct md_affine places[] = {
	    md_affine_translation(9.4, 12.7),
	    {1.3, 0, 0, 0.8, 5, 6},
	    {0.9, 0.4, -0.4, 0.9, 25, 8},
	    {2, 0.5, 0, 0.7, 4, 10},
	};
	for (size_t i = 0; i < OS_ARRAY_LEN(places); i++) {
		for (int inverted = 0; inverted < 2; inverted++) {
			struct md_shape shape;
			assert_true(md_shape_init(&shape, places[i], (struct md_size){24, 32}, 7));
			shape.inverted = inverted;
			uint8_t mask[64 * 64];
			area(&shape, mask);
			pixman_region32_t full;
			pixman_region32_t empty;
			pixman_box32_t all = {0, 0, 64, 64};
			md_shape_full_region(&shape, all, &full);
			md_shape_empty_region(&shape, all, &empty);
			for (int p = 0; p < 64 * 64; p++) {
				uint8_t single = 255;
				int x = p % 64;
				int y = p / 64;
				md_shape_multiply(&shape, &single, 1,
						  (pixman_box32_t){x, y, x + 1, y + 1});
				assert_int_equal(single, mask[p]);
				if (pixman_region32_contains_point(&full, x, y, NULL)) {
					assert_int_equal(mask[p], 255);
				}
				if (pixman_region32_contains_point(&empty, x, y, NULL)) {
					assert_int_equal(mask[p], 0);
				}
			}
			pixman_region32_fini(&full);
			pixman_region32_fini(&empty);
		}
	}
}

static void turned_ones_keep_their_area(void **state)
{
	uint8_t mask[64 * 64];
	struct md_shape shape;
	struct md_affine turned =
	    md_affine_concat(md_affine_rotation(0.5), md_affine_translation(30, 5));
	assert_true(md_shape_init(&shape, turned, (struct md_size){30, 30}, 6));
	assert_false(shape.straight);
	assert_true(fabs(area(&shape, mask) - (900 - (4 - M_PI) * 36)) < 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(boxes_on_pixels_are_whole),
	    cmocka_unit_test(nothing_is_seen_of_empty_and_flat_ones),
	    cmocka_unit_test(edges_between_pixels_are_shares),
	    cmocka_unit_test(corners_have_the_area_of_circles),
	    cmocka_unit_test(regions_and_blocks_agree_with_the_formula),
	    cmocka_unit_test(turned_ones_keep_their_area),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
