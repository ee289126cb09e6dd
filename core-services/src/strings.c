#include <cs/strings.h>

#include <os/memory.h>

#include <string.h>

/* Reads one code point. Of bytes that are not UTF-8 it reads one, as 0x110000 + byte, so that they
 * sort after all characters and stay different from each other. */
static uint32_t next_point(const char **at, const char *end)
{
	const unsigned char *s = (const unsigned char *)*at;
	size_t left = (size_t)(end - *at);
	uint32_t c = s[0];
	size_t more = c < 0x80                ? 0
		      : c >= 0xc2 && c < 0xe0 ? 1
		      : c >= 0xe0 && c < 0xf0 ? 2
		      : c >= 0xf0 && c < 0xf5 ? 3
					      : 9;
	if (more == 0) {
		*at += 1;
		return c;
	}
	if (more == 9 || more >= left) {
		*at += 1;
		return 0x110000 + c;
	}
	uint32_t point = c & (0x3fu >> more);
	for (size_t i = 1; i <= more; i++) {
		if ((s[i] & 0xc0) != 0x80) {
			*at += 1;
			return 0x110000 + c;
		}
		point = point << 6 | (s[i] & 0x3fu);
	}
	bool overlong = (more == 2 && point < 0x800) || (more == 3 && point < 0x10000);
	if (overlong || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) {
		*at += 1;
		return 0x110000 + c;
	}
	*at += more + 1;
	return point;
}

static uint32_t fold_latin(uint32_t c)
{
	if ((c >= 0xc0 && c <= 0xde && c != 0xd7) || c < 0x80) {
		return c >= 0xc0 || (c >= 'A' && c <= 'Z') ? c + 32 : c;
	}
	if (c < 0x100) {
		return c;
	}
	/* Pairs: capital at the even place, except in two runs where it is at the odd one. */
	if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e)) {
		return c & 1 ? c + 1 : c;
	}
	if (c == 0x130 || c == 0x131 || c == 0x138 || c == 0x149 || c == 0x17f) {
		return c;
	}
	return c == 0x178 ? 0xff : c | 1;
}

static uint32_t fold(uint32_t c)
{
	if (c < 0x180) {
		return fold_latin(c);
	}
	if (c >= 0x391 && c <= 0x3ab && c != 0x3a2) {
		return c + 32; /* Greek */
	}
	if (c == 0x3c2) {
		return 0x3c3; /* final sigma */
	}
	if (c >= 0x410 && c <= 0x42f) {
		return c + 32; /* Cyrillic */
	}
	if (c >= 0x400 && c <= 0x40f) {
		return c + 80;
	}
	if (c >= 0x460 && c <= 0x481) {
		return c | 1;
	}
	if (c >= 0x531 && c <= 0x556) {
		return c + 48; /* Armenian */
	}
	return c >= 0x1e00 && c <= 0x1eff && !(c >= 0x1e96 && c <= 0x1e9f) ? c | 1
									   : c; /* Vietnamese … */
}

uint32_t cs_text_next_folded(const char **at, const char *end)
{
	return fold(next_point(at, end));
}

int cs_text_compare_folded_of(const char *a, size_t a_length, const char *b, size_t b_length)
{
	const char *a_end = a + a_length, *b_end = b + b_length;
	while (a < a_end && b < b_end) {
		uint32_t x = cs_text_next_folded(&a, a_end), y = cs_text_next_folded(&b, b_end);
		if (x != y) {
			return x < y ? -1 : 1;
		}
	}
	return (a < a_end) - (b < b_end);
}

int cs_text_compare_folded(const char *a, const char *b)
{
	return cs_text_compare_folded_of(a, strlen(a), b, strlen(b));
}

/* True if the folded text at `text` begins with the folded part. */
static bool begins(const char *text, const char *text_end, const char *part, const char *part_end)
{
	while (part < part_end) {
		if (text >= text_end ||
		    cs_text_next_folded(&text, text_end) != cs_text_next_folded(&part, part_end)) {
			return false;
		}
	}
	return true;
}

bool cs_text_begins_folded(const char *text, const char *part)
{
	return begins(text, text + strlen(text), part, part + strlen(part));
}

bool cs_text_contains_folded(const char *text, const char *part)
{
	const char *end = text + strlen(text), *part_end = part + strlen(part);
	do {
		if (begins(text, end, part, part_end)) {
			return true;
		}
		if (text < end) {
			next_point(&text, end);
		}
	} while (text < end);
	return false;
}

bool cs_text_is_utf8(const char *bytes, size_t length)
{
	const char *at = bytes, *end = bytes + length;
	while (at < end) {
		if ((unsigned char)*at < 0x80) {
			if (*at++ == '\0') {
				return false;
			}
		} else if (next_point(&at, end) >= 0x110000) {
			return false;
		}
	}
	return true;
}

size_t cs_text_count(const char *text)
{
	size_t count = 0;
	for (; *text != '\0'; text++) {
		count += ((unsigned char)*text & 0xc0) != 0x80;
	}
	return count;
}

char *cs_text_copy_line(const char *text, size_t index, size_t limit)
{
	for (; index > 0 && *text != '\0'; index--) {
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	text += strspn(text, " \t\r");
	size_t length = strcspn(text, "\n");
	while (length > 0 && strchr(" \t\r", text[length - 1]) != NULL) {
		length--;
	}
	if (length > limit) {
		length = limit;
		while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80) {
			length--;
		}
	}
	return os_strndup(text, length);
}
