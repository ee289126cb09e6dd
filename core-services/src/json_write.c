#include <cs/value.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void write_string(const char *text, struct os_buffer *out)
{
	os_buffer_add_char(out, '"');
	for (const char *at = text; *at != '\0'; at++) {
		unsigned char c = (unsigned char)*at;
		if (c == '"' || c == '\\') {
			os_buffer_add_char(out, '\\');
			os_buffer_add_char(out, (char)c);
		} else if (c == '\n') {
			os_buffer_add_text(out, "\\n");
		} else if (c == '\t') {
			os_buffer_add_text(out, "\\t");
		} else if (c < 0x20 || c == 0x7f) {
			os_buffer_printf(out, "\\u%04x", c);
		} else {
			os_buffer_add_char(out, (char)c);
		}
	}
	os_buffer_add_char(out, '"');
}

/* The shortest of 15 to 17 digits that reads back as the same number: 1.1 stays 1.1. A program's
 * locale may print a comma. */
static void write_double(double real, struct os_buffer *out)
{
	char text[40];
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, real);
		if (strtod(text, NULL) == real) {
			break;
		}
	}
	char *comma = strchr(text, ',');
	if (comma != NULL) {
		*comma = '.';
	}
	os_buffer_add_text(out, text);
	if (strpbrk(text, ".e") == NULL) {
		os_buffer_add_text(out, ".0");
	}
}

static void write_line_break(enum cs_write_style style, int depth, struct os_buffer *out)
{
	if (style == CS_WRITE_COMPACT) {
		return;
	}
	os_buffer_add_char(out, '\n');
	for (int i = 0; i < depth; i++) {
		os_buffer_add_text(out, "  ");
	}
}

static void write_value(const struct cs_value *value, enum cs_write_style style, int depth,
			struct os_buffer *out);

static void write_items(const struct cs_value *value, enum cs_write_style style, int depth,
			struct os_buffer *out)
{
	bool dictionary = cs_value_kind(value) == CS_VALUE_DICTIONARY;
	size_t count = cs_value_count(value);
	os_buffer_add_char(out, dictionary ? '{' : '[');
	for (size_t i = 0; i < count; i++) {
		if (i > 0) {
			os_buffer_add_char(out, ',');
		}
		write_line_break(style, depth + 1, out);
		if (dictionary) {
			write_string(cs_value_key_at(value, i), out);
			os_buffer_add_text(out, style == CS_WRITE_COMPACT ? ":" : ": ");
		}
		write_value(cs_value_at(value, i), style, depth + 1, out);
	}
	if (count > 0) {
		write_line_break(style, depth, out);
	}
	os_buffer_add_char(out, dictionary ? '}' : ']');
}

static void write_value(const struct cs_value *value, enum cs_write_style style, int depth,
			struct os_buffer *out)
{
	switch (cs_value_kind(value)) {
	case CS_VALUE_NULL:
		os_buffer_add_text(out, "null");
		break;
	case CS_VALUE_BOOL:
		os_buffer_add_text(out, cs_value_bool(value, false) ? "true" : "false");
		break;
	case CS_VALUE_INT:
		os_buffer_printf(out, "%lld", (long long)cs_value_int(value, 0));
		break;
	case CS_VALUE_DOUBLE:
		write_double(cs_value_double(value, 0), out);
		break;
	case CS_VALUE_STRING:
		write_string(cs_value_string(value), out);
		break;
	case CS_VALUE_ARRAY:
	case CS_VALUE_DICTIONARY:
		write_items(value, style, depth, out);
		break;
	}
}

void cs_value_write(const struct cs_value *value, enum cs_write_style style, struct os_buffer *text)
{
	write_value(value, style, 0, text);
	if (style == CS_WRITE_PRETTY) {
		os_buffer_add_char(text, '\n');
	}
}

char *cs_value_copy_text(const struct cs_value *value, enum cs_write_style style)
{
	struct os_buffer text = {0};
	cs_value_write(value, style, &text);
	if (text.failed) {
		os_buffer_finish(&text);
		return NULL;
	}
	return os_buffer_take(&text);
}
