/* The filter: a list of the system calls that an app needs. All others answer EPERM.
 *
 * Calls newer than the list answer ENOSYS, as if the kernel were older, which is what libraries are
 * prepared for (clone3 above all: glibc then uses clone, whose flags can be looked at). Another
 * architecture's calls kill the process. */
#include "sandbox_private.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/gpio.h>
#include <linux/i2c-dev.h>
#include <linux/sched.h>
#include <os/hardware.h>
#include <os/memory.h>
#include <seccomp.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41
#endif

/* Lists are read by their groups. */
/* clang-format off */

/* An app may: */
static const char *const s_allowed[] = {
	/* read and write what it has */
	"read", "write", "readv", "writev", "pread64", "pwrite64", "preadv", "pwritev", "preadv2", "pwritev2",
	"lseek", "_llseek", "close", "close_range", "dup", "dup2", "dup3", "fcntl", "fcntl64", "pipe", "pipe2",
	"sendfile", "sendfile64", "copy_file_range", "fsync", "fdatasync", "sync_file_range", "ftruncate",
	"ftruncate64", "flock", "readahead", "fadvise64", "fadvise64_64",
	/* name files, in the root that it has */
	"open", "openat", "openat2", "creat", "access", "faccessat", "faccessat2", "stat", "stat64", "lstat",
	"lstat64", "fstat", "fstat64", "newfstatat", "fstatat64", "statx", "statfs", "statfs64", "fstatfs",
	"fstatfs64", "readlink", "readlinkat", "getdents", "getdents64", "getcwd", "chdir", "fchdir", "mkdir",
	"mkdirat", "rmdir", "unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat", "symlink",
	"symlinkat", "truncate", "truncate64", "utime", "utimes", "utimensat", "futimesat", "umask", "getxattr",
	"lgetxattr", "fgetxattr", "listxattr", "llistxattr", "flistxattr", "chown", "fchown", "lchown", "fchownat",
	/* have memory */
	"brk", "mmap", "mmap2", "munmap", "mprotect", "mremap", "msync", "mincore", "mlock", "mlock2", "munlock",
	"mlockall", "munlockall", "membarrier", "pkey_alloc", "pkey_free", "pkey_mprotect",
	/* have threads and wait */
	"futex", "futex_waitv", "futex_time64", "set_robust_list", "get_robust_list", "rseq", "set_tid_address",
	"arch_prctl", "exit", "exit_group", "gettid", "getpid", "getppid", "sched_yield", "sched_getaffinity",
	"sched_setaffinity", "sched_getparam", "sched_getscheduler", "sched_get_priority_min",
	"sched_get_priority_max", "sched_rr_get_interval", "sched_getattr", "getpriority", "setpriority", "getcpu",
	"poll", "ppoll", "select", "pselect6", "_newselect", "epoll_create", "epoll_create1", "epoll_ctl",
	"epoll_wait", "epoll_pwait", "epoll_pwait2", "eventfd", "eventfd2", "signalfd", "signalfd4",
	"timerfd_create", "timerfd_settime", "timerfd_gettime", "wait4", "waitid", "pause", "restart_syscall",
	/* signal itself: the pid namespace holds nobody else */
	"kill", "tkill", "tgkill", "rt_sigaction", "rt_sigprocmask", "rt_sigpending", "rt_sigreturn",
	"rt_sigsuspend", "rt_sigtimedwait", "rt_tgsigqueueinfo", "sigaltstack", "sigreturn",
	/* know the time */
	"clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time", "times",
	"getitimer", "setitimer", "alarm", "timer_create", "timer_settime", "timer_gettime", "timer_getoverrun",
	"timer_delete", "clock_gettime64", "clock_nanosleep_time64",
	/* know itself */
	"getuid", "geteuid", "getgid", "getegid", "getresuid", "getresgid", "getgroups", "getpgid", "getpgrp",
	"getsid", "getrusage", "getrlimit", "ugetrlimit", "setrlimit", "uname", "sysinfo", "capget", "getrandom",
	/* talk on the ports that it was given */
	"sendmsg", "recvmsg", "sendmmsg", "recvmmsg", "sendto", "recvfrom", "send", "recv", "shutdown",
	"getsockopt", "setsockopt", "getsockname", "getpeername",
};

/* Newer calls that are forbidden and not merely unknown. All older ones are forbidden by default. */
#define FIRST_NEW_CALL 424
#define LAST_NEW_CALL 511
static const char *const s_forbidden_new[] = {
	"pidfd_send_signal", "io_uring_setup", "io_uring_enter", "io_uring_register", "open_tree", "move_mount",
	"fsopen", "fsconfig", "fsmount", "fspick", "pidfd_open", "pidfd_getfd", "process_madvise", "mount_setattr",
	"quotactl_fd", "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self", "memfd_secret",
	"process_mrelease",
};

/* Nobody without the network may, and with it only by the rules of add_network. */
static const char *const s_network[] = {"socket", "socketpair", "connect", "bind", "listen", "accept", "accept4"};

/* clang-format on */

static const unsigned long s_ioctls[] = {FIONREAD, FIONBIO, FIOCLEX, FIONCLEX, TCGETS, TIOCGWINSZ};
/* On the line or the address that was handed over, which these cannot change for another one. */
static const unsigned long s_gpio_ioctls[] = {GPIO_V2_LINE_GET_VALUES_IOCTL,
					      GPIO_V2_LINE_SET_VALUES_IOCTL};
static const unsigned long s_i2c_ioctls[] = {I2C_FUNCS, I2C_SMBUS};
static const int s_prctls[] = {PR_SET_NAME,       PR_GET_NAME,       PR_GET_DUMPABLE,
			       PR_SET_TIMERSLACK, PR_GET_TIMERSLACK, PR_GET_NO_NEW_PRIVS,
			       PR_GET_SECCOMP,    PR_CAPBSET_READ,   PR_SET_VMA};

#define NAMESPACES                                                                                 \
	(CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER |             \
	 CLONE_NEWPID | CLONE_NEWNET)

static int allow_list(scmp_filter_ctx filter, const char *const *names, size_t count)
{
	int result = 0;
	for (size_t i = 0; i < count && result == 0; i++) {
		int number = seccomp_syscall_resolve_name(names[i]);
		/* Not every call exists on every machine, or is known to an older libseccomp. */
		result = number == __NR_SCMP_ERROR
			     ? 0
			     : seccomp_rule_add(filter, SCMP_ACT_ALLOW, number, 0);
	}
	return result;
}

/* One call, allowed only where one of its arguments, masked, has one value. */
static int allow_masked(scmp_filter_ctx filter, int number, unsigned argument, uint64_t mask,
			uint64_t value)
{
	return seccomp_rule_add(filter, SCMP_ACT_ALLOW, number, 1,
				SCMP_CMP64(argument, SCMP_CMP_MASKED_EQ, mask, value));
}

static int allow_values(scmp_filter_ctx filter, int number, unsigned argument,
			const uint64_t *values, size_t count)
{
	int result = 0;
	for (size_t i = 0; i < count && result == 0; i++) {
		/* The kernel looks at the lower half of an int, so the filter does, too. */
		result =
		    allow_masked(filter, number, argument, 0xffffffffu, values[i] & 0xffffffffu);
	}
	return result;
}

static int allow_ioctls(scmp_filter_ctx filter, const unsigned long *requests, size_t count)
{
	int result = 0;
	for (size_t i = 0; i < count && result == 0; i++) {
		result = allow_masked(filter, SCMP_SYS(ioctl), 1, 0xffffffffu, requests[i]);
	}
	return result;
}

static int add_files(scmp_filter_ctx filter)
{
	/* No hole is punched in what the compositor reads; no file of the container gets a set-uid bit. */
	int result = allow_masked(filter, SCMP_SYS(fallocate), 1, 0xffffffffu & ~1u, 0);
	const int modes[] = {SCMP_SYS(chmod), SCMP_SYS(fchmod)};
	for (size_t i = 0; i < OS_ARRAY_LEN(modes) && result == 0; i++) {
		result = allow_masked(filter, modes[i], 1, S_ISUID | S_ISGID, 0);
	}
	if (result == 0) {
		result = allow_masked(filter, SCMP_SYS(fchmodat), 2, S_ISUID | S_ISGID, 0);
	}
	for (int advice = 0; advice <= 25 && result == 0; advice++) {
		if (advice != MADV_REMOVE) {
			result = allow_masked(filter, SCMP_SYS(madvise), 2, 0xffffffffu,
					      (uint64_t)advice);
		}
	}
	return result < 0 ? result : allow_ioctls(filter, s_ioctls, OS_ARRAY_LEN(s_ioctls));
}

static int add_processes(scmp_filter_ctx filter)
{
	/* Threads, not processes, and none in namespaces of their own. */
	int result =
	    allow_masked(filter, SCMP_SYS(clone), 0, CLONE_THREAD | NAMESPACES, CLONE_THREAD);
	if (result == 0) {
		/* The program's own start; the descriptor is gone then, and its number out of reach. */
		result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(execveat), 2,
					  SCMP_A0(SCMP_CMP_EQ, SANDBOX_PROGRAM_FD),
					  SCMP_A4(SCMP_CMP_EQ, AT_EMPTY_PATH));
	}
	for (size_t i = 0; i < OS_ARRAY_LEN(s_prctls) && result == 0; i++) {
		result =
		    allow_masked(filter, SCMP_SYS(prctl), 0, 0xffffffffu, (uint64_t)s_prctls[i]);
	}
	if (result == 0) {
		result =
		    allow_masked(filter, SCMP_SYS(prlimit64), 0, 0xffffffffu, 0); /* of itself */
	}
	if (result == 0) {
		result = allow_masked(filter, SCMP_SYS(personality), 0, 0xffffffffu,
				      0xffffffffu); /* asks */
	}
	return result;
}

static int add_network(scmp_filter_ctx filter)
{
	const uint64_t families[] = {AF_INET, AF_INET6};
	int result = allow_values(filter, SCMP_SYS(socket), 0, families, OS_ARRAY_LEN(families));
	return result < 0 ? result : allow_list(filter, s_network + 2, OS_ARRAY_LEN(s_network) - 2);
}

static int add_hardware(scmp_filter_ctx filter, uint32_t kinds)
{
	const uint32_t gpio = 1u << OS_HARDWARE_GPIO_OUTPUT | 1u << OS_HARDWARE_GPIO_INPUT;
	int result = 0;
	if ((kinds & gpio) != 0) {
		result = allow_ioctls(filter, s_gpio_ioctls, OS_ARRAY_LEN(s_gpio_ioctls));
	}
	if (result == 0 && (kinds & 1u << OS_HARDWARE_I2C) != 0) {
		result = allow_ioctls(filter, s_i2c_ioctls, OS_ARRAY_LEN(s_i2c_ioctls));
	}
	return result;
}

/* --- Making it ------------------------------------------------------------------------------------- */

static void mark(bool *marks, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		int number = seccomp_syscall_resolve_name(names[i]);
		if (number >= FIRST_NEW_CALL && number <= LAST_NEW_CALL) {
			marks[number - FIRST_NEW_CALL] = true;
		}
	}
}

static int add_unknown(scmp_filter_ctx filter)
{
	bool known[LAST_NEW_CALL - FIRST_NEW_CALL + 1] = {false};
	mark(known, s_allowed, OS_ARRAY_LEN(s_allowed));
	mark(known, s_forbidden_new, OS_ARRAY_LEN(s_forbidden_new));
	int result = 0;
	for (int i = 0; i < (int)OS_ARRAY_LEN(known) && result == 0; i++) {
		if (!known[i]) {
			result =
			    seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), FIRST_NEW_CALL + i, 0);
		}
	}
	return result;
}

static int add_rules(scmp_filter_ctx filter, bool network, uint32_t hardware)
{
	int result = allow_list(filter, s_allowed, OS_ARRAY_LEN(s_allowed));
	if (result == 0) {
		result = add_unknown(filter);
	}
	if (result == 0) {
		result = add_files(filter);
	}
	if (result == 0) {
		result = add_processes(filter);
	}
	if (result == 0 && network) {
		result = add_network(filter);
	}
	return result < 0 ? result : add_hardware(filter, hardware);
}

static int export_program(scmp_filter_ctx filter, struct sock_fprog *program)
{
	int fd = memfd_create("filter", MFD_CLOEXEC);
	int result = fd < 0 ? -errno : seccomp_export_bpf(filter, fd);
	struct stat status;
	if (result == 0 && fstat(fd, &status) == 0 && status.st_size > 0) {
		program->filter = os_try_alloc((size_t)status.st_size);
		program->len =
		    (unsigned short)((size_t)status.st_size / sizeof(struct sock_filter));
		if (program->filter == NULL ||
		    pread(fd, program->filter, (size_t)status.st_size, 0) != status.st_size) {
			result = -EIO;
		}
	}
	if (fd >= 0) {
		close(fd);
	}
	return result;
}

static int compile(bool network, uint32_t hardware, struct sock_fprog *program)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int result =
	    filter == NULL ? -ENOMEM : seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	if (result == 0) {
		result = add_rules(filter, network, hardware);
	}
	if (result == 0) {
		result = export_program(filter, program);
	}
	seccomp_release(filter);
	return result;
}

const struct sock_fprog *sandbox_filter(bool network, uint32_t hardware)
{
	static struct sock_fprog s_programs[2][1u << OS_HARDWARE_KINDS];
	struct sock_fprog *program =
	    &s_programs[network][hardware & ((1u << OS_HARDWARE_KINDS) - 1)];
	if (program->len > 0) {
		return program;
	}
	int result = compile(network, hardware, program);
	if (result < 0) {
		program->len = 0;
		errno = -result;
		return NULL;
	}
	return program;
}
