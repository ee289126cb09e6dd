/* The official 7 inch Pi panel by the kernel's edt-ft5x06 driver (vc4-kms-dsi-7inch): ten slots, or
 * five (ardera/flutter-pi issue 207). Was seen to send two positions in one report without a slot
 * between them, as ghosts. 47 reports a second: ardera/raspberrypi-fast-ts issue 6. */
#include "devices.h"

const struct touch_panel panel_ft5x06 = {
	.name = "generic ft5x06 (00)",
	.bus = 0x18,
	.x = {.min = 0, .max = 799}, .y = {.min = 0, .max = 479},
	.slots = 10,
	.interval_us = 21277,
	.flags = TOUCH_PANEL_DIRECT,
	.source = "evtest in github.com/raspberrypi/linux issue 4749",
};
