/* F60, F61 and F62 in part: shaped text, both directions, emoji in colour. */
#include "test.h"

#include <math.h>
#include <pthread.h>

#include <md/canvas.h>
#include <md/text_layout.h>

#include "text_layout_private.h"

static const struct md_text_style s_body = {.font = {MD_FONT_UI, 17, MD_WEIGHT_REGULAR}};

static struct md_text_layout *make(const char *text, const struct md_text_style *style,
				   double width)
{
	return md_text_layout_create(text, strlen(text), style, width);
}

static void measures_whole_points(void **state)
{
	struct md_text_layout *layout = make("Hello", &s_body, MD_UNBOUNDED);
	struct md_size size = md_text_layout_size(layout);
	assert_true(size.width > 30 && size.width < 60 && size.width == floor(size.width));
	assert_true(size.height == 21 && md_text_layout_line_count(layout) == 1);
	double baseline = md_text_layout_first_baseline(layout);
	assert_true(baseline > 14 && baseline < 18 &&
		    baseline == md_text_layout_last_baseline(layout));

	/* What was measured without a width fits into that width. */
	struct md_text_layout *again = make("Hello", &s_body, size.width);
	assert_int_equal(md_text_layout_line_count(again), 1);
	md_text_layout_release(again);
	md_text_layout_release(layout);
}

static void nothing_is_as_high_as_a_line(void **state)
{
	struct md_text_layout *layout = md_text_layout_create(NULL, 0, &s_body, 100);
	assert_true(md_text_layout_size(layout).height == 21);
	assert_true(md_text_layout_size(layout).width == 0);
	assert_int_equal(md_text_layout_line_count(layout), 1);
	md_text_layout_release(layout);
}

static void breaks_between_words_and_keeps_paragraphs(void **state)
{
	struct md_text_layout *layout = make("one two three four five six", &s_body, 100);
	assert_true(md_text_layout_line_count(layout) >= 3);
	assert_true(md_text_layout_size(layout).width <= 100);
	assert_false(md_text_layout_is_cut(layout));
	md_text_layout_release(layout);

	layout = make("a\nb\n", &s_body, 100);
	assert_int_equal(md_text_layout_line_count(layout), 3);
	md_text_layout_release(layout);

	struct md_text_style single = s_body;
	single.single_paragraph = true;
	layout = make("a\nb\n", &single, 100);
	assert_int_equal(md_text_layout_line_count(layout), 1);
	md_text_layout_release(layout);
}

static void cuts_at_the_last_line(void **state)
{
	struct md_text_style style = s_body;
	const char *text = "This is so long that it cannot be on a line or two of that width";
	for (int max = 1; max <= 2; max++) {
		style.max_lines = max;
		struct md_text_layout *layout = make(text, &style, 150);
		assert_int_equal(md_text_layout_line_count(layout), max);
		assert_true(md_text_layout_is_cut(layout));
		assert_true(md_text_layout_size(layout).width <= 150);
		md_text_layout_release(layout);
	}
	style.max_lines = 9;
	struct md_text_layout *layout = make(text, &style, 150);
	assert_false(md_text_layout_is_cut(layout));
	md_text_layout_release(layout);
}

static void cuts_between_paragraphs_too(void **state)
{
	struct md_text_style style = s_body;
	style.max_lines = 2;
	for (int bounded = 0; bounded < 2; bounded++) {
		double width = bounded ? 200 : MD_UNBOUNDED;
		struct md_text_layout *layout = make("one\ntwo\nthree\nfour", &style, width);
		assert_int_equal(md_text_layout_line_count(layout), 2);
		assert_true(md_text_layout_is_cut(layout));
		/* The second line has a … that "two" alone has not. */
		struct md_text_layout *two = make("two", &s_body, width);
		assert_true(layout->lines[1].width > two->lines[0].width + 5);
		md_text_layout_release(two);
		md_text_layout_release(layout);
	}
	/* A long first paragraph, then others. */
	struct md_text_layout *layout =
	    make("one two three four five six seven\nb\nc", &style, 120);
	assert_int_equal(md_text_layout_line_count(layout), 2);
	md_text_layout_release(layout);
}

static void lines_are_placed_by_alignment_and_direction(void **state)
{
	struct md_text_style style = s_body;
	const char *arabic = "مرحبا";
	struct {
		enum md_text_align align;
		const char *text;
		int side;
	} cases[] = {
	    {MD_ALIGN_NATURAL, "abc", 0}, {MD_ALIGN_NATURAL, arabic, 2},
	    {MD_ALIGN_LEFT, arabic, 0},   {MD_ALIGN_RIGHT, "abc", 2},
	    {MD_ALIGN_RIGHT, arabic, 2},  {MD_ALIGN_CENTER, "abc", 1},
	};
	for (size_t i = 0; i < OS_ARRAY_LEN(cases); i++) {
		style.align = cases[i].align;
		struct md_text_layout *layout = make(cases[i].text, &style, 300);
		double room = 300 - layout->lines[0].width;
		assert_true(fabs(layout->lines[0].x - room * cases[i].side / 2) < 0.01);
		md_text_layout_release(layout);
	}
	style.align = MD_ALIGN_NATURAL;
	style.direction = MD_DIRECTION_RTL;
	struct md_text_layout *layout = make("abc", &style, 300);
	assert_true(layout->lines[0].x > 200);
	md_text_layout_release(layout);
}

static void spacing_is_added_between_lines(void **state)
{
	struct md_text_style style = s_body;
	struct md_text_layout *tight = make("a\nb", &style, 100);
	style.line_spacing = 6;
	struct md_text_layout *loose = make("a\nb", &style, 100);
	double apart = loose->lines[1].baseline - tight->lines[1].baseline;
	assert_true(fabs(apart - 6) < 0.01);
	md_text_layout_release(tight);
	md_text_layout_release(loose);
}

/* The failure law: no bytes crash it. */
static void any_bytes_are_shown(void **state)
{
	uint32_t seed = 1;
	for (int round = 0; round < 300; round++) {
		char bytes[64];
		for (size_t i = 0; i < sizeof(bytes); i++) {
			seed = seed * 1664525 + 1013904223;
			bytes[i] = (char)(seed >> 24);
		}
		struct md_text_layout *layout =
		    md_text_layout_create(bytes, sizeof(bytes), &s_body, 80);
		assert_true(md_text_layout_line_count(layout) >= 1);
		size_t last = md_text_layout_offset_at(layout, (struct md_point){1e4, 1e4});
		assert_true(last <= sizeof(bytes));
		md_text_layout_release(layout);
	}
}

/* LIBRARIES.md: without the rule for bitmap fonts one emoji made a 17 px line 129 px high. */
static void an_emoji_does_not_burst_its_line(void **state)
{
	struct md_text_layout *layout = make("Hi 😀", &s_body, 300);
	assert_true(md_text_layout_size(layout).height < 32);
	md_text_layout_release(layout);
}

static void emoji_have_colours(void **state)
{
	uint32_t pixels[40 * 40] = {0};
	struct md_canvas *canvas = md_canvas_create(pixels, 40, 40, 160, 1, false);
	struct md_text_layout *layout = make("😀", &s_body, 300);
	md_canvas_draw_text(canvas, layout, (struct md_point){4, 4}, MD_COLOR_BLACK);
	int coloured = 0;
	for (size_t i = 0; i < OS_ARRAY_LEN(pixels); i++) {
		coloured += (pixels[i] >> 16 & 255) > (pixels[i] & 255) + 40;
	}
	assert_true(coloured > 50);
	md_text_layout_release(layout);
	md_canvas_destroy(canvas);
}

static void *in_a_thread(void *context)
{
	for (int i = 0; i < 40; i++) {
		char text[32];
		snprintf(text, sizeof(text), "thread %d", i % 10);
		struct md_text_layout *layout = make(text, &s_body, 200);
		uint32_t pixels[100 * 30];
		memset(pixels, 0, sizeof(pixels));
		struct md_canvas *canvas = md_canvas_create(pixels, 100, 30, 400, 1, false);
		md_canvas_draw_text(canvas, layout, (struct md_point){0, 0}, MD_COLOR_BLACK);
		md_canvas_destroy(canvas);
		*(uint32_t *)context += pixels[15 * 100 + 5] >> 24;
		md_text_layout_caret(layout, 3);
		md_text_layout_release(layout);
	}
	return NULL;
}

static void threads_share_layouts(void **state)
{
	pthread_t threads[3];
	uint32_t sums[3] = {0};
	for (int i = 0; i < 3; i++) {
		assert_int_equal(pthread_create(&threads[i], NULL, in_a_thread, &sums[i]), 0);
	}
	for (int i = 0; i < 3; i++) {
		pthread_join(threads[i], NULL);
	}
	assert_int_equal(sums[0], sums[1]);
	assert_int_equal(sums[0], sums[2]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(measures_whole_points),
	    cmocka_unit_test(nothing_is_as_high_as_a_line),
	    cmocka_unit_test(breaks_between_words_and_keeps_paragraphs),
	    cmocka_unit_test(cuts_at_the_last_line),
	    cmocka_unit_test(cuts_between_paragraphs_too),
	    cmocka_unit_test(lines_are_placed_by_alignment_and_direction),
	    cmocka_unit_test(spacing_is_added_between_lines),
	    cmocka_unit_test(any_bytes_are_shown),
	    cmocka_unit_test(an_emoji_does_not_burst_its_line),
	    cmocka_unit_test(emoji_have_colours),
	    cmocka_unit_test(threads_share_layouts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
