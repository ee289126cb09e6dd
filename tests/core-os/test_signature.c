/* Signature: one type at a time, with its bound. */
#include "test.h"

#include "signature.h"

static void walks_types_and_bounds(void **state)
{
	struct signature_item item;
	const char *at = "bs64ysa3(xu)H";
	const char kinds[] = "bsysaH";
	const uint32_t bounds[] = {0, 64, SIGNATURE_BYTES_BOUND, SIGNATURE_TEXT_BOUND, 3, 0};
	for (size_t i = 0; i < OS_ARRAY_LEN(bounds); i++) {
		assert_int_equal(signature_next(at, &item), 1);
		assert_int_equal(item.kind, kinds[i]);
		assert_int_equal(item.bound, bounds[i]);
		at = item.next;
	}
	assert_int_equal(signature_next(at, &item), 0);
	assert_int_equal(signature_next(NULL, &item), 0);
}

static void refuses_what_is_no_signature(void **state)
{
	struct signature_item item;
	const char *const wrong[] = {"z", "a(u)", "a3", "a3()", "a3(u", "a3(h)", "a3(a2(u))", "s99999999", "7"};
	for (size_t i = 0; i < OS_ARRAY_LEN(wrong); i++) {
		assert_true(signature_next(wrong[i], &item) < 0);
	}
}

static void counts_least_bytes_and_most_descriptors(void **state)
{
	assert_int_equal(signature_least_bytes(""), 0);
	assert_int_equal(signature_least_bytes("biuxtd"), 1 + 4 + 4 + 8 + 8 + 8);
	assert_int_equal(signature_least_bytes("sya9(x)hH"), 5 + 4 + 4 + 0 + 1);
	assert_int_equal(signature_most_fds("hbHa2(u)h"), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(walks_types_and_bounds),
		cmocka_unit_test(refuses_what_is_no_signature),
		cmocka_unit_test(counts_least_bytes_and_most_descriptors),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
