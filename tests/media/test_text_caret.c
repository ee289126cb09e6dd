/* F61 */
#include "test.h"

#include <math.h>

#include <md/text_layout.h>

static const struct md_text_style s_body = {.font = {MD_FONT_UI, 17, MD_WEIGHT_REGULAR}};

static struct md_text_layout *make(const char *text, double width)
{
	return md_text_layout_create(text, strlen(text), &s_body, width);
}

static void carets_stand_between_letters(void **state)
{
	struct md_text_layout *layout = make("Hello", MD_UNBOUNDED);
	double last = -1;
	for (size_t offset = 0; offset <= 5; offset++) {
		struct md_rect caret = md_text_layout_caret(layout, offset);
		assert_true(caret.x > last && caret.width == 0 && caret.height > 15);
		last = caret.x;
		assert_int_equal(
		    md_text_layout_offset_at(layout, (struct md_point){caret.x + 0.5, 5}), offset);
	}
	assert_true(md_text_layout_caret(layout, 0).x == 0);
	assert_true(fabs(last - md_text_layout_size(layout).width) < 1);
	assert_true(md_text_layout_caret(layout, 99).x == last);
	md_text_layout_release(layout);
}

static void a_point_goes_to_the_nearer_side(void **state)
{
	struct md_text_layout *layout = make("mm", MD_UNBOUNDED);
	double middle = md_text_layout_caret(layout, 1).x / 2;
	assert_int_equal(md_text_layout_offset_at(layout, (struct md_point){middle - 1, 5}), 0);
	assert_int_equal(md_text_layout_offset_at(layout, (struct md_point){middle + 1, 5}), 1);
	assert_int_equal(md_text_layout_offset_at(layout, (struct md_point){-50, -50}), 0);
	assert_int_equal(md_text_layout_offset_at(layout, (struct md_point){500, 500}), 2);
	md_text_layout_release(layout);
}

/* A family and a flag are one each, whatever they are made of. */
static void graphemes_are_not_entered(void **state)
{
	const char *text = "a👨‍👩‍👧‍👦🇩🇪é";
	struct md_text_layout *layout = make(text, MD_UNBOUNDED);
	size_t stops[] = {0, 1, 26, 34, 36};
	assert_int_equal(strlen(text), stops[4]);
	for (int i = 0; i < 4; i++) {
		double here = md_text_layout_caret(layout, stops[i]).x;
		assert_true(md_text_layout_caret(layout, stops[i + 1]).x > here);
		for (size_t inside = stops[i] + 1; inside < stops[i + 1]; inside++) {
			assert_true(md_text_layout_caret(layout, inside).x == here);
		}
	}
	md_text_layout_release(layout);
}

static void lines_and_the_way_up_and_down(void **state)
{
	struct md_text_layout *layout = make("lines with\nab\nlines with", MD_UNBOUNDED);
	size_t start;
	size_t end;
	md_text_layout_line_range(layout, 12, &start, &end);
	assert_int_equal(start, 11);
	assert_int_equal(end, 13);
	md_text_layout_line_range(layout, 10, &start, &end);
	assert_int_equal(start, 0);
	assert_int_equal(end, 10);

	double x = -1;
	size_t at = md_text_layout_offset_in_line(layout, 6, 1, &x);
	assert_int_equal(at, 13); /* the short line ends there */
	at = md_text_layout_offset_in_line(layout, at, 1, &x);
	assert_int_equal(at, 14 + 6); /* and x is remembered */
	assert_int_equal(md_text_layout_offset_in_line(layout, 3, -1, &x), 0);
	assert_int_equal(md_text_layout_offset_in_line(layout, 20, 1, &x), 24);
	md_text_layout_release(layout);
}

static void an_empty_last_line_has_a_caret(void **state)
{
	struct md_text_layout *layout = make("ab\n", 200);
	assert_int_equal(md_text_layout_line_count(layout), 2);
	struct md_rect caret = md_text_layout_caret(layout, 3);
	assert_true(caret.x == 0 && caret.y > 15);
	assert_true(md_text_layout_caret(layout, 2).y < 5);
	assert_int_equal(md_text_layout_offset_at(layout, (struct md_point){100, 35}), 3);
	md_text_layout_release(layout);
}

static void wrapped_lines_have_each_offset_once(void **state)
{
	const char *text = "one two three four five";
	struct md_text_layout *layout = make(text, 90);
	size_t start = 0;
	size_t end = 0;
	for (size_t offset = 0; offset < strlen(text); offset = end) {
		md_text_layout_line_range(layout, offset, &start, &end);
		assert_int_equal(start, offset);
		assert_true(end > start);
		assert_true(md_text_layout_caret(layout, offset).x == 0);
	}
	md_text_layout_release(layout);
}

static void right_to_left_runs_the_other_way(void **state)
{
	const char *text = "שלום";
	struct md_text_layout *layout = make(text, 200);
	assert_true(fabs(md_text_layout_caret(layout, 0).x - 200) < 1);
	assert_true(md_text_layout_caret(layout, 2).x < md_text_layout_caret(layout, 0).x);
	assert_true(md_text_layout_caret(layout, 8).x < md_text_layout_caret(layout, 6).x);
	assert_int_equal(md_text_layout_offset_at(layout, (struct md_point){0, 5}), 8);
	md_text_layout_release(layout);
}

static void ranges_are_covered(void **state)
{
	struct md_text_layout *layout = make("one two three four five", 90);
	struct md_rect rects[8];
	int count = md_text_layout_range_rects(layout, 1, 20, rects, 8);
	assert_true(count == md_text_layout_line_count(layout));
	assert_true(fabs(rects[0].x - md_text_layout_caret(layout, 1).x) < 0.01);
	for (int i = 1; i < count; i++) {
		assert_true(rects[i].y > rects[i - 1].y && rects[i].width > 0);
	}
	assert_int_equal(md_text_layout_range_rects(layout, 1, 20, rects, 1), 1);
	assert_int_equal(md_text_layout_range_rects(layout, 5, 5, rects, 8), 0);
	md_text_layout_release(layout);

	/* One range over both directions is two stretches of a line. */
	layout = make("ab שלום cd", MD_UNBOUNDED);
	count = md_text_layout_range_rects(layout, 1, 7, rects, 8);
	assert_int_equal(count, 2);
	md_text_layout_release(layout);
}

static void malformed_text_keeps_the_callers_offsets(void **state)
{
	struct md_text_layout *layout = make("a\xff\xfe"
					     "b",
					     MD_UNBOUNDED);
	for (size_t offset = 0; offset < 4; offset++) {
		assert_true(md_text_layout_caret(layout, offset + 1).x >
			    md_text_layout_caret(layout, offset).x);
	}
	assert_int_equal(md_text_layout_offset_at(layout, (struct md_point){999, 5}), 4);
	md_text_layout_release(layout);
}

/* Steps to the sides go where they point, whatever is read in which direction. */
static void places_beside_each_other(void **state)
{
	struct md_text_layout *layout = make("ab \xd7\xa9\xd7\x9c cd", MD_UNBOUNDED);
	assert_false(md_text_layout_is_rtl(layout));
	size_t offset = 0;
	int steps = 0;
	double x = md_text_layout_caret(layout, 0).x;
	for (size_t next; md_text_layout_offset_beside(layout, offset, 1, &next); offset = next) {
		double next_x = md_text_layout_caret(layout, next).x;
		assert_true(next_x >= x);
		size_t back = 99;
		assert_true(md_text_layout_offset_beside(layout, next, -1, &back));
		assert_int_equal(back, offset);
		x = next_x;
		steps++;
	}
	assert_int_equal(steps, 8); /* all nine places, each once */
	assert_int_equal(offset, 10);
	assert_false(md_text_layout_offset_beside(layout, 0, -1, &offset));
	md_text_layout_release(layout);
	layout = make("\xd7\xa9\xd7\x9c", MD_UNBOUNDED);
	assert_true(md_text_layout_is_rtl(layout));
	assert_true(md_text_layout_offset_beside(layout, 0, -1, &offset));
	assert_int_equal(offset, 2);
	assert_false(md_text_layout_offset_beside(layout, 0, 1, &offset));
	md_text_layout_release(layout);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(carets_stand_between_letters),
	    cmocka_unit_test(a_point_goes_to_the_nearer_side),
	    cmocka_unit_test(graphemes_are_not_entered),
	    cmocka_unit_test(lines_and_the_way_up_and_down),
	    cmocka_unit_test(an_empty_last_line_has_a_caret),
	    cmocka_unit_test(wrapped_lines_have_each_offset_once),
	    cmocka_unit_test(right_to_left_runs_the_other_way),
	    cmocka_unit_test(ranges_are_covered),
	    cmocka_unit_test(malformed_text_keeps_the_callers_offsets),
	    cmocka_unit_test(places_beside_each_other),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
