/* F38 */
#include "notes_model.h"

#include <errno.h>

#include "store_private.h"

static struct cs_row *row_of(const char *text, int64_t stars)
{
	struct cs_row *row = cs_row_create(&test_note_entity);
	row->slots[NOTE_TEXT].blob = text[0] == '\0' ? NULL : cs_blob_create(text, strlen(text));
	row->slots[NOTE_STARS].integer = stars;
	return row;
}

static bool matches(struct cs_predicate *predicate, const struct cs_row *row)
{
	bool result = cs_predicate_matches(predicate, row, 7);
	os_release(predicate);
	return result;
}

static void rows_are_judged(void **state)
{
	struct cs_row *row = row_of("Buy Milk", 3);
	assert_true(cs_predicate_matches(NULL, row, 7));
	assert_true(matches(cs_predicate_id(CS_EQUAL, 7), row));
	assert_true(matches(cs_predicate_int(NOTE_STARS, CS_GREATER, 2), row));
	assert_true(matches(cs_predicate_text(NOTE_TEXT, CS_CONTAINS, "milk", CS_FOLDED), row));
	assert_false(matches(cs_predicate_text(NOTE_TEXT, CS_CONTAINS, "milk", CS_EXACT), row));
	assert_true(matches(cs_predicate_text(NOTE_TEXT, CS_BEGINS_WITH, "Buy", CS_EXACT), row));
	assert_true(matches(cs_predicate_not(cs_predicate_int(NOTE_STARS, CS_EQUAL, 4)), row));
	cs_row_release(row);
	row = row_of("", 0);
	assert_true(matches(cs_predicate_text(NOTE_TEXT, CS_EQUAL, "", CS_EXACT), row));
	assert_true(matches(cs_predicate_text(NOTE_TEXT, CS_LESS, "a", CS_FOLDED), row));
	cs_row_release(row);
}

static void order_ends_with_the_id(void **state)
{
	struct cs_row *a = row_of("same", 1), *b = row_of("SAME", 2);
	const struct cs_sort sorts[] = {{.attribute = NOTE_TEXT, .folded = true},
					{.attribute = NOTE_STARS, .descending = true}};
	struct cs_fetch fetch = {.entity = &test_note_entity, .sorts = sorts, .sort_count = 2};
	assert_true(cs_sort_compare(&fetch, a, 1, b, 2) > 0);
	fetch.sort_count = 1;
	assert_true(cs_sort_compare(&fetch, a, 1, b, 2) < 0);
	fetch.sorts = &sorts[1];
	assert_true(cs_sort_compare(&fetch, a, 1, a, 2) > 0); /* in the last sort's direction */
	fetch.sort_count = 0;
	assert_true(cs_sort_compare(&fetch, a, 1, a, 2) < 0);
	assert_int_equal(cs_sort_compare(&fetch, a, 1, a, 1), 0);
	cs_row_release(a);
	cs_row_release(b);
}

static void sorts_are_checked(void **state)
{
	const struct cs_sort folded_number = {.attribute = NOTE_STARS, .folded = true},
			     nowhere = {.attribute = 50};
	struct cs_fetch fetch = {
	    .entity = &test_note_entity, .sorts = &folded_number, .sort_count = 1};
	assert_int_equal(cs_sort_check(&fetch), -EINVAL);
	fetch.sorts = &nowhere;
	assert_int_equal(cs_sort_check(&fetch), -EINVAL);
	fetch.sort_count = 0;
	fetch.limit = -1;
	assert_int_equal(cs_sort_check(&fetch), -EINVAL);
	fetch.limit = 0;
	assert_int_equal(cs_sort_check(&fetch), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rows_are_judged),
	    cmocka_unit_test(order_ends_with_the_id),
	    cmocka_unit_test(sorts_are_checked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
