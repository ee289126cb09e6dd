/* The editing model, F97 (undo and redo in text), and 100,000 operations against a plain string.
 * F95 */
#include "test.h"

#include <md/text_layout.h>

#include "text_buffer.h"

#define FAMILY                                                                                     \
	"\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7" /* one grapheme */
#define E_ACUTE "e\xcc\x81" /* e, combining acute */

static struct text_buffer make(const char *text)
{
	struct text_buffer buffer;
	text_buffer_init(&buffer, &(struct text_buffer_options){.limit = 4096});
	text_buffer_set_text(&buffer, text, strlen(text));
	return buffer;
}

static void type(struct text_buffer *buffer, const char *text)
{
	for (const char *at = text; *at != '\0'; at++) {
		text_buffer_insert(buffer, at, 1);
	}
}

static void expect(const struct text_buffer *buffer, const char *text, size_t anchor, size_t caret)
{
	assert_string_equal(text_buffer_text(buffer), text);
	assert_int_equal(buffer->anchor, anchor);
	assert_int_equal(buffer->caret, caret);
}

static void insert_replaces_the_selection(void **state)
{
	struct text_buffer buffer = make("Hello world");
	expect(&buffer, "Hello world", 11, 11);
	text_buffer_select(&buffer, 11, 6);
	assert_true(text_buffer_insert(&buffer, "there", 5));
	expect(&buffer, "Hello there", 11, 11);
	assert_false(text_buffer_insert(&buffer, "", 0));
	text_buffer_insert(&buffer, "\xff", 1);
	expect(&buffer, "Hello there\xef\xbf\xbd", 14, 14);
	text_buffer_finish(&buffer);
}

static void delete_takes_whole_graphemes(void **state)
{
	struct text_buffer buffer = make("a" FAMILY "caf" E_ACUTE);
	text_buffer_delete(&buffer, TEXT_GRAPHEME, false);
	assert_string_equal(text_buffer_text(&buffer), "a" FAMILY "caf");
	text_buffer_select(&buffer, 1, 1);
	text_buffer_delete(&buffer, TEXT_GRAPHEME, true);
	expect(&buffer, "acaf", 1, 1);
	text_buffer_select(&buffer, 0, 0);
	assert_false(text_buffer_delete(&buffer, TEXT_GRAPHEME, false));
	text_buffer_finish(&buffer);
}

static void delete_by_word(void **state)
{
	struct text_buffer buffer = make("one two  three");
	text_buffer_delete(&buffer, TEXT_WORD, false);
	expect(&buffer, "one two  ", 9, 9);
	text_buffer_delete(&buffer, TEXT_WORD, false);
	expect(&buffer, "one ", 4, 4);
	text_buffer_select(&buffer, 0, 0);
	text_buffer_delete(&buffer, TEXT_WORD, true);
	expect(&buffer, " ", 0, 0);
	text_buffer_finish(&buffer);
}

static void selection_moves_to_graphemes(void **state)
{
	struct text_buffer buffer = make("a" FAMILY "b");
	text_buffer_select(&buffer, 3, 9999);
	expect(&buffer, "a" FAMILY "b", 1 + strlen(FAMILY), 2 + strlen(FAMILY));
	text_buffer_finish(&buffer);
}

static void words_are_found(void **state)
{
	struct text_buffer buffer = make("one  two.");
	struct text_range word = text_buffer_word_at(&buffer, 1);
	assert_int_equal(word.start, 0);
	assert_int_equal(word.end, 3);
	word = text_buffer_word_at(&buffer, 3); /* right behind */
	assert_int_equal(word.end, 3);
	word = text_buffer_word_at(&buffer, 4); /* the second blank */
	assert_int_equal(word.start, 4);
	assert_int_equal(word.end, 5);
	word = text_buffer_word_at(&buffer, 5);
	assert_int_equal(word.end, 8);
	text_buffer_finish(&buffer);
}

static void limit_cuts_at_a_grapheme(void **state)
{
	struct text_buffer buffer;
	text_buffer_init(&buffer, &(struct text_buffer_options){.limit = 6, .single_line = true});
	assert_int_equal(text_buffer_excess(&buffer, "abcd" E_ACUTE, 7), 3);
	text_buffer_insert(&buffer, "abcd" E_ACUTE, 7);
	expect(&buffer, "abcd", 4, 4);
	text_buffer_insert(&buffer, "\n", 1);
	text_buffer_insert(&buffer, "xyz", 3);
	expect(&buffer, "abcd x", 6, 6);
	assert_false(text_buffer_insert(&buffer, "y", 1));
	text_buffer_set_text(&buffer, "far too long", 12);
	expect(&buffer, "far to", 6, 6);
	text_buffer_finish(&buffer);
}

static void undo_goes_by_words(void **state)
{
	struct text_buffer buffer = make("");
	type(&buffer, "buy milk");
	assert_true(text_buffer_undo(&buffer));
	expect(&buffer, "buy ", 4, 4);
	assert_true(text_buffer_undo(&buffer));
	expect(&buffer, "", 0, 0);
	assert_false(text_buffer_undo(&buffer));
	assert_true(text_buffer_redo(&buffer));
	assert_true(text_buffer_redo(&buffer));
	expect(&buffer, "buy milk", 8, 8);
	assert_false(text_buffer_redo(&buffer));
	text_buffer_finish(&buffer);
}

static void deleting_joins_and_a_moved_caret_parts(void **state)
{
	struct text_buffer buffer = make("abcdef");
	for (int i = 0; i < 3; i++) {
		text_buffer_delete(&buffer, TEXT_GRAPHEME, false);
	}
	text_buffer_select(&buffer, 0, 0);
	text_buffer_delete(&buffer, TEXT_GRAPHEME, true);
	text_buffer_delete(&buffer, TEXT_GRAPHEME, true);
	expect(&buffer, "c", 0, 0);
	text_buffer_undo(&buffer);
	expect(&buffer, "abc", 0, 0);
	text_buffer_undo(&buffer);
	expect(&buffer, "abcdef", 6, 6);
	text_buffer_finish(&buffer);
}

static void undo_brings_back_the_selection(void **state)
{
	struct text_buffer buffer = make("one two");
	text_buffer_select(&buffer, 7, 4);
	type(&buffer, "xy");
	text_buffer_undo(&buffer);
	expect(&buffer, "one two", 7, 4);
	text_buffer_finish(&buffer);
}

static void something_new_ends_redo(void **state)
{
	struct text_buffer buffer = make("");
	type(&buffer, "a");
	text_buffer_undo(&buffer);
	assert_true(text_buffer_can_redo(&buffer));
	type(&buffer, "b");
	assert_false(text_buffer_can_redo(&buffer));
	text_buffer_finish(&buffer);
}

static void marked_text_is_shown_then_settled(void **state)
{
	struct text_buffer buffer = make("x");
	text_buffer_set_marked(&buffer, "ni", 2);
	text_buffer_set_marked(&buffer, "nih", 3);
	expect(&buffer, "xnih", 4, 4);
	assert_int_equal(buffer.marked.start, 1);
	assert_int_equal(buffer.marked.end, 4);
	text_buffer_insert(&buffer, "\xe4\xbd\xa0", 3);
	expect(&buffer, "x\xe4\xbd\xa0", 4, 4);
	assert_int_equal(buffer.marked.end, 0);
	text_buffer_undo(&buffer);
	expect(&buffer, "x", 1, 1);
	text_buffer_set_marked(&buffer, "q", 1);
	text_buffer_set_marked(&buffer, "", 0);
	expect(&buffer, "x", 1, 1);
	text_buffer_set_marked(&buffer, "q", 1);
	text_buffer_select(&buffer, 0, 0); /* a tap elsewhere keeps it */
	expect(&buffer, "xq", 0, 0);
	text_buffer_undo(&buffer);
	assert_string_equal(text_buffer_text(&buffer), "x");
	text_buffer_finish(&buffer);
}

/* --- Against a plain string ------------------------------------------------------------------- */

#define MODEL_LIMIT 160

struct model {
	char text[MODEL_LIMIT + 64];
	size_t length;
	/* The same, followed by the buffer's own reports of what changed. */
	char told[MODEL_LIMIT + 64];
	size_t told_length;
	struct text_buffer *buffer;
};

static uint32_t s_seed = 1;

static uint32_t number(uint32_t below)
{
	s_seed = s_seed * 1664525u + 1013904223u;
	return (s_seed >> 8) % below;
}

static void told(void *context, size_t at, size_t removed, size_t inserted)
{
	struct model *model = context;
	assert_true(at + removed <= model->told_length);
	memmove(model->told + at + inserted, model->told + at + removed,
		model->told_length - at - removed);
	memcpy(model->told + at, text_buffer_text(model->buffer) + at, inserted);
	model->told_length += inserted - removed;
}

static const char *const s_pieces[] = {
    "a",
    "Hello",
    " ",
    "\n",
    "e\xcc\x81",
    "\xcc\x81",
    "\xf0\x9f\x87\xa9",
    "\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa",
    FAMILY,
    "\xe2\x80\x8d",
    "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d",
    "\xe0\xa4\x95\xe0\xa5\x8d\xe0\xa4\xb7",
    "x y z",
    "\xea\xb0\x80",
    "\xd8\x80",
    "1",
};

/* The plain way to do it: whole graphemes as far as there is room. */
static void model_replace(struct model *model, size_t start, size_t end, const char *text)
{
	size_t length = strlen(text);
	size_t room = MODEL_LIMIT - (model->length - (end - start));
	while (length > room) {
		length = md_text_previous_grapheme(text, strlen(text), length);
	}
	memmove(model->text + start + length, model->text + end, model->length - end);
	memcpy(model->text + start, text, length);
	model->length += length - (end - start);
	model->text[model->length] = '\0';
}

static void model_operation(struct model *model, struct text_buffer *buffer)
{
	const char *piece = s_pieces[number(sizeof(s_pieces) / sizeof(s_pieces[0]))];
	struct text_range at = text_buffer_selection(buffer);
	switch (number(5)) {
	case 0:
	case 1:
		model_replace(model, at.start, at.end, piece);
		text_buffer_insert(buffer, piece, strlen(piece));
		break;
	case 2: {
		bool forward = number(2) == 1;
		if (at.start == at.end && forward) {
			at.end = md_text_next_grapheme(model->text, model->length, at.end);
		} else if (at.start == at.end) {
			at.start = md_text_previous_grapheme(model->text, model->length, at.start);
		}
		model_replace(model, at.start, at.end, "");
		text_buffer_delete(buffer, TEXT_GRAPHEME, forward);
		break;
	}
	case 3:
		text_buffer_select(buffer, number(MODEL_LIMIT), number(MODEL_LIMIT));
		break;
	default: {
		size_t start = text_buffer_snap(buffer, number(MODEL_LIMIT));
		size_t end = OS_MIN(text_buffer_next(buffer, TEXT_WORD, start), start + 20);
		end = text_buffer_snap(buffer, end);
		model_replace(model, start, end, piece);
		text_buffer_replace(buffer, (struct text_range){start, end}, piece, strlen(piece));
		break;
	}
	}
}

static void check(const struct model *model, const struct text_buffer *buffer)
{
	assert_int_equal(text_buffer_length(buffer), model->length);
	assert_memory_equal(text_buffer_text(buffer), model->text, model->length + 1);
	assert_int_equal(model->told_length, model->length);
	assert_memory_equal(model->told, model->text, model->length);
	assert_int_equal(text_buffer_snap(buffer, buffer->anchor), buffer->anchor);
	assert_int_equal(text_buffer_snap(buffer, buffer->caret), buffer->caret);
}

/* All steps back, and all forward again. */
static void check_history(struct text_buffer *buffer, const char *first)
{
	char last[MODEL_LIMIT + 64];
	strcpy(last, text_buffer_text(buffer));
	while (text_buffer_undo(buffer)) {
	}
	assert_string_equal(text_buffer_text(buffer), first);
	while (text_buffer_redo(buffer)) {
	}
	assert_string_equal(text_buffer_text(buffer), last);
}

static void a_hundred_thousand_operations(void **state)
{
	struct model model = {0};
	struct text_buffer buffer;
	text_buffer_init(&buffer, &(struct text_buffer_options){
				      .limit = MODEL_LIMIT, .changed = told, .context = &model});
	model.buffer = &buffer;
	for (int i = 0; i < 100000; i++) {
		model_operation(&model, &buffer);
		check(&model, &buffer);
		if (i % 250 == 249) {
			check_history(&buffer, "");
			text_buffer_set_text(&buffer, "", 0);
			model.length = 0;
			model.text[0] = '\0';
			check(&model, &buffer);
		}
	}
	text_buffer_finish(&buffer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(insert_replaces_the_selection),
	    cmocka_unit_test(delete_takes_whole_graphemes),
	    cmocka_unit_test(delete_by_word),
	    cmocka_unit_test(selection_moves_to_graphemes),
	    cmocka_unit_test(words_are_found),
	    cmocka_unit_test(limit_cuts_at_a_grapheme),
	    cmocka_unit_test(undo_goes_by_words),
	    cmocka_unit_test(deleting_joins_and_a_moved_caret_parts),
	    cmocka_unit_test(undo_brings_back_the_selection),
	    cmocka_unit_test(something_new_ends_redo),
	    cmocka_unit_test(marked_text_is_shown_then_settled),
	    cmocka_unit_test(a_hundred_thousand_operations),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
