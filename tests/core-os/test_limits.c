/* F7: a memory limit per app. Skipped, with the reason, where control groups are not writable. */
#include "test.h"

#include <errno.h>
#include <os/limits.h>
#include <os/status.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static struct os_limits *make(int64_t memory_bytes, int64_t pids)
{
	char name[64];
	snprintf(name, sizeof(name), "test-%d", getpid());
	struct os_limits_options options = {.struct_size = sizeof(options),
					    .name = name,
					    .memory_bytes = memory_bytes,
					    .pids = pids};
	struct os_limits *limits = NULL;
	struct os_error error;
	if (os_limits_create(&options, &limits, &error) < 0) {
		print_message("skipped: %s\n", error.text);
		skip();
	}
	return limits;
}

static void a_name_cannot_lead_elsewhere(void **state)
{
	struct os_limits *limits = NULL;
	struct os_error error;
	struct os_limits_options options = {.struct_size = sizeof(options), .name = "../up"};
	assert_int_equal(os_limits_create(&options, &limits, &error), -EINVAL);
}

static void available_says_why_not(void **state)
{
	char reason[300] = "", mend[300] = "x";
	bool available = os_limits_available(reason, sizeof(reason), mend, sizeof(mend));
	assert_true(strlen(reason) > 0);
	assert_int_equal(strlen(mend) == 0, available);
}

static void more_memory_than_allowed_kills(void **state)
{
	struct os_limits *limits = make(32 << 20, 0);
	assert_int_equal(os_limits_count_memory_kills(limits), 0);
	pid_t pid = fork();
	if (pid == 0) {
		if (os_limits_add(limits, 0) < 0) {
			_exit(3);
		}
		size_t size = 96 << 20;
		char *memory =
		    mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		memset(memory, 1, size);
		_exit(0);
	}
	int status = 0;
	waitpid(pid, &status, 0);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGKILL);
	assert_int_equal(os_limits_count_memory_kills(limits), 1);
	/* Who takes over a group that was left behind does not inherit its dead. */
	struct os_limits *again = make(32 << 20, 0);
	assert_int_equal(os_limits_count_memory_kills(again), 0);
	os_limits_release(again);
	assert_null(os_limits_release(limits));
}

static void less_memory_than_allowed_is_counted(void **state)
{
	struct os_limits *limits = make(64 << 20, 0);
	int done[2], go[2];
	assert_int_equal(pipe(done), 0);
	assert_int_equal(pipe(go), 0);
	pid_t pid = fork();
	if (pid == 0) {
		size_t size = 16 << 20;
		(void)os_limits_add(limits, 0);
		char *memory =
		    mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		memset(memory, 1, size);
		close(go[1]);
		_exit(write(done[1], "x", 1) == 1 && read(go[0], &size, 1) == 0 ? 0 : 1);
	}
	char byte;
	assert_int_equal(read(done[0], &byte, 1), 1);
	assert_true(os_limits_memory_used(limits) > 12 << 20);
	close(go[1]);
	int status = 0;
	waitpid(pid, &status, 0);
	assert_int_equal(status, 0);
	os_limits_release(limits);
	close(done[0]), close(done[1]), close(go[0]);
}

static void more_processes_than_allowed_are_refused(void **state)
{
	test_needs_kernel("processes of one thread each");
	struct os_limits *limits = make(64 << 20, 3);
	if (!os_limits_has_pids(limits)) {
		os_limits_release(limits);
		print_message("skipped: the pids controller is not writable here\n");
		skip();
	}
	pid_t pid = fork();
	if (pid == 0) {
		(void)os_limits_add(limits, 0);
		pid_t children[10];
		int made = 0;
		while (made < 10 && (children[made] = fork()) >= 0) {
			if (children[made] == 0) {
				pause();
				_exit(0);
			}
			made++;
		}
		for (int i = 0; i < made; i++) {
			kill(children[i], SIGKILL);
			waitpid(children[i], NULL, 0);
		}
		_exit(made);
	}
	/* Three in all: the first process and two children. */
	int status = 0;
	waitpid(pid, &status, 0);
	assert_int_equal(WEXITSTATUS(status), 2);
	os_limits_release(limits);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_name_cannot_lead_elsewhere),
	    cmocka_unit_test(available_says_why_not),
	    cmocka_unit_test(more_memory_than_allowed_kills),
	    cmocka_unit_test(less_memory_than_allowed_is_counted),
	    cmocka_unit_test(more_processes_than_allowed_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
