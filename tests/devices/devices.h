/* Touchscreens as data: how often each reports, and how evenly. Every test of a gesture runs on each.
 *
 *	for (size_t i = 0; i < DEVICE_COUNT; i++) { try_it_on(g_devices[i]); }
 *
 * And real panels, as facts: what the kernel says of them, and where that was read. README.md says
 * what was looked for. This header and the sources beside it need no library but libc, so that a
 * tool in a guest can use them. */
#ifndef TEST_DEVICES_H
#define TEST_DEVICES_H

#include <stddef.h>
#include <stdint.h>

/* --- Simulated ones --------------------------------------------------------------------------- */

struct device {
	const char *name;
	int64_t interval_us;      /* between two reports of a finger that moves */
	int64_t jitter_us;        /* each report comes up to so much later, in turn */
	double grain;             /* positions are multiples of it, points */
};

#define DEVICE_COUNT 5
extern const struct device *const g_devices[DEVICE_COUNT];

extern const struct device device_pi7_slow, device_pi7_ft5406, device_pi_touch2, device_usb_panel, device_gaming;

/* --- Real panels ------------------------------------------------------------------------------ */

enum touch_panel_flags {
	TOUCH_PANEL_DIRECT = 1,     /* says INPUT_PROP_DIRECT */
	TOUCH_PANEL_PROTOCOL_A = 2, /* no slots: SYN_MT_REPORT after each finger */
	TOUCH_PANEL_NO_BUTTON = 4,  /* no BTN_TOUCH */
	TOUCH_PANEL_TIMESTAMP = 8,  /* MSC_TIMESTAMP in each report */
};

struct touch_panel_axis {
	int32_t min, max;
	int32_t fuzz, resolution; /* resolution: units a mm, 0 = not said */
};

struct touch_panel {
	const char *name;           /* what the kernel calls it */
	uint16_t bus, vendor, product, version;
	struct touch_panel_axis x, y;
	int32_t slots;              /* 0: one finger, by ABS_X and ABS_Y, or protocol A */
	int32_t major_max;          /* of ABS_MT_TOUCH_MAJOR; 0 = it has none */
	int32_t pressure_max;       /* of ABS_MT_PRESSURE, or ABS_PRESSURE with one finger; 0 = none */
	int64_t interval_us;        /* between two reports, as seen; 0 = not known */
	uint32_t flags;             /* enum touch_panel_flags */
	const char *source;         /* where all that was read */
};

#define TOUCH_PANEL_COUNT 11
extern const struct touch_panel *const g_touch_panels[TOUCH_PANEL_COUNT];

extern const struct touch_panel panel_ads7846, panel_egalax_exc7910, panel_egalax_resistive, panel_ft5x06,
	panel_goodix_touch2, panel_ilitek_v3000, panel_raspberrypi_ts, panel_s6sy761, panel_silead, panel_st1232,
	panel_weida;

#endif
