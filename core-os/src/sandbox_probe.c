/* Tries the walls, one after the other, in a child that does what the launcher would do. */
#include "sandbox_private.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the child found: the walls that stood, and the first one that did not. */
struct found {
	uint32_t standing;
	uint32_t missing;
	int status;
};

static const struct {
	enum os_sandbox_wall wall;
	int flag;
} s_namespaces[] = {
    {OS_SANDBOX_MOUNT, CLONE_NEWNS}, {OS_SANDBOX_PID, CLONE_NEWPID}, {OS_SANDBOX_NET, CLONE_NEWNET},
    {OS_SANDBOX_IPC, CLONE_NEWIPC},  {OS_SANDBOX_UTS, CLONE_NEWUTS},
};

static void note(struct found *found, enum os_sandbox_wall wall, int status)
{
	if (status == 0) {
		found->standing |= wall;
	} else if (found->missing == 0) {
		found->missing = wall;
		found->status = status;
	}
}

/* In the new pid namespace: can proc be mounted? */
static int try_proc(void)
{
	pid_t pid = fork();
	if (pid == 0) {
		int result = mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
		if (result == 0) {
			result =
			    mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL);
		}
		_exit(result < 0 ? errno & 127 : 0);
	}
	int status = 0;
	if (pid < 0 || waitpid(pid, &status, 0) < 0) {
		return -errno;
	}
	return WIFEXITED(status) ? -WEXITSTATUS(status) : -EPERM;
}

static void try_walls(struct found *found)
{
	uid_t uid;
	gid_t gid;
	os_sandbox_app_user(&uid, &gid);
	int result = geteuid() == 0 ? sandbox_become_user(uid, gid) : 0;
	if (result == 0 && unshare(CLONE_NEWUSER) < 0) {
		result = -errno;
	}
	if (result == 0) {
		result = sandbox_map_user(uid, gid);
	}
	note(found, OS_SANDBOX_USER, result);
	for (size_t i = 0; i < OS_ARRAY_LEN(s_namespaces) && result == 0; i++) {
		note(found, s_namespaces[i].wall, unshare(s_namespaces[i].flag) < 0 ? -errno : 0);
	}
	const uint32_t both = OS_SANDBOX_PID | OS_SANDBOX_MOUNT;
	if ((found->standing & both) == both) {
		note(found, OS_SANDBOX_PROC, try_proc());
	}
	const struct sock_fprog *filter = sandbox_filter(false, 0);
	result = filter == NULL ? -errno : 0;
	if (result == 0 && (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
			    prctl(PR_SET_SECCOMP, 2 /* SECCOMP_MODE_FILTER */, filter, 0, 0) < 0)) {
		result = -errno;
	}
	note(found, OS_SANDBOX_SECCOMP, result);
}

static long read_setting(const char *path)
{
	char text[32] = "";
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		return -1;
	}
	ssize_t n = read(fd, text, sizeof(text) - 1);
	close(fd);
	return n > 0 ? strtol(text, NULL, 10) : -1;
}

static const char *wall_name(uint32_t wall)
{
	switch (wall) {
	case OS_SANDBOX_USER:
		return "user namespaces";
	case OS_SANDBOX_MOUNT:
		return "mount namespaces";
	case OS_SANDBOX_PID:
		return "pid namespaces";
	case OS_SANDBOX_NET:
		return "network namespaces";
	case OS_SANDBOX_IPC:
		return "ipc namespaces";
	case OS_SANDBOX_UTS:
		return "uts namespaces";
	case OS_SANDBOX_PROC:
		return "a /proc of its own";
	default:
		return "seccomp";
	}
}

/* The three switches by which systems forbid user namespaces to ordinary users, and containers. */
static void explain_user(struct os_sandbox_probe *probe, int status)
{
	const char *sentence, *mend;
	if (read_setting("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == 1) {
		sentence = "AppArmor forbids user namespaces to programs without a profile, so "
			   "apps have no walls";
		mend = "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0";
	} else if (read_setting("/proc/sys/kernel/unprivileged_userns_clone") == 0) {
		sentence =
		    "this system forbids user namespaces to ordinary users, so apps have no walls";
		mend = "sudo sysctl -w kernel.unprivileged_userns_clone=1";
	} else if (read_setting("/proc/sys/user/max_user_namespaces") == 0 || status == -ENOSPC) {
		sentence = "this system allows no user namespaces, so apps have no walls";
		mend = "sudo sysctl -w user.max_user_namespaces=15000";
	} else {
		snprintf(probe->sentence, sizeof(probe->sentence),
			 "user namespaces cannot be made here (%s), as in most "
			 "containers, so apps have no walls",
			 os_status_text(status));
		snprintf(probe->mend, sizeof(probe->mend),
			 "docker run --security-opt seccomp=unconfined "
			 "--security-opt systempaths=unconfined …");
		return;
	}
	snprintf(probe->sentence, sizeof(probe->sentence), "%s", sentence);
	snprintf(probe->mend, sizeof(probe->mend), "%s", mend);
}

static void explain(struct os_sandbox_probe *probe, const struct found *found)
{
	if (found->missing == OS_SANDBOX_USER) {
		explain_user(probe, found->status);
	} else if (found->missing == OS_SANDBOX_PROC) {
		snprintf(probe->sentence, sizeof(probe->sentence),
			 "a /proc of its own cannot be mounted for an app (%s), "
			 "since parts of this system's are covered",
			 os_status_text(found->status));
		snprintf(probe->mend, sizeof(probe->mend),
			 "docker run --security-opt systempaths=unconfined …");
	} else if (found->missing != 0) {
		snprintf(probe->sentence, sizeof(probe->sentence),
			 "%s cannot be used here (%s), so apps do not start",
			 wall_name(found->missing), os_status_text(found->status));
		snprintf(probe->mend, sizeof(probe->mend), "strata run --no-walls");
	}
}

static void probe_landlock(struct os_sandbox_probe *probe)
{
	probe->landlock_version = sandbox_landlock_version();
	if (probe->landlock_version > 0) {
		probe->standing |= OS_SANDBOX_LANDLOCK;
		snprintf(probe->landlock_sentence, sizeof(probe->landlock_sentence),
			 "Landlock, version %d", probe->landlock_version);
	} else {
		snprintf(probe->landlock_sentence, sizeof(probe->landlock_sentence),
			 "this kernel has no Landlock (or an older one than version 2); the other "
			 "walls hold without it");
	}
}

bool os_sandbox_probe(struct os_sandbox_probe *ret_probe)
{
	memset(ret_probe, 0, sizeof(*ret_probe));
	struct found found = {0};
	int pipe_fds[2];
	if (pipe2(pipe_fds, O_CLOEXEC) < 0) {
		return false;
	}
	pid_t pid = fork();
	if (pid == 0) {
		try_walls(&found);
		(void)!write(pipe_fds[1], &found, sizeof(found));
		_exit(0);
	}
	close(pipe_fds[1]);
	if (pid < 0 || read(pipe_fds[0], &found, sizeof(found)) != (ssize_t)sizeof(found)) {
		found = (struct found){.missing = OS_SANDBOX_USER, .status = -EPERM};
	}
	close(pipe_fds[0]);
	if (pid > 0) {
		(void)waitpid(pid, NULL, 0);
	}
	ret_probe->standing = found.standing;
	explain(ret_probe, &found);
	probe_landlock(ret_probe);
	return (ret_probe->standing & OS_SANDBOX_NEEDED) == OS_SANDBOX_NEEDED;
}
