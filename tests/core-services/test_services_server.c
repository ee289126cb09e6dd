#include "server_pair.h"

#include <cs/apps.h>

#include <os/object.h>

#include <errno.h>
#include <sys/socket.h>

struct heard {
	int count;
	uint32_t number;
	char sentence[500];
};

static void hear_notice(void *context, void *data)
{
	struct heard *heard = context;
	heard->count++;
	heard->number = os_message_read_u32(data);
	snprintf(heard->sentence, sizeof(heard->sentence), "%s", os_message_read_text(data));
}

/* A damaged file is told to the shell, also when that comes later, until it says it was seen. */
static void notices_wait_until_they_were_seen(void **state)
{
	struct server_pair pair;
	server_pair_setup(&pair);
	pair.services = cs_services_destroy(pair.services);
	cs_server_destroy(pair.server);
	test_folder_write(openat(pair.folder, "settings", O_RDONLY | O_DIRECTORY), "device.json",
			  "{\n oops");
	server_pair_start(&pair);
	assert_int_equal(pair.notices, 1);
	for (int round = 0; round < 2; round++) {
		struct heard heard = {0};
		struct os_listener listener = {0};
		pair.services = server_pair_add(&pair, "", "system shell");
		os_signal_connect(cs_services_event(pair.services, CS_SERVICES_NOTICE), &listener,
				  hear_notice, &heard);
		cs_services_watch(pair.services, CS_SERVICES_WATCH_NOTICES);
		server_pair_wait(&pair, &heard.count);
		assert_non_null(strstr(heard.sentence, "settings/device.json:2: expected"));
		assert_non_null(strstr(heard.sentence, "device.json.damaged-"));
		if (round == 1) {
			struct os_message message;
			cs_services_begin(&message, CS_SERVICES_NOTICE_SEEN);
			os_message_write_u32(&message, heard.number);
			assert_int_equal(cs_services_call(pair.services, &message, NULL, NULL), 0);
			while (os_loop_iterate(pair.loop, 0) > 0) {
			}
		}
		os_listener_disconnect(&listener);
		pair.services = cs_services_destroy(pair.services);
	}
	server_pair_teardown(&pair);
}

static void did_answer(void *context, int status, struct os_message *reply)
{
	*(int *)context = status == 0 ? 1 : status;
}

static int ask_for_apps(struct server_pair *pair, struct cs_services *services)
{
	int answer = 0;
	struct os_message message;
	cs_services_begin(&message, CS_SERVICES_APPS);
	os_message_write_u32(&message, 0);
	assert_int_equal(cs_services_call(services, &message, did_answer, &answer), 0);
	server_pair_wait(pair, &answer);
	return answer;
}

static void who_lacks_the_entitlement_is_closed_alone(void **state)
{
	struct server_pair pair;
	server_pair_setup(&pair);
	struct cs_services *other =
	    server_pair_add(&pair, "org.strata.settings", "settings system");
	assert_int_equal(ask_for_apps(&pair, pair.services), -EPIPE);
	assert_int_equal(ask_for_apps(&pair, other), 1);
	assert_false(cs_services_is_connected(pair.services));
	assert_true(cs_services_is_connected(other));
	cs_services_destroy(other);
	server_pair_teardown(&pair);
}

static void bytes_that_are_no_message_close_that_peer_only(void **state)
{
	struct server_pair pair;
	server_pair_setup(&pair);
	struct cs_services *other = server_pair_add(&pair, "", "system tool");
	int bad = server_pair_add_fd(&pair, "org.strata.bad", "");
	assert_int_equal(
	    send(bad, "this is no message at all, but long enough for a header", 55, 0), 55);
	char byte;
	ssize_t got = -1;
	while (got != 0) {
		os_loop_iterate(pair.loop, 0);
		got = recv(bad, &byte, 1, MSG_DONTWAIT);
	}
	close(bad);
	assert_int_equal(ask_for_apps(&pair, other), 1);
	cs_services_destroy(other);
	server_pair_teardown(&pair);
}

static void nothing_is_left_alive(void **state)
{
	assert_int_equal(os_object_live_total(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(notices_wait_until_they_were_seen),
	    cmocka_unit_test(who_lacks_the_entitlement_is_closed_alone),
	    cmocka_unit_test(bytes_that_are_no_message_close_that_peer_only),
	    cmocka_unit_test(nothing_is_left_alive),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
