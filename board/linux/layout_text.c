#include "layout_text.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define NAME_MAX_LENGTH 32

/* --- Names ------------------------------------------------------------------------------------ */

static bool is_name(char letter)
{
	return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
	       (letter >= '0' && letter <= '9') || letter == '_' || letter == '-';
}

static size_t name_length(const char *text)
{
	size_t length = 0;
	while (is_name(text[length])) {
		length++;
	}
	return length;
}

static int append(char *list, bool is_first, const char *name, size_t length)
{
	size_t at = strlen(list);
	if (at + length + 2 > LAYOUT_TEXT) {
		return -EINVAL;
	}
	if (!is_first) {
		list[at++] = ',';
	}
	memcpy(list + at, name, length);
	list[at + length] = '\0';
	return 0;
}

/* One "de" or "de(nodeadkeys)". Returns its length. */
static int parse_one(const char *text, struct layout_names *names)
{
	bool is_first = names->count == 0;
	size_t layout = name_length(text), at = layout, variant = 0;
	if (layout == 0 || layout > NAME_MAX_LENGTH || names->count == LAYOUTS_MAX) {
		return -EINVAL;
	}
	if (text[at] == '(') {
		variant = name_length(text + at + 1);
		if (variant == 0 || variant > NAME_MAX_LENGTH || text[at + 1 + variant] != ')') {
			return -EINVAL;
		}
		at += variant + 2;
	}
	names->count++;
	if (append(names->layouts, is_first, text, layout) < 0 ||
	    append(names->variants, is_first, text + layout + 1, variant) < 0) {
		return -EINVAL;
	}
	return (int)at;
}

int layout_text_parse(const char *text, struct layout_names *ret_names)
{
	struct layout_names names = {.count = 0};
	for (;;) {
		int length = parse_one(text, &names);
		if (length < 0) {
			return length;
		}
		text += length;
		if (*text == '\0') {
			*ret_names = names;
			return 0;
		}
		if (*text++ != ',') {
			return -EINVAL;
		}
	}
}

/* --- /etc/default/keyboard -------------------------------------------------------------------- */

/* The value of KEY="value" or KEY=value, of the last line that has it. */
static void find_value(const char *file, const char *key, char *ret_value, size_t size)
{
	size_t key_length = strlen(key);
	ret_value[0] = '\0';
	for (const char *line = file; *line != '\0'; line += strcspn(line, "\n")) {
		line += *line == '\n';
		if (strncmp(line, key, key_length) != 0 || line[key_length] != '=') {
			continue;
		}
		const char *value = line + key_length + 1;
		value += *value == '"' || *value == '\'';
		size_t length = strcspn(value, "\"'\n \t#");
		snprintf(ret_value, size, "%.*s", (int)(length < size ? length : size - 1), value);
	}
}

/* The n-th of a list with commas. */
static size_t nth(const char *list, int n, const char **ret_start)
{
	for (; n > 0 && *list != '\0'; n--) {
		list += strcspn(list, ",");
		list += *list == ',';
	}
	*ret_start = list;
	return strcspn(list, ",");
}

int layout_text_from_defaults(const char *file, char *ret_text, size_t size)
{
	char layouts[LAYOUT_TEXT], variants[LAYOUT_TEXT], text[LAYOUT_TEXT * 3] = "";
	find_value(file, "XKBLAYOUT", layouts, sizeof(layouts));
	find_value(file, "XKBVARIANT", variants, sizeof(variants));
	size_t used = 0;
	for (int i = 0; i < LAYOUTS_MAX; i++) {
		const char *layout, *variant;
		size_t length = nth(layouts, i, &layout), more = nth(variants, i, &variant);
		if (length == 0) {
			break;
		}
		int added = more == 0 ? snprintf(text + used, sizeof(text) - used, "%s%.*s",
						 i == 0 ? "" : ",", (int)length, layout)
				      : snprintf(text + used, sizeof(text) - used, "%s%.*s(%.*s)",
						 i == 0 ? "" : ",", (int)length, layout, (int)more,
						 variant);
		used += (size_t)added;
	}
	struct layout_names names;
	if (used == 0 || used >= size || layout_text_parse(text, &names) < 0) {
		return -ENOENT;
	}
	memcpy(ret_text, text, used + 1);
	return 0;
}
