/* Connection: a port to a service of the device that comes back by itself.
 *
 * A process asks the supervisor for an introduction; when the service dies and returns, the
 * connection asks again and the client replays what it is.
 *
 *	static const struct os_connection_delegate s_delegate = { .struct_size = …,
 *		.connected = …,  send all that the service must know
 *		.message = …, .lost = … };
 *	self->services = os_connection_create("services", &cs_services_interface, &s_delegate, self);
 *	struct os_port *port = os_connection_port(self->services);      NULL while it is away
 *
 * In a test the two ends may be in one process: os_connection_create_with_fd.
 * Thread: the main loop. */
#ifndef OS_CONNECTION_H
#define OS_CONNECTION_H

#include <os/port.h>

struct os_connection;
struct os_connection_delegate {
	uint32_t struct_size;
	void (*connected)(void *context, struct os_port *port, bool again);
	int (*message)(void *context, struct os_port *port, struct os_message *message);
	void (*lost)(void *context, int reason); /* asked for again already; port is gone */
};

OS_PUBLIC struct os_connection *os_connection_create(const char *service, const struct os_interface *interface,
                                                     const struct os_connection_delegate *delegate, void *context);
/* Takes fd; it does not come back when it is lost. `connected` is called before this returns. */
OS_PUBLIC struct os_connection *os_connection_create_with_fd(struct os_loop *loop, int fd,
                                                             const struct os_interface *interface,
                                                             const struct os_connection_delegate *delegate,
                                                             void *context);
OS_PUBLIC struct os_connection *os_connection_release(struct os_connection *connection);
OS_PUBLIC struct os_port *os_connection_port(const struct os_connection *connection); /* NULL while away */

#endif
