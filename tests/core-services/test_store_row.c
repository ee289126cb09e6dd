#include "notes_model.h"

#include <os/memory.h>

#include "store_private.h"

static void a_copy_shares_its_text(void **state)
{
	struct cs_row *row = cs_row_create(&test_note_entity);
	row->slots[NOTE_TEXT].blob = cs_blob_create("text", 4);
	row->slots[NOTE_STARS].integer = 3;
	struct cs_row *copy = cs_row_copy(row);
	assert_ptr_equal(copy->slots[NOTE_TEXT].blob, row->slots[NOTE_TEXT].blob);
	cs_row_release(row);
	assert_string_equal(cs_row_text(copy, NOTE_TEXT), "text");
	assert_int_equal(copy->slots[NOTE_STARS].integer, 3);
	assert_ptr_equal(cs_row_retain(copy), copy);
	cs_row_release(copy);
	cs_row_release(copy);
	cs_row_release(NULL);
}

static void what_is_too_large_is_refused(void **state)
{
	assert_null(cs_blob_create("", CS_STORE_MAX_BYTES + 1));
	os_try_alloc_fail_at(1);
	assert_null(cs_blob_create("x", 1));
	os_try_alloc_fail_at(0);
	cs_blob_release(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_copy_shares_its_text),
	    cmocka_unit_test(what_is_too_large_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
