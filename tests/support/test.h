/* What every unit test includes first: cmocka, with the headers that it needs before itself.
 *
 *	#include "test.h"
 *
 *	static void list_keeps_order(void **state) { assert_int_equal(…); }
 *
 *	int main(void)
 *	{
 *		const struct CMUnitTest tests[] = {cmocka_unit_test(list_keeps_order)};
 *		return cmocka_run_group_tests(tests, NULL, NULL);
 *	}
 */
#ifndef TEST_H
#define TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* For what an emulator of processors (qemu-user) has not got: the rest of the test is skipped there,
 * and `strata test` lists the reason. */
static inline void test_needs_kernel(const char *what)
{
	const char *emulator = getenv("TEST_EMULATED");
	if (emulator) {
		printf("skipped: %s has no %s\n", emulator, what);
		skip();
	}
}

#endif
