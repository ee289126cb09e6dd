#include "text_clean.h"

#include <string.h>

#define REPLACEMENT "\xef\xbf\xbd"

/* How many bytes the sequence of this lead byte has, and what its second byte may be (table 3-7 of
 * the Unicode standard); 0: it is no lead byte. */
static size_t sequence(uint8_t lead, uint8_t *ret_low, uint8_t *ret_high)
{
	*ret_low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
	*ret_high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
	if (lead >= 0xc2 && lead <= 0xdf) {
		return 2;
	}
	if (lead >= 0xe0 && lead <= 0xef) {
		return 3;
	}
	return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

/* Length of the character at the beginning, or of the piece that is none (then *ret_valid is false). */
static size_t piece(const uint8_t *at, size_t length, bool *ret_valid)
{
	uint8_t low, high;
	size_t count = sequence(at[0], &low, &high);
	size_t good = 1;
	while (good < count && good < length && at[good] >= low && at[good] <= high) {
		good++;
		low = 0x80;
		high = 0xbf;
	}
	*ret_valid = count > 0 && good == count;
	return good;
}

static size_t ascii_run(const uint8_t *at, size_t length)
{
	size_t count = 0;
	while (count < length && at[count] < 0x80 && at[count] != 0 && at[count] != '\r' &&
	       at[count] != '\n') {
		count++;
	}
	return count;
}

void text_clean_add(struct os_buffer *clean, const char *bytes, size_t length, bool single_line)
{
	const uint8_t *at = (const uint8_t *)bytes;
	size_t i = 0;
	while (i < length) {
		size_t run = ascii_run(at + i, length - i);
		if (run > 0) {
			os_buffer_add(clean, at + i, run);
			i += run;
		} else if (at[i] == '\n' || at[i] == '\r') {
			i += at[i] == '\r' && i + 1 < length && at[i + 1] == '\n' ? 2 : 1;
			os_buffer_add_char(clean, single_line ? ' ' : '\n');
		} else {
			bool valid;
			size_t count = piece(at + i, length - i, &valid);
			os_buffer_add(clean, valid ? (const void *)(at + i) : REPLACEMENT,
				      valid ? count : 3);
			i += count;
		}
	}
}
