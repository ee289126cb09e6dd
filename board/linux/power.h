/* Power door over sysfs and udev. Private.
 *
 * Nothing is looked at on a timer of its own. udev tells of backlights and supplies that come, go or
 * change; levels, temperature and what has changed without a word are read when somebody asks for
 * the state, which the status bar does with the minute it is drawn for. So an idle board is not
 * woken for its battery. */
#ifndef LINUX_POWER_H
#define LINUX_POWER_H

#include <os/power.h>

extern const struct os_power_door linux_power_door;

/* The same with another folder for /sys, for tests. No udev there: get_fd is -1. */
int linux_power_open_at(const char *sys, const struct os_power_events *events, void *context,
			struct os_power **ret_power);

#endif
