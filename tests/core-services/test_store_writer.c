#include "notes_model.h"
#include "vfs_shim.h"

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
		revision = cs_store_save(test.store);
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
	    cmocka_unit_test(reports_may_come_late),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
