#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <os/memory.h>

#include "board.h"
#include "session.h"

/* The one place that reads the environment. */
static void read_environment(struct cli *cli)
{
	const char *home = getenv("HOME");
	const char *display = getenv("DISPLAY");
	const char *wayland = getenv("WAYLAND_DISPLAY");
	cli->environment.strata_home = getenv("STRATA_HOME");
	cli->environment.home = home;
	cli->environment.runtime = getenv("XDG_RUNTIME_DIR");
	cli->environment.cache = getenv("XDG_CACHE_HOME");
	cli->environment.board_config = getenv("STRATA_BOARD_CONF");
	cli->environment.notify_socket = getenv("NOTIFY_SOCKET");
	cli->environment.has_screen = (display && display[0]) || (wayland && wayland[0]);
}

int main(int count, char **words)
{
	struct cli cli = {.device = "default"};
	cli.arguments = os_alloc_array((size_t)count + 1, sizeof(char *));
	read_environment(&cli);
	int result = cli_parse(&cli, count - 1, words + 1);
	if (result == CLI_DONE && !cli.verb) {
		cli_print_verbs(cli.help ? stdout : stderr);
		result = cli.help ? CLI_DONE : CLI_USAGE;
	} else if (result == CLI_DONE && cli.help) {
		cli_print_help(cli.verb);
	} else if (result == CLI_DONE) {
		board_adopt(&cli);
		result = cli.verb->run(&cli);
	}
	cli_session_close(&cli);
	os_free(cli.arguments);
	return result;
}
