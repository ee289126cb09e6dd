/* Sandbox: starts an app behind its walls (iOS: the seatbelt and the container).
 *
 * An app has a root of its own, made anew on tmpfs: its bundle at /app (read-only), its container at
 * /data, the system's libraries and fonts, /proc of its own pid namespace, and in /dev nothing but
 * null, zero, full, random and urandom. It has no network, no capability, and is never uid 0 on the
 * host. It may make threads, never processes. Descriptor 3 leads to the supervisor; there is no other.
 *
 *	struct os_sandbox_options options = {.struct_size = sizeof(options), .app = "org.strata.notes",
 *		.program = ".../strata-app", .libraries = libraries, .bundle = bundle,
 *		.container = container, .supervisor_fd = port_fd, .log_fd = log_fd};
 *	result = os_sandbox_launch(&options, &child, &error);
 *	os_loop_add_fd(loop, os_sandbox_child_fd(child), OS_LOOP_READ, did_report, self);
 *	…
 *	while (os_sandbox_child_read(child, &event) > 0) { started, failed, ended }
 *
 * The walls, from the outside in, and what each is for:
 *	user namespace     no uid, no capability that counts outside
 *	mount namespace    the private root: what is not bound does not exist
 *	pid namespace      no other process can be named; a tiny init is pid 1, the app is pid 2
 *	net, ipc, uts      no interface, no System V memory, no host name of others
 *	Landlock           the same file rules once more, by another mechanism, where the kernel has it
 *	seccomp            only system calls that an app needs; one exec, by a descriptor that cannot be
 *	                   made a second time
 * Paths given here are absolute. Threads: the caller's process has one (it forks). */
#ifndef OS_SANDBOX_H
#define OS_SANDBOX_H

#include <os/spawn.h>
#include <os/status.h>

/* A file or folder of the host, read-only; inside NULL: under the same path. */
struct os_sandbox_bind {
	const char *host, *inside;
};

struct os_sandbox_options {
	uint32_t struct_size;
	const char *app;                  /* id; also the host name inside */
	const char *program;              /* seen as /strata/bin/NAME */
	const char *const *argv;          /* ends with NULL; NULL = the program alone */
	const char *const *environment;   /* added to HOME=/data, LANG, …; ends with NULL; may be NULL */
	const char *const *libraries;     /* files, seen as /strata/lib/NAME; ends with NULL; may be NULL */
	const struct os_sandbox_bind *binds; /* anything more */
	size_t bind_count;
	const char *bundle;               /* folder, seen as /app; may be NULL */
	const char *container;            /* folder, seen as /data; may be NULL */
	int supervisor_fd;                /* becomes 3; -1 = none; the caller keeps its own */
	int log_fd;                       /* becomes 1 and 2; -1 = /dev/null */
	const struct os_limits *limits;   /* may be NULL */
	bool network;                     /* granted: the host's network, TCP and UDP */
	uint32_t hardware;                /* granted: 1 << enum os_hardware_kind, for each; their calls */
	bool no_walls;                    /* `strata run --no-walls`: none of the above holds */
};

/* --- A child -------------------------------------------------------------------------------------- */

struct os_sandbox_child;

enum os_sandbox_event_kind {
	OS_SANDBOX_STARTED, /* the program runs: pid and pidfd (yours to close) are the app's own */
	OS_SANDBOX_FAILED,  /* it never ran: error says which wall could not be built, and why */
	OS_SANDBOX_ENDED    /* status as waitpid gives it; the last event */
};

struct os_sandbox_event {
	enum os_sandbox_event_kind kind;
	pid_t pid;          /* as the host sees it */
	int pidfd;          /* STARTED only, else -1 */
	int status;         /* ENDED: WIFEXITED, WIFSIGNALED, … */
	struct os_error error;
};

/* Returns at once (two forks' time); what became of it comes as events. */
OS_PUBLIC int os_sandbox_launch(const struct os_sandbox_options *options,
                                struct os_sandbox_child **ret_child, struct os_error *ret_error);
/* Kills what still runs, reaps it, frees. */
OS_PUBLIC struct os_sandbox_child *os_sandbox_child_release(struct os_sandbox_child *child);
/* Becomes readable when there is an event. */
OS_PUBLIC int os_sandbox_child_fd(const struct os_sandbox_child *child);
/* 1 = *ret_event was filled, 0 = nothing now, -EPIPE = ENDED or FAILED was read before. */
OS_PUBLIC int os_sandbox_child_read(struct os_sandbox_child *child, struct os_sandbox_event *ret_event);
/* Sends the app a signal; SIGKILL also works while it is being started. */
OS_PUBLIC int os_sandbox_child_kill(struct os_sandbox_child *child, int signal_number);
OS_PUBLIC pid_t os_sandbox_child_pid(const struct os_sandbox_child *child); /* 0 before STARTED */

/* --- Which walls stand ---------------------------------------------------------------------------- */

enum os_sandbox_wall {
	OS_SANDBOX_USER = 1, OS_SANDBOX_MOUNT = 2, OS_SANDBOX_PID = 4, OS_SANDBOX_NET = 8,
	OS_SANDBOX_IPC = 16, OS_SANDBOX_UTS = 32, OS_SANDBOX_PROC = 64, OS_SANDBOX_SECCOMP = 128,
	OS_SANDBOX_LANDLOCK = 256,
	OS_SANDBOX_NEEDED = 255 /* without one of these no app starts; Landlock is an extra */
};

struct os_sandbox_probe {
	uint32_t standing;   /* enum os_sandbox_wall */
	int landlock_version;
	char sentence[240];  /* about the first needed wall that is missing, else "" */
	char mend[240];      /* the command that mends it */
	char landlock_sentence[160];
};

/* Tries each wall in a child process (about 3 ms) and says what stood. Returns true if apps can be
 * started. */
OS_PUBLIC bool os_sandbox_probe(struct os_sandbox_probe *ret_probe);

/* The user that apps are, when the caller is root: `strata` if there is one, else nobody. Otherwise
 * the caller. Folders made for an app (container) belong to it. */
OS_PUBLIC void os_sandbox_app_user(uid_t *ret_uid, gid_t *ret_gid);

#endif
