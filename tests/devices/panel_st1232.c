/* Sitronix ST1232 with an old kernel: no slots (protocol A), no BTN_TOUCH, no ABS_X, a size. Whether
 * it says INPUT_PROP_DIRECT: not known; it stands here so that it is taken for a touchscreen. */
#include "devices.h"

const struct touch_panel panel_st1232 = {
	.name = "st1232-touchscreen",
	.bus = 0x18,
	.x = {.min = 0, .max = 799}, .y = {.min = 0, .max = 479},
	.major_max = 255,
	.interval_us = 9000,
	.flags = TOUCH_PANEL_DIRECT | TOUCH_PANEL_PROTOCOL_A | TOUCH_PANEL_NO_BUTTON,
	.source = "evtest in github.com/libts/tslib issue 90",
};
