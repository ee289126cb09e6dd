/* What a manifest may name of the board: every member's bounds, and how it is told. */
#include "test.h"

#include <errno.h>

#include <os/hardware.h>
#include <os/status.h>

static const struct os_hardware_entry s_relay = {
	.kind = OS_HARDWARE_GPIO_OUTPUT, .name = "relay", .line = "GPIO17", .number = -1};
static const struct os_hardware_entry s_door = {
	.kind = OS_HARDWARE_GPIO_INPUT, .name = "door", .device = "pinctrl-bcm2711", .number = 4,
	.flags = OS_HARDWARE_RISING | OS_HARDWARE_FALLING | OS_HARDWARE_PULL_UP};
static const struct os_hardware_entry s_meter = {
	.kind = OS_HARDWARE_I2C, .name = "meter-2", .number = 1, .value = 0x48};
static const struct os_hardware_entry s_scale = {
	.kind = OS_HARDWARE_SERIAL, .name = "scale", .device = "ttyUSB0", .value = 9600};

static void expect(const struct os_hardware_entry *entry, const char *word)
{
	struct os_error error = {.text = ""};
	assert_int_equal(os_hardware_check(entry, &error), word == NULL ? 0 : -EINVAL);
	if (word != NULL && strstr(error.text, word) == NULL) {
		fail_msg("\"%s\" says nothing of \"%s\"", error.text, word);
	}
}

static void good_ones_pass(void **state)
{
	expect(&s_relay, NULL);
	expect(&s_door, NULL);
	expect(&s_meter, NULL);
	expect(&s_scale, NULL);
}

static void names_are_words(void **state)
{
	static const char *const bad[] = {"", "Relay", "1st", "-x", "a b", "a/b", "\xc3\xa4"};
	for (size_t i = 0; i < OS_ARRAY_LEN(bad); i++) {
		struct os_hardware_entry entry = s_relay;
		snprintf(entry.name, sizeof(entry.name), "%s", bad[i]);
		expect(&entry, "name");
	}
}

static void gpio_has_bounds(void **state)
{
	struct os_hardware_entry entry = s_door;
	entry.number = -1;
	expect(&entry, "number");
	entry.number = 1024;
	expect(&entry, "number");
	entry = s_door;
	entry.device[0] = '\0';
	expect(&entry, "chip");
	entry = s_door;
	entry.flags |= OS_HARDWARE_PULL_DOWN;
	expect(&entry, "pull");
	entry.flags = 32;
	expect(&entry, "polarity");
	entry = s_relay;
	entry.flags = OS_HARDWARE_RISING;
	expect(&entry, "output");
	entry = s_relay;
	entry.flags = OS_HARDWARE_ACTIVE_LOW;
	expect(&entry, NULL);
	snprintf(entry.device, sizeof(entry.device), "../mem");
	expect(&entry, "'/'");
}

static void i2c_and_serial_have_bounds(void **state)
{
	static const char *const ports[] = {"",      "mem",  "tty",       "tty1",   "console", "ttyS",
	                                    "ttyS/", "sda1", "../ttyS0", "ttyS0x", "ttyS1234"};
	struct os_hardware_entry entry = s_meter;
	entry.value = 0x07;
	expect(&entry, "address");
	entry.value = 0x78;
	expect(&entry, "address");
	entry = s_meter;
	entry.number = -1;
	expect(&entry, "bus");
	entry = s_meter;
	entry.flags = OS_HARDWARE_RISING;
	expect(&entry, "GPIO");
	for (size_t i = 0; i < OS_ARRAY_LEN(ports); i++) {
		entry = s_scale;
		snprintf(entry.device, sizeof(entry.device), "%s", ports[i]);
		expect(&entry, "port");
	}
	entry = s_scale;
	entry.value = 9601;
	expect(&entry, "speed");
	entry = s_scale;
	entry.kind = 99;
	expect(&entry, "kind");
}

static void people_are_told_where_it_is(void **state)
{
	char text[96];
	os_hardware_describe(&s_relay, text, sizeof(text));
	assert_string_equal(text, "line GPIO17");
	os_hardware_describe(&s_door, text, sizeof(text));
	assert_string_equal(text, "line 4 of pinctrl-bcm2711");
	os_hardware_describe(&s_meter, text, sizeof(text));
	assert_string_equal(text, "bus 1, address 0x48");
	os_hardware_describe(&s_scale, text, sizeof(text));
	assert_string_equal(text, "ttyUSB0 at 9600");
	assert_int_equal(os_hardware_kind_named("gpio-input"), OS_HARDWARE_GPIO_INPUT);
	assert_int_equal(os_hardware_kind_named("disk"), 0);
	assert_string_equal(os_hardware_kind_name(OS_HARDWARE_SERIAL), "serial");
	assert_string_equal(os_hardware_kind_name(77), "");
	const struct os_hardware_entry both[] = {s_meter, s_relay};
	assert_int_equal(os_hardware_kinds(both, 2), 1u << OS_HARDWARE_I2C | 1u << OS_HARDWARE_GPIO_OUTPUT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_ones_pass),
		cmocka_unit_test(names_are_words),
		cmocka_unit_test(gpio_has_bounds),
		cmocka_unit_test(i2c_and_serial_have_bounds),
		cmocka_unit_test(people_are_told_where_it_is),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
