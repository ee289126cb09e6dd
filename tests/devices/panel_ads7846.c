/* ADS7846 and XPT2046, the resistive panels of small SPI displays: one finger, a pressure, and
 * positions that mean nothing before a calibration (230 to 3850 was one such panel's own range:
 * notro/fbtft issue 155). It does not say INPUT_PROP_DIRECT.
 * Bus and product: redrathnure/armbian-mkspi issue 45 (0x1ea6 is 7846). Version: not known. */
#include "devices.h"

const struct touch_panel panel_ads7846 = {
	.name = "ADS7846 Touchscreen",
	.bus = 0x1c, .vendor = 0, .product = 0x1ea6,
	.x = {.min = 0, .max = 4095}, .y = {.min = 0, .max = 4095},
	.pressure_max = 255,
	.interval_us = 20000, /* times of the events in flutter-pi's issue */
	.source = "evtest in github.com/ardera/flutter-pi issue 212",
};
