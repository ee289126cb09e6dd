/* Installs that are interrupted leave nothing behind. F149 */
#include "server_pair.h"

#include <cs/apps.h>

#include <os/path.h>

#include <errno.h>
#include <stdio.h>

struct answer {
	int came, status;
};

static void did_install(void *context, int status, const char *sentence,
			const struct cs_app_info *app)
{
	struct answer *answer = context;
	answer->came++;
	answer->status = status;
}

static void begin(struct server_pair *pair, struct answer *answer)
{
	server_pair_setup(pair);
	cs_services_destroy(pair->services);
	pair->services = server_pair_add(pair, "", "tool system");
	server_pair_make_bundle(pair->system, "org.example.lamp", NULL);
	int folder = openat(pair->system, "org.example.lamp", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(cs_apps_install(pair->services, folder, did_install, answer), 0);
	close(folder);
}

static void the_server_may_go_while_it_copies(void **state)
{
	struct server_pair pair;
	struct answer answer = {0};
	begin(&pair, &answer);
	os_loop_iterate(pair.loop, OS_NEVER); /* the request is there */
	cs_server_destroy(pair.server);
	while (os_loop_iterate(pair.loop, 0) > 0) {
	}
	server_pair_wait(&pair, &answer.came);
	assert_int_equal(answer.status, -EPIPE);
	assert_false(os_path_exists(pair.folder, "bundles/.new-1"));
	assert_false(os_path_exists(pair.folder, "bundles/org.example.lamp"));
	server_pair_start(&pair);
	server_pair_teardown(&pair);
}

static void nobody_takes_the_place_of_home(void **state)
{
	struct server_pair pair;
	struct answer answer = {0};
	server_pair_setup(&pair);
	cs_services_destroy(pair.services);
	pair.services = server_pair_add(&pair, "", "tool system");
	server_pair_make_bundle(pair.system, "org.strata.home",
				"{\"id\": \"org.strata.home\", \"name\": \"Home\", "
				"\"version\": \"1.0\", \"api\": 1, \"module\": \"module.so\", "
				"\"icon\": \"icon.png\", \"entitlements\": [\"shell\"]}");
	char path[64];
	int mine = test_folder_create(path);
	server_pair_make_bundle(mine, "org.strata.home", NULL);
	int folder = openat(mine, "org.strata.home", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(cs_apps_install(pair.services, folder, did_install, &answer), 0);
	close(folder);
	server_pair_wait(&pair, &answer.came);
	assert_int_equal(answer.status, -EPERM);
	assert_false(os_path_exists(pair.folder, "bundles/.new-1"));
	assert_false(os_path_exists(pair.folder, "bundles/org.strata.home"));
	test_folder_destroy(mine, path);
	server_pair_teardown(&pair);
}

static void the_asker_may_go_while_it_copies(void **state)
{
	struct server_pair pair;
	struct answer answer = {0};
	begin(&pair, &answer);
	os_loop_iterate(pair.loop, OS_NEVER);
	pair.services = cs_services_destroy(pair.services);
	assert_int_equal(answer.status, -EPIPE);
	server_pair_wait(&pair, &pair.published_count); /* installed all the same */
	assert_true(os_path_exists(pair.folder, "bundles/org.example.lamp"));
	assert_int_equal(answer.came, 1);
	server_pair_teardown(&pair);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_server_may_go_while_it_copies),
	    cmocka_unit_test(nobody_takes_the_place_of_home),
	    cmocka_unit_test(the_asker_may_go_while_it_copies),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
