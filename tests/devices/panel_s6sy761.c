/* Samsung S6SY761, of a phone: fifteen slots, more than there are fingers; sizes and pressures; the
 * ranges end one past the last pixel. Rate: not known. */
#include "devices.h"

const struct touch_panel panel_s6sy761 = {
	.name = "s6sy761",
	.bus = 0x18,
	.x = {.min = 0, .max = 1080}, .y = {.min = 0, .max = 2160},
	.slots = 15,
	.major_max = 255,
	.pressure_max = 255,
	.flags = TOUCH_PANEL_DIRECT,
	.source = "evtest in github.com/commaai/vamOS pull request 73",
};
