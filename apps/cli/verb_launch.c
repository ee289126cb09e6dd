#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <os/clock.h>
#include <os/memory.h>
#include <os/supervisor.h>

#include "cli.h"
#include "facts.h"
#include "runner_private.h"

#define FIRST_FRAME_TIMEOUT_US (10 * OS_US_PER_S)

static const struct cli_option s_options[] = {
    {"--fresh", NULL, "from its first screen: quits it, drops its saved state, not its data"},
    {"--debug", NULL, "attaches gdb to it"},
    {NULL},
};

/* 1 if a scene of the app is on the screen, 0 if not yet, or -Exxx. */
static int shows(struct cli *cli, const char *app)
{
	struct runner runner = {.cli = cli};
	struct screen_tree *tree;
	int result = runner_look(&runner, &tree);
	if (result < 0) {
		return result;
	}
	bool found = false;
	for (int i = 0; i < tree->count && !found; i++) {
		const struct screen_node *node = &tree->nodes[i];
		found = strcmp(node->role, "scene") == 0 && strcmp(node->app, app) == 0 &&
			node->visible;
	}
	screen_tree_release(tree);
	return found;
}

static bool is_alive(struct cli *cli, const char *app)
{
	struct cli_facts *facts = os_alloc(sizeof(*facts));
	bool alive = cli_ask_facts(cli, facts) == 0 && cli_find_process(facts, app) != NULL;
	os_free(facts);
	return alive;
}

static int wait_for_first_frame(struct cli *cli, const char *app)
{
	struct runner runner = {.cli = cli};
	int64_t deadline_us = os_clock_real_us() + FIRST_FRAME_TIMEOUT_US;
	int result = shows(cli, app);
	while (result == 0 && os_clock_real_us() < deadline_us) {
		if (!is_alive(cli, app)) {
			return cli_fail(CLI_FAILED,
					"%s ended before it showed anything; `strata crashes` and "
					"`strata log --app %s` say more",
					app, app);
		}
		runner_pause(&runner);
		result = shows(cli, app);
	}
	if (result < 0) {
		return cli_call_failed(cli, app, result);
	}
	return result ? CLI_DONE : cli_fail(CLI_FAILED, "%s has shown nothing for 10 s", app);
}

static int attach_debugger(int pid)
{
	char text[16];
	snprintf(text, sizeof(text), "%d", pid);
	execlp("gdb", "gdb", "-p", text, (char *)NULL);
	return cli_fail(CLI_FAILED, "gdb cannot be started: %s; the app's pid is %d",
			os_status_text(-errno), pid);
}

static int launch(struct cli *cli, const char *app)
{
	struct os_message message, reply;
	cli_begin(&message, CLI_SUPERVISOR, OS_SUPERVISOR_LAUNCH);
	os_message_write_text(&message, app);
	os_message_write_text(&message, "");
	os_message_write_bool(&message, cli_has(cli, "--fresh"));
	int result = cli_call(cli, CLI_SUPERVISOR, &message, &reply);
	if (result == -ENOENT) {
		return cli_fail(CLI_FAILED, "there is no app %s; `strata apps` lists them", app);
	}
	if (result < 0) {
		return cli_call_failed(cli, app, result);
	}
	int pid = os_message_read_i32(&reply);
	os_message_finish(&reply);
	if (cli_has(cli, "--debug")) {
		return attach_debugger(pid);
	}
	return wait_for_first_frame(cli, app);
}

static int run(struct cli *cli)
{
	char *app = cli_app_id(cli->arguments[0]);
	int code = launch(cli, app);
	os_free(app);
	return code;
}

const struct cli_verb cli_verb_launch = {
    .name = "launch",
    .arguments = "ID [--fresh] [--debug]",
    .summary = "starts an app or brings it back, and returns at its first frame",
    .help = "ID is an app's id; `notes` is short for org.strata.notes.",
    .options = s_options,
    .least = 1,
    .most = 1,
    .run = run};
