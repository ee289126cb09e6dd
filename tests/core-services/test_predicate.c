#include "notes_model.h"

#include <os/memory.h>
#include <os/object.h>

#include "predicate_private.h"
#include "store_private.h"

static void joining_with_nothing_is_the_other_side(void **state)
{
	struct cs_predicate *a = cs_predicate_int(0, CS_EQUAL, 1);
	assert_ptr_equal(cs_predicate_and(a, NULL), a);
	assert_ptr_equal(cs_predicate_or(NULL, a), a);
	assert_null(cs_predicate_not(NULL));
	assert_null(cs_predicate_and(NULL, NULL));
	os_release(a);
	assert_int_equal(os_class_live_count(&cs_predicate_class), 0);
}

static void sides_are_taken_over(void **state)
{
	struct cs_predicate *both = cs_predicate_and(
	    cs_predicate_int(NOTE_PINNED, CS_EQUAL, true),
	    cs_predicate_not(cs_predicate_text(NOTE_TEXT, CS_CONTAINS, "milk", CS_FOLDED)));
	assert_int_equal(cs_predicate_body(both)->depth, 2);
	assert_int_equal(os_class_live_count(&cs_predicate_class), 4);
	os_release(both);
	assert_int_equal(os_class_live_count(&cs_predicate_class), 0);
}

static void text_needs_memory(void **state)
{
	os_try_alloc_fail_at(1);
	assert_null(cs_predicate_text(NOTE_TEXT, CS_EQUAL, "x", CS_EXACT));
	os_try_alloc_fail_at(0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(joining_with_nothing_is_the_other_side),
	    cmocka_unit_test(sides_are_taken_over),
	    cmocka_unit_test(text_needs_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
