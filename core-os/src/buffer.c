#include <os/buffer.h>

#include <assert.h>
#include <os/memory.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define DEFAULT_LIMIT ((size_t)256 << 20)

/* Room for `more` bytes and the NUL behind them. */
static bool reserve(struct os_buffer *buffer, size_t more)
{
	size_t limit = buffer->limit > 0 ? buffer->limit : DEFAULT_LIMIT;
	if (buffer->failed || buffer->length > limit || more > limit - buffer->length) {
		buffer->failed = true;
		return false;
	}
	size_t needed = buffer->length + more + 1;
	if (needed <= buffer->capacity) {
		return true;
	}
	size_t capacity = OS_MAX(needed, buffer->capacity + buffer->capacity / 2);
	capacity = OS_MAX(capacity, (size_t)32);
	char *bytes = os_try_realloc(buffer->bytes, capacity);
	if (bytes == NULL) {
		buffer->failed = true;
		return false;
	}
	buffer->bytes = bytes;
	buffer->capacity = capacity;
	return true;
}

void os_buffer_finish(struct os_buffer *buffer)
{
	os_free(buffer->bytes);
	*buffer = (struct os_buffer){.limit = buffer->limit};
}

void os_buffer_clear(struct os_buffer *buffer)
{
	buffer->length = 0;
	buffer->failed = false;
	if (buffer->bytes != NULL) {
		buffer->bytes[0] = '\0';
	}
}

void os_buffer_add(struct os_buffer *buffer, const void *bytes, size_t length)
{
	os_buffer_insert(buffer, buffer->length, bytes, length);
}

void os_buffer_add_text(struct os_buffer *buffer, const char *text)
{
	os_buffer_add(buffer, text, strlen(text));
}

void os_buffer_add_char(struct os_buffer *buffer, char c)
{
	os_buffer_add(buffer, &c, 1);
}

void os_buffer_printf(struct os_buffer *buffer, const char *format, ...)
{
	va_list values, again;
	va_start(values, format);
	va_copy(again, values);
	int length = vsnprintf(NULL, 0, format, values);
	va_end(values);
	if (length >= 0 && reserve(buffer, (size_t)length)) {
		vsnprintf(buffer->bytes + buffer->length, (size_t)length + 1, format, again);
		buffer->length += (size_t)length;
	}
	va_end(again);
}

void os_buffer_remove(struct os_buffer *buffer, size_t from, size_t length)
{
	assert(from <= buffer->length && length <= buffer->length - from);
	if (length == 0) {
		return;
	}
	memmove(buffer->bytes + from, buffer->bytes + from + length,
		buffer->length - from - length);
	buffer->length -= length;
	buffer->bytes[buffer->length] = '\0';
}

void os_buffer_insert(struct os_buffer *buffer, size_t at, const void *bytes, size_t length)
{
	assert(at <= buffer->length);
	if (length == 0 || !reserve(buffer, length)) {
		return;
	}
	memmove(buffer->bytes + at + length, buffer->bytes + at, buffer->length - at);
	memcpy(buffer->bytes + at, bytes, length);
	buffer->length += length;
	buffer->bytes[buffer->length] = '\0';
}

const char *os_buffer_text(const struct os_buffer *buffer)
{
	return buffer->bytes != NULL ? buffer->bytes : "";
}

char *os_buffer_take(struct os_buffer *buffer)
{
	char *bytes = buffer->bytes != NULL ? buffer->bytes : os_strdup("");
	*buffer = (struct os_buffer){.limit = buffer->limit};
	return bytes;
}
