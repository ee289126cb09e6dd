#include "text_editor.h"

#include <string.h>

#include <os/key_input.h>
#include <ui/responder.h>

#include "pasteboard.h"

/* --- Changes ---------------------------------------------------------------------------------- */

static void changed(struct text_editor *editor, bool text, struct text_range before)
{
	editor->class->changed(editor->view, text, before);
	text_caret_touch(&editor->caret);
	ui_input_changed(editor->view);
}

/* By the person: the app hears of it, and may do anything then. */
static void edited(struct text_editor *editor, struct text_range before)
{
	editor->x = -1;
	changed(editor, true, before);
	ui_control_send(editor->view, UI_CONTROL_EDIT_CHANGED);
}

void text_editor_set_text(struct text_editor *editor, const char *text)
{
	const char *next = text != NULL ? text : "";
	struct text_range before = text_buffer_selection(&editor->buffer);
	text_buffer_set_text(&editor->buffer, next, strlen(next));
	editor->x = -1;
	changed(editor, true, before);
}

void text_editor_select(struct text_editor *editor, size_t anchor, size_t caret)
{
	struct text_range before = text_buffer_selection(&editor->buffer);
	text_buffer_select(&editor->buffer, anchor, caret);
	changed(editor, false, before);
}

void text_editor_insert(struct text_editor *editor, const char *text, size_t length, bool paste)
{
	struct text_range before = text_buffer_selection(&editor->buffer);
	bool is_other = paste ? text_buffer_replace(&editor->buffer, before, text, length)
			      : text_buffer_insert(&editor->buffer, text, length);
	if (is_other) {
		edited(editor, before);
	}
}

static void delete (struct text_editor *editor, enum text_unit unit, bool forward)
{
	struct text_range before = text_buffer_selection(&editor->buffer);
	if (text_buffer_delete(&editor->buffer, unit, forward)) {
		edited(editor, before);
	}
}

static void return_pressed(struct text_editor *editor)
{
	if (editor->traits.multiline) {
		text_editor_insert(editor, "\n", 1, false);
	} else {
		ui_control_send(editor->view, UI_CONTROL_RETURN);
	}
}

/* --- The input session's side ----------------------------------------------------------------- */

static void client_insert(void *context, const char *text, size_t length)
{
	text_editor_insert(context, text, length, false);
}

static void client_delete_backward(void *context)
{
	delete (context, TEXT_GRAPHEME, false);
}

static void client_replace(void *context, size_t start, size_t end, const char *text, size_t length)
{
	struct text_editor *editor = context;
	struct text_range before = text_buffer_selection(&editor->buffer);
	if (text_buffer_replace(&editor->buffer, (struct text_range){start, end}, text, length)) {
		edited(editor, before);
	}
}

static void client_set_marked(void *context, const char *text, size_t length)
{
	struct text_editor *editor = context;
	struct text_range before = text_buffer_selection(&editor->buffer);
	if (text_buffer_set_marked(&editor->buffer, text, length)) {
		edited(editor, before);
	}
}

static void client_return_pressed(void *context)
{
	return_pressed(context);
}

static const char *client_text(void *context, size_t *ret_length)
{
	const struct text_editor *editor = context;
	*ret_length = text_buffer_length(&editor->buffer);
	return text_buffer_text(&editor->buffer);
}

static void client_selection(void *context, size_t *ret_start, size_t *ret_end)
{
	const struct text_editor *editor = context;
	struct text_range selection = text_buffer_selection(&editor->buffer);
	*ret_start = selection.start;
	*ret_end = selection.end;
}

static void client_set_selection(void *context, size_t start, size_t end)
{
	text_editor_select(context, start, end);
}

static void client_marked(void *context, size_t *ret_start, size_t *ret_end)
{
	const struct text_editor *editor = context;
	*ret_start = editor->buffer.marked.start;
	*ret_end = editor->buffer.marked.end;
}

static const struct ui_input_client s_client = {
    .struct_size = sizeof(s_client),
    .insert = client_insert,
    .delete_backward = client_delete_backward,
    .replace = client_replace,
    .set_marked = client_set_marked,
    .return_pressed = client_return_pressed,
    .text = client_text,
    .selection = client_selection,
    .set_selection = client_set_selection,
    .marked = client_marked,
};

/* --- Life cycle and focus --------------------------------------------------------------------- */

void text_editor_init(struct text_editor *editor, struct ui_view *view,
		      const struct text_editor_options *options)
{
	*editor = (struct text_editor){.view = view, .class = options->class, .x = -1};
	editor->traits.multiline = options->multiline;
	text_buffer_init(&editor->buffer,
			 &(struct text_buffer_options){.limit = options->limit,
						       .single_line = !options->multiline,
						       .changed = options->changed,
						       .context = view});
	text_caret_init(&editor->caret, options->caret_parent);
	ui_view_set_takes_taps(view, true);
}

void text_editor_finish(struct text_editor *editor)
{
	text_caret_finish(&editor->caret);
	text_buffer_finish(&editor->buffer);
}

void text_editor_set_traits(struct text_editor *editor, const struct ui_input_traits *traits)
{
	bool multiline = editor->traits.multiline;
	editor->traits = *traits;
	editor->traits.multiline = multiline;
	ui_view_set_secure(editor->view, traits->secure);
	if (ui_view_is_first_responder(editor->view)) {
		ui_input_begin(editor->view, &s_client, editor, &editor->traits);
	}
}

void text_editor_focus(struct text_editor *editor, bool focused)
{
	struct text_range selection = text_buffer_selection(&editor->buffer);
	text_caret_show(&editor->caret, focused);
	if (focused) {
		ui_input_begin(editor->view, &s_client, editor, &editor->traits);
	} else {
		ui_input_end(editor->view);
		text_buffer_select(&editor->buffer, editor->buffer.anchor, editor->buffer.caret);
	}
	editor->class->changed(editor->view, false, selection);
	ui_control_send(editor->view, focused ? UI_CONTROL_EDIT_BEGAN : UI_CONTROL_EDIT_ENDED);
}

void text_editor_tapped(struct text_editor *editor, size_t offset, int taps)
{
	if (ui_control_is_disabled(editor->view)) {
		return;
	}
	struct text_range word = {offset, offset};
	if (taps > 1) {
		word = text_buffer_word_at(&editor->buffer, offset);
	}
	editor->x = -1;
	text_editor_select(editor, word.start, word.end);
	ui_view_become_first_responder(editor->view);
}

/* --- Keys ------------------------------------------------------------------------------------- */

/* Where a key that moves takes the caret to. */
static size_t target(struct text_editor *editor, enum text_key key)
{
	struct text_buffer *buffer = &editor->buffer;
	size_t caret = buffer->caret;
	if (key == TEXT_KEY_START || key == TEXT_KEY_END) {
		return key == TEXT_KEY_START ? 0 : text_buffer_length(buffer);
	}
	if (key == TEXT_KEY_WORD_LEFT || key == TEXT_KEY_WORD_RIGHT) {
		bool forward =
		    (key == TEXT_KEY_WORD_RIGHT) != editor->class->is_rtl(editor->view, caret);
		return forward ? text_buffer_next(buffer, TEXT_WORD, caret)
			       : text_buffer_previous(buffer, TEXT_WORD, caret);
	}
	return editor->class->move(editor->view, caret, key, &editor->x);
}

static void move(struct text_editor *editor, enum text_key key, bool extend)
{
	struct text_buffer *buffer = &editor->buffer;
	bool is_vertical = key >= TEXT_KEY_UP && key <= TEXT_KEY_PAGE_DOWN;
	bool is_beside = key == TEXT_KEY_LEFT || key == TEXT_KEY_RIGHT;
	editor->x = is_vertical ? editor->x : -1;
	size_t to;
	if (is_beside && !extend && text_buffer_has_selection(buffer)) {
		/* A selection falls together at the end that the key points to. */
		struct text_range selection = text_buffer_selection(buffer);
		bool forward =
		    (key == TEXT_KEY_RIGHT) != editor->class->is_rtl(editor->view, buffer->caret);
		to = forward ? selection.end : selection.start;
	} else {
		to = target(editor, key);
	}
	text_editor_select(editor, extend ? buffer->anchor : to, to);
}

static bool handle(struct text_editor *editor, enum text_key key, const struct ui_key_event *event)
{
	bool shift = (event->modifiers & OS_KEY_SHIFT) != 0;
	bool control = (event->modifiers & OS_KEY_CONTROL) != 0;
	switch (key) {
	case TEXT_KEY_INSERT:
		text_editor_insert(editor, event->text, strlen(event->text), false);
		return true;
	case TEXT_KEY_RETURN:
		return_pressed(editor);
		return true;
	case TEXT_KEY_TAB:
		if (editor->traits.multiline && !shift && !control) {
			text_editor_insert(editor, "\t", 1, false);
			return true;
		}
		return text_focus_move(editor->view, shift ? -1 : 1);
	case TEXT_KEY_ESCAPE:
		ui_view_resign_first_responder(editor->view);
		return true;
	case TEXT_KEY_BACKSPACE:
	case TEXT_KEY_BACKSPACE_WORD:
		delete (editor, key == TEXT_KEY_BACKSPACE ? TEXT_GRAPHEME : TEXT_WORD, false);
		return true;
	case TEXT_KEY_DELETE:
	case TEXT_KEY_DELETE_WORD:
		delete (editor, key == TEXT_KEY_DELETE ? TEXT_GRAPHEME : TEXT_WORD, true);
		return true;
	default:
		move(editor, key, shift);
		return true;
	}
}

bool text_editor_key(struct text_editor *editor, const struct ui_key_event *event)
{
	enum text_key key = text_key_for(event);
	if (!event->down || key == TEXT_KEY_NONE || ui_control_is_disabled(editor->view)) {
		return false;
	}
	const char *command = text_key_command(key);
	if (command != NULL) {
		return ui_responder_command(editor->view, command, false);
	}
	return handle(editor, key, event);
}

/* --- Commands --------------------------------------------------------------------------------- */

static bool copy(struct text_editor *editor, bool only_ask)
{
	struct text_range selection = text_buffer_selection(&editor->buffer);
	bool can = selection.end > selection.start && !editor->traits.secure;
	if (can && !only_ask) {
		pasteboard_set_text(text_buffer_text(&editor->buffer) + selection.start,
				    selection.end - selection.start);
	}
	return can;
}

static bool paste(struct text_editor *editor, bool only_ask)
{
	size_t length;
	const char *text = pasteboard_text(&length);
	if (length == 0 || only_ask) {
		return length > 0;
	}
	if (editor->class->too_long != NULL &&
	    text_buffer_excess(&editor->buffer, text, length) > 0) {
		editor->class->too_long(editor->view, text, length);
	} else {
		text_editor_insert(editor, text, length, true);
	}
	return true;
}

static bool step(struct text_editor *editor, bool undo, bool only_ask)
{
	struct text_buffer *buffer = &editor->buffer;
	bool can = undo ? text_buffer_can_undo(buffer) : text_buffer_can_redo(buffer);
	struct text_range before = text_buffer_selection(buffer);
	if (can && !only_ask && (undo ? text_buffer_undo(buffer) : text_buffer_redo(buffer))) {
		edited(editor, before);
	}
	return can;
}

bool text_editor_command(struct text_editor *editor, const char *action, bool only_ask)
{
	bool can_edit = !ui_control_is_disabled(editor->view);
	if (strcmp(action, "copy") == 0) {
		return copy(editor, only_ask);
	}
	if (strcmp(action, "select-all") == 0) {
		if (!only_ask) {
			text_editor_select(editor, 0, text_buffer_length(&editor->buffer));
		}
		return text_buffer_length(&editor->buffer) > 0;
	}
	if (strcmp(action, "cut") == 0 || strcmp(action, "delete") == 0) {
		bool can =
		    can_edit && (action[0] == 'c' ? copy(editor, only_ask)
						  : text_buffer_has_selection(&editor->buffer));
		if (can && !only_ask) {
			delete (editor, TEXT_GRAPHEME, true);
		}
		return can;
	}
	if (strcmp(action, "paste") == 0) {
		return can_edit && paste(editor, only_ask);
	}
	bool undo = strcmp(action, "undo") == 0;
	return can_edit && (undo || strcmp(action, "redo") == 0) && step(editor, undo, only_ask);
}
