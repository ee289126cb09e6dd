/* F19 in part: apps are listed, installed, replaced, uninstalled; their storage is known. F149 */
#include "server_pair.h"

#include <cs/apps.h>
#include <cs/permission.h>
#include <cs/settings.h>

#include <os/path.h>

#include <errno.h>
#include <sys/stat.h>

struct answer {
	int came, status;
	char sentence[500];
	struct cs_app_info apps[8];
	size_t count;
	struct cs_app_storage storage;
	int fd;
};

static void did_list(void *context, int status, const struct cs_app_info *apps, size_t count)
{
	struct answer *answer = context;
	answer->status = status;
	answer->count = count;
	for (size_t i = 0; i < count && i < 8; i++) {
		answer->apps[i] = apps[i];
	}
	answer->came = 1;
}

static void did_get_info(void *context, int status, const char *sentence,
			 const struct cs_app_info *app)
{
	struct answer *answer = context;
	answer->status = status;
	answer->apps[0] = *app;
	snprintf(answer->sentence, sizeof(answer->sentence), "%s", sentence);
	answer->came = 1;
}

static void did_get_storage(void *context, int status, const char *sentence,
			    const struct cs_app_storage *storage)
{
	struct answer *answer = context;
	answer->status = status;
	answer->storage = *storage;
	snprintf(answer->sentence, sizeof(answer->sentence), "%s", sentence);
	answer->came = 1;
}

static void did_finish(void *context, int status, const char *sentence)
{
	struct answer *answer = context;
	answer->status = status;
	snprintf(answer->sentence, sizeof(answer->sentence), "%s", sentence);
	answer->came = 1;
}

static void did_get_icon(void *context, int status, int fd)
{
	struct answer *answer = context;
	answer->status = status;
	answer->fd = fd;
	answer->came = 1;
}

/* A pair whose client is the person's tool, and a folder to make bundles in. */
struct fixture {
	struct server_pair pair;
	int made;
	char made_path[64];
};

static void setup(struct fixture *fixture)
{
	server_pair_setup(&fixture->pair);
	cs_services_destroy(fixture->pair.services);
	fixture->pair.services = server_pair_add(&fixture->pair, "", "tool system shell");
	fixture->made = test_folder_create(fixture->made_path);
}

static void teardown(struct fixture *fixture)
{
	server_pair_teardown(&fixture->pair);
	test_folder_destroy(fixture->made, fixture->made_path);
}

static struct answer list(struct fixture *fixture)
{
	struct answer answer = {0};
	cs_apps_list(fixture->pair.services, did_list, &answer);
	server_pair_wait(&fixture->pair, &answer.came);
	return answer;
}

static struct answer install(struct fixture *fixture, const char *name)
{
	struct answer answer = {0};
	int folder = openat(fixture->made, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(cs_apps_install(fixture->pair.services, folder, did_get_info, &answer), 0);
	close(folder);
	server_pair_wait(&fixture->pair, &answer.came);
	return answer;
}

static struct answer uninstall(struct fixture *fixture, const char *id, bool erase)
{
	struct answer answer = {0};
	cs_apps_uninstall(fixture->pair.services, id, erase, did_finish, &answer);
	server_pair_wait(&fixture->pair, &answer.came);
	return answer;
}

static void the_systems_apps_are_published_and_listed(void **state)
{
	struct fixture fixture;
	setup(&fixture);
	struct server_pair *pair = &fixture.pair;
	server_pair_make_bundle(pair->system, "org.strata.zebra", NULL);
	server_pair_make_bundle(pair->system, "org.strata.apple", NULL);
	server_pair_make_bundle(pair->system, "org.strata.bad", "{\n\"id\": 3}");
	server_pair_make_bundle(
	    pair->system, "org.strata.home",
	    "{\"id\": \"org.strata.home\", \"name\": \"Home\", \"version\": \"1\", \"api\": 1, "
	    "\"module\": \"module.so\", \"icon\": \"\", \"entitlements\": [\"system\", "
	    "\"shell\"]}");
	server_pair_restart(pair);
	pair->services = server_pair_add(pair, "", "tool system");
	assert_int_equal(pair->notices, 1);
	assert_non_null(strstr(pair->notice, "org.strata.bad cannot be used: manifest.json:"));
	assert_int_equal(pair->published_count, 2);
	assert_string_equal(pair->published[0].app, "org.strata.apple");
	assert_string_equal(pair->published[0].name, "apple");
	assert_string_equal(pair->published[0].module, "module.so");
	assert_true(os_path_exists(pair->folder, "containers/org.strata.apple"));
	struct answer answer = list(&fixture);
	assert_int_equal(answer.status, 0);
	assert_int_equal(answer.count, 2);
	assert_string_equal(answer.apps[1].id, "org.strata.zebra");
	assert_true(answer.apps[1].system);
	answer = uninstall(&fixture, "org.strata.zebra", false);
	assert_int_equal(answer.status, -EPERM);
	teardown(&fixture);
}

static void an_app_is_installed_replaced_and_removed(void **state)
{
	struct fixture fixture;
	setup(&fixture);
	struct server_pair *pair = &fixture.pair;
	server_pair_make_bundle(fixture.made, "org.example.lamp", NULL);
	struct answer answer = install(&fixture, "org.example.lamp");
	assert_string_equal(answer.sentence, "");
	assert_int_equal(answer.status, 0);
	assert_string_equal(answer.apps[0].id, "org.example.lamp");
	assert_int_equal(pair->published_count, 1);
	assert_true(os_path_exists(pair->folder, "bundles/org.example.lamp/module.so"));

	server_pair_make_bundle(
	    fixture.made, "org.example.lamp",
	    "{\"id\": \"org.example.lamp\", \"name\": \"Lamp\", \"version\": \"2.0\", \"api\": 1, "
	    "\"module\": \"module.so\"}");
	answer = install(&fixture, "org.example.lamp");
	assert_string_equal(answer.apps[0].version, "2.0");
	answer = list(&fixture);
	assert_int_equal(answer.count, 1);
	assert_string_equal(answer.apps[0].version, "2.0");
	assert_false(os_path_exists(pair->folder, "bundles/.new-1"));
	assert_false(os_path_exists(pair->folder, "bundles/.new-2"));

	answer = uninstall(&fixture, "org.example.lamp", true);
	assert_int_equal(answer.status, 0);
	assert_string_equal(pair->quit, "org.example.lamp");
	assert_string_equal(pair->unpublished, "org.example.lamp");
	assert_false(os_path_exists(pair->folder, "bundles/org.example.lamp"));
	assert_false(os_path_exists(pair->folder, "containers/org.example.lamp"));
	assert_int_equal(list(&fixture).count, 0);
	teardown(&fixture);
}

static void a_bad_bundle_is_refused_with_a_sentence(void **state)
{
	struct fixture fixture;
	setup(&fixture);
	server_pair_make_bundle(fixture.made, "org.example.one",
				"{\n\"id\": \"org.example.one\",\n\"nome\": \"x\"}");
	struct answer answer = install(&fixture, "org.example.one");
	assert_int_equal(answer.status, -EBADMSG);
	assert_non_null(strstr(answer.sentence, "manifest.json:3: nome: this key is not known"));
	server_pair_make_bundle(fixture.made, "org.example.two", NULL);
	int bundle = openat(fixture.made, "org.example.two", O_RDONLY | O_DIRECTORY);
	test_folder_write(bundle, "module.so",
			  "#!/bin/sh and no module at all, however long it may be, really");
	answer = install(&fixture, "org.example.two");
	assert_int_equal(answer.status, -ENOEXEC);
	assert_non_null(strstr(answer.sentence, "module.so: expected a shared library"));
	server_pair_make_bundle(fixture.made, "org.example.two", NULL);
	assert_int_equal(symlinkat("/etc/passwd", bundle, "link"), 0);
	answer = install(&fixture, "org.example.two");
	assert_int_equal(answer.status, -ELOOP);
	assert_non_null(strstr(answer.sentence, "link: expected no link"));
	assert_false(os_path_exists(fixture.pair.folder, "bundles/org.example.two"));
	assert_int_equal(fixture.pair.published_count, 0);
	close(bundle);
	teardown(&fixture);
}

static void storage_is_counted_and_erased(void **state)
{
	struct fixture fixture;
	setup(&fixture);
	server_pair_make_bundle(fixture.made, "org.example.lamp", NULL);
	install(&fixture, "org.example.lamp");
	int container =
	    openat(fixture.pair.folder, "containers/org.example.lamp", O_RDONLY | O_DIRECTORY);
	test_folder_write(container, "store.sqlite", "0123456789");
	close(container);
	struct answer answer = {0};
	cs_apps_storage(fixture.pair.services, "org.example.lamp", did_get_storage, &answer);
	server_pair_wait(&fixture.pair, &answer.came);
	assert_int_equal(answer.status, 0);
	assert_true(answer.storage.data_bytes >= 10);
	assert_true(answer.storage.bundle_bytes > 64);
	assert_non_null(strstr(answer.storage.container, "/containers/org.example.lamp"));
	answer = (struct answer){0};
	cs_apps_erase(fixture.pair.services, "org.example.lamp", did_finish, &answer);
	server_pair_wait(&fixture.pair, &answer.came);
	assert_int_equal(answer.status, 0);
	assert_true(os_path_exists(fixture.pair.folder, "containers/org.example.lamp"));
	assert_false(
	    os_path_exists(fixture.pair.folder, "containers/org.example.lamp/store.sqlite"));
	answer = (struct answer){0};
	cs_apps_storage(fixture.pair.services, "org.example.none", did_get_storage, &answer);
	server_pair_wait(&fixture.pair, &answer.came);
	assert_int_equal(answer.status, -ENOENT);
	teardown(&fixture);
}

static void an_icon_comes_as_a_descriptor(void **state)
{
	struct fixture fixture;
	setup(&fixture);
	server_pair_make_bundle(fixture.made, "org.example.lamp", NULL);
	install(&fixture, "org.example.lamp");
	struct answer answer = {0};
	cs_apps_icon(fixture.pair.services, "org.example.lamp", did_get_icon, &answer);
	server_pair_wait(&fixture.pair, &answer.came);
	char text[4];
	assert_int_equal(read(answer.fd, text, 4), 4);
	assert_memory_equal(text, "not ", 4);
	assert_int_equal(write(answer.fd, "x", 1), -1);
	close(answer.fd);
	answer = (struct answer){0};
	cs_apps_icon(fixture.pair.services, "org.example.none", did_get_icon, &answer);
	server_pair_wait(&fixture.pair, &answer.came);
	assert_int_equal(answer.status, -ENOENT);
	assert_int_equal(answer.fd, -1);
	teardown(&fixture);
}

static void count_event(void *context, void *data)
{
	(*(int *)context)++;
}

static void watchers_hear_of_changes(void **state)
{
	struct fixture fixture;
	setup(&fixture);
	int changes = 0;
	struct os_listener listener = {0};
	os_signal_connect(cs_services_event(fixture.pair.services, CS_SERVICES_APPS_CHANGED),
			  &listener, count_event, &changes);
	cs_apps_watch(fixture.pair.services);
	server_pair_make_bundle(fixture.made, "org.example.lamp", NULL);
	install(&fixture, "org.example.lamp");
	server_pair_wait(&fixture.pair, &changes);
	os_listener_disconnect(&listener);
	teardown(&fixture);
}

/* The app that is being replaced has to end first; meanwhile the old bundle is in its place. */
static void a_running_app_is_waited_for(void **state)
{
	struct fixture fixture;
	setup(&fixture);
	server_pair_make_bundle(fixture.made, "org.example.lamp", NULL);
	fixture.pair.holds_quits = true;
	struct answer answer = {0};
	int folder = openat(fixture.made, "org.example.lamp", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	cs_apps_install(fixture.pair.services, folder, did_get_info, &answer);
	close(folder);
	server_pair_wait(&fixture.pair, &fixture.pair.quits);
	assert_int_equal(answer.came, 0);
	assert_false(os_path_exists(fixture.pair.folder, "bundles/org.example.lamp"));
	fixture.pair.quit_done(fixture.pair.quit_context);
	server_pair_wait(&fixture.pair, &answer.came);
	assert_true(os_path_exists(fixture.pair.folder, "bundles/org.example.lamp"));
	teardown(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_systems_apps_are_published_and_listed),
	    cmocka_unit_test(an_app_is_installed_replaced_and_removed),
	    cmocka_unit_test(a_bad_bundle_is_refused_with_a_sentence),
	    cmocka_unit_test(storage_is_counted_and_erased),
	    cmocka_unit_test(an_icon_comes_as_a_descriptor),
	    cmocka_unit_test(watchers_hear_of_changes),
	    cmocka_unit_test(a_running_app_is_waited_for),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
