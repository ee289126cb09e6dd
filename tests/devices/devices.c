#include "devices.h"

const struct device *const g_devices[DEVICE_COUNT] = {
    &device_pi7_slow, &device_pi7_ft5406, &device_pi_touch2, &device_usb_panel, &device_gaming,
};
