/* F86, F87: FEEL.md's contrasts and text sizes, as tables. */
#include "test.h"

#include <ui/appearance.h>

struct pair {
	enum ui_color on, under;
	double least;
};

/* What is written or drawn on what. */
static const struct pair s_pairs[] = {
    {UI_COLOR_LABEL, UI_COLOR_BACKGROUND, 4.5},
    {UI_COLOR_LABEL, UI_COLOR_GROUPED_BACKGROUND, 4.5},
    {UI_COLOR_LABEL, UI_COLOR_GROUPED, 4.5},
    {UI_COLOR_LABEL, UI_COLOR_BAR, 4.5},
    {UI_COLOR_LABEL, UI_COLOR_FILL, 4.5},
    {UI_COLOR_LABEL, UI_COLOR_PRESSED, 4.5},
    {UI_COLOR_LABEL, UI_COLOR_SELECTION, 4.5},
    {UI_COLOR_LABEL, UI_COLOR_ALERT, 4.5},
    {UI_COLOR_SECONDARY_LABEL, UI_COLOR_BACKGROUND, 4.5},
    {UI_COLOR_SECONDARY_LABEL, UI_COLOR_GROUPED_BACKGROUND, 4.5},
    {UI_COLOR_SECONDARY_LABEL, UI_COLOR_GROUPED, 4.5},
    {UI_COLOR_SECONDARY_LABEL, UI_COLOR_PRESSED, 4.5},
    {UI_COLOR_SECONDARY_LABEL, UI_COLOR_ALERT, 4.5},
    {UI_COLOR_TERTIARY_LABEL, UI_COLOR_BACKGROUND, 4.5},
    {UI_COLOR_TERTIARY_LABEL, UI_COLOR_GROUPED_BACKGROUND, 4.5},
    {UI_COLOR_TERTIARY_LABEL, UI_COLOR_GROUPED, 4.5},
    {UI_COLOR_TINT, UI_COLOR_BACKGROUND, 4.5},
    {UI_COLOR_TINT, UI_COLOR_GROUPED_BACKGROUND, 4.5},
    {UI_COLOR_TINT, UI_COLOR_GROUPED, 4.5},
    {UI_COLOR_TINT, UI_COLOR_BAR, 4.5},
    {UI_COLOR_TINT, UI_COLOR_ALERT, 4.5},
    {UI_COLOR_ON_TINT, UI_COLOR_TINT, 4.5},
    {UI_COLOR_DESTRUCTIVE, UI_COLOR_BACKGROUND, 4.5},
    {UI_COLOR_DESTRUCTIVE, UI_COLOR_GROUPED, 4.5},
    {UI_COLOR_DESTRUCTIVE, UI_COLOR_GROUPED_BACKGROUND, 4.5},
    {UI_COLOR_DESTRUCTIVE, UI_COLOR_ALERT, 4.5},
    {UI_COLOR_ON_TINT, UI_COLOR_DESTRUCTIVE, 4.5},
    {UI_COLOR_POSITIVE, UI_COLOR_GROUPED, 3},
    {UI_COLOR_POSITIVE, UI_COLOR_BACKGROUND, 3},
};

static void contrasts_hold_in_every_look(void **state)
{
	for (int look = 0; look < 4; look++) {
		struct ui_appearance appearance = {
		    .dark = look & 1, .high_contrast = look & 2, .text_size = 3, .scale = 1};
		for (size_t i = 0; i < OS_ARRAY_LEN(s_pairs); i++) {
			struct md_color on = ui_color_value(s_pairs[i].on, &appearance);
			struct md_color under = ui_color_value(s_pairs[i].under, &appearance);
			double contrast = md_color_contrast(on, under);
			double least =
			    appearance.high_contrast && s_pairs[i].least > 4 ? 7 : s_pairs[i].least;
			if (contrast < least) {
				fail_msg("look %d: colour %d on %d has only %.2f:1", look,
					 s_pairs[i].on, s_pairs[i].under, contrast);
			}
		}
	}
}

static void the_default_tint(void **state)
{
	struct ui_appearance appearance = {.text_size = 3, .scale = 1};
	assert_true(
	    md_color_equal(ui_color_value(UI_COLOR_TINT, &appearance), md_color_hex(0x0b66e4)));
}

static void sizes_follow_the_setting(void **state)
{
	static const double s_body[] = {14, 15, 16, 17, 19, 21, 23, 28, 33, 40, 47, 53};
	for (int i = 0; i < 12; i++) {
		assert_true(ui_body_size(i) == s_body[i]);
		assert_true(ui_font_for_style(UI_TEXT_BODY, i).size == s_body[i]);
		for (int style = 0; style < UI_TEXT_STYLES; style++) {
			assert_true(ui_font_for_style(style, i).size >= 11);
		}
	}
	static const double s_default[UI_TEXT_STYLES] = {34, 28, 22, 20, 17, 17,
							 16, 15, 13, 12, 11, 17, 17, 34};
	for (int style = 0; style < UI_TEXT_STYLES; style++) {
		assert_true(ui_font_for_style(style, 3).size == s_default[style]);
	}
	assert_true(ui_font_for_style(UI_TEXT_CAPTION2, 0).size == 11); /* not under 11 */
	assert_true(ui_font_for_style(UI_TEXT_FOOTNOTE, 11).size ==
		    13 + 36);                                           /* the whole difference */
	double title = ui_font_for_style(UI_TEXT_LARGE_TITLE, 11).size; /* 0.7 of it */
	assert_true(title > 59.19 && title < 59.21);
	assert_true(ui_font_for_style(UI_TEXT_BAR_TITLE, 11).size == 23); /* stops at xxxl */
	assert_true(ui_font_for_style(UI_TEXT_BAR_ITEM, 11).size == 23);
	assert_true(ui_font_for_style(UI_TEXT_BAR_LARGE_TITLE, 11).size == ui_font_for_style(UI_TEXT_LARGE_TITLE, 6).size);
	assert_true(ui_body_size(-5) == 14 && ui_body_size(99) == 53);
}

static void rows_grow_with_the_text(void **state)
{
	assert_true(ui_row_height(1, 3) == 44);
	assert_true(ui_row_height(2, 3) == 60);
	assert_true(ui_row_height(1, 0) == 44);
	double before = 0;
	for (int i = 3; i < 12; i++) {
		assert_true(ui_row_height(1, i) > before &&
			    ui_row_height(2, i) > ui_row_height(1, i));
		assert_true(ui_row_height(1, i) >= ui_body_size(i) * 1.3);
		before = ui_row_height(1, i);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(contrasts_hold_in_every_look),
	    cmocka_unit_test(the_default_tint),
	    cmocka_unit_test(sizes_follow_the_setting),
	    cmocka_unit_test(rows_grow_with_the_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
