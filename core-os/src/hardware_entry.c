/* What a manifest may name, and how it is told to people. */
#include <os/hardware.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <os/status.h>

#include "hardware_private.h"

/* The most that the kernel's tables have: GPIO_V2_LINES_MAX is 64 in one request, chips have more. */
#define MAX_LINE 1023
#define MAX_BUS 255
/* UM10204 (the I²C specification), table 4: 0000 0xx and 1111 xxx are the bus's own. */
#define FIRST_ADDRESS 0x08
#define LAST_ADDRESS 0x77

static const char *const s_kinds[OS_HARDWARE_KINDS] = {
	[OS_HARDWARE_GPIO_OUTPUT] = "gpio-output",
	[OS_HARDWARE_GPIO_INPUT] = "gpio-input",
	[OS_HARDWARE_I2C] = "i2c",
	[OS_HARDWARE_SERIAL] = "serial",
};

/* Serial ports, by their drivers' names, then a number: no console, no terminal, no disk. */
static const char *const s_ports[] = {"ttyAMA", "ttyS",   "ttyUSB", "ttyACM", "ttymxc",
                                      "ttySC",  "ttyHS",  "ttyTHS", "ttySTM", "serial"};

const char *os_hardware_kind_name(uint32_t kind)
{
	return kind < OS_HARDWARE_KINDS && s_kinds[kind] != NULL ? s_kinds[kind] : "";
}

uint32_t os_hardware_kind_named(const char *name)
{
	for (uint32_t kind = 1; kind < OS_HARDWARE_KINDS; kind++) {
		if (strcmp(name, s_kinds[kind]) == 0) {
			return kind;
		}
	}
	return 0;
}

uint32_t os_hardware_kinds(const struct os_hardware_entry *entries, size_t count)
{
	uint32_t kinds = 0;
	for (size_t i = 0; i < count; i++) {
		kinds |= entries[i].kind < OS_HARDWARE_KINDS ? 1u << entries[i].kind : 0;
	}
	return kinds;
}

void os_hardware_describe(const struct os_hardware_entry *entry, char *ret_text, size_t size)
{
	char line[48];
	if (entry->line[0] != '\0') {
		snprintf(line, sizeof(line), "line %s", entry->line);
	} else {
		snprintf(line, sizeof(line), "line %d", entry->number);
	}
	switch (entry->kind) {
	case OS_HARDWARE_GPIO_OUTPUT:
	case OS_HARDWARE_GPIO_INPUT:
		snprintf(ret_text, size, "%s%s%s", line, entry->device[0] != '\0' ? " of " : "",
		         entry->device);
		break;
	case OS_HARDWARE_I2C:
		snprintf(ret_text, size, "bus %d, address 0x%02x", entry->number, (unsigned)entry->value);
		break;
	default:
		snprintf(ret_text, size, "%s at %d", entry->device, entry->value);
		break;
	}
}

/* --- Checking ------------------------------------------------------------------------------------------ */

static bool is_name(const char *text)
{
	size_t length = strlen(text);
	return length > 0 && length < 32 && text[0] >= 'a' && text[0] <= 'z' &&
	       strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

/* Chips' labels and lines' names come from device trees, which write anything but control signs. */
static bool is_label(const char *text)
{
	for (const char *at = text; *at != '\0'; at++) {
		if (*at < 0x21 || *at > 0x7e || *at == '/' || *at == '"') {
			return false;
		}
	}
	return true;
}

static bool is_port(const char *text)
{
	for (size_t i = 0; i < OS_ARRAY_LEN(s_ports); i++) {
		size_t length = strlen(s_ports[i]);
		const char *digits = text + length;
		if (strncmp(text, s_ports[i], length) == 0 && digits[0] != '\0' && strlen(digits) <= 3 &&
		    strspn(digits, "0123456789") == strlen(digits)) {
			return true;
		}
	}
	return false;
}

static int check_gpio(const struct os_hardware_entry *entry, struct os_error *ret_error)
{
	const uint32_t edges = OS_HARDWARE_RISING | OS_HARDWARE_FALLING;
	const uint32_t pulls = OS_HARDWARE_PULL_UP | OS_HARDWARE_PULL_DOWN;
	bool by_name = entry->line[0] != '\0';
	if (!is_label(entry->device) || !is_label(entry->line)) {
		return os_error_set(ret_error, -EINVAL, "expected names without blanks and '/'");
	}
	if (!by_name && (entry->number < 0 || entry->number > MAX_LINE)) {
		return os_error_set(ret_error, -EINVAL, "expected a line's name, or its number from 0 to %d",
		                    MAX_LINE);
	}
	if (!by_name && entry->device[0] == '\0') {
		return os_error_set(ret_error, -EINVAL, "a line's number is expected to come with its chip");
	}
	if (entry->kind == OS_HARDWARE_GPIO_OUTPUT && (entry->flags & (edges | pulls)) != 0) {
		return os_error_set(ret_error, -EINVAL, "an output has neither edges nor a pull");
	}
	if ((entry->flags & pulls) == pulls) {
		return os_error_set(ret_error, -EINVAL, "expected one pull, up or down");
	}
	return 0;
}

static int check_i2c(const struct os_hardware_entry *entry, struct os_error *ret_error)
{
	if (entry->number < 0 || entry->number > MAX_BUS) {
		return os_error_set(ret_error, -EINVAL, "expected a bus from 0 to %d", MAX_BUS);
	}
	if (entry->value < FIRST_ADDRESS || entry->value > LAST_ADDRESS) {
		return os_error_set(ret_error, -EINVAL, "expected an address from %d to %d", FIRST_ADDRESS,
		                    LAST_ADDRESS);
	}
	return 0;
}

static int check_serial(const struct os_hardware_entry *entry, struct os_error *ret_error)
{
	if (!is_port(entry->device)) {
		return os_error_set(ret_error, -EINVAL,
		                    "expected a serial port such as \"serial0\" or \"ttyUSB0\"");
	}
	if (hardware_speed(entry->value) == 0) {
		return os_error_set(ret_error, -EINVAL, "expected a speed such as 9600 or 115200");
	}
	return 0;
}

int os_hardware_check(const struct os_hardware_entry *entry, struct os_error *ret_error)
{
	if (!is_name(entry->name)) {
		return os_error_set(ret_error, -EINVAL,
		                    "expected a name of 1 to 31 letters a-z, digits and '-'");
	}
	bool is_gpio = entry->kind == OS_HARDWARE_GPIO_OUTPUT || entry->kind == OS_HARDWARE_GPIO_INPUT;
	if ((entry->flags & ~(uint32_t)OS_HARDWARE_FLAGS) != 0 || (!is_gpio && entry->flags != 0)) {
		return os_error_set(ret_error, -EINVAL, "only GPIO lines have edges, pulls and a polarity");
	}
	switch (entry->kind) {
	case OS_HARDWARE_GPIO_OUTPUT:
	case OS_HARDWARE_GPIO_INPUT:
		return check_gpio(entry, ret_error);
	case OS_HARDWARE_I2C:
		return check_i2c(entry, ret_error);
	case OS_HARDWARE_SERIAL:
		return check_serial(entry, ret_error);
	default:
		return os_error_set(ret_error, -EINVAL,
		                    "expected a kind: gpio-output, gpio-input, i2c or serial");
	}
}
