/* Services: this process's line to strata-services, which the other clients share.
 *
 *	self->services = cs_services_create();             asks the supervisor for an introduction
 *	self->settings = cs_settings_create(self->services);
 *	cs_apps_list(self->services, did_list, self);
 *	…
 *	cs_settings_destroy(self->settings);
 *	cs_services_destroy(self->services);
 *
 * When strata-services dies and comes back, the line comes back by itself and the clients ask again
 * for what they watch, from the revision that they know: no change is missed. What is asked while it
 * is away waits for it (at most 64 questions). Thread: main. */
#ifndef CS_SERVICES_H
#define CS_SERVICES_H

#include <cs/services_interface.h>
#include <os/port.h>
#include <os/signal.h>

struct cs_services;

CS_PUBLIC struct cs_services *cs_services_create(void);
/* Takes fd, which a tool was given or a test made; it does not come back when it is lost. */
CS_PUBLIC struct cs_services *cs_services_create_with_fd(struct os_loop *loop, int fd);
/* What was asked and not answered is answered with -EPIPE. Returns NULL. */
CS_PUBLIC struct cs_services *cs_services_destroy(struct cs_services *services);

CS_PUBLIC bool cs_services_is_connected(const struct cs_services *services);
/* Emitted each time the line is up: the place to say again what one is. */
CS_PUBLIC struct os_signal *cs_services_connected(struct cs_services *services);
/* Emitted with the struct os_message of each event of that kind (enum cs_services_event). */
CS_PUBLIC struct os_signal *cs_services_event(struct cs_services *services,
					      enum cs_services_event event);

/* Begins a request; cs_services_call finishes it, whatever it returns. -ENOBUFS: too many wait. */
CS_PUBLIC void cs_services_begin(struct os_message *message, enum cs_services_request request);
CS_PUBLIC int cs_services_call(struct cs_services *services, struct os_message *message,
			       os_port_reply_fn fn, void *context);
/* Asks for events from now on; the line asks again each time it comes back. For requests without
 * values: CS_SERVICES_WATCH_APPS, CS_SERVICES_PERMISSION_WATCH, CS_SERVICES_WATCH_NOTICES. */
CS_PUBLIC int cs_services_watch(struct cs_services *services, enum cs_services_request request);
/* Forgets the answers that this context waits for. */
CS_PUBLIC void cs_services_forget(struct cs_services *services, void *context);

#endif
