/* F26: objects kept in a file, opened and closed. */
#include "notes_model.h"

#include <errno.h>

static void what_was_written_is_there_again(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	struct cs_object *folder = cs_store_insert(test.store, &test_folder_entity);
	cs_object_set_text(folder, FOLDER_NAME, "Home");
	struct cs_object *note = test_note(&test, "Milk", 3);
	cs_object_set_int(note, NOTE_CHANGED, 1234567890123456);
	cs_object_set_real(note, NOTE_WEIGHT, 0.1);
	cs_object_set_bool(note, NOTE_PINNED, true);
	cs_object_set_bytes(note, NOTE_DATA, "a\0b", 3);
	cs_object_set_relation(note, NOTE_FOLDER, folder);
	int64_t id = cs_object_id(note);
	test_store_reopen(&test);
	note = cs_store_object(test.store, &test_note_entity, id);
	assert_non_null(note);
	size_t length;
	assert_string_equal(cs_object_text(note, NOTE_TEXT), "Milk");
	assert_int_equal(cs_object_int(note, NOTE_STARS), 3);
	assert_int_equal(cs_object_int(note, NOTE_CHANGED), 1234567890123456);
	assert_true(cs_object_real(note, NOTE_WEIGHT) == 0.1);
	assert_true(cs_object_bool(note, NOTE_PINNED));
	assert_memory_equal(cs_object_bytes(note, NOTE_DATA, &length), "a\0b", 3);
	assert_int_equal(length, 3);
	assert_string_equal(cs_object_text(cs_object_relation(note, NOTE_FOLDER), FOLDER_NAME),
			    "Home");
	test_store_teardown(&test);
}

static void a_clean_close_leaves_one_file(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	test_note(&test, "Milk", 1);
	cs_store_save(test.store);
	assert_true(os_path_exists(test.folder, "store.sqlite-wal"));
	test.store = cs_store_close(test.store);
	assert_true(os_path_exists(test.folder, "store.sqlite"));
	assert_false(os_path_exists(test.folder, "store.sqlite-wal"));
	assert_false(os_path_exists(test.folder, "store.sqlite-shm"));
	test_store_teardown(&test);
}

static void ids_are_never_used_again(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	struct cs_object *note = test_note(&test, "first", 1);
	int64_t first = cs_object_id(note);
	cs_store_save(test.store);
	cs_object_delete(note);
	test_store_reopen(&test);
	int64_t second = cs_object_id(test_note(&test, "second", 1));
	assert_true(second > first);
	test_store_teardown(&test);
}

static void kept_objects_outlive_the_store(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	struct cs_object *note = os_retain(test_note(&test, "kept", 1));
	test.store = cs_store_close(test.store);
	assert_string_equal(cs_object_text(note, NOTE_TEXT), "kept");
	assert_null(cs_object_store(note));
	cs_object_set_text(note, NOTE_TEXT, "not written any more");
	cs_object_delete(note);
	assert_null(cs_object_relation(note, NOTE_FOLDER));
	os_release(note);
	assert_int_equal(os_object_live_total(), 0);
	test_store_teardown(&test);
}

static void a_folder_that_cannot_be_written_is_an_error(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	const struct cs_store_options options = {.struct_size = sizeof(options),
						 .folder = test.folder,
						 .file = "none/store.sqlite",
						 .model = &test_model};
	struct cs_store *store = NULL;
	struct os_error error;
	assert_true(cs_store_open(&options, &store, &error) < 0);
	assert_non_null(strstr(error.text, "store.sqlite"));
	assert_null(store);
	test_store_teardown(&test);
}

static void two_stores_in_one_folder_do_not_meet(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	const struct cs_store_options options = {.struct_size = sizeof(options),
						 .folder = test.folder,
						 .file = "other.sqlite",
						 .model = &test_model};
	struct cs_store *other;
	assert_int_equal(cs_store_open(&options, &other, NULL), 0);
	test_note(&test, "here", 1);
	const struct cs_fetch all = {.struct_size = sizeof(all), .entity = &test_note_entity};
	assert_int_equal(cs_store_count(test.store, &all), 1);
	assert_int_equal(cs_store_count(other, &all), 0);
	cs_store_close(other);
	test_store_teardown(&test);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_was_written_is_there_again),
	    cmocka_unit_test(a_clean_close_leaves_one_file),
	    cmocka_unit_test(ids_are_never_used_again),
	    cmocka_unit_test(kept_objects_outlive_the_store),
	    cmocka_unit_test(a_folder_that_cannot_be_written_is_an_error),
	    cmocka_unit_test(two_stores_in_one_folder_do_not_meet),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
