#include "board.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <os/board_config.h>
#include <os/layout.h>

#include "session.h"
#include "words.h"

static struct os_board_config s_config; /* the command's only one; the environment points into it */

static const char *config_path(const struct cli *cli)
{
	return cli->environment.board_config ? cli->environment.board_config : OS_BOARD_CONFIG_PATH;
}

static void use(struct cli *cli)
{
	if (!cli->environment.strata_home || !cli->environment.strata_home[0]) {
		cli->environment.strata_home = s_config.home;
	}
	cli->environment.runtime = s_config.runtime;
	if (strcmp(cli->device, "default") == 0) {
		cli->device = s_config.device;
	}
}

static bool is_ours(const char *folder)
{
	struct stat info;
	return geteuid() == 0 || (stat(folder, &info) == 0 && info.st_uid == geteuid());
}

void board_adopt(struct cli *cli)
{
	struct os_error error;
	const char *home = cli->environment.strata_home;
	if (cli_has(cli, "--board")) {
		return;
	}
	int result = os_board_config_read(config_path(cli), &s_config, &error);
	if (result == -ENOENT || result == -EACCES) {
		return;
	}
	if (result < 0) {
		fprintf(stderr, "strata: %s\n", error.text);
		return;
	}
	bool means_other = home && home[0] && strcmp(home, s_config.home) != 0;
	if (!means_other && is_ours(s_config.home)) {
		use(cli);
	}
}

/* --- run --board ------------------------------------------------------------------------------ */

/* A terminal of the console, of which the device takes the screen and the keys. */
static bool is_console(char *path, size_t size)
{
	unsigned number;
	char more;
	return ttyname_r(STDIN_FILENO, path, size) == 0 &&
	       sscanf(path, "/dev/tty%u%c", &number, &more) == 1 && number > 0;
}

static void add_given(struct words *words, const char *key, const char *value)
{
	if (value && value[0]) {
		words_add(words, "%s=%s", key, value);
	}
}

static void add_config(struct words *words)
{
	char vt[sizeof(s_config.vt)];
	words_add(words, "board=yes");
	add_given(words, "kiosk", s_config.app);
	add_given(words, "profile", s_config.profile);
	add_given(words, "orientation", s_config.orientation);
	add_given(words, "display", s_config.display);
	add_given(words, "renderer", s_config.renderer);
	add_given(words, "splash", s_config.splash ? NULL : "no");
	add_given(words, "walls", s_config.walls ? NULL : "no");
	if (s_config.vt[0]) {
		words_add(words, "vt=%s", s_config.vt);
	} else if (is_console(vt, sizeof(vt))) {
		words_add(words, "vt=%s", vt);
	}
}

static int become_keeper(struct cli *cli)
{
	struct words words = {0};
	int result = words_add_places(&words, cli);
	if (result < 0) {
		return cli_fail(CLI_FAILED, "the device %s cannot be started: %s", cli->device,
				os_status_text(result));
	}
	add_config(&words);
	add_given(&words, "notify", cli->environment.notify_socket);
	unsetenv("NOTIFY_SOCKET"); /* it is the keeper's alone */
	execv(words.list[0], words.list);
	result = cli_fail(CLI_FAILED, "%s cannot be started: %s", words.list[0], os_status_text(-errno));
	words_finish(&words);
	return result;
}

int board_run(struct cli *cli)
{
	struct os_error error;
	if (cli->given_count > 1) {
		return cli_usage(cli, "--board takes everything from %s, and no other option",
				 config_path(cli));
	}
	int result = os_board_config_read(config_path(cli), &s_config, &error);
	if (result < 0 && result != -ENOENT) {
		return cli_fail(CLI_USAGE, "%s", error.text);
	}
	use(cli);
	return become_keeper(cli);
}
