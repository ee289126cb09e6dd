/* Raspberry Pi Touch Display 2, a Goodix GT911: the kernel driver gives name, bus, vendor and the
 * axes of size, and makes the chip's number (911) the product; the overlay gives the sizes. Version
 * (firmware) and rate: not known. Slots: the chip's configuration says; not known, and the driver's
 * own limit of 10 stands here. */
#include "devices.h"

const struct touch_panel panel_goodix_touch2 = {
	.name = "Goodix Capacitive TouchScreen",
	.bus = 0x18, .vendor = 0x0416, .product = 911,
	.x = {.min = 0, .max = 719}, .y = {.min = 0, .max = 1279},
	.slots = 10,
	.major_max = 255,
	.flags = TOUCH_PANEL_DIRECT,
	.source = "github.com/torvalds/linux drivers/input/touchscreen/goodix.c, github.com/raspberrypi/linux "
	          "arch/arm/boot/dts/overlays/vc4-kms-dsi-ili9881-7inch-overlay.dts",
};
