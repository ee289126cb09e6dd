#include "test.h"

#include <math.h>

#include <md/geometry.h>

static void edges_belong_to_one_side(void **state)
{
	struct md_rect rect = {10, 20, 30, 40};
	assert_true(md_rect_contains(rect, (struct md_point){10, 20}));
	assert_false(md_rect_contains(rect, (struct md_point){40, 20}));
	assert_false(md_rect_contains(rect, (struct md_point){10, 60}));
	assert_true(md_rect_is_empty((struct md_rect){0, 0, 0, 5}));
	assert_true(md_rect_is_empty((struct md_rect){0, 0, NAN, 5}));
	assert_false(md_rect_is_empty(rect));
}

static void intersections_and_unions(void **state)
{
	struct md_rect a = {0, 0, 10, 10};
	struct md_rect b = {5, 6, 10, 10};
	assert_true(md_rect_equal(md_rect_intersect(a, b), (struct md_rect){5, 6, 5, 4}));
	assert_true(md_rect_equal(md_rect_union(a, b), (struct md_rect){0, 0, 15, 16}));
	assert_true(md_rect_equal(md_rect_union(a, (struct md_rect){99, 99, 0, 0}), a));
	assert_true(md_rect_equal(md_rect_intersect(a, (struct md_rect){10, 0, 5, 5}),
				  (struct md_rect){0, 0, 0, 0}));
	assert_false(md_rect_intersects(a, (struct md_rect){10, 0, 5, 5}));
	assert_true(md_rect_intersects(a, b));
}

static void insets_offsets_and_centres(void **state)
{
	struct md_rect rect = {10, 20, 30, 40};
	assert_true(md_rect_equal(md_rect_inset(rect, (struct md_insets){1, 2, 3, 4}),
				  (struct md_rect){12, 21, 24, 36}));
	assert_true(md_rect_equal(md_rect_offset(rect, -10, 5), (struct md_rect){0, 25, 30, 40}));
	struct md_point center = md_rect_center(rect);
	assert_true(center.x == 25 && center.y == 40);
}

static void neighbours_keep_touching_when_snapped(void **state)
{
	assert_true(md_snap(0.5, 1) == 1);
	assert_true(md_snap(-0.5, 1) == 0);
	for (double scale = 1; scale < 3; scale += 0.25) {
		for (int i = 0; i < 50; i++) {
			struct md_rect one =
			    md_rect_snap((struct md_rect){0, i * 14.25, 10, 14.25}, scale);
			struct md_rect next =
			    md_rect_snap((struct md_rect){0, (i + 1) * 14.25, 10, 14.25}, scale);
			assert_true(fabs(one.y + one.height - next.y) < 1e-9);
			assert_true(fabs(next.y * scale - round(next.y * scale)) < 1e-9);
		}
	}
	struct md_rect out = md_rect_snap_out((struct md_rect){0.2, 0.2, 1.2, 0.2}, 1);
	assert_true(md_rect_equal(out, (struct md_rect){0, 0, 2, 1}));
}

static void absurd_ones_are_known(void **state)
{
	assert_true(md_rect_is_sane((struct md_rect){-1e6, 4.4e6, 1e6, 44})); /* row 100,000 of a list */
	assert_false(md_rect_is_sane((struct md_rect){0, 1.1e9, 1, 1}));
	assert_false(md_rect_is_sane((struct md_rect){NAN, 0, 1, 1}));
	assert_false(md_rect_is_sane((struct md_rect){0, INFINITY, 1, 1}));
	assert_false(md_rect_is_sane((struct md_rect){0, 0, 1.1e6, 1}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(edges_belong_to_one_side),
	    cmocka_unit_test(intersections_and_unions),
	    cmocka_unit_test(insets_offsets_and_centres),
	    cmocka_unit_test(neighbours_keep_touching_when_snapped),
	    cmocka_unit_test(absurd_ones_are_known),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
