/* The official 7 inch Pi panel, polled slowly: 25 reports a second. */
#include "devices.h"

const struct device device_pi7_slow = {
    .name = "pi7, 25 Hz", .interval_us = 40000, .jitter_us = 6000, .grain = 1};
