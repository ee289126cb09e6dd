#include "server_pair.h"

#include <os/path.h>

#include <stdio.h>
#include <sys/stat.h>

#include "bundle_private.h"

struct scan {
	char data_path[64], system_path[64], refused[500];
	int data, system, refusals;
	struct cs_bundle_list list;
};

static void refused(void *context, const char *sentence)
{
	struct scan *scan = context;
	scan->refusals++;
	snprintf(scan->refused, sizeof(scan->refused), "%s", sentence);
}

static void setup(struct scan *scan)
{
	memset(scan, 0, sizeof(*scan));
	scan->data = test_folder_create(scan->data_path);
	scan->system = test_folder_create(scan->system_path);
	cs_bundle_list_init(&scan->list, scan->data, scan->system_path);
	scan->list.refused = refused;
	scan->list.context = scan;
}

static void teardown(struct scan *scan)
{
	cs_bundle_list_finish(&scan->list);
	test_folder_destroy(scan->data, scan->data_path);
	test_folder_destroy(scan->system, scan->system_path);
}

static void make_user_bundle(struct scan *scan, const char *id)
{
	int bundles = openat(scan->data, "bundles", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	server_pair_make_bundle(bundles, id, NULL);
	close(bundles);
}

static void a_users_bundle_hides_the_systems(void **state)
{
	struct scan scan;
	setup(&scan);
	server_pair_make_bundle(scan.system, "org.strata.notes", NULL);
	server_pair_make_bundle(scan.system, "org.strata.clock", NULL);
	make_user_bundle(&scan, "org.strata.notes");
	cs_bundle_list_scan(&scan.list);
	cs_bundle_list_scan(&scan.list);
	assert_int_equal(os_list_count(&scan.list.bundles), 2);
	const struct cs_bundle *notes = cs_bundle_list_find(&scan.list, "org.strata.notes");
	assert_int_equal(notes->origin, CS_BUNDLE_OF_USER);
	assert_non_null(strstr(notes->path, "/bundles/org.strata.notes"));
	assert_int_equal(cs_bundle_list_remove(&scan.list, "org.strata.notes"), 0);
	cs_bundle_list_scan(&scan.list);
	assert_int_equal(cs_bundle_list_find(&scan.list, "org.strata.notes")->origin,
			 CS_BUNDLE_OF_SYSTEM);
	assert_int_equal(scan.refusals, 0);
	teardown(&scan);
}

static void what_is_the_system_stays(void **state)
{
	struct scan scan;
	setup(&scan);
	server_pair_make_bundle(scan.system, "org.strata.home",
				"{\"id\": \"org.strata.home\", \"name\": \"Home\", "
				"\"version\": \"1.0\", \"api\": 1, \"module\": \"module.so\", "
				"\"icon\": \"icon.png\", \"entitlements\": [\"shell\"]}");
	server_pair_make_bundle(scan.system, "org.strata.notes", NULL);
	make_user_bundle(&scan, "org.strata.home");
	cs_bundle_list_scan(&scan.list);
	assert_null(cs_bundle_list_find(&scan.list, "org.strata.home"));
	assert_int_equal(scan.refusals, 1);
	assert_non_null(strstr(scan.refused, "org.strata.home cannot be used: its id"));
	assert_true(cs_bundle_list_is_reserved(&scan.list, "org.strata.home"));
	assert_false(cs_bundle_list_is_reserved(&scan.list, "org.strata.notes"));
	assert_false(cs_bundle_list_is_reserved(&scan.list, "org.example.other"));
	teardown(&scan);
}

static void a_folder_has_the_name_of_its_id(void **state)
{
	struct scan scan;
	setup(&scan);
	make_user_bundle(&scan, "org.strata.notes");
	assert_int_equal(
	    renameat(scan.data, "bundles/org.strata.notes", scan.data, "bundles/org.strata.other"),
	    0);
	assert_int_equal(mkdirat(scan.data, "bundles/.new-7", 0755),
			 0); /* what a killed install left */
	cs_bundle_list_scan(&scan.list);
	assert_int_equal(os_list_count(&scan.list.bundles), 0);
	assert_int_equal(scan.refusals, 1);
	assert_non_null(strstr(scan.refused, "org.strata.other cannot be used: its folder"));
	teardown(&scan);
}

static void what_was_killed_half_way_is_swept(void **state)
{
	struct scan scan;
	setup(&scan);
	assert_int_equal(os_path_make_folders(scan.data, "bundles/.new-7/deep"), 0);
	assert_int_equal(os_path_make_folders(scan.data, "containers/.old-a.b"), 0);
	cs_bundle_list_finish(&scan.list);
	cs_bundle_list_init(&scan.list, scan.data, scan.system_path);
	assert_false(os_path_exists(scan.data, "bundles/.new-7"));
	assert_false(os_path_exists(scan.data, "containers/.old-a.b"));
	teardown(&scan);
}

static void versions_change_places(void **state)
{
	struct scan scan;
	setup(&scan);
	make_user_bundle(&scan, "org.strata.notes");
	assert_int_equal(mkdirat(scan.data, "bundles/.new-1", 0755), 0);
	assert_int_equal(mkdirat(scan.data, "bundles/.new-1/mark", 0755), 0);
	assert_int_equal(cs_bundle_list_switch(&scan.list, ".new-1", "org.strata.notes"), 0);
	assert_true(os_path_exists(scan.data, "bundles/org.strata.notes/mark"));
	assert_false(os_path_exists(scan.data, "bundles/.new-1"));
	assert_int_equal(mkdirat(scan.data, "bundles/.new-2", 0755), 0);
	assert_int_equal(cs_bundle_list_switch(&scan.list, ".new-2", "org.strata.fresh"), 0);
	assert_true(os_path_exists(scan.data, "bundles/org.strata.fresh"));
	teardown(&scan);
}

static void a_record_has_all_paths(void **state)
{
	struct scan scan;
	setup(&scan);
	make_user_bundle(&scan, "org.strata.notes");
	cs_bundle_list_scan(&scan.list);
	struct os_launch_record record;
	assert_int_equal(cs_bundle_list_record(&scan.list,
					       cs_bundle_list_find(&scan.list, "org.strata.notes"),
					       &record),
			 0);
	assert_int_equal(strncmp(record.container, scan.data_path, strlen(scan.data_path)), 0);
	assert_true(os_path_exists(scan.data, "containers/org.strata.notes"));
	assert_string_equal(record.module, "module.so");
	test_folder_write(scan.data, "containers/org.strata.notes/file", "x");
	assert_int_equal(cs_bundle_list_erase(&scan.list, "org.strata.notes"), 0);
	assert_false(os_path_exists(scan.data, "containers/org.strata.notes"));
	assert_int_equal(cs_bundle_list_erase(&scan.list, "org.strata.notes"), 0);
	teardown(&scan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_users_bundle_hides_the_systems),
	    cmocka_unit_test(what_is_the_system_stays),
	    cmocka_unit_test(a_folder_has_the_name_of_its_id),
	    cmocka_unit_test(what_was_killed_half_way_is_swept),
	    cmocka_unit_test(versions_change_places),
	    cmocka_unit_test(a_record_has_all_paths),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
