/* Fuzz target: an EDID. Whatever the bytes, they are read or refused with a reason, and what is
 * read is text that ends and sizes that can be. Half the inputs get a right checksum, since nothing
 * else of them would be looked at. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "kms.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void mend_sum(uint8_t *edid)
{
	uint8_t sum = 0;
	for (int i = 0; i < 127; i++) {
		sum = (uint8_t)(sum + edid[i]);
	}
	edid[127] = (uint8_t)(256 - sum);
}

static void check(const struct kms_edid *edid)
{
	for (const char *at = edid->name; *at != '\0'; at++) {
		if (*at < 0x20 || *at > 0x7e) {
			abort();
		}
	}
	bool known = edid->width_mm > 0;
	if (memchr(edid->name, '\0', sizeof(edid->name)) == NULL || strlen(edid->maker) != 3 ||
	    edid->width_px < 0 || edid->height_px < 0 || edid->rate_mhz < 0 ||
	    (edid->width_px > 0 && known != (edid->height_mm > 0))) {
		abort();
	}
	double scale = kms_scale(edid->width_px, edid->height_px, edid->width_mm, edid->height_mm);
	if (!(scale >= 1 && scale <= 4)) {
		abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct kms_edid edid;
	struct os_error error = {.text = ""};
	uint8_t *copy = malloc(length + 1); /* exactly as long as is said, so that more is seen */
	memcpy(copy, bytes, length);
	if (length >= 128 && (bytes[127] & 1) != 0) {
		static const uint8_t s_head[8] = {0, 255, 255, 255, 255, 255, 255, 0};
		memcpy(copy, s_head, sizeof(s_head));
		copy[18] = 1;
		mend_sum(copy);
	}
	if (kms_edid_parse(copy, length, &edid, &error) == 0) {
		check(&edid);
	} else if (error.text[0] == '\0') {
		abort();
	}
	free(copy);
	return 0;
}
