/* The launcher's parts, in the order in which they run.
 *
 *	supervisor      os_sandbox_launch        makes the plan, forks the builder
 *	builder         sandbox_build            unshares, forks pid 1 as the supervisor's own child, ends
 *	pid 1 (init)    sandbox_root_enter       the private root; forks the app; waits; says how it ended
 *	pid 2 (the app) sandbox_landlock, filter, exec
 *
 * All of it after the first fork runs with the memory of the supervisor's copy, so the plan is made
 * before: no allocation is needed behind the fork. */
#ifndef SANDBOX_PRIVATE_H
#define SANDBOX_PRIVATE_H

#include <linux/filter.h>
#include <os/sandbox.h>

/* In the app until it runs its program; beyond the limit of descriptors that it gets then, so that
 * these numbers cannot come back. The filter allows exec by the first one alone. */
#define SANDBOX_PROGRAM_FD 200
#define SANDBOX_STATUS_FD 201
#define SANDBOX_FD_LIMIT 128

/* What the user is called inside. Not 0, so that nothing mistakes it for root. */
#define SANDBOX_UID_INSIDE 1000

/* --- The private root (sandbox_root.c) ---------------------------------------------------------- */

enum sandbox_entry_kind { SANDBOX_READ_ONLY, SANDBOX_DEVICE, SANDBOX_CONTAINER };

struct sandbox_entry {
	char *host, *inside;
	enum sandbox_entry_kind kind;
	bool optional; /* the system may do without it */
	bool folder;
	char *link; /* a symbolic link to this, instead of a mount */
	int tree;   /* a detached mount, -1 = not there */
};

struct sandbox_plan {
	const struct os_sandbox_options *options;
	struct sandbox_entry *entries;
	size_t entry_count, entry_capacity;
	char *program_inside;
	char **argv, **environment;
	const struct sock_fprog *filter;
	bool root; /* started by root: binds first, then becomes uid */
	uid_t uid;
	gid_t gid;
	int report; /* to the supervisor */
};

/* What went wrong, in words; the app's name is put before them. */
struct sandbox_failure {
	int status;
	char step[160];
};

int sandbox_root_plan(struct sandbox_plan *plan, struct os_error *ret_error);
/* Makes a detached copy of each entry's mount, read-only where it is to be. */
int sandbox_root_gather(struct sandbox_plan *plan, struct sandbox_failure *failure);
/* Builds the root, mounts proc and leaves the old root. */
int sandbox_root_enter(struct sandbox_plan *plan, struct sandbox_failure *failure);

/* --- The processes (sandbox_child.c) -------------------------------------------------------------- */

enum sandbox_report_kind {
	SANDBOX_REPORT_INIT = 1, /* the builder: pid 1 is made */
	SANDBOX_REPORT_APP, /* the app, before it runs its program: whose pid the kernel puts beside it */
	SANDBOX_REPORT_STARTED, /* pid 1: it runs; with its pidfd */
	SANDBOX_REPORT_FAILED,
	SANDBOX_REPORT_ENDED
};

struct sandbox_report {
	enum sandbox_report_kind kind;
	int pid;    /* INIT: as the host sees it */
	int status; /* ENDED: as of waitpid; FAILED: -Exxx */
	char step[160];
};

OS_NORETURN void sandbox_build(struct sandbox_plan *plan);
/* fills failure and returns its status, for `return sandbox_fail(…)` */
int sandbox_fail(struct sandbox_failure *failure, int status, const char *format, ...)
    OS_PRINTF(3, 4);
/* The namespaces that are unshared for these options. */
int sandbox_namespaces(bool network);
int sandbox_map_user(uid_t uid, gid_t gid);
int sandbox_become_user(uid_t uid, gid_t gid);

/* --- The inner walls -------------------------------------------------------------------------------- */

/* The filter for these, compiled once per process; hardware: 1 << enum os_hardware_kind, of each. NULL
 * with the status in errno. */
const struct sock_fprog *sandbox_filter(bool network, uint32_t hardware);
/* What Landlock version the kernel has; 0 = none, or too old to be of use. */
int sandbox_landlock_version(void);
/* 0 also where there is no Landlock. */
int sandbox_landlock(const struct sandbox_plan *plan);

#endif
