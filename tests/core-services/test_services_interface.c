#include "test.h"

#include <cs/services_interface.h>

static void the_tables_are_sound(void **state)
{
	struct os_error error = {0};
	if (os_interface_check(&cs_services_interface, &error) < 0) {
		fail_msg("%s", error.text);
	}
	for (uint32_t i = 0; i < cs_services_interface.request_count; i++) {
		assert_non_null(cs_services_interface.requests[i].name);
	}
	for (uint32_t i = 0; i < cs_services_interface.event_count; i++) {
		assert_non_null(cs_services_interface.events[i].name);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(the_tables_are_sound)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
