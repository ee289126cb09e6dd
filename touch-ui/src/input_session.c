#include "input_session.h"

#include <string.h>

#include <md/text_layout.h>

#define HALF (INPUT_WINDOW_BYTES / 2)

/* Whole graphemes around the caret: at most HALF bytes before it and as many behind. */
static void place_window(struct input_session *session, const char *text, size_t length,
			 size_t caret)
{
	size_t start = caret > HALF ? md_text_next_grapheme(text, length, caret - HALF - 1) : 0;
	size_t end = length - caret > HALF
			 ? md_text_previous_grapheme(text, length, caret + HALF + 1)
			 : length;
	session->window_start = OS_MIN(start, caret);
	session->window_length = OS_MAX(end, caret) - session->window_start;
}

static uint8_t flags(const struct input_session *session, size_t length)
{
	const struct ui_input_traits *traits = &session->traits;
	bool more_after = session->window_start + session->window_length < length;
	return (uint8_t)((traits->secure ? INPUT_SECURE : 0) |
			 (traits->multiline ? INPUT_MULTILINE : 0) |
			 (traits->no_autocorrect ? INPUT_NO_AUTOCORRECT : 0) |
			 (traits->no_autocapitals ? INPUT_NO_AUTOCAPITALS : 0) |
			 (session->window_start > 0 ? INPUT_MORE_BEFORE : 0) |
			 (more_after ? INPUT_MORE_AFTER : 0));
}

/* Where an offset of the client's text is in the window; its nearer end if it is outside. */
static uint16_t in_window(const struct input_session *session, size_t offset)
{
	size_t start = session->window_start;
	return (uint16_t)OS_CLAMP(offset, start, start + session->window_length) - (uint16_t)start;
}

struct input_state input_session_state(struct input_session *session)
{
	struct input_state state = {.revision = session->revision, .text = ""};
	state.type = (uint8_t)session->traits.type;
	state.return_key = (uint8_t)session->traits.return_key;
	session->window_start = session->window_length = 0;
	if (session->traits.secure) {
		state.flags = flags(session, 0); /* nobody is told what is written */
		return state;
	}
	size_t length, start, end;
	const char *text = session->client->text(session->context, &length);
	session->client->selection(session->context, &start, &end);
	place_window(session, text, length, end);
	state.flags = flags(session, length);
	state.text = text + session->window_start;
	state.length = (uint16_t)session->window_length;
	state.selection_start = in_window(session, start);
	state.selection_end = in_window(session, end);
	if (session->client->struct_size > offsetof(struct ui_input_client, marked) &&
	    session->client->marked != NULL) {
		session->client->marked(session->context, &start, &end);
		state.marked_start = start < end ? in_window(session, start) : 0;
		state.marked_end = start < end ? in_window(session, end) : 0;
	}
	return state;
}

size_t input_session_type(struct input_session *session, const char *text, size_t length)
{
	const struct ui_input_client *client = session->client;
	size_t line = 0;
	while (line < length && text[line] != '\n' && text[line] != '\r') {
		line++;
	}
	if (session->traits.multiline || line == length) {
		client->insert(session->context, text, length);
		return length;
	}
	if (line > 0) {
		client->insert(session->context, text, line);
	}
	/* Who heard of the text may have taken the caret elsewhere. */
	if (session->client != NULL) {
		client->return_pressed(session->context);
	}
	bool is_pair = text[line] == '\r' && line + 1 < length && text[line + 1] == '\n';
	return line + (is_pair ? 2 : 1);
}

static void apply(struct input_session *session, const struct input_operation *operation)
{
	const struct ui_input_client *client = session->client;
	void *context = session->context;
	size_t start = session->window_start + operation->start;
	size_t end = session->window_start + operation->end;
	switch (operation->kind) {
	case INPUT_INSERT:
		client->insert(context, operation->text, operation->length);
		break;
	case INPUT_DELETE_BACKWARD:
		for (int i = 0;
		     i < operation->start && i < INPUT_WINDOW_BYTES && session->client != NULL;
		     i++) {
			client->delete_backward(context);
		}
		break;
	case INPUT_REPLACE:
		client->replace(context, start, end, operation->text, operation->length);
		break;
	case INPUT_SET_MARKED:
		client->set_marked(context, operation->text, operation->length);
		break;
	case INPUT_RETURN:
		client->return_pressed(context);
		break;
	case INPUT_SELECT:
		client->set_selection(context, start, end);
		break;
	case INPUT_OPERATIONS:
		break;
	}
}

enum input_result input_session_take(struct input_session *session, const void *bytes,
				     size_t length)
{
	struct input_operation operation;
	if (input_operation_read(bytes, length, &operation) < 0) {
		return INPUT_BROKEN;
	}
	bool has_range = operation.kind == INPUT_REPLACE || operation.kind == INPUT_SELECT;
	if (operation.revision != session->revision ||
	    (has_range && operation.end > session->window_length)) {
		return INPUT_REFUSED;
	}
	apply(session, &operation);
	return INPUT_DONE;
}
