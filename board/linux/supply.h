/* Supply: what /sys/class/power_supply says of the machine's batteries, taken together. Private.
 *
 * Counted are those of type Battery that are not a device's own (scope Device: mice, pens) and are
 * present. Several count by what they hold when full, or all alike where one does not say. */
#ifndef LINUX_SUPPLY_H
#define LINUX_SUPPLY_H

#include "sysfs.h"

struct supply {
	int batteries;
	double level;             /* 0 to 1 */
	bool is_charging;         /* one of them charges, or all rest on a plug */
	char name[SYSFS_NAME];    /* of the first */
	char garbage[SYSFS_NAME]; /* the one that was said to be garbage */
};

void supply_read(struct supply *supply, int sys);

#endif
