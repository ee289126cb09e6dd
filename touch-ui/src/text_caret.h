/* Text caret: the line that blinks where the next letter goes. Private.
 *
 * A view of its own layer, so that a blink sends one value and draws nothing. It is lit for half a
 * second after each key, blinks, and stays lit from 10 s after the last one: nothing wakes then.
 *
 *	out ──show──→ lit ⇄ dark (every 500 ms) ──10 s──→ lit, resting ──touch──→ lit ⇄ dark …
 */
#ifndef UI_SRC_TEXT_CARET_H
#define UI_SRC_TEXT_CARET_H

#include <os/timer.h>
#include <ui/view.h>

#define TEXT_CARET_WIDTH 2.0

struct text_caret {
	struct ui_view *view; /* weak: a child of the text's view */
	struct os_timer *timer;
	int64_t last_key_us;
	bool shown;
};

void text_caret_init(struct text_caret *caret, struct ui_view *parent);
void text_caret_finish(struct text_caret *caret);
void text_caret_place(struct text_caret *caret,
		      struct md_rect rect);      /* of width 0; the parent's coordinates */
void text_caret_touch(struct text_caret *caret); /* a key was pressed: lit, and blinking again */
void text_caret_show(struct text_caret *caret, bool shown);

#endif
