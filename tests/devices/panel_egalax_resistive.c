/* The USB controller of many 7 inch HDMI panels, resistive: one finger, no INPUT_PROP_DIRECT, 11
 * bits for both axes. Reports come 8 to 12 ms apart. The same vendor and product stand for another
 * device with eight slots and 12 bits (libts/tslib issue 84): an id says little. */
#include "devices.h"

const struct touch_panel panel_egalax_resistive = {
	.name = "eGalax Inc. USB TouchController",
	.bus = 0x03, .vendor = 0x0eef, .product = 0x0001, .version = 0x0100,
	.x = {.min = 0, .max = 2047}, .y = {.min = 0, .max = 2047},
	.interval_us = 12000,
	.source = "evtest in github.com/kivy/kivy issue 3302",
};
