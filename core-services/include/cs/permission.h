/* Permission: whether an app may use something of the user's (the privacy page of Settings).
 *
 *	cs_permission_get(services, NULL, "contacts", did_get, self);
 *
 * Services keep the answers; they hold until they are taken back, and for one app and one resource
 * each. Asking the user is the shell's part. An app reads its own; writing needs the entitlement
 * "settings". Thread: main. */
#ifndef CS_PERMISSION_H
#define CS_PERMISSION_H

#include <cs/services.h>

enum cs_permission { CS_PERMISSION_NOT_ASKED, CS_PERMISSION_GRANTED, CS_PERMISSION_DENIED };

typedef void (*cs_permission_fn)(void *context, int status, enum cs_permission permission);
typedef void (*cs_permission_done_fn)(void *context, int status, const char *sentence);

/* "contacts calendar photos camera microphone location notifications network": NULL behind the last. */
CS_PUBLIC const char *cs_permission_resource_at(size_t index);
CS_PUBLIC bool cs_permission_is_resource(const char *resource);

/* app NULL: one's own. */
CS_PUBLIC int cs_permission_get(struct cs_services *services, const char *app, const char *resource,
				cs_permission_fn fn, void *context);
CS_PUBLIC int cs_permission_set(struct cs_services *services, const char *app, const char *resource,
				enum cs_permission permission, cs_permission_done_fn fn,
				void *context);
/* From now on the event CS_SERVICES_PERMISSION comes for one's own app, also after a restart. */
CS_PUBLIC int cs_permission_watch(struct cs_services *services);

#endif
