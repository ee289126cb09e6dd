#include "utf8.h"

#include <os/status.h>
#include <string.h>

/* Length of the sequence that starts with `lead`, and the range its second byte must be in
 * (table 3-7 of the Unicode standard). 0: not a lead byte. */
static int sequence(uint8_t lead, uint8_t *low, uint8_t *high)
{
	*low = 0x80;
	*high = 0xbf;
	if (lead >= 0xc2 && lead <= 0xdf) {
		return 2;
	}
	if (lead >= 0xe0 && lead <= 0xef) {
		*low = lead == 0xe0 ? 0xa0 : 0x80;
		*high = lead == 0xed ? 0x9f : 0xbf;
		return 3;
	}
	if (lead >= 0xf0 && lead <= 0xf4) {
		*low = lead == 0xf0 ? 0x90 : 0x80;
		*high = lead == 0xf4 ? 0x8f : 0xbf;
		return 4;
	}
	return 0;
}

/* Bytes of the well-formed character at `at`, which is before `end`; 0: there is none. */
static size_t character(const uint8_t *at, const uint8_t *end)
{
	if (*at < 0x80) {
		return 1;
	}
	uint8_t low, high;
	int count = sequence(*at, &low, &high);
	if (count == 0 || end - at < count || at[1] < low || at[1] > high) {
		return 0;
	}
	for (int i = 2; i < count; i++) {
		if ((at[i] & 0xc0) != 0x80) {
			return 0;
		}
	}
	return (size_t)count;
}

bool utf8_is_valid(const char *bytes, size_t length)
{
	const uint8_t *at = (const uint8_t *)bytes;
	const uint8_t *end = at + length;
	while (at < end) {
		size_t count = character(at, end);
		if (count == 0) {
			return false;
		}
		at += count;
	}
	return true;
}

void os_text_mend(char *text)
{
	const uint8_t *at = (const uint8_t *)text, *end = at + strlen(text);
	while (at < end) {
		size_t count = character(at, end);
		if (count == 0) {
			*text++ = '?';
			for (at++; at < end && (*at & 0xc0) == 0x80; at++) {
			}
			continue;
		}
		memmove(text, at, count);
		text += count;
		at += count;
	}
	*text = '\0';
}
