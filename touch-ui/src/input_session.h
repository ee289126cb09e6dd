/* Input session: one field, and those who write into it, without the scene around them. Private.
 *
 * The session counts a revision with every change of its field's text or selection, and shows an
 * input method the window around the caret. Operations meant for another revision are refused: the
 * window is sent again, and the sender tries anew. */
#ifndef UI_SRC_INPUT_SESSION_H
#define UI_SRC_INPUT_SESSION_H

#include "input_channel.h"

struct input_session {
	const struct ui_input_client *client;
	void *context; /* the client's */
	struct ui_input_traits traits;
	uint32_t revision;
	size_t window_start, window_length; /* of the client's text, in the last state */
};

enum input_result {
	INPUT_DONE,
	INPUT_REFUSED, /* it was for another revision, or lies outside of the window */
	INPUT_BROKEN,  /* it is no operation at all */
};

/* What an input method is to see now. Lends the client's text, until that changes. */
struct input_state input_session_state(struct input_session *session);
/* Applies an operation's bytes (INPUT_OPERATION …). */
enum input_result input_session_take(struct input_session *session, const void *bytes,
				     size_t length);
/* Inserts text up to the first end of a line that a single line takes as Return, and that, too.
 * Returns how much of it was used. */
size_t input_session_type(struct input_session *session, const char *text, size_t length);

#endif
