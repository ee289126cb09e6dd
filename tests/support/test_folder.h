/* A folder for one test, gone with it.
 *
 *	char path[64];
 *	int folder = test_folder_create(path);          a descriptor
 *	…
 *	test_folder_destroy(folder, path);
 */
#ifndef TEST_FOLDER_H
#define TEST_FOLDER_H

#include "test.h"

#include <fcntl.h>
#include <ftw.h>
#include <unistd.h>

static inline int test_folder_create(char path[64])
{
	strcpy(path, "/tmp/strata-test-XXXXXX");
	assert_non_null(mkdtemp(path));
	int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(folder >= 0);
	return folder;
}

static inline int test_folder_remove_one(const char *path, const struct stat *info, int kind,
					 struct FTW *at)
{
	return remove(path);
}

static inline void test_folder_destroy(int folder, const char *path)
{
	close(folder);
	nftw(path, test_folder_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static inline void test_folder_write(int folder, const char *name, const char *text)
{
	int fd = openat(folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
}

#endif
