/* F18: writes that survive a power cut, as far as one process can show it: every step may fail. */
#include "test_folder.h"

#include <dirent.h>
#include <errno.h>
#include <os/clock.h>
#include <os/file.h>
#include <os/memory.h>
#include <sys/stat.h>

#include "file_private.h"

static char s_path[64];
static int s_folder;

static int setup(void **state)
{
	s_folder = test_folder_create(s_path);
	return 0;
}

static int teardown(void **state)
{
	test_folder_destroy(s_folder, s_path);
	return 0;
}

static void assert_holds(const char *name, const char *text)
{
	struct os_buffer bytes = {0};
	assert_int_equal(os_file_read(s_folder, name, 1000, &bytes), 0);
	assert_string_equal(os_buffer_text(&bytes), text);
	os_buffer_finish(&bytes);
}

static int count_files(void)
{
	int count = 0;
	DIR *stream = opendir(s_path);
	while (readdir(stream) != NULL) {
		count++;
	}
	closedir(stream);
	return count - 2;
}

static void what_is_written_is_read(void **state)
{
	assert_int_equal(os_file_write_atomic(s_folder, "a", "one", 3), 0);
	assert_holds("a", "one");
	assert_int_equal(os_file_write_atomic(s_folder, "a", "", 0), 0);
	assert_holds("a", "");
	char *absolute = os_format("%s/b", s_path);
	assert_int_equal(os_file_write_atomic(AT_FDCWD, absolute, "two", 3), 0);
	assert_holds("b", "two");
	os_free(absolute);
	assert_int_equal(mkdirat(s_folder, "sub", 0777), 0);
	assert_int_equal(os_file_write_atomic(s_folder, "sub/c", "three", 5), 0);
	assert_holds("sub/c", "three");
	assert_int_equal(count_files(), 3);
}

static void one_write_syncs_file_and_folder(void **state)
{
	uint64_t before = os_file_sync_count();
	assert_int_equal(os_file_write_atomic(s_folder, "a", "one", 3), 0);
	assert_int_equal(os_file_sync_count() - before, 2);
}

static void a_failed_step_leaves_the_old_one_whole(void **state)
{
	assert_int_equal(os_file_write_atomic(s_folder, "a", "old", 3), 0);
	int result = -EIO;
	for (uint64_t n = 1; result == -EIO; n++) {
		file_fail_at(n);
		result = os_file_write_atomic(s_folder, "a", "new", 3);
		file_fail_at(0);
		assert_int_equal(count_files(), 1); /* nothing is left lying about */
		struct os_buffer bytes = {0};
		os_file_read(s_folder, "a", 10, &bytes);
		/* Only when all but the folder's sync was done may the new one be there unsaid. */
		assert_string_equal(bytes.bytes, n <= 4 ? "old" : "new");
		os_buffer_finish(&bytes);
	}
	assert_int_equal(result, 0);
	assert_holds("a", "new");
}

static void reading_is_bounded(void **state)
{
	struct os_buffer bytes = {0};
	os_buffer_add_text(&bytes, "x");
	test_folder_write(s_folder, "a", "12345");
	assert_int_equal(os_file_read(s_folder, "a", 4, &bytes), -EFBIG);
	assert_string_equal(bytes.bytes, "x");
	assert_int_equal(os_file_read(s_folder, "a", 5, &bytes), 0);
	assert_string_equal(bytes.bytes, "x12345");
	assert_int_equal(os_file_read(s_folder, "none", 5, &bytes), -ENOENT);
	assert_int_equal(os_file_read(s_folder, ".", 5, &bytes), -EISDIR);
	os_buffer_finish(&bytes);
	bytes.limit = 3;
	assert_int_equal(os_file_read(s_folder, "a", 5, &bytes), -ENOMEM);
	os_buffer_finish(&bytes);
	int endless = open("/dev", O_RDONLY | O_DIRECTORY);
	bytes.limit = 0;
	assert_int_equal(os_file_read(endless, "zero", 100000, &bytes), -EFBIG);
	assert_int_equal(bytes.length, 0);
	os_buffer_finish(&bytes);
	close(endless);
}

static void a_damaged_file_is_never_overwritten(void **state)
{
	os_clock_hold();
	os_clock_set_wall(INT64_C(1795366023) * OS_US_PER_S);
	char *names[2] = {NULL, NULL};
	for (int i = 0; i < 2; i++) {
		test_folder_write(s_folder, "a", i == 0 ? "first" : "second");
		assert_int_equal(os_file_set_aside(s_folder, "a", &names[i]), 0);
	}
	assert_string_equal(names[0], "a.damaged-2026-11-22T16.47.03");
	assert_string_equal(names[1], "a.damaged-2026-11-22T16.47.03-2");
	assert_holds(names[0], "first");
	assert_holds(names[1], "second");
	assert_int_equal(os_file_set_aside(s_folder, "a", NULL), -ENOENT);
	os_free(names[0]);
	os_free(names[1]);
	os_clock_run();
}

static void descriptors(void **state)
{
	int fds[2];
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(os_fd_set_nonblocking(fds[0], true), 0);
	assert_int_equal(fcntl(fds[0], F_GETFL) & O_NONBLOCK, O_NONBLOCK);
	assert_int_equal(os_fd_set_nonblocking(fds[0], false), 0);
	assert_int_equal(fcntl(fds[0], F_GETFL) & O_NONBLOCK, 0);
	char bytes[8] = "";
	assert_int_equal(os_fd_write(fds[1], "seven..", 7), 0);
	assert_int_equal(read(fds[0], bytes, sizeof(bytes)), 7);
	assert_string_equal(bytes, "seven..");
	assert_int_equal(os_fd_write(fds[0], "x", 1), -EBADF); /* the reading end */
	assert_int_equal(os_fd_close(fds[0]), -1);
	assert_int_equal(os_fd_close(-1), -1);
	assert_int_equal(os_fd_set_nonblocking(fds[0], true), -EBADF);
	close(fds[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(what_is_written_is_read, setup, teardown),
	    cmocka_unit_test_setup_teardown(one_write_syncs_file_and_folder, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_failed_step_leaves_the_old_one_whole, setup,
					    teardown),
	    cmocka_unit_test_setup_teardown(reading_is_bounded, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_damaged_file_is_never_overwritten, setup, teardown),
	    cmocka_unit_test_setup_teardown(descriptors, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
