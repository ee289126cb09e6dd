#include "notes_model.h"
#include "vfs_shim.h"

#include <errno.h>
#include <stdio.h>

#include "store_private.h"

static void pass(void *context)
{
	pthread_mutex_lock(context);
	pthread_mutex_unlock(context);
}

/* What waits while a commit is under way goes together in the next: one fsync for all of it. */
static void waiting_commits_go_together(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	test_note(&test, "first", 0);
	test_store_wait(&test, cs_store_save(test.store));
	int syncs = vfs_shim_syncs();
	pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
	pthread_mutex_lock(&gate);
	os_queue_async(test.store->queue, pass,
		       &gate); /* the queue stands until the gate is open */
	uint64_t revision = 0;
	for (int i = 0; i < 10; i++) {
		struct cs_object *note = test_note(&test, "note", i);
		cs_store_save(test.store);
		cs_object_set_int(note, NOTE_STARS, i + 50);
		revision = cs_store_save(test.store);
	}
	pthread_mutex_unlock(&gate);
	test_store_wait(&test, revision);
	assert_int_equal(vfs_shim_syncs(), syncs + 1);
	const struct cs_fetch all = {.struct_size = sizeof(all), .entity = &test_note_entity};
	test_store_reopen(&test);
	assert_int_equal(cs_store_count(test.store, &all), 11);
	test_store_teardown(&test);
}

static int64_t notes_in_file(struct test_store *test)
{
	sqlite3 *db;
	int64_t count = -1;
	char path[100];
	snprintf(path, sizeof(path), "%s/store.sqlite", test->path);
	assert_int_equal(cs_sqlite_open(path, true, &db), 0);
	assert_int_equal(cs_sqlite_int(db, "SELECT count(*) FROM note", &count), 0);
	sqlite3_close(db);
	return count;
}

static void nothing(void *context)
{
}

/* Parts of a large save are written beforehand, and are not there before the save. */
static void a_large_save_counts_whole(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	const struct cs_fetch all = {.struct_size = sizeof(all), .entity = &test_note_entity};
	int64_t count = 3 * CS_STORE_PART + 10;
	for (int64_t i = 0; i < count; i++) {
		struct cs_object *note = test_note(&test, "note", i);
		if (i % 1000 == 7) {
			cs_object_delete(note);
		}
	}
	int64_t gone = (count - 8) / 1000 + 1;
	assert_int_equal(cs_store_count(test.store, &all), count - gone);
	os_queue_sync(test.store->queue, nothing, NULL);
	assert_int_equal(notes_in_file(&test), 0);
	assert_true(cs_store_has_changes(test.store));
	struct cs_object *first = cs_store_first(test.store, &all);
	cs_object_set_int(first, NOTE_STARS, 12345); /* one that is in a part */
	int64_t id = cs_object_id(first);
	uint64_t revision = cs_store_save(test.store);
	assert_int_equal(revision, 1);
	test_store_wait(&test, revision);
	assert_int_equal(notes_in_file(&test), count - gone);
	assert_int_equal(test.saved, 1);
	test_store_reopen(&test);
	assert_int_equal(cs_store_count(test.store, &all), count - gone);
	first = cs_store_object(test.store, &test_note_entity, id);
	assert_int_equal(cs_object_int(first, NOTE_STARS), 12345);
	test_store_teardown(&test);
}

/* Parts behind a save, and a disk that is full in the middle of them. */
static void failed_parts_are_written_again(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	test_note(&test, "first", 0);
	test_store_wait(&test, cs_store_save(test.store));
	static const int s_after[] = {1, 2, 40, 200};
	int64_t count = 1;
	for (size_t round = 0; round < OS_ARRAY_LEN(s_after); round++) {
		vfs_shim_fail_at(s_after[round], SQLITE_FULL, 1);
		static char bytes[2000];
		for (int64_t i = 0; i < CS_STORE_PART + 10; i++) {
			cs_object_set_bytes(test_note(&test, "note", i), NOTE_DATA, bytes,
					    sizeof(bytes));
			count++;
		}
		struct os_error error;
		assert_int_equal(cs_store_flush(test.store, &error), -ENOSPC);
		assert_int_equal(notes_in_file(&test), round == 0 ? 1 : count - CS_STORE_PART - 10);
		vfs_shim_fail_at(0, 0, 0);
		assert_int_equal(cs_store_flush(test.store, NULL), 0);
		assert_int_equal(notes_in_file(&test), count);
	}
	test_store_teardown(&test);
}

/* Reports that come after the store was closed find nobody, and do no harm. */
static void reports_may_come_late(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	for (int i = 0; i < 5; i++) {
		test_note(&test, "note", i);
		cs_store_save(test.store);
	}
	test.store = cs_store_close(test.store);
	assert_int_equal(test.durable, 5);
	int saved = test.saved;
	while (os_loop_iterate(test.loop, 0) > 0) {
	}
	assert_int_equal(test.saved, saved);
	test_store_teardown(&test);
}

int main(void)
{
	vfs_shim_install();
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(waiting_commits_go_together),
	    cmocka_unit_test(a_large_save_counts_whole),
	    cmocka_unit_test(failed_parts_are_written_again),
	    cmocka_unit_test(reports_may_come_late),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
