#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <os/clock.h>

#include "board.h"
#include "boot.h"
#include "cli.h"
#include "play.h"
#include "runner.h"
#include "session.h"
#include "stop.h"

#define STARTING_TIMEOUT_US (5 * OS_US_PER_S)
#define LOOK_AGAIN_US (10 * OS_US_PER_MS)

static const struct cli_option s_options[] = {
    {"--profile", "P",
     "phone (480x800), pi7, pi-touch2, tablet, or WxH@S[:HZ] in points and scale"},
    {"--orientation", "A", "how it is held", "0|90|180|270"},
    {"--headless", NULL, "without a window: the same device, to be looked at by screenshot"},
    {"--display", "D", "what it shows itself on", "window|offscreen|kmsdrm|dumb"},
    {"--renderer", "R", "what draws the frames", "soft|gpu"},
    {"--detach", NULL, "return as soon as home has shown its first frame"},
    {"--script", "FILE", "play a finger script, then stop; its exit code is run's"},
    {"--board", NULL, "what /etc/strata/board.conf says, in the foreground, for systemd"},
    {"--no-walls", NULL, "apps without their sandbox, where the machine cannot have one"},
    {NULL},
};

static bool is_profile(const char *text)
{
	static const char *const s_names[] = {"phone", "pi7", "pi-touch2", "tablet"};
	for (size_t i = 0; i < OS_ARRAY_LEN(s_names); i++) {
		if (strcmp(s_names[i], text) == 0) {
			return true;
		}
	}
	int width = 0, height = 0, end = 0;
	double scale = 0, rate = 60;
	if (sscanf(text, "%dx%d@%lf%n", &width, &height, &scale, &end) != 3) {
		return false;
	}
	if (text[end] == ':') {
		int more = 0;
		if (sscanf(text + end, ":%lf%n", &rate, &more) != 1) {
			return false;
		}
		end += more;
	}
	return !text[end] && width >= 120 && height >= 120 && width <= 4096 && height <= 4096 &&
	       scale >= 0.5 && scale <= 4 && rate >= 10 && rate <= 240;
}

/* Signals that end a run in the foreground are waited for together with the keeper's end. */
static void block_signals(sigset_t *ret_set)
{
	sigemptyset(ret_set);
	sigaddset(ret_set, SIGINT);
	sigaddset(ret_set, SIGTERM);
	sigaddset(ret_set, SIGHUP);
	sigaddset(ret_set, SIGCHLD);
	sigprocmask(SIG_BLOCK, ret_set, NULL);
}

static int code_of(int status)
{
	return WIFEXITED(status) ? (WEXITSTATUS(status) == 0 ? CLI_DONE : CLI_FAILED) : CLI_FAILED;
}

/* Returns when the keeper has ended, by itself or because this command was interrupted. */
static int stay(struct cli *cli, pid_t keeper, const sigset_t *signals)
{
	for (;;) {
		int status;
		if (waitpid(keeper, &status, WNOHANG) == keeper) {
			return code_of(status);
		}
		int number = sigwaitinfo(signals, NULL);
		if (number == SIGINT || number == SIGTERM || number == SIGHUP) {
			int code = cli_stop(cli);
			waitpid(keeper, NULL, 0);
			return code;
		}
	}
}

static int play_and_stop(struct cli *cli, const struct script *script, pid_t keeper)
{
	int code = runner_play(cli, script);
	if (cli_has(cli, "--detach")) {
		return code;
	}
	int stopped = cli_stop(cli);
	waitpid(keeper, NULL, 0);
	return code != CLI_DONE ? code : stopped;
}

static int run_running(struct cli *cli, const struct script *script)
{
	char text[512];
	if (boot_differs(cli, text, sizeof(text))) {
		return cli_fail(
		    CLI_FAILED,
		    "the device %s is already running with other options: %s; stop it first",
		    cli->device, text);
	}
	if (!cli_has(cli, "--detach") && !script) {
		return cli_fail(CLI_FAILED,
				"the device %s is already running; `strata stop` ends it",
				cli->device);
	}
	int code = boot_wait(cli, NULL);
	if (code == CLI_DONE) {
		fprintf(stderr, "already running\n");
		code = script ? runner_play(cli, script) : CLI_DONE;
	}
	return code;
}

/* Another command holds the device's lock and is about to listen. */
static int join_starting(struct cli *cli, const struct script *script)
{
	int64_t deadline_us = os_clock_real_us() + STARTING_TIMEOUT_US;
	while (cli_try_connect(cli) < 0) {
		if (os_clock_real_us() >= deadline_us) {
			return cli_fail(CLI_FAILED, "the device %s is locked, but does not answer",
					cli->device);
		}
		cli_wait(cli, LOOK_AGAIN_US);
	}
	return run_running(cli, script);
}

static void say_where_to_look(const struct cli *cli)
{
	const char *name = strcmp(cli->device, "default") ? cli->device : "";
	if (boot_is_headless(cli)) {
		fprintf(stderr,
			"strata: %s runs without a window%s; look at it with `strata screenshot "
			"FILE.png%s%s`\n",
			cli->device,
			cli_has(cli, "--headless") ? "" : ", since there is no desktop here",
			name[0] ? " --device " : "", name);
	}
	if (cli_has(cli, "--no-walls")) {
		fprintf(stderr, "strata: its apps have no walls\n");
	}
}

static int run_new(struct cli *cli, const struct script *script)
{
	sigset_t signals;
	pid_t keeper = -1;
	bool detach = cli_has(cli, "--detach");
	block_signals(&signals);
	int result = boot_start(cli, &keeper);
	if (result < 0) {
		return result == -EBUSY ? join_starting(cli, script) : CLI_FAILED;
	}
	sigset_t interrupts = signals;
	sigdelset(&interrupts, SIGCHLD); /* that the keeper ends is heard from the supervisor */
	int code = boot_wait(cli, &interrupts);
	if (code != CLI_DONE) {
		kill(keeper, SIGTERM);
		waitpid(keeper, NULL, 0);
		return code;
	}
	if (script) {
		return play_and_stop(cli, script, keeper);
	}
	say_where_to_look(cli);
	return detach ? CLI_DONE : stay(cli, keeper, &signals);
}

static int run(struct cli *cli)
{
	if (cli_has(cli, "--board")) {
		return board_run(cli);
	}
	const char *profile = cli_value(cli, "--profile");
	if (profile && !is_profile(profile)) {
		return cli_usage(cli, "there is no profile %s", profile);
	}
	const char *path = cli_value(cli, "--script");
	struct script *script = NULL;
	if (path && cli_load_script(path, &script) < 0) {
		return CLI_FAILED;
	}
	int code = cli_try_connect(cli) >= 0 ? run_running(cli, script) : run_new(cli, script);
	script_release(script);
	return code;
}

const struct cli_verb cli_verb_run = {
    .name = "run",
    .arguments =
	"[--profile P] [--orientation A] [--headless] [--display D] [--renderer R] [--detach] "
	"[--script FILE] [--no-walls] | --board",
    .summary = "boots a device, in a window where there is a desktop",
    .help = "It returns when the device stops; with --detach at home's first frame; with --script "
	    "when\n"
	    "the script has ended, with its exit code. Interrupted, it stops the device.\n"
	    "--board is how a board's service starts it: it stays, says when home is there "
	    "(sd_notify),\n"
	    "and ends with 2 when board.conf is wrong.",
    .options = s_options,
    .least = 0,
    .most = 0,
    .run = run};
