/* The keeper: holds what must outlive a supervisor.
 *
 *	locked ──supervisor ends with 0 or 1──▸ ends the same way
 *	       ──supervisor dies──▸ kills what remains of the device ──▸ starts it anew (restart.h)
 *
 * A service manager (systemd) is told of it: ready once the supervisor's SIGUSR1 says that the device
 * has booted, stopping when told to stop.
 *
 * A board's console is taken before the first supervisor and given back after the last (vt.h).
 *
 * It is the child subreaper: whatever loses its parent becomes its own child, so that nothing of a
 * device is left when it says so. It waits for signals, and otherwise sleeps. */
#include <os/device.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <os/clock.h>
#include <os/file.h>
#include <os/layout.h>
#include <os/spawn.h>
#include <os/status.h>

#include "notify.h"
#include "options.h"
#include "restart.h"
#include "vt.h"

#define RUNS_ALREADY 3
#define BACKLOG 16
#define ARGUMENTS 40

struct keeper {
	struct options options;
	char data[OS_LAYOUT_MAX], runtime[OS_LAYOUT_MAX], socket[OS_LAYOUT_MAX];
	char program[OS_LAYOUT_MAX];
	char notify[128]; /* the service manager's socket, or "" */
	int lock_fd, listen_fd, report_fd;
	sigset_t signals;
	struct restart restart;
	struct vt vt;
	bool told_to_stop;
};

/* --- Beginnings ----------------------------------------------------------------------------------------- */

static void report(struct keeper *keeper, const char *sentence)
{
	if (keeper->report_fd >= 0) {
		dprintf(keeper->report_fd, "%s\n", sentence);
		keeper->report_fd = os_fd_close(keeper->report_fd);
	}
}

static int make_folders(const char *path)
{
	char part[OS_LAYOUT_MAX];
	for (const char *slash = strchr(path + 1, '/');; slash = strchr(slash + 1, '/')) {
		size_t length = slash == NULL ? strlen(path) : (size_t)(slash - path);
		snprintf(part, sizeof(part), "%.*s", (int)length, path);
		if (mkdir(part, 0700) < 0 && errno != EEXIST) {
			return -errno;
		}
		if (slash == NULL) {
			return 0;
		}
	}
}

/* The folder itself is the lock: nothing is left behind that would have to be cleaned up. */
static int take_lock(struct keeper *keeper, struct os_error *error)
{
	int result = make_folders(keeper->data);
	if (result < 0) {
		return os_error_set(error, result, "%s: %s", keeper->data, os_status_text(result));
	}
	keeper->lock_fd = open(keeper->data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (keeper->lock_fd < 0) {
		return os_error_set(error, -errno, "%s: %s", keeper->data, os_status_text(-errno));
	}
	if (flock(keeper->lock_fd, LOCK_EX | LOCK_NB) < 0) {
		return os_error_set(error, -EBUSY, "already running");
	}
	return 0;
}

/* Below /tmp anyone could have made the folder before us. */
static int check_runtime(const char *runtime)
{
	struct stat info;
	if (mkdir(runtime, 0700) < 0 && errno != EEXIST) {
		return -errno;
	}
	if (lstat(runtime, &info) < 0) {
		return -errno;
	}
	bool is_ours = S_ISDIR(info.st_mode) && info.st_uid == geteuid() && (info.st_mode & 022) == 0;
	return is_ours ? 0 : -EPERM;
}

static int open_socket(struct keeper *keeper, struct os_error *error)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int result = check_runtime(keeper->runtime);
	if (result < 0) {
		return os_error_set(error, result, "%s: %s", keeper->runtime, os_status_text(result));
	}
	if (os_layout_socket(keeper->runtime, keeper->socket) < 0 ||
	    strlen(keeper->socket) >= sizeof(address.sun_path)) {
		return os_error_set(error, -ENAMETOOLONG, "%s is too long for a socket", keeper->runtime);
	}
	strcpy(address.sun_path, keeper->socket);
	unlink(keeper->socket); /* what a killed device left: we hold its lock */
	keeper->listen_fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	if (keeper->listen_fd < 0 ||
	    bind(keeper->listen_fd, (struct sockaddr *)&address, sizeof(address)) < 0 ||
	    listen(keeper->listen_fd, BACKLOG) < 0) {
		return os_error_set(error, -errno, "%s: %s", keeper->socket, os_status_text(-errno));
	}
	return 0;
}

static int read_options(struct keeper *keeper, int argc, char **argv, struct os_error *error)
{
	char root[OS_LAYOUT_MAX], number[16];
	struct options *options = &keeper->options;
	int result = options_init(options, argc, argv, error);
	if (result < 0) {
		return result;
	}
	if (options_get(options, "report", number, sizeof(number))) {
		keeper->report_fd = atoi(number);
		fcntl(keeper->report_fd, F_SETFD, FD_CLOEXEC);
		options_remove(options, "report");
	}
	options_get(options, "notify", keeper->notify, sizeof(keeper->notify));
	options_remove(options, "notify");
	if (!options_get(options, "root", root, sizeof(root)) ||
	    !options_get(options, "data", keeper->data, sizeof(keeper->data)) ||
	    !options_get(options, "runtime", keeper->runtime, sizeof(keeper->runtime)) ||
	    keeper->data[0] != '/' || keeper->runtime[0] != '/') {
		return os_error_set(error, -EINVAL, "root=, data= and runtime= are needed, as whole paths");
	}
	result = os_layout_program(root, "strata-supervisor", keeper->program);
	return result < 0 ? os_error_set(error, result, "%s has no strata-supervisor", root) : 0;
}

/* --- The supervisor ----------------------------------------------------------------------------------------- */

static int start_supervisor(struct keeper *keeper, pid_t *ret_pid, struct os_error *error)
{
	char lines[sizeof(keeper->options.text)];
	const char *argv[ARGUMENTS] = {"strata-supervisor"};
	size_t count = 1;
	char *rest = NULL;
	memcpy(lines, keeper->options.text, sizeof(lines));
	for (char *line = strtok_r(lines, "\n", &rest); line != NULL && count + 1 < ARGUMENTS;
	     line = strtok_r(NULL, "\n", &rest)) {
		argv[count++] = line;
	}
	struct os_spawn_options options = {.struct_size = sizeof(options),
	                                   .program = keeper->program,
	                                   .argv = argv,
	                                   .log_fd = -1,
	                                   .fds = &keeper->listen_fd,
	                                   .fd_count = 1};
	return os_spawn(&options, ret_pid, NULL, error);
}

/* Whatever lost its parent is ours now. Its own children come up when it is gone: again, until
 * there is nobody. */
static void kill_children(void)
{
	DIR *folder = opendir("/proc");
	struct dirent *entry;
	while (folder != NULL && (entry = readdir(folder)) != NULL) {
		char path[300], text[512];
		int parent = 0;
		pid_t pid = atoi(entry->d_name);
		snprintf(path, sizeof(path), "/proc/%.250s/stat", entry->d_name);
		FILE *file = pid > 1 ? fopen(path, "re") : NULL;
		if (file == NULL) {
			continue;
		}
		const char *name_end = fgets(text, sizeof(text), file) == NULL ? NULL : strrchr(text, ')');
		fclose(file);
		if (name_end != NULL && sscanf(name_end + 1, " %*c %d", &parent) == 1 &&
		    parent == (int)getpid()) {
			kill(pid, SIGKILL);
		}
	}
	if (folder != NULL) {
		closedir(folder);
	}
}

static void clear_remains(void)
{
	int status;
	pid_t pid;
	do {
		kill_children();
		pid = waitpid(-1, &status, 0);
	} while (pid > 0 || (pid < 0 && errno == EINTR));
}

/* Waits for a signal, or for the delay to be over; a stop that came is remembered. */
static int next_signal(struct keeper *keeper, int64_t most_us)
{
	struct timespec most = {.tv_sec = most_us / OS_US_PER_S,
	                        .tv_nsec = (long)(most_us % OS_US_PER_S) * 1000};
	int number = most_us == OS_NEVER ? sigwaitinfo(&keeper->signals, NULL)
	                                 : sigtimedwait(&keeper->signals, NULL, &most);
	if (number == SIGUSR1) {
		notify_send(keeper->notify, "READY=1\nSTATUS=The device has booted.");
	} else if (number > 0 && number != SIGCHLD) {
		keeper->told_to_stop = true;
		notify_send(keeper->notify, "STOPPING=1");
	}
	return number;
}

/* Returns the supervisor's status, as waitpid gives it. */
static int watch_supervisor(struct keeper *keeper, pid_t supervisor)
{
	for (;;) {
		int number = next_signal(keeper, OS_NEVER);
		if (number > 0 && number != SIGCHLD && number != SIGUSR1) {
			kill(supervisor, SIGTERM);
		}
		int status;
		pid_t pid;
		while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
			if (pid == supervisor) {
				return status;
			}
		}
	}
}

static void wait_out(struct keeper *keeper, int64_t delay_us)
{
	int64_t until_us = os_clock_real_us() + delay_us;
	while (!keeper->told_to_stop && os_clock_real_us() < until_us) {
		next_signal(keeper, until_us - os_clock_real_us());
	}
}

/* Without it the device goes on: there may be no console, or somebody else's. */
static void take_vt(struct keeper *keeper)
{
	char path[64];
	struct os_error error;
	vt_init(&keeper->vt, NULL);
	if (options_get(&keeper->options, "vt", path, sizeof(path)) &&
	    vt_take(&keeper->vt, path, &error) < 0) {
		fprintf(stderr, "strata-keeper: %s\n", error.text);
	}
}

static int run(struct keeper *keeper)
{
	for (;;) {
		struct os_error error;
		pid_t pid;
		int64_t began_us = os_clock_real_us();
		if (start_supervisor(keeper, &pid, &error) < 0) {
			report(keeper, error.text);
			fprintf(stderr, "strata-keeper: %s\n", error.text);
			return 1;
		}
		report(keeper, "ok");
		int status = watch_supervisor(keeper, pid);
		clear_remains();
		if (WIFEXITED(status) || keeper->told_to_stop) {
			return WIFEXITED(status) ? WEXITSTATUS(status) : 0;
		}
		fprintf(stderr, "strata-keeper: the supervisor died by signal %d, the device starts anew\n",
		        WTERMSIG(status));
		wait_out(keeper, restart_delay_us(&keeper->restart, os_clock_real_us() - began_us));
		if (keeper->told_to_stop) {
			return 0;
		}
		options_add(&keeper->options, "again", "yes");
	}
}

static void block_signals(struct keeper *keeper)
{
	const int numbers[] = {SIGCHLD, SIGTERM, SIGINT, SIGHUP, SIGUSR1};
	sigemptyset(&keeper->signals);
	for (size_t i = 0; i < OS_ARRAY_LEN(numbers); i++) {
		sigaddset(&keeper->signals, numbers[i]);
	}
	sigprocmask(SIG_BLOCK, &keeper->signals, NULL);
	signal(SIGPIPE, SIG_IGN);
}

int os_keeper_main(int argc, char **argv)
{
	struct keeper keeper = {.lock_fd = -1, .listen_fd = -1, .report_fd = -1};
	struct os_error error = {.text = ""};
	int result = read_options(&keeper, argc, argv, &error);
	int exit_code = result < 0 ? 2 : 0;
	if (result >= 0) {
		block_signals(&keeper);
		prctl(PR_SET_CHILD_SUBREAPER, 1);
		result = take_lock(&keeper, &error);
		exit_code = result == -EBUSY ? RUNS_ALREADY : 1;
	}
	if (result >= 0) {
		result = open_socket(&keeper, &error);
	}
	if (result < 0) {
		report(&keeper, error.text);
		fprintf(stderr, "strata-keeper: %s\n", error.text);
		return exit_code;
	}
	take_vt(&keeper);
	exit_code = run(&keeper);
	vt_give_back(&keeper.vt);
	unlink(keeper.socket);
	rmdir(keeper.runtime);
	return exit_code;
}
