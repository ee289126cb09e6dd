/* The official 7 inch Pi panel through the firmware (before: "FT5406 memory based driver"): the
 * ranges go to 800 and 480, one more than there are pixels. The driver asks every 17 ms; programs
 * saw 25 (raspberrypi/linux issue 3227) and 33 reports a second (issue 3777): the slower one of the
 * newer report stands here. */
#include "devices.h"

const struct touch_panel panel_raspberrypi_ts = {
	.name = "raspberrypi-ts",
	.bus = 0x19,
	.x = {.min = 0, .max = 800}, .y = {.min = 0, .max = 480},
	.slots = 10,
	.interval_us = 30000,
	.flags = TOUCH_PANEL_DIRECT,
	.source = "github.com/torvalds/linux drivers/input/touchscreen/raspberrypi-ts.c",
};
