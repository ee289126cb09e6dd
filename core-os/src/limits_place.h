/* Where control groups can be made: the mounted hierarchies, and our own place in them. */
#ifndef LIMITS_PLACE_H
#define LIMITS_PLACE_H

#include <os/base.h>
#include <limits.h>

struct limits_place {
	int version;        /* 1, 2; 0 = there is none */
	char own[PATH_MAX]; /* the folder of the group that we are in */
	char top[PATH_MAX]; /* the folder of the hierarchy's root */
};

/* Where `controller` ("memory", "pids") can be used: version 1 is asked first, since a controller
 * that is mounted there is missing from version 2. False if it is in neither. */
bool limits_find_place(const char *controller, struct limits_place *ret_place);

#endif
