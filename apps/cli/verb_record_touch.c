/* The verb `record-touch`: a program of the board reads the panel (board/record); a device that runs
 * lets go of its panels meanwhile, since it has them for itself. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <md/device_interface.h>
#include <os/layout.h>
#include <os/status.h>

#include <os/memory.h>

#include "cli.h"
#include "session.h"

static const struct cli_option s_options[] = {
    {"--from", "NODE", "which panel, when there are several: /dev/input/event3, or its name"},
    {"--seconds", "N", "ends by itself; otherwise Ctrl-C does"},
    {"--list", NULL, "only says which panels there are"},
    {NULL},
};

/* Whether a device was told; it takes its panels again when this command is gone, however it goes. */
static bool pause_device(struct cli *cli, bool paused)
{
	struct os_message message, reply;
	if (cli_try_connect(cli) < 0) {
		return false;
	}
	cli_begin(&message, CLI_COMPOSITOR, MD_DEVICE_PAUSE_INPUT);
	os_message_write_bool(&message, paused);
	if (cli_call(cli, CLI_COMPOSITOR, &message, &reply) < 0) {
		return false;
	}
	os_message_finish(&reply);
	return true;
}

static pid_t start(const struct cli *cli, const char *program, int file)
{
	const char *words[8] = {program};
	int count = 1;
	if (cli_value(cli, "--from") != NULL) {
		words[count++] = "--device";
		words[count++] = cli_value(cli, "--from");
	}
	if (cli_value(cli, "--seconds") != NULL) {
		words[count++] = "--seconds";
		words[count++] = cli_value(cli, "--seconds");
	}
	if (cli_has(cli, "--list")) {
		words[count++] = "--list";
	}
	fflush(stdout);
	pid_t child = fork();
	if (child == 0) {
		if (file >= 0) {
			dup2(file, STDOUT_FILENO);
		}
		execv(program, (char *const *)words);
		fprintf(stderr, "strata: %s: %s\n", program, os_status_text(-errno));
		_exit(1);
	}
	return child;
}

/* Ctrl-C is for the program that records. */
static int wait_for(pid_t child)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
	int status = 0;
	sigaction(SIGINT, &ignore, &before);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
	}
	sigaction(SIGINT, &before, NULL);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

static int run(struct cli *cli)
{
	char root[OS_LAYOUT_MAX], program[OS_LAYOUT_MAX];
	bool list = cli_has(cli, "--list");
	if (list != (cli->argument_count == 0)) {
		return cli_usage(cli, list ? "--list writes no file" : "a file to write is missing");
	}
	int result = cli_root(root);
	result = result < 0 ? result : os_layout_program(root, "strata-record-touch", program);
	if (result < 0) {
		return cli_fail(CLI_FAILED, "strata-record-touch is not there: %s", os_status_text(result));
	}
	const char *path = list ? NULL : cli->arguments[0];
	/* Beside it, so that an earlier recording is there until there is a whole new one. */
	char *beside = list ? NULL : os_format("%s.new", path);
	int file = list ? -1 : open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (!list && file < 0) {
		result = cli_fail(CLI_FAILED, "%s: %s", beside, os_status_text(-errno));
		os_free(beside);
		return result;
	}
	bool paused = !list && pause_device(cli, true);
	if (paused) {
		fprintf(stderr, "%s runs: its screen does not react to fingers until this has ended.\n", cli->device);
	}
	pid_t child = start(cli, program, file);
	result = child < 0 ? cli_fail(CLI_FAILED, "no process for it: %s", os_status_text(-errno)) : wait_for(child);
	if (paused) {
		pause_device(cli, false);
	}
	if (file >= 0) {
		close(file);
	}
	if (result != 0 && beside != NULL) {
		unlink(beside); /* half a recording is none */
	} else if (beside != NULL && rename(beside, path) < 0) {
		result = cli_fail(CLI_FAILED, "%s: %s", path, os_status_text(-errno));
	}
	os_free(beside);
	return result == 0 ? CLI_DONE : result == 2 ? CLI_USAGE : CLI_FAILED;
}

const struct cli_verb cli_verb_record_touch = {
    .name = "record-touch",
    .arguments = "FILE|--list",
    .summary = "writes what a touch panel sends, for tests (works without a device)",
    .help = "evemu's text format (tests/devices/README.md). Reading /dev/input takes the group input. A\n"
	    "recording put into tests/devices/recordings is read by every test run.",
    .options = s_options,
    .least = 0,
    .most = 1,
    .run = run,
};
