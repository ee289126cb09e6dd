/* sqlite opens files by path, while a container is a descriptor. */
#include <os/memory.h>

#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store_private.h"

static bool is_same_folder(int folder, const char *path)
{
	struct stat ours, there;
	return fstat(folder, &ours) == 0 && stat(path, &there) == 0 &&
	       ours.st_dev == there.st_dev && ours.st_ino == there.st_ino;
}

/* Behind walls the descriptor's own name is one of the world outside, and the container is bound at
 * /data. Either is used only if it leads to the very same folder. */
char *cs_folder_copy_path(int folder)
{
	char link[64], path[PATH_MAX];
	snprintf(link, sizeof(link), "/proc/self/fd/%d", folder);
	ssize_t length = readlink(link, path, sizeof(path) - 1);
	if (length > 0) {
		path[length] = '\0';
		if (is_same_folder(folder, path)) {
			return os_strdup(path);
		}
	}
	return is_same_folder(folder, "/data") ? os_strdup("/data") : NULL;
}
