#include "devices.h"

const struct touch_panel *const g_touch_panels[TOUCH_PANEL_COUNT] = {
	&panel_ads7846,      &panel_egalax_exc7910, &panel_egalax_resistive, &panel_ft5x06,
	&panel_goodix_touch2, &panel_ilitek_v3000,  &panel_raspberrypi_ts,   &panel_s6sy761,
	&panel_silead,       &panel_st1232,         &panel_weida,
};
