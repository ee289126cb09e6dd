#include <os/memory.h>

#include <assert.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Atomic uint64_t s_fail_at; /* counts down to the os_try_alloc that fails; 0 = off */

static OS_NORETURN void out_of_memory(size_t size)
{
	fprintf(stderr, "out of memory: %zu bytes\n", size);
	abort();
}

static bool must_fail(void)
{
	uint64_t left = atomic_load_explicit(&s_fail_at, memory_order_relaxed);
	if (left == 0) {
		return false;
	}
	return atomic_fetch_sub(&s_fail_at, 1) == 1;
}

void *os_alloc(size_t size)
{
	void *memory = calloc(1, size > 0 ? size : 1);
	if (memory == NULL) {
		out_of_memory(size);
	}
	return memory;
}

void *os_alloc_array(size_t count, size_t size)
{
	void *memory = calloc(count > 0 ? count : 1, size > 0 ? size : 1);
	if (memory == NULL) {
		out_of_memory(count);
	}
	return memory;
}

void *os_realloc_array(void *old, size_t count, size_t size)
{
	void *memory = reallocarray(old, count > 0 ? count : 1, size > 0 ? size : 1);
	if (memory == NULL) {
		out_of_memory(count);
	}
	return memory;
}

void *os_try_alloc(size_t size)
{
	return must_fail() ? NULL : calloc(1, size > 0 ? size : 1);
}

void *os_try_realloc(void *old, size_t size)
{
	return must_fail() ? NULL : realloc(old, size > 0 ? size : 1);
}

char *os_strdup(const char *text)
{
	return text == NULL ? NULL : os_strndup(text, strlen(text));
}

char *os_strndup(const char *text, size_t length)
{
	if (text == NULL) {
		return NULL;
	}
	length = strnlen(text, length);
	char *copy = os_alloc(length + 1);
	memcpy(copy, text, length);
	return copy;
}

char *os_format(const char *format, ...)
{
	va_list values;
	va_start(values, format);
	char *text = NULL;
	int length = vasprintf(&text, format, values);
	va_end(values);
	if (length < 0) {
		out_of_memory(0);
	}
	return text;
}

void os_free(void *memory)
{
	free(memory);
}

void os_try_alloc_fail_at(uint64_t n)
{
	atomic_store(&s_fail_at, n);
}
