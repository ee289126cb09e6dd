#include "notes_model.h"

#include "store_private.h"

static void check(struct cs_predicate *predicate, const char *wanted, size_t values)
{
	struct os_buffer sql = {0};
	struct os_array bindings;
	os_array_init(&bindings, sizeof(struct cs_binding));
	assert_int_equal(cs_predicate_sql(predicate, &test_note_entity, &sql, &bindings), 0);
	assert_string_equal(os_buffer_text(&sql), wanted);
	assert_int_equal(bindings.count, values);
	os_array_finish(&bindings);
	os_buffer_finish(&sql);
	os_release(predicate);
}

static void values_are_bound(void **state)
{
	check(NULL, "1", 0);
	check(cs_predicate_int(NOTE_STARS, CS_LESS_EQUAL, 5), "\"stars\"<=?", 1);
	check(cs_predicate_id(CS_NOT_EQUAL, 5), "\"id\"<>?", 1);
	check(cs_predicate_text(NOTE_TEXT, CS_EQUAL, "'", CS_FOLDED), "\"text\"=? COLLATE cs_fold",
	      1);
	check(cs_predicate_text(NOTE_TEXT, CS_CONTAINS, "'", CS_EXACT), "instr(\"text\",?)>0", 1);
	check(cs_predicate_text(NOTE_TEXT, CS_CONTAINS, "'", CS_FOLDED), "cs_contains(\"text\",?)",
	      1);
	check(cs_predicate_text(NOTE_TEXT, CS_BEGINS_WITH, "a", CS_EXACT),
	      "(\"text\">=? AND \"text\"<?)", 2);
}

static void joints_are_bracketed(void **state)
{
	check(cs_predicate_or(
		  cs_predicate_int(NOTE_STARS, CS_EQUAL, 1),
		  cs_predicate_not(cs_predicate_and(cs_predicate_real(NOTE_WEIGHT, CS_LESS, 1),
						    cs_predicate_id(CS_GREATER, 3)))),
	      "(\"stars\"=? OR NOT((\"weight\"<? AND \"id\">?)))", 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(values_are_bound),
	    cmocka_unit_test(joints_are_bracketed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
