/* Touchscreens as data: how often each reports, and how evenly. Every test of a gesture runs on each.
 *
 *	for (size_t i = 0; i < DEVICE_COUNT; i++) { try_it_on(g_devices[i]); }
 */
#ifndef TEST_DEVICES_H
#define TEST_DEVICES_H

#include <stddef.h>
#include <stdint.h>

struct device {
	const char *name;
	int64_t interval_us;      /* between two reports of a finger that moves */
	int64_t jitter_us;        /* each report comes up to so much later, in turn */
	double grain;             /* positions are multiples of it, points */
};

#define DEVICE_COUNT 5
extern const struct device *const g_devices[DEVICE_COUNT];

extern const struct device device_pi7_slow, device_pi7_ft5406, device_pi_touch2, device_usb_panel, device_gaming;

#endif
