/* Clean text: a caller's bytes as the valid UTF-8 that pango needs, with the way back. Private.
 *
 * Each maximal piece that is not UTF-8 (Unicode's own recommendation, table 3-8 of its standard)
 * and each NUL becomes U+FFFD. Offsets into the clean text map to offsets of the caller's. */
#ifndef MD_CLEAN_TEXT_H
#define MD_CLEAN_TEXT_H

#include <md/base.h>

/* No screen shows more of one text; the rest is cut. */
#define MD_CLEAN_TEXT_LIMIT ((size_t)1 << 20)

struct md_clean_text {
	char *bytes; /* NUL-terminated */
	size_t length;
	size_t original_length;
	uint32_t *original; /* of each clean byte and the end; NULL while they are the same */
};

/* blank_newlines: paragraph ends become blanks of the same length. */
void md_clean_text_init(struct md_clean_text *clean, const char *text, size_t length,
			bool blank_newlines);
void md_clean_text_finish(struct md_clean_text *clean);
size_t md_clean_text_to_original(const struct md_clean_text *clean, size_t offset);
/* Of the clean byte at or after it. */
size_t md_clean_text_from_original(const struct md_clean_text *clean, size_t offset);

#endif
