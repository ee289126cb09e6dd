/* What is installed on the device, as services say it. */
#ifndef CLI_INSTALLED_H
#define CLI_INSTALLED_H

#include "cli.h"

struct cli_app {
	char id[128], name[128], version[32];
	bool system;
	char hardware[1024]; /* cs/apps.h */
};

/* All of them; the caller frees the array. 0, or -Exxx (cli_call_failed says why). */
int cli_ask_apps(struct cli *cli, struct cli_app **ret_apps, int *ret_count);

#endif
