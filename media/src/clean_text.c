#include "clean_text.h"

#include <string.h>

#include <os/memory.h>

#define REPLACEMENT "\xef\xbf\xbd"

static bool is_between(unsigned char byte, unsigned char low, unsigned char high)
{
	return byte >= low && byte <= high;
}

/* How many bytes follow the first one of a sequence, and which second byte it takes: table 3-7 of
 * the Unicode standard. -1: no sequence begins so. */
static int followers(unsigned char first, unsigned char *ret_low, unsigned char *ret_high)
{
	*ret_low = 0x80;
	*ret_high = 0xbf;
	if (first != 0 && first < 0x80) {
		return 0;
	}
	if (is_between(first, 0xc2, 0xdf)) {
		return 1;
	}
	if (is_between(first, 0xe0, 0xef)) {
		*ret_low = first == 0xe0 ? 0xa0 : 0x80;
		*ret_high = first == 0xed ? 0x9f : 0xbf;
		return 2;
	}
	if (is_between(first, 0xf0, 0xf4)) {
		*ret_low = first == 0xf0 ? 0x90 : 0x80;
		*ret_high = first == 0xf4 ? 0x8f : 0xbf;
		return 3;
	}
	return -1;
}

/* The length of the next piece: of a character (ret_good), or of what has to be replaced. */
static size_t next_piece(const unsigned char *text, size_t length, bool *ret_good)
{
	unsigned char low;
	unsigned char high;
	int more = followers(text[0], &low, &high);
	*ret_good = false;
	if (more < 0) {
		return 1;
	}
	for (int i = 1; i <= more; i++) {
		if ((size_t)i >= length || !is_between(text[i], low, high)) {
			return (size_t)i;
		}
		low = 0x80;
		high = 0xbf;
	}
	*ret_good = true;
	return (size_t)more + 1;
}

static bool is_clean(const unsigned char *text, size_t length)
{
	bool good = true;
	for (size_t at = 0; at < length && good;) {
		if (text[at] != 0 && text[at] < 0x80) {
			at++;
			continue;
		}
		at += next_piece(text + at, length - at, &good);
	}
	return good;
}

static void add(struct md_clean_text *clean, const void *piece, size_t length, size_t from)
{
	memcpy(clean->bytes + clean->length, piece, length);
	for (size_t i = 0; i < length; i++) {
		clean->original[clean->length + i] = (uint32_t)from;
	}
	clean->length += length;
}

static void copy_mended(struct md_clean_text *clean, const unsigned char *text, size_t length)
{
	clean->bytes = os_alloc_array(length * 3 + 1, 1);
	clean->original = os_alloc_array(length * 3 + 1, sizeof(uint32_t));
	for (size_t at = 0; at < length;) {
		bool good;
		size_t piece = next_piece(text + at, length - at, &good);
		if (good) {
			add(clean, text + at, piece, at);
		} else {
			add(clean, REPLACEMENT, 3, at);
		}
		at += piece;
	}
	clean->original[clean->length] = (uint32_t)length;
}

/* LF, VT, FF, CR, U+0085, U+2028 and U+2029; the longer two become blanks of the same length. */
static void blank_newlines_in(char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (bytes[i] >= '\n' && bytes[i] <= '\r') {
			bytes[i] = ' ';
		} else if (i + 1 < length && memcmp(bytes + i, "\xc2\x85", 2) == 0) {
			memcpy(bytes + i, "\xc2\xa0", 2);
		} else if (i + 2 < length && (memcmp(bytes + i, "\xe2\x80\xa8", 3) == 0 ||
					      memcmp(bytes + i, "\xe2\x80\xa9", 3) == 0)) {
			memcpy(bytes + i, "\xe2\x80\x82", 3);
		}
	}
}

void md_clean_text_init(struct md_clean_text *clean, const char *text, size_t length,
			bool blank_newlines)
{
	length = OS_MIN(length, MD_CLEAN_TEXT_LIMIT);
	*clean = (struct md_clean_text){.original_length = length};
	if (is_clean((const unsigned char *)text, length)) {
		clean->bytes = os_alloc_array(length + 1, 1);
		if (length > 0) {
			memcpy(clean->bytes, text, length);
		}
		clean->length = length;
	} else {
		copy_mended(clean, (const unsigned char *)text, length);
	}
	if (blank_newlines) {
		blank_newlines_in(clean->bytes, clean->length);
	}
}

void md_clean_text_finish(struct md_clean_text *clean)
{
	os_free(clean->bytes);
	os_free(clean->original);
	*clean = (struct md_clean_text){0};
}

size_t md_clean_text_to_original(const struct md_clean_text *clean, size_t offset)
{
	offset = OS_MIN(offset, clean->length);
	return clean->original != NULL ? clean->original[offset] : offset;
}

size_t md_clean_text_from_original(const struct md_clean_text *clean, size_t offset)
{
	if (clean->original == NULL) {
		return OS_MIN(offset, clean->length);
	}
	size_t low = 0;
	size_t high = clean->length;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (clean->original[middle] < offset) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}
