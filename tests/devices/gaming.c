/* 125 reports a second, even and fine: what scripts use. */
#include "devices.h"

const struct device device_gaming = {
    .name = "scripts, 125 Hz", .interval_us = 8000, .jitter_us = 0, .grain = 0.0625};
