#include "test.h"
#include "test_folder.h"

#include <os/loop.h>
#include <os/memory.h>
#include <os/path.h>

#include <errno.h>
#include <stdio.h>

#include "settings_store.h"

struct fixture {
	char path[64], sentence[600], key[80];
	int folder, changes, asides, durable, status;
	struct os_loop *loop;
	struct cs_settings_store *store;
};

static void changed(void *context, const struct cs_domain *domain, const char *key,
		    const struct cs_setting_entry *entry)
{
	struct fixture *fixture = context;
	fixture->changes++;
	snprintf(fixture->key, sizeof(fixture->key), "%s/%s", domain->name, key);
}

static void set_aside(void *context, const char *sentence)
{
	struct fixture *fixture = context;
	fixture->asides++;
	snprintf(fixture->sentence, sizeof(fixture->sentence), "%s", sentence);
}

static void did_become_durable(void *context, int status)
{
	struct fixture *fixture = context;
	fixture->durable++;
	fixture->status = status;
}

static const struct cs_settings_store_delegate s_delegate = {changed, set_aside};

static void setup(struct fixture *fixture)
{
	memset(fixture, 0, sizeof(*fixture));
	fixture->folder = test_folder_create(fixture->path);
	fixture->loop = os_loop_create();
	fixture->store = cs_settings_store_create(fixture->folder, &s_delegate, fixture);
}

static void teardown(struct fixture *fixture)
{
	cs_settings_store_destroy(fixture->store);
	while (os_loop_iterate(fixture->loop, 0) > 0) {
	}
	os_loop_release(fixture->loop);
	test_folder_destroy(fixture->folder, fixture->path);
}

static void set(struct fixture *fixture, const char *domain, const char *key, int64_t number)
{
	struct cs_value *value = cs_value_create_int(number);
	assert_int_equal(cs_domain_set(cs_settings_store_domain(fixture->store, domain), key, value,
				       did_become_durable, fixture),
			 0);
	os_release(value);
}

static void restart(struct fixture *fixture)
{
	cs_settings_store_destroy(fixture->store);
	fixture->store = cs_settings_store_create(fixture->folder, &s_delegate, fixture);
}

static void what_was_set_is_on_the_disk_when_told(void **state)
{
	struct fixture fixture;
	setup(&fixture);
	set(&fixture, "org.strata.notes", "sort", 3);
	assert_int_equal(fixture.changes, 1);
	assert_string_equal(fixture.key, "org.strata.notes/sort");
	assert_int_equal(fixture.durable, 0);
	while (fixture.durable == 0) {
		os_loop_iterate(fixture.loop, OS_NEVER);
	}
	assert_int_equal(fixture.status, 0);
	assert_true(os_path_exists(fixture.folder, "settings/org.strata.notes.json"));
	uint64_t revision = cs_settings_store_domain(fixture.store, "org.strata.notes")->revision;
	restart(&fixture);
	const struct cs_domain *domain =
	    cs_settings_store_domain(fixture.store, "org.strata.notes");
	assert_int_equal(domain->revision, revision);
	assert_int_equal(cs_value_int(cs_domain_entry(domain, "sort")->value, 0), 3);
	teardown(&fixture);
}

/* Many changes while a write is under way need one more write, and all of them are answered. */
static void changes_gather_behind_a_write(void **state)
{
	struct fixture fixture;
	setup(&fixture);
	for (int i = 0; i < 50; i++) {
		set(&fixture, "device", "x", i);
	}
	while (fixture.durable < 50) {
		os_loop_iterate(fixture.loop, OS_NEVER);
	}
	set(&fixture, "device", "x", 99);
	set(&fixture, "device", "y", 100);
	restart(&fixture); /* what was not written yet is written now */
	assert_int_equal(fixture.durable, 52);
	struct cs_domain *domain = cs_settings_store_domain(fixture.store, "device");
	assert_int_equal(cs_value_int(cs_domain_entry(domain, "x")->value, 0), 99);
	assert_int_equal(cs_value_int(cs_domain_entry(domain, "y")->value, 0), 100);
	teardown(&fixture);
}

static void removed_keys_keep_a_revision(void **state)
{
	struct fixture fixture;
	setup(&fixture);
	set(&fixture, "app.one", "a/x", 1);
	set(&fixture, "app.one", "a/y", 2);
	set(&fixture, "app.one", "b/x", 3);
	struct cs_domain *domain = cs_settings_store_domain(fixture.store, "app.one");
	uint64_t before = domain->revision;
	cs_domain_clear(domain, "a/");
	assert_int_equal(domain->revision, before + 2);
	restart(&fixture);
	domain = cs_settings_store_domain(fixture.store, "app.one");
	assert_null(cs_domain_entry(domain, "a/x")->value);
	assert_true(cs_domain_entry(domain, "a/x")->revision > before);
	assert_non_null(cs_domain_entry(domain, "b/x")->value);
	assert_null(cs_domain_entry(domain, "c"));
	teardown(&fixture);
}

static void keys_are_bounded(void **state)
{
	struct fixture fixture;
	setup(&fixture);
	char key[16];
	for (int i = 0; i < CS_SETTINGS_MAX_KEYS; i++) {
		snprintf(key, sizeof(key), "k%d", i);
		set(&fixture, "app.one", key, i);
	}
	struct cs_value *value = cs_value_create_int(1);
	struct cs_domain *domain = cs_settings_store_domain(fixture.store, "app.one");
	assert_int_equal(cs_domain_set(domain, "one too many", value, NULL, NULL), -ENOSPC);
	assert_int_equal(cs_domain_set(domain, "k0", value, NULL, NULL), 0);
	os_release(value);
	teardown(&fixture);
}

static void a_damaged_file_is_kept_and_told(void **state)
{
	static const char *const damaged[] = {
	    "not json",
	    "[]",
	    "{\"keys\": {}}",
	    "{\"revision\": 1, \"keys\": {\"look\": {\"revision\": 1, \"value\": \"purple\"}}}",
	    "{\"revision\": 1, \"keys\": {\"x\": 1}}",
	    "{\"revision\": -1, \"keys\": {}}",
	};
	for (size_t i = 0; i < OS_ARRAY_LEN(damaged); i++) {
		struct fixture fixture;
		setup(&fixture);
		test_folder_write(fixture.folder, "settings/device.json", damaged[i]);
		struct cs_domain *domain = cs_settings_store_domain(fixture.store, "device");
		assert_int_equal(fixture.asides, 1);
		assert_non_null(strstr(fixture.sentence, "settings/device.json:1: "));
		assert_non_null(strstr(fixture.sentence, "expected"));
		assert_non_null(strstr(fixture.sentence, "kept as settings/device.json.damaged-"));
		assert_int_equal(os_map_count(domain->entries), 0);
		assert_true(domain->revision > 1000000);
		assert_false(os_path_exists(fixture.folder, "settings/device.json"));
		teardown(&fixture);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_was_set_is_on_the_disk_when_told),
	    cmocka_unit_test(changes_gather_behind_a_write),
	    cmocka_unit_test(removed_keys_keep_a_revision),
	    cmocka_unit_test(keys_are_bounded),
	    cmocka_unit_test(a_damaged_file_is_kept_and_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
