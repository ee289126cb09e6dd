/* Text editor: what a text field and a text view have in common: an edited text behind a control, its
 * keys, its commands, its input session and its caret. Private.
 *
 * Every change goes one way: buffer → editor → `changed` of the control (places the caret, marks what
 * has to be drawn) → input session → UI_CONTROL_EDIT_CHANGED. */
#ifndef UI_SRC_TEXT_EDITOR_H
#define UI_SRC_TEXT_EDITOR_H

#include <ui/control_class.h>
#include <ui/input_method.h>

#include "text_buffer.h"
#include "text_caret.h"
#include "text_keys.h"

/* What depends on where the letters are. */
struct text_editor_class {
	/* The offset that a key which moves goes to from here; x: of up and down, < 0 to begin with. */
	size_t (*move)(struct ui_view *view, size_t offset, enum text_key key, double *x);
	bool (*is_rtl)(struct ui_view *view, size_t offset);
	/* Text, selection or marked range are others; before: the selection there was. */
	void (*changed)(struct ui_view *view, bool text, struct text_range before);
	/* There is more to paste than there is room for. NULL: what fits is inserted. */
	void (*too_long)(struct ui_view *view, const char *text, size_t length);
};

struct text_editor {
	struct ui_view *view; /* weak: it owns us */
	const struct text_editor_class *class;
	struct text_buffer buffer;
	struct text_caret caret;
	struct ui_input_traits traits;
	double x; /* of up and down, kept from key to key; < 0: of the caret */
};

extern const struct ui_control_class text_field_class, text_view_class;

struct text_editor_options {
	const struct text_editor_class *class;
	struct ui_view *caret_parent;
	size_t limit;
	/* The buffer's (text_buffer.h); context is the view. */
	void (*changed)(void *view, size_t at, size_t removed, size_t inserted);
	bool multiline;
};

void text_editor_init(struct text_editor *editor, struct ui_view *view,
		      const struct text_editor_options *options);
void text_editor_finish(struct text_editor *editor);

void text_editor_set_text(struct text_editor *editor, const char *text); /* by the app: no events */
void text_editor_set_traits(struct text_editor *editor, const struct ui_input_traits *traits);
void text_editor_select(struct text_editor *editor, size_t anchor, size_t caret);
/* A finger: caret there, or the word there; takes the focus. */
void text_editor_tapped(struct text_editor *editor, size_t offset, int taps);
void text_editor_insert(struct text_editor *editor, const char *text, size_t length, bool paste);
bool text_editor_key(struct text_editor *editor, const struct ui_key_event *event);
bool text_editor_command(struct text_editor *editor, const char *action, bool only_ask);
void text_editor_focus(struct text_editor *editor, bool focused);

/* text_focus.c: gives the caret to the next (1) or last (-1) field of the window. */
bool text_focus_move(struct ui_view *view, int step);

#endif
