/* Text history: steps of undo, joined as people expect. Private to text_buffer.c.
 *
 * Typing joins until a new word begins, deleting with one key joins; a caret moved by hand, a paste
 * and an undo end the step. The oldest are forgotten beyond a budget. */
#ifndef UI_SRC_TEXT_HISTORY_H
#define UI_SRC_TEXT_HISTORY_H

#include "text_buffer.h"

struct text_edit {
	size_t at;
	const char *removed;
	size_t removed_length;
	const char *inserted;
	size_t inserted_length;
	struct text_range before; /* anchor and caret before it */
	bool joins;               /* by a key, one after the other */
};

void text_history_init(struct text_history *history);
void text_history_finish(struct text_history *history);
void text_history_clear(struct text_history *history);
void text_history_close(struct text_history *history); /* what comes now is another step */
void text_history_add(struct text_history *history, const struct text_edit *edit);

#endif
