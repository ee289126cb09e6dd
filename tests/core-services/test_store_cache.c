/* F26: one object has one address, few are kept, changes are told once. */
#include "notes_model.h"

#include "store_private.h"

static void one_object_has_one_address(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	struct cs_object *note = test_note(&test, "x", 1);
	int64_t id = cs_object_id(note);
	assert_ptr_equal(cs_store_object(test.store, &test_note_entity, id), note);
	cs_store_flush(test.store, NULL);
	assert_ptr_equal(cs_store_object(test.store, &test_note_entity, id), note);
	assert_null(cs_store_object(test.store, &test_folder_entity, id));
	assert_null(cs_store_object(test.store, &test_note_entity, id + 1));
	test_store_teardown(&test);
}

static void memory_is_bounded(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	for (int i = 0; i < 2000; i++) {
		test_note(&test, "x", i);
	}
	assert_true(os_class_live_count(&cs_object_class) >= 2000); /* unsaved ones stay */
	cs_store_flush(test.store, NULL);
	assert_int_equal(os_class_live_count(&cs_object_class), CS_STORE_CACHE);
	struct cs_object *kept = os_retain(cs_store_object(test.store, &test_note_entity, 1));
	for (int64_t id = 1; id <= 2000; id++) {
		assert_int_equal(
		    cs_object_int(cs_store_object(test.store, &test_note_entity, id), NOTE_STARS),
		    id - 1);
	}
	assert_int_equal(os_class_live_count(&cs_object_class), CS_STORE_CACHE + 1);
	assert_ptr_equal(cs_store_object(test.store, &test_note_entity, 1), kept);
	cs_store_trim(test.store);
	assert_int_equal(os_class_live_count(&cs_object_class), 1);
	os_release(kept);
	assert_int_equal(os_class_live_count(&cs_object_class), 0);
	test_store_teardown(&test);
}

struct told {
	struct test_store *test;
	int times;
	struct cs_change changes[16];
	size_t count;
	bool changes_more;
};

static void hear(void *context, void *data)
{
	struct told *told = context;
	const struct cs_change_set *set = data;
	told->times++;
	told->count = set->count;
	for (size_t i = 0; i < set->count && i < 16; i++) {
		told->changes[i] = set->changes[i];
	}
	if (told->changes_more) {
		told->changes_more = false;
		test_note(told->test, "from a listener", 1);
	}
}

static void a_turns_changes_are_told_once(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	struct cs_object *old = os_retain(test_note(&test, "old", 1)),
			 *doomed = os_retain(test_note(&test, "doomed", 1));
	cs_store_flush(test.store, NULL);
	struct told told = {.test = &test};
	struct os_listener listener = {0};
	os_signal_connect(cs_store_changed(test.store), &listener, hear, &told);
	cs_object_set_int(old, NOTE_STARS, 2);
	cs_object_set_int(old, NOTE_STARS, 3);
	struct cs_object *fresh = test_note(&test, "new", 1);
	cs_object_set_int(doomed, NOTE_STARS, 9);
	cs_object_delete(doomed);
	cs_object_delete(test_note(&test, "never was", 1));
	assert_int_equal(told.times, 0);
	os_loop_iterate(test.loop, 0);
	assert_int_equal(told.times, 1);
	assert_int_equal(told.count, 3);
	assert_int_equal(told.changes[0].id, cs_object_id(old));
	assert_int_equal(told.changes[0].kind, CS_UPDATED);
	assert_int_equal(told.changes[1].id, cs_object_id(fresh));
	assert_int_equal(told.changes[1].kind, CS_INSERTED);
	assert_int_equal(told.changes[2].kind, CS_DELETED);
	assert_ptr_equal(told.changes[2].entity, &test_note_entity);
	os_loop_iterate(test.loop, 0);
	assert_int_equal(told.times, 1);

	told.changes_more = true;
	cs_object_set_int(old, NOTE_STARS, 4);
	cs_store_process_changes(test.store);
	assert_int_equal(told.times, 2);
	os_loop_iterate(test.loop, 0);
	assert_int_equal(told.times, 3);
	assert_int_equal(told.changes[0].kind, CS_INSERTED);
	os_listener_disconnect(&listener);
	os_release(old);
	os_release(doomed);
	test_store_teardown(&test);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(one_object_has_one_address),
	    cmocka_unit_test(memory_is_bounded),
	    cmocka_unit_test(a_turns_changes_are_told_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
