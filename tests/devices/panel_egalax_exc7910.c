/* eGalax EXC7910 by USB, on a panel of 1920x1080: the two axes have one range, and different
 * resolutions. Rate: not known. */
#include "devices.h"

const struct touch_panel panel_egalax_exc7910 = {
	.name = "eGalax Inc. eGalaxTouch EXC7910-1018-13.00.01",
	.bus = 0x03, .vendor = 0x0eef, .product = 0xa107, .version = 0x0210,
	.x = {.min = 0, .max = 4095, .resolution = 13}, .y = {.min = 0, .max = 4095, .resolution = 24},
	.slots = 10,
	.flags = TOUCH_PANEL_DIRECT | TOUCH_PANEL_TIMESTAMP,
	.source = "evtest in github.com/chundermike/rpi-fruitbox issue 58",
};
