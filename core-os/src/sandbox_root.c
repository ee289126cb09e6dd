/* The private root: a tmpfs with nothing in it but what the plan names.
 *
 * Every entry is first copied as a detached mount (open_tree), by root before it gives up being root,
 * so that a checkout or a data folder below a folder of mode 0700 can be seen by an app that is
 * nobody; an ordinary user does the same inside its own namespaces. Then the tree is put together,
 * proc is mounted while the old root can still be seen (later it is EPERM), and the old root goes. */
#include "sandbox_private.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <os/memory.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Headers before glibc 2.36 have the calls' numbers but not these. */
#ifndef OPEN_TREE_CLONE
#define OPEN_TREE_CLONE 1
#define OPEN_TREE_CLOEXEC O_CLOEXEC
#define MOVE_MOUNT_F_EMPTY_PATH 4
#define MOUNT_ATTR_RDONLY 1
#define MOUNT_ATTR_NOSUID 2
#define MOUNT_ATTR_NODEV 4
#define MOUNT_ATTR_NOEXEC 8
#endif
#ifndef SYS_mount_setattr
#define SYS_mount_setattr 442
#endif

struct attributes {
	uint64_t set, clear, propagation, userns;
};

static const char *const s_system_paths[] = {
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/lib",
    "/lib64",
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/usr/share/fontconfig",
    "/usr/share/zoneinfo",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/var/cache/fontconfig",
};
static const char *const s_network_paths[] = {
    "/etc/resolv.conf",           "/etc/hosts", "/etc/nsswitch.conf", "/etc/ssl/certs",
    "/usr/share/ca-certificates",
};
static const char *const s_devices[] = {"/dev/null", "/dev/zero", "/dev/full", "/dev/random",
					"/dev/urandom"};

/* --- The plan ----------------------------------------------------------------------------------- */

static struct sandbox_entry *add(struct sandbox_plan *plan, const char *host, const char *inside,
				 enum sandbox_entry_kind kind)
{
	if (plan->entry_count == plan->entry_capacity) {
		plan->entry_capacity = plan->entry_capacity == 0 ? 48 : 2 * plan->entry_capacity;
		plan->entries =
		    os_realloc_array(plan->entries, plan->entry_capacity, sizeof(*plan->entries));
	}
	struct sandbox_entry *entry = &plan->entries[plan->entry_count++];
	*entry = (struct sandbox_entry){
	    .host = os_strdup(host), .inside = os_strdup(inside), .kind = kind, .tree = -1};
	return entry;
}

static bool path_is_good(const char *path)
{
	return path[0] == '/' && path[1] != '\0' && strlen(path) < PATH_MAX / 2 &&
	       strstr(path, "/../") == NULL && strstr(path, "//") == NULL;
}

/* /lib is a link to usr/lib on merged systems: it is then a link inside as well. */
static void add_system(struct sandbox_plan *plan, const char *const *paths, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct sandbox_entry *entry = add(plan, paths[i], paths[i], SANDBOX_READ_ONLY);
		entry->optional = true;
		char link[256];
		ssize_t n = strncmp(paths[i], "/lib", 4) == 0
				? readlink(paths[i], link, sizeof(link) - 1)
				: -1;
		if (n > 0) {
			link[n] = '\0';
			entry->link = os_strdup(link);
		}
	}
}

static char *name_under(const char *folder, const char *path)
{
	const char *slash = strrchr(path, '/');
	return os_format("%s/%s", folder, slash != NULL ? slash + 1 : path);
}

static void add_named(struct sandbox_plan *plan)
{
	const struct os_sandbox_options *options = plan->options;
	plan->program_inside = name_under("/strata/bin", options->program);
	add(plan, options->program, plan->program_inside, SANDBOX_READ_ONLY);
	for (size_t i = 0; options->libraries != NULL && options->libraries[i] != NULL; i++) {
		char *inside = name_under("/strata/lib", options->libraries[i]);
		add(plan, options->libraries[i], inside, SANDBOX_READ_ONLY);
		os_free(inside);
	}
	for (size_t i = 0; i < options->bind_count; i++) {
		const struct os_sandbox_bind *bind = &options->binds[i];
		add(plan, bind->host, bind->inside != NULL ? bind->inside : bind->host,
		    SANDBOX_READ_ONLY);
	}
	if (options->bundle != NULL) {
		add(plan, options->bundle, "/app", SANDBOX_READ_ONLY);
	}
	if (options->container != NULL) {
		add(plan, options->container, "/data", SANDBOX_CONTAINER);
	}
}

int sandbox_root_plan(struct sandbox_plan *plan, struct os_error *ret_error)
{
	add_system(plan, s_system_paths, OS_ARRAY_LEN(s_system_paths));
	if (plan->options->network) {
		add_system(plan, s_network_paths, OS_ARRAY_LEN(s_network_paths));
	}
	for (size_t i = 0; i < OS_ARRAY_LEN(s_devices); i++) {
		add(plan, s_devices[i], s_devices[i], SANDBOX_DEVICE);
	}
	add_named(plan);
	for (size_t i = 0; i < plan->entry_count; i++) {
		const struct sandbox_entry *entry = &plan->entries[i];
		if (!path_is_good(entry->host) || !path_is_good(entry->inside)) {
			return os_error_set(ret_error, -EINVAL,
					    "\"%s\" is not an absolute path without \"..\"",
					    entry->host);
		}
	}
	return 0;
}

/* --- Copies of the mounts ------------------------------------------------------------------------- */

static int set_attributes(int tree, enum sandbox_entry_kind kind)
{
	struct attributes attributes = {.propagation = MS_PRIVATE};
	switch (kind) {
	case SANDBOX_READ_ONLY:
		attributes.set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
		break;
	case SANDBOX_DEVICE:
		attributes.set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC;
		break;
	case SANDBOX_CONTAINER:
		attributes.set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
		break;
	}
	return syscall(SYS_mount_setattr, tree, "", AT_EMPTY_PATH | AT_RECURSIVE, &attributes,
		       sizeof(attributes)) < 0
		   ? -errno
		   : 0;
}

static int gather_one(struct sandbox_entry *entry, struct sandbox_failure *failure)
{
	struct stat status;
	entry->tree = (int)syscall(SYS_open_tree, AT_FDCWD, entry->host,
				   OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE);
	if (entry->tree < 0 && errno == ENOENT && entry->optional) {
		return 0;
	}
	if (entry->tree < 0 || fstat(entry->tree, &status) < 0) {
		return sandbox_fail(failure, -errno, "copying the mount of %.100s", entry->host);
	}
	entry->folder = S_ISDIR(status.st_mode);
	int result = set_attributes(entry->tree, entry->kind);
	return result < 0 ? sandbox_fail(failure, result, "making %.100s read-only", entry->host)
			  : 0;
}

int sandbox_root_gather(struct sandbox_plan *plan, struct sandbox_failure *failure)
{
	for (size_t i = 0; i < plan->entry_count; i++) {
		struct sandbox_entry *entry = &plan->entries[i];
		int result = entry->link != NULL ? 0 : gather_one(entry, failure);
		if (result < 0) {
			return result;
		}
	}
	return 0;
}

/* --- The tree --------------------------------------------------------------------------------------- */

/* Makes the folders above a path that is relative to the current folder. */
static int make_parents(const char *relative)
{
	char path[PATH_MAX];
	snprintf(path, sizeof(path), "%s", relative);
	for (char *slash = strchr(path, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(path, 0755) < 0 && errno != EEXIST) {
			return -errno;
		}
		*slash = '/';
	}
	return 0;
}

static int place(const struct sandbox_entry *entry)
{
	const char *path = entry->inside + 1;
	int result = make_parents(path);
	if (result < 0 || (entry->tree < 0 && entry->link == NULL)) {
		return result;
	}
	if (entry->link != NULL) {
		return symlink(entry->link, path) < 0 ? -errno : 0;
	}
	if (entry->folder) {
		result = mkdir(path, 0755) < 0 && errno != EEXIST ? -errno : 0;
	} else {
		int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0444);
		result = fd < 0 ? -errno : 0;
		close(fd);
	}
	if (result == 0 &&
	    syscall(SYS_move_mount, entry->tree, "", AT_FDCWD, path, MOVE_MOUNT_F_EMPTY_PATH) < 0) {
		result = -errno;
	}
	close(entry->tree);
	return result;
}

/* Only pids are shown, and only those that the app could trace, where the kernel can do so (5.8). */
static int mount_proc(void)
{
	static const char *const options[] = {"subset=pid,hidepid=invisible", "hidepid=2", ""};
	int result = mkdir("proc", 0555) < 0 ? -errno : -EINVAL;
	for (size_t i = 0; i < OS_ARRAY_LEN(options) && result == -EINVAL; i++) {
		result =
		    mount("proc", "proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, options[i]) < 0
			? -errno
			: 0;
	}
	return result;
}

static int leave_old_root(void)
{
	if (syscall(SYS_pivot_root, ".", ".") < 0 || umount2(".", MNT_DETACH) < 0 ||
	    chdir("/") < 0) {
		return -errno;
	}
	return mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV,
		     NULL) < 0
		   ? -errno
		   : 0;
}

/* A tmpfs over some folder that every system has; the copies were taken before it was hidden. */
static int begin_tree(void)
{
	static const char *const folders[] = {"/tmp", "/run", "/mnt", "/var"};
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0) {
		return -errno;
	}
	int result = -ENOENT;
	for (size_t i = 0; i < OS_ARRAY_LEN(folders); i++) {
		if (mount("strata", folders[i], "tmpfs", MS_NOSUID | MS_NODEV,
			  "mode=0755,size=256k,nr_inodes=512") == 0) {
			return chdir(folders[i]) < 0 ? -errno : 0;
		}
		result = -errno;
	}
	return result;
}

int sandbox_root_enter(struct sandbox_plan *plan, struct sandbox_failure *failure)
{
	int result = begin_tree();
	if (result < 0) {
		return sandbox_fail(failure, result, "mounting the private root");
	}
	for (size_t i = 0; i < plan->entry_count; i++) {
		result = place(&plan->entries[i]);
		if (result < 0) {
			return sandbox_fail(failure, result, "placing %.100s",
					    plan->entries[i].inside);
		}
	}
	result = mount_proc();
	if (result < 0) {
		return sandbox_fail(failure, result, "mounting /proc");
	}
	result = leave_old_root();
	return result < 0 ? sandbox_fail(failure, result, "leaving the old root") : 0;
}
