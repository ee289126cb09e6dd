/* Spawn: starts one of the system's own programs (posix_spawn, without its surprises).
 *
 * The new process has /dev/null as 0, the log pipe as 1 and 2, the given descriptors from 3 on, and
 * no other; an empty signal mask, default handlers and umask 022; no_new_privs; and it is killed when
 * the thread that started it ends. Apps are started by os/sandbox.h instead.
 *
 *	int fds[] = {port_fd};
 *	struct os_spawn_options options = {
 *		.struct_size = sizeof(options), .program = path, .log_fd = log, .fds = fds, .fd_count = 1};
 *	result = os_spawn(&options, &pid, &pidfd, &error);
 *
 * Blocks until the program runs (about 1 ms), so that a program that is not there is an error here
 * and not a death later. Thread: one that lives as long as the process is to. */
#ifndef OS_SPAWN_H
#define OS_SPAWN_H

#include <os/base.h>
#include <sys/types.h>

struct os_error;
struct os_limits;

struct os_spawn_options {
	uint32_t struct_size;
	const char *program;              /* path */
	const char *const *argv;          /* ends with NULL; NULL = the program's path alone */
	const char *const *environment;   /* "KEY=value"…, NULL; NULL = the caller's own */
	int log_fd;                       /* becomes 1 and 2; -1 keeps the caller's */
	const int *fds;                   /* become 3, 4, … ; the caller keeps its own */
	size_t fd_count;                  /* at most 16 */
	const struct os_limits *limits;   /* may be NULL */
	bool outlives;                    /* true: is not killed with its parent (the keeper) */
	bool new_session;                 /* true: setsid, no controlling terminal */
};

/* ret_pidfd may be NULL. -ENOENT, -EACCES, … with a sentence that names the program. */
OS_PUBLIC int os_spawn(const struct os_spawn_options *options, pid_t *ret_pid, int *ret_pidfd,
                       struct os_error *ret_error);

#endif
