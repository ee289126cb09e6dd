/* Calls: answered, refused, timed out in real time, forgotten, waited for. */
#include "test.h"

#include <errno.h>
#include <pthread.h>

#include "port_pair.h"

struct answer {
	int count, status;
	char text[32];
};

static void did_answer(void *context, int status, struct os_message *reply)
{
	struct answer *answer = context;
	answer->count++;
	answer->status = status;
	if (reply != NULL) {
		snprintf(answer->text, sizeof(answer->text), "%s", os_message_read_text(reply));
	}
}

static int ask(struct pair *pair, int64_t timeout_us, struct answer *answer)
{
	struct os_message message;
	os_message_init(&message, &s_lamp.requests[LAMP_ASK], LAMP_ASK);
	os_message_write_u32(&message, 1);
	return os_port_call(pair->client.port, &message, timeout_us, did_answer, answer);
}

static void an_answer_comes_back(void **state)
{
	struct pair pair;
	struct answer answer = {0};
	pair_init(&pair);
	pair.server.reply = true;
	assert_int_equal(os_port_oldest_call_age_us(pair.client.port), 0);
	assert_int_equal(ask(&pair, OS_NEVER, &answer), 0);
	pair_settle(&pair);
	assert_int_equal(answer.count, 1);
	assert_int_equal(answer.status, 0);
	assert_string_equal(answer.text, "yes");
	assert_int_equal(os_port_oldest_call_age_us(pair.client.port), 0);
	pair_finish(&pair);
}

static void an_error_comes_back(void **state)
{
	struct pair pair;
	struct answer answer = {0};
	pair_init(&pair);
	assert_int_equal(ask(&pair, OS_NEVER, &answer), 0);
	pair_settle(&pair);
	os_port_reply_error_late(pair.server.port, LAMP_ASK, 1, -EBUSY);
	pair_settle(&pair);
	assert_int_equal(answer.count, 1);
	assert_int_equal(answer.status, -EBUSY);
	pair_finish(&pair);
}

static void silence_times_out_even_with_the_clock_held(void **state)
{
	struct pair pair;
	struct answer answer = {0}, patient = {0};
	pair_init(&pair);
	os_clock_hold();
	assert_int_equal(ask(&pair, OS_NEVER, &patient), 0);
	assert_int_equal(ask(&pair, 1000, &answer), 0);
	while (answer.count == 0) {
		os_loop_iterate(pair.loop, OS_NEVER);
	}
	assert_int_equal(answer.status, -ETIMEDOUT);
	assert_int_equal(patient.count, 0);
	assert_true(os_port_oldest_call_age_us(pair.client.port) >= 1000);
	/* an answer that comes now finds nobody, and hurts nobody */
	os_port_reply_error_late(pair.server.port, LAMP_ASK, 2, -EBUSY);
	pair_settle(&pair);
	assert_int_equal(answer.count, 1);
	assert_true(os_port_is_open(pair.client.port));
	os_clock_run();
	pair_finish(&pair);
}

static void hang_up_and_close_end_calls(void **state)
{
	struct pair pair;
	struct answer answer = {0};
	pair_init(&pair);
	ask(&pair, OS_NEVER, &answer);
	os_port_close(pair.server.port);
	pair_settle(&pair);
	assert_int_equal(answer.count, 1);
	assert_int_equal(answer.status, -EPIPE);
	pair_finish(&pair);
}

static void forgotten_calls_call_nobody(void **state)
{
	struct pair pair;
	struct answer answer = {0};
	pair_init(&pair);
	pair.server.reply = true;
	ask(&pair, OS_NEVER, &answer);
	os_port_forget_calls(pair.client.port, &answer);
	pair_settle(&pair);
	assert_int_equal(answer.count, 0);
	assert_int_equal(pair.server.received, 1);
	pair_finish(&pair);
}

struct remote {
	int fd;
	struct end end;
};

/* The other end, in a thread with a loop of its own: says something first, then answers. */
static void *serve(void *context)
{
	struct remote *remote = context;
	struct os_loop *loop = os_loop_create();
	remote->end.reply = true;
	remote->end.port = os_port_create(loop, remote->fd, &s_lamp, OS_PORT_SERVER,
	                                  &s_pair_delegate, &remote->end);
	struct os_message event;
	os_message_init(&event, &s_lamp.events[LAMP_CHANGED], LAMP_CHANGED);
	os_message_write_u32(&event, 8);
	os_port_send(remote->end.port, &event);
	while (!remote->end.closed) {
		os_loop_iterate(loop, OS_NEVER);
	}
	os_port_release(remote->end.port);
	os_loop_release(loop);
	return NULL;
}

static void waiting_keeps_events_for_later(void **state)
{
	struct os_loop *loop = os_loop_create();
	struct remote remote = {0};
	struct end end = {0};
	int fds[2];
	pthread_t thread;
	assert_int_equal(os_port_pair(fds), 0);
	remote.fd = fds[1];
	end.port = os_port_create(loop, fds[0], &s_lamp, OS_PORT_CLIENT, &s_pair_delegate, &end);
	pthread_create(&thread, NULL, serve, &remote);
	struct os_message message, reply;
	os_message_init(&message, &s_lamp.requests[LAMP_ASK], LAMP_ASK);
	os_message_write_u32(&message, 1);
	assert_int_equal(os_port_call_wait(end.port, &message, 10 * OS_US_PER_S, &reply), 0);
	assert_string_equal(os_message_read_text(&reply), "yes");
	os_message_finish(&reply);
	assert_int_equal(end.received, 0);
	os_loop_iterate(loop, 0);
	os_loop_iterate(loop, 0);
	assert_int_equal(end.received, 1);
	assert_int_equal(end.last_value, 8);
	os_port_close(end.port);
	os_port_release(end.port);
	pthread_join(thread, NULL);
	os_loop_release(loop);
}

static void waiting_ends_with_the_peer_or_the_time(void **state)
{
	struct pair pair;
	struct os_message message, reply;
	pair_init(&pair);
	os_message_init(&message, &s_lamp.requests[LAMP_ASK], LAMP_ASK);
	os_message_write_u32(&message, 1);
	assert_int_equal(os_port_call_wait(pair.client.port, &message, 1000, &reply), -ETIMEDOUT);
	os_port_close(pair.server.port);
	os_message_init(&message, &s_lamp.requests[LAMP_ASK], LAMP_ASK);
	os_message_write_u32(&message, 1);
	assert_int_equal(os_port_call_wait(pair.client.port, &message, OS_NEVER, &reply), -EPIPE);
	pair_settle(&pair);
	assert_int_equal(pair.client.closed, 1);
	pair_finish(&pair);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_comes_back),
		cmocka_unit_test(an_error_comes_back),
		cmocka_unit_test(silence_times_out_even_with_the_clock_held),
		cmocka_unit_test(hang_up_and_close_end_calls),
		cmocka_unit_test(forgotten_calls_call_nobody),
		cmocka_unit_test(waiting_keeps_events_for_later),
		cmocka_unit_test(waiting_ends_with_the_peer_or_the_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
