/* F25: settings with a search order and word of changes, end to end. F146 */
#include "server_pair.h"

#include <cs/settings.h>

#include <os/path.h>

#include <errno.h>

struct outcome {
	int came, status;
	char sentence[500];
};

static void did_set(void *context, int status, const char *sentence)
{
	struct outcome *outcome = context;
	outcome->status = status;
	snprintf(outcome->sentence, sizeof(outcome->sentence), "%s", sentence);
	outcome->came = 1;
}

static struct outcome set(struct server_pair *pair, struct cs_settings *settings,
			  const char *domain, const char *key, const char *text)
{
	struct outcome outcome = {0};
	struct cs_value *value = NULL;
	if (text != NULL) {
		assert_int_equal(cs_value_parse(text, strlen(text), "test", &value, NULL), 0);
	}
	assert_int_equal(cs_settings_set(settings, domain, key, value, did_set, &outcome), 0);
	os_release(value);
	server_pair_wait(pair, &outcome.came);
	return outcome;
}

static void wait_ready(struct server_pair *pair, struct cs_settings *settings)
{
	while (!cs_settings_is_ready(settings)) {
		os_loop_iterate(pair->loop, OS_NEVER);
	}
}

struct ends {
	struct server_pair pair;
	struct cs_services *master_line;
	struct cs_settings *app, *master; /* of an app, and of the Settings app */
};

static void setup(struct ends *ends)
{
	server_pair_setup(&ends->pair);
	ends->master_line = server_pair_add(&ends->pair, "org.strata.settings", "settings system");
	ends->app = cs_settings_create(ends->pair.services);
	ends->master = cs_settings_create(ends->master_line);
	wait_ready(&ends->pair, ends->app);
	wait_ready(&ends->pair, ends->master);
}

static void teardown(struct ends *ends)
{
	cs_settings_destroy(ends->app);
	cs_settings_destroy(ends->master);
	cs_services_destroy(ends->master_line);
	server_pair_teardown(&ends->pair);
}

static void defaults_are_there_before_anything(void **state)
{
	struct ends ends;
	setup(&ends);
	assert_string_equal(cs_settings_text(ends.app, "look"), "light");
	assert_false(cs_settings_bool(ends.app, "reduce-motion"));
	assert_int_equal(cs_settings_int(ends.app, "display.orientation"), 0);
	assert_string_equal(cs_settings_text(ends.app, "sort"), "");
	struct cs_value *defaults;
	assert_int_equal(cs_value_parse("{\"sort\": \"name\"}", 16, "x", &defaults, NULL), 0);
	cs_settings_set_defaults(ends.app, defaults);
	os_release(defaults);
	assert_string_equal(cs_settings_text(ends.app, "sort"), "name");
	teardown(&ends);
}

struct heard {
	int count;
	char key[65];
};

static void hear(void *context, void *data)
{
	struct heard *heard = context;
	heard->count++;
	snprintf(heard->key, sizeof(heard->key), "%s", (const char *)data);
}

static void count_event(void *context, void *data)
{
	((struct heard *)context)->count++;
}

static void a_change_is_heard_by_all_and_own_goes_first(void **state)
{
	struct ends ends;
	setup(&ends);
	struct heard heard = {0};
	struct os_listener listener = {0};
	os_signal_connect(cs_settings_changed(ends.app), &listener, hear, &heard);
	assert_int_equal(set(&ends.pair, ends.master, CS_DOMAIN_DEVICE, "look", "\"dark\"").status,
			 0);
	server_pair_wait(&ends.pair, &heard.count);
	assert_string_equal(heard.key, "look");
	assert_string_equal(cs_settings_text(ends.app, "look"), "dark");
	assert_int_equal(set(&ends.pair, ends.app, CS_DOMAIN_OWN, "look", "\"light\"").status, 0);
	assert_string_equal(cs_settings_text(ends.app, "look"), "light");
	assert_string_equal(cs_settings_text(ends.master, "look"), "dark");
	assert_int_equal(set(&ends.pair, ends.app, CS_DOMAIN_OWN, "look", NULL).status, 0);
	assert_string_equal(cs_settings_text(ends.app, "look"), "dark");
	os_listener_disconnect(&listener);
	teardown(&ends);
}

static void what_may_not_be_is_refused_with_a_sentence(void **state)
{
	struct ends ends;
	setup(&ends);
	struct outcome outcome = set(&ends.pair, ends.app, CS_DOMAIN_DEVICE, "look", "\"dark\"");
	assert_int_equal(outcome.status, -EPERM);
	outcome = set(&ends.pair, ends.app, "org.strata.settings", "x", "1");
	assert_int_equal(outcome.status, -EPERM);
	outcome = set(&ends.pair, ends.master, CS_DOMAIN_DEVICE, "look", "\"purple\"");
	assert_int_equal(outcome.status, -EINVAL);
	assert_string_equal(outcome.sentence, "look: expected light or dark, not purple");
	outcome = set(&ends.pair, ends.master, CS_DOMAIN_DEVICE, "lock", "1");
	assert_non_null(strstr(outcome.sentence,
			       "lock: there is no such setting; expected one of look, text-size"));
	outcome = set(&ends.pair, ends.app, CS_DOMAIN_OWN, "no/slash", "1");
	assert_int_equal(outcome.status, -EINVAL);
	outcome =
	    set(&ends.pair, ends.master, "permissions", "org.strata.notes/contacts", "\"granted\"");
	assert_int_equal(outcome.status, -EPERM);
	outcome = set(&ends.pair, ends.master, "../device", "look", "\"dark\"");
	assert_int_equal(outcome.status, -EPERM);
	teardown(&ends);
}

/* What the entitlement opens is that one setting, with its bounds; nothing else. */
static void brightness_is_for_those_who_may(void **state)
{
	struct ends ends;
	setup(&ends);
	struct cs_services *line = server_pair_add(&ends.pair, "org.strata.panel", "brightness");
	struct cs_settings *panel = cs_settings_create(line);
	wait_ready(&ends.pair, panel);
	struct outcome outcome = set(&ends.pair, ends.app, CS_DOMAIN_DEVICE, "display.brightness", "50");
	assert_int_equal(outcome.status, -EPERM);
	outcome = set(&ends.pair, panel, CS_DOMAIN_DEVICE, "display.brightness", "\"bright\"");
	assert_int_equal(outcome.status, -EINVAL); /* asked, not turned away */
	outcome = set(&ends.pair, panel, CS_DOMAIN_DEVICE, "look", "\"dark\"");
	assert_int_equal(outcome.status, -EPERM);
	cs_settings_destroy(panel);
	cs_services_destroy(line);
	teardown(&ends);
}

static void compare_and_set_lets_one_win(void **state)
{
	struct ends ends;
	setup(&ends);
	struct outcome outcome = {0};
	struct cs_value *value = cs_value_create_int(90);
	uint64_t before =
	    cs_settings_revision(ends.master, CS_DOMAIN_DEVICE, "display.orientation");
	assert_int_equal(before, 0);
	const struct cs_setting_seen seen = {CS_DOMAIN_DEVICE, "display.orientation", before};
	cs_settings_set_if(ends.master, &seen, value, did_set, &outcome);
	server_pair_wait(&ends.pair, &outcome.came);
	assert_int_equal(outcome.status, 0);
	outcome.came = 0;
	cs_settings_set_if(ends.master, &seen, value, did_set, &outcome);
	server_pair_wait(&ends.pair, &outcome.came);
	assert_int_equal(outcome.status, -ESTALE);
	os_release(value);
	teardown(&ends);
}

/* What was changed and removed while a client was away comes when it asks from its revision. */
static void no_change_is_missed_over_a_restart(void **state)
{
	struct ends ends;
	setup(&ends);
	set(&ends.pair, ends.master, CS_DOMAIN_DEVICE, "look", "\"dark\"");
	set(&ends.pair, ends.master, CS_DOMAIN_DEVICE, "text-size", "\"xl\"");
	uint64_t revision = cs_settings_revision(ends.master, CS_DOMAIN_DEVICE, "text-size");
	set(&ends.pair, ends.master, CS_DOMAIN_DEVICE, "look", NULL);
	cs_settings_destroy(ends.app);
	cs_settings_destroy(ends.master);
	cs_services_destroy(ends.master_line);
	server_pair_restart(&ends.pair);
	ends.pair.services = server_pair_add(&ends.pair, "org.strata.notes", "");
	struct os_message message;
	int fd = server_pair_add_fd(&ends.pair, "org.strata.other", "");
	cs_services_begin(&message, CS_SERVICES_SETTINGS_WATCH);
	os_message_write_text(&message, CS_DOMAIN_DEVICE);
	os_message_write_u64(&message, revision);
	struct cs_services *line = cs_services_create_with_fd(ends.pair.loop, fd);
	struct heard heard = {0};
	struct os_listener listener = {0};
	os_signal_connect(cs_services_event(line, CS_SERVICES_SETTING), &listener, count_event,
			  &heard);
	cs_services_call(line, &message, NULL, NULL);
	server_pair_wait(&ends.pair, &heard.count);
	while (os_loop_iterate(ends.pair.loop, 0) > 0) {
	}
	assert_int_equal(heard.count, 1); /* only that `look` was removed */
	cs_services_destroy(line);
	ends.master_line = server_pair_add(&ends.pair, "org.strata.settings", "settings");
	ends.app = cs_settings_create(ends.pair.services);
	ends.master = cs_settings_create(ends.master_line);
	wait_ready(&ends.pair, ends.master);
	assert_string_equal(cs_settings_text(ends.master, "look"), "light");
	assert_string_equal(cs_settings_text(ends.master, "text-size"), "xl");
	teardown(&ends);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(defaults_are_there_before_anything),
	    cmocka_unit_test(a_change_is_heard_by_all_and_own_goes_first),
	    cmocka_unit_test(what_may_not_be_is_refused_with_a_sentence),
	    cmocka_unit_test(brightness_is_for_those_who_may),
	    cmocka_unit_test(compare_and_set_lets_one_win),
	    cmocka_unit_test(no_change_is_missed_over_a_restart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
