#include "inputs.h"

#include <stdio.h>

#include <md/device_interface.h>
#include <os/message.h>

#include "cli.h"
#include "session.h"

static void add_panel(struct os_doctor *doctor, struct os_message *reply)
{
	char rate[48] = "rate not known yet", size[48] = "size not known";
	const char *id = os_message_read_text(reply), *name = os_message_read_text(reply);
	int fingers = os_message_read_i32(reply);
	double rate_hz = os_message_read_double(reply);
	double width_mm = os_message_read_double(reply), height_mm = os_message_read_double(reply);
	bool is_calibrated = os_message_read_bool(reply);
	if (fingers == 0) {
		os_doctor_add(doctor, "mouse", OS_DOCTOR_OK, "", "\"%s\"", name);
		return;
	}
	if (rate_hz > 0) {
		snprintf(rate, sizeof(rate), "%.0f reports a second", rate_hz);
	}
	if (width_mm > 0 && height_mm > 0) {
		snprintf(size, sizeof(size), "%.0f x %.0f mm", width_mm, height_mm);
	}
	os_doctor_add(doctor, "touch", OS_DOCTOR_OK, "", "\"%s\", %d finger%s, %s, %s, %s (%s)", name,
		      fingers, fingers == 1 ? "" : "s", rate, size,
		      is_calibrated ? "calibrated" : "not calibrated", id);
}

void cli_add_inputs(struct cli *cli, struct os_doctor *doctor)
{
	struct os_message message, reply;
	cli_begin(&message, CLI_COMPOSITOR, MD_DEVICE_INPUTS);
	if (cli_call(cli, CLI_COMPOSITOR, &message, &reply) < 0) {
		return;
	}
	bool is_told = os_message_read_bool(&reply), has_keyboard = os_message_read_bool(&reply);
	const char *layout = os_message_read_text(&reply);
	uint32_t count = os_message_read_count(&reply);
	for (uint32_t i = 0; i < count; i++) {
		add_panel(doctor, &reply);
	}
	if (is_told && count == 0) {
		os_doctor_add(doctor, "touch", OS_DOCTOR_MISSING, "usermod -a -G input USER",
			      "the board found neither a touchscreen nor a mouse");
	}
	if (is_told) {
		os_doctor_add(doctor, "keyboard", OS_DOCTOR_NOTE, "", "%s%s%s",
			      has_keyboard ? "there is one" : "there is none",
			      has_keyboard ? ", layout " : "",
			      !has_keyboard ? "" : layout[0] == '\0' ? "of the machine" : layout);
	}
	os_message_finish(&reply);
}
