/* Runs the attacking app in a world of its own, as a given user, and returns what it printed.
 *
 * The world is a folder of mode 0700 that belongs to that user, with a "checkout" (program, library,
 * bundle) and a data folder (two apps' containers) in it: if the walls are made rightly, nothing
 * else of the host is needed. */
#ifndef WALLED_RUN_H
#define WALLED_RUN_H

#include <os/sandbox.h>

#define WALLED_APP "org.strata.attacker"
#define WALLED_OTHER "org.strata.victim"

#define WALLED_FILES 8

struct walled_world {
	uid_t uid;
	char folder[64];
	char names[WALLED_FILES]
		  [64]; /* of the checkout's files: programs, then libraries ("….so.…") */
	size_t count;
};

struct walled_result {
	int launched; /* what os_sandbox_launch returned */
	enum os_sandbox_event_kind last;
	bool started, has_pids;
	int64_t memory_kills;
	int status;            /* of waitpid */
	int reports;           /* bytes that came through the supervisor's port */
	bool pid_was_the_apps; /* /proc/PID/exe on the host was the app's program */
	int host_uid;          /* whom the host takes it for, -1 = unknown */
	char error[480];
	char output[16384];
};

struct walled_options {
	const char *program; /* which of the world's files; NULL = the first */
	const char *what;    /* the app's first argument */
	bool no_walls, network;
	uint32_t hardware; /* 1 << enum os_hardware_kind: granted lines of these */
	int64_t memory_bytes, pids; /* limits; -ENOTSUP where there are none */
	bool no_namespaces;         /* on a machine that allows none */
	int kill_with;              /* signal, sent when the app has printed something */
	const char *missing_bundle; /* a bundle that is not there */
};

/* files: paths of programs and libraries, copied into the checkout; a library by its soname. */
void walled_world_create(struct walled_world *world, uid_t uid, char *const *files, size_t count);
void walled_world_remove(struct walled_world *world);
/* In a child process that becomes the world's user. */
void walled_run(const struct walled_world *world, const struct walled_options *options,
		struct walled_result *ret_result);

#endif
