#include "test.h"

#include <cs/value.h>

#include <os/memory.h>

static void kinds_answer_only_for_themselves(void **state)
{
	struct cs_value *number = cs_value_create_int(7), *text = cs_value_create_string("seven");
	assert_int_equal(cs_value_int(number, 0), 7);
	assert_true(cs_value_double(number, 0) == 7.0);
	assert_null(cs_value_string(number));
	assert_int_equal(cs_value_int(text, -1), -1);
	assert_string_equal(cs_value_string(text), "seven");
	assert_true(cs_value_bool(text, true));
	assert_int_equal(cs_value_count(number), 0);
	os_release(number);
	os_release(text);
}

static void null_is_accepted_everywhere(void **state)
{
	assert_int_equal(cs_value_kind(NULL), CS_VALUE_NULL);
	assert_int_equal(cs_value_int(NULL, 3), 3);
	assert_null(cs_value_get(NULL, "a"));
	assert_null(cs_value_at(NULL, 0));
	assert_null(cs_value_key_at(NULL, 0));
	assert_string_equal(cs_value_kind_name(CS_VALUE_STRING), "a string");
	struct cs_value *null = cs_value_create_null();
	assert_true(cs_value_equal(NULL, null));
	os_release(null);
}

static struct cs_value *sample(int last)
{
	struct cs_builder *builder = cs_builder_create();
	cs_builder_begin_dictionary(builder);
	cs_builder_key(builder, "list");
	cs_builder_begin_array(builder);
	cs_builder_double(builder, 0.5);
	cs_builder_int(builder, last);
	cs_builder_end(builder);
	cs_builder_end(builder);
	return cs_builder_finish(builder);
}

static void equality_is_deep(void **state)
{
	struct cs_value *a = sample(1), *b = sample(1), *c = sample(2);
	assert_true(cs_value_equal(a, b));
	assert_false(cs_value_equal(a, c));
	assert_false(cs_value_equal(a, cs_value_get(a, "list")));
	os_release(a);
	os_release(b);
	os_release(c);
}

static void a_string_without_memory_is_null(void **state)
{
	os_try_alloc_fail_at(1);
	assert_null(cs_value_create_string("x"));
	os_try_alloc_fail_at(0);
}

static void nothing_is_left_alive(void **state)
{
	assert_int_equal(os_object_live_total(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(kinds_answer_only_for_themselves),
	    cmocka_unit_test(null_is_accepted_everywhere),
	    cmocka_unit_test(equality_is_deep),
	    cmocka_unit_test(a_string_without_memory_is_null),
	    cmocka_unit_test(nothing_is_left_alive),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
