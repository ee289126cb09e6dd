/* EDIDs made for tests: a good one of 128 bytes, which a test then spoils. */
#ifndef TEST_EDID_MADE_H
#define TEST_EDID_MADE_H

#include <stdint.h>
#include <string.h>

#define EDID_BYTES 128

static inline void edid_sum(uint8_t *edid)
{
	uint8_t sum = 0;
	for (int i = 0; i < EDID_BYTES - 1; i++) {
		sum = (uint8_t)(sum + edid[i]);
	}
	edid[EDID_BYTES - 1] = (uint8_t)(256 - sum);
}

/* "STR" "Test screen", 1280x800 at 59.81 Hz (VESA DMT: 83.5 MHz, 1680x831), 217x136 mm. */
static inline void edid_make(uint8_t edid[EDID_BYTES])
{
	static const uint8_t s_head[] = {0, 255, 255, 255, 255, 255, 255, 0, 0x4e, 0x92, 0x34, 0x12};
	static const uint8_t s_timing[18] = {0x9e, 0x20, 0x00, 0x90, 0x51, 0x20, 0x1f, 0x30, 0x48,
					     0x80, 0x36, 0x00, 217,  136,  0x00, 0x00, 0x00, 0x1a};
	static const uint8_t s_name[18] = {0,   0,   0,   0xfc, 0,   'T', 'e', 's',  't',
					   ' ', 's', 'c', 'r',  'e', 'e', 'n', '\n', ' '};
	memset(edid, 0, EDID_BYTES);
	memcpy(edid, s_head, sizeof(s_head));
	edid[18] = 1;
	edid[19] = 4;
	edid[21] = 22;
	edid[22] = 14;
	memcpy(edid + 54, s_timing, sizeof(s_timing));
	memcpy(edid + 72, s_name, sizeof(s_name));
	edid_sum(edid);
}

#endif
