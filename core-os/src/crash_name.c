/* Addresses become names: by binutils' addr2line, which reads debug information, or where there is none
 * by the symbol tables alone. */
#include "crash_walk.h"

#include <errno.h>
#include <fcntl.h>
#include <os/buffer.h>
#include <os/spawn.h>
#include <os/status.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define ADDR2LINE "/usr/bin/addr2line"
#define ADDRESSES_MAX 128
#define WAIT_MS 5000
#define OUTPUT_BYTES (256 * 1024)

/* The frames of one module, in the order in which they are asked for. */
struct question {
	struct walk_frame *frames[ADDRESSES_MAX];
	size_t count;
};

static void collect(struct walk *walk, const struct walk_module *module, struct question *question)
{
	for (size_t t = 0; t < walk->thread_count; t++) {
		struct walk_thread *thread = &walk->threads[t];
		for (size_t i = 0; i < thread->frame_count && question->count < ADDRESSES_MAX;
		     i++) {
			if (thread->frames[i].module == module) {
				question->frames[question->count++] = &thread->frames[i];
			}
		}
	}
}

/* Reads until the end, or as long as we wait at most. */
static void read_answer(int fd, struct os_buffer *text)
{
	struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
	char bytes[4096];
	ssize_t n = 1;
	while (n > 0 && text->length < OUTPUT_BYTES && poll(&poll_fd, 1, WAIT_MS) > 0) {
		n = read(fd, bytes, sizeof(bytes));
		os_buffer_add(text, bytes, n > 0 ? (size_t)n : 0);
	}
}

static void ask(const struct walk_module *module, const struct question *question,
		struct os_buffer *answer)
{
	char addresses[ADDRESSES_MAX][24];
	const char *argv[ADDRESSES_MAX + 6] = {ADDR2LINE, "-f", "-e", module->path};
	for (size_t i = 0; i < question->count; i++) {
		snprintf(addresses[i], sizeof(addresses[i]), "0x%llx",
			 (unsigned long long)question->frames[i]->address);
		argv[4 + i] = addresses[i];
	}
	const char *environment[] = {"LC_ALL=C", NULL};
	int pipe_fds[2];
	pid_t pid = 0;
	if (pipe2(pipe_fds, O_CLOEXEC) < 0) {
		return;
	}
	struct os_spawn_options options = {.struct_size = sizeof(options),
					   .program = ADDR2LINE,
					   .argv = argv,
					   .environment = environment,
					   .log_fd = pipe_fds[1]};
	int result = os_spawn(&options, &pid, NULL, NULL);
	close(pipe_fds[1]);
	if (result == 0) {
		read_answer(pipe_fds[0], answer);
		(void)kill(pid, SIGKILL); /* done, or too slow */
		(void)waitpid(pid, NULL, 0);
	}
	close(pipe_fds[0]);
}

/* "…/build/../core-os/src/loop.c:12 (discriminator 3)" → "core-os/src/loop.c:12" */
static void shorten_place(const char *line, size_t length, char *ret_place, size_t size)
{
	char text[1024];
	snprintf(text, sizeof(text), "%.*s", (int)OS_MIN(length, sizeof(text) - 1), line);
	char *more = strstr(text, " (discriminator");
	if (more != NULL) {
		*more = '\0';
	}
	const char *from = text, *up;
	while ((up = strstr(from, "/../")) != NULL) {
		from = up + 4;
	}
	if (strncmp(text, "??", 2) != 0) {
		snprintf(ret_place, size, "%.250s", strncmp(from, "../", 3) == 0 ? from + 3 : from);
	}
}

/* Past what addr2line says about itself: its complaints are in between. */
static const char *skip_complaints(const char *text)
{
	while (strncmp(text, ADDR2LINE ":", strlen(ADDR2LINE ":")) == 0) {
		text += strcspn(text, "\n");
		text += *text != '\0';
	}
	return text;
}

/* Two lines for each address: the function, and the place; "??" is not known. */
static void take_answer(const char *text, const struct question *question)
{
	for (size_t i = 0; i < question->count && *text != '\0'; i++) {
		struct walk_frame *frame = question->frames[i];
		text = skip_complaints(text);
		size_t length = strcspn(text, "\n");
		if (strncmp(text, "??", 2) != 0) {
			snprintf(frame->function, sizeof(frame->function), "%.*s",
				 (int)OS_MIN(length, 120u), text);
		}
		text += length + (text[length] != '\0');
		text = skip_complaints(text);
		length = strcspn(text, "\n");
		shorten_place(text, length, frame->place, sizeof(frame->place));
		text += length + (text[length] != '\0');
	}
}

static void name_by_symbols(const struct walk_module *module, const struct question *question)
{
	for (size_t i = 0; i < question->count; i++) {
		struct walk_frame *frame = question->frames[i];
		const char *name = frame->function[0] == '\0'
				       ? crash_elf_function(&module->elf, frame->address)
				       : NULL;
		if (name != NULL) {
			snprintf(frame->function, sizeof(frame->function), "%.120s", name);
		}
	}
}

void walk_name(struct walk *walk)
{
	bool has_program = access(ADDR2LINE, X_OK) == 0;
	for (size_t i = 0; i < walk->module_count; i++) {
		struct walk_module *module = &walk->modules[i];
		struct question question = {.count = 0};
		collect(walk, module, &question);
		if (question.count == 0 || module->elf.bytes == NULL) {
			continue;
		}
		struct os_buffer answer = {.limit = 2 * OUTPUT_BYTES};
		if (has_program) {
			ask(module, &question, &answer);
		}
		take_answer(os_buffer_text(&answer), &question);
		name_by_symbols(module, &question);
		os_buffer_finish(&answer);
	}
}
