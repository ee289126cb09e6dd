#include <os/log.h>

#include <os/clock.h>
#include <os/trace.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LINE_MAX_BYTES 1024

static _Atomic int s_least = OS_LOG_INFO;

void os_log_set_level(enum os_log_level least)
{
	atomic_store(&s_least, (int)least);
}

bool os_log_enabled(enum os_log_level level)
{
	return (int)level >= atomic_load_explicit(&s_least, memory_order_relaxed);
}

/* One line stays one line, and carries nothing that a terminal would obey. */
static void flatten(char *text)
{
	for (; *text != '\0'; text++) {
		if ((unsigned char)*text < ' ' || *text == 127) {
			*text = ' ';
		}
	}
}

/* Where to cut so that no UTF-8 character is cut: at most `length`, never within a sequence. */
static size_t cut_at(const char *text, size_t length)
{
	while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80) {
		length--;
	}
	return length;
}

void os_log_write(enum os_log_level level, const char *category, const char *format, ...)
{
	if (!os_log_enabled(level)) {
		return;
	}
	char text[2 * LINE_MAX_BYTES], line[LINE_MAX_BYTES];
	va_list values;
	va_start(values, format);
	vsnprintf(text, sizeof(text), format, values);
	va_end(values);
	flatten(text);

	int head = 0;
	if (!isatty(STDERR_FILENO)) {
		head = snprintf(line, sizeof(line) / 2, "<%c> %lld %s %llx ", "DIWE"[level],
				(long long)os_clock_now_us(), category,
				(unsigned long long)os_flow_current());
		head = OS_MIN(head, (int)sizeof(line) / 2 - 1);
	}
	size_t room = sizeof(line) - (size_t)head - 1, length = strlen(text);
	length = length > room ? cut_at(text, room) : length;
	memcpy(line + head, text, length);
	line[(size_t)head + length] = '\n';
	OS_UNUSED ssize_t written = write(STDERR_FILENO, line, (size_t)head + length + 1);
}
