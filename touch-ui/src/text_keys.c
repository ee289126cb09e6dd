#include "text_keys.h"

#include <linux/input-event-codes.h>

#include <os/key_input.h>

struct key {
	uint32_t key;
	enum text_key plain, with_control;
};

static const struct key s_keys[] = {
    {KEY_ENTER, TEXT_KEY_RETURN, TEXT_KEY_NONE},
    {KEY_KPENTER, TEXT_KEY_RETURN, TEXT_KEY_NONE},
    {KEY_TAB, TEXT_KEY_TAB, TEXT_KEY_TAB},
    {KEY_ESC, TEXT_KEY_ESCAPE, TEXT_KEY_NONE},
    {KEY_BACKSPACE, TEXT_KEY_BACKSPACE, TEXT_KEY_BACKSPACE_WORD},
    {KEY_DELETE, TEXT_KEY_DELETE, TEXT_KEY_DELETE_WORD},
    {KEY_LEFT, TEXT_KEY_LEFT, TEXT_KEY_WORD_LEFT},
    {KEY_RIGHT, TEXT_KEY_RIGHT, TEXT_KEY_WORD_RIGHT},
    {KEY_UP, TEXT_KEY_UP, TEXT_KEY_START},
    {KEY_DOWN, TEXT_KEY_DOWN, TEXT_KEY_END},
    {KEY_PAGEUP, TEXT_KEY_PAGE_UP, TEXT_KEY_START},
    {KEY_PAGEDOWN, TEXT_KEY_PAGE_DOWN, TEXT_KEY_END},
    {KEY_HOME, TEXT_KEY_LINE_START, TEXT_KEY_START},
    {KEY_END, TEXT_KEY_LINE_END, TEXT_KEY_END},
    {KEY_A, TEXT_KEY_INSERT, TEXT_KEY_SELECT_ALL},
    {KEY_C, TEXT_KEY_INSERT, TEXT_KEY_COPY},
    {KEY_X, TEXT_KEY_INSERT, TEXT_KEY_CUT},
    {KEY_V, TEXT_KEY_INSERT, TEXT_KEY_PASTE},
    {KEY_Z, TEXT_KEY_INSERT, TEXT_KEY_UNDO},
    {KEY_Y, TEXT_KEY_INSERT, TEXT_KEY_REDO},
};

static bool is_printed(const char *text)
{
	unsigned char first = text != NULL ? (unsigned char)text[0] : 0;
	return first >= 0x20 && first != 0x7f;
}

enum text_key text_key_for(const struct ui_key_event *event)
{
	bool control = (event->modifiers & (OS_KEY_CONTROL | OS_KEY_META)) != 0;
	enum text_key found = control ? TEXT_KEY_NONE : TEXT_KEY_INSERT;
	for (size_t i = 0; i < OS_ARRAY_LEN(s_keys); i++) {
		if (s_keys[i].key == event->key) {
			found = control ? s_keys[i].with_control : s_keys[i].plain;
		}
	}
	if (found == TEXT_KEY_UNDO && (event->modifiers & OS_KEY_SHIFT) != 0) {
		return TEXT_KEY_REDO;
	}
	if (found == TEXT_KEY_INSERT && !is_printed(event->text)) {
		return TEXT_KEY_NONE;
	}
	return found;
}

const char *text_key_command(enum text_key key)
{
	static const char *const s_commands[TEXT_KEYS] = {
	    [TEXT_KEY_SELECT_ALL] = "select-all",
	    [TEXT_KEY_COPY] = "copy",
	    [TEXT_KEY_CUT] = "cut",
	    [TEXT_KEY_PASTE] = "paste",
	    [TEXT_KEY_UNDO] = "undo",
	    [TEXT_KEY_REDO] = "redo",
	};
	return s_commands[key];
}
