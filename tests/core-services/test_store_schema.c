/* F27: an older file gets what the newer tables name, a newer file is refused and unharmed. */
#include "notes_model.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>

static const struct cs_attribute s_old_attributes[] = {{"text", CS_TEXT}, {"stars", CS_INTEGER}};
static const struct cs_entity s_old_note = CS_ENTITY("note", s_old_attributes);
static const struct cs_entity *const s_old_entities[] = {&s_old_note};
static const struct cs_model s_old_model = CS_MODEL(1, s_old_entities);

static const struct cs_model s_newer_model = {sizeof(struct cs_model), 3, s_old_entities, 1};

static void switch_to(struct test_store *test, const struct cs_model *model, int wanted)
{
	test->store = cs_store_close(test->store);
	os_loop_iterate(test->loop, 0);
	assert_int_equal(test_store_open(test, model), wanted);
}

static void an_older_file_is_added_to(void **state)
{
	struct test_store test;
	memset(&test, 0, sizeof(test));
	test.folder = test_folder_create(test.path);
	test.loop = os_loop_create();
	assert_int_equal(test_store_open(&test, &s_old_model), 0);
	struct cs_object *note = cs_store_insert(test.store, &s_old_note);
	cs_object_set_text(note, 0, "old");
	cs_object_set_int(note, 1, 4);
	int64_t id = cs_object_id(note);
	switch_to(&test, &test_model, 0);
	note = cs_store_object(test.store, &test_note_entity, id);
	assert_string_equal(cs_object_text(note, NOTE_TEXT), "old");
	assert_int_equal(cs_object_int(note, NOTE_STARS), 4);
	assert_int_equal(cs_object_int(note, NOTE_CHANGED), 0);
	cs_object_set_real(note, NOTE_WEIGHT, 2.5);
	cs_object_set_text(cs_store_insert(test.store, &test_folder_entity), FOLDER_NAME, "new");
	test_store_reopen(&test);
	assert_true(
	    cs_object_real(cs_store_object(test.store, &test_note_entity, id), NOTE_WEIGHT) == 2.5);
	test_store_teardown(&test);
}

static void a_newer_file_is_refused_and_left(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	test_note(&test, "precious", 1);
	switch_to(&test, &s_newer_model, 0); /* now the file is version 3 */
	switch_to(&test, &test_model, -ENOTSUP);
	assert_non_null(strstr(test.error.text, "store.sqlite was written by a newer version"));
	assert_non_null(strstr(test.error.text, "expected at most 2"));
	assert_int_equal(test.asides, 0);
	assert_int_equal(test_store_open(&test, &s_newer_model), 0);
	const struct cs_fetch all = {.struct_size = sizeof(all), .entity = &s_old_note};
	assert_int_equal(cs_store_count(test.store, &all), 1);
	test_store_teardown(&test);
}

static const struct cs_attribute s_turned_attributes[] = {{"text", CS_INTEGER}};
static const struct cs_entity s_turned_note = CS_ENTITY("note", s_turned_attributes);
static const struct cs_entity *const s_turned_entities[] = {&s_turned_note};
static const struct cs_model s_turned_model = CS_MODEL(2, s_turned_entities);

static void an_attribute_cannot_change_its_kind(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	switch_to(&test, &s_turned_model, -ENOTSUP);
	assert_non_null(strstr(test.error.text, "note.text is kept as TEXT, expected INTEGER"));
	test_store_teardown(&test);
}

static int plan_step(void *context, int count, char **values, char **names)
{
	strncat(context, values[3], 500);
	return 0;
}

static void check_plan(sqlite3 *db, const char *sql, const char *wanted)
{
	char plan[1024] = "", explain[300];
	snprintf(explain, sizeof(explain), "EXPLAIN QUERY PLAN %s", sql);
	assert_int_equal(sqlite3_exec(db, explain, plan_step, plan, NULL), SQLITE_OK);
	if (strstr(plan, wanted) == NULL) {
		fail_msg("%s: %s", sql, plan);
	}
}

static void beginnings_use_an_index(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	test.store = cs_store_close(test.store);
	sqlite3 *db;
	char path[100];
	snprintf(path, sizeof(path), "%s/store.sqlite", test.path);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	check_plan(db, "SELECT id FROM note WHERE (\"text\">=? AND \"text\"<?)",
		   "USING COVERING INDEX note.text ");
	check_plan(db, "SELECT id FROM note WHERE 1 ORDER BY \"changed\" DESC,id DESC LIMIT 5",
		   "USING COVERING INDEX note.changed");
	sqlite3_close(db);
	test_store_teardown(&test);
}

static void tables_are_checked(void **state)
{
	static const struct cs_attribute bad_name[] = {{"Text", CS_TEXT}};
	static const struct cs_attribute bad_relation[] = {{"to", CS_RELATION}};
	static const struct cs_attribute bad_flag[] = {
	    {"n", CS_INTEGER, CS_ATTRIBUTE_INDEXED_FOLDED}};
	static const struct cs_entity entities[] = {
	    CS_ENTITY("a", bad_name),
	    CS_ENTITY("a", bad_relation),
	    CS_ENTITY("a", bad_flag),
	    CS_ENTITY("sqlite_x", s_old_attributes),
	    {sizeof(struct cs_entity), "a", s_old_attributes, 0},
	};
	for (size_t i = 0; i < OS_ARRAY_LEN(entities); i++) {
		const struct cs_entity *const list[] = {&entities[i]};
		const struct cs_model model = CS_MODEL(1, list);
		struct os_error error;
		assert_int_equal(cs_model_check(&model, &error), -EINVAL);
		assert_non_null(strstr(error.text, "entity"));
	}
	assert_int_equal(cs_model_check(&test_model, NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_older_file_is_added_to),
	    cmocka_unit_test(a_newer_file_is_refused_and_left),
	    cmocka_unit_test(an_attribute_cannot_change_its_kind),
	    cmocka_unit_test(beginnings_use_an_index),
	    cmocka_unit_test(tables_are_checked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
