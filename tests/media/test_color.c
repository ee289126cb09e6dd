#include "test.h"

#include <math.h>

#include <md/color.h>

static void hex_and_premultiplied(void **state)
{
	assert_int_equal(md_color_premultiplied(md_color_hex(0x0b66e4)), 0xff0b66e4);
	assert_int_equal(md_color_premultiplied(md_color_with_alpha(MD_COLOR_WHITE, 0.5)),
			 0x80808080);
	assert_int_equal(md_color_premultiplied(MD_COLOR_CLEAR), 0);
	assert_int_equal(md_color_premultiplied((struct md_color){2, -1, NAN, 1}), 0xffff0000);
}

static void mixing(void **state)
{
	struct md_color half = md_color_mix(MD_COLOR_BLACK, MD_COLOR_WHITE, 0.5);
	assert_true(md_color_equal(half, (struct md_color){0.5, 0.5, 0.5, 1}));
	assert_true(md_color_equal(md_color_mix(half, MD_COLOR_WHITE, 0), half));
	assert_false(md_color_equal(half, MD_COLOR_BLACK));
}

/* WCAG 2.1: black on white is 21:1; FEEL.md: the tint is 5.2:1 on white. */
static void contrast_as_published(void **state)
{
	assert_true(fabs(md_color_contrast(MD_COLOR_BLACK, MD_COLOR_WHITE) - 21) < 1e-9);
	assert_true(fabs(md_color_contrast(MD_COLOR_WHITE, md_color_hex(0x0b66e4)) - 5.2) < 0.1);
	assert_true(fabs(md_color_contrast(md_color_hex(0x777777), MD_COLOR_WHITE) - 4.48) < 0.01);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(hex_and_premultiplied),
	    cmocka_unit_test(mixing),
	    cmocka_unit_test(contrast_as_published),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
