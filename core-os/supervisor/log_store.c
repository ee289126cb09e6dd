/* Each process writes its lines to a pipe of its own (os/log.h); here they get their process and
 * app, the last ones are kept, and tools that follow get them as they come. */
#include "supervisor.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <os/clock.h>
#include <os/log.h>
#include <os/memory.h>

#define KEPT_BYTES (768 << 10)
#define LINE_BYTES 1024
#define TAIL_LINES 40

struct log_line {
	struct os_list link; /* log_store.lines */
	size_t size;
	struct log_entry *entry;
};

/* --- Keeping --------------------------------------------------------------------------------------------- */

void log_store_init(struct log_store *store)
{
	os_list_init(&store->lines);
	store->bytes = 0;
}

static void drop(struct log_store *store, struct log_line *line)
{
	store->bytes -= line->size;
	os_list_remove(&line->link);
	os_free(line->entry);
	os_free(line);
}

void log_store_finish(struct log_store *store)
{
	while (!os_list_is_empty(&store->lines)) {
		drop(store, OS_CONTAINER_OF(store->lines.next, struct log_line, link));
	}
}

static void send_line(struct client *client, const struct log_entry *entry)
{
	struct os_message message;
	client_event(&message, OS_SUPERVISOR_LOG_LINE);
	os_message_write_i64(&message, entry->wall_us);
	os_message_write_u32(&message, entry->level);
	os_message_write_i32(&message, entry->pid);
	os_message_write_text(&message, entry->role);
	os_message_write_text(&message, entry->app);
	os_message_write_text(&message, entry->category);
	os_message_write_u64(&message, entry->flow);
	os_message_write_text(&message, entry->text);
	client_send(client, &message); /* one that does not read misses lines, and nothing else */
}

/* A board's lines go to its service manager too: "<6>" and its like are sd-daemon(3)'s levels. */
static void print_for_journal(const struct log_entry *entry)
{
	static const char s_priorities[] = {'7', '6', '4', '3'};
	if (entry->level > 0 && entry->level < sizeof(s_priorities)) {
		fprintf(stderr, "<%c>%s (%d): %s\n", s_priorities[entry->level],
		        entry->app[0] != '\0' ? entry->app : entry->role, entry->pid, entry->text);
	}
}

/* Text stands last in an entry: only what there is of it is kept. */
static void keep(struct supervisor *supervisor, const struct log_entry *entry)
{
	struct log_store *store = &supervisor->log;
	size_t size = offsetof(struct log_entry, text) + strlen(entry->text) + 1;
	struct log_line *line = os_alloc(sizeof(*line));
	line->entry = os_alloc(size);
	memcpy(line->entry, entry, size);
	line->size = size + sizeof(*line);
	os_list_append(&store->lines, &line->link);
	store->bytes += line->size;
	while (store->bytes > KEPT_BYTES) {
		drop(store, OS_CONTAINER_OF(store->lines.next, struct log_line, link));
	}
	if (supervisor->is_board) {
		print_for_journal(entry);
	}
	struct client *client;
	os_list_for_each(client, &supervisor->clients, link) {
		if (client->follows_log) {
			send_line(client, entry);
		}
	}
}

void log_say(struct supervisor *supervisor, int level, const char *format, ...)
{
	struct log_entry entry = {.wall_us = os_clock_wall_us(), .pid = (int32_t)getpid()};
	va_list values;
	va_start(values, format);
	vsnprintf(entry.text, sizeof(entry.text), format, values);
	va_end(values);
	os_text_mend(entry.text);
	entry.level = (uint32_t)(strchr("DIWE", level) - "DIWE");
	snprintf(entry.role, sizeof(entry.role), "supervisor");
	snprintf(entry.category, sizeof(entry.category), "supervisor");
	keep(supervisor, &entry);
}

/* --- Reading what came through a pipe ------------------------------------------------------------------------ */

/* "<L> TIME_US CATEGORY FLOW_HEX text"; anything else is text that some library wrote. */
static bool parse(const char *line, struct log_entry *entry)
{
	long long time_us;
	unsigned long long flow;
	char level;
	int text_at = 0;
	if (sscanf(line, "<%c> %lld %63s %llx %n", &level, &time_us, entry->category, &flow,
		   &text_at) != 4 ||
	    text_at == 0 || strchr("DIWE", level) == NULL) {
		return false;
	}
	entry->level = (uint32_t)(strchr("DIWE", level) - "DIWE");
	/* Times are what the process says: none of the future, and none that overflows. */
	int64_t now_us = os_clock_now_us();
	entry->wall_us =
	    os_clock_wall_us() - (now_us - OS_CLAMP((int64_t)time_us, INT64_C(0), now_us));
	entry->flow = flow;
	snprintf(entry->text, sizeof(entry->text), "%s", line + text_at);
	return true;
}

/* Bytes of any kind become text that a message takes. */
static void make_plain(char *text)
{
	for (unsigned char *at = (unsigned char *)text; *at != '\0'; at++) {
		if ((*at < 0x20 && *at != '\t') || *at == 0x7f) {
			*at = '?';
		}
	}
	os_text_mend(text);
}

static void take_line(struct task *task, char *line)
{
	struct log_entry entry = {.pid = (int32_t)task->pid};
	make_plain(line);
	if (line[0] == '\0') {
		return;
	}
	if (!parse(line, &entry)) {
		entry.wall_us = os_clock_wall_us();
		entry.level = OS_LOG_INFO;
		snprintf(entry.category, sizeof(entry.category), "stderr");
		snprintf(entry.text, sizeof(entry.text), "%s", line);
	}
	snprintf(entry.role, sizeof(entry.role), "%s", task_role(task));
	snprintf(entry.app, sizeof(entry.app), "%s", task_app(task));
	keep(task->supervisor, &entry);
}

void log_take_bytes(struct task *task, const char *bytes, size_t length)
{
	struct os_buffer *buffer = &task->log_line;
	for (size_t i = 0; i < length; i++) {
		if (bytes[i] != '\n') {
			os_buffer_add_char(buffer, bytes[i] == '\0' ? '?' : bytes[i]);
		}
		if (bytes[i] == '\n' || buffer->length == LINE_BYTES - 1) {
			log_take_rest(task);
		}
	}
}

void log_take_rest(struct task *task)
{
	if (task->log_line.length > 0) {
		take_line(task, task->log_line.bytes);
		os_buffer_clear(&task->log_line);
	}
}

/* --- For tools and reports ------------------------------------------------------------------------------------------ */

uint32_t log_send_all(struct supervisor *supervisor, struct client *client)
{
	uint32_t count = 0;
	struct log_line *line;
	os_list_for_each(line, &supervisor->log.lines, link) {
		send_line(client, line->entry);
		count++;
	}
	return count;
}

void log_add_tail(struct supervisor *supervisor, pid_t pid, struct os_buffer *text)
{
	const struct log_entry *found[TAIL_LINES];
	size_t count = 0;
	struct log_line *line;
	os_list_for_each_reverse(line, &supervisor->log.lines, link) {
		if (line->entry->pid == pid && count < TAIL_LINES) {
			found[count++] = line->entry;
		}
	}
	while (count > 0) {
		const struct log_entry *entry = found[--count];
		os_buffer_printf(text, "%c %s: %s\n", "DIWE"[entry->level], entry -> category,
				 entry -> text);
	}
}
