#include <os/port.h>

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include <os/file.h>
#include <os/log.h>
#include <os/memory.h>
#include <os/status.h>

#include "page.h"
#include "port_private.h"

#define DEFAULT_BOUND (1 << 20)

bool os_peer_has(const struct os_peer *peer, const char *entitlement)
{
	size_t length = strlen(entitlement);
	const char *at = peer->entitlements;
	while (*at != '\0') {
		size_t word = strcspn(at, " ");
		if (word == length && memcmp(at, entitlement, length) == 0) {
			return true;
		}
		at += word;
		at += strspn(at, " ");
	}
	return false;
}

int os_port_pair(int ret_fds[2])
{
	int type = SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK;
	return socketpair(AF_UNIX, type, 0, ret_fds) < 0 ? -errno : 0;
}

/* --- Life cycle ------------------------------------------------------------------------------- */

struct os_port *os_port_create(struct os_loop *loop, int fd, const struct os_interface *interface,
                               enum os_port_end end, const struct os_port_delegate *delegate,
                               void *context)
{
	assert(fd >= 0);
	struct os_port *port = os_alloc(sizeof(*port));
	port->refs = 1;
	port->loop = loop;
	port->interface = interface;
	port->end = end;
	port->delegate = delegate;
	port->context = context;
	port->fd = fd;
	port->bound = DEFAULT_BOUND;
	os_list_init(&port->outgoing);
	os_list_init(&port->waiting);
	os_list_init(&port->calls);
	os_fd_set_nonblocking(fd, true);
	port->source = os_loop_add_fd(loop, fd, OS_LOOP_READ, port_did_wake, port);
	return port;
}

struct os_port *os_port_retain(struct os_port *port)
{
	if (port != NULL) {
		port->refs++;
	}
	return port;
}

struct os_port *os_port_release(struct os_port *port)
{
	if (port == NULL || --port->refs > 0) {
		return NULL;
	}
	port->refs = 1; /* those whose calls end here may retain it meanwhile */
	os_port_close(port);
	os_timer_release(port->call_timer);
	os_free(port);
	return NULL;
}

static void hang_up(struct os_port *port)
{
	port->source = port->source == NULL ? NULL : os_source_remove(port->source);
	port->fd = os_fd_close(port->fd);
	page_drop_connection(port->connection);
	port->counts = NULL;
	port_drop_outgoing(port);
}

static void report_closed(void *context)
{
	struct os_port *port = context;
	port->close_is_due = false;
	os_port_retain(port);
	port_drop_waiting(port);
	port_end_calls(port, -EPIPE);
	if (port->delegate != NULL && port->delegate->closed != NULL && port->reason != 0) {
		port->delegate->closed(port->context, port, port->reason);
	}
	os_port_release(port);
}

void os_port_close(struct os_port *port)
{
	if (port->close_is_due) {
		os_loop_cancel_deferred(port->loop, report_closed, port);
		port->close_is_due = false;
	}
	port->reason = 0;
	hang_up(port);
	port_drop_waiting(port);
	port_end_calls(port, -EPIPE);
}

/* The delegate hears of it later, when nobody is inside a call on the port. */
void port_fail(struct os_port *port, int reason)
{
	if (port->fd < 0) {
		return;
	}
	os_log_debug("port", "%s: connection %llu of %s %s closes: %s", port->interface->name,
	             (unsigned long long)port->connection, port->peer.role, port->peer.app,
	             os_status_text(reason));
	port->reason = reason;
	hang_up(port);
	port->close_is_due = true;
	os_loop_defer(port->loop, OS_LOOP_MODE_COMMON, report_closed, port);
}

bool os_port_is_open(const struct os_port *port)
{
	return port->fd >= 0;
}

void *os_port_context(const struct os_port *port)
{
	return port->context;
}

void os_port_set_delegate(struct os_port *port, const struct os_port_delegate *delegate,
                          void *context)
{
	port->delegate = delegate;
	port->context = context;
}

/* --- Who is there ------------------------------------------------------------------------------ */

bool port_is_from_client(const struct os_port *port)
{
	return port->end == OS_PORT_SERVER;
}

void os_port_set_peer(struct os_port *port, const struct os_peer *peer)
{
	port->peer = *peer;
}

const struct os_peer *os_port_peer(const struct os_port *port)
{
	return &port->peer;
}

void os_port_set_connection(struct os_port *port, uint64_t connection)
{
	page_drop_connection(port->connection);
	port->connection = connection;
	port->counts = NULL;
	if (connection != 0 && port->fd >= 0) {
		port->counts = page_connection(connection);
		atomic_fetch_add(&port->counts->sent, port->sent);
		atomic_fetch_add(&port->counts->handled, port->handled);
	}
}

void port_count_sent(struct os_port *port, int change)
{
	port->sent += (uint64_t)(int64_t)change;
	if (port->counts != NULL) {
		atomic_fetch_add(&port->counts->sent, (uint64_t)(int64_t)change);
	}
}

void port_count_handled(struct os_port *port)
{
	port->handled++;
	if (port->counts != NULL) {
		page_count_handled(port->counts);
	}
}
