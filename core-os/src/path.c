/* Everything goes through open_beneath. openat2 follows links that stay inside; where there is no
 * openat2, each part is opened in turn and no link is followed at all, which is stricter. What
 * changes a name (remove, rename) opens the folder that holds it and works on the last part. */
#include <os/path.h>

#include "path_private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <os/memory.h>
#include <os/random.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PATH_MAX_BYTES 1023
#define FOLDER_FLAGS (O_RDONLY | O_DIRECTORY | O_CLOEXEC)
/* A tree deeper than this is a trick: each level holds a descriptor and a piece of the stack. */
#define DEPTH_MAX 64

static _Atomic bool s_openat2 = true;

void path_set_openat2(bool allowed)
{
	atomic_store(&s_openat2, allowed);
}

/* --- Names ------------------------------------------------------------------------------------ */

static bool is_safe_part(const char *part, size_t length)
{
	bool dots =
	    (length == 1 && part[0] == '.') || (length == 2 && part[0] == '.' && part[1] == '.');
	return length > 0 && length <= 255 && !dots;
}

bool os_path_is_safe(const char *relative)
{
	if (relative == NULL || strnlen(relative, PATH_MAX_BYTES + 1) > PATH_MAX_BYTES) {
		return false;
	}
	for (const char *part = relative;; part++) {
		size_t length = strcspn(part, "/");
		if (!is_safe_part(part, length)) {
			return false;
		}
		part += length;
		if (*part == '\0') {
			return true;
		}
	}
}

char *os_path_join(const char *folder, const char *name)
{
	size_t length = strlen(folder);
	while (length > 1 && folder[length - 1] == '/') {
		length--;
	}
	name += strspn(name, "/");
	const char *slash = length > 0 && folder[length - 1] != '/' ? "/" : "";
	return os_format("%.*s%s%s", (int)length, folder, slash, name);
}

/* --- Opening ---------------------------------------------------------------------------------- */

static bool is_link(int folder, const char *name)
{
	struct stat info;
	return fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(info.st_mode);
}

static int open_part(int folder, const char *name, int flags, unsigned mode)
{
	int fd = openat(folder, name, flags | O_NOFOLLOW | O_CLOEXEC, mode);
	int result = fd < 0 ? -errno : fd;
	if ((result == -ELOOP || result == -ENOTDIR) && is_link(folder, name)) {
		return -EXDEV;
	}
	/* O_PATH opens the link itself: only for who asked for that. */
	if (result >= 0 && (flags & O_PATH) != 0 && (flags & O_NOFOLLOW) == 0 &&
	    is_link(folder, name)) {
		close(result);
		return -EXDEV;
	}
	return result;
}

static int open_part_by_part(int folder, const char *relative, int flags, unsigned mode)
{
	char name[256];
	int at = folder;
	for (const char *part = relative;;) {
		size_t length = strcspn(part, "/");
		memcpy(name, part, length);
		name[length] = '\0';
		bool last = part[length] == '\0';
		int next = last ? open_part(at, name, flags, mode)
				: open_part(at, name, O_PATH | O_DIRECTORY, 0);
		if (at != folder) {
			close(at);
		}
		if (last || next < 0) {
			return next;
		}
		at = next;
		part += length + 1;
	}
}

static int open_beneath(int folder, const char *relative, int flags, unsigned mode)
{
	if (!os_path_is_safe(relative)) {
		return -EINVAL;
	}
	if (!atomic_load(&s_openat2)) {
		return open_part_by_part(folder, relative, flags, mode);
	}
	bool makes = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
	struct open_how how = {
	    .flags = (uint64_t)(unsigned)(flags | O_CLOEXEC),
	    .mode = makes ? mode : 0,
	    .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
	};
	int fd = (int)syscall(SYS_openat2, folder, relative, &how, sizeof(how));
	if (fd >= 0) {
		return fd;
	}
	if (errno == ENOSYS) {
		atomic_store(&s_openat2, false);
		return open_part_by_part(folder, relative, flags, mode);
	}
	return -errno;
}

int os_path_open(int folder, const char *relative, int flags, unsigned mode)
{
	return open_beneath(folder, relative, flags, mode);
}

/* Opens the folder that holds the last part, which is ret_name. */
static int open_parent(int folder, const char *relative, const char **ret_name)
{
	if (!os_path_is_safe(relative)) {
		return -EINVAL;
	}
	const char *slash = strrchr(relative, '/');
	*ret_name = slash != NULL ? slash + 1 : relative;
	if (slash == NULL) {
		int fd = openat(folder, ".", FOLDER_FLAGS);
		return fd < 0 ? -errno : fd;
	}
	char *parent = os_strndup(relative, (size_t)(slash - relative));
	int fd = open_beneath(folder, parent, FOLDER_FLAGS, 0);
	os_free(parent);
	return fd;
}

int os_path_make_folders(int folder, const char *relative)
{
	if (!os_path_is_safe(relative)) {
		return -EINVAL;
	}
	char *path = os_strdup(relative);
	int result = 0;
	for (char *end = path; result == 0 && end != NULL;) {
		end = strchr(end + 1, '/');
		if (end != NULL) {
			*end = '\0';
		}
		const char *name;
		int parent = open_parent(folder, path, &name);
		if (parent < 0) {
			result = parent;
		} else {
			result = mkdirat(parent, name, 0777) < 0 && errno != EEXIST ? -errno : 0;
			close(parent);
		}
		if (end != NULL) {
			*end = '/';
		}
	}
	os_free(path);
	return result;
}

int os_path_open_folder(int folder, const char *relative, bool create)
{
	int fd = open_beneath(folder, relative, FOLDER_FLAGS, 0);
	if (fd != -ENOENT || !create) {
		return fd;
	}
	int result = os_path_make_folders(folder, relative);
	return result < 0 ? result : open_beneath(folder, relative, FOLDER_FLAGS, 0);
}

bool os_path_exists(int folder, const char *relative)
{
	int fd = open_beneath(folder, relative, O_PATH, 0);
	if (fd < 0) {
		return false;
	}
	close(fd);
	return true;
}

/* --- Trees ------------------------------------------------------------------------------------ */

/* A folder inside another; links are not followed. */
static DIR *open_sub_folder(int folder, const char *name)
{
	int fd = openat(folder, name, FOLDER_FLAGS | O_NOFOLLOW);
	if (fd < 0) {
		return NULL;
	}
	DIR *stream = fdopendir(fd);
	if (stream == NULL) {
		close(fd);
	}
	return stream;
}

static const struct dirent *next_entry(DIR *stream)
{
	const struct dirent *entry;
	do {
		entry = readdir(stream);
	} while (entry != NULL && !is_safe_part(entry->d_name, strlen(entry->d_name)));
	return entry;
}

/* Where a removal stands. A folder that lies too deep is moved up into the top one, whose entries
 * are then gone through once more. */
struct removal {
	int top;
	int depth;
	bool moved_up;
	int result;
};

static int move_up(struct removal *removal, int parent, const char *name)
{
	char raised[32];
	snprintf(raised, sizeof(raised), "removed-%016llx", (unsigned long long)os_random_u64());
	removal->moved_up = true;
	return renameat(parent, name, removal->top, raised) < 0 ? -errno : 0;
}

/* For removal: also one whose owner took his own permission to list it away. */
static DIR *open_stubborn_folder(int parent, const char *name)
{
	DIR *stream = open_sub_folder(parent, name);
	if (stream != NULL || errno != EACCES) {
		return stream;
	}
	int fd = openat(parent, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0) {
		return NULL;
	}
	char link[32];
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	int result = chmod(link, 0700);
	close(fd);
	return result == 0 ? open_sub_folder(parent, name) : NULL;
}

static int remove_entry(struct removal *removal, int parent, const char *name);

static int empty_folder(struct removal *removal, DIR *stream)
{
	int result = 0;
	const struct dirent *entry;
	removal->depth++;
	while (result == 0 && (entry = next_entry(stream)) != NULL) {
		result = remove_entry(removal, dirfd(stream), entry->d_name);
	}
	removal->depth--;
	return result;
}

static int remove_entry(struct removal *removal, int parent, const char *name)
{
	if (unlinkat(parent, name, 0) == 0 || errno == ENOENT) {
		return 0;
	}
	if (errno != EISDIR && errno != EPERM) {
		return -errno;
	}
	if (removal->depth >= DEPTH_MAX) {
		return move_up(removal, parent, name);
	}
	DIR *stream = open_stubborn_folder(parent, name);
	if (stream == NULL) {
		return -errno;
	}
	int result = empty_folder(removal, stream);
	closedir(stream);
	if (result == 0 && unlinkat(parent, name, AT_REMOVEDIR) < 0 && errno != ENOENT) {
		result = -errno;
	}
	return result;
}

static int remove_tree(int parent, const char *name)
{
	DIR *stream = open_stubborn_folder(parent, name);
	if (stream == NULL) {
		return -errno;
	}
	struct removal removal = {.top = dirfd(stream)};
	int result;
	do {
		removal.moved_up = false;
		rewinddir(stream);
		result = empty_folder(&removal, stream);
	} while (result == 0 && removal.moved_up);
	closedir(stream);
	return result == 0 && unlinkat(parent, name, AT_REMOVEDIR) < 0 ? -errno : result;
}

int os_path_remove(int folder, const char *relative)
{
	const char *name;
	int parent = open_parent(folder, relative, &name);
	if (parent < 0) {
		return parent;
	}
	int result = unlinkat(parent, name, 0) < 0 ? -errno : 0;
	if (result == -EISDIR || result == -EPERM) {
		result = remove_tree(parent, name);
	}
	close(parent);
	return result;
}

int os_path_rename(int folder, const char *from, const char *to)
{
	const char *from_name, *to_name;
	int from_parent = open_parent(folder, from, &from_name);
	if (from_parent < 0) {
		return from_parent;
	}
	int to_parent = open_parent(folder, to, &to_name);
	if (to_parent < 0) {
		close(from_parent);
		return to_parent;
	}
	int result = renameat(from_parent, from_name, to_parent, to_name) < 0 ? -errno : 0;
	close(from_parent);
	close(to_parent);
	return result;
}

static int64_t entry_size(int parent, const char *name, int depth)
{
	struct stat info;
	if (fstatat(parent, name, &info, AT_SYMLINK_NOFOLLOW) < 0) {
		return -errno;
	}
	int64_t size = (int64_t)info.st_blocks * 512;
	if (!S_ISDIR(info.st_mode)) {
		return size;
	}
	if (depth >= DEPTH_MAX) {
		return -ELOOP;
	}
	DIR *stream = open_sub_folder(parent, name);
	if (stream == NULL) {
		return -errno;
	}
	const struct dirent *entry;
	while (size >= 0 && (entry = next_entry(stream)) != NULL) {
		int64_t more = entry_size(dirfd(stream), entry->d_name, depth + 1);
		if (more != -ENOENT) { /* gone since it was listed */
			size = more < 0 ? more : size + more;
		}
	}
	closedir(stream);
	return size;
}

int64_t os_path_tree_size(int folder, const char *relative)
{
	const char *name;
	int parent = open_parent(folder, relative, &name);
	if (parent < 0) {
		return parent;
	}
	int64_t size = entry_size(parent, name, 0);
	close(parent);
	return size;
}
