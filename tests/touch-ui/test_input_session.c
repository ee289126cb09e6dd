/* One field's session: a window of at most 1 KiB, revisions, and text typed into a single line. */
#include "test.h"

#include "input_session.h"
#include "text_buffer.h"

struct field {
	struct text_buffer buffer;
	struct input_session session;
	int returns;
};

static void changed(void *context, size_t at, size_t removed, size_t inserted)
{
	struct field *field = context;
	field->session.revision++;
}

static void insert(void *context, const char *text, size_t length)
{
	struct field *field = context;
	text_buffer_insert(&field->buffer, text, length);
}

static void delete_backward(void *context)
{
	struct field *field = context;
	text_buffer_delete(&field->buffer, TEXT_GRAPHEME, false);
}

static void replace(void *context, size_t start, size_t end, const char *text, size_t length)
{
	struct field *field = context;
	text_buffer_replace(&field->buffer, (struct text_range){start, end}, text, length);
}

static void set_marked(void *context, const char *text, size_t length)
{
	struct field *field = context;
	text_buffer_set_marked(&field->buffer, text, length);
}

static void return_pressed(void *context)
{
	struct field *field = context;
	field->returns++;
}

static const char *text(void *context, size_t *ret_length)
{
	struct field *field = context;
	*ret_length = text_buffer_length(&field->buffer);
	return text_buffer_text(&field->buffer);
}

static void selection(void *context, size_t *ret_start, size_t *ret_end)
{
	struct field *field = context;
	struct text_range range = text_buffer_selection(&field->buffer);
	*ret_start = range.start;
	*ret_end = range.end;
}

static void set_selection(void *context, size_t start, size_t end)
{
	struct field *field = context;
	text_buffer_select(&field->buffer, start, end);
	field->session.revision++;
}

static void marked(void *context, size_t *ret_start, size_t *ret_end)
{
	struct field *field = context;
	*ret_start = field->buffer.marked.start;
	*ret_end = field->buffer.marked.end;
}

static const struct ui_input_client s_client = {
    .struct_size = sizeof(s_client),
    .insert = insert,
    .delete_backward = delete_backward,
    .replace = replace,
    .set_marked = set_marked,
    .return_pressed = return_pressed,
    .text = text,
    .selection = selection,
    .set_selection = set_selection,
    .marked = marked,
};

static void field_init(struct field *field, const char *text)
{
	*field = (struct field){.session = {.client = &s_client, .context = field}};
	text_buffer_init(&field->buffer, &(struct text_buffer_options){
					     .limit = 8192, .changed = changed, .context = field});
	text_buffer_set_text(&field->buffer, text, strlen(text));
}

static enum input_result take(struct field *field, struct input_operation operation)
{
	struct os_buffer bytes = {0};
	input_operation_write(&bytes, &operation);
	enum input_result result = input_session_take(&field->session, bytes.bytes, bytes.length);
	os_buffer_finish(&bytes);
	return result;
}

static void an_operation_for_this_revision_is_done(void **state)
{
	struct field field;
	field_init(&field, "Hello wrld");
	struct input_state seen = input_session_state(&field.session);
	assert_int_equal(seen.length, 10);
	assert_int_equal(seen.selection_start, 10);
	struct input_operation fix = {.kind = INPUT_REPLACE,
				      .revision = seen.revision,
				      .start = 7,
				      .end = 7,
				      .text = "o",
				      .length = 1};
	assert_int_equal(take(&field, fix), INPUT_DONE);
	assert_string_equal(text_buffer_text(&field.buffer), "Hello world");
	/* The same again was meant for a text that is gone. */
	assert_int_equal(take(&field, fix), INPUT_REFUSED);
	assert_string_equal(text_buffer_text(&field.buffer), "Hello world");
	fix.revision = input_session_state(&field.session).revision;
	fix.end = 100;
	assert_int_equal(take(&field, fix), INPUT_REFUSED);
	struct input_operation back = {
	    .kind = INPUT_DELETE_BACKWARD, .revision = fix.revision, .start = 3};
	assert_int_equal(take(&field, back), INPUT_DONE);
	assert_string_equal(text_buffer_text(&field.buffer),
			    "Hellorld"); /* the caret was behind the o */
	assert_int_equal(input_session_take(&field.session, "O", 1), INPUT_BROKEN);
	text_buffer_finish(&field.buffer);
}

static void the_window_is_around_the_caret(void **state)
{
	struct field field;
	field_init(&field, "");
	for (int i = 0; i < 1000; i++) {
		text_buffer_insert(&field.buffer, "\xc3\xa9z", 3);
	}
	text_buffer_select(&field.buffer, 1500, 1500);
	struct input_state seen = input_session_state(&field.session);
	assert_true(seen.length <= INPUT_WINDOW_BYTES && seen.length > INPUT_WINDOW_BYTES - 8);
	assert_int_equal(seen.flags, INPUT_MORE_BEFORE | INPUT_MORE_AFTER);
	assert_true((seen.text[0] & 0xc0) != 0x80);
	assert_true(seen.text == text_buffer_text(&field.buffer) + 1500 - seen.selection_start);
	struct input_operation select = {
	    .kind = INPUT_SELECT, .revision = seen.revision, .start = 0, .end = seen.length};
	assert_int_equal(take(&field, select), INPUT_DONE);
	assert_int_equal(text_buffer_selection(&field.buffer).end -
			     text_buffer_selection(&field.buffer).start,
			 seen.length);
	/* A selection that is longer than the window ends where the window does. */
	text_buffer_select(&field.buffer, 0, 3000);
	seen = input_session_state(&field.session);
	assert_int_equal(seen.selection_start, 0);
	assert_int_equal(seen.selection_end, seen.length);
	text_buffer_finish(&field.buffer);
}

static void marked_text_is_shown(void **state)
{
	struct field field;
	field_init(&field, "a");
	struct input_operation mark = {.kind = INPUT_SET_MARKED,
				       .revision = field.session.revision,
				       .text = "ni",
				       .length = 2};
	assert_int_equal(take(&field, mark), INPUT_DONE);
	struct input_state seen = input_session_state(&field.session);
	assert_int_equal(seen.marked_start, 1);
	assert_int_equal(seen.marked_end, 3);
	text_buffer_finish(&field.buffer);
}

static void nobody_sees_what_is_secure(void **state)
{
	struct field field;
	field_init(&field, "secret");
	field.session.traits.secure = true;
	struct input_state seen = input_session_state(&field.session);
	assert_int_equal(seen.length, 0);
	assert_int_equal(seen.flags, INPUT_SECURE);
	struct input_operation more = {
	    .kind = INPUT_INSERT, .revision = seen.revision, .text = "!", .length = 1};
	assert_int_equal(take(&field, more), INPUT_DONE);
	assert_string_equal(text_buffer_text(&field.buffer), "secret!");
	text_buffer_finish(&field.buffer);
}

static void a_line_ends_in_return(void **state)
{
	struct field field;
	field_init(&field, "");
	assert_int_equal(input_session_type(&field.session, "one\r\ntwo", 8), 5);
	assert_string_equal(text_buffer_text(&field.buffer), "one");
	assert_int_equal(field.returns, 1);
	assert_int_equal(input_session_type(&field.session, "two", 3), 3);
	assert_int_equal(input_session_type(&field.session, "\n", 1), 1);
	assert_string_equal(text_buffer_text(&field.buffer), "onetwo");
	assert_int_equal(field.returns, 2);
	field.session.traits.multiline = true;
	assert_int_equal(input_session_type(&field.session, "\nx", 2), 2);
	assert_string_equal(text_buffer_text(&field.buffer), "onetwo\nx");
	text_buffer_finish(&field.buffer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_operation_for_this_revision_is_done),
	    cmocka_unit_test(the_window_is_around_the_caret),
	    cmocka_unit_test(marked_text_is_shown),
	    cmocka_unit_test(nobody_sees_what_is_secure),
	    cmocka_unit_test(a_line_ends_in_return),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
