/* F26: attributes, relations, what goes along with a deleted object. */
#include "notes_model.h"

#include <os/memory.h>

#include <errno.h>

static void new_ones_have_nothing(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	struct cs_object *note = cs_store_insert(test.store, &test_note_entity);
	size_t length = 7;
	assert_string_equal(cs_object_text(note, NOTE_TEXT), "");
	assert_int_equal(cs_object_int(note, NOTE_CHANGED), 0);
	assert_true(cs_object_real(note, NOTE_WEIGHT) == 0);
	assert_false(cs_object_bool(note, NOTE_PINNED));
	assert_non_null(cs_object_bytes(note, NOTE_DATA, &length));
	assert_int_equal(length, 0);
	assert_null(cs_object_relation(note, NOTE_FOLDER));
	assert_ptr_equal(cs_object_entity(note), &test_note_entity);
	assert_ptr_equal(cs_object_store(note), test.store);
	test_store_teardown(&test);
}

static void text_has_to_be_text(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	struct cs_object *note = test_note(&test, "before", 1);
	assert_int_equal(cs_object_set_text(note, NOTE_TEXT, "\xff"), -EILSEQ);
	os_try_alloc_fail_at(1);
	assert_int_equal(cs_object_set_text(note, NOTE_TEXT, "no memory"), -ENOMEM);
	os_try_alloc_fail_at(0);
	assert_string_equal(cs_object_text(note, NOTE_TEXT), "before");
	assert_int_equal(cs_object_set_text(note, NOTE_TEXT, ""), 0);
	assert_string_equal(cs_object_text(note, NOTE_TEXT), "");
	test_store_teardown(&test);
}

static void relations_follow_what_they_point_to(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	struct cs_object *folder = cs_store_insert(test.store, &test_folder_entity);
	struct cs_object *note = test_note(&test, "x", 1);
	cs_object_set_relation(note, NOTE_FOLDER, folder);
	assert_ptr_equal(cs_object_relation(note, NOTE_FOLDER), folder);
	cs_object_set_relation(note, NOTE_FOLDER, NULL);
	assert_null(cs_object_relation(note, NOTE_FOLDER));
	cs_object_set_relation(note, NOTE_FOLDER, folder);
	int64_t id = cs_object_id(note);
	test_store_reopen(&test);
	note = cs_store_object(test.store, &test_note_entity, id);
	assert_non_null(cs_object_relation(note, NOTE_FOLDER));
	test_store_teardown(&test);
}

static void deleting_takes_along_what_cascades(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	struct cs_object *top = os_retain(cs_store_insert(test.store, &test_folder_entity));
	struct cs_object *inner = cs_store_insert(test.store, &test_folder_entity);
	cs_object_set_relation(inner, FOLDER_PARENT, top);
	cs_object_set_relation(top, FOLDER_PARENT, inner); /* in a circle */
	struct cs_object *first = os_retain(test_note(&test, "first", 1)),
			 *other = os_retain(test_note(&test, "other", 1));
	cs_object_set_relation(first, NOTE_FOLDER, inner);
	cs_store_flush(test.store, NULL);
	struct cs_object *unsaved = os_retain(test_note(&test, "unsaved", 1));
	cs_object_set_relation(unsaved, NOTE_FOLDER, top);
	cs_object_delete(top);
	assert_true(cs_object_is_deleted(top));
	assert_true(cs_object_is_deleted(first));
	assert_true(cs_object_is_deleted(unsaved));
	assert_false(cs_object_is_deleted(other));
	os_release(top);
	os_release(first);
	os_release(other);
	os_release(unsaved);
	test_store_reopen(&test);
	const struct cs_fetch notes = {.struct_size = sizeof(notes), .entity = &test_note_entity};
	const struct cs_fetch folders = {.struct_size = sizeof(folders),
					 .entity = &test_folder_entity};
	assert_int_equal(cs_store_count(test.store, &notes), 1);
	assert_int_equal(cs_store_count(test.store, &folders), 0);
	test_store_teardown(&test);
}

static void a_deleted_object_is_inert(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	struct cs_object *note = os_retain(test_note(&test, "x", 1));
	int64_t id = cs_object_id(note);
	cs_store_flush(test.store, NULL);
	cs_object_delete(note);
	cs_object_delete(note);
	cs_object_set_int(note, NOTE_STARS, 5);
	assert_null(cs_store_object(test.store, &test_note_entity, id));
	cs_store_flush(test.store, NULL);
	assert_null(cs_store_object(test.store, &test_note_entity, id));
	assert_string_equal(cs_object_text(note, NOTE_TEXT), "x");
	os_release(note);
	test_store_teardown(&test);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(new_ones_have_nothing),
	    cmocka_unit_test(text_has_to_be_text),
	    cmocka_unit_test(relations_follow_what_they_point_to),
	    cmocka_unit_test(deleting_takes_along_what_cascades),
	    cmocka_unit_test(a_deleted_object_is_inert),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
