#include <os/crash.h>

#include "crash_walk.h"

#include <errno.h>
#include <os/memory.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static const char *signal_words(int number)
{
	static const struct {
		int number;
		const char *words;
	} signals[] = {
	    {SIGSEGV, "segmentation fault"},
	    {SIGBUS, "bus error"},
	    {SIGILL, "illegal instruction"},
	    {SIGFPE, "arithmetic error"},
	    {SIGABRT, "it aborted"},
	    {SIGTRAP, "a breakpoint"},
	    {SIGSYS, "a forbidden system call"},
	};
	for (size_t i = 0; i < OS_ARRAY_LEN(signals); i++) {
		if (signals[i].number == number) {
			return signals[i].words;
		}
	}
	return "a signal";
}

static void describe_cause(const struct crash_header *header, struct os_buffer *text)
{
	if (header->kind == CRASH_HANG) {
		os_buffer_add_text(text, "what it was doing while it did not answer\n");
		return;
	}
	os_buffer_printf(text, "stopped by signal %d, %s", header->signal_number,
			 signal_words(header->signal_number));
	if (header->code <= 0 && header->signal_number != SIGABRT) {
		os_buffer_add_text(text, ", which somebody sent");
	} else if (header->signal_number == SIGSEGV || header->signal_number == SIGBUS) {
		os_buffer_printf(text, ", at address 0x%llx", (unsigned long long)header->address);
	}
	os_buffer_add_char(text, '\n');
}

static void describe_frame(const struct walk_frame *frame, size_t index, struct os_buffer *text)
{
	if (frame->module == NULL) {
		os_buffer_printf(text, "%3zu  0x%llx\n", index, (unsigned long long)frame->pc);
		return;
	}
	const char *slash = strrchr(frame->module->path, '/');
	const char *name = slash != NULL ? slash + 1 : frame->module->path;
	os_buffer_printf(text, "%3zu  %-32s %-40s (%s+0x%llx%s)\n", index,
			 frame->function[0] != '\0' ? frame->function : "?",
			 frame->place[0] != '\0' ? frame->place : "-", name,
			 (unsigned long long)frame->address,
			 frame->module->changed ? ", the file has changed since" : "");
}

static void describe(const struct walk *walk, struct os_buffer *text)
{
	describe_cause(&walk->header, text);
	for (size_t t = 0; t < walk->thread_count; t++) {
		const struct walk_thread *thread = &walk->threads[t];
		os_buffer_printf(text, "thread %d \"", thread->start.tid);
		for (const char *c = thread->start.name; *c != '\0'; c++) {
			os_buffer_add_char(text, *c >= ' ' && *c < 0x7f ? *c : '?');
		}
		os_buffer_add_text(text, "\"\n");
		for (size_t i = 0; i < thread->frame_count; i++) {
			describe_frame(&thread->frames[i], i, text);
		}
	}
	if (walk->damaged) {
		os_buffer_add_text(text, "the record ends early\n");
	}
}

bool os_crash_has_record(int record_fd)
{
	uint32_t magic = 0;
	return pread(record_fd, &magic, sizeof(magic), 0) == (ssize_t)sizeof(magic) &&
	       magic == CRASH_MAGIC;
}

int os_crash_describe(int record_fd, const struct os_crash_place *places, size_t place_count,
		      struct os_buffer *text)
{
	if (!os_crash_has_record(record_fd)) {
		return -ENODATA;
	}
	/* A copy: the process that writes it may still be there. */
	uint8_t *bytes = os_try_alloc(OS_CRASH_RECORD_BYTES);
	if (bytes == NULL) {
		return -ENOMEM;
	}
	ssize_t n = pread(record_fd, bytes, OS_CRASH_RECORD_BYTES, 0);
	const struct crash_view view = {bytes, n > 0 ? (size_t)n : 0};
	struct walk *walk = walk_create(&view, places, place_count);
	int result = walk == NULL || walk->damaged ? -EINVAL : 0;
	if (walk != NULL) {
		walk_name(walk);
		describe(walk, text);
	}
	walk_release(walk);
	os_free(bytes);
	return result;
}
