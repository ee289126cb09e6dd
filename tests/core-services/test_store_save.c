/* F18, F26: what was told to be saved is durable, with one fsync behind it and nothing prepared
 * anew. */
#include "notes_model.h"
#include "vfs_shim.h"

#include <os/clock.h>

#include <errno.h>
#include <sqlite3.h>

#include "store_private.h"

/* The first commit of a file writes the -wal's header, too, with a sync of its own. */
static void warm_up(struct test_store *test)
{
	test_note(test, "first", 0);
	test_store_wait(test, cs_store_save(test->store));
}

static void one_fsync_is_behind_one_saved(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	warm_up(&test);
	for (int i = 0; i < 20; i++) {
		int syncs = vfs_shim_syncs(), saved = test.saved;
		for (int n = 0; n <= i; n++) {
			test_note(&test, "note", n);
		}
		uint64_t revision = cs_store_save(test.store);
		assert_int_equal(test.saved, saved); /* not told before it is so */
		test_store_wait(&test, revision);
		assert_int_equal(test.saved, saved + 1);
		assert_int_equal(vfs_shim_syncs(), syncs + 1);
	}
	test_store_teardown(&test);
}

static void statements_are_prepared_once(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	warm_up(&test);
	struct cs_object *note = os_retain(test_note(&test, "note", 1));
	for (int i = 0; i < 3; i++) {
		cs_object_set_int(note, NOTE_STARS, i + 10);
		cs_object_delete(test_note(&test, "gone", 1));
		cs_object_delete(cs_store_first(
		    test.store, &(struct cs_fetch){.struct_size = sizeof(struct cs_fetch),
						   .entity = &test_note_entity}));
		test_note(&test, "more", 1);
		test_store_wait(&test, cs_store_save(test.store));
	}
	unsigned writer = test.store->writer->prepared, reader = test.store->prepared;
	for (int i = 0; i < 50; i++) {
		cs_object_set_int(note, NOTE_STARS, i + 100);
		test_note(&test, "more", 1);
		cs_object_delete(cs_store_first(
		    test.store, &(struct cs_fetch){.struct_size = sizeof(struct cs_fetch),
						   .entity = &test_note_entity}));
		test_store_wait(&test, cs_store_save(test.store));
	}
	assert_int_equal(test.store->writer->prepared, writer);
	assert_int_equal(test.store->prepared, reader);
	os_release(note);
	test_store_teardown(&test);
}

static void saving_nothing_is_nothing(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	warm_up(&test);
	uint64_t revision = cs_store_save(test.store);
	cs_object_delete(test_note(&test, "never was", 1));
	assert_true(cs_store_has_changes(test.store));
	assert_int_equal(cs_store_save(test.store), revision);
	struct cs_object *note = test_note(&test, "x", 1);
	test_store_wait(&test, cs_store_save(test.store));
	int writes = vfs_shim_writes();
	cs_object_set_text(note, NOTE_TEXT, "x");
	cs_object_set_int(note, NOTE_STARS, 1);
	assert_false(cs_store_has_changes(test.store));
	assert_int_equal(vfs_shim_writes(), writes);
	test_store_teardown(&test);
}

/* Held clock: 150 ms after the last change, at the latest 1 s after the first. */
static void autosave_waits_for_a_pause(void **state)
{
	os_clock_hold();
	struct test_store test;
	test_store_setup(&test);
	struct cs_object *note = test_note(&test, "", 0);
	int64_t began = os_clock_now_us();
	for (int i = 1; i <= 5; i++) {
		cs_object_set_int(note, NOTE_STARS, i);
		os_loop_iterate(test.loop, 0);
		os_loop_step_to(test.loop, began + i * 100 * OS_US_PER_MS);
		assert_true(cs_store_has_changes(test.store));
	}
	os_loop_step_to(test.loop, began + 549 * OS_US_PER_MS);
	assert_true(cs_store_has_changes(test.store));
	os_loop_step_to(test.loop, began + 550 * OS_US_PER_MS);
	assert_false(cs_store_has_changes(test.store));
	test_store_wait(&test, 1);

	began = os_clock_now_us();
	for (int i = 1; i <= 9; i++) {
		cs_object_set_int(note, NOTE_STARS, 100 + i);
		os_loop_iterate(test.loop, 0);
		os_loop_step_to(test.loop, began + i * 100 * OS_US_PER_MS);
		assert_true(cs_store_has_changes(test.store));
	}
	cs_object_set_int(note, NOTE_STARS, 200);
	os_loop_iterate(test.loop, 0);
	os_loop_step_to(test.loop, began + 1000 * OS_US_PER_MS);
	assert_false(cs_store_has_changes(test.store));
	test_store_wait(&test, 2);
	test_store_teardown(&test);
	os_clock_run();
}

static void flush_waits(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	test_note(&test, "x", 1);
	assert_int_equal(cs_store_flush(test.store, NULL), 0);
	assert_int_equal(cs_store_durable_revision(test.store), 1);
	assert_int_equal(test.saved, 1);
	test_store_teardown(&test);
}

/* Each write and sync of a save fails once: the app is told, nothing is lost, order is kept. */
static void a_failed_write_is_told_and_made_good(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	warm_up(&test);
	struct cs_object *note = os_retain(test_note(&test, "note", 1));
	test_store_wait(&test, cs_store_save(test.store));
	bool came_through = false;
	int64_t stars = 100;
	for (int n = 1; !came_through; n++) {
		test.failed = 0;
		vfs_shim_fail_at(n, n % 2 == 0 ? SQLITE_FULL : SQLITE_IOERR_FSYNC, 0);
		cs_object_set_int(note, NOTE_STARS, ++stars);
		uint64_t revision = cs_store_save(test.store);
		test_store_wait(&test, revision);
		came_through = test.failed == 0;
		vfs_shim_fail_at(0, 0, 0);
		if (!came_through) {
			assert_true(test.error.status == -ENOSPC || test.error.status == -EIO);
			assert_non_null(strstr(test.error.text, "could not be saved"));
			assert_true(test.durable < revision);
			const struct cs_fetch all = {.struct_size = sizeof(all),
						     .entity = &test_note_entity};
			assert_int_equal(cs_store_count(test.store, &all), 2);
			assert_int_equal(cs_store_flush(test.store, NULL), 0);
			assert_int_equal(test.durable, revision);
		}
		assert_true(n < 100);
	}
	int64_t id = cs_object_id(note);
	os_release(note);
	test_store_reopen(&test);
	assert_int_equal(
	    cs_object_int(cs_store_object(test.store, &test_note_entity, id), NOTE_STARS), stars);
	test_store_teardown(&test);
}

static void a_full_disk_is_an_error_of_flush(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	warm_up(&test);
	test_note(&test, "x", 1);
	vfs_shim_fail_at(1, SQLITE_FULL, 1);
	struct os_error error = {0};
	assert_int_equal(cs_store_flush(test.store, &error), -ENOSPC);
	assert_non_null(strstr(error.text, "could not be saved"));
	test_note(&test, "y", 1);
	vfs_shim_fail_at(0, 0, 0);
	assert_int_equal(cs_store_flush(test.store, &error), 0);
	test_store_reopen(&test);
	const struct cs_fetch all = {.struct_size = sizeof(all), .entity = &test_note_entity};
	assert_int_equal(cs_store_count(test.store, &all), 3);
	test_store_teardown(&test);
}

/* A change after a save does not reach the commit that is under way, nor get lost behind it. */
static void a_change_during_a_commit_is_the_nexts(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	struct cs_object *note = os_retain(test_note(&test, "one", 1));
	cs_store_save(test.store);
	cs_object_set_text(note, NOTE_TEXT, "two");
	cs_store_save(test.store);
	cs_object_set_text(note, NOTE_TEXT, "three");
	test_store_wait(&test, 2);
	assert_true(cs_store_has_changes(test.store));
	assert_string_equal(cs_object_text(note, NOTE_TEXT), "three");
	int64_t id = cs_object_id(note);
	os_release(note);
	test_store_reopen(&test);
	assert_string_equal(
	    cs_object_text(cs_store_object(test.store, &test_note_entity, id), NOTE_TEXT), "three");
	test_store_teardown(&test);
}

static void the_wal_does_not_grow_for_ever(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	static char bytes[100 << 10];
	struct cs_object *note = os_retain(test_note(&test, "big", 1));
	for (int i = 0; i < 120; i++) {
		memset(bytes, 'a' + i % 26, sizeof(bytes));
		cs_object_set_bytes(note, NOTE_DATA, bytes, sizeof(bytes));
		test_store_wait(&test, cs_store_save(test.store));
	}
	os_release(note);
	assert_int_equal(cs_store_flush(test.store, NULL), 0);
	assert_true(os_path_tree_size(test.folder, "store.sqlite-wal") < 8 << 20);
	test_store_teardown(&test);
}

int main(void)
{
	vfs_shim_install();
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(one_fsync_is_behind_one_saved),
	    cmocka_unit_test(statements_are_prepared_once),
	    cmocka_unit_test(saving_nothing_is_nothing),
	    cmocka_unit_test(autosave_waits_for_a_pause),
	    cmocka_unit_test(flush_waits),
	    cmocka_unit_test(a_failed_write_is_told_and_made_good),
	    cmocka_unit_test(a_full_disk_is_an_error_of_flush),
	    cmocka_unit_test(a_change_during_a_commit_is_the_nexts),
	    cmocka_unit_test(the_wal_does_not_grow_for_ever),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
