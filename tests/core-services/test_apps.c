/* A list that is longer than a message, and answers that come when the line has gone. */
#include "server_pair.h"

#include <cs/apps.h>

#include <errno.h>
#include <stdio.h>

struct answer {
	int came, status;
	size_t count;
	char last[128];
};

static void did_list(void *context, int status, const struct cs_app_info *apps, size_t count)
{
	struct answer *answer = context;
	answer->came = 1;
	answer->status = status;
	answer->count = count;
	if (count > 0) {
		snprintf(answer->last, sizeof(answer->last), "%s", apps[count - 1].id);
	}
}

static void did_finish(void *context, int status, const char *sentence)
{
	struct answer *answer = context;
	answer->came = 1;
	answer->status = status;
}

static void ignore_app(void *context, const struct os_launch_record *record)
{
}

static void ignore_end(void *context, const char *app)
{
}

static void a_long_list_comes_whole(void **state)
{
	static const struct cs_server_delegate quiet = {sizeof(quiet), ignore_app, ignore_end, NULL,
							NULL};
	struct server_pair pair;
	server_pair_setup(&pair);
	pair.services = cs_services_destroy(pair.services);
	cs_server_destroy(pair.server);
	for (int i = 0; i < 230; i++) {
		char id[40];
		snprintf(id, sizeof(id), "org.example.app%03d", i);
		server_pair_make_bundle(pair.system, id, NULL);
	}
	const struct cs_server_options options = {.struct_size = sizeof(options),
						  .loop = pair.loop,
						  .data = pair.folder,
						  .bundles = pair.system_path,
						  .delegate = &quiet};
	assert_int_equal(cs_server_create(&options, &pair.server, NULL), 0);
	pair.services = server_pair_add(&pair, "", "tool system");
	struct answer answer = {0};
	cs_apps_list(pair.services, did_list, &answer);
	server_pair_wait(&pair, &answer.came);
	assert_int_equal(answer.status, 0);
	assert_int_equal(answer.count, 230);
	assert_string_equal(answer.last, "org.example.app229");
	server_pair_teardown(&pair);
}

static void every_question_is_answered_once(void **state)
{
	struct server_pair pair;
	server_pair_setup(&pair);
	cs_services_destroy(pair.services);
	pair.services = server_pair_add(&pair, "", "tool system");
	struct answer list = {0}, erase = {0};
	cs_apps_list(pair.services, did_list, &list);
	cs_apps_erase(pair.services, "a.b", did_finish, &erase);
	pair.services = cs_services_destroy(pair.services);
	assert_int_equal(list.came, 1);
	assert_int_equal(list.status, -EPIPE);
	assert_int_equal(erase.status, -EPIPE);
	server_pair_teardown(&pair);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_long_list_comes_whole),
	    cmocka_unit_test(every_question_is_answered_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
