/* Shapes as polygons: their areas are those of the shapes, and what two of them have in common has
 * the product of their coverages. F115 */
#include "test.h"

#include <math.h>

#include "gpu_patches.h"

struct bench {
	struct md_patches patches, spare, pieces;
};

static int setup(void **state)
{
	*state = calloc(1, sizeof(struct bench));
	return 0;
}

static int teardown(void **state)
{
	struct bench *bench = *state;
	md_patches_finish(&bench->patches);
	md_patches_finish(&bench->spare);
	md_patches_finish(&bench->pieces);
	free(bench);
	return 0;
}

/* Coverage summed over the plane: a triangle's area times the mean of its corners'. */
static double total(const struct md_patches *patches)
{
	double sum = 0;
	for (uint32_t i = 0; i < patches->count; i++) {
		const struct md_patch_point *p = patches->points + patches->patches[i].first;
		for (uint32_t k = 2; k < patches->patches[i].count; k++) {
			double area = (p[k - 1].x - p->x) * (p[k].y - p->y) -
				      (p[k - 1].y - p->y) * (p[k].x - p->x);
			sum +=
			    fabs(area) / 2 * (p->coverage + p[k - 1].coverage + p[k].coverage) / 3;
		}
	}
	return sum;
}

static struct md_shape shape_of(struct md_affine to_px, double width, double height, double radius)
{
	struct md_shape shape;
	assert_true(md_shape_init(&shape, to_px, (struct md_size){width, height}, radius));
	return shape;
}

static double area_of(struct bench *bench, struct md_shape shape)
{
	md_patches_reset(&bench->patches);
	md_patches_add_shape(&bench->patches, &shape);
	return total(&bench->patches);
}

static void areas_are_those_of_the_shapes(void **state)
{
	struct bench *bench = *state;
	struct md_affine at = md_affine_translation(10, 20),
			 between = md_affine_translation(10.3, 20.6);
	struct md_affine turned = md_affine_concat(md_affine_rotation(0.4), at);
	assert_float_equal(area_of(bench, shape_of(at, 40, 30, 0)), 1200, 1e-6);
	assert_int_equal(bench->patches.count, 1);
	assert_float_equal(area_of(bench, shape_of(between, 40, 30, 0)), 1200, 1);
	assert_float_equal(area_of(bench, shape_of(between, 40, 0.4, 0)), 16, 0.2);
	double round = 1200 - (4 - M_PI) * 100;
	assert_float_equal(area_of(bench, shape_of(at, 40, 30, 10)), round, 2);
	assert_float_equal(area_of(bench, shape_of(turned, 40, 30, 10)), round, 2);
	assert_float_equal(area_of(bench, shape_of(at, 20, 20, 10)), M_PI * 100, 2);
	assert_float_equal(area_of(bench, shape_of(turned, 40, 30, 0)), 1200, 2);
}

static void borders_are_as_wide_as_they_are(void **state)
{
	struct bench *bench = *state;
	const double widths[4] = {0.5, 1, 3, 8};
	struct md_shape shape = shape_of(md_affine_translation(10, 20), 60, 40, 0);
	for (int i = 0; i < 4; i++) {
		double width = widths[i];
		md_patches_reset(&bench->patches);
		md_patches_add_border(&bench->patches, &shape, width);
		double area = 60 * 40 - (60 - 2 * width) * (40 - 2 * width);
		assert_float_equal(total(&bench->patches), area, 0.05 * area + 1);
	}
	/* Thicker than the box: all of it. */
	md_patches_reset(&bench->patches);
	md_patches_add_border(&bench->patches, &shape, 30);
	assert_float_equal(total(&bench->patches), 2400, 1e-6);
}

static void what_two_have_in_common(void **state)
{
	struct bench *bench = *state;
	struct md_shape one = shape_of(md_affine_translation(0, 0), 40, 40, 8);
	struct md_shape other = shape_of(md_affine_translation(20, 20), 40, 40, 0);
	double whole = area_of(bench, one);
	md_patches_clip(&bench->patches, &other, &bench->spare, &bench->pieces);
	assert_float_equal(total(&bench->patches), 400 - (1 - M_PI / 4) * 64, 1);
	/* Twice the same: full where both are full. */
	area_of(bench, one);
	md_patches_clip(&bench->patches, &one, &bench->spare, &bench->pieces);
	assert_float_equal(total(&bench->patches), whole, 1);
	/* Nothing in common. */
	struct md_shape far = shape_of(md_affine_translation(100, 0), 40, 40, 8);
	md_patches_clip(&bench->patches, &far, &bench->spare, &bench->pieces);
	assert_int_equal(bench->patches.count, 0);
}

static void boxes_cut(void **state)
{
	struct bench *bench = *state;
	struct md_shape shape = shape_of(md_affine_translation(0, 0), 40, 40, 8);
	double whole = area_of(bench, shape);
	md_patches_clip_box(&bench->patches, (pixman_box32_t){-5, -5, 50, 50}, &bench->spare);
	assert_float_equal(total(&bench->patches), whole, 1e-9);
	md_patches_clip_box(&bench->patches, (pixman_box32_t){-5, -5, 20, 50}, &bench->spare);
	assert_float_equal(total(&bench->patches), whole / 2, 1e-6);
	md_patches_clip_box(&bench->patches, (pixman_box32_t){60, 60, 70, 70}, &bench->spare);
	assert_int_equal(bench->patches.count, 0);
}

int main(void)
{
#define PATCHES_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
	    PATCHES_TEST(areas_are_those_of_the_shapes),
	    PATCHES_TEST(borders_are_as_wide_as_they_are),
	    PATCHES_TEST(what_two_have_in_common),
	    PATCHES_TEST(boxes_cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
