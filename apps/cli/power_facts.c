#include "power_facts.h"

#include <stdio.h>

#include <md/device_interface.h>

#include "session.h"

#define TIMEOUT_US (2 * OS_US_PER_S)

int cli_ask_power(struct cli *cli, struct cli_power *ret_power)
{
	struct os_message message, reply;
	*ret_power = (struct cli_power){.screen = "unknown"};
	cli_begin(&message, CLI_COMPOSITOR, MD_DEVICE_POWER);
	int result = cli_call_within(cli, CLI_COMPOSITOR, &message, TIMEOUT_US, &reply);
	if (result < 0) {
		return result;
	}
	snprintf(ret_power->screen, sizeof(ret_power->screen), "%s", os_message_read_text(&reply));
	ret_power->brightness = os_message_read_double(&reply);
	ret_power->has_backlight = os_message_read_bool(&reply);
	ret_power->has_battery = os_message_read_bool(&reply);
	ret_power->battery = os_message_read_double(&reply);
	ret_power->is_charging = os_message_read_bool(&reply);
	ret_power->knows_temperature = os_message_read_bool(&reply);
	ret_power->warmest_c = os_message_read_double(&reply);
	ret_power->is_throttled = os_message_read_bool(&reply);
	os_message_finish(&reply);
	return 0;
}

static void add_bool(struct os_buffer *out, const char *key, bool value)
{
	cli_json_key(out, key);
	os_buffer_add_text(out, value ? "true" : "false");
}

void cli_power_json(const struct cli_power *power, struct os_buffer *out)
{
	os_buffer_add_char(out, '{');
	cli_json_key(out, "screen");
	cli_json_text(out, power->screen);
	cli_json_key(out, "brightness");
	os_buffer_printf(out, "%.4g", power->brightness);
	add_bool(out, "backlight", power->has_backlight);
	cli_json_key(out, "battery");
	if (power->has_battery) {
		os_buffer_printf(out, "%.4g", power->battery);
	} else {
		os_buffer_add_text(out, "null");
	}
	add_bool(out, "charging", power->is_charging);
	cli_json_key(out, "temperature_c");
	if (power->knows_temperature) {
		os_buffer_printf(out, "%.1f", power->warmest_c);
	} else {
		os_buffer_add_text(out, "null");
	}
	add_bool(out, "throttled", power->is_throttled);
	os_buffer_add_char(out, '}');
}

void cli_power_text(const struct cli_power *power, struct os_buffer *out)
{
	os_buffer_printf(out, "power: screen %s at %.0f %%%s", power->screen,
			 power->brightness * 100,
			 power->has_backlight ? "" : " (no backlight: a veil)");
	if (power->has_battery) {
		os_buffer_printf(out, ", battery %.0f %%%s", power->battery * 100,
				 power->is_charging ? " charging" : "");
	} else {
		os_buffer_add_text(out, ", no battery");
	}
	if (power->knows_temperature) {
		os_buffer_printf(out, ", %.0f °C", power->warmest_c);
	}
	os_buffer_add_text(out,
			   power->is_throttled ? ", slowed down because it is too warm\n" : "\n");
}
