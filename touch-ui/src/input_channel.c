#include "input_channel.h"

#include <errno.h>
#include <string.h>

static void write_number(struct os_buffer *bytes, uint32_t number, int size)
{
	for (int i = 0; i < size; i++) {
		os_buffer_add_char(bytes, (char)(number >> (8 * i)));
	}
}

/* Takes numbers from the front; `failed` stays once there were too few bytes. */
struct reader {
	const uint8_t *at;
	size_t left;
	bool failed;
};

static uint32_t read_number(struct reader *reader, size_t size)
{
	if (reader->left < size) {
		reader->failed = true;
		reader->left = 0;
		return 0;
	}
	uint32_t number = 0;
	for (size_t i = 0; i < size; i++) {
		number |= (uint32_t)reader->at[i] << (8 * i);
	}
	reader->at += size;
	reader->left -= size;
	return number;
}

void input_state_write(struct os_buffer *bytes, const struct input_state *state)
{
	os_buffer_add_char(bytes, INPUT_STATE);
	os_buffer_add_char(bytes, INPUT_VERSION);
	write_number(bytes, state->revision, 4);
	write_number(bytes, state->flags, 1);
	write_number(bytes, state->type, 1);
	write_number(bytes, state->return_key, 1);
	write_number(bytes, state->selection_start, 2);
	write_number(bytes, state->selection_end, 2);
	write_number(bytes, state->marked_start, 2);
	write_number(bytes, state->marked_end, 2);
	write_number(bytes, state->length, 2);
	os_buffer_add(bytes, state->text, state->length);
}

static bool is_range(uint16_t start, uint16_t end, uint16_t length)
{
	return start <= end && end <= length;
}

int input_state_read(const void *bytes, size_t length, struct input_state *ret_state)
{
	struct reader reader = {.at = bytes, .left = length};
	struct input_state state = {0};
	bool is_state = read_number(&reader, 1) == INPUT_STATE;
	bool is_known = read_number(&reader, 1) == INPUT_VERSION;
	state.revision = read_number(&reader, 4);
	state.flags = (uint8_t)read_number(&reader, 1);
	state.type = (uint8_t)read_number(&reader, 1);
	state.return_key = (uint8_t)read_number(&reader, 1);
	state.selection_start = (uint16_t)read_number(&reader, 2);
	state.selection_end = (uint16_t)read_number(&reader, 2);
	state.marked_start = (uint16_t)read_number(&reader, 2);
	state.marked_end = (uint16_t)read_number(&reader, 2);
	state.length = (uint16_t)read_number(&reader, 2);
	if (reader.failed || !is_state || !is_known || reader.left != state.length ||
	    state.length > INPUT_WINDOW_BYTES || state.type > UI_INPUT_PASSCODE ||
	    state.return_key > UI_RETURN_SEND ||
	    !is_range(state.selection_start, state.selection_end, state.length) ||
	    !is_range(state.marked_start, state.marked_end, state.length)) {
		return -EINVAL;
	}
	state.text = (const char *)reader.at;
	*ret_state = state;
	return 0;
}

void input_operation_write(struct os_buffer *bytes, const struct input_operation *operation)
{
	os_buffer_add_char(bytes, INPUT_OPERATION);
	os_buffer_add_char(bytes, (char)operation->kind);
	write_number(bytes, operation->revision, 4);
	write_number(bytes, operation->start, 2);
	write_number(bytes, operation->end, 2);
	os_buffer_add(bytes, operation->text, operation->length);
}

int input_operation_read(const void *bytes, size_t length, struct input_operation *ret_operation)
{
	struct reader reader = {.at = bytes, .left = length};
	bool is_operation = read_number(&reader, 1) == INPUT_OPERATION;
	uint32_t kind = read_number(&reader, 1);
	struct input_operation operation = {.revision = read_number(&reader, 4)};
	operation.start = (uint16_t)read_number(&reader, 2);
	operation.end = (uint16_t)read_number(&reader, 2);
	bool has_range = kind == INPUT_REPLACE || kind == INPUT_SELECT;
	if (reader.failed || !is_operation || kind >= INPUT_OPERATIONS ||
	    (has_range && operation.start > operation.end)) {
		return -EINVAL;
	}
	operation.kind = (enum input_operation_kind)kind;
	operation.text = (const char *)reader.at;
	operation.length = reader.left;
	*ret_operation = operation;
	return 0;
}
