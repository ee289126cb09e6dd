/* The verb `board`: makes a machine boot into Strata, and puts it back. The work is two scripts of
 * board/install, since it is a matter of other programs' files; they say what they do. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <os/memory.h>

#include "cli.h"
#include "session.h"

static const struct cli_option s_options[] = {
    {"--app", "ID", "install: boot straight into this app, and show nothing else"},
    {"--root", "DIR", "a mounted image instead of this machine"},
    {"--no-start", NULL, "install: not before the next boot"},
    {"--force", NULL, "install: even where a desktop wants the same screen"},
    {"--erase", NULL, "uninstall: apps' data and the user it belongs to as well"},
    {NULL},
};

static int find_script(const char *verb, char ret_path[OS_LAYOUT_MAX + 64])
{
	char place[OS_LAYOUT_MAX];
	if (cli_checkout(place) == 0) {
		snprintf(ret_path, OS_LAYOUT_MAX + 64, "%s/board/install/board-%s.sh", place, verb);
	} else if (cli_root(place) == 0) {
		snprintf(ret_path, OS_LAYOUT_MAX + 64, "%s/share/strata/board/board-%s.sh", place,
			 verb);
	} else {
		return -ENOENT;
	}
	return access(ret_path, R_OK) < 0 ? -errno : 0;
}

static bool belongs_to(const char *option, const char *verb)
{
	if (strcmp(option, "--root") == 0) {
		return true;
	}
	return (strcmp(option, "--erase") == 0) == (strcmp(verb, "uninstall") == 0);
}

static int run(struct cli *cli)
{
	const char *verb = cli->arguments[0];
	if (strcmp(verb, "install") != 0 && strcmp(verb, "uninstall") != 0) {
		return cli_usage(cli, "board install or board uninstall: %s", verb);
	}
	char *words[3 + 2 * CLI_MAX_OPTIONS] = {(char *)"bash"};
	char script[OS_LAYOUT_MAX + 64];
	int count = 2, result = find_script(verb, script);
	words[1] = script;
	if (result < 0) {
		return cli_fail(CLI_FAILED, "this strata was installed without board/install: %s",
				os_status_text(result));
	}
	for (int i = 0; i < cli->given_count; i++) {
		if (!belongs_to(cli->given[i].name, verb)) {
			return cli_usage(cli, "%s is nothing for board %s", cli->given[i].name,
					 verb);
		}
		words[count++] = (char *)cli->given[i].name;
		if (cli->given[i].value != NULL && cli->given[i].value[0] != '\0') {
			words[count++] = (char *)cli->given[i].value;
		}
	}
	fflush(stdout);
	execvp(words[0], words);
	return cli_fail(CLI_FAILED, "bash cannot be started: %s", os_status_text(-errno));
}

const struct cli_verb cli_verb_board = {
    .name = "board",
    .arguments = "install|uninstall",
    .summary = "makes this machine boot into Strata, or puts it back as it was",
    .help = "As root, on Raspberry Pi OS Lite or Debian (bookworm, trixie). install: the packages, a\n"
	    "system user, udev rules, two systemd units, a quiet command line of the kernel; every\n"
	    "change is written down in /var/lib/strata-board, and uninstall takes it back. Settings\n"
	    "are in /etc/strata/board.conf. See board/README.md.",
    .options = s_options,
    .least = 1,
    .most = 1,
    .run = run};
