/* A connection in one process: both ends on one loop, no supervisor. */
#include "test.h"

#include <errno.h>

#include <os/connection.h>

#include "port_pair.h"

struct client {
	int connected, received, lost, reason;
	bool again;
};

static void connected(void *context, struct os_port *port, bool again)
{
	struct client *client = context;
	client->connected++;
	client->again = again;
	assert_true(os_port_is_open(port));
}

static int received(void *context, struct os_port *port, struct os_message *message)
{
	((struct client *)context)->received++;
	return 0;
}

static void lost(void *context, int reason)
{
	struct client *client = context;
	client->lost++;
	client->reason = reason;
}

static const struct os_connection_delegate s_delegate = {
	.struct_size = sizeof(struct os_connection_delegate),
	.connected = connected, .message = received, .lost = lost};

static void both_ends_in_one_process(void **state)
{
	struct os_loop *loop = os_loop_create();
	struct client client = {0};
	struct end server = {0};
	int fds[2];
	assert_int_equal(os_port_pair(fds), 0);
	server.port = os_port_create(loop, fds[1], &s_lamp, OS_PORT_SERVER, &s_pair_delegate, &server);
	struct os_connection *connection =
		os_connection_create_with_fd(loop, fds[0], &s_lamp, &s_delegate, &client);
	assert_int_equal(client.connected, 1);
	assert_false(client.again);
	assert_non_null(os_connection_port(connection));
	struct os_message event;
	os_message_init(&event, &s_lamp.events[LAMP_CHANGED], LAMP_CHANGED);
	os_message_write_u32(&event, 3);
	os_port_send(server.port, &event);
	os_port_close(server.port);
	while (client.lost == 0) {
		os_loop_iterate(loop, OS_NEVER);
	}
	assert_int_equal(client.received, 1);
	assert_int_equal(client.reason, -EPIPE);
	assert_null(os_connection_port(connection)); /* and it stays so */
	assert_null(os_connection_release(connection));
	os_port_release(server.port);
	os_loop_release(loop);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(both_ends_in_one_process)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
