/* Strings: comparing and searching text as people do, the same on every machine and for ever.
 *
 * Folding makes two letters equal that differ in case only (Latin, Greek, Cyrillic, Armenian). It
 * is a fixed table of this library, not the C library's: indexes in files depend on it.
 *
 *	cs_text_contains_folded("Buy MILK", "milk")     true
 *	cs_text_compare_folded("apple", "Zebra") < 0
 *
 * Text is UTF-8 and never NULL here; bytes that are not UTF-8 compare as themselves. Thread: any. */
#ifndef CS_STRINGS_H
#define CS_STRINGS_H

#include <cs/base.h>

/* The folded code point of the next character; moves *at past it. *at must be before end. */
CS_PUBLIC uint32_t cs_text_next_folded(const char **at, const char *end);
CS_PUBLIC int cs_text_compare_folded(const char *a, const char *b);
/* The same for text with a length (a database's). */
CS_PUBLIC int cs_text_compare_folded_of(const char *a, size_t a_length, const char *b,
					size_t b_length);
CS_PUBLIC bool cs_text_contains_folded(const char *text, const char *part);
CS_PUBLIC bool cs_text_begins_folded(const char *text, const char *part);

CS_PUBLIC bool cs_text_is_utf8(const char *bytes, size_t length);
/* Characters (code points) of valid UTF-8. */
CS_PUBLIC size_t cs_text_count(const char *text);
/* A copy of line `index` (from 0) without blanks at its ends, cut to at most `limit` bytes at a
 * character's boundary; "" if there is no such line. A note's title and its second line are made
 * so. The caller frees with os_free. */
CS_PUBLIC char *cs_text_copy_line(const char *text, size_t index, size_t limit);

#endif
