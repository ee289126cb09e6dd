/* Behind the fork: the builder, pid 1 and the app (the drawing is in sandbox_private.h).
 *
 * The builder makes pid 1 with CLONE_PARENT, so that it is the supervisor's own child, and ends: an
 * app costs one process beside itself. pid 1 has no descriptor but its report; it cannot be looked
 * into from inside (not dumpable), and the whole namespace dies with it. */
#include "sandbox_private.h"

#include "spawn_private.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <os/limits.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int sandbox_fail(struct sandbox_failure *failure, int status, const char *format, ...)
{
	va_list values;
	va_start(values, format);
	vsnprintf(failure->step, sizeof(failure->step), format, values);
	va_end(values);
	failure->status = status;
	return status;
}

static void report(int fd, enum sandbox_report_kind kind, int pid, int status, const char *step)
{
	struct sandbox_report message = {.kind = kind, .pid = pid, .status = status};
	snprintf(message.step, sizeof(message.step), "%s", step != NULL ? step : "");
	(void)!send(fd, &message, sizeof(message), MSG_NOSIGNAL);
}

static void report_started(int fd, int pidfd)
{
	struct sandbox_report message = {.kind = SANDBOX_REPORT_STARTED};
	struct iovec part = {&message, sizeof(message)};
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control = {.bytes = {0}};
	struct msghdr header = {.msg_iov = &part,
				.msg_iovlen = 1,
				.msg_control = control.bytes,
				.msg_controllen = sizeof(control.bytes)};
	control.header = (struct cmsghdr){
	    .cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
	memcpy(CMSG_DATA(&control.header), &pidfd, sizeof(int));
	(void)!sendmsg(fd, &header, MSG_NOSIGNAL);
}

OS_NORETURN static void give_up(int fd, const struct sandbox_failure *failure)
{
	report(fd, SANDBOX_REPORT_FAILED, 0, failure->status, failure->step);
	_exit(127);
}

/* --- The user ------------------------------------------------------------------------------------- */

static int write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	int result = fd < 0 || write(fd, text, strlen(text)) < 0 ? -errno : 0;
	if (fd >= 0) {
		close(fd);
	}
	return result;
}

int sandbox_map_user(uid_t uid, gid_t gid)
{
	char map[64];
	int result = write_text("/proc/self/setgroups", "deny");
	if (result == 0) {
		snprintf(map, sizeof(map), "%d %u 1", SANDBOX_UID_INSIDE, (unsigned)gid);
		result = write_text("/proc/self/gid_map", map);
	}
	if (result == 0) {
		snprintf(map, sizeof(map), "%d %u 1", SANDBOX_UID_INSIDE, (unsigned)uid);
		result = write_text("/proc/self/uid_map", map);
	}
	return result;
}

int sandbox_become_user(uid_t uid, gid_t gid)
{
	if (syscall(SYS_setgroups, 0, NULL) < 0 || setresgid(gid, gid, gid) < 0 ||
	    setresuid(uid, uid, uid) < 0) {
		return -errno;
	}
	/* A change of user hides /proc/self from its own owner; the maps are written there. */
	return prctl(PR_SET_DUMPABLE, 1) < 0 ? -errno : 0;
}

int sandbox_namespaces(bool network)
{
	return CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS |
	       (network ? 0 : CLONE_NEWNET);
}

static struct {
	uid_t uid;
	gid_t gid;
} s_owner; /* of this process alone: nftw has no context */

static int own_one(const char *path, const struct stat *status, int type, struct FTW *place)
{
	return lchown(path, s_owner.uid, s_owner.gid) < 0 ? -errno : 0;
}

/* A container that root has made belongs to the app from its first start on, with all that is in it. */
static int own_container(const struct sandbox_plan *plan)
{
	const char *path = plan->options->container;
	struct stat status;
	if (path == NULL || lstat(path, &status) < 0 || status.st_uid == plan->uid) {
		return 0;
	}
	s_owner.uid = plan->uid;
	s_owner.gid = plan->gid;
	return nftw(path, own_one, 16, FTW_PHYS | FTW_DEPTH);
}

static int drop_capabilities(void)
{
	for (int capability = 0; capability <= 63; capability++) {
		(void)prctl(PR_CAPBSET_DROP, capability, 0, 0, 0); /* EINVAL beyond the last one */
	}
	(void)prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	(void)prctl(PR_SET_SECUREBITS,
		    SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP_LOCKED |
			SECBIT_KEEP_CAPS_LOCKED | SECBIT_NO_CAP_AMBIENT_RAISE |
			SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED,
		    0, 0, 0);
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct none[2] = {{0}};
	if (syscall(SYS_capset, &header, none) < 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) {
		return -errno;
	}
	return 0;
}

/* --- The app, pid 2 --------------------------------------------------------------------------------- */

static int limit_resources(void)
{
	const struct rlimit files = {SANDBOX_FD_LIMIT, SANDBOX_FD_LIMIT}, none = {0, 0};
	return setrlimit(RLIMIT_NOFILE, &files) < 0 || setrlimit(RLIMIT_CORE, &none) < 0 ? -errno
											 : 0;
}

/* Puts the program and the status pipe at their numbers, the rest at 0 to 3, closes all others. All are
 * lifted first, since the supervisor may have had any of them where another one is to be. */
static int place_fds(const struct sandbox_plan *plan, const char *program, int *status)
{
	const struct os_sandbox_options *options = plan->options;
	const int above = SANDBOX_STATUS_FD + 1;
	const bool has_port = options->supervisor_fd >= 0;
	*status = fcntl(*status, F_DUPFD_CLOEXEC, above);
	int port = has_port ? fcntl(options->supervisor_fd, F_DUPFD, above) : -1;
	int log = options->log_fd >= 0 ? fcntl(options->log_fd, F_DUPFD, above)
				       : open("/dev/null", O_RDWR);
	int fd = open(program, O_PATH | O_CLOEXEC);
	if (*status < 0 || log < 0 || fd < 0 || (has_port && port < 0)) {
		return -errno;
	}
	/* An open number that is the wanted one already would make dup3 fail. */
	if (fd != SANDBOX_PROGRAM_FD && dup3(fd, SANDBOX_PROGRAM_FD, O_CLOEXEC) < 0) {
		return -errno;
	}
	int result = spawn_place_fds(log, &port, has_port ? 1 : 0);
	if (result < 0 || dup3(*status, SANDBOX_STATUS_FD, O_CLOEXEC) < 0) {
		return result < 0 ? result : -errno;
	}
	*status = SANDBOX_STATUS_FD;
	spawn_close_from(has_port ? 4 : 3, SANDBOX_PROGRAM_FD - 1);
	return spawn_close_from(SANDBOX_STATUS_FD + 1, ~0u);
}

static int lock(const struct sandbox_plan *plan, struct sandbox_failure *failure)
{
	int result = limit_resources();
	if (result < 0) {
		return sandbox_fail(failure, result, "limiting descriptors");
	}
	result = sandbox_landlock(plan);
	if (result < 0) {
		return sandbox_fail(failure, result, "Landlock");
	}
	if (prctl(PR_SET_SECCOMP, 2 /* SECCOMP_MODE_FILTER */, plan->filter, 0, 0) < 0) {
		return sandbox_fail(failure, -errno, "seccomp");
	}
	return 0;
}

OS_NORETURN static void run_app(const struct sandbox_plan *plan, int status)
{
	bool walls = !plan->options->no_walls;
	struct sandbox_failure failure = {0};
	const char *program = walls ? plan->program_inside : plan->options->program;
	spawn_reset_signals();
	report(plan->report, SANDBOX_REPORT_APP, 0, 0, NULL);
	if (!walls) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
	}
	int result = place_fds(plan, program, &status);
	if (result < 0) {
		(void)sandbox_fail(&failure, result, "opening %.100s", program);
	} else if (walls) {
		result = lock(plan, &failure);
	}
	if (result == 0) {
		syscall(SYS_execveat, SANDBOX_PROGRAM_FD, "", plan->argv, plan->environment,
			AT_EMPTY_PATH);
		(void)sandbox_fail(&failure, -errno, "starting %.100s", program);
	}
	(void)!write(status, &failure, sizeof(failure));
	_exit(127);
}

/* --- pid 1 ------------------------------------------------------------------------------------------ */

/* Reaps all, until the app itself ends. */
static int wait_for(pid_t app)
{
	int status = 0;
	pid_t pid;
	do {
		pid = waitpid(-1, &status, 0);
	} while (pid != app && !(pid < 0 && errno != EINTR));
	return status;
}

OS_NORETURN static void watch_app(int fd, pid_t app, int status_pipe)
{
	struct sandbox_failure failure;
	ssize_t n;
	do {
		n = read(status_pipe, &failure, sizeof(failure));
	} while (n < 0 && errno == EINTR);
	if (n == (ssize_t)sizeof(failure)) {
		give_up(fd, &failure);
	}
	close(status_pipe);
	int pidfd = spawn_pidfd(app);
	report_started(fd, pidfd);
	close(pidfd);
	int status = wait_for(app);
	report(fd, SANDBOX_REPORT_ENDED, 0, status, NULL);
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

static bool supervisor_is_gone(int fd)
{
	struct pollfd poll_fd = {.fd = fd, .events = 0};
	return poll(&poll_fd, 1, 0) > 0 && (poll_fd.revents & (POLLHUP | POLLERR)) != 0;
}

static int enter_walls(struct sandbox_plan *plan, struct sandbox_failure *failure)
{
	const char *app = plan->options->app;
	if (sethostname(app, OS_MIN(strlen(app), 64u)) < 0) {
		return sandbox_fail(failure, -errno, "naming the host");
	}
	int result = sandbox_root_enter(plan, failure);
	if (result < 0) {
		return result;
	}
	if (chdir(plan->options->container != NULL ? "/data" : "/") == 0 &&
	    plan->options->container != NULL) {
		(void)mkdir("tmp", 0700);
	}
	result = drop_capabilities();
	return result < 0 ? sandbox_fail(failure, result, "dropping capabilities") : 0;
}

OS_NORETURN static void run_init(struct sandbox_plan *plan)
{
	struct sandbox_failure failure = {0};
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (supervisor_is_gone(plan->report)) {
		_exit(127);
	}
	if (!plan->options->no_walls && enter_walls(plan, &failure) < 0) {
		give_up(plan->report, &failure);
	}
	prctl(PR_SET_DUMPABLE, 0);
	prctl(PR_SET_NAME, "strata-init");
	int status[2];
	pid_t app = pipe2(status, O_CLOEXEC) < 0 ? -1 : fork();
	if (app == 0) {
		run_app(plan, status[1]);
	}
	if (app < 0) {
		(void)sandbox_fail(&failure, -errno, "making the app's process");
		give_up(plan->report, &failure);
	}
	int kept = fcntl(plan->report, F_DUPFD_CLOEXEC, SANDBOX_PROGRAM_FD);
	int pipe_end = fcntl(status[0], F_DUPFD_CLOEXEC, SANDBOX_PROGRAM_FD);
	if (kept < 0 || pipe_end < 0) {
		_exit(127);
	}
	spawn_close_from(0, SANDBOX_PROGRAM_FD - 1);
	spawn_close_from(SANDBOX_PROGRAM_FD, (unsigned)kept - 1);
	spawn_close_from((unsigned)kept + 1, (unsigned)pipe_end - 1);
	spawn_close_from((unsigned)pipe_end + 1, ~0u);
	watch_app(kept, app, pipe_end);
}

/* --- The builder ------------------------------------------------------------------------------------ */

static int build_walls(struct sandbox_plan *plan, struct sandbox_failure *failure)
{
	int result = 0;
	if (plan->root) {
		result = sandbox_root_gather(plan, failure);
		if (result < 0) {
			return result;
		}
		result = own_container(plan);
		if (result == 0) {
			result = sandbox_become_user(plan->uid, plan->gid);
		}
		if (result < 0) {
			return sandbox_fail(failure, result, "becoming the app's user");
		}
	}
	if (unshare(sandbox_namespaces(plan->options->network)) < 0) {
		return sandbox_fail(failure, -errno, "making namespaces");
	}
	result = sandbox_map_user(plan->uid, plan->gid);
	if (result < 0) {
		return sandbox_fail(failure, result, "mapping the user");
	}
	return plan->root ? 0 : sandbox_root_gather(plan, failure);
}

void sandbox_build(struct sandbox_plan *plan)
{
	struct sandbox_failure failure = {0};
	(void)setsid();
	int result = plan->options->limits != NULL ? os_limits_add(plan->options->limits, 0) : 0;
	if (result < 0) {
		(void)sandbox_fail(&failure, result, "entering the limits' group");
	} else if (!plan->options->no_walls) {
		result = build_walls(plan, &failure);
	}
	if (result < 0) {
		give_up(plan->report, &failure);
	}
	pid_t init = (pid_t)syscall(SYS_clone, (unsigned long)(CLONE_PARENT | SIGCHLD), NULL, NULL,
				    NULL, NULL);
	if (init == 0) {
		run_init(plan);
	}
	if (init < 0) {
		(void)sandbox_fail(&failure, -errno, "making pid 1");
		give_up(plan->report, &failure);
	}
	report(plan->report, SANDBOX_REPORT_INIT, init, 0, NULL);
	_exit(0);
}
