/* Buffer: growing bytes, always followed by a NUL, so that it is a string as well.
 *
 *	struct os_buffer text = {0};
 *	os_buffer_printf(&text, "%s: %d", name, count);
 *	puts(text.bytes);
 *	os_buffer_finish(&text);
 *
 * A zeroed struct is an empty buffer. Growing beyond `limit` (0 = 256 MiB) marks the buffer
 * `failed`, and nothing is added from then on: check once, at the end. Thread: the owner's. */
#ifndef OS_BUFFER_H
#define OS_BUFFER_H

#include <os/base.h>

struct os_buffer {
	char *bytes; /* NULL while nothing was added; use os_buffer_text for a sure string */
	size_t length, capacity, limit;
	bool failed;
};

OS_PUBLIC void os_buffer_finish(struct os_buffer *buffer);
OS_PUBLIC void os_buffer_clear(struct os_buffer *buffer); /* keeps the memory */
OS_PUBLIC void os_buffer_add(struct os_buffer *buffer, const void *bytes, size_t length);
OS_PUBLIC void os_buffer_add_text(struct os_buffer *buffer, const char *text);
OS_PUBLIC void os_buffer_add_char(struct os_buffer *buffer, char c);
OS_PUBLIC void os_buffer_printf(struct os_buffer *buffer, const char *format, ...) OS_PRINTF(2, 3);
OS_PUBLIC void os_buffer_remove(struct os_buffer *buffer, size_t from, size_t length);
OS_PUBLIC void os_buffer_insert(struct os_buffer *buffer, size_t at, const void *bytes, size_t length);
OS_PUBLIC const char *os_buffer_text(const struct os_buffer *buffer); /* "" when empty */
/* Hands the bytes to the caller (os_free), leaves the buffer empty. Never NULL. */
OS_PUBLIC char *os_buffer_take(struct os_buffer *buffer);

#endif
