/* Sending never blocks: the out-queue takes what the socket does not, up to its bound. */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "port_pair.h"

static void a_full_socket_queues_in_order_and_drains(void **state)
{
	struct pair pair;
	pair_init(&pair);
	int sent = 0;
	while (os_port_unsent_bytes(pair.client.port) < 600000) {
		assert_int_equal(pair_send_bytes(&pair.client, 60000), 0);
		sent++;
	}
	assert_int_equal(pair_send(&pair.client, LAMP_ASK, 17), 0);
	pair_settle(&pair);
	assert_int_equal(pair.server.received, sent + 1);
	assert_int_equal(pair.server.last_value, 17);
	assert_int_equal(os_port_unsent_bytes(pair.client.port), 0);
	assert_int_equal(pair.client.drained, 1);
	pair_finish(&pair);
}

static void the_bound_refuses_and_keeps_the_rest(void **state)
{
	struct pair pair;
	pair_init(&pair);
	os_port_set_bound(pair.client.port, 100000);
	int sent = 0, result;
	while ((result = pair_send_bytes(&pair.client, 60000)) == 0) {
		sent++;
	}
	assert_int_equal(result, -ENOBUFS);
	assert_true(os_port_is_open(pair.client.port));
	assert_true(os_port_unsent_bytes(pair.client.port) <= 100000);
	pair_settle(&pair);
	assert_int_equal(pair.server.received, sent);
	assert_int_equal(pair_send(&pair.client, LAMP_ASK, 1), 0);
	pair_finish(&pair);
}

static void one_who_reads_no_answers_is_dropped(void **state)
{
	struct pair pair;
	pair_init(&pair);
	pair.server.reply = true;
	os_port_set_bound(pair.server.port, 2000);
	os_port_close(pair.client.port);
	/* a client that asks, and never reads */
	int fds[2];
	assert_int_equal(os_port_pair(fds), 0);
	struct end end = {.reply = true};
	end.port = os_port_create(pair.loop, fds[1], &s_lamp, OS_PORT_SERVER, &s_pair_delegate, &end);
	os_port_set_bound(end.port, 2000);
	for (uint32_t i = 1; !end.closed; i++) {
		struct {
			struct os_message_header header;
			uint32_t value;
		} ask = {{.type = LAMP_ASK, .size = 28, .serial = i}, i};
		assert_true(write(fds[0], &ask, 28) == 28 || errno == EAGAIN || errno == EPIPE);
		pair_settle(&pair);
	}
	assert_int_equal(end.reason, -ENOBUFS);
	close(fds[0]);
	os_port_release(end.port);
	pair_finish(&pair);
}

static void newer_states_replace_unsent_ones(void **state)
{
	struct pair pair;
	pair_init(&pair);
	while (os_port_unsent_bytes(pair.client.port) == 0) {
		pair_send_bytes(&pair.client, 60000);
	}
	size_t before = os_port_unsent_bytes(pair.client.port);
	for (int i = 0; i < 100; i++) {
		assert_int_equal(pair_move(&pair.client, 1, i), 0);
		assert_int_equal(pair_move(&pair.client, 2, i), 0);
	}
	const size_t one = sizeof(struct os_message_header) + 24;
	assert_int_equal(os_port_unsent_bytes(pair.client.port), before + 2 * one);
	pair.server.received = 0;
	pair_settle(&pair);
	assert_int_equal(pair.server.last_type, LAMP_MOVE);
	pair_finish(&pair);
}

static void descriptors_go_along_in_order(void **state)
{
	struct pair pair;
	pair_init(&pair);
	int fds[2];
	assert_int_equal(pipe2(fds, O_CLOEXEC | O_NONBLOCK), 0);
	for (int i = 0; i < 20; i++) {
		struct os_message message;
		os_message_init(&message, &s_lamp.requests[LAMP_FD], LAMP_FD);
		os_message_write_fd(&message, fds[1]);
		os_message_write_u32(&message, 1);
		assert_int_equal(os_port_send(pair.client.port, &message), 0);
		pair_send_bytes(&pair.client, 60000);
	}
	pair_settle(&pair);
	assert_int_equal(pair.server.received, 40);
	close(fds[1]);
	char byte;
	assert_int_equal(read(fds[0], &byte, 1), 0); /* every copy was closed with its message */
	close(fds[0]);
	pair_finish(&pair);
}

static void a_flood_holds_up_nobody(void **state)
{
	struct pair pair;
	pair_init(&pair);
	for (int i = 0; i < 200; i++) {
		pair_send(&pair.client, LAMP_ASK, (uint32_t)i);
	}
	os_loop_iterate(pair.loop, 0);
	assert_in_range(pair.server.received, 1, 64); /* a turn's share */
	pair_settle(&pair);
	assert_int_equal(pair.server.received, 200);
	pair_finish(&pair);
}

static void flush_wait_says_when_nobody_reads(void **state)
{
	struct pair pair;
	pair_init(&pair);
	while (os_port_unsent_bytes(pair.client.port) == 0) {
		pair_send_bytes(&pair.client, 60000);
	}
	assert_int_equal(os_port_flush_wait(pair.client.port, 1000), -ETIMEDOUT);
	os_port_close(pair.server.port);
	assert_int_equal(os_port_flush_wait(pair.client.port, OS_US_PER_S), -EPIPE);
	pair_settle(&pair);
	assert_int_equal(pair.client.closed, 1);
	pair_finish(&pair);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_full_socket_queues_in_order_and_drains),
		cmocka_unit_test(the_bound_refuses_and_keeps_the_rest),
		cmocka_unit_test(one_who_reads_no_answers_is_dropped),
		cmocka_unit_test(newer_states_replace_unsent_ones),
		cmocka_unit_test(descriptors_go_along_in_order),
		cmocka_unit_test(a_flood_holds_up_nobody),
		cmocka_unit_test(flush_wait_says_when_nobody_reads),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
