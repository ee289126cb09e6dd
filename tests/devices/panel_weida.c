/* Weida CoolTouchR by USB: 15 bits, a name with many blanks in and behind it, and a mouse of the same
 * name beside it. Rate: not known. */
#include "devices.h"

const struct touch_panel panel_weida = {
	.name = "Weida Hi-Tech                CoolTouchR System           ",
	.bus = 0x03, .vendor = 0x2575, .product = 0x0401, .version = 0x0110,
	.x = {.min = 0, .max = 32767, .resolution = 69}, .y = {.min = 0, .max = 32767, .resolution = 122},
	.slots = 10,
	.flags = TOUCH_PANEL_DIRECT,
	.source = "evtest in github.com/chundermike/rpi-fruitbox-v2 issue 11",
};
