/* Limits: how much memory, and how many threads, one app may have.
 *
 * By control groups, version 1 or 2, where the system lets us write them; never by RLIMIT_AS, which
 * kills sanitizers. Where they are not writable there is no limit, and a sentence that says why.
 *
 *	struct os_limits_options wanted = {.struct_size = sizeof(wanted), .name = "default-org.strata.notes",
 *		.memory_bytes = 256 << 20, .pids = 128};
 *	if (os_limits_create(&wanted, &limits, &error) == -ENOTSUP) { doctor shows error.text }
 *	os_limits_add(limits, pid);       or os_sandbox_options.limits, from the first instruction on
 *	…
 *	if (os_limits_count_memory_kills(limits) > 0) { reason = "used more memory than it may" }
 *	limits = os_limits_release(limits);     when its processes are gone
 *
 * Thread: the owner's. */
#ifndef OS_LIMITS_H
#define OS_LIMITS_H

#include <os/base.h>
#include <sys/types.h>

struct os_error;
struct os_limits;

struct os_limits_options {
	uint32_t struct_size;
	const char *name;      /* letters, digits, '.', '-', '_'; one group of that name per device */
	int64_t memory_bytes;  /* 0 = no limit */
	int64_t pids;          /* threads and processes; 0 = no limit */
};

/* Makes the group. -ENOTSUP with a sentence where memory cannot be limited. A group of that name
 * which a killed device left behind is used again. */
OS_PUBLIC int os_limits_create(const struct os_limits_options *options, struct os_limits **ret_limits,
                               struct os_error *ret_error);
/* Removes the group. If a process is still in it, it stays. */
OS_PUBLIC struct os_limits *os_limits_release(struct os_limits *limits);
/* Puts a process in; 0 = the caller. Its children follow. */
OS_PUBLIC int os_limits_add(const struct os_limits *limits, pid_t pid);
OS_PUBLIC int64_t os_limits_memory_used(const struct os_limits *limits); /* bytes, -1 = unknown */
OS_PUBLIC int64_t os_limits_count_memory_kills(const struct os_limits *limits);
OS_PUBLIC bool os_limits_has_pids(const struct os_limits *limits);

/* True if memory can be limited here; otherwise the reason, and what mends it, if anything does. */
OS_PUBLIC bool os_limits_available(char *reason, size_t reason_size, char *mend, size_t mend_size);

#endif
