/* Two ends of a port on one loop, with what arrived at each, for the tests of ports. */
#ifndef TEST_PORT_PAIR_H
#define TEST_PORT_PAIR_H

#include <os/clock.h>
#include <os/port.h>

#include "lamp.h"

struct end {
	struct os_port *port;
	int received, closed, reason, drained;
	uint32_t last_type, last_value;
	uint64_t flow;
	int answer; /* what the message callback returns */
	bool reply;
};

struct pair {
	struct os_loop *loop;
	struct end client, server;
};

static int pair_message(void *context, struct os_port *port, struct os_message *message)
{
	struct end *end = context;
	end->received++;
	end->last_type = message->header.type;
	end->flow = message->header.flow;
	if (message->signature[0] == 'u') {
		end->last_value = os_message_read_u32(message);
	}
	if (end->reply && message->header.type == LAMP_ASK) {
		struct os_message reply;
		os_message_init_reply(&reply, message);
		os_message_write_text(&reply, "yes");
		os_port_reply(port, &reply);
	}
	return end->answer;
}

static void pair_closed(void *context, struct os_port *port, int reason)
{
	struct end *end = context;
	end->closed++;
	end->reason = reason;
}

static void pair_drained(void *context, struct os_port *port)
{
	((struct end *)context)->drained++;
}

static const struct os_port_delegate s_pair_delegate = {
	.struct_size = sizeof(struct os_port_delegate),
	.message = pair_message,
	.closed = pair_closed,
	.drained = pair_drained,
};

static inline void pair_init(struct pair *pair)
{
	int fds[2];
	memset(pair, 0, sizeof(*pair));
	pair->loop = os_loop_create();
	assert_int_equal(os_port_pair(fds), 0);
	pair->client.port = os_port_create(pair->loop, fds[0], &s_lamp, OS_PORT_CLIENT,
	                                   &s_pair_delegate, &pair->client);
	pair->server.port = os_port_create(pair->loop, fds[1], &s_lamp, OS_PORT_SERVER,
	                                   &s_pair_delegate, &pair->server);
}

static inline void pair_finish(struct pair *pair)
{
	os_port_release(pair->client.port);
	os_port_release(pair->server.port);
	os_loop_release(pair->loop);
}

/* Turns the loop until nothing is left to do. */
static inline void pair_settle(struct pair *pair)
{
	for (int quiet = 0; quiet < 2;) {
		quiet = os_loop_iterate(pair->loop, 0) > 0 ? 0 : quiet + 1;
	}
}

static inline int pair_send(struct end *end, uint32_t type, uint32_t value)
{
	struct os_message message;
	os_message_init(&message, &s_lamp.requests[type], type);
	if (type == LAMP_ASK) {
		os_message_write_u32(&message, value);
	}
	return os_port_send(end->port, &message);
}

static inline int pair_send_bytes(struct end *end, size_t length)
{
	static char bytes[60000];
	struct os_message message;
	os_message_init(&message, &s_lamp.requests[LAMP_BIG], LAMP_BIG);
	os_message_write_bytes(&message, bytes, length);
	return os_port_send(end->port, &message);
}

static inline int pair_move(struct end *end, uint64_t key, double x)
{
	struct os_message message;
	os_message_init(&message, &s_lamp.requests[LAMP_MOVE], LAMP_MOVE);
	os_message_write_u64(&message, key);
	os_message_write_double(&message, x);
	os_message_write_double(&message, 0);
	return os_port_send(end->port, &message);
}

#endif
