/* Text buffer: a text that is being edited, as plain data: bytes, selection, marked range, history.
 * Private.
 *
 *	struct text_buffer buffer;
 *	text_buffer_init(&buffer, &(struct text_buffer_options){.limit = 65536, .single_line = true});
 *	text_buffer_insert(&buffer, "Hello", 5);
 *	text_buffer_delete(&buffer, TEXT_GRAPHEME, false);     "Hell"
 *	text_buffer_undo(&buffer);                             "Hello"
 *	text_buffer_finish(&buffer);
 *
 * The text is always well-formed UTF-8 without NULs (text_clean.h). Offsets are bytes; those given
 * are moved to a grapheme boundary, those kept are at one. Knows nothing of views or layouts. */
#ifndef UI_SRC_TEXT_BUFFER_H
#define UI_SRC_TEXT_BUFFER_H

#include <os/array.h>
#include <os/buffer.h>

struct text_range {
	size_t start, end;
};

enum text_unit { TEXT_GRAPHEME, TEXT_WORD, TEXT_ALL };

struct text_buffer_options {
	size_t limit; /* bytes of the whole text; what is over it is not inserted */
	bool single_line;
	/* Called after each change: `removed` bytes at `at` gave way to `inserted` ones. */
	void (*changed)(void *context, size_t at, size_t removed, size_t inserted);
	void *context;
};

/* One step of undo: a single replacement, however many keys it took. */
struct text_step {
	size_t at;
	struct os_buffer removed, inserted;
	struct text_range before; /* anchor and caret, as they were */
};

struct text_history {
	struct os_array done, undone; /* struct text_step */
	size_t bytes;
	bool open; /* the next key may still join the last step */
};

struct text_buffer {
	struct text_buffer_options options;
	struct os_buffer text;
	size_t anchor, caret;     /* the selection: from where it was begun to where the caret is */
	struct text_range marked; /* empty: nothing is marked */
	struct text_history history;
};

void text_buffer_init(struct text_buffer *buffer, const struct text_buffer_options *options);
void text_buffer_finish(struct text_buffer *buffer);

const char *text_buffer_text(const struct text_buffer *buffer);
size_t text_buffer_length(const struct text_buffer *buffer);
struct text_range text_buffer_selection(const struct text_buffer *buffer);
bool text_buffer_has_selection(const struct text_buffer *buffer);
size_t text_buffer_snap(const struct text_buffer *buffer,
			size_t offset); /* to a boundary, forward */
size_t text_buffer_next(const struct text_buffer *buffer, enum text_unit unit, size_t offset);
size_t text_buffer_previous(const struct text_buffer *buffer, enum text_unit unit, size_t offset);
/* The word that a double tap at offset means; the grapheme where there is none. */
struct text_range text_buffer_word_at(const struct text_buffer *buffer, size_t offset);

/* Another text: caret at its end, no history. */
void text_buffer_set_text(struct text_buffer *buffer, const char *text, size_t length);
void text_buffer_select(struct text_buffer *buffer, size_t anchor, size_t caret);

/* These return whether the text changed. A limit cuts what is inserted at a grapheme. */
bool text_buffer_replace(struct text_buffer *buffer, struct text_range range, const char *text,
			 size_t length);
bool text_buffer_insert(struct text_buffer *buffer, const char *text,
			size_t length); /* for marked or selection */
bool text_buffer_delete(struct text_buffer *buffer, enum text_unit unit,
			bool forward); /* or the selection */
/* Shows text that an input method has not settled on yet; "" takes it away again. */
bool text_buffer_set_marked(struct text_buffer *buffer, const char *text, size_t length);
bool text_buffer_undo(struct text_buffer *buffer);
bool text_buffer_redo(struct text_buffer *buffer);
bool text_buffer_can_undo(const struct text_buffer *buffer);
bool text_buffer_can_redo(const struct text_buffer *buffer);
/* How many bytes of text would not find room if it were inserted now. */
size_t text_buffer_excess(const struct text_buffer *buffer, const char *text, size_t length);

#endif
