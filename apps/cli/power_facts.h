/* Power facts: what a device's compositor knows of screen, battery and temperature. */
#ifndef CLI_POWER_FACTS_H
#define CLI_POWER_FACTS_H

#include "cli.h"

struct cli_power {
	char screen[16]; /* "on", "dimmed", "off" */
	double brightness, battery, warmest_c;
	bool has_backlight, has_battery, is_charging, knows_temperature, is_throttled;
};

/* A negative status when the compositor is away: nothing is known then. */
int cli_ask_power(struct cli *cli, struct cli_power *ret_power);
/* "power": {…} of `status --json`, and its line without. */
void cli_power_json(const struct cli_power *power, struct os_buffer *out);
void cli_power_text(const struct cli_power *power, struct os_buffer *out);

#endif
