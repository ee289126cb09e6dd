#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cs/services_interface.h>
#include <os/file.h>
#include <os/memory.h>

#include "bundle_build.h"
#include "cli.h"
#include "session.h"

#define INSTALL_TIMEOUT_US (60 * OS_US_PER_S)

static int hand_over(struct cli *cli, const char *bundle)
{
	int folder = open(bundle, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0) {
		return cli_fail(CLI_FAILED, "%s: %s", bundle, os_status_text(-errno));
	}
	struct os_message message, reply;
	cli_begin(&message, CLI_SERVICES, CS_SERVICES_INSTALL);
	os_message_write_fd(&message, folder);
	os_fd_close(folder);
	int result = cli_call_within(cli, CLI_SERVICES, &message, INSTALL_TIMEOUT_US, &reply);
	if (result < 0) {
		return cli_call_failed(cli, "install", result);
	}
	int code = cli_outcome(&reply);
	if (code == CLI_DONE) {
		struct os_buffer out = {0};
		const char *app = os_message_read_text(&reply);
		const char *name = os_message_read_text(&reply);
		os_buffer_printf(&out, "%s %s (%s)", app, os_message_read_text(&reply), name);
		code = cli_print(&out);
	}
	os_message_finish(&reply);
	return code;
}

static int run_install(struct cli *cli)
{
	char folder[PATH_MAX], bundle[OS_LAYOUT_MAX];
	if (!realpath(cli->arguments[0], folder) || strlen(folder) >= sizeof(bundle)) {
		return cli_fail(CLI_FAILED, "%s: %s", cli->arguments[0], os_status_text(-errno));
	}
	char *manifest = os_format("%s/manifest.json", folder);
	bool is_app = access(manifest, F_OK) == 0;
	os_free(manifest);
	if (!is_app) {
		return cli_fail(CLI_FAILED, "%s is no app's folder: it has no manifest.json",
				cli->arguments[0]);
	}
	int code = cli_connect(cli); /* before a build that would have been for nothing */
	if (code != CLI_DONE) {
		return code;
	}
	if (!bundle_has_sources(folder)) {
		return hand_over(cli, folder);
	}
	return bundle_build(cli, folder, bundle) < 0 ? CLI_FAILED : hand_over(cli, bundle);
}

static const struct cli_option s_options[] = {
    {"--keep-data", NULL, "leaves its container where it is"},
    {NULL},
};

static int run_uninstall(struct cli *cli)
{
	char *app = cli_app_id(cli->arguments[0]);
	struct os_message message, reply;
	cli_begin(&message, CLI_SERVICES, CS_SERVICES_UNINSTALL);
	os_message_write_text(&message, app);
	os_message_write_bool(&message, !cli_has(cli, "--keep-data"));
	int result = cli_call(cli, CLI_SERVICES, &message, &reply);
	int code = result < 0 ? cli_call_failed(cli, app, result) : cli_outcome(&reply);
	if (result == 0) {
		os_message_finish(&reply);
	}
	os_free(app);
	return code;
}

const struct cli_verb cli_verb_install = {.name = "install",
					  .arguments = "PATH",
					  .summary = "installs an app from its folder",
					  .help = "A folder with sources is built first, outside "
						  "that folder; a bundle is installed as it is.",
					  .least = 1,
					  .most = 1,
					  .run = run_install};
const struct cli_verb cli_verb_uninstall = {.name = "uninstall",
					    .arguments = "ID [--keep-data]",
					    .summary = "removes an app and its data",
					    .options = s_options,
					    .least = 1,
					    .most = 1,
					    .run = run_uninstall};
