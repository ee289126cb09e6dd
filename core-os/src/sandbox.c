/* The supervisor's side: the plan before the fork, and what the child reports after it. */
#include <os/sandbox.h>

#include "sandbox_private.h"

#include <errno.h>
#include <fcntl.h>
#include <os/buffer.h>
#include <os/memory.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOBODY 65534

/* LeakSanitizer stops its own process by ptrace to look for leaks at its end, which no wall allows. */
#ifdef __SANITIZE_ADDRESS__
static const char s_build_options[] = "ASAN_OPTIONS=detect_leaks=0";
#else
static const char s_build_options[] = "";
#endif

/*
 *   launched ──INIT──▶ building ──STARTED──▶ running ──ENDED──▶ over
 *       └──────────────FAILED, or the report's end──────────────▲
 */
struct os_sandbox_child {
	int report;
	pid_t builder, init, app;
	int pidfd;
	bool over, kill_wanted;
	char name[128];
};

void os_sandbox_app_user(uid_t *ret_uid, gid_t *ret_gid)
{
	*ret_uid = geteuid();
	*ret_gid = getegid();
	if (*ret_uid == 0) {
		const struct passwd *user = getpwnam("strata");
		*ret_uid = user != NULL && user->pw_uid != 0 ? user->pw_uid : NOBODY;
		*ret_gid = user != NULL && user->pw_uid != 0 ? user->pw_gid : NOBODY;
	}
}

/* --- The plan ----------------------------------------------------------------------------------- */

static void plan_finish(struct sandbox_plan *plan)
{
	for (size_t i = 0; i < plan->entry_count; i++) {
		os_free(plan->entries[i].host);
		os_free(plan->entries[i].inside);
		os_free(plan->entries[i].link);
	}
	for (size_t i = 0; plan->environment != NULL && plan->environment[i] != NULL; i++) {
		os_free(plan->environment[i]);
	}
	os_free(plan->entries);
	os_free(plan->environment);
	os_free(plan->argv);
	os_free(plan->program_inside);
}

static size_t count_strings(const char *const *strings)
{
	size_t count = 0;
	while (strings != NULL && strings[count] != NULL) {
		count++;
	}
	return count;
}

/* Behind walls all libraries are in one folder; without, they are where they are on the host. */
static char *library_path(const struct os_sandbox_options *options)
{
	if (!options->no_walls) {
		return os_strdup("LD_LIBRARY_PATH=/strata/lib");
	}
	struct os_buffer text = {0};
	os_buffer_add_text(&text, "LD_LIBRARY_PATH=");
	for (size_t i = 0; options->libraries[i] != NULL; i++) {
		const char *slash = strrchr(options->libraries[i], '/');
		size_t length = slash != NULL ? (size_t)(slash - options->libraries[i]) : 0;
		os_buffer_printf(&text, "%s%.*s", i > 0 ? ":" : "", (int)length,
				 options->libraries[i]);
	}
	return os_buffer_take(&text);
}

static void plan_program(struct sandbox_plan *plan)
{
	const struct os_sandbox_options *options = plan->options;
	const bool walls = !options->no_walls;
	size_t given = count_strings(options->environment), args = count_strings(options->argv),
	       count = 0;
	plan->environment = os_alloc_array(given + 9, sizeof(char *));
	const char *home = walls ? "/data" : options->container != NULL ? options->container : "/";
	plan->environment[count++] = os_format("HOME=%s", home);
	plan->environment[count++] = os_format("TMPDIR=%s/tmp", home);
	plan->environment[count++] = os_format("XDG_CACHE_HOME=%s/tmp", home);
	plan->environment[count++] = os_strdup("LANG=C.UTF-8");
	plan->environment[count++] = os_strdup("PATH=/usr/bin:/bin");
	if (options->libraries != NULL && options->libraries[0] != NULL) {
		plan->environment[count++] = library_path(options);
	}
	if (s_build_options[0] != '\0') {
		plan->environment[count++] = os_strdup(s_build_options);
	}
	for (size_t i = 0; i < given; i++) {
		plan->environment[count++] = os_strdup(options->environment[i]);
	}
	plan->argv = os_alloc_array(args + 2, sizeof(char *));
	plan->argv[0] = walls ? plan->program_inside : (char *)options->program;
	for (size_t i = 0; i < args; i++) {
		plan->argv[i] = (char *)options->argv[i];
	}
}

static int plan_init(struct sandbox_plan *plan, const struct os_sandbox_options *options,
		     struct os_error *ret_error)
{
	memset(plan, 0, sizeof(*plan));
	plan->options = options;
	plan->root = geteuid() == 0;
	os_sandbox_app_user(&plan->uid, &plan->gid);
	if (!options->no_walls) {
		int result = sandbox_root_plan(plan, ret_error);
		if (result < 0) {
			return result;
		}
		plan->filter = sandbox_filter(options->network, options->hardware);
		if (plan->filter == NULL) {
			return os_error_set(ret_error, -errno,
					    "%s: the seccomp filter cannot be made: %s",
					    options->app, os_status_text(-errno));
		}
	}
	plan_program(plan);
	return 0;
}

/* --- Launching ------------------------------------------------------------------------------------ */

static int fork_builder(struct sandbox_plan *plan, struct os_sandbox_child *child)
{
	int pair[2];
	const int on = 1;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) < 0) {
		return -errno;
	}
	(void)setsockopt(pair[0], SOL_SOCKET, SO_PASSCRED, &on, sizeof(on));
	child->builder = fork();
	if (child->builder == 0) {
		close(pair[0]);
		plan->report = pair[1];
		sandbox_build(plan);
	}
	int result = child->builder < 0 ? -errno : 0;
	close(pair[1]);
	if (result < 0) {
		close(pair[0]);
		return result;
	}
	child->report = pair[0];
	return 0;
}

int os_sandbox_launch(const struct os_sandbox_options *options, struct os_sandbox_child **ret_child,
		      struct os_error *ret_error)
{
	struct sandbox_plan plan;
	struct os_sandbox_child *child = NULL;
	int result = plan_init(&plan, options, ret_error);
	if (result == 0) {
		child = os_alloc(sizeof(*child));
		child->pidfd = -1;
		snprintf(child->name, sizeof(child->name), "%s", options->app);
		result = fork_builder(&plan, child);
		if (result < 0) {
			(void)os_error_set(ret_error, result, "%s: no process could be made: %s",
					   options->app, os_status_text(result));
			os_free(child);
		}
	}
	plan_finish(&plan);
	if (result == 0) {
		*ret_child = child;
	}
	return result;
}

/* --- Reports ---------------------------------------------------------------------------------------- */

static void reap(struct os_sandbox_child *child)
{
	/* Both end by themselves, now; whoever waits for all children may have been faster. */
	if (child->builder > 0) {
		(void)waitpid(child->builder, NULL, 0);
		child->builder = 0;
	}
	if (child->over && child->init > 0) {
		(void)waitpid(child->init, NULL, 0);
		child->init = 0;
	}
}

/* A report, and what the kernel put beside it: a descriptor, and the sender's pid in our own numbers. */
struct received {
	struct sandbox_report report;
	int fd;
	pid_t sender;
};

static void take_control(struct msghdr *header, struct received *received)
{
	for (struct cmsghdr *part = CMSG_FIRSTHDR(header); part != NULL;
	     part = CMSG_NXTHDR(header, part)) {
		struct ucred sender;
		if (part->cmsg_type == SCM_RIGHTS && part->cmsg_len == CMSG_LEN(sizeof(int))) {
			memcpy(&received->fd, CMSG_DATA(part), sizeof(int));
		} else if (part->cmsg_type == SCM_CREDENTIALS &&
			   part->cmsg_len == CMSG_LEN(sizeof(sender))) {
			memcpy(&sender, CMSG_DATA(part), sizeof(sender));
			received->sender = sender.pid;
		}
	}
}

static ssize_t receive(struct os_sandbox_child *child, struct received *received)
{
	*received = (struct received){.fd = -1};
	struct iovec part = {&received->report, sizeof(received->report)};
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(int)) + CMSG_SPACE(sizeof(struct ucred))];
	} control;
	struct msghdr header = {.msg_iov = &part,
				.msg_iovlen = 1,
				.msg_control = control.bytes,
				.msg_controllen = sizeof(control.bytes)};
	ssize_t n;
	do {
		n = recvmsg(child->report, &header, MSG_CMSG_CLOEXEC);
	} while (n < 0 && errno == EINTR);
	if (n > 0) {
		take_control(&header, received);
	}
	return n;
}

static int end(struct os_sandbox_child *child, struct os_sandbox_event *event,
	       enum os_sandbox_event_kind kind)
{
	child->over = true;
	event->kind = kind;
	event->pid = child->app;
	reap(child);
	return 1;
}

static int started(struct os_sandbox_child *child, struct os_sandbox_event *event, int pidfd)
{
	child->pidfd = pidfd >= 0 ? fcntl(pidfd, F_DUPFD_CLOEXEC, 0) : -1;
	*event = (struct os_sandbox_event){
	    .kind = OS_SANDBOX_STARTED, .pid = child->app, .pidfd = pidfd};
	if (child->kill_wanted) {
		(void)os_sandbox_child_kill(child, SIGKILL);
	}
	return 1;
}

static int failed(struct os_sandbox_child *child, struct os_sandbox_event *event,
		  const struct sandbox_report *report)
{
	(void)os_error_set(&event->error, report->status, "%s could not be started: %.150s: %s",
			   child->name, report->step, os_status_text(report->status));
	return end(child, event, OS_SANDBOX_FAILED);
}

int os_sandbox_child_read(struct os_sandbox_child *child, struct os_sandbox_event *ret_event)
{
	while (!child->over) {
		struct received received;
		ssize_t n = receive(child, &received);
		if (n < 0 && errno == EAGAIN) {
			return 0;
		}
		*ret_event = (struct os_sandbox_event){.pidfd = -1};
		if (n != (ssize_t)sizeof(received.report)) {
			/* pid 1 was killed, and the whole namespace with it. */
			ret_event->status = SIGKILL;
			return end(child, ret_event, OS_SANDBOX_ENDED);
		}
		switch (received.report.kind) {
		case SANDBOX_REPORT_INIT:
			child->init = received.report.pid;
			reap(child);
			if (child->kill_wanted) {
				(void)kill(child->init, SIGKILL);
			}
			break;
		case SANDBOX_REPORT_APP:
			child->app = received.sender;
			break;
		case SANDBOX_REPORT_STARTED:
			return started(child, ret_event, received.fd);
		case SANDBOX_REPORT_FAILED:
			return failed(child, ret_event, &received.report);
		case SANDBOX_REPORT_ENDED:
			ret_event->status = received.report.status;
			return end(child, ret_event, OS_SANDBOX_ENDED);
		}
	}
	return -EPIPE;
}

int os_sandbox_child_kill(struct os_sandbox_child *child, int signal_number)
{
	if (child->over) {
		return -ESRCH;
	}
	if (child->pidfd >= 0) {
		return syscall(SYS_pidfd_send_signal, child->pidfd, signal_number, NULL, 0) < 0
			   ? -errno
			   : 0;
	}
	if (signal_number != SIGKILL) {
		return -EAGAIN;
	}
	child->kill_wanted = true;
	return child->init > 0 && kill(child->init, SIGKILL) < 0 ? -errno : 0;
}

pid_t os_sandbox_child_pid(const struct os_sandbox_child *child)
{
	return child->app;
}

int os_sandbox_child_fd(const struct os_sandbox_child *child)
{
	return child->report;
}

/* Reads on, waiting, until nothing is left of it; it was killed before. */
static void drain(struct os_sandbox_child *child)
{
	struct os_sandbox_event event;
	(void)fcntl(child->report, F_SETFL, 0);
	while (os_sandbox_child_read(child, &event) > 0) {
		if (event.pidfd >= 0) {
			close(event.pidfd);
		}
	}
}

struct os_sandbox_child *os_sandbox_child_release(struct os_sandbox_child *child)
{
	if (child != NULL) {
		if (!child->over) {
			child->kill_wanted = true;
			if (child->init > 0) {
				(void)kill(child->init, SIGKILL);
			}
			drain(child);
		}
		reap(child);
		close(child->report);
		if (child->pidfd >= 0) {
			close(child->pidfd);
		}
		os_free(child);
	}
	return NULL;
}
