/* A folder in the place of /sys, for one test.
 *
 *	struct sys_folder sys;
 *	sys_begin(&sys);
 *	sys_write(&sys, "class/backlight/panel/max_brightness", "255\n");
 *	… sys.folder is its descriptor, sys.path its path …
 *	sys_end(&sys);
 */
#ifndef TEST_SYS_FOLDER_H
#define TEST_SYS_FOLDER_H

#include "test_folder.h"

#include <sys/stat.h>

struct sys_folder {
	char path[64];
	int folder;
};

static inline void sys_begin(struct sys_folder *sys)
{
	sys->folder = test_folder_create(sys->path);
}

static inline void sys_end(struct sys_folder *sys)
{
	test_folder_destroy(sys->folder, sys->path);
}

static inline void sys_make_folders(const struct sys_folder *sys, const char *path)
{
	char part[256];
	for (const char *at = strchr(path, '/'); at != NULL; at = strchr(at + 1, '/')) {
		snprintf(part, sizeof(part), "%.*s", (int)(at - path), path);
		mkdirat(sys->folder, part, 0777);
	}
}

static inline void sys_write(const struct sys_folder *sys, const char *path, const char *text)
{
	sys_make_folders(sys, path);
	test_folder_write(sys->folder, path, text);
}

static inline void sys_link(const struct sys_folder *sys, const char *path, const char *target)
{
	sys_make_folders(sys, path);
	assert_int_equal(symlinkat(target, sys->folder, path), 0);
}

static inline const char *sys_read(const struct sys_folder *sys, const char *path)
{
	static char text[128];
	int fd = openat(sys->folder, path, O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	ssize_t length = read(fd, text, sizeof(text) - 1);
	text[length < 0 ? 0 : length] = '\0';
	close(fd);
	return text;
}

/* A file that answers to nobody: every read and write of it fails (a folder in its place). */
static inline void sys_break(const struct sys_folder *sys, const char *path)
{
	unlinkat(sys->folder, path, 0);
	assert_int_equal(mkdirat(sys->folder, path, 0777), 0);
}

#endif
