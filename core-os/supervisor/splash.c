/* The splash: a small program of the board that shows a picture from as early as there is a screen
 * until home's first frame is on it (board/linux/splash.c).
 *
 *	none ──a service unit started one long ago──▸ adopted ──┐
 *	     ──a board with a screen, and none there──▸ started ─┴─home's first frame, or no boot──▸ told to end
 *
 * Either writes a file: its pid, when it began, and when its picture was on the screen (0: not yet),
 * both CLOCK_MONOTONIC. The early one's lies beside the device's runtime folder, ours inside. */
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <os/file.h>
#include <os/spawn.h>

#define PROGRAM "strata-splash"

struct report {
	pid_t pid;
	int64_t began_us, shown_us;
};

static bool read_report(const char *path, struct report *ret_report)
{
	int pid;
	long long began_us, shown_us;
	FILE *file = fopen(path, "re");
	if (file == NULL) {
		return false;
	}
	int read = fscanf(file, "%d %lld %lld", &pid, &began_us, &shown_us);
	fclose(file);
	*ret_report = (struct report){pid, began_us, shown_us};
	return read == 3 && pid > 1 && began_us >= 0 && shown_us >= 0;
}

/* The file may be of a former boot of the machine, its number somebody else's by now. */
static bool is_splash(pid_t pid)
{
	char path[64], name[32] = "";
	snprintf(path, sizeof(path), "/proc/%d/comm", (int)pid);
	FILE *file = fopen(path, "re");
	if (file == NULL) {
		return false;
	}
	bool is = fgets(name, sizeof(name), file) != NULL && strcmp(name, PROGRAM "\n") == 0;
	fclose(file);
	return is;
}

static bool is_wanted(const struct supervisor *supervisor)
{
	char value[16];
	if (!supervisor->is_board || supervisor->is_again) {
		return false; /* anew: the compositor is back sooner */
	}
	if (options_get(&supervisor->options, "splash", value, sizeof(value)) &&
	    strcmp(value, "no") == 0) {
		return false;
	}
	bool chosen = options_get(&supervisor->options, "display", value, sizeof(value));
	return !chosen || strcmp(value, "dumb") == 0 || strcmp(value, "kmsdrm") == 0;
}

static void did_exit(void *context, int fd, uint32_t events)
{
	struct supervisor *supervisor = context;
	int status;
	waitpid(supervisor->splash.pid, &status, WNOHANG);
	splash_finish(supervisor);
}

static int start(struct supervisor *supervisor, struct os_error *ret_error)
{
	struct splash *splash = &supervisor->splash;
	char program[OS_LAYOUT_MAX], word[OS_LAYOUT_MAX + 32], data[OS_LAYOUT_MAX + 8] = "data=";
	snprintf(word, sizeof(word), "file=%s", splash->path);
	options_get(&supervisor->options, "data", data + strlen(data), OS_LAYOUT_MAX);
	int result = launch_find_program(supervisor, "splash", PROGRAM, program);
	if (result < 0) {
		return os_error_set(ret_error, result, "%s is not there", PROGRAM);
	}
	const char *argv[] = {PROGRAM, word, data, NULL};
	struct os_spawn_options options = {
		.struct_size = sizeof(options), .program = program, .argv = argv, .log_fd = -1};
	result = os_spawn(&options, &splash->pid, &splash->pidfd, ret_error);
	if (result >= 0) {
		splash->exit_source = os_loop_add_fd(supervisor->loop, splash->pidfd, OS_LOOP_READ,
		                                     did_exit, supervisor);
	}
	return result;
}

void splash_begin(struct supervisor *supervisor)
{
	struct splash *splash = &supervisor->splash;
	char runtime[OS_LAYOUT_MAX];
	struct report report;
	struct os_error error;
	splash->pidfd = -1;
	if (!is_wanted(supervisor)) {
		return;
	}
	options_get(&supervisor->options, "runtime", runtime, sizeof(runtime));
	char *slash = strrchr(runtime, '/');
	snprintf(splash->path, sizeof(splash->path), "%.*s/splash",
	         slash == NULL ? 0 : (int)(slash - runtime), runtime);
	if (read_report(splash->path, &report) && is_splash(report.pid)) {
		splash->pid = report.pid;
		return;
	}
	snprintf(splash->path, sizeof(splash->path), "%.1000s/splash", runtime);
	if (start(supervisor, &error) < 0) {
		log_say(supervisor, 'I', "no splash: %s", error.text);
		splash->path[0] = '\0';
	}
}

/* What it has written so far, while it may still write. */
static void look(struct supervisor *supervisor)
{
	struct splash *splash = &supervisor->splash;
	struct report report;
	if (splash->stage.name[0] == '\0' && splash->path[0] != '\0' &&
	    read_report(splash->path, &report) && report.shown_us >= report.began_us &&
	    report.shown_us > 0) {
		splash->stage = (struct boot_stage){.name = "splash",
		                                    .began_us = report.began_us,
		                                    .took_us = report.shown_us - report.began_us,
		                                    .ended_us = report.shown_us};
	}
}

void splash_end(struct supervisor *supervisor)
{
	struct splash *splash = &supervisor->splash;
	look(supervisor);
	if (splash->pid > 0 && (splash->pidfd >= 0 || is_splash(splash->pid))) {
		kill(splash->pid, SIGTERM);
	}
}

void splash_finish(struct supervisor *supervisor)
{
	struct splash *splash = &supervisor->splash;
	look(supervisor);
	if (splash->exit_source != NULL) {
		splash->exit_source = os_source_remove(splash->exit_source);
		splash->pidfd = os_fd_close(splash->pidfd);
		unlink(splash->path);
	}
	splash->pid = 0;
	splash->path[0] = '\0';
}

const struct boot_stage *splash_stage(const struct supervisor *supervisor)
{
	return supervisor->splash.stage.name[0] != '\0' ? &supervisor->splash.stage : NULL;
}
