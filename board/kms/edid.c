/* EDID: 128 bytes in which a screen says what it is (VESA E-EDID Standard, release A, 1.3 and 1.4).
 * Of the blocks behind the first only the count is looked at. */
#include "kms.h"

#include <errno.h>
#include <string.h>

#include <os/base.h>

#define BLOCK 128
#define DESCRIPTOR 18
#define FIRST_DESCRIPTOR 54
#define DESCRIPTORS 4
#define NAME_TAG 0xfc
#define RATE_MAX_MHZ 1000000

static int check(const uint8_t *bytes, size_t length, struct os_error *ret_error)
{
	static const uint8_t s_head[8] = {0, 255, 255, 255, 255, 255, 255, 0};
	if (length < BLOCK) {
		return os_error_set(ret_error, -EBADMSG, "%zu bytes, an EDID has 128 or more",
				    length);
	}
	if (memcmp(bytes, s_head, sizeof(s_head)) != 0) {
		return os_error_set(ret_error, -EBADMSG, "it does not begin as an EDID does");
	}
	uint8_t sum = 0;
	for (int i = 0; i < BLOCK; i++) {
		sum = (uint8_t)(sum + bytes[i]);
	}
	if (sum != 0) {
		return os_error_set(ret_error, -EBADMSG, "its checksum is wrong by %d", sum);
	}
	if (bytes[18] != 1) {
		return os_error_set(ret_error, -EBADMSG, "version %d is not known", bytes[18]);
	}
	return 0;
}

static void read_maker(const uint8_t *bytes, struct kms_edid *edid)
{
	unsigned packed = (unsigned)bytes[8] << 8 | bytes[9];
	for (int i = 0; i < 3; i++) {
		unsigned letter = packed >> (10 - 5 * i) & 31;
		edid->maker[i] = letter >= 1 && letter <= 26 ? (char)('A' + letter - 1) : '?';
	}
	edid->product = (uint16_t)(bytes[10] | bytes[11] << 8);
}

/* 13 bytes, ended by a newline if it is shorter; whatever cannot be shown is left out. */
static void read_name(const uint8_t *descriptor, struct kms_edid *edid)
{
	size_t length = 0;
	for (int i = 5; i < DESCRIPTOR && descriptor[i] != '\n'; i++) {
		if (descriptor[i] >= 0x20 && descriptor[i] < 0x7f) {
			edid->name[length++] = (char)descriptor[i];
		}
	}
	while (length > 0 && edid->name[length - 1] == ' ') {
		length--;
	}
	edid->name[length] = '\0';
}

static void read_timing(const uint8_t *timing, struct kms_edid *edid)
{
	int64_t clock_hz = (int64_t)(timing[0] | timing[1] << 8) * 10000;
	int32_t width = timing[2] | (timing[4] & 0xf0) << 4;
	int32_t height = timing[5] | (timing[7] & 0xf0) << 4;
	int64_t across = width + (timing[3] | (timing[4] & 0x0f) << 8);
	int64_t down = height + (timing[6] | (timing[7] & 0x0f) << 8);
	if (width == 0 || height == 0) {
		return;
	}
	edid->width_px = width;
	edid->height_px = height;
	int64_t rate_mhz = (clock_hz * 1000 + across * down / 2) / (across * down);
	edid->rate_mhz = rate_mhz <= RATE_MAX_MHZ ? (int32_t)rate_mhz : 0;
	edid->width_mm = timing[12] | (timing[14] & 0xf0) << 4;
	edid->height_mm = timing[13] | (timing[14] & 0x0f) << 8;
}

int kms_edid_parse(const uint8_t *bytes, size_t length, struct kms_edid *ret_edid,
		   struct os_error *ret_error)
{
	int result = check(bytes, length, ret_error);
	if (result < 0) {
		return result;
	}
	struct kms_edid edid = {0};
	read_maker(bytes, &edid);
	for (int i = 0; i < DESCRIPTORS; i++) {
		const uint8_t *descriptor = bytes + FIRST_DESCRIPTOR + i * DESCRIPTOR;
		bool is_timing = descriptor[0] != 0 || descriptor[1] != 0;
		if (is_timing && edid.width_px == 0) {
			read_timing(descriptor, &edid);
		} else if (!is_timing && descriptor[3] == NAME_TAG) {
			read_name(descriptor, &edid);
		}
	}
	if (edid.width_mm == 0 || edid.height_mm == 0) {
		edid.width_mm = bytes[21] * 10;
		edid.height_mm = bytes[22] * 10;
	}
	if (edid.width_px > 0) {
		kms_believe_size(edid.width_px, edid.height_px, &edid.width_mm, &edid.height_mm);
	}
	*ret_edid = edid;
	return 0;
}
