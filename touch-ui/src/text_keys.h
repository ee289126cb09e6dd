/* Text keys: what a key of a hardware keyboard means to a text. Private.
 *
 * Left and right are those of the screen; Control (or Meta) makes words of graphemes and the whole
 * text of a line. Shift is not looked at: the editor extends the selection then. */
#ifndef UI_SRC_TEXT_KEYS_H
#define UI_SRC_TEXT_KEYS_H

#include <ui/touch.h>

enum text_key {
	TEXT_KEY_NONE, /* not for a text */
	TEXT_KEY_INSERT,
	TEXT_KEY_RETURN,
	TEXT_KEY_TAB,
	TEXT_KEY_ESCAPE,
	TEXT_KEY_BACKSPACE,
	TEXT_KEY_BACKSPACE_WORD,
	TEXT_KEY_DELETE,
	TEXT_KEY_DELETE_WORD,
	/* those that move the caret */
	TEXT_KEY_LEFT,
	TEXT_KEY_RIGHT,
	TEXT_KEY_UP,
	TEXT_KEY_DOWN,
	TEXT_KEY_PAGE_UP,
	TEXT_KEY_PAGE_DOWN,
	TEXT_KEY_LINE_START,
	TEXT_KEY_LINE_END,
	TEXT_KEY_WORD_LEFT,
	TEXT_KEY_WORD_RIGHT,
	TEXT_KEY_START,
	TEXT_KEY_END,
	/* those that are commands (ui/responder.h) */
	TEXT_KEY_SELECT_ALL,
	TEXT_KEY_COPY,
	TEXT_KEY_CUT,
	TEXT_KEY_PASTE,
	TEXT_KEY_UNDO,
	TEXT_KEY_REDO,
	TEXT_KEYS
};

enum text_key text_key_for(const struct ui_key_event *event);
const char *text_key_command(enum text_key key); /* "copy", …; NULL: it is none */

#endif
