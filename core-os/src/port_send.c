#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include <os/clock.h>
#include <os/memory.h>

#include "message_private.h"
#include "port_private.h"
#include "signature.h"

struct port_outgoing {
	struct os_list link; /* os_port.outgoing */
	struct os_message message; /* sealed */
};

union control {
	struct cmsghdr header;
	char bytes[CMSG_SPACE(sizeof(int) * OS_MESSAGE_MAX_FDS)];
};

/* 0, -EAGAIN when the socket is full, or what is wrong with the connection. */
static int transmit(int fd, const struct os_message *message)
{
	struct iovec part = {message->bytes.bytes, message->bytes.length};
	struct msghdr packet = {.msg_iov = &part, .msg_iovlen = 1};
	union control control;
	if (message->fd_count > 0) {
		size_t size = sizeof(int) * message->fd_count;
		memset(&control, 0, sizeof(control));
		packet.msg_control = &control;
		packet.msg_controllen = CMSG_SPACE(size);
		struct cmsghdr *header = CMSG_FIRSTHDR(&packet);
		header->cmsg_level = SOL_SOCKET;
		header->cmsg_type = SCM_RIGHTS;
		header->cmsg_len = CMSG_LEN(size);
		memcpy(CMSG_DATA(header), message->fds, size);
	}
	ssize_t sent;
	do {
		sent = sendmsg(fd, &packet, MSG_NOSIGNAL | MSG_DONTWAIT);
	} while (sent < 0 && errno == EINTR);
	return sent < 0 ? -errno : 0;
}

static void drop(struct os_port *port, struct port_outgoing *out)
{
	port->unsent -= out->message.bytes.length;
	os_list_remove(&out->link);
	os_message_finish(&out->message);
	os_free(out);
}

void port_drop_outgoing(struct os_port *port)
{
	struct port_outgoing *out, *next;
	os_list_for_each_safe(out, next, &port->outgoing, link) {
		drop(port, out);
	}
}

void port_watch(struct os_port *port)
{
	if (port->source == NULL) {
		return;
	}
	bool wants_room = !os_list_is_empty(&port->outgoing) || port->was_full;
	os_source_set_events(port->source, OS_LOOP_READ | (wants_room ? OS_LOOP_WRITE : 0));
}

/* A peer that hung up may have said something before: that is still read, and the end of it is
 * what closes the port. Any other failure to send (too many descriptors on their way) is its end. */
static int did_fail_to_send(struct os_port *port, int status)
{
	port_drop_outgoing(port);
	port->was_full = false;
	port->hung_up = true;
	if (status != -EPIPE && status != -ECONNRESET) {
		port_fail(port, -ENOBUFS);
	}
	port_watch(port);
	return -EPIPE;
}

int port_flush(struct os_port *port)
{
	struct port_outgoing *out, *next;
	os_list_for_each_safe(out, next, &port->outgoing, link) {
		int status = transmit(port->fd, &out->message);
		if (status == -EAGAIN || status == -ENOBUFS || status == -ENOMEM) {
			return 0;
		}
		if (status < 0) {
			return did_fail_to_send(port, status);
		}
		drop(port, out);
	}
	return 0;
}

void port_did_become_writable(struct os_port *port)
{
	port_flush(port);
	if (port->fd < 0 || !os_list_is_empty(&port->outgoing)) {
		return;
	}
	bool tell = port->was_full;
	port->was_full = false;
	port_watch(port);
	size_t needed = offsetof(struct os_port_delegate, drained) + sizeof(port->delegate->drained);
	if (tell && port->delegate->struct_size >= needed && port->delegate->drained != NULL) {
		port->delegate->drained(port->context, port);
	}
}

/* --- Coalescing ----------------------------------------------------------------------------------- */

/* Bytes of the first value, which is what tells one state from another. */
static size_t key_length(const struct os_message *message)
{
	struct signature_item item;
	signature_next(message->signature, &item);
	if (item.kind == 's' || item.kind == 'y') {
		uint32_t length;
		memcpy(&length, message->bytes.bytes + sizeof(message->header), sizeof(length));
		return sizeof(length) + length;
	}
	return item.kind == 'b' ? 1 : strchr("iu", item.kind) != NULL ? 4 : 8;
}

static bool is_same_state(const struct os_message *a, const struct os_message *b)
{
	size_t key = key_length(a);
	const size_t at = sizeof(struct os_message_header);
	return a->header.type == b->header.type && key == key_length(b) &&
	       memcmp(a->bytes.bytes + at, b->bytes.bytes + at, key) == 0;
}

/* The newest unsent one of the same state takes the new values, at its own place. */
static bool coalesce(struct os_port *port, struct os_message *message)
{
	if ((message->type->flags & OS_MESSAGE_COALESCES) == 0) {
		return false;
	}
	struct port_outgoing *out;
	os_list_for_each_reverse(out, &port->outgoing, link) {
		if (!is_same_state(&out->message, message)) {
			continue;
		}
		port->unsent += message->bytes.length - out->message.bytes.length;
		os_message_finish(&out->message);
		out->message = *message;
		return true;
	}
	return false;
}

/* --- Sending ---------------------------------------------------------------------------------------- */

static int enqueue(struct os_port *port, struct os_message *message)
{
	if (port->unsent + message->bytes.length > port->bound) {
		port_count_sent(port, -1);
		os_message_finish(message);
		return -ENOBUFS;
	}
	struct port_outgoing *out = os_alloc(sizeof(*out));
	out->message = *message;
	os_list_append(&port->outgoing, &out->link);
	port->unsent += message->bytes.length;
	port->was_full |= port->unsent > port->bound / 2;
	port_watch(port);
	return 0;
}

int os_port_send(struct os_port *port, struct os_message *message)
{
	int status = port->fd < 0 || port->hung_up ? -EPIPE : message_seal(message);
	if (status < 0) {
		os_message_finish(message);
		return status;
	}
	if (coalesce(port, message)) {
		return 0;
	}
	port_count_sent(port, 1); /* before it can be seen to be handled */
	status = os_list_is_empty(&port->outgoing) ? transmit(port->fd, message) : -EAGAIN;
	if (status == -EAGAIN || status == -ENOBUFS || status == -ENOMEM) {
		return enqueue(port, message);
	}
	os_message_finish(message);
	return status < 0 ? did_fail_to_send(port, status) : 0;
}

/* A peer that asks and does not read its answers is over its bound, and is dropped for it. */
int os_port_reply(struct os_port *port, struct os_message *reply)
{
	if (reply->header.serial == 0) {
		os_message_finish(reply); /* was sent without wanting an answer */
		return 0;
	}
	int status = os_port_send(port, reply);
	if (status == -ENOBUFS) {
		port_fail(port, status);
	}
	return status;
}

int os_port_reply_error(struct os_port *port, const struct os_message *request, int status)
{
	if (request->type->reply == NULL) {
		return 0;
	}
	struct os_message reply;
	os_message_init_reply(&reply, request);
	reply.header.status = status;
	return os_port_reply(port, &reply);
}

int os_port_reply_error_late(struct os_port *port, uint32_t index, uint32_t serial, int status)
{
	bool from_client = port_is_from_client(port);
	const struct os_interface *interface = port->interface;
	const struct os_message_type *types = from_client ? interface->requests : interface->events;
	struct os_message reply;
	os_message_init_late_reply(&reply, &types[index], index, serial);
	reply.header.status = status;
	return os_port_reply(port, &reply);
}

/* --- Back-pressure ------------------------------------------------------------------------------------ */

void os_port_set_bound(struct os_port *port, size_t bytes)
{
	port->bound = bytes;
}

size_t os_port_unsent_bytes(const struct os_port *port)
{
	return port->unsent;
}

int os_port_flush_wait(struct os_port *port, int64_t timeout_us)
{
	int64_t deadline_us = os_clock_real_us() + OS_MIN(timeout_us, OS_NEVER / 2);
	while (port->fd >= 0 && !os_list_is_empty(&port->outgoing)) {
		int64_t left_us = deadline_us - os_clock_real_us();
		if (left_us <= 0) {
			return -ETIMEDOUT;
		}
		struct pollfd wait = {.fd = port->fd, .events = POLLOUT};
		poll(&wait, 1, (int)OS_MIN(left_us / OS_US_PER_MS + 1, INT64_C(60000)));
		if (port_flush(port) < 0) {
			return -EPIPE;
		}
	}
	port_watch(port);
	return port->fd < 0 || port->hung_up ? -EPIPE : 0;
}
