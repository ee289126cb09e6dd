#include "script.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <os/buffer.h>
#include <os/memory.h>

#include "script_lex.h"

/* Where in a line the parser is. */
struct reader {
	const struct script_words *words;
	int next;
	const char *where; /* "FILE:LINE", or the command's name when a shell gave it */
	struct os_error *error;
};

static const struct script_word *peek(const struct reader *reader)
{
	return reader->next < reader->words->count ? &reader->words->words[reader->next] : NULL;
}

static int wanted(struct reader *reader, const char *what)
{
	const struct script_word *seen = peek(reader);
	if (!seen) {
		return os_error_set(reader->error, -EBADMSG, "%s: expected %s: end of line",
				    reader->where, what);
	}
	const char *quote = seen->quoted ? "\"" : "";
	return os_error_set(reader->error, -EBADMSG, "%s: expected %s: %s%.60s%s", reader->where,
			    what, quote, seen->text, quote);
}

static bool is_number(const struct script_word *word)
{
	if (!word || word->quoted || !word->text[0]) {
		return false;
	}
	const char *text = word->text + (word->text[0] == '-');
	return text[strspn(text, "0123456789.")] == '\0' && strpbrk(text, "0123456789") != NULL;
}

static int read_number(struct reader *reader, const char *what, double least, double most,
		       double *ret)
{
	const struct script_word *word = peek(reader);
	char *end = NULL;
	double number = is_number(word) ? strtod(word->text, &end) : NAN;
	if (!end || *end || !(number >= least && number <= most)) {
		return wanted(reader, what);
	}
	reader->next++;
	*ret = number;
	return 0;
}

static int read_point(struct reader *reader, double *ret_x, double *ret_y)
{
	int result = read_number(reader, "X in points", -SCRIPT_MAX_POINT, SCRIPT_MAX_POINT, ret_x);
	if (result == 0) {
		result =
		    read_number(reader, "Y in points", -SCRIPT_MAX_POINT, SCRIPT_MAX_POINT, ret_y);
	}
	return result;
}

/* Milliseconds; `otherwise` when the line ends here or goes on with something else. */
static int read_ms(struct reader *reader, int64_t otherwise_ms, int64_t *ret_us)
{
	double ms = (double)otherwise_ms;
	if (otherwise_ms < 0 || is_number(peek(reader))) {
		int result = read_number(reader, "a time in ms", 0,
					 (double)SCRIPT_MAX_DURATION_US / 1000, &ms);
		if (result < 0) {
			return result;
		}
	}
	*ret_us = (int64_t)llround(ms * 1000);
	return 0;
}

static bool take_word(struct reader *reader, const char *text)
{
	const struct script_word *word = peek(reader);
	if (!word || word->quoted || strcmp(word->text, text) != 0) {
		return false;
	}
	reader->next++;
	return true;
}

static int read_text(struct reader *reader, const char *what, char **ret_text)
{
	const struct script_word *word = peek(reader);
	if (!word || (!word->quoted && !word->from_shell)) {
		return wanted(reader, what);
	}
	reader->next++;
	*ret_text = os_strdup(word->text);
	return 0;
}

/* [2] behind a name. */
static int read_index(struct reader *reader, int *ret_index)
{
	const struct script_word *word = peek(reader);
	if (!word || word->quoted || word->text[0] != '[') {
		return 0;
	}
	char *end;
	long index = strtol(word->text + 1, &end, 10);
	if (end == word->text + 1 || strcmp(end, "]") != 0 || index < 1 || index > 9999) {
		return wanted(reader, "[N], counted from 1");
	}
	reader->next++;
	*ret_index = (int)index;
	return 0;
}

/* "x", "x" [2], "x" in "Alert", #id. */
static int read_name(struct reader *reader, const char *what, bool may_be_in,
		     struct script_name *name)
{
	const struct script_word *word = peek(reader);
	if (word && !word->quoted && word->text[0] == '#' && word->text[1]) {
		name->by_id = true;
		name->label = os_strdup(word->text + 1);
		reader->next++;
		return 0;
	}
	int result = read_text(reader, what, &name->label);
	if (result == 0) {
		result = read_index(reader, &name->index);
	}
	if (result == 0 && may_be_in && take_word(reader, "in")) {
		result = read_text(reader, "a name in quotes after `in`", &name->within);
	}
	return result;
}

static int read_target(struct reader *reader, struct script_target *target)
{
	const struct script_word *word = peek(reader);
	bool point = is_number(word);
	if (point && word->from_shell) {
		/* From a shell, `tap 7` is the key called 7, and `tap 7 40` is a point. */
		point = reader->next + 1 < reader->words->count && is_number(word + 1);
	}
	if (point) {
		return read_point(reader, &target->x, &target->y);
	}
	target->has_name = true;
	return read_name(reader, "X Y, a name in quotes, or #id", true, &target->name);
}

/* --- One function for each shape of command --------------------------------------------------- */

typedef int (*parse_fn)(struct reader *reader, struct script_command *command);

static int parse_nothing(struct reader *reader, struct script_command *command)
{
	return 0;
}

static int parse_wait(struct reader *reader, struct script_command *command)
{
	return read_ms(reader, -1, &command->duration_us);
}

static int parse_tap(struct reader *reader, struct script_command *command)
{
	return read_target(reader, &command->from);
}

static int parse_hold(struct reader *reader, struct script_command *command)
{
	int result = read_target(reader, &command->from);
	return result < 0 ? result : read_ms(reader, 600, &command->duration_us);
}

static int parse_drag(struct reader *reader, struct script_command *command)
{
	int result = read_target(reader, &command->from);
	if (result == 0) {
		result = read_target(reader, &command->to);
	}
	if (result == 0) {
		result = read_ms(reader, 300, &command->duration_us);
	}
	command->has_to = true;
	command->hold = result == 0 && take_word(reader, "hold");
	return result;
}

static int parse_swipe(struct reader *reader, struct script_command *command)
{
	static const char *const s_names[] = {"left", "right", "up", "down"};
	for (size_t i = 0; i < OS_ARRAY_LEN(s_names); i++) {
		if (!take_word(reader, s_names[i])) {
			continue;
		}
		command->direction = (enum script_direction)i;
		if (!take_word(reader, "on")) {
			return 0;
		}
		command->from.has_name = true;
		return read_name(reader, "a name in quotes after `on`", true, &command->from.name);
	}
	return wanted(reader, "left, right, up or down");
}

static int read_finger(struct reader *reader, struct script_command *command)
{
	double finger = 0;
	int result = read_number(reader, "a finger from 0 to 9", 0, SCRIPT_FINGERS - 1, &finger);
	if (result == 0 && finger != floor(finger)) {
		reader->next--;
		return wanted(reader, "a finger from 0 to 9");
	}
	command->finger = (int)finger;
	return result;
}

static int parse_finger(struct reader *reader, struct script_command *command)
{
	return read_finger(reader, command);
}

static int parse_down(struct reader *reader, struct script_command *command)
{
	int result = read_finger(reader, command);
	return result < 0 ? result : read_point(reader, &command->from.x, &command->from.y);
}

static int parse_move(struct reader *reader, struct script_command *command)
{
	int result = parse_down(reader, command);
	return result < 0 ? result : read_ms(reader, 0, &command->duration_us);
}

static int parse_type(struct reader *reader, struct script_command *command)
{
	return read_text(reader, "a text in quotes", &command->text);
}

static int parse_key(struct reader *reader, struct script_command *command)
{
	const struct script_word *word = peek(reader);
	if (!word || !word->text[0]) {
		return wanted(reader, "a key: home, lock, back, return, ctrl+z, …");
	}
	reader->next++;
	command->text = os_strdup(word->text);
	return 0;
}

static int parse_expect(struct reader *reader, struct script_command *command)
{
	command->from.has_name = true;
	return read_name(reader, "a name in quotes", true, &command->from.name);
}

static int parse_expect_value(struct reader *reader, struct script_command *command)
{
	int result = parse_expect(reader, command);
	return result < 0 ? result : read_text(reader, "a value in quotes", &command->text);
}

static int parse_scroll_to(struct reader *reader, struct script_command *command)
{
	command->from.has_name = true;
	int result = read_name(reader, "a name in quotes", false, &command->from.name);
	if (result == 0 && take_word(reader, "in")) {
		command->has_to = true;
		command->to.has_name = true;
		result = read_name(reader, "a list's name in quotes after `in`", false,
				   &command->to.name);
	}
	return result;
}

static int parse_file(struct reader *reader, struct script_command *command)
{
	const struct script_word *word = peek(reader);
	if (!word || !word->text[0]) {
		return wanted(reader, "a file's name");
	}
	reader->next++;
	command->text = os_strdup(word->text);
	return 0;
}

/* "shown": by the renderer that draws the frames; else pictures are drawn by `soft`. */
static int parse_screenshot(struct reader *reader, struct script_command *command)
{
	int result = parse_file(reader, command);
	command->shown = result == 0 && take_word(reader, "shown");
	return result;
}

static const struct {
	const char *name;
	parse_fn parse;
} s_kinds[SCRIPT_KINDS] = {
    [SCRIPT_WAIT] = {"wait", parse_wait},
    [SCRIPT_TAP] = {"tap", parse_tap},
    [SCRIPT_DOUBLE_TAP] = {"double-tap", parse_tap},
    [SCRIPT_HOLD] = {"hold", parse_hold},
    [SCRIPT_DRAG] = {"drag", parse_drag},
    [SCRIPT_SWIPE] = {"swipe", parse_swipe},
    [SCRIPT_DOWN] = {"down", parse_down},
    [SCRIPT_MOVE] = {"move", parse_move},
    [SCRIPT_UP] = {"up", parse_finger},
    [SCRIPT_CANCEL] = {"cancel", parse_finger},
    [SCRIPT_TYPE] = {"type", parse_type},
    [SCRIPT_KEY] = {"key", parse_key},
    [SCRIPT_EXPECT] = {"expect", parse_expect},
    [SCRIPT_EXPECT_NOT] = {"expect-not", parse_expect},
    [SCRIPT_EXPECT_VALUE] = {"expect-value", parse_expect_value},
    [SCRIPT_SCROLL_TO] = {"scroll-to", parse_scroll_to},
    [SCRIPT_SETTLE] = {"settle", parse_nothing},
    [SCRIPT_SCREENSHOT] = {"screenshot", parse_screenshot},
    [SCRIPT_TREE] = {"tree", parse_file},
};

const char *script_kind_name(enum script_kind kind)
{
	return s_kinds[kind].name;
}

/* --- Scripts ---------------------------------------------------------------------------------- */

static void command_finish(struct script_command *command)
{
	struct script_target *targets[] = {&command->from, &command->to};
	for (size_t i = 0; i < OS_ARRAY_LEN(targets); i++) {
		os_free(targets[i]->name.label);
		os_free(targets[i]->name.within);
	}
	os_free(command->text);
	os_free(command->source);
}

struct script *script_release(struct script *script)
{
	if (!script) {
		return NULL;
	}
	for (size_t i = 0; i < script->count; i++) {
		command_finish(&script->commands[i]);
	}
	os_free(script->commands);
	os_free(script->file);
	os_free(script);
	return NULL;
}

static int parse_words(struct script *script, const struct script_words *words, const char *where,
		       struct script_command *command, struct os_error *ret_error)
{
	struct reader reader = {.words = words, .where = where, .error = ret_error};
	for (size_t kind = 0; kind < SCRIPT_KINDS; kind++) {
		if (!take_word(&reader, s_kinds[kind].name)) {
			continue;
		}
		command->kind = (enum script_kind)kind;
		int result = s_kinds[kind].parse(&reader, command);
		return result == 0 && peek(&reader) ? wanted(&reader, "the end of the line")
						    : result;
	}
	return wanted(&reader, "a command of finger scripts");
}

static int add_command(struct script *script, const struct script_words *words, const char *where,
		       int line, char *source, struct os_error *ret_error)
{
	script->commands =
	    os_realloc_array(script->commands, script->count + 1, sizeof(struct script_command));
	struct script_command *command = &script->commands[script->count++];
	*command = (struct script_command){.line = line, .source = source};
	return parse_words(script, words, where, command, ret_error);
}

static int parse_line(struct script *script, const char *line, size_t length, int number,
		      struct os_error *ret_error)
{
	struct script_words words = {0};
	char *where = os_format("%s:%d", script->file, number);
	int result = script_lex(line, length, where, &words, ret_error);
	if (result == 0 && words.count > 0) {
		while (length > 0 && strchr(" \t\r", line[length - 1])) {
			length--;
		}
		size_t blanks = 0;
		while (blanks < length && (line[blanks] == ' ' || line[blanks] == '\t')) {
			blanks++;
		}
		result = add_command(script, &words, where, number,
				     os_strndup(line + blanks, length - blanks), ret_error);
	}
	script_words_finish(&words);
	os_free(where);
	return result;
}

int script_parse(const char *bytes, size_t length, const char *file, struct script **ret_script,
		 struct os_error *ret_error)
{
	if (length > SCRIPT_MAX_BYTES) {
		return os_error_set(ret_error, -EFBIG, "%s: expected a script of at most 1 MiB",
				    file);
	}
	if (length > 0 && memchr(bytes, '\0', length)) {
		return os_error_set(ret_error, -EBADMSG, "%s: expected a text: it has a zero byte",
				    file);
	}
	struct script *script = os_alloc(sizeof(*script));
	script->file = os_strdup(file);
	int number = 1;
	for (size_t at = 0; at < length; number++) {
		const char *end = memchr(bytes + at, '\n', length - at);
		size_t line = end ? (size_t)(end - (bytes + at)) : length - at;
		int result = parse_line(script, bytes + at, line, number, ret_error);
		if (result < 0) {
			script_release(script);
			return result;
		}
		at += line + 1;
	}
	*ret_script = script;
	return 0;
}

int script_parse_words(char *const *words, int count, struct script **ret_script,
		       struct os_error *ret_error)
{
	struct script_words cut;
	int result = script_lex_shell(words, count, &cut, ret_error);
	if (result < 0) {
		return result;
	}
	struct script *script = os_alloc(sizeof(*script));
	struct os_buffer source = {0};
	for (int i = 0; i < count; i++) {
		os_buffer_printf(&source, "%s%s", i ? " " : "", words[i]);
	}
	result = add_command(script, &cut, words[0], 1, os_buffer_take(&source), ret_error);
	script_words_finish(&cut);
	if (result < 0) {
		script_release(script);
		return result;
	}
	*ret_script = script;
	return 0;
}

void script_name_print(const struct script_name *name, struct os_buffer *text)
{
	if (name->by_id) {
		os_buffer_printf(text, "#%s", name->label);
		return;
	}
	os_buffer_printf(text, "\"%s\"", name->label);
	if (name->index) {
		os_buffer_printf(text, " [%d]", name->index);
	}
	if (name->within) {
		os_buffer_printf(text, " in \"%s\"", name->within);
	}
}
