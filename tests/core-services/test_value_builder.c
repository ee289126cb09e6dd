#include "test.h"

#include <cs/value.h>

#include <os/memory.h>

static void keys_are_sorted_and_found(void **state)
{
	struct cs_builder *builder = cs_builder_create();
	cs_builder_begin_dictionary(builder);
	const char *const keys[] = {"m", "b", "z", "a", "é", "B"};
	for (size_t i = 0; i < OS_ARRAY_LEN(keys); i++) {
		cs_builder_key(builder, keys[i]);
		cs_builder_int(builder, (int64_t)i);
	}
	cs_builder_end(builder);
	struct cs_value *value = cs_builder_finish(builder);
	assert_int_equal(cs_value_count(value), 6);
	for (size_t i = 0; i < OS_ARRAY_LEN(keys); i++) {
		assert_int_equal(cs_value_int(cs_value_get(value, keys[i]), -1), (int64_t)i);
	}
	assert_string_equal(cs_value_key_at(value, 0), "B");
	assert_string_equal(cs_value_key_at(value, 5), "é");
	assert_null(cs_value_get(value, "c"));
	os_release(value);
}

static void a_later_key_replaces(void **state)
{
	struct cs_builder *builder = cs_builder_create();
	cs_builder_begin_dictionary(builder);
	for (int i = 0; i < 5; i++) {
		cs_builder_key(builder, i == 2 ? "other" : "same");
		cs_builder_int(builder, i);
	}
	cs_builder_end(builder);
	struct cs_value *value = cs_builder_finish(builder);
	assert_int_equal(cs_value_count(value), 2);
	assert_int_equal(cs_value_int(cs_value_get(value, "same"), -1), 4);
	os_release(value);
}

static void a_value_can_be_put_in_twice(void **state)
{
	struct cs_value *shared = cs_value_create_string("shared");
	struct cs_builder *builder = cs_builder_create();
	cs_builder_begin_array(builder);
	cs_builder_value(builder, shared);
	cs_builder_value(builder, shared);
	cs_builder_value(builder, NULL);
	cs_builder_end(builder);
	struct cs_value *value = cs_builder_finish(builder);
	os_release(shared);
	assert_ptr_equal(cs_value_at(value, 0), cs_value_at(value, 1));
	assert_int_equal(cs_value_kind(cs_value_at(value, 2)), CS_VALUE_NULL);
	os_release(value);
}

static void failed_memory_fails_the_whole(void **state)
{
	struct cs_builder *builder = cs_builder_create();
	cs_builder_begin_array(builder);
	cs_builder_string(builder, "one");
	os_try_alloc_fail_at(1);
	cs_builder_string(builder, "two");
	os_try_alloc_fail_at(0);
	cs_builder_string(builder, "three");
	cs_builder_end(builder);
	assert_null(cs_builder_finish(builder));
	assert_int_equal(os_object_live_total(), 0);
}

static void what_was_left_open_is_closed(void **state)
{
	struct cs_builder *builder = cs_builder_create();
	cs_builder_begin_dictionary(builder);
	cs_builder_key(builder, "a");
	cs_builder_begin_array(builder);
	struct cs_value *value = cs_builder_finish(builder);
	assert_int_equal(cs_value_kind(cs_value_get(value, "a")), CS_VALUE_ARRAY);
	os_release(value);
	assert_null(cs_builder_finish(cs_builder_create()));
	assert_int_equal(os_object_live_total(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(keys_are_sorted_and_found),
	    cmocka_unit_test(a_later_key_replaces),
	    cmocka_unit_test(a_value_can_be_put_in_twice),
	    cmocka_unit_test(failed_memory_fails_the_whole),
	    cmocka_unit_test(what_was_left_open_is_closed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
