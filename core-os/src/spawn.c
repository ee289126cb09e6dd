#include <os/spawn.h>

#include "spawn_private.h"

#include <os/limits.h>
#include <os/status.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define FDS_MAX 16

void spawn_reset_signals(void)
{
	struct sigaction action = {.sa_handler = SIG_DFL};
	for (int number = 1; number < NSIG; number++) {
		(void)sigaction(number, &action, NULL);
	}
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

int spawn_close_from(unsigned first, unsigned last)
{
	if (first > last || syscall(SYS_close_range, first, last, 0) == 0) {
		return 0;
	}
	for (unsigned fd = first; fd <= OS_MIN(last, 4095u); fd++) {
		(void)close((int)fd);
	}
	return 0;
}

int spawn_pidfd(pid_t pid)
{
	int fd = (int)syscall(SYS_pidfd_open, pid, 0);
	return fd < 0 ? -errno : fd;
}

/* Lifts a descriptor out of the range that is about to be filled. */
static int lift(int fd, int above)
{
	return fd < 0 ? -1 : fcntl(fd, F_DUPFD, above);
}

int spawn_place_fds(int log_fd, const int *fds, size_t count)
{
	int lifted[FDS_MAX], above = 3 + FDS_MAX;
	for (size_t i = 0; i < count; i++) {
		lifted[i] = lift(fds[i], above);
		if (lifted[i] < 0) {
			return -errno;
		}
	}
	int log = lift(log_fd, above);
	int null = open("/dev/null", O_RDWR);
	if (null < 0 || dup2(null, 0) < 0) {
		return -errno;
	}
	if (log >= 0 && (dup2(log, 1) < 0 || dup2(log, 2) < 0)) {
		return -errno;
	}
	for (size_t i = 0; i < count; i++) {
		if (dup2(lifted[i], 3 + (int)i) < 0) {
			return -errno;
		}
	}
	return 0;
}

/* In the child: what has to be so before the program runs, but for its descriptors. */
static int prepare(const struct os_spawn_options *options, pid_t parent)
{
	if (!options->outlives) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent) {
			_exit(127);
		}
	}
	if (options->new_session) {
		(void)setsid();
	}
	spawn_reset_signals();
	/* What root's processes make (bundles) has to be readable by apps, which are nobody; the data folder
	 * above it is closed to all others. */
	umask(022);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	return options->limits != NULL ? os_limits_add(options->limits, 0) : 0;
}

static int run(const struct os_spawn_options *options, int report)
{
	int result = spawn_place_fds(options->log_fd, options->fds, options->fd_count);
	if (result < 0) {
		return result;
	}
	spawn_close_from(3 + (unsigned)options->fd_count, (unsigned)report - 1);
	spawn_close_from((unsigned)report + 1, ~0u);
	const char *alone[] = {options->program, NULL};
	const char *const *argv = options->argv != NULL ? options->argv : alone;
	char *const *environment =
	    options->environment != NULL ? (char *const *)options->environment : environ;
	execve(options->program, (char *const *)argv, environment);
	return -errno;
}

OS_NORETURN static void become(const struct os_spawn_options *options, int report, pid_t parent)
{
	/* The report's end must not be where a descriptor is placed; it closes itself at exec. */
	int kept = fcntl(report, F_DUPFD_CLOEXEC, 3 + 2 * FDS_MAX + 2);
	int result = kept < 0 ? -errno : prepare(options, parent);
	if (result == 0) {
		result = run(options, kept);
	}
	(void)!write(kept < 0 ? report : kept, &result, sizeof(result));
	_exit(127);
}

static int wait_for_exec(pid_t pid, int pipe_read)
{
	int result = 0;
	ssize_t n;
	do {
		n = read(pipe_read, &result, sizeof(result));
	} while (n < 0 && errno == EINTR);
	if (n == (ssize_t)sizeof(result)) {
		waitpid(pid, NULL, 0);
		return result;
	}
	return 0;
}

int os_spawn(const struct os_spawn_options *options, pid_t *ret_pid, int *ret_pidfd,
	     struct os_error *ret_error)
{
	int pipe_fds[2];
	if (options->fd_count > FDS_MAX || pipe2(pipe_fds, O_CLOEXEC) < 0) {
		int status = options->fd_count > FDS_MAX ? -EINVAL : -errno;
		return os_error_set(ret_error, status, "%s: %s", options->program,
				    os_status_text(status));
	}
	pid_t parent = getpid();
	pid_t pid = fork();
	if (pid == 0) {
		become(options, pipe_fds[1], parent);
	}
	int result = pid < 0 ? -errno : 0;
	close(pipe_fds[1]);
	if (result == 0) {
		result = wait_for_exec(pid, pipe_fds[0]);
	}
	close(pipe_fds[0]);
	if (result < 0) {
		return os_error_set(ret_error, result, "cannot start %s: %s", options->program,
				    os_status_text(result));
	}
	if (ret_pidfd != NULL) {
		*ret_pidfd = spawn_pidfd(pid);
	}
	*ret_pid = pid;
	return 0;
}
