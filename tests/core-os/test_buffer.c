#include "test.h"

#include <os/buffer.h>
#include <os/memory.h>

static void it_is_a_string(void **state)
{
	struct os_buffer buffer = {0};
	assert_string_equal(os_buffer_text(&buffer), "");
	os_buffer_add_text(&buffer, "one");
	os_buffer_add_char(&buffer, ' ');
	os_buffer_printf(&buffer, "%d%%", 100);
	assert_string_equal(buffer.bytes, "one 100%");
	os_buffer_insert(&buffer, 3, "-two", 4);
	assert_string_equal(buffer.bytes, "one-two 100%");
	os_buffer_remove(&buffer, 0, 4);
	assert_string_equal(buffer.bytes, "two 100%");
	os_buffer_clear(&buffer);
	assert_string_equal(buffer.bytes, "");
	os_buffer_finish(&buffer);
	os_buffer_finish(&buffer);
}

static void bytes_with_zeros(void **state)
{
	struct os_buffer buffer = {0};
	os_buffer_add(&buffer, "a\0b", 3);
	os_buffer_add(&buffer, NULL, 0);
	assert_int_equal(buffer.length, 3);
	assert_memory_equal(buffer.bytes, "a\0b", 4);
	os_buffer_finish(&buffer);
}

static void the_limit_fails_for_good(void **state)
{
	struct os_buffer buffer = {.limit = 5};
	os_buffer_add_text(&buffer, "12345");
	assert_false(buffer.failed);
	os_buffer_add_char(&buffer, '6');
	assert_true(buffer.failed);
	os_buffer_printf(&buffer, "%s", "");
	os_buffer_add_char(&buffer, '7');
	assert_string_equal(buffer.bytes, "12345");
	os_buffer_clear(&buffer);
	os_buffer_printf(&buffer, "%d", 123456);
	assert_true(buffer.failed);
	assert_int_equal(buffer.length, 0);
	os_buffer_finish(&buffer);
}

static void every_allocation_may_fail(void **state)
{
	for (uint64_t n = 1; n < 6; n++) {
		struct os_buffer buffer = {0};
		os_try_alloc_fail_at(n);
		for (int i = 0; i < 1000; i++) {
			os_buffer_add_char(&buffer, 'x');
		}
		os_try_alloc_fail_at(0);
		assert_true(buffer.failed);
		assert_true(buffer.length < 1000);
		assert_int_equal(strlen(os_buffer_text(&buffer)), buffer.length);
		os_buffer_finish(&buffer);
	}
}

static void take_leaves_it_empty(void **state)
{
	struct os_buffer buffer = {0};
	char *text = os_buffer_take(&buffer);
	assert_string_equal(text, "");
	os_free(text);
	os_buffer_add_text(&buffer, "mine");
	text = os_buffer_take(&buffer);
	assert_string_equal(text, "mine");
	assert_null(buffer.bytes);
	os_free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(it_is_a_string),           cmocka_unit_test(bytes_with_zeros),
	    cmocka_unit_test(the_limit_fails_for_good), cmocka_unit_test(every_allocation_may_fail),
	    cmocka_unit_test(take_leaves_it_empty),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
