#include "attacks.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* A process that was made after all must not go on as a second attacker. */
static int made(long pid)
{
	if (pid == 0) {
		_exit(0);
	}
	return attack_result(pid);
}

static int make_by_fork(void)
{
	return made(fork());
}

#ifdef SYS_fork
static int make_by_old_fork(void)
{
	return made(syscall(SYS_fork));
}

static int make_by_vfork(void)
{
	return made(syscall(SYS_vfork));
}
#endif

static int make_by_clone(void)
{
	return made(syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0));
}

static int make_by_clone_vm(void)
{
	return made(syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0));
}

static int make_by_clone3(void)
{
	struct clone_args arguments = {.exit_signal = SIGCHLD};
	return made(syscall(SYS_clone3, &arguments, sizeof(arguments)));
}

static int run_program(void)
{
	char *const argv[] = {"sh", NULL};
	return attack_result(execve("/strata/bin/attack_app", argv, argv));
}

static int run_by_descriptor(void)
{
	char *const argv[] = {"sh", NULL};
	int fd = open("/strata/bin/attack_app", O_RDONLY);
	int result = attack_result(syscall(SYS_execveat, fd, "", argv, argv, AT_EMPTY_PATH));
	close(fd);
	return result;
}

/* The filter lets exec pass by one number. Can it be made again? */
static int run_by_the_number(void)
{
	char *const argv[] = {"sh", NULL};
	int fd = open("/strata/bin/attack_app", O_RDONLY);
	struct rlimit more = {1024, 1024};
	(void)setrlimit(RLIMIT_NOFILE, &more);
	(void)dup2(fd, 200);
	(void)fcntl(fd, F_DUPFD, 200);
	int result = attack_result(syscall(SYS_execveat, 200, "", argv, argv, AT_EMPTY_PATH));
	close(fd);
	return result;
}

static int raise_limit(void)
{
	struct rlimit more = {1024, 1024};
	return attack_result(setrlimit(RLIMIT_NOFILE, &more));
}

/* Descriptors in flight count for the whole user, so an app may have few. */
static int flood_descriptors(void)
{
	int fds[512], count = 0, result = 0;
	while (count < 512 && (fds[count] = open("/dev/null", O_RDONLY)) >= 0) {
		count++;
	}
	result = count < 128 ? errno : 0;
	while (count > 0) {
		close(fds[--count]);
	}
	return result;
}

static int limit_another(void)
{
	struct rlimit none = {0, 0};
	return attack_result(prlimit(1, RLIMIT_NOFILE, &none, NULL));
}

static int trace_init(void)
{
	return attack_result(ptrace(PTRACE_ATTACH, 1, NULL, NULL));
}

static int be_traced(void)
{
	return attack_result(ptrace(PTRACE_TRACEME, 0, NULL, NULL));
}

static int read_other_memory(void)
{
	char bytes[8];
	struct iovec here = {bytes, sizeof(bytes)}, there = {bytes, sizeof(bytes)};
	return attack_result(process_vm_readv(1, &here, 1, &there, 1, 0));
}

static int write_other_memory(void)
{
	char bytes[8] = "";
	struct iovec here = {bytes, sizeof(bytes)}, there = {bytes, sizeof(bytes)};
	return attack_result(process_vm_writev(1, &here, 1, &there, 1, 0));
}

static int see_host_process(void)
{
	char path[64];
	snprintf(path, sizeof(path), "/proc/%d/status", attack_aim.host_pid);
	return attack_open(path, O_RDONLY);
}

static int kill_host_process(void)
{
	return attack_result(kill(attack_aim.host_pid, SIGKILL));
}

static int open_host_process(void)
{
	return attack_result(syscall(SYS_pidfd_open, attack_aim.host_pid, 0));
}

static int enter_init_root(void)
{
	return attack_open("/proc/1/root", O_RDONLY | O_DIRECTORY);
}

static int read_init_memory(void)
{
	return attack_open("/proc/1/mem", O_RDWR);
}

static int read_init_environment(void)
{
	return attack_open("/proc/1/environ", O_RDONLY);
}

static int read_init_descriptors(void)
{
	return attack_open("/proc/1/fd", O_RDONLY | O_DIRECTORY);
}

static int enter_namespace(void)
{
	int fd = open("/proc/self/ns/user", O_RDONLY);
	int result = fd < 0 ? errno : attack_result(setns(fd, 0));
	close(fd);
	return result;
}

static int make_user_namespace(void)
{
	return attack_result(unshare(CLONE_NEWUSER));
}

static int make_network_namespace(void)
{
	return attack_result(unshare(CLONE_NEWNET));
}

static int become_root(void)
{
	return attack_result(syscall(SYS_setuid, 0));
}

static int become_another(void)
{
	return attack_result(syscall(SYS_setresuid, 1, 1, 1));
}

static int join_groups(void)
{
	int group = 0;
	return attack_result(syscall(SYS_setgroups, 1, &group));
}

static int take_capabilities(void)
{
	uint32_t header[2] = {0x20080522, 0}, data[6] = {~0u, ~0u, ~0u, ~0u, ~0u, ~0u};
	return attack_result(syscall(SYS_capset, header, data));
}

static int type_into_terminal(void)
{
	return attack_result(ioctl(0, TIOCSTI, "x"));
}

static int take_terminal(void)
{
	return attack_result(ioctl(0, TIOCSCTTY, 1));
}

static int compare_processes(void)
{
	return attack_result(syscall(SYS_kcmp, 1, 2, 0, 0, 0));
}

const struct attack attacks_on_processes[] = {
    {"make_by_fork", make_by_fork},
#ifdef SYS_fork
    {"make_by_old_fork", make_by_old_fork},
    {"make_by_vfork", make_by_vfork},
#endif
    {"make_by_clone", make_by_clone},
    {"make_by_clone_vm", make_by_clone_vm},
    {"make_by_clone3", make_by_clone3},
    {"run_program", run_program},
    {"run_by_descriptor", run_by_descriptor},
    {"run_by_the_number", run_by_the_number},
    {"raise_limit", raise_limit},
    {"flood_descriptors", flood_descriptors},
    {"limit_another", limit_another},
    {"trace_init", trace_init},
    {"be_traced", be_traced},
    {"read_other_memory", read_other_memory},
    {"write_other_memory", write_other_memory},
    {"see_host_process", see_host_process},
    {"kill_host_process", kill_host_process},
    {"open_host_process", open_host_process},
    {"enter_init_root", enter_init_root},
    {"read_init_memory", read_init_memory},
    {"read_init_environment", read_init_environment},
    {"read_init_descriptors", read_init_descriptors},
    {"enter_namespace", enter_namespace},
    {"make_user_namespace", make_user_namespace},
    {"make_network_namespace", make_network_namespace},
    {"become_root", become_root},
    {"become_another", become_another},
    {"join_groups", join_groups},
    {"take_capabilities", take_capabilities},
    {"type_into_terminal", type_into_terminal},
    {"take_terminal", take_terminal},
    {"compare_processes", compare_processes},
    {NULL, NULL},
};
