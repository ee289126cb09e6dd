/* A process's copy of the settings, over a line that breaks and comes back. F25 */
#include "server_pair.h"

#include <cs/settings.h>

#include <errno.h>

static void outcome_came(void *context, int status, const char *sentence)
{
	*(int *)context = status == 0 ? 1 : status;
}

static void keep_hearing(void *context, void *data)
{
	(*(int *)context)++;
}

static void what_is_too_long_is_not_sent(void **state)
{
	struct server_pair pair;
	server_pair_setup(&pair);
	struct cs_settings *settings = cs_settings_create(pair.services);
	static char text[5000];
	memset(text, 'x', sizeof(text) - 1);
	struct cs_value *value = cs_value_create_string(text), *small = cs_value_create_int(1);
	assert_int_equal(cs_settings_set(settings, CS_DOMAIN_OWN, "x", value, NULL, NULL), -EFBIG);
	text[65] = '\0';
	assert_int_equal(cs_settings_set(settings, CS_DOMAIN_OWN, text, small, NULL, NULL), -EFBIG);
	os_release(value);
	os_release(small);
	cs_settings_destroy(settings);
	server_pair_teardown(&pair);
}

/* A process of the system has no domain of its own; it is ready with the device's. */
static void without_an_own_domain_the_device_is_enough(void **state)
{
	struct server_pair pair;
	server_pair_setup(&pair);
	struct cs_services *line = server_pair_add(&pair, "", "tool system");
	struct cs_settings *settings = cs_settings_create(line);
	int ready = 0, outcome = 0;
	struct os_listener listener = {0};
	os_signal_connect(cs_settings_changed(settings), &listener, keep_hearing, &ready);
	server_pair_wait(&pair, &ready);
	assert_true(cs_settings_is_ready(settings));
	struct cs_value *value = cs_value_create_bool(true);
	cs_settings_set(settings, CS_DOMAIN_OWN, "x", value, outcome_came, &outcome);
	server_pair_wait(&pair, &outcome);
	assert_int_equal(outcome, -EPERM);
	outcome = 0;
	cs_settings_set(settings, CS_DOMAIN_DEVICE, "reduce-motion", value, outcome_came, &outcome);
	server_pair_wait(&pair, &outcome);
	assert_true(cs_settings_bool(settings, "reduce-motion"));
	assert_true(cs_settings_revision(settings, CS_DOMAIN_DEVICE, "reduce-motion") > 0);
	os_release(value);
	os_listener_disconnect(&listener);
	cs_settings_destroy(settings);
	cs_services_destroy(line);
	server_pair_teardown(&pair);
}

static void the_same_value_again_is_no_change(void **state)
{
	struct server_pair pair;
	server_pair_setup(&pair);
	struct cs_settings *settings = cs_settings_create(pair.services);
	while (!cs_settings_is_ready(settings)) {
		os_loop_iterate(pair.loop, OS_NEVER);
	}
	int changes = 0;
	struct os_listener listener = {0};
	os_signal_connect(cs_settings_changed(settings), &listener, keep_hearing, &changes);
	for (int i = 0; i < 3; i++) {
		int outcome = 0;
		struct cs_value *value = cs_value_create_int(5);
		cs_settings_set(settings, CS_DOMAIN_OWN, "x", value, outcome_came, &outcome);
		os_release(value);
		server_pair_wait(&pair, &outcome);
	}
	assert_int_equal(changes, 1);
	assert_int_equal(cs_settings_int(settings, "x"), 5);
	os_listener_disconnect(&listener);
	cs_settings_destroy(settings);
	server_pair_teardown(&pair);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_too_long_is_not_sent),
	    cmocka_unit_test(without_an_own_domain_the_device_is_enough),
	    cmocka_unit_test(the_same_value_again_is_no_change),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
