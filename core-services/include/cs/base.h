/* Base: what every header of core-services begins with.
 *
 * The prefix is cs_. Conventions are those of <os/base.h>: 0 or positive is good, negative is
 * -Exxx, outputs come last as ret_x, `_create` and `_copy` give a reference, anything else lends.
 *
 *	CS_PUBLIC int64_t cs_store_count(struct cs_store *store, const struct cs_fetch *fetch);
 *
 * What core-services keeps for a whole process is one singleton, the default notification centre
 * (<cs/notification_center.h>); everything else is passed. */
#ifndef CS_BASE_H
#define CS_BASE_H

#include <os/base.h>
#include <os/status.h>

#define CS_PUBLIC __attribute__((visibility("default")))

/* The level of Strata's API that this tree offers; a bundle's manifest names the one it needs. */
#define CS_API_LEVEL 1

#endif
