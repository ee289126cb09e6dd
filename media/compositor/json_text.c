#include "json_text.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 64
#define NUMBER_MAX 40 /* characters */

struct reader {
	const char *at, *end;
	struct md_affine to_screen;
	struct os_buffer *out;
	bool failed;
};

static bool fail(struct reader *reader)
{
	reader->failed = true;
	return false;
}

static void skip_blanks(struct reader *reader)
{
	while (reader->at < reader->end && strchr(" \t\r\n", *reader->at) != NULL &&
	       *reader->at != '\0') {
		reader->at++;
	}
}

static bool take(struct reader *reader, char c)
{
	skip_blanks(reader);
	if (reader->at < reader->end && *reader->at == c) {
		reader->at++;
		return true;
	}
	return false;
}

/* --- Strings ---------------------------------------------------------------------------------- */

/* Bytes of the UTF-8 sequence at `at`, 0 if it is none. */
static size_t utf8_length(const unsigned char *at, size_t left)
{
	static const struct {
		unsigned char mask, lead;
		uint32_t least;
	} s_kinds[] = {
	    {0x80, 0x00, 0}, {0xe0, 0xc0, 0x80}, {0xf0, 0xe0, 0x800}, {0xf8, 0xf0, 0x10000}};
	for (size_t extra = 0; extra < 4; extra++) {
		if ((at[0] & s_kinds[extra].mask) != s_kinds[extra].lead) {
			continue;
		}
		uint32_t point = at[0] & (unsigned char)~s_kinds[extra].mask;
		if (extra >= left) {
			return 0;
		}
		for (size_t i = 1; i <= extra; i++) {
			if ((at[i] & 0xc0) != 0x80) {
				return 0;
			}
			point = point << 6 | (at[i] & 0x3f);
		}
		bool good = point >= s_kinds[extra].least && point <= 0x10ffff &&
			    (point < 0xd800 || point > 0xdfff);
		return good ? extra + 1 : 0;
	}
	return 0;
}

static bool escape(struct reader *reader)
{
	size_t left = (size_t)(reader->end - reader->at);
	if (left < 2) {
		return fail(reader);
	}
	if (reader->at[1] != 'u') {
		bool known = strchr("\"\\/bfnrt", reader->at[1]) != NULL && reader->at[1] != '\0';
		reader->at += 2;
		return known || fail(reader);
	}
	if (left < 6 || strspn(reader->at + 2, "0123456789abcdefABCDEF") < 4) {
		return fail(reader);
	}
	reader->at += 6;
	return true;
}

/* The text between the quotes is lent. */
static bool string(struct reader *reader, const char **ret_text, size_t *ret_length)
{
	if (!take(reader, '"')) {
		return fail(reader);
	}
	const char *start = reader->at;
	while (reader->at < reader->end && *reader->at != '"') {
		size_t length = utf8_length((const unsigned char *)reader->at,
					    (size_t)(reader->end - reader->at));
		if (length == 0 || (unsigned char)*reader->at < 0x20) {
			return fail(reader);
		}
		if (*reader->at != '\\') {
			reader->at += length;
		} else if (!escape(reader)) {
			return false;
		}
	}
	*ret_text = start;
	*ret_length = (size_t)(reader->at - start);
	return take(reader, '"') || fail(reader);
}

static void add_quoted(struct reader *reader, const char *text, size_t length)
{
	os_buffer_add_char(reader->out, '"');
	os_buffer_add(reader->out, text, length);
	os_buffer_add_char(reader->out, '"');
}

/* --- Numbers and frames ----------------------------------------------------------------------- */

/* JSON's grammar: -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)? */
static bool number(struct reader *reader, double *ret_value)
{
	skip_blanks(reader);
	size_t length = 0, left = (size_t)(reader->end - reader->at);
	char copy[NUMBER_MAX + 1];
	while (length < left && length < NUMBER_MAX &&
	       strchr("+-.0123456789eE", reader->at[length]) != NULL &&
	       reader->at[length] != '\0') {
		copy[length] = reader->at[length];
		length++;
	}
	copy[length] = '\0';
	char *end;
	const char *digits = copy[0] == '-' ? copy + 1 : copy;
	if (digits[0] < '0' || digits[0] > '9' ||
	    (digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9')) {
		return fail(reader);
	}
	*ret_value = strtod(copy, &end);
	if (*end != '\0' || end[-1] < '0' || end[-1] > '9' || !isfinite(*ret_value)) {
		return fail(reader);
	}
	reader->at += length;
	return true;
}

static bool literal(struct reader *reader, const char *word)
{
	size_t length = strlen(word);
	if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, word, length) != 0) {
		return fail(reader);
	}
	reader->at += length;
	os_buffer_add(reader->out, word, length);
	return true;
}

static void add_number(struct os_buffer *out, double value)
{
	/* Two hundredths of a pixel are enough for a finger. */
	value = round(value * 100) / 100;
	os_buffer_printf(out, value == floor(value) ? "%.0f" : "%.2f", value == 0 ? 0.0 : value);
}

static bool frame(struct reader *reader)
{
	double values[4];
	if (!take(reader, '[')) {
		return fail(reader);
	}
	for (int i = 0; i < 4; i++) {
		if ((i > 0 && !take(reader, ',')) || !number(reader, &values[i])) {
			return fail(reader);
		}
	}
	struct md_rect rect = {values[0], values[1], values[2], values[3]};
	json_add_frame(reader->out, md_affine_apply_rect(reader->to_screen, rect));
	return take(reader, ']') || fail(reader);
}

/* --- Values ----------------------------------------------------------------------------------- */

static bool value(struct reader *reader, int depth);

static bool object(struct reader *reader, int depth)
{
	os_buffer_add_char(reader->out, '{');
	for (bool first = true; !take(reader, '}'); first = false) {
		const char *key;
		size_t length;
		if (!first) {
			if (!take(reader, ',')) {
				return fail(reader);
			}
			os_buffer_add_char(reader->out, ',');
		}
		if (!string(reader, &key, &length)) {
			return false;
		}
		add_quoted(reader, key, length);
		os_buffer_add_char(reader->out, ':');
		bool is_frame = length == 5 && memcmp(key, "frame", 5) == 0;
		if (!take(reader, ':') || !(is_frame ? frame(reader) : value(reader, depth + 1))) {
			return fail(reader);
		}
	}
	os_buffer_add_char(reader->out, '}');
	return true;
}

static bool array(struct reader *reader, int depth)
{
	os_buffer_add_char(reader->out, '[');
	for (bool first = true; !take(reader, ']'); first = false) {
		if (!first) {
			if (!take(reader, ',')) {
				return fail(reader);
			}
			os_buffer_add_char(reader->out, ',');
		}
		if (!value(reader, depth + 1)) {
			return false;
		}
	}
	os_buffer_add_char(reader->out, ']');
	return true;
}

static bool value(struct reader *reader, int depth)
{
	skip_blanks(reader);
	if (reader->at == reader->end || depth > DEPTH_MAX) {
		return fail(reader);
	}
	const char *start = reader->at, *text;
	size_t length;
	double ignored;
	switch (*reader->at) {
	case '{':
		reader->at++;
		return object(reader, depth);
	case '[':
		reader->at++;
		return array(reader, depth);
	case '"':
		if (string(reader, &text, &length)) {
			add_quoted(reader, text, length);
		}
		return !reader->failed;
	case 't':
		return literal(reader, "true");
	case 'f':
		return literal(reader, "false");
	case 'n':
		return literal(reader, "null");
	default:
		if (number(reader, &ignored)) {
			os_buffer_add(reader->out, start, (size_t)(reader->at - start));
		}
		return !reader->failed;
	}
}

int json_copy(const char *text, size_t length, struct md_affine to_screen, struct os_buffer *out)
{
	struct os_buffer copy = {0};
	struct reader reader = {
	    .at = text, .end = text + length, .to_screen = to_screen, .out = &copy};
	bool good = value(&reader, 0);
	skip_blanks(&reader);
	good = good && reader.at == reader.end && !copy.failed;
	if (good) {
		os_buffer_add(out, copy.bytes, copy.length);
	}
	os_buffer_finish(&copy);
	return good ? 0 : -EBADMSG;
}

void json_add_string(struct os_buffer *out, const char *text)
{
	os_buffer_add_char(out, '"');
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;
		if (c == '"' || c == '\\') {
			os_buffer_printf(out, "\\%c", c);
		} else if (c < 0x20) {
			os_buffer_printf(out, "\\u%04x", c);
		} else {
			os_buffer_add_char(out, (char)c);
		}
	}
	os_buffer_add_char(out, '"');
}

void json_add_frame(struct os_buffer *out, struct md_rect frame)
{
	const double values[] = {frame.x, frame.y, frame.width, frame.height};
	for (int i = 0; i < 4; i++) {
		os_buffer_add_char(out, i == 0 ? '[' : ',');
		add_number(out, values[i]);
	}
	os_buffer_add_char(out, ']');
}
