/* Ending an app, kindly or at once, and putting it to sleep. */
#include <errno.h>
#include <string.h>

#include <os/memory.h>
#include <os/supervisor.h>

#include "cli.h"
#include "session.h"

static int finish(struct cli *cli, const char *app, int result, struct os_message *reply)
{
	if (result == 0) {
		os_message_finish(reply);
		return CLI_DONE;
	}
	return result == -ENOENT || result == -ESRCH ? cli_fail(CLI_FAILED, "%s does not run", app)
						     : cli_call_failed(cli, app, result);
}

static int run_quit(struct cli *cli)
{
	char *app = cli_app_id(cli->arguments[0]);
	struct os_message message, reply;
	cli_begin(&message, CLI_SUPERVISOR, OS_SUPERVISOR_QUIT);
	os_message_write_text(&message, app);
	os_message_write_bool(&message, strcmp(cli->verb->name, "kill") == 0);
	int code = finish(cli, app, cli_call(cli, CLI_SUPERVISOR, &message, &reply), &reply);
	os_free(app);
	return code;
}

static int run_suspend(struct cli *cli)
{
	char *app = cli_app_id(cli->arguments[0]);
	struct os_message message, reply;
	cli_begin(&message, CLI_SUPERVISOR, OS_SUPERVISOR_SET_STATE);
	os_message_write_text(&message, app);
	os_message_write_u32(&message, OS_APP_SUSPENDED);
	int code = finish(cli, app, cli_call(cli, CLI_SUPERVISOR, &message, &reply), &reply);
	os_free(app);
	return code;
}

const struct cli_verb cli_verb_quit = {.name = "quit",
				       .arguments = "ID",
				       .summary = "asks an app to end, and waits until it has",
				       .least = 1,
				       .most = 1,
				       .run = run_quit};
const struct cli_verb cli_verb_kill = {.name = "kill",
				       .arguments = "ID",
				       .summary = "kills an app at once",
				       .least = 1,
				       .most = 1,
				       .run = run_quit};
const struct cli_verb cli_verb_suspend = {.name = "suspend",
					  .arguments = "ID",
					  .summary = "freezes an app that is not in front",
					  .least = 1,
					  .most = 1,
					  .run = run_suspend};
