/* Port, inside: what its four files share.
 *
 *	port.c          life cycle, peer, closing
 *	port_send.c     the out-queue, coalescing
 *	port_receive.c  from the socket through the tables to the delegate
 *	port_call.c     requests that wait for their reply
 *
 *	open ──peer hangs up, sends what does not fit, goes over its bound──▸ failing ──deferred──▸ closed
 *	open ──os_port_close──▸ closed
 */
#ifndef OS_PORT_PRIVATE_H
#define OS_PORT_PRIVATE_H

#include <os/list.h>
#include <os/port.h>
#include <os/timer.h>

struct page_connection;

struct os_port {
	int refs;
	struct os_loop *loop;
	const struct os_interface *interface;
	enum os_port_end end;
	const struct os_port_delegate *delegate;
	void *context;
	struct os_peer peer;
	int fd; /* -1 once failing or closed */
	struct os_source *source;
	int reason;        /* why it fails; `closed` is due when not 0 */
	bool close_is_due; /* deferred */
	/* out */
	struct os_list outgoing; /* port_outgoing.link */
	size_t unsent, bound;
	bool was_full; /* over the soft bound since it was last empty */
	bool hung_up;  /* writing failed; what the peer had sent before is still read */
	/* in */
	struct os_list waiting; /* port_incoming.link: came during os_port_call_wait */
	size_t waiting_bytes;
	/* calls */
	struct os_list calls; /* port_call.link, oldest first */
	uint32_t last_serial;
	struct os_timer *call_timer;
	/* counts, for the step's barrier */
	uint64_t connection, sent, handled;
	struct page_connection *counts;
};

struct port_incoming {
	struct os_list link; /* os_port.waiting */
	struct os_message message;
};

/* port.c */
void port_fail(struct os_port *port, int reason);
void port_count_sent(struct os_port *port, int change);
void port_count_handled(struct os_port *port);
bool port_is_from_client(const struct os_port *port); /* what it receives */

/* port_send.c */
int port_flush(struct os_port *port); /* sends what the socket takes; 0, or -EPIPE */
void port_drop_outgoing(struct os_port *port);
void port_watch(struct os_port *port); /* asks the loop for what is of interest now */
void port_did_become_writable(struct os_port *port);

/* port_receive.c */
void port_did_wake(void *context, int fd, uint32_t events);
/* 1 and a checked message, 0 when there is none now, -EPIPE, -EBADMSG. */
int port_receive(struct os_port *port, struct os_message *ret_message);
/* Takes message over: to its call, or to the delegate. */
void port_dispatch(struct os_port *port, struct os_message *message);
/* Keeps message for a later turn. -ENOBUFS when too much waits already. */
int port_keep_waiting(struct os_port *port, const struct os_message *message);
void port_drop_waiting(struct os_port *port);
/* Blocks for the next message, or until the queue could be flushed (0) or the time is up. */
int port_wait(struct os_port *port, int64_t deadline_us, struct os_message *ret_message);

/* port_call.c */
void port_answer_call(struct os_port *port, struct os_message *reply);
void port_end_calls(struct os_port *port, int status);

#endif
