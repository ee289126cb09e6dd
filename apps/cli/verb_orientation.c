#include <stdlib.h>
#include <string.h>

#include <md/device_interface.h>

#include "cli.h"
#include "session.h"

static int run(struct cli *cli)
{
	static const char *const s_angles[] = {"0", "90", "180", "270"};
	const char *word = cli->arguments[0];
	for (size_t i = 0; i < OS_ARRAY_LEN(s_angles); i++) {
		if (strcmp(word, s_angles[i]) != 0) {
			continue;
		}
		struct os_message message, reply;
		cli_begin(&message, CLI_COMPOSITOR, MD_DEVICE_SET_ORIENTATION);
		os_message_write_i32(&message, (int32_t)atoi(word));
		int result = cli_call(cli, CLI_COMPOSITOR, &message, &reply);
		if (result < 0) {
			return cli_call_failed(cli, "orientation", result);
		}
		os_message_finish(&reply);
		return CLI_DONE;
	}
	return cli_usage(cli, "an orientation is 0, 90, 180 or 270, not %s", word);
}

const struct cli_verb cli_verb_orientation = {.name = "orientation",
					      .arguments = "0|90|180|270",
					      .summary = "turns the device",
					      .least = 1,
					      .most = 1,
					      .run = run};
