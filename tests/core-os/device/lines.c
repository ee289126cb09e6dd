#include "lines.h"

#include <stdio.h>
#include <string.h>

#include <os/hardware.h>
#include <os/log.h>

static const char *const s_names[] = {"port", "meter", "relay", "ghost"};

static struct {
	struct os_hardware *lines[OS_ARRAY_LEN(s_names)];
	size_t at;
} s_lines;

static void say(const char *text)
{
	if (os_serial_write(s_lines.lines[0], text, strlen(text)) < 0) {
		os_log_error("lines", "cannot say %s", text);
	}
}

static void ask_next(void);

static void did_open(void *context, struct os_hardware *line, int status, const char *sentence)
{
	char text[64];
	os_log_info("lines", "%s: %d %s", s_names[s_lines.at], status, sentence);
	snprintf(text, sizeof(text), "%s %d\n", s_names[s_lines.at], status);
	say(text);
	s_lines.at++;
	ask_next();
}

static void did_receive(void *context, struct os_hardware *line, const void *bytes, size_t length)
{
	os_serial_write(line, bytes, length);
}

static void ask_next(void)
{
	static const struct os_hardware_delegate delegate = {
		.struct_size = sizeof(delegate), .opened = did_open, .received = did_receive};
	if (s_lines.at == OS_ARRAY_LEN(s_names)) {
		say("end\n");
		return;
	}
	s_lines.lines[s_lines.at] = os_hardware_open(s_names[s_lines.at], &delegate, NULL);
}

void lines_begin(void)
{
	ask_next();
}

void lines_fill_record(struct os_launch_record *record)
{
	record->hardware_count = 3;
	record->hardware[0] = (struct os_hardware_entry){
		.kind = OS_HARDWARE_SERIAL, .name = "port", .device = "ttyS0", .value = 115200};
	record->hardware[1] = (struct os_hardware_entry){
		.kind = OS_HARDWARE_I2C, .name = "meter", .number = 7, .value = 0x48};
	record->hardware[2] = (struct os_hardware_entry){
		.kind = OS_HARDWARE_GPIO_OUTPUT, .name = "relay", .line = "GPIO17", .number = -1};
}
