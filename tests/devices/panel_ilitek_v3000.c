/* ILITEK by USB: finer than any display, another range for each axis, and a second device beside it
 * that is a mouse. Rate: not known. */
#include "devices.h"

const struct touch_panel panel_ilitek_v3000 = {
	.name = "ILITEK Multi-Touch-V3000",
	.bus = 0x03, .vendor = 0x222a, .product = 0x0001, .version = 0x0110,
	.x = {.min = 0, .max = 16384, .resolution = 31}, .y = {.min = 0, .max = 9600, .resolution = 32},
	.slots = 10,
	.flags = TOUCH_PANEL_DIRECT | TOUCH_PANEL_TIMESTAMP,
	.source = "evtest in github.com/adafruit/Adafruit_TinyUSB_Arduino issue 332",
};
