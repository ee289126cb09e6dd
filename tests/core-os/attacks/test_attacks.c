/* F2 F3 F7 F144, and point 3 of what the first session shows: an app that attacks from inside its walls gets
 * nothing, and is stopped by the wall that is there for it; started by root and by an ordinary user,
 * from a checkout and a data folder below a folder of mode 0700.
 *
 *	test_attacks ATTACKER PROGRAM… LIBRARY… */
#include "test.h"

#include "walled_run.h"

#include <errno.h>
#include <os/hardware.h>
#include <os/sandbox.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define ORDINARY 65534

enum wall {
	ROOT,     /* the private root: it is not there */
	READING,  /* a read-only mount; Landlock may be asked first */
	INODE,    /* mount flags */
	PIDS,     /* the pid namespace: nobody of that number */
	HIDDEN,   /* pid 1 cannot be looked into: hidden in /proc, or refused */
	FILTER,   /* seccomp */
	ABSENT,   /* seccomp says that there is no such call */
	FD_LIMIT, /* a number that an app cannot have */
	FD_COUNT,
	LANDLOCK /* only where there is one */
};

/* clang-format off */
static const struct expectation {
	const char *attack;
	enum wall wall;
} s_expected[] = {
	{"other_by_host_path", ROOT}, {"other_by_parent", ROOT}, {"other_by_symlink", ROOT},
	{"parent_by_symlink", ROOT}, {"hardlink_out", READING}, {"rename_out", READING}, {"read_root_home", ROOT},
	{"read_home", ROOT}, {"read_shadow", ROOT}, {"read_passwd", ROOT}, {"read_run", ROOT}, {"read_sys", ROOT},
	{"read_tmp", ROOT}, {"open_graphics", ROOT}, {"open_input", ROOT}, {"open_memory_device", ROOT},
	{"open_terminal", ROOT}, {"open_kernel_log", ROOT}, {"open_shared_memory", ROOT}, {"write_bundle", READING},
	{"change_bundle", READING}, {"remove_from_bundle", READING}, {"write_library", READING},
	{"write_program", READING}, {"write_system", READING}, {"write_root", READING},
	{"write_device_folder", READING}, {"list_root", LANDLOCK}, {"make_device", FILTER}, {"make_fifo", FILTER},
	{"make_set_uid", FILTER}, {"run_code_from_container", INODE}, {"punch_hole", FILTER},
	{"remove_pages", FILTER}, {"make_memfd", FILTER}, {"make_secret_memory", FILTER}, {"name_by_handle", FILTER},
	{"open_by_handle", FILTER}, {"set_attribute", FILTER},

	{"make_by_fork", FILTER},
#ifdef __x86_64__
	{"make_by_old_fork", FILTER}, {"make_by_vfork", FILTER},
#endif
	{"make_by_clone", FILTER}, {"make_by_clone_vm", FILTER}, {"make_by_clone3", ABSENT}, {"run_program", FILTER},
	{"run_by_descriptor", FILTER}, {"run_by_the_number", FD_LIMIT}, {"raise_limit", FILTER},
	{"flood_descriptors", FD_COUNT}, {"limit_another", FILTER}, {"trace_init", FILTER}, {"be_traced", FILTER}, {"read_other_memory", FILTER},
	{"write_other_memory", FILTER}, {"see_host_process", PIDS}, {"kill_host_process", PIDS},
	{"open_host_process", FILTER}, {"enter_init_root", HIDDEN}, {"read_init_memory", HIDDEN},
	{"read_init_environment", HIDDEN}, {"read_init_descriptors", HIDDEN}, {"enter_namespace", FILTER},
	{"make_user_namespace", FILTER}, {"make_network_namespace", FILTER}, {"become_root", FILTER},
	{"become_another", FILTER}, {"join_groups", FILTER}, {"take_capabilities", FILTER},
	{"type_into_terminal", FILTER}, {"take_terminal", FILTER}, {"compare_processes", FILTER},

	{"mount_something", FILTER}, {"remount_bundle", FILTER}, {"unmount_bundle", FILTER}, {"turn_root", FILTER},
	{"change_root", FILTER}, {"copy_mount", FILTER}, {"move_a_mount", FILTER}, {"open_file_system", FILTER},
	{"name_host", FILTER}, {"use_keys", FILTER}, {"add_a_key", FILTER}, {"load_bpf", FILTER},
	{"open_perf", FILTER}, {"make_ring", FILTER}, {"watch_faults", FILTER}, {"load_module", FILTER},
	{"load_kernel", FILTER}, {"restart_machine", FILTER}, {"set_time", FILTER}, {"read_kernel_log", FILTER},
	{"write_core_pattern", ROOT}, {"write_trigger", ROOT}, {"swap", FILTER}, {"share_memory", FILTER},
	{"make_queue", FILTER}, {"watch_files", FILTER}, {"replace_filter", FILTER}, {"set_secure_bits", FILTER},
	{"change_personality", FILTER}, {"fill_pipe_from_memory", FILTER},

	{"open_inet", FILTER}, {"open_inet6", FILTER}, {"open_unix", FILTER}, {"open_netlink", FILTER},
	{"open_packet", FILTER}, {"open_vsock", FILTER}, {"open_pair", FILTER}, {"connect_port", FILTER},
	{"bind_port", FILTER}, {"listen_on_port", FILTER},

	{"open_gpio_chip", ROOT}, {"open_i2c_bus", ROOT}, {"open_serial_port", ROOT}, {"request_line", FILTER},
	{"request_old_line", FILTER}, {"configure_line", FILTER}, {"ask_chip", FILTER}, {"change_address", FILTER},
	{"force_address", FILTER}, {"widen_address", FILTER}, {"reach_any_address", FILTER}, {"share_port", FILTER},
	{"set_port", FILTER}, {"break_port", FILTER}, {"own_terminal", FILTER}, {"turn_terminal", FILTER},
	{"get_value", FILTER}, {"set_value", FILTER}, {"ask_bus", FILTER}, {"use_address", FILTER},
};

/* clang-format on */

static bool stopped_by(enum wall wall, int status)
{
	switch (wall) {
	case ROOT:
		return status == ENOENT;
	case READING:
		return status == EROFS || status == EACCES || status == EXDEV || status == ETXTBSY;
	case INODE:
	case FILTER:
		return status == EPERM;
	case PIDS:
		return status == ESRCH || status == ENOENT || status == EPERM;
	case HIDDEN:
		return status == ENOENT || status == EACCES || status == EPERM;
	case ABSENT:
		return status == ENOSYS;
	case FD_LIMIT:
		return status == EBADF;
	case FD_COUNT:
		return status == EMFILE;
	case LANDLOCK:
		return status == EACCES;
	}
	return false;
}

/* --- Fixture ------------------------------------------------------------------------------------------ */

static char *const *s_files;
static size_t s_file_count;
static struct walled_world s_world;
static struct walled_result s_result;
static struct os_sandbox_probe s_probe;

static int set_up_as(uid_t uid)
{
	memset(&s_result, 0, sizeof(s_result));
	walled_world_create(&s_world, uid, s_files, s_file_count);
	return 0;
}

static int set_up(void **state)
{
	return set_up_as(geteuid());
}

static int set_up_ordinary(void **state)
{
	return set_up_as(geteuid() == 0 ? ORDINARY : geteuid());
}

static int tear_down(void **state)
{
	walled_world_remove(&s_world);
	return 0;
}

static void run(const char *what)
{
	if ((s_probe.standing & OS_SANDBOX_NEEDED) != OS_SANDBOX_NEEDED) {
		print_message("skipped: %s (%s)\n", s_probe.sentence, s_probe.mend);
		skip();
	}
	struct walled_options options = {.what = what};
	walled_run(&s_world, &options, &s_result);
	if (s_result.error[0] != '\0') {
		print_message("%s\n", s_result.error);
	}
	assert_int_equal(s_result.launched, 0);
	assert_true(s_result.started);
	assert_int_equal(s_result.last, OS_SANDBOX_ENDED);
}

static const struct expectation *find(const char *attack)
{
	for (size_t i = 0; i < OS_ARRAY_LEN(s_expected); i++) {
		if (strcmp(s_expected[i].attack, attack) == 0) {
			return &s_expected[i];
		}
	}
	return NULL;
}

/* --- Tests ---------------------------------------------------------------------------------------------- */

static void every_attack_is_stopped_by_its_wall(void **state)
{
	run("attack");
	size_t seen = 0, passed = 0;
	char *save = NULL;
	for (char *line = strtok_r(s_result.output, "\n", &save); line != NULL;
	     line = strtok_r(NULL, "\n", &save)) {
		char attack[64] = "";
		int status = -1;
		assert_int_equal(sscanf(line, "%63s %d", attack, &status), 2);
		const struct expectation *expected = find(attack);
		assert_non_null(expected);
		if (expected->wall == LANDLOCK && s_probe.landlock_version == 0) {
			continue;
		}
		seen++;
		if (stopped_by(expected->wall, status)) {
			passed++;
		} else {
			print_message("%s: %s\n", attack,
				      status == 0 ? "SUCCEEDED" : strerror(status));
		}
	}
	if (s_probe.landlock_version == 0) {
		print_message("not tried: list_root (%s)\n", s_probe.landlock_sentence);
	}
	print_message("%zu attacks, %zu stopped\n", seen, passed);
	assert_int_equal(passed, seen);
	assert_true(seen >= OS_ARRAY_LEN(s_expected) - 1);
	assert_int_equal(s_result.status, 0);
}

static bool is_own_call(const char *attack)
{
	static const char *const own[] = {"get_value", "set_value", "ask_bus", "use_address"};
	for (size_t i = 0; i < OS_ARRAY_LEN(own); i++) {
		if (strcmp(own[i], attack) == 0) {
			return true;
		}
	}
	return false;
}

/* An app that was granted lines of every kind still opens none, and turns none into another one. */
static void granted_lines_open_no_more_than_themselves(void **state)
{
	struct walled_options options = {.what = "lines",
					 .hardware = (1u << OS_HARDWARE_KINDS) - 1};
	size_t seen = 0;
	char *save = NULL;
	walled_run(&s_world, &options, &s_result);
	assert_string_equal(s_result.error, "");
	for (char *line = strtok_r(s_result.output, "\n", &save); line != NULL;
	     line = strtok_r(NULL, "\n", &save)) {
		char attack[64] = "";
		int status = -1;
		assert_int_equal(sscanf(line, "%63s %d", attack, &status), 2);
		const struct expectation *expected = find(attack);
		assert_non_null(expected);
		bool good = is_own_call(attack) ? status == ENOTTY
						: stopped_by(expected->wall, status);
		if (!good) {
			fail_msg("%s: %s", attack, strerror(status));
		}
		seen++;
	}
	assert_int_equal(seen, 20);
}

static void expect_line(const char *line)
{
	if (strstr(s_result.output, line) == NULL) {
		print_message("no line \"%s\" in:\n%s\n", line, s_result.output);
		fail();
	}
}

static void an_app_has_what_it_may_have_and_no_more(void **state)
{
	run("facts");
	expect_line("descriptors 0 1 2 3\n");
	expect_line("CapInh:\t0000000000000000\n");
	expect_line("CapPrm:\t0000000000000000\n");
	expect_line("CapEff:\t0000000000000000\n");
	expect_line("CapBnd:\t0000000000000000\n");
	expect_line("CapAmb:\t0000000000000000\n");
	expect_line("NoNewPrivs:\t1\n");
	expect_line("Seccomp:\t2\n");
	expect_line("pid 2 uid 1000 host " WALLED_APP "\n");
	expect_line("other app named in mountinfo 0\n");
	/* Landlock does not let it list the folder; which devices are there, the attacks tell. */
	expect_line(s_probe.landlock_version > 0 ? "devices -1\n" : "devices 5\n");
	expect_line("processes 1\n");
	expect_line("threads 8\n");
	expect_line("resource 0\ncontainer 0\n");
	expect_line("null 0\nrandom 0\nfile 0\nmoved 0\nclock 1\nport 0\n");
	assert_int_equal(s_result.reports, 5);
	assert_true(s_result.pid_was_the_apps);
	assert_true(s_result.host_uid > 0);
	if (access("/etc/fonts/fonts.conf", R_OK) == 0) {
		expect_line("fonts 0\n");
	}
}

static void an_end_is_passed_on_as_it_was(void **state)
{
	run("exit");
	assert_true(WIFEXITED(s_result.status));
	assert_int_equal(WEXITSTATUS(s_result.status), 42);
	memset(&s_result, 0, sizeof(s_result));
	run("abort");
	assert_true(WIFSIGNALED(s_result.status));
	assert_int_equal(WTERMSIG(s_result.status), SIGABRT);
	memset(&s_result, 0, sizeof(s_result));
	run("fault");
	assert_true(WIFSIGNALED(s_result.status));
	assert_int_equal(WTERMSIG(s_result.status), SIGSEGV);
}

static void another_architectures_calls_kill(void **state)
{
#ifdef __x86_64__
	run("int80");
	assert_int_equal(s_result.status & 0x7f, SIGSYS);
	memset(&s_result, 0, sizeof(s_result));
	run("x32");
	assert_int_equal(s_result.status & 0x7f, SIGSYS);
#else
	skip();
#endif
}

static void the_supervisor_can_kill(void **state)
{
	struct walled_options options = {.what = "wait", .kill_with = SIGKILL};
	walled_run(&s_world, &options, &s_result);
	assert_true(s_result.started);
	assert_int_equal(s_result.status, SIGKILL);
}

static void without_a_wall_no_app_starts(void **state)
{
	struct walled_options options = {.what = "facts", .no_namespaces = true};
	walled_run(&s_world, &options, &s_result);
	assert_false(s_result.started);
	assert_int_equal(s_result.last, OS_SANDBOX_FAILED);
	assert_non_null(strstr(s_result.error, WALLED_APP " could not be started: "));
	assert_string_equal(s_result.output, "");
}

static void a_bundle_that_is_not_there_is_named(void **state)
{
	struct walled_options options = {.what = "facts",
					 .missing_bundle = "/tmp/strata-no-such-bundle"};
	walled_run(&s_world, &options, &s_result);
	assert_int_equal(s_result.last, OS_SANDBOX_FAILED);
	assert_non_null(
	    strstr(s_result.error, "/tmp/strata-no-such-bundle: No such file or directory"));
}

static void no_walls_means_none(void **state)
{
	struct walled_options options = {.what = "exit", .no_walls = true};
	walled_run(&s_world, &options, &s_result);
	assert_string_equal(s_result.error, "");
	assert_true(s_result.started);
	assert_int_equal(WEXITSTATUS(s_result.status), 42);
}

static void a_text_is_the_same_inside_and_outside(void **state)
{
	struct walled_options outside = {.program = "draw_app", .no_walls = true},
			      inside = {.program = "draw_app"};
	struct walled_result expected = {.launched = 0};
	walled_run(&s_world, &outside, &expected);
	assert_int_equal(expected.status, 0);
	walled_run(&s_world, &inside, &s_result);
	assert_int_equal(s_result.status, 0);
	assert_string_equal(s_result.output, expected.output);
}

/* F7. An app that takes more than it may is killed alone, and it is known why. */
static void memory_and_threads_are_limited(void **state)
{
	struct walled_options eats = {.what = "eat", .memory_bytes = 48 << 20};
	walled_run(&s_world, &eats, &s_result);
	if (s_result.launched == -ENOTSUP) {
		print_message("skipped: %s\n", s_result.error);
		skip();
	}
	assert_string_equal(s_result.error, "");
	assert_int_equal(s_result.status, SIGKILL);
	assert_int_equal(s_result.memory_kills, 1);
	struct walled_options floods = {.what = "flood", .memory_bytes = 256 << 20, .pids = 24};
	struct walled_result result = {.launched = 0};
	walled_run(&s_world, &floods, &result);
	if (!result.has_pids) {
		print_message("threads not tried: the pids controller is not writable here\n");
		return;
	}
	assert_int_equal(result.status, 0);
	assert_int_equal(atoi(result.output), 24 - 2); /* pid 1 and the app's first thread */
}

#define BOTH(test)                                                                                 \
	cmocka_unit_test_setup_teardown(test, set_up, tear_down),                                  \
	{                                                                                          \
#test ", as an ordinary user", test, set_up_ordinary, tear_down, NULL              \
	}

int main(int argc, char **argv)
{
	if (argc < 3 || argc > WALLED_FILES) {
		fprintf(stderr, "usage: test_attacks ATTACKER PROGRAM… LIBRARY…\n");
		return 2;
	}
	s_files = argv + 1;
	s_file_count = (size_t)argc - 1;
	(void)os_sandbox_probe(&s_probe);
	const struct CMUnitTest tests[] = {
	    BOTH(every_attack_is_stopped_by_its_wall),
	    BOTH(granted_lines_open_no_more_than_themselves),
	    BOTH(an_app_has_what_it_may_have_and_no_more),
	    BOTH(an_end_is_passed_on_as_it_was),
	    BOTH(another_architectures_calls_kill),
	    BOTH(the_supervisor_can_kill),
	    {"without_a_wall_no_app_starts", without_a_wall_no_app_starts, set_up_ordinary,
	     tear_down, NULL},
	    BOTH(a_bundle_that_is_not_there_is_named),
	    BOTH(no_walls_means_none),
	    BOTH(memory_and_threads_are_limited),
	    BOTH(a_text_is_the_same_inside_and_outside),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
