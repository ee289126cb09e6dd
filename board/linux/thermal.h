/* Thermal: how warm the machine is, and whether it is slowed down for it. Private.
 *
 * Warmest: of /sys/class/thermal/thermal_zone*, those between -40 and 150 °C; what is outside is a
 * sensor that is not there. Slowed down: a cooling device that slows a processor (cpufreq, devfreq,
 * ACPI's Processor) is not at 0; or, on a Raspberry Pi, get_throttled of its firmware has one of the
 * bits of now (1: frequency capped, 2: throttled, 3: soft temperature limit), as its documentation
 * of vcgencmd names them. A fan that turns is not slowing down. */
#ifndef LINUX_THERMAL_H
#define LINUX_THERMAL_H

#include "sysfs.h"

struct thermal {
	double warmest_c; /* NAN: nobody says */
	bool is_throttled;
};

void thermal_read(struct thermal *ret_thermal, int sys);

#endif
