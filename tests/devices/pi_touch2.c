/* Pi Touch Display 2: 50 reports a second, finer than a point. */
#include "devices.h"

const struct device device_pi_touch2 = {
    .name = "pi-touch2, 50 Hz", .interval_us = 20000, .jitter_us = 1000, .grain = 0.625};
