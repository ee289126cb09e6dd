#include "notes_model.h"

#include <os/memory.h>

#include <stdio.h>

#include "store_private.h"

/* Without memory an object is not there; it is not there with less in it. */
static void a_row_is_read_whole_or_not_at_all(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	struct cs_object *note = test_note(&test, "text", 1);
	cs_object_set_bytes(note, NOTE_DATA, "data", 4);
	int64_t id = cs_object_id(note);
	cs_store_flush(test.store, NULL);
	cs_store_trim(test.store);
	assert_non_null(cs_store_object(test.store, &test_note_entity, id));
	cs_store_trim(test.store);
	for (uint64_t n = 1; n <= 2; n++) {
		os_try_alloc_fail_at(n);
		assert_null(cs_store_object(test.store, &test_note_entity, id));
		os_try_alloc_fail_at(0);
	}
	note = cs_store_object(test.store, &test_note_entity, id);
	assert_string_equal(cs_object_text(note, NOTE_TEXT), "text");
	test_store_teardown(&test);
}

static void few_statements_are_kept(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	sqlite3_stmt *statement, *again;
	char sql[64];
	for (int i = 0; i < 3 * CS_STORE_STATEMENTS; i++) {
		snprintf(sql, sizeof(sql), "SELECT %d", i);
		assert_int_equal(cs_store_statement(test.store, sql, &statement), 0);
		assert_int_equal(cs_store_statement(test.store, "SELECT 'often'", &again), 0);
	}
	assert_int_equal(os_map_count(test.store->statements), CS_STORE_STATEMENTS);
	unsigned prepared = test.store->prepared;
	assert_int_equal(cs_store_statement(test.store, "SELECT 'often'", &again), 0);
	assert_int_equal(test.store->prepared, prepared);
	cs_store_forget_statements(test.store);
	assert_int_equal(os_map_count(test.store->statements), 0);
	assert_true(cs_store_statement(test.store, "SELECT no_such_thing", &statement) < 0);
	test_store_teardown(&test);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_row_is_read_whole_or_not_at_all),
	    cmocka_unit_test(few_statements_are_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
