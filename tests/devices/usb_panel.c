/* A USB panel at 60 reports a second, which beat with the frames. */
#include "devices.h"

const struct device device_usb_panel = {
    .name = "usb, 60 Hz", .interval_us = 16900, .jitter_us = 500, .grain = 0.5};
