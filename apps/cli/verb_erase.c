#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <os/file.h>
#include <os/path.h>

#include "cli.h"
#include "devices.h"
#include "session.h"

static int run(struct cli *cli)
{
	char path[OS_LAYOUT_MAX], folder[OS_LAYOUT_MAX];
	if (cli_data_folder(cli, path) < 0) {
		return cli_fail(CLI_FAILED, "neither STRATA_HOME nor HOME is set");
	}
	if (cli_device_runs(cli)) {
		return cli_fail(CLI_FAILED, "the device %s runs; stop it first", cli->device);
	}
	if (access(path, F_OK) < 0) {
		return cli_fail(CLI_NO_DEVICE, "there is no device %s", cli->device);
	}
	if (!cli_is_device_folder(path)) {
		return cli_fail(CLI_NO_DEVICE, "%s is not a device", path);
	}
	memcpy(folder, path, sizeof(folder));
	*strrchr(folder, '/') = '\0';
	int parent = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int result = parent < 0 ? -errno : os_path_remove(parent, cli->device);
	os_fd_close(parent);
	if (result < 0) {
		return cli_fail(CLI_FAILED, "%s cannot be removed whole: %s", path,
				os_status_text(result));
	}
	return CLI_DONE;
}

const struct cli_verb cli_verb_erase = {.name = "erase",
					.arguments = "",
					.summary = "removes a stopped device's data, apps and all",
					.least = 0,
					.most = 0,
					.run = run};
