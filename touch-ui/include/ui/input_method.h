/* Input method: the one door through which text reaches a field (UITextInput, UIKeyInput).
 *
 * The focused field has a session: a revisioned window of at most 1 KiB around the caret, and
 * operations on it. The on-screen keyboard, hardware keys and `strata type` all use this one ordered
 * channel; an operation for a revision that is gone is refused and tried again by its sender.
 *
 * The field implements ui_input_client; the scene's session calls it. Offsets are bytes at grapheme
 * boundaries of the client's own text. */
#ifndef UI_INPUT_METHOD_H
#define UI_INPUT_METHOD_H

#include <ui/view.h>

enum ui_input_type { UI_INPUT_TEXT, UI_INPUT_EMAIL, UI_INPUT_WEB, UI_INPUT_NUMBER, UI_INPUT_PHONE, UI_INPUT_PASSCODE };
enum ui_return_key { UI_RETURN_DEFAULT, UI_RETURN_DONE, UI_RETURN_NEXT, UI_RETURN_SEARCH, UI_RETURN_GO, UI_RETURN_SEND };

struct ui_input_traits {
	enum ui_input_type type;
	enum ui_return_key return_key;
	bool secure, multiline, no_autocorrect, no_autocapitals;
};

struct ui_input_client {
	uint32_t struct_size;
	void (*insert)(void *context, const char *text, size_t length);       /* replaces the selection */
	void (*delete_backward)(void *context);                               /* one grapheme, or the selection */
	void (*replace)(void *context, size_t start, size_t end, const char *text, size_t length);
	/* Shows text that is not settled yet, for the marked range or the selection; "" takes it away. An
	 * insert takes its place. */
	void (*set_marked)(void *context, const char *text, size_t length);
	void (*return_pressed)(void *context);
	const char *(*text)(void *context, size_t *ret_length);
	void (*selection)(void *context, size_t *ret_start, size_t *ret_end);
	void (*set_selection)(void *context, size_t start, size_t end);
	void (*marked)(void *context, size_t *ret_start, size_t *ret_end);    /* both the same: nothing is */
};

/* Begins a session for the view; one at a time in a scene; ends by end or when the view leaves. */
UI_PUBLIC void ui_input_begin(struct ui_view *view, const struct ui_input_client *client, void *context,
                              const struct ui_input_traits *traits);
UI_PUBLIC void ui_input_end(struct ui_view *view);
UI_PUBLIC void ui_input_changed(struct ui_view *view); /* text or selection changed by the field itself */

#endif
