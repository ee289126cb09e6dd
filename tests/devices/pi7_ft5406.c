/* The official 7 inch Pi panel, first firmware: about 33 reports a second. */
#include "devices.h"

const struct device device_pi7_ft5406 = {
    .name = "pi7, 33 Hz", .interval_us = 30000, .jitter_us = 4000, .grain = 1};
