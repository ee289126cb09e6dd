#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include <os/memory.h>

#include "cli.h"
#include "session.h"

static int run(struct cli *cli)
{
	char data[OS_LAYOUT_MAX];
	if (cli_data_folder(cli, data) < 0) {
		return cli_fail(CLI_FAILED, "neither STRATA_HOME nor HOME is set");
	}
	if (access(data, F_OK) < 0) {
		return cli_fail(CLI_NO_DEVICE, "there is no device %s", cli->device);
	}
	char *app = cli_app_id(cli->arguments[0]);
	struct os_buffer path = {0};
	os_buffer_printf(&path, "%s/containers/%s", data, app);
	int code;
	if (access(path.bytes, F_OK) < 0) {
		code = cli_fail(CLI_FAILED, "%s has no container: it was never started", app);
		os_buffer_finish(&path);
	} else {
		code = cli_print(&path);
	}
	os_free(app);
	return code;
}

const struct cli_verb cli_verb_container = {.name = "container",
					    .arguments = "ID",
					    .summary = "prints the folder of an app's own files",
					    .least = 1,
					    .most = 1,
					    .run = run};
