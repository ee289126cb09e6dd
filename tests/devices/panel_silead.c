/* Silead GSL1680 of a tablet (Chuwi Hi10 Pro, 1920x1200): ranges that are no round numbers. Rate:
 * not known. */
#include "devices.h"

const struct touch_panel panel_silead = {
	.name = "Silead GSLx680 Touchscreen",
	.bus = 0x18,
	.x = {.min = 0, .max = 1925}, .y = {.min = 0, .max = 1260},
	.slots = 10,
	.flags = TOUCH_PANEL_DIRECT,
	.source = "evtest in github.com/onitake/gslx680-acpi issue 22",
};
