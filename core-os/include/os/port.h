/* Port: one end of a conversation with another process (NSXPCConnection, a Mach port pair).
 *
 * A SOCK_SEQPACKET socket, an out-queue so that sending never blocks, and the interface's tables.
 *
 *	static const struct os_port_delegate s_delegate = {
 *		.struct_size = sizeof(s_delegate), .message = lamp_message, .closed = lamp_closed };
 *	struct os_port *port = os_port_create(loop, fd, &lamp_interface, OS_PORT_CLIENT, &s_delegate, self);
 *	os_port_send(port, &message);
 *	os_port_call(port, &message, 500 * OS_US_PER_MS, did_answer, self);
 *
 * A message that does not fit its table, or lacks the entitlement its row needs, closes that port
 * only. Each handled message sets the thread's flow (os/trace.h) from its header.
 * Thread: the loop's. Messages handed to the delegate are lent. */
#ifndef OS_PORT_H
#define OS_PORT_H

#include <os/loop.h>
#include <os/message.h>

enum os_port_end { OS_PORT_CLIENT, OS_PORT_SERVER };

/* Who is at the other end: minted by the supervisor, never taken from the other end's word. */
struct os_peer {
	uint64_t client;      /* unique while the device runs; survives any service's restart */
	char app[128];        /* app id, "" for a system process */
	char role[16];        /* "app", "home", "services", "tool", … */
	int32_t pid;
	char entitlements[1024]; /* separated by blanks */
};
OS_PUBLIC bool os_peer_has(const struct os_peer *peer, const char *entitlement);

struct os_port;
struct os_port_delegate {
	uint32_t struct_size;
	/* A negative value closes the port with that reason. */
	int (*message)(void *context, struct os_port *port, struct os_message *message);
	/* Called once, never from inside a call on the port; it may release the port. reason:
	 * -EPIPE hung up, -EBADMSG does not fit, -EPERM entitlement, -ENOBUFS over its bound. */
	void (*closed)(void *context, struct os_port *port, int reason);
	/* The out-queue has become empty after having been over its soft bound. May be NULL. */
	void (*drained)(void *context, struct os_port *port);
};

/* status is 0 and reply is lent, or status is -Exxx and reply NULL (-ETIMEDOUT, -EPIPE, its own). */
typedef void (*os_port_reply_fn)(void *context, int status, struct os_message *reply);

/* --- Life cycle ------------------------------------------------------------------------------- */

OS_PUBLIC int os_port_pair(int ret_fds[2]); /* seqpacket, close on exec, not blocking */
/* Takes fd over. */
OS_PUBLIC struct os_port *os_port_create(struct os_loop *loop, int fd, const struct os_interface *interface,
                                         enum os_port_end end, const struct os_port_delegate *delegate,
                                         void *context);
OS_PUBLIC struct os_port *os_port_retain(struct os_port *port);
OS_PUBLIC struct os_port *os_port_release(struct os_port *port);
OS_PUBLIC void os_port_close(struct os_port *port); /* at once; `closed` is not called; calls end -EPIPE */
OS_PUBLIC bool os_port_is_open(const struct os_port *port);
OS_PUBLIC void *os_port_context(const struct os_port *port);
/* Changes who is called from now on. */
OS_PUBLIC void os_port_set_delegate(struct os_port *port, const struct os_port_delegate *delegate, void *context);

OS_PUBLIC void os_port_set_peer(struct os_port *port, const struct os_peer *peer); /* copied */
OS_PUBLIC const struct os_peer *os_port_peer(const struct os_port *port); /* zeroed when never set */
/* The connection's number, given by the supervisor to both ends: counts are kept under it. */
OS_PUBLIC void os_port_set_connection(struct os_port *port, uint64_t connection);

/* --- Sending ---------------------------------------------------------------------------------- */

/* All of these finish the message. 0, or -EPIPE, or -ENOBUFS if the out-queue is at its bound. */
OS_PUBLIC int os_port_send(struct os_port *port, struct os_message *message);
OS_PUBLIC int os_port_call(struct os_port *port, struct os_message *message, int64_t timeout_us,
                           os_port_reply_fn fn, void *context); /* timeout in real time */
OS_PUBLIC int os_port_reply(struct os_port *port, struct os_message *reply);
OS_PUBLIC int os_port_reply_error(struct os_port *port, const struct os_message *request, int status);
OS_PUBLIC int os_port_reply_error_late(struct os_port *port, uint32_t index, uint32_t serial, int status);
/* Forgets a call's answer, for a context that goes away. */
OS_PUBLIC void os_port_forget_calls(struct os_port *port, void *context);

/* Blocks until the answer is there, handling nothing else meanwhile (events wait). For tools and
 * for a process's start, not for handlers. ret_reply is the caller's to finish. */
OS_PUBLIC int os_port_call_wait(struct os_port *port, struct os_message *message, int64_t timeout_us,
                                struct os_message *ret_reply);

/* --- Back-pressure ------------------------------------------------------------------------------ */

/* The out-queue's bound in bytes (default 1 MiB). */
OS_PUBLIC void os_port_set_bound(struct os_port *port, size_t bytes);
OS_PUBLIC size_t os_port_unsent_bytes(const struct os_port *port);
/* Real time since the oldest call that has had no answer yet; 0 if there is none. The watchdog. */
OS_PUBLIC int64_t os_port_oldest_call_age_us(const struct os_port *port);
OS_PUBLIC int os_port_flush_wait(struct os_port *port, int64_t timeout_us); /* blocks; for exits */

#endif
