/* Landlock: the file rules of the private root once more, by a mechanism that does not know mounts.
 *
 * Version 2 (Linux 5.19) is the first of use: before it no file can be moved between two folders.
 * Debian 12's headers know versions 1 and 2 only, so the later bits are written out here. */
#include "sandbox_private.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

#define FS_EXECUTE (1ull << 0)
#define FS_WRITE_FILE (1ull << 1)
#define FS_READ_FILE (1ull << 2)
#define FS_READ_DIR (1ull << 3)
#define FS_MAKE_CHAR (1ull << 6)
#define FS_MAKE_SOCK (1ull << 9)
#define FS_MAKE_BLOCK (1ull << 11)
#define FS_REFER (1ull << 13)
#define FS_TRUNCATE (1ull << 14)
#define FS_IOCTL_DEV (1ull << 15)
#define NET_TCP ((1ull << 0) | (1ull << 1))
#define SCOPES ((1ull << 0) | (1ull << 1)) /* abstract sockets, signals */

struct ruleset {
	uint64_t fs, net, scoped;
};

int sandbox_landlock_version(void)
{
	long version =
	    syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	return version >= 2 ? (int)version : 0;
}

static int allow(int ruleset, const char *path, uint64_t access)
{
	int fd = open(path, O_PATH | O_CLOEXEC);
	if (fd < 0) {
		return errno == ENOENT ? 0 : -errno;
	}
	struct stat status;
	if (fstat(fd, &status) == 0 && !S_ISDIR(status.st_mode)) {
		access &= FS_EXECUTE | FS_WRITE_FILE | FS_READ_FILE | FS_TRUNCATE | FS_IOCTL_DEV;
	}
	struct landlock_path_beneath_attr rule = {.allowed_access = access, .parent_fd = fd};
	int result =
	    syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) < 0
		? -errno
		: 0;
	close(fd);
	return result;
}

static int allow_all(int ruleset, const struct sandbox_plan *plan, uint64_t handled)
{
	const uint64_t see = FS_READ_FILE | FS_READ_DIR;
	int result = allow(ruleset, "/proc", see);
	for (size_t i = 0; i < plan->entry_count && result == 0; i++) {
		const struct sandbox_entry *entry = &plan->entries[i];
		uint64_t access = see | FS_EXECUTE;
		if (entry->kind == SANDBOX_DEVICE) {
			access = FS_READ_FILE | FS_WRITE_FILE | FS_TRUNCATE;
		} else if (entry->kind == SANDBOX_CONTAINER) {
			access = ~(FS_EXECUTE | FS_MAKE_CHAR | FS_MAKE_BLOCK | FS_MAKE_SOCK |
				   FS_IOCTL_DEV);
		}
		result = allow(ruleset, entry->inside, access & handled);
	}
	return result;
}

int sandbox_landlock(const struct sandbox_plan *plan)
{
	int version = sandbox_landlock_version();
	if (version == 0) {
		return 0;
	}
	struct ruleset wanted = {.fs = (1ull << 14) - 1};
	wanted.fs |= version >= 3 ? FS_TRUNCATE : 0;
	wanted.fs |= version >= 5 ? FS_IOCTL_DEV : 0;
	wanted.net = version >= 4 && !plan->options->network ? NET_TCP : 0;
	wanted.scoped = version >= 6 ? SCOPES : 0;
	size_t size = version >= 6   ? sizeof(wanted)
		      : version >= 4 ? 2 * sizeof(uint64_t)
				     : sizeof(uint64_t);
	int ruleset = (int)syscall(SYS_landlock_create_ruleset, &wanted, size, 0);
	if (ruleset < 0) {
		return -errno;
	}
	int result = allow_all(ruleset, plan, wanted.fs);
	if (result == 0 && syscall(SYS_landlock_restrict_self, ruleset, 0) < 0) {
		result = -errno;
	}
	close(ruleset);
	return result;
}
