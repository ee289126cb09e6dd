#include "script_lex.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <os/buffer.h>
#include <os/memory.h>

static void add_word(struct script_words *words, char *text, bool quoted)
{
	words->words = os_realloc_array(words->words, words->count + 1, sizeof(struct script_word));
	words->words[words->count++] = (struct script_word){.text = text, .quoted = quoted};
}

void script_words_finish(struct script_words *words)
{
	for (int i = 0; i < words->count; i++) {
		os_free(words->words[i].text);
	}
	os_free(words->words);
	*words = (struct script_words){0};
}

static void add_utf8(struct os_buffer *text, uint32_t code)
{
	if (code < 0x80) {
		os_buffer_add_char(text, (char)code);
	} else if (code < 0x800) {
		os_buffer_add_char(text, (char)(0xC0 | code >> 6));
		os_buffer_add_char(text, (char)(0x80 | (code & 0x3F)));
	} else if (code < 0x10000) {
		os_buffer_add_char(text, (char)(0xE0 | code >> 12));
		os_buffer_add_char(text, (char)(0x80 | (code >> 6 & 0x3F)));
		os_buffer_add_char(text, (char)(0x80 | (code & 0x3F)));
	} else {
		os_buffer_add_char(text, (char)(0xF0 | code >> 18));
		os_buffer_add_char(text, (char)(0x80 | (code >> 12 & 0x3F)));
		os_buffer_add_char(text, (char)(0x80 | (code >> 6 & 0x3F)));
		os_buffer_add_char(text, (char)(0x80 | (code & 0x3F)));
	}
}

/* Reads {1F600} at *at. -EBADMSG if it is not a character's number in braces. */
static int read_code(const char *line, size_t length, size_t *at, struct os_buffer *text)
{
	size_t i = *at;
	uint32_t code = 0;
	int digits = 0;
	if (i >= length || line[i] != '{') {
		return -EBADMSG;
	}
	for (i++; i < length && line[i] != '}'; i++, digits++) {
		char c = line[i];
		uint32_t digit = 0;
		if (c >= '0' && c <= '9') {
			digit = (uint32_t)(c - '0');
		} else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
			digit = (uint32_t)((c | 0x20) - 'a' + 10);
		} else {
			return -EBADMSG;
		}
		code = code << 4 | digit;
		if (code > 0x10FFFF) {
			return -EBADMSG;
		}
	}
	if (i >= length || digits == 0 || code == 0 || (code >= 0xD800 && code <= 0xDFFF)) {
		return -EBADMSG;
	}
	add_utf8(text, code);
	*at = i + 1;
	return 0;
}

/* Reads a text whose opening quote is before *at; leaves *at behind the closing one. */
static int read_quoted(const char *line, size_t length, const char *where, size_t *at,
		       struct os_buffer *text, struct os_error *ret_error)
{
	for (size_t i = *at; i < length;) {
		char c = line[i++];
		if (c == '"') {
			*at = i;
			return 0;
		}
		if (c != '\\' || i >= length) {
			os_buffer_add_char(text, c);
			continue;
		}
		char escaped = line[i];
		if (escaped == '"' || escaped == '\\') {
			os_buffer_add_char(text, escaped);
			i++;
		} else if (escaped == 'n' || escaped == 't') {
			os_buffer_add_char(text, escaped == 'n' ? '\n' : '\t');
			i++;
		} else if (escaped == 'u') {
			i++;
			if (read_code(line, length, &i, text) < 0) {
				return os_error_set(
				    ret_error, -EBADMSG,
				    "%s: expected \\u{1F600}, a character's number in braces",
				    where);
			}
		} else {
			os_buffer_add_char(text, c); /* any other backslash is itself */
		}
	}
	return os_error_set(ret_error, -EBADMSG,
			    "%s: expected \" at the end of a text: end of line", where);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static bool begins_comment(const char *line, size_t length, size_t at)
{
	if (line[at] != '#') {
		return false;
	}
	return at == 0 || at + 1 >= length || is_blank(line[at + 1]) || line[at + 1] == '#';
}

int script_lex(const char *line, size_t length, const char *where, struct script_words *ret_words,
	       struct os_error *ret_error)
{
	struct script_words words = {0};
	size_t at = 0;
	int result = 0;
	while (result == 0) {
		while (at < length && is_blank(line[at])) {
			at++;
		}
		if (at >= length || begins_comment(line, length, at) ||
		    (words.count == 0 && line[at] == '#')) {
			break;
		}
		struct os_buffer text = {0};
		bool quoted = line[at] == '"';
		if (quoted) {
			at++;
			result = read_quoted(line, length, where, &at, &text, ret_error);
		} else {
			size_t end = at;
			while (end < length && !is_blank(line[end]) && line[end] != '"') {
				end++;
			}
			os_buffer_add(&text, line + at, end - at);
			at = end;
		}
		add_word(&words, os_buffer_take(&text), quoted);
	}
	if (result < 0) {
		script_words_finish(&words);
		return result;
	}
	*ret_words = words;
	return 0;
}

int script_lex_shell(char *const *shell, int count, struct script_words *ret_words,
		     struct os_error *ret_error)
{
	struct script_words words = {0};
	for (int i = 0; i < count; i++) {
		size_t length = strlen(shell[i]);
		if (i > 0 && length >= 2 && shell[i][0] == '"' && shell[i][length - 1] == '"') {
			struct os_buffer text = {0};
			size_t at = 1;
			int result = read_quoted(shell[i], length, shell[0], &at, &text, ret_error);
			add_word(&words, os_buffer_take(&text), true);
			if (result < 0) {
				script_words_finish(&words);
				return result;
			}
		} else {
			add_word(&words, os_strdup(shell[i]), false);
			words.words[words.count - 1].from_shell = true;
		}
	}
	*ret_words = words;
	return 0;
}
