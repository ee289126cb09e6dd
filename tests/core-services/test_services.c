/* The line to services: what waits for it, what ends with it. */
#include "server_pair.h"

#include <cs/settings.h>

#include <errno.h>

static void did_answer(void *context, int status, struct os_message *reply)
{
	*(int *)context = status == 0 ? 1 : status;
}

static int ask(struct cs_services *services, int *answer)
{
	struct os_message message;
	cs_services_begin(&message, CS_SERVICES_SETTINGS_GET);
	os_message_write_text(&message, CS_DOMAIN_DEVICE);
	os_message_write_text(&message, "look");
	return cs_services_call(services, &message, did_answer, answer);
}

static void a_question_is_answered(void **state)
{
	struct server_pair pair;
	server_pair_setup(&pair);
	int answer = 0;
	assert_int_equal(ask(pair.services, &answer), 0);
	server_pair_wait(&pair, &answer);
	assert_int_equal(answer, 1);
	server_pair_teardown(&pair);
}

static void the_end_of_the_line_answers_all(void **state)
{
	struct server_pair pair;
	server_pair_setup(&pair);
	int answers[4] = {0};
	assert_int_equal(ask(pair.services, &answers[0]), 0);
	pair.services = cs_services_destroy(pair.services);
	assert_int_equal(answers[0], -EPIPE);

	pair.services = server_pair_add(&pair, "org.strata.notes", "");
	cs_server_destroy(pair.server);
	while (cs_services_is_connected(pair.services)) {
		os_loop_iterate(pair.loop, OS_NEVER);
	}
	assert_int_equal(ask(pair.services, &answers[1]), 0); /* waits: the line is down */
	assert_int_equal(ask(pair.services, &answers[2]), 0);
	cs_services_forget(pair.services, &answers[2]);
	assert_int_equal(answers[1], 0);
	int waiting = 0, result;
	while ((result = ask(pair.services, &answers[3])) == 0) {
		waiting++;
	}
	assert_int_equal(result, -ENOBUFS);
	assert_int_equal(waiting, 63);
	pair.services = cs_services_destroy(pair.services);
	assert_int_equal(answers[1], -EPIPE);
	assert_int_equal(answers[2], 0);
	server_pair_start(&pair);
	server_pair_teardown(&pair);
}

static void settings_may_go_before_their_answers(void **state)
{
	struct server_pair pair;
	server_pair_setup(&pair);
	struct cs_settings *settings = cs_settings_create(pair.services);
	struct cs_value *value = cs_value_create_int(1);
	assert_int_equal(cs_settings_set(settings, CS_DOMAIN_OWN, "x", value, NULL, NULL), 0);
	os_release(value);
	cs_settings_destroy(settings);
	int answer = 0;
	ask(pair.services, &answer);
	server_pair_wait(&pair, &answer);
	server_pair_teardown(&pair);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_question_is_answered),
	    cmocka_unit_test(the_end_of_the_line_answers_all),
	    cmocka_unit_test(settings_may_go_before_their_answers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
