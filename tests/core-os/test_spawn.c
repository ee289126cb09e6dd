/* The test starts itself again as the program that is spawned: `report` writes what it sees to its
 * log descriptor. */
#include "test.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <os/limits.h>
#include <os/spawn.h>
#include <os/status.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char s_self[512];

static int report(void)
{
	sigset_t blocked;
	sigprocmask(SIG_SETMASK, NULL, &blocked);
	DIR *folder = opendir("/proc/self/fd");
	struct dirent *entry;
	printf("fds");
	while (folder != NULL && (entry = readdir(folder)) != NULL) {
		if (entry->d_name[0] != '.' && atoi(entry->d_name) != dirfd(folder)) {
			printf(" %s", entry->d_name);
		}
	}
	if (folder != NULL) {
		closedir(folder);
	}
	printf("\nusr1 blocked %d\n", sigismember(&blocked, SIGUSR1));
	printf("umask %03o\n", umask(0));
	printf("no new privileges %d\n", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
	char word[8] = "";
	ssize_t n = read(3, word, sizeof(word) - 1);
	printf("third %.*s\n", (int)n, word);
	fflush(stdout);
	return 7;
}

static void read_all(int fd, char *text, size_t size)
{
	size_t length = 0;
	ssize_t n;
	while (length < size - 1 && (n = read(fd, text + length, size - 1 - length)) > 0) {
		length += (size_t)n;
	}
	text[length] = '\0';
}

static void a_program_gets_its_descriptors_and_no_other(void **state)
{
	int log[2], third[2], stray = open("/dev/zero", O_RDONLY);
	assert_int_equal(pipe(log), 0);
	assert_int_equal(pipe(third), 0);
	assert_true(stray >= 0);
	assert_int_equal(write(third[1], "abc", 3), 3);
	sigset_t mask, before;
	sigemptyset(&mask);
	sigaddset(&mask, SIGUSR1);
	sigprocmask(SIG_BLOCK, &mask, &before);
	const char *argv[] = {s_self, "report", NULL};
	int fds[] = {third[0]}, pidfd = -1;
	mode_t umask_before = umask(077);
	struct os_spawn_options options = {.struct_size = sizeof(options),
					   .program = s_self,
					   .argv = argv,
					   .log_fd = log[1],
					   .fds = fds,
					   .fd_count = 1};
	pid_t pid = 0;
	struct os_error error;
	assert_int_equal(os_spawn(&options, &pid, &pidfd, &error), 0);
	sigprocmask(SIG_SETMASK, &before, NULL);
	umask(umask_before);
	close(log[1]);
	char text[1000];
	read_all(log[0], text, sizeof(text));
	assert_string_equal(text, "fds 0 1 2 3\nusr1 blocked 0\numask 022\nno new privileges 1\nthird abc\n");
	int status = 0;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(WEXITSTATUS(status), 7);
	assert_true(pidfd >= 0);
	close(pidfd), close(log[0]), close(third[0]), close(third[1]), close(stray);
}

static void a_missing_program_is_an_error_that_names_it(void **state)
{
	struct os_spawn_options options = {
	    .struct_size = sizeof(options), .program = "/nowhere/at-all", .log_fd = -1};
	pid_t pid = -5;
	struct os_error error;
	assert_int_equal(os_spawn(&options, &pid, NULL, &error), -ENOENT);
	assert_non_null(strstr(error.text, "/nowhere/at-all"));
	assert_int_equal(pid, -5);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "report") == 0) {
		return report();
	}
	ssize_t n = readlink("/proc/self/exe", s_self, sizeof(s_self) - 1);
	s_self[n > 0 ? n : 0] = '\0';
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_program_gets_its_descriptors_and_no_other),
	    cmocka_unit_test(a_missing_program_is_an_error_that_names_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
