#include "pasteboard.h"

#include <os/buffer.h>

/* One a process, as the person has one in mind; main thread. */
static struct os_buffer s_text;

void pasteboard_set_text(const char *text, size_t length)
{
	os_buffer_clear(&s_text);
	os_buffer_add(&s_text, text, length);
	if (s_text.failed) {
		os_buffer_finish(&s_text);
		s_text.failed = false;
	}
}

const char *pasteboard_text(size_t *ret_length)
{
	*ret_length = s_text.length;
	return os_buffer_text(&s_text);
}
