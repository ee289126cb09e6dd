#include "test.h"
#include "test_folder.h"

#include <os/path.h>
#include <os/status.h>

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "bundle_private.h"

struct folders {
	char from_path[64], to_path[64];
	int from, to;
};

static void setup(struct folders *folders)
{
	folders->from = test_folder_create(folders->from_path);
	folders->to = test_folder_create(folders->to_path);
}

static void teardown(struct folders *folders)
{
	test_folder_destroy(folders->from, folders->from_path);
	test_folder_destroy(folders->to, folders->to_path);
}

static void a_tree_is_copied(void **state)
{
	struct folders folders;
	setup(&folders);
	test_folder_write(folders.from, "a.txt", "hello");
	assert_int_equal(os_path_make_folders(folders.from, "deep/er"), 0);
	test_folder_write(folders.from, "deep/er/run", "x");
	assert_int_equal(fchmodat(folders.from, "deep/er/run", 04777, 0), 0);
	struct os_error error = {0};
	assert_int_equal(cs_bundle_copy(folders.from, folders.to, &error), 0);
	char text[8] = "";
	int fd = openat(folders.to, "a.txt", O_RDONLY);
	assert_int_equal(read(fd, text, sizeof(text)), 5);
	assert_string_equal(text, "hello");
	close(fd);
	struct stat info;
	assert_int_equal(fstatat(folders.to, "deep/er/run", &info, 0), 0);
	assert_int_equal(info.st_mode & 07777, 0755); /* no bits that were handed in */
	teardown(&folders);
}

static void only_files_and_folders_are(void **state)
{
	struct folders folders;
	setup(&folders);
	struct os_error error;
	assert_int_equal(mkfifoat(folders.from, "pipe", 0644), 0);
	assert_int_equal(cs_bundle_copy(folders.from, folders.to, &error), -EINVAL);
	assert_string_equal(error.text, "pipe: expected files and folders only");
	unlinkat(folders.from, "pipe", 0);
	assert_int_equal(symlinkat("/", folders.from, "root"), 0);
	assert_int_equal(cs_bundle_copy(folders.from, folders.to, &error), -ELOOP);
	unlinkat(folders.from, "root", 0);
	assert_int_equal(
	    os_path_make_folders(folders.from, "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17"), 0);
	assert_int_equal(cs_bundle_copy(folders.from, folders.to, &error), -ELOOP);
	assert_non_null(strstr(error.text, "at most 16 folders"));
	teardown(&folders);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_tree_is_copied),
	    cmocka_unit_test(only_files_and_folders_are),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
