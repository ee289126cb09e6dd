#include <stdlib.h>
#include <string.h>

#include <md/device_interface.h>

#include "cli.h"
#include "session.h"

static const struct cli_option s_options[] = {
    {"--charging", NULL, "on a plug", NULL},
    {NULL, NULL, NULL, NULL},
};

/* A whole percent, or -1 for "off"; -2: neither. */
static int parse_level(const char *word)
{
	char *end;
	if (strcmp(word, "off") == 0) {
		return -1;
	}
	long percent = strtol(word, &end, 10);
	return end != word && *end == '\0' && percent >= 0 && percent <= 100 ? (int)percent : -2;
}

static int run(struct cli *cli)
{
	int percent = parse_level(cli->arguments[0]);
	if (percent < -1) {
		return cli_usage(cli, "a battery has 0 to 100 percent, or is off, not %s",
				 cli->arguments[0]);
	}
	struct os_message message, reply;
	cli_begin(&message, CLI_COMPOSITOR, MD_DEVICE_SET_BATTERY);
	os_message_write_double(&message, percent < 0 ? -1 : percent / 100.0);
	os_message_write_bool(&message, cli_has(cli, "--charging"));
	int result = cli_call(cli, CLI_COMPOSITOR, &message, &reply);
	if (result < 0) {
		return cli_call_failed(cli, "battery", result);
	}
	os_message_finish(&reply);
	return CLI_DONE;
}

const struct cli_verb cli_verb_battery = {
    .name = "battery",
    .arguments = "N|off [--charging]",
    .summary = "lets the device have a battery with N percent",
    .help =
	"For trying what a battery looks like on a machine that has none, or another level\n"
	"than its own; off: what the machine says itself, which it always does after a restart.",
    .options = s_options,
    .least = 1,
    .most = 1,
    .run = run};
