/* The supervisor's tables are sound, and a launch record survives the way. */
#include "test.h"

#include <os/message.h>
#include <os/status.h>
#include <os/supervisor.h>

static void tables_are_sound(void **state)
{
	struct os_error error = {.text = ""};
	assert_int_equal(os_interface_check(&os_supervisor_interface, &error), 0);
	for (uint32_t i = 0; i < OS_SUPERVISOR_REQUESTS; i++) {
		assert_non_null(os_supervisor_interface.requests[i].name);
	}
	for (uint32_t i = 0; i < OS_SUPERVISOR_EVENTS; i++) {
		assert_non_null(os_supervisor_interface.events[i].name);
	}
}

static void records_survive(void **state)
{
	struct os_launch_record record = {.app = "org.strata.notes", .name = "Notes", .bundle = "/b",
	                                  .container = "/c", .module = "libnotes.so",
	                                  .entitlements = "network", .memory_bytes = 5, .flags = 0,
	                                  .hardware_count = 2};
	record.hardware[0] = (struct os_hardware_entry){
		.kind = OS_HARDWARE_GPIO_INPUT, .name = "door", .device = "gpiochip4", .line = "GPIO17",
		.number = -1, .flags = OS_HARDWARE_RISING | OS_HARDWARE_PULL_UP};
	record.hardware[1] = (struct os_hardware_entry){
		.kind = OS_HARDWARE_I2C, .name = "meter", .number = 1, .value = 0x48};
	struct os_launch_record copy = {.flags = 7};
	struct os_message message, received;
	os_message_init(&message, &os_supervisor_interface.requests[OS_SUPERVISOR_PUBLISH],
	                OS_SUPERVISOR_PUBLISH);
	os_launch_record_write(&record, &message);
	message.header.size = (uint32_t)message.bytes.length;
	memcpy(message.bytes.bytes, &message.header, sizeof(message.header));
	assert_int_equal(os_message_decode(&os_supervisor_interface, true, message.bytes.bytes,
	                                   message.bytes.length, NULL, 0, &received, NULL), 0);
	os_launch_record_read(&received, &copy);
	assert_memory_equal(&copy, &record, sizeof(copy));
	os_message_finish(&received);
	os_message_finish(&message);
}

static void states_have_names(void **state)
{
	assert_string_equal(os_app_state_name(OS_APP_FOREGROUND), "foreground");
	assert_string_equal(os_app_state_name((enum os_app_state)99), "unknown");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_are_sound),
		cmocka_unit_test(records_survive),
		cmocka_unit_test(states_have_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
