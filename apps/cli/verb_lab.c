/* Labs: a reader writes down what they expect, and the running system says what is so. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include <os/file.h>
#include <os/memory.h>

#include "cli.h"
#include "session.h"
#include "way.h"

#define MAX_ANSWERS_BYTES 65536

/* The truth about one question, from the last finger's way. */
typedef void (*truth_fn)(const struct rings *rings, const struct way *way, struct os_buffer *truth);

static void add_once(struct os_buffer *list, const char *word)
{
	size_t length = strlen(word);
	for (const char *at = os_buffer_text(list); *at; at += strcspn(at, " ")) {
		at += *at == ' ';
		if (strcspn(at, " ") == length && strncmp(at, word, length) == 0) {
			return;
		}
	}
	os_buffer_printf(list, "%s%s", list->length ? " " : "", word);
}

static void find_processes(const struct rings *rings, const struct way *way,
			   struct os_buffer *truth)
{
	for (int i = 0; i < way->count; i++) {
		if (!way->hops[i].wait[0]) {
			add_once(truth, rings->processes[way->hops[i].process].name);
		}
	}
}

static void find_layers(const struct rings *rings, const struct way *way, struct os_buffer *truth)
{
	for (int i = 0; i < way->count; i++) {
		if (!way->hops[i].wait[0]) {
			add_once(truth, way->hops[i].event->layer);
		}
	}
}

static const struct way_hop *longest(const struct way *way, bool wait)
{
	const struct way_hop *found = NULL;
	for (int i = 0; i < way->count; i++) {
		const struct way_hop *hop = &way->hops[i];
		if ((hop->wait[0] != '\0') == wait && (!found || hop->us > found->us)) {
			found = hop;
		}
	}
	return found;
}

static void find_function(const struct rings *rings, const struct way *way, struct os_buffer *truth)
{
	const struct way_hop *hop = longest(way, false);
	os_buffer_add_text(truth, hop ? hop->event->function : "none");
}

static void find_wait(const struct rings *rings, const struct way *way, struct os_buffer *truth)
{
	const struct way_hop *hop = longest(way, true);
	const char *last = hop ? strrchr(hop->wait, ' ') : NULL;
	bool wakes = last && strcmp(last, " wake") == 0;
	os_buffer_add_text(truth, wakes ? "process" : last ? last + 1 : "none");
}

static void find_end(const struct rings *rings, const struct way *way, struct os_buffer *truth)
{
	os_buffer_add_text(truth, way->hops[way->count - 1].event->what);
}

static const struct {
	const char *name, *question;
	truth_fn find;
} s_questions[] = {
    {"processes", "which processes the finger passes, in order of their first hop", find_processes},
    {"layers", "which layers, in the same way, by the names of their folders", find_layers},
    {"function", "the function that works longest", find_function},
    {"wait", "what the longest wait is for: finger, frame, display, process, or none", find_wait},
    {"end", "what the last hop does", find_end},
};

/* What stands behind "NAME:" in the text, NULL if there is no such line. */
static const char *find_line(const char *text, const char *name)
{
	size_t length = strlen(name);
	for (const char *line = text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (strncmp(line, name, length) == 0 && line[length] == ':') {
			return line + length + 1;
		}
	}
	return NULL;
}

/* The words of an answer with one blank between them. */
static void read_answer(const char *text, const char *name, struct os_buffer *answer)
{
	const char *between = " \t\r,()";
	const char *at = find_line(text, name);
	size_t left = at ? strcspn(at, "\n") : 0;
	while (left > 0) {
		size_t skipped = OS_MIN(strspn(at, between), left);
		at += skipped;
		left -= skipped;
		size_t length = OS_MIN(strcspn(at, between), left);
		if (length > 0) {
			os_buffer_printf(answer, "%s%.*s", answer->length ? " " : "", (int)length,
					 at);
		}
		at += length;
		left -= length;
	}
}

static int write_questions(const char *path)
{
	struct os_buffer text = {0};
	os_buffer_add_text(
	    &text, "# Lab 1: write behind each colon what you expect, then tap a row of Notes,\n"
		   "# then run `strata lab 1` again.\n");
	for (size_t i = 0; i < OS_ARRAY_LEN(s_questions); i++) {
		os_buffer_printf(&text, "\n# %s\n%s: \n", s_questions[i].question,
				 s_questions[i].name);
	}
	int result = os_file_write_atomic(AT_FDCWD, path, text.bytes, text.length);
	os_buffer_finish(&text);
	if (result < 0) {
		return cli_fail(CLI_FAILED, "%s cannot be written: %s", path,
				os_status_text(result));
	}
	fprintf(
	    stderr,
	    "strata: the questions are in %s; docs/labs/01-one-finger.md tells what it is about\n",
	    path);
	return CLI_DONE;
}

static int check(const struct rings *rings, const struct way *way, const char *text)
{
	struct os_buffer out = {0};
	int right = 0;
	for (size_t i = 0; i < OS_ARRAY_LEN(s_questions); i++) {
		struct os_buffer truth = {0}, answer = {0};
		s_questions[i].find(rings, way, &truth);
		read_answer(text, s_questions[i].name, &answer);
		bool same = strcasecmp(os_buffer_text(&truth), os_buffer_text(&answer)) == 0;
		right += same;
		os_buffer_printf(&out, "%-10s %-6s %s", s_questions[i].name, same ? "right" : "no",
				 os_buffer_text(&truth));
		if (!same) {
			os_buffer_printf(&out, "   (you wrote: %s)",
					 answer.length ? answer.bytes : "nothing");
		}
		os_buffer_add_char(&out, '\n');
		os_buffer_finish(&truth);
		os_buffer_finish(&answer);
	}
	os_buffer_printf(&out, "%d of %zu", right, OS_ARRAY_LEN(s_questions));
	int code = cli_print(&out);
	return right == (int)OS_ARRAY_LEN(s_questions) ? code : CLI_FAILED;
}

static int check_file(struct cli *cli, const char *path)
{
	struct os_buffer text = {0};
	int result = os_file_read(AT_FDCWD, path, MAX_ANSWERS_BYTES, &text);
	if (result < 0) {
		return cli_fail(CLI_FAILED, "%s: %s", path, os_status_text(result));
	}
	struct rings rings;
	struct way way;
	int code;
	result = rings_read(cli, &rings);
	if (result < 0) {
		code = cli_call_failed(cli, "lab", result);
	} else if (way_find(&rings, &way) < 0) {
		code = cli_fail(CLI_FAILED,
				"no finger has touched the screen yet: tap something first");
		rings_finish(&rings);
	} else {
		code = check(&rings, &way, os_buffer_text(&text));
		way_finish(&way);
		rings_finish(&rings);
	}
	os_buffer_finish(&text);
	return code;
}

static int run(struct cli *cli)
{
	if (strcmp(cli->arguments[0], "1") != 0) {
		return cli_usage(cli, "there is lab 1");
	}
	const char *path = cli->argument_count > 1 ? cli->arguments[1] : "lab-1.txt";
	return access(path, F_OK) < 0 ? write_questions(path) : check_file(cli, path);
}

const struct cli_verb cli_verb_lab = {
    .name = "lab",
    .arguments = "1 [FILE]",
    .summary = "checks a lab's answers against the running system",
    .help = "The answers are in FILE, lab-1.txt unless said otherwise; without it, it is made with "
	    "the\n"
	    "questions in it. The exit code is 0 when all answers are right.",
    .least = 1,
    .most = 2,
    .run = run};
