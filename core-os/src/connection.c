#include <os/connection.h>

#include <errno.h>
#include <string.h>
#include <stdio.h>

#include <os/log.h>
#include <os/memory.h>
#include <os/process.h>
#include <os/status.h>

/*	asking ──introduced──▸ connected ──hung up──▸ asking      (a connection by name)
 *	asking ──refused─────▸ lost                                (no such service, not allowed)
 *	         connected ──hung up──▸ lost                       (one made with a descriptor) */
struct os_connection {
	char service[32]; /* "" when made with a descriptor */
	const struct os_interface *interface;
	const struct os_connection_delegate *delegate;
	void *context;
	struct os_loop *loop;
	struct os_port *port; /* NULL while away */
	struct os_port *supervisor; /* retained, so that its calls can be forgotten */
	bool connected_before;
};

static void ask(struct os_connection *connection);

static int did_receive(void *context, struct os_port *port, struct os_message *message)
{
	struct os_connection *connection = context;
	return connection->delegate->message(connection->context, port, message);
}

static void did_close(void *context, struct os_port *port, int reason)
{
	struct os_connection *connection = context;
	connection->port = os_port_release(connection->port);
	ask(connection);
	if (connection->delegate->lost != NULL) {
		connection->delegate->lost(connection->context, reason);
	}
}

static const struct os_port_delegate s_port_delegate = {
	.struct_size = sizeof(struct os_port_delegate),
	.message = did_receive,
	.closed = did_close,
};

static void open_port(struct os_connection *connection, int fd, uint64_t number)
{
	connection->port = os_port_create(connection->loop, fd, connection->interface,
	                                  OS_PORT_CLIENT, &s_port_delegate, connection);
	os_port_set_connection(connection->port, number);
	bool again = connection->connected_before;
	connection->connected_before = true;
	if (connection->delegate->connected != NULL) {
		connection->delegate->connected(connection->context, connection->port, again);
	}
}

static void did_introduce(void *context, int status, struct os_message *reply)
{
	struct os_connection *connection = context;
	if (status < 0) {
		os_log_debug("connection", "%s: %s", connection->service, os_status_text(status));
		if (connection->delegate->lost != NULL) {
			connection->delegate->lost(connection->context, status);
		}
		return;
	}
	int fd = os_message_take_fd(reply);
	open_port(connection, fd, os_message_read_u64(reply));
}

/* The supervisor answers when the service is there, however long its start takes. */
static void ask(struct os_connection *connection)
{
	if (connection->supervisor == NULL) {
		return;
	}
	struct os_message message;
	os_message_init(&message, &os_supervisor_interface.requests[OS_SUPERVISOR_INTRODUCE],
	                OS_SUPERVISOR_INTRODUCE);
	os_message_write_text(&message, connection->service);
	os_port_call(connection->supervisor, &message, OS_NEVER, did_introduce, connection);
}

static struct os_connection *create(struct os_loop *loop, const struct os_interface *interface,
                                    const struct os_connection_delegate *delegate, void *context)
{
	struct os_connection *connection = os_alloc(sizeof(*connection));
	connection->loop = loop;
	connection->interface = interface;
	connection->delegate = delegate;
	connection->context = context;
	return connection;
}

struct os_connection *os_connection_create(const char *service,
                                           const struct os_interface *interface,
                                           const struct os_connection_delegate *delegate,
                                           void *context)
{
	struct os_connection *connection =
		create(os_process_loop(), interface, delegate, context);
	snprintf(connection->service, sizeof(connection->service), "%s", service);
	connection->supervisor = os_port_retain(os_process_port());
	ask(connection);
	return connection;
}

struct os_connection *os_connection_create_with_fd(struct os_loop *loop, int fd,
                                                   const struct os_interface *interface,
                                                   const struct os_connection_delegate *delegate,
                                                   void *context)
{
	struct os_connection *connection = create(loop, interface, delegate, context);
	open_port(connection, fd, 0);
	return connection;
}

struct os_connection *os_connection_release(struct os_connection *connection)
{
	if (connection == NULL) {
		return NULL;
	}
	if (connection->supervisor != NULL) {
		os_port_forget_calls(connection->supervisor, connection);
		os_port_release(connection->supervisor);
	}
	if (connection->port != NULL) {
		os_port_close(connection->port);
		os_port_release(connection->port);
	}
	os_free(connection);
	return NULL;
}

struct os_port *os_connection_port(const struct os_connection *connection)
{
	return connection->port;
}
