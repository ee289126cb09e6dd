#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include <os/clock.h>
#include <os/file.h>
#include <os/log.h>
#include <os/memory.h>
#include <os/status.h>
#include <os/trace.h>

#include "message_private.h"
#include "port_private.h"

/* One port handles no more than this in a turn, so that a flood holds up nobody else. */
#define MESSAGES_PER_TURN 64
#define WAITING_BOUND (4 << 20)

union control {
	struct cmsghdr header;
	char bytes[CMSG_SPACE(sizeof(int) * OS_MESSAGE_MAX_FDS)];
};

static void take_fds(struct msghdr *packet, struct os_message *message)
{
	struct cmsghdr *header;
	for (header = CMSG_FIRSTHDR(packet); header != NULL; header = CMSG_NXTHDR(packet, header)) {
		if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) {
			continue;
		}
		size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		const unsigned char *bytes = CMSG_DATA(header);
		for (size_t i = 0; i < count; i++) {
			int fd;
			memcpy(&fd, bytes + i * sizeof(fd), sizeof(fd));
			if (message->fd_count < OS_MESSAGE_MAX_FDS) {
				message->fds[message->fd_count++] = fd;
			} else {
				os_fd_close(fd);
			}
		}
	}
}

/* 1 and its bytes and descriptors, 0, or -EPIPE, -EBADMSG. */
static int receive_bytes(int fd, struct os_message *message)
{
	char bytes[OS_MESSAGE_MAX_BYTES];
	union control control;
	struct iovec part = {bytes, sizeof(bytes)};
	struct msghdr packet = {.msg_iov = &part,
	                        .msg_iovlen = 1,
	                        .msg_control = &control,
	                        .msg_controllen = sizeof(control)};
	memset(message, 0, sizeof(*message));
	ssize_t length;
	do {
		/* ECONNRESET is told once, before what the peer had sent until then. */
		length = recvmsg(fd, &packet, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
	} while (length < 0 && (errno == EINTR || errno == ECONNRESET));
	if (length < 0) {
		return errno == EAGAIN ? 0 : -EPIPE;
	}
	take_fds(&packet, message);
	if (length == 0) {
		os_message_finish(message);
		return -EPIPE;
	}
	if ((packet.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) {
		os_message_finish(message);
		return -EBADMSG;
	}
	os_buffer_add(&message->bytes, bytes, (size_t)length);
	return 1;
}

int port_receive(struct os_port *port, struct os_message *ret_message)
{
	int result = receive_bytes(port->fd, ret_message);
	if (result <= 0) {
		return result;
	}
	struct os_error error;
	result = message_check(port->interface, port_is_from_client(port), ret_message, &error);
	if (result < 0) {
		os_log_debug("port", "%s", error.text);
		os_message_finish(ret_message);
		return result;
	}
	return 1;
}

/* --- To the delegate ------------------------------------------------------------------------------- */

static bool may_send(const struct os_port *port, const struct os_message *message)
{
	const char *needs = message->type->needs;
	return port->end == OS_PORT_CLIENT || needs == NULL || os_peer_has(&port->peer, needs);
}

static int hand_over(struct os_port *port, struct os_message *message)
{
	if ((message->header.type & OS_MESSAGE_REPLY_BIT) != 0) {
		port_answer_call(port, message);
		return 0;
	}
	if (!may_send(port, message)) {
		os_log_debug("port", "%s.%s needs \"%s\"", port->interface->name, message->type->name,
		             message->type->needs);
		return -EPERM;
	}
	return port->delegate->message(port->context, port, message);
}

void port_dispatch(struct os_port *port, struct os_message *message)
{
	uint64_t before = os_flow_set_current(message->header.flow);
	os_port_retain(port);
	int result = hand_over(port, message);
	os_message_finish(message);
	port_count_handled(port);
	if (result < 0) {
		port_fail(port, result);
	}
	os_port_release(port);
	os_flow_set_current(before);
}

static void read_all(struct os_port *port)
{
	for (int i = 0; i < MESSAGES_PER_TURN && port->fd >= 0; i++) {
		struct os_message message;
		int result = port_receive(port, &message);
		if (result < 0) {
			port_fail(port, result);
		}
		if (result <= 0) {
			return;
		}
		port_dispatch(port, &message);
	}
}

static void dispatch_waiting(void *context)
{
	struct os_port *port = os_port_retain(context);
	while (port->fd >= 0 && !os_list_is_empty(&port->waiting)) {
		struct port_incoming *in =
			OS_CONTAINER_OF(port->waiting.next, struct port_incoming, link);
		os_list_remove(&in->link);
		port->waiting_bytes -= in->message.bytes.length;
		struct os_message message = in->message;
		os_free(in);
		port_dispatch(port, &message);
	}
	os_port_release(port);
}

void port_did_wake(void *context, int fd, uint32_t events)
{
	struct os_port *port = os_port_retain(context);
	dispatch_waiting(port);
	if (port->fd >= 0 && (events & OS_LOOP_WRITE) != 0 && !port->hung_up) {
		port_did_become_writable(port);
	}
	if (port->fd >= 0 && (events & (OS_LOOP_READ | OS_LOOP_HANGUP)) != 0) {
		read_all(port);
	}
	os_port_release(port);
}

/* --- While a call waits -------------------------------------------------------------------------------- */

int port_keep_waiting(struct os_port *port, const struct os_message *message)
{
	if (port->waiting_bytes + message->bytes.length > WAITING_BOUND) {
		return -ENOBUFS;
	}
	if (os_list_is_empty(&port->waiting)) {
		os_loop_defer(port->loop, OS_LOOP_MODE_COMMON, dispatch_waiting, port);
	}
	struct port_incoming *in = os_alloc(sizeof(*in));
	in->message = *message;
	os_list_append(&port->waiting, &in->link);
	port->waiting_bytes += message->bytes.length;
	return 0;
}

void port_drop_waiting(struct os_port *port)
{
	os_loop_cancel_deferred(port->loop, dispatch_waiting, port);
	struct port_incoming *in, *next;
	os_list_for_each_safe(in, next, &port->waiting, link) {
		os_list_remove(&in->link);
		os_message_finish(&in->message);
		os_free(in);
	}
	port->waiting_bytes = 0;
}

int port_wait(struct os_port *port, int64_t deadline_us, struct os_message *ret_message)
{
	for (;;) {
		if (port->fd < 0) {
			return -EPIPE;
		}
		int result = port_receive(port, ret_message);
		if (result != 0) {
			return result;
		}
		int64_t left_us = deadline_us - os_clock_real_us();
		if (left_us <= 0) {
			return -ETIMEDOUT;
		}
		bool unsent = !os_list_is_empty(&port->outgoing);
		struct pollfd wait = {.fd = port->fd, .events = POLLIN | (unsent ? POLLOUT : 0)};
		poll(&wait, 1, (int)OS_MIN(left_us / OS_US_PER_MS + 1, INT64_C(60000)));
		if (unsent && !port->hung_up) {
			port_flush(port);
		}
	}
}
