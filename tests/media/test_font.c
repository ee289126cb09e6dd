#include "test.h"

#include <math.h>

#include <md/font.h>

static void metrics_grow_with_the_size(void **state)
{
	struct md_font_metrics body =
	    md_font_metrics((struct md_font){MD_FONT_UI, 17, MD_WEIGHT_REGULAR});
	struct md_font_metrics title =
	    md_font_metrics((struct md_font){MD_FONT_UI, 34, MD_WEIGHT_BOLD});
	assert_true(body.ascent > 10 && body.ascent < 25);
	assert_true(body.descent > 2 && body.descent < 10);
	assert_true(body.line_height >= body.ascent + body.descent - 1e-9);
	assert_true(fabs(title.ascent - 2 * body.ascent) < 0.1);
}

/* Inter's own: ascender 0.96875 em, descender 0.2412 em (its hhea table). */
static void the_interface_is_set_in_inter(void **state)
{
	struct md_font_metrics metrics =
	    md_font_metrics((struct md_font){MD_FONT_UI, 100, MD_WEIGHT_REGULAR});
	assert_true(fabs(metrics.ascent - 96.875) < 0.2);
	assert_true(fabs(metrics.descent - 24.12) < 0.2);
}

static void equality(void **state)
{
	struct md_font font = {MD_FONT_UI, 17, MD_WEIGHT_REGULAR};
	struct md_font other = font;
	assert_true(md_font_equal(font, other));
	other.italic = true;
	assert_false(md_font_equal(font, other));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(metrics_grow_with_the_size),
	    cmocka_unit_test(the_interface_is_set_in_inter),
	    cmocka_unit_test(equality),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
