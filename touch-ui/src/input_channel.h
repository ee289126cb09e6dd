/* Input channel: what a scene and an input method say to each other, as bytes. Private.
 *
 * From the scene, MD_INPUT_FIELD and the window around the caret:
 *
 *	'S' version, revision:4, flags, type, return key, selection:2+2, marked:2+2, length:2, text
 *
 * To the scene, MD_INPUT_TEXT, and operations on the window of a revision:
 *
 *	'O' operation, revision:4, start:2, end:2, text (the rest)
 *
 * Numbers are little-endian; offsets are bytes into the window's text. What does not fit this is
 * refused whole: the other end is another process. */
#ifndef UI_SRC_INPUT_CHANNEL_H
#define UI_SRC_INPUT_CHANNEL_H

#include <os/buffer.h>
#include <ui/input_method.h>

#define INPUT_STATE 'S'
#define INPUT_OPERATION 'O'
#define INPUT_VERSION 1
#define INPUT_WINDOW_BYTES 1024

enum input_flags {
	INPUT_SECURE = 1,
	INPUT_MULTILINE = 2,
	INPUT_NO_AUTOCORRECT = 4,
	INPUT_NO_AUTOCAPITALS = 8,
	INPUT_MORE_BEFORE = 16,
	INPUT_MORE_AFTER = 32, /* the text goes on outside of the window */
};

struct input_state {
	uint32_t revision;
	uint8_t flags, type, return_key;
	uint16_t selection_start, selection_end, marked_start, marked_end;
	const char *text;
	uint16_t length;
};

enum input_operation_kind {
	INPUT_INSERT,          /* text for the selection */
	INPUT_DELETE_BACKWARD, /* `start` times a grapheme */
	INPUT_REPLACE,         /* start to end by text */
	INPUT_SET_MARKED,
	INPUT_RETURN,
	INPUT_SELECT, /* from start to end */
	INPUT_OPERATIONS
};

struct input_operation {
	enum input_operation_kind kind;
	uint32_t revision;
	uint16_t start, end;
	const char *text; /* lent from the bytes; not terminated */
	size_t length;
};

void input_state_write(struct os_buffer *bytes, const struct input_state *state);
int input_state_read(const void *bytes, size_t length,
		     struct input_state *ret_state); /* 0 or -EINVAL */
void input_operation_write(struct os_buffer *bytes, const struct input_operation *operation);
int input_operation_read(const void *bytes, size_t length, struct input_operation *ret_operation);

#endif
