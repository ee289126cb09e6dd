/* Path: names inside one folder, and nothing outside it.
 *
 * Apps and services hold folders as descriptors and name what is in them by relative paths. These
 * functions refuse absolute paths, "..", empty parts (-EINVAL) and links that lead out (-EXDEV;
 * openat2 with RESOLVE_BENEATH; where a kernel or a filter has none, no link is followed).
 *
 *	int fd = os_path_open(container, "Documents/report.txt", O_RDONLY, 0);
 *
 * Thread: any. */
#ifndef OS_PATH_H
#define OS_PATH_H

#include <os/base.h>

/* True for a relative path of 1 to 1023 bytes with no empty, "." or ".." part and no NUL. */
OS_PUBLIC bool os_path_is_safe(const char *relative);
/* A descriptor with O_CLOEXEC, or -Exxx. */
OS_PUBLIC int os_path_open(int folder, const char *relative, int flags, unsigned mode);
OS_PUBLIC int os_path_open_folder(int folder, const char *relative, bool create);
OS_PUBLIC int os_path_make_folders(int folder, const char *relative);
OS_PUBLIC bool os_path_exists(int folder, const char *relative);
/* A file, or a tree of them however deep; links in it are removed, not followed. */
OS_PUBLIC int os_path_remove(int folder, const char *relative);
OS_PUBLIC int os_path_rename(int folder, const char *from, const char *to);
/* Bytes on the disk used by a tree of files. -ELOOP when it is more than 64 folders deep. */
OS_PUBLIC int64_t os_path_tree_size(int folder, const char *relative);
/* Joins with one slash; the caller frees. */
OS_PUBLIC char *os_path_join(const char *folder, const char *name);

#endif
