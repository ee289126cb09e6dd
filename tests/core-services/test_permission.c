/* F5 in part: an answer for each app and resource, kept, and taken back. */
#include "server_pair.h"

#include <cs/permission.h>

#include <errno.h>
#include <stdio.h>

struct answer {
	int came, status;
	enum cs_permission permission;
};

static void did_get(void *context, int status, enum cs_permission permission)
{
	struct answer *answer = context;
	*answer = (struct answer){1, status, permission};
}

static void did_set(void *context, int status, const char *sentence)
{
	struct answer *answer = context;
	*answer = (struct answer){1, status, 0};
}

static struct answer get(struct server_pair *pair, struct cs_services *services, const char *app,
			 const char *resource)
{
	struct answer answer = {0};
	assert_int_equal(cs_permission_get(services, app, resource, did_get, &answer), 0);
	server_pair_wait(pair, &answer.came);
	return answer;
}

static struct answer set(struct server_pair *pair, struct cs_services *services, const char *app,
			 const char *resource, enum cs_permission permission)
{
	struct answer answer = {0};
	assert_int_equal(cs_permission_set(services, app, resource, permission, did_set, &answer),
			 0);
	server_pair_wait(pair, &answer.came);
	return answer;
}

static void answers_are_each_apps_own(void **state)
{
	struct server_pair pair;
	server_pair_setup(&pair);
	struct cs_services *master =
	    server_pair_add(&pair, "org.strata.settings", "settings system");
	assert_int_equal(get(&pair, pair.services, NULL, "contacts").permission,
			 CS_PERMISSION_NOT_ASKED);
	assert_int_equal(
	    set(&pair, pair.services, "org.strata.notes", "contacts", CS_PERMISSION_GRANTED).status,
	    -EPERM);
	assert_int_equal(
	    set(&pair, master, "org.strata.notes", "contacts", CS_PERMISSION_GRANTED).status, 0);
	assert_int_equal(get(&pair, pair.services, NULL, "contacts").permission,
			 CS_PERMISSION_GRANTED);
	assert_int_equal(get(&pair, pair.services, "org.strata.notes", "contacts").permission,
			 CS_PERMISSION_GRANTED);
	assert_int_equal(get(&pair, pair.services, "org.strata.other", "contacts").status, -EPERM);
	assert_int_equal(get(&pair, master, "org.strata.other", "contacts").permission,
			 CS_PERMISSION_NOT_ASKED);
	assert_int_equal(get(&pair, pair.services, NULL, "fridge").status, -EINVAL);
	assert_int_equal(
	    set(&pair, master, "org.strata.notes", "fridge", CS_PERMISSION_GRANTED).status,
	    -EINVAL);
	assert_int_equal(set(&pair, master, "no id", "contacts", CS_PERMISSION_GRANTED).status,
			 -EINVAL);
	assert_int_equal(set(&pair, master, "org.strata.notes", "contacts", 3).status, -EINVAL);
	cs_services_destroy(master);
	server_pair_teardown(&pair);
}

struct heard {
	int count;
	char resource[33];
	uint32_t permission;
};

static void hear(void *context, void *data)
{
	struct heard *heard = context;
	snprintf(heard->resource, sizeof(heard->resource), "%s", os_message_read_text(data));
	heard->permission = os_message_read_u32(data);
	heard->count++;
}

static void taking_back_is_heard(void **state)
{
	struct server_pair pair;
	server_pair_setup(&pair);
	struct cs_services *master = server_pair_add(&pair, "", "tool system");
	struct heard heard = {0};
	struct os_listener listener = {0};
	os_signal_connect(cs_services_event(pair.services, CS_SERVICES_PERMISSION), &listener, hear,
			  &heard);
	cs_permission_watch(pair.services);
	while (heard.count < 8) { /* the state of each resource first */
		os_loop_iterate(pair.loop, OS_NEVER);
	}
	heard.count = 0;
	set(&pair, master, "org.strata.other", "photos", CS_PERMISSION_DENIED);
	set(&pair, master, "org.strata.notes", "photos", CS_PERMISSION_DENIED);
	server_pair_wait(&pair, &heard.count);
	assert_string_equal(heard.resource, "photos");
	assert_int_equal(heard.permission, CS_PERMISSION_DENIED);
	set(&pair, master, "org.strata.notes", "photos", CS_PERMISSION_NOT_ASKED);
	while (heard.permission != CS_PERMISSION_NOT_ASKED) {
		os_loop_iterate(pair.loop, OS_NEVER);
	}
	assert_int_equal(heard.count, 2);
	os_listener_disconnect(&listener);
	cs_services_destroy(master);
	server_pair_teardown(&pair);
}

static void resources_are_listed(void **state)
{
	size_t count = 0;
	while (cs_permission_resource_at(count) != NULL) {
		assert_true(cs_permission_is_resource(cs_permission_resource_at(count)));
		count++;
	}
	assert_int_equal(count, 8);
	assert_false(cs_permission_is_resource(""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(answers_are_each_apps_own),
	    cmocka_unit_test(taking_back_is_heard),
	    cmocka_unit_test(resources_are_listed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
