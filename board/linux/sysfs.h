/* sysfs: the small files under /sys, read with suspicion. Private.
 *
 *	int64_t most;
 *	if (sysfs_read_int(folder, "max_brightness", &most) < 0) { … not there, or no number … }
 *
 * Paths are relative to a folder's descriptor, so that a test may bring a folder of its own. */
#ifndef LINUX_SYSFS_H
#define LINUX_SYSFS_H

#include <os/base.h>

#define SYSFS_TEXT 128 /* what is longer is no file of ours */
#define SYSFS_NAME 64

/* One line without its end. -ENOENT, -EACCES, -EIO …; -EINVAL: empty, too long, or not plain text. */
int sysfs_read_text(int folder, const char *path, char ret_text[SYSFS_TEXT]);
/* -EINVAL: not one decimal number, or none that a 64-bit integer holds. */
int sysfs_read_int(int folder, const char *path, int64_t *ret_value);
int sysfs_write_int(int folder, const char *path, int64_t value);

/* Calls fn with each entry of a folder in the order of their names, at most 512 of them; ends when
 * it says false. Entries with names longer than SYSFS_NAME are left out. */
void sysfs_each(int folder, const char *path, bool (*fn)(void *context, const char *name),
		void *context);
/* A folder below it; -1: there is none. The caller closes it. */
int sysfs_open(int folder, const char *path);

#endif
