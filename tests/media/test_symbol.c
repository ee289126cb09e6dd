#include "test.h"

#include <md/symbol.h>

#include "symbol_private.h"

static void the_names_that_are_built_in(void **state)
{
	const char *names[] = {"alarm", "chevron-right", "gear", "trash", "zoom-out"};
	for (size_t i = 0; i < OS_ARRAY_LEN(names); i++) {
		assert_true(md_symbol_exists(names[i]));
	}
	assert_false(md_symbol_exists("no-such-symbol"));
	assert_false(md_symbol_exists(""));
	assert_false(md_symbol_exists(NULL));
}

static void sizes_are_the_nearest_larger(void **state)
{
	struct md_symbol_mask mask;
	assert_true(md_symbol_mask("gear", 1, &mask));
	assert_int_equal(mask.size_px, 16);
	assert_true(md_symbol_mask("gear", 24, &mask));
	assert_int_equal(mask.size_px, 24);
	assert_true(md_symbol_mask("gear", 25, &mask));
	assert_int_equal(mask.size_px, 26);
	assert_true(md_symbol_mask("gear", 1000, &mask));
	assert_int_equal(mask.size_px, 128);
	assert_false(md_symbol_mask("no-such-symbol", 16, &mask));
}

/* "square" is a frame: its middle is empty, its edge is not; so rows and strides are right. */
static void masks_have_the_shape(void **state)
{
	for (int size = 16; size <= 128; size += 16) {
		struct md_symbol_mask mask;
		assert_true(md_symbol_mask("square", size, &mask));
		assert_true(mask.stride >= mask.size_px && mask.stride % 4 == 0);
		int middle = mask.size_px / 2;
		assert_int_equal(mask.alpha[middle * mask.stride + middle], 0);
		int edge = 0;
		for (int x = 0; x < mask.size_px / 4; x++) {
			edge += mask.alpha[middle * mask.stride + x];
			assert_int_equal(mask.alpha[middle * mask.stride + x],
					 mask.alpha[x * mask.stride + middle]);
		}
		assert_true(edge > 200);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_names_that_are_built_in),
	    cmocka_unit_test(sizes_are_the_nearest_larger),
	    cmocka_unit_test(masks_have_the_shape),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
