/* F13. Port: who is there, what closes it, and that nothing but that one port closes. */
#include "test.h"

#include <errno.h>
#include <unistd.h>

#include "page.h"
#include "port_pair.h"

static void entitlements_are_whole_words(void **state)
{
	struct os_peer peer = {.entitlements = "system shell-like  network"};
	assert_true(os_peer_has(&peer, "system"));
	assert_true(os_peer_has(&peer, "network"));
	assert_false(os_peer_has(&peer, "shell"));
	assert_false(os_peer_has(&peer, "net"));
	assert_false(os_peer_has(&peer, ""));
}

static void hang_up_is_told_once_and_later(void **state)
{
	struct pair pair;
	pair_init(&pair);
	pair_send(&pair.client, LAMP_ASK, 5);
	os_port_close(pair.client.port);
	assert_int_equal(pair.server.closed, 0);
	pair_settle(&pair);
	assert_int_equal(pair.server.received, 1); /* what it had said before is still heard */
	assert_int_equal(pair.server.closed, 1);
	assert_int_equal(pair.server.reason, -EPIPE);
	assert_int_equal(pair.client.closed, 0); /* its own end asked for it */
	assert_int_equal(pair_send(&pair.client, LAMP_ASK, 1), -EPIPE);
	pair_finish(&pair);
}

static void hang_up_with_unread_messages_still_delivers(void **state)
{
	struct pair pair;
	pair_init(&pair);
	struct os_message event;
	os_message_init(&event, &s_lamp.events[LAMP_CHANGED], LAMP_CHANGED);
	os_message_write_u32(&event, 3);
	os_port_send(pair.server.port, &event);
	pair_send(&pair.client, LAMP_ASK, 5); /* never read: the client is told ECONNRESET */
	os_port_close(pair.server.port);
	pair_settle(&pair);
	assert_int_equal(pair.client.received, 1);
	assert_int_equal(pair.client.last_value, 3);
	assert_int_equal(pair.client.reason, -EPIPE);
	pair_finish(&pair);
}

static void missing_entitlement_closes(void **state)
{
	struct pair pair;
	pair_init(&pair);
	pair_send(&pair.client, LAMP_SECRET, 0);
	pair_settle(&pair);
	assert_int_equal(pair.server.received, 0);
	assert_int_equal(pair.server.reason, -EPERM);
	assert_int_equal(pair.client.reason, -EPIPE);
	pair_finish(&pair);
}

static void entitlement_lets_in(void **state)
{
	struct pair pair;
	pair_init(&pair);
	struct os_peer peer = {.client = 1, .entitlements = "system shell"};
	os_port_set_peer(pair.server.port, &peer);
	pair_send(&pair.client, LAMP_SECRET, 0);
	pair_settle(&pair);
	assert_int_equal(pair.server.received, 1);
	assert_true(os_port_is_open(pair.server.port));
	pair_finish(&pair);
}

static void what_fits_no_table_closes_that_peer_only(void **state)
{
	struct pair pair, other;
	pair_init(&pair);
	pair_init(&other);
	int fds[2];
	assert_int_equal(os_port_pair(fds), 0);
	struct end end = {0};
	end.port = os_port_create(pair.loop, fds[1], &s_lamp, OS_PORT_SERVER, &s_pair_delegate, &end);
	assert_int_equal(write(fds[0], "rubbish", 7), 7);
	pair_send(&pair.client, LAMP_ASK, 1);
	pair_send(&other.client, LAMP_ASK, 1);
	pair_settle(&pair);
	pair_settle(&other);
	assert_int_equal(end.reason, -EBADMSG);
	assert_int_equal(end.received, 0);
	assert_int_equal(pair.server.received, 1);
	assert_int_equal(other.server.received, 1);
	assert_true(os_port_is_open(pair.server.port));
	close(fds[0]);
	os_port_release(end.port);
	pair_finish(&other);
	pair_finish(&pair);
}

static void a_negative_answer_closes_with_it(void **state)
{
	struct pair pair;
	pair_init(&pair);
	pair.server.answer = -EPROTO;
	pair_send(&pair.client, LAMP_ASK, 1);
	pair_send(&pair.client, LAMP_ASK, 2);
	pair_settle(&pair);
	assert_int_equal(pair.server.received, 1);
	assert_int_equal(pair.server.reason, -EPROTO);
	pair_finish(&pair);
}

static void counts_are_kept_under_the_connection(void **state)
{
	struct pair pair;
	pair_init(&pair);
	pair_send(&pair.client, LAMP_ASK, 1); /* before it has its number */
	os_port_set_connection(pair.client.port, 41);
	os_port_set_connection(pair.server.port, 42);
	pair_send(&pair.client, LAMP_ASK, 2);
	assert_int_equal(page_connection(41)->sent, 2);
	assert_int_equal(page_connection(42)->handled, 0);
	pair_settle(&pair);
	assert_int_equal(page_connection(42)->handled, 2);
	os_port_close(pair.server.port); /* its counts leave with it */
	struct page_copy copy;
	page_read(page_own(), &copy);
	assert_int_equal(copy.connection_count, 1);
	pair_finish(&pair);
	page_read(page_own(), &copy);
	assert_int_equal(copy.connection_count, 0);
}

static void handlers_work_under_the_messages_flow(void **state)
{
	struct pair pair;
	pair_init(&pair);
	struct os_message message;
	os_message_init(&message, &s_lamp.requests[LAMP_ASK], LAMP_ASK);
	os_message_write_u32(&message, 1);
	message.header.flow = 99;
	os_port_send(pair.client.port, &message);
	pair_settle(&pair);
	assert_int_equal(pair.server.flow, 99);
	pair_finish(&pair);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entitlements_are_whole_words),
		cmocka_unit_test(hang_up_is_told_once_and_later),
		cmocka_unit_test(hang_up_with_unread_messages_still_delivers),
		cmocka_unit_test(missing_entitlement_closes),
		cmocka_unit_test(entitlement_lets_in),
		cmocka_unit_test(what_fits_no_table_closes_that_peer_only),
		cmocka_unit_test(a_negative_answer_closes_with_it),
		cmocka_unit_test(counts_are_kept_under_the_connection),
		cmocka_unit_test(handlers_work_under_the_messages_flow),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
