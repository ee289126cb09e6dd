/* F3: names inside one folder, and nothing outside it. */
#include "test_folder.h"

#include <errno.h>
#include <os/memory.h>
#include <os/path.h>
#include <sys/stat.h>

#include "path_private.h"

static char s_path[64];
static int s_outer, s_folder; /* the folder under test lies in the outer one */

static int setup(void **state)
{
	s_outer = test_folder_create(s_path);
	assert_int_equal(mkdirat(s_outer, "in", 0777), 0);
	s_folder = openat(s_outer, "in", O_RDONLY | O_DIRECTORY);
	test_folder_write(s_outer, "secret", "secret");
	return 0;
}

static int teardown(void **state)
{
	close(s_folder);
	test_folder_destroy(s_outer, s_path);
	path_set_openat2(true);
	return 0;
}

static void safe_names(void **state)
{
	const char *safe[] = {"a", "a/b", "a b", "...", "..a", "a/...", ".hidden", "\xc3\xa9"};
	const char *unsafe[] = {NULL, "",   "/",    "/a",   "a/",    "a//b",
				".",  "..", "a/..", "../a", "a/./b", "a/../b"};
	for (size_t i = 0; i < OS_ARRAY_LEN(safe); i++) {
		assert_true(os_path_is_safe(safe[i]));
	}
	for (size_t i = 0; i < OS_ARRAY_LEN(unsafe); i++) {
		assert_false(os_path_is_safe(unsafe[i]));
		assert_int_equal(os_path_open(s_folder, unsafe[i], O_RDONLY, 0), -EINVAL);
		assert_int_equal(os_path_remove(s_folder, unsafe[i]), -EINVAL);
		assert_int_equal(os_path_make_folders(s_folder, unsafe[i]), -EINVAL);
		assert_int_equal(os_path_tree_size(s_folder, unsafe[i]), -EINVAL);
		assert_int_equal(os_path_rename(s_folder, unsafe[i], "a"), -EINVAL);
		assert_false(os_path_exists(s_folder, unsafe[i]));
	}
	char longest[1025];
	memset(longest, 'a', sizeof(longest));
	for (size_t i = 200; i < sizeof(longest); i += 200) {
		longest[i] = '/';
	}
	longest[1023] = '\0';
	assert_true(os_path_is_safe(longest));
	longest[1023] = 'a';
	longest[1024] = '\0';
	assert_false(os_path_is_safe(longest));
}

static void use_links(void)
{
	struct stat info;
	assert_int_equal(symlinkat("../secret", s_folder, "up"), 0);
	assert_int_equal(symlinkat("/etc", s_folder, "etc"), 0);
	assert_int_equal(symlinkat("..", s_folder, "outer"), 0);
	assert_int_equal(os_path_open(s_folder, "up", O_RDONLY, 0), -EXDEV);
	assert_int_equal(os_path_open(s_folder, "etc/passwd", O_RDONLY, 0), -EXDEV);
	assert_int_equal(os_path_open(s_folder, "outer/made", O_WRONLY | O_CREAT, 0666), -EXDEV);
	assert_int_equal(os_path_make_folders(s_folder, "outer/made"), -EXDEV);
	assert_int_equal(os_path_remove(s_folder, "outer/secret"), -EXDEV);
	assert_int_equal(os_path_open_folder(s_folder, "etc", true), -EXDEV);
	assert_false(os_path_exists(s_folder, "up"));
	assert_int_equal(os_path_remove(s_folder, "outer"), 0); /* the link itself */
	assert_int_equal(fstatat(s_outer, "secret", &info, 0), 0);
}

static void links_lead_nowhere(void **state)
{
	use_links();
}

static void links_lead_nowhere_without_openat2(void **state)
{
	path_set_openat2(false);
	use_links();
}

static void use_files(void)
{
	int fd = os_path_open(s_folder, "a", O_WRONLY | O_CREAT, 0600);
	assert_true(fd >= 0);
	assert_int_equal(fcntl(fd, F_GETFD), FD_CLOEXEC);
	close(fd);
	fd = os_path_open_folder(s_folder, "x/y/z", true);
	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(os_path_make_folders(s_folder, "x/y/z"), 0);
	assert_int_equal(os_path_open_folder(s_folder, "x/none", false), -ENOENT);
	assert_int_equal(os_path_rename(s_folder, "a", "x/y/z/b"), 0);
	assert_true(os_path_exists(s_folder, "x/y/z/b"));
	assert_false(os_path_exists(s_folder, "a"));
	assert_int_equal(os_path_open(s_folder, "x/y/z/b/c", O_RDONLY, 0), -ENOTDIR);
	assert_int_equal(os_path_remove(s_folder, "x"), 0);
	assert_false(os_path_exists(s_folder, "x"));
	assert_int_equal(os_path_remove(s_folder, "x"), -ENOENT);
}

static void files_and_folders(void **state)
{
	use_files();
}

static void files_and_folders_without_openat2(void **state)
{
	path_set_openat2(false);
	use_files();
}

static void a_bottomless_tree_is_removed(void **state)
{
	int at = dup(s_folder);
	for (int i = 0; i < 300; i++) {
		assert_int_equal(mkdirat(at, "d", 0777), 0);
		test_folder_write(at, "f", "x");
		int next = openat(at, "d", O_RDONLY | O_DIRECTORY);
		close(at);
		at = next;
	}
	close(at);
	assert_int_equal(os_path_tree_size(s_folder, "d"), -ELOOP);
	assert_int_equal(os_path_remove(s_folder, "d"), 0);
	assert_false(os_path_exists(s_folder, "d"));
}

static void removal_does_not_follow_links(void **state)
{
	assert_int_equal(os_path_make_folders(s_folder, "d/e"), 0);
	assert_int_equal(symlinkat("../../..", s_folder, "d/e/out"), 0);
	assert_int_equal(fchmodat(s_folder, "d/e", 0, 0), 0); /* nor is it stopped by its owner */
	assert_int_equal(os_path_remove(s_folder, "d"), 0);
	assert_true(os_path_exists(s_outer, "secret"));
}

static void a_tree_has_a_size(void **state)
{
	char text[10001];
	memset(text, 'x', 10000);
	text[10000] = '\0';
	assert_int_equal(os_path_make_folders(s_folder, "d/e"), 0);
	test_folder_write(s_folder, "d/a", text);
	test_folder_write(s_folder, "d/e/b", text);
	assert_int_equal(symlinkat("../..", s_folder, "d/out"), 0);
	int64_t size = os_path_tree_size(s_folder, "d");
	assert_true(size >= 20000 && size < 100000);
	assert_int_equal(os_path_tree_size(s_folder, "none"), -ENOENT);
}

static void names_are_joined_with_one_slash(void **state)
{
	const char *rows[][3] = {{"a", "b", "a/b"},
				 {"a/", "b", "a/b"},
				 {"a//", "/b", "a/b"},
				 {"/", "b", "/b"},
				 {"", "b", "b"}};
	for (size_t i = 0; i < OS_ARRAY_LEN(rows); i++) {
		char *joined = os_path_join(rows[i][0], rows[i][1]);
		assert_string_equal(joined, rows[i][2]);
		os_free(joined);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(safe_names, setup, teardown),
	    cmocka_unit_test_setup_teardown(links_lead_nowhere, setup, teardown),
	    cmocka_unit_test_setup_teardown(links_lead_nowhere_without_openat2, setup, teardown),
	    cmocka_unit_test_setup_teardown(files_and_folders, setup, teardown),
	    cmocka_unit_test_setup_teardown(files_and_folders_without_openat2, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_bottomless_tree_is_removed, setup, teardown),
	    cmocka_unit_test_setup_teardown(removal_does_not_follow_links, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_tree_has_a_size, setup, teardown),
	    cmocka_unit_test_setup_teardown(names_are_joined_with_one_slash, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
