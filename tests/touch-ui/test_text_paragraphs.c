/* A long text as a column of paragraphs: a key lays out one of them; carets go where eyes expect. */
#include "test.h"

#include "text_buffer.h"
#include "text_paragraphs.h"

#define WIDTH 300

struct column {
	struct text_buffer buffer;
	struct text_paragraphs paragraphs;
	const char *text; /* as it is now */
};

static void changed(void *context, size_t at, size_t removed, size_t inserted)
{
	struct column *column = context;
	column->text = text_buffer_text(&column->buffer);
	text_paragraphs_changed(&column->paragraphs, column->text, at, removed, inserted);
}

static void column_init(struct column *column, const char *text)
{
	text_paragraphs_init(&column->paragraphs);
	struct text_buffer_options options = {
	    .limit = 1 << 20, .changed = changed, .context = column};
	text_buffer_init(&column->buffer, &options);
	struct md_text_style style = {.font = {MD_FONT_UI, 17, MD_WEIGHT_REGULAR}};
	text_paragraphs_set_style(&column->paragraphs, &style, WIDTH, false);
	text_buffer_set_text(&column->buffer, text, strlen(text));
}

static void column_finish(struct column *column)
{
	text_paragraphs_finish(&column->paragraphs);
	text_buffer_finish(&column->buffer);
}

static struct md_rect caret(struct column *column, size_t offset)
{
	return text_paragraphs_caret(&column->paragraphs, column->text, offset);
}

static size_t beside(struct column *column, size_t offset, int step)
{
	return text_paragraphs_move_beside(&column->paragraphs, column->text, offset, step);
}

static void paragraphs_end_behind_newlines(void **state)
{
	struct column column;
	column_init(&column, "one\ntwo\n");
	assert_int_equal(column.paragraphs.items.count, 3);
	assert_int_equal(text_paragraphs_at_offset(&column.paragraphs, 3).index, 0);
	assert_int_equal(text_paragraphs_at_offset(&column.paragraphs, 4).index, 1);
	assert_int_equal(text_paragraphs_at_offset(&column.paragraphs, 8).index, 2);
	text_buffer_delete(&column.buffer, TEXT_GRAPHEME, false);
	assert_int_equal(column.paragraphs.items.count, 2);
	text_buffer_set_text(&column.buffer, "", 0);
	assert_int_equal(column.paragraphs.items.count, 1);
	assert_true(caret(&column, 0).height > 10);
	column_finish(&column);
}

static void check_items(const struct column *column)
{
	const struct text_paragraphs *paragraphs = &column->paragraphs;
	size_t start = 0;
	for (size_t i = 0; i < paragraphs->items.count; i++) {
		const struct text_paragraph *item = os_array_at(&paragraphs->items, i);
		bool is_last = i + 1 == paragraphs->items.count;
		const char *newline = memchr(column->text + start, '\n', item->length);
		assert_true(newline == NULL ? is_last
					    : newline == column->text + start + item->length - 1);
		assert_true(!is_last || newline == NULL);
		start += item->length;
	}
	assert_int_equal(start, text_buffer_length(&column->buffer));
}

static void edits_keep_the_column_right(void **state)
{
	static const char *const s_pieces[] = {"a", "\n", "two words", "\n\n", "x\ny\nz", ""};
	struct column column;
	column_init(&column, "");
	uint32_t seed = 7;
	for (int i = 0; i < 5000; i++) {
		seed = seed * 1664525u + 1013904223u;
		size_t length = text_buffer_length(&column.buffer);
		size_t start = (seed >> 8) % (length + 1);
		size_t end = OS_MIN(start + (seed >> 28), length);
		const char *piece = s_pieces[(seed >> 20) % (length > 300 ? 6 : 5)];
		if (length > 300) {
			start = 0;
			piece = "";
		}
		text_buffer_replace(&column.buffer, (struct text_range){start, end}, piece,
				    strlen(piece));
		check_items(&column);
	}
	column_finish(&column);
}

/* 2,000 words: opening lays out a screen of them, a key one paragraph. */
static void a_key_lays_out_one_paragraph(void **state)
{
	struct os_buffer text = {0};
	for (int i = 0; i < 200; i++) {
		os_buffer_printf(&text, "Paragraph %d has ten words in it, counted by hand.\n", i);
	}
	struct column column;
	uint64_t before = md_text_counts().created;
	column_init(&column, text.bytes);
	text_paragraphs_lay_out(&column.paragraphs, column.text, 0, 480);
	assert_true(md_text_counts().created - before < 25);
	text_buffer_select(&column.buffer, 600, 600);
	caret(&column, 600);
	before = md_text_counts().created;
	text_buffer_insert(&column.buffer, "x", 1);
	text_paragraphs_lay_out(&column.paragraphs, column.text, 0, 480);
	caret(&column, column.buffer.caret);
	assert_int_equal(md_text_counts().created - before, 1);
	os_buffer_finish(&text);
	column_finish(&column);
}

static void a_paragraph_without_end_is_broken(void **state)
{
	struct os_buffer text = {0};
	for (int i = 0; i < 3000; i++) {
		os_buffer_add_text(&text, "word ");
	}
	struct column column;
	column_init(&column, text.bytes);
	assert_true(column.paragraphs.items.count >= 4);
	for (size_t offset = 0; offset < text.length;) {
		size_t next = beside(&column, offset, 1);
		assert_int_equal(next, offset + 1);
		assert_int_equal(beside(&column, next, -1), offset);
		offset = offset % 997 == 0 ? offset + 1
					   : OS_MIN(offset + 997 - offset % 997, text.length);
	}
	os_buffer_finish(&text);
	column_finish(&column);
}

static void lines_up_and_down_keep_x(void **state)
{
	struct column column;
	column_init(&column, "mmmmmmmm\nm\nmmmmmmmm");
	double x = -1;
	size_t offset = text_paragraphs_move_line(&column.paragraphs, column.text, 6, 1, &x);
	assert_int_equal(offset, 10); /* the short line's end */
	offset = text_paragraphs_move_line(&column.paragraphs, column.text, offset, 1, &x);
	assert_int_equal(offset, 17);
	offset = text_paragraphs_move_line(&column.paragraphs, column.text, offset, 1, &x);
	assert_int_equal(offset, 19);
	x = -1;
	assert_int_equal(text_paragraphs_move_line(&column.paragraphs, column.text, 3, -1, &x), 0);
	column_finish(&column);
}

static void lines_that_were_broken_have_ends(void **state)
{
	struct column column;
	column_init(&column, "one two three four five six seven eight nine ten eleven twelve");
	size_t start, end;
	text_paragraphs_line(&column.paragraphs, column.text, 2, &start, &end);
	assert_int_equal(start, 0);
	assert_true(caret(&column, end).y == caret(&column, 0).y);
	size_t next = beside(&column, end, 1);
	assert_true(caret(&column, next).y > caret(&column, 0).y);
	assert_int_equal(beside(&column, next, -1), end);
	column_finish(&column);
}

static void taps_find_the_nearest_grapheme(void **state)
{
	struct column column;
	column_init(&column, "abc\nd\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9"
			     "e");
	struct md_rect second = caret(&column, 5);
	struct md_point point = {second.x + 1, second.y + 3};
	assert_int_equal(text_paragraphs_offset_at(&column.paragraphs, column.text, point), 5);
	point.x += 36; /* the emoji is some 40 wide */
	assert_int_equal(text_paragraphs_offset_at(&column.paragraphs, column.text, point), 16);
	point = (struct md_point){1000, 1000};
	assert_int_equal(text_paragraphs_offset_at(&column.paragraphs, column.text, point), 17);
	column_finish(&column);
}

/* Arrows go the way they point, in either direction of reading. */
static void arrows_are_visual(void **state)
{
	struct column column;
	column_init(&column, "ab\xd7\xa9\xd7\x9c\xd7\x95"); /* ab, then three Hebrew letters */
	size_t offset = 0;
	double x = caret(&column, 0).x;
	int steps = 0;
	for (size_t next; (next = beside(&column, offset, 1)) != offset; offset = next, steps++) {
		assert_true(caret(&column, next).x > x);
		x = caret(&column, next).x;
	}
	assert_int_equal(steps, 5);
	for (size_t next; (next = beside(&column, offset, -1)) != offset; offset = next, steps--) {
		assert_true(caret(&column, next).x < x);
		x = caret(&column, next).x;
	}
	assert_int_equal(offset, 0);
	assert_int_equal(steps, 0);
	/* A paragraph from right to left: left goes on. */
	text_buffer_set_text(&column.buffer, "\xd7\xa9\xd7\x9c\n\xd7\x95", 7);
	assert_int_equal(beside(&column, 0, -1), 2);
	assert_int_equal(beside(&column, 4, -1), 5);
	assert_int_equal(beside(&column, 5, 1), 4);
	assert_true(caret(&column, 0).x > caret(&column, 2).x);
	column_finish(&column);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(paragraphs_end_behind_newlines),
	    cmocka_unit_test(edits_keep_the_column_right),
	    cmocka_unit_test(a_key_lays_out_one_paragraph),
	    cmocka_unit_test(a_paragraph_without_end_is_broken),
	    cmocka_unit_test(lines_up_and_down_keep_x),
	    cmocka_unit_test(lines_that_were_broken_have_ends),
	    cmocka_unit_test(taps_find_the_nearest_grapheme),
	    cmocka_unit_test(arrows_are_visual),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
