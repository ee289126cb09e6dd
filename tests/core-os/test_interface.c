/* Interface: tables that could never be spoken are refused before anyone speaks. */
#include "test.h"

#include <errno.h>

#include <os/interface.h>
#include <os/status.h>

static int check_row(struct os_message_type row, struct os_error *error)
{
	const struct os_interface interface = {.struct_size = sizeof(interface),
	                                       .name = "lamp",
	                                       .version = 1,
	                                       .requests = &row,
	                                       .request_count = 1};
	return os_interface_check(&interface, error);
}

static void accepts_sound_tables(void **state)
{
	struct os_message_type good[] = {
		{"set", "bd"}, {"ask", NULL, .reply = "s64h"}, {NULL},
		{"rows", "a1000(xs32)"}, {"move", "tdd", .flags = OS_MESSAGE_COALESCES},
		{"bytes", "y65000"},
	};
	for (size_t i = 0; i < OS_ARRAY_LEN(good); i++) {
		assert_int_equal(check_row(good[i], NULL), 0);
	}
}

static void refuses_and_names_unsound_rows(void **state)
{
	struct os_message_type bad[] = {
		{"set", "bz"}, {"set", "", .reply = "a3(h)"}, {"set", "y65536"}, {"set", "a40000(x)"},
		{"set", "hhhhhhhhhhhhhhhhh"}, {"set", "h", .flags = OS_MESSAGE_COALESCES},
		{"set", "", .flags = OS_MESSAGE_COALESCES},
		{"set", "u", .reply = "", .flags = OS_MESSAGE_COALESCES},
	};
	for (size_t i = 0; i < OS_ARRAY_LEN(bad); i++) {
		struct os_error error;
		assert_int_equal(check_row(bad[i], &error), -EINVAL);
		assert_non_null(strstr(error.text, "lamp.set"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accepts_sound_tables),
		cmocka_unit_test(refuses_and_names_unsound_rows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
