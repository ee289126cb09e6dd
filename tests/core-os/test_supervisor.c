/* F1 F10 F11 F113 F133 F145. The supervisor with real processes: boot, introductions, restarts, states,
 * the held clock's barrier, the end.
 * The device is a keeper and its children, all played by the test child. F142 */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <os/clock.h>
#include <os/file.h>
#include <os/message.h>
#include <os/sandbox.h>

#include "device/child.h"
#include "device/device.h"

static const char *const s_no_walls[] = {"walls=no", NULL};

static void start(struct device *device, const char *const *extra)
{
	char text[512];
	device_start(device, extra);
	assert_string_equal(device->report, "ok");
	device_connect(device);
	if (device_wait_booted(device, text, sizeof(text)) != 0) {
		fail_msg("boot: %s", text);
	}
}

static void send_signal(struct device *device, const char *who, int number)
{
	struct os_message message, reply;
	device_begin(&message, OS_SUPERVISOR_SIGNAL);
	os_message_write_text(&message, who);
	os_message_write_i32(&message, number);
	assert_int_equal(device_call(device, &message, &reply), 0);
	os_message_finish(&reply);
}

/* Asks services who said hello until somebody did, since that comes by another way than our asking. */
static void await_hellos(struct os_port *services, uint32_t count, struct child_facts *facts)
{
	int64_t until_us = os_clock_real_us() + DEVICE_PATIENCE_US;
	do {
		assert_int_equal(child_ask(services, facts), 0);
		assert_true(os_clock_real_us() < until_us);
	} while (facts->hellos < count);
}

static void a_device_boots_in_stages_and_stops_clean(void **state)
{
	struct device device;
	pid_t pids[16];
	start(&device, s_no_walls);
	size_t count = device_pids(&device, pids, OS_ARRAY_LEN(pids));
	assert_int_equal(count, 5); /* keeper, supervisor, services, compositor, home */
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(kill(pids[i], 0), 0);
	}
	assert_int_equal(pids[0], device.keeper);
	assert_int_equal(device_stop(&device), 0);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(kill(pids[i], 0), -1);
		assert_int_equal(errno, ESRCH);
	}
}

static void a_missing_program_fails_the_boot_and_says_so(void **state)
{
	struct device device;
	const char *const extra[] = {"program.compositor=/nowhere/strata-compositor", "walls=no", NULL};
	device_start(&device, extra);
	assert_string_equal(device.report, "ok");
	char text[512];
	device_connect(&device);
	assert_int_equal(device_wait_booted(&device, text, sizeof(text)), -ENOENT);
	assert_string_equal(text, "/nowhere/strata-compositor, the program of compositor, is not there");
	int status = device_wait_keeper(&device);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 1);
	device_remove(&device);
}

static void a_second_keeper_says_that_it_runs_already(void **state)
{
	struct device device;
	char argument[3][256];
	start(&device, s_no_walls);
	snprintf(argument[0], sizeof(argument[0]), "data=%s", device.data);
	snprintf(argument[1], sizeof(argument[1]), "runtime=%s", device.runtime);
	pid_t pid = fork();
	if (pid == 0) {
		execl(TEST_ROOT "/core-os/supervisor/strata-keeper", "strata-keeper", argument[0],
		      argument[1], "root=" TEST_ROOT, (char *)NULL);
		_exit(99);
	}
	int status;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(WEXITSTATUS(status), 3);
	assert_int_equal(device_stop(&device), 0);
}

static void killed_processes_are_back_and_the_rest_stays(void **state)
{
	const char *const roles[] = {"services", "compositor", "home"};
	struct device device;
	start(&device, s_no_walls);
	for (size_t i = 0; i < OS_ARRAY_LEN(roles); i++) {
		uint32_t launches;
		pid_t others[16], before = device_pid(&device, roles[i], NULL);
		size_t count = device_pids(&device, others, OS_ARRAY_LEN(others));
		int64_t until_us = os_clock_real_us() + DEVICE_BACK_US;
		kill(before, SIGKILL);
		pid_t now = 0;
		do {
			now = device_pid(&device, roles[i], &launches);
			assert_true(os_clock_real_us() < until_us);
		} while (now == 0 || now == before);
		assert_int_equal(launches, 2);
		for (size_t j = 0; j < count; j++) {
			assert_true(others[j] == before || kill(others[j], 0) == 0);
		}
	}
	assert_int_equal(device_stop(&device), 0);
}

/* One may still be introduced to a process that dies this moment: then one asks again. */
static int32_t meet_next_services(struct device *device, int32_t before)
{
	struct child_facts facts = {.pid = 0};
	int64_t until_us = os_clock_real_us() + DEVICE_PATIENCE_US;
	while (facts.pid == 0 || facts.pid == before) {
		struct os_port *services = device_meet(device, "services"); /* waits until it is there */
		child_ask(services, &facts);
		os_port_release(services);
		assert_true(os_clock_real_us() < until_us);
	}
	return facts.pid;
}

static void early_deaths_wait_longer_and_longer(void **state)
{
	struct device device;
	int32_t before = 0;
	start(&device, s_no_walls);
	for (int deaths = 0; deaths < 6; deaths++) {
		before = meet_next_services(&device, before);
		send_signal(&device, "services", SIGKILL);
	}
	meet_next_services(&device, before);
	struct os_message message, reply;
	device.wanted = "services waits 100 ms after 4 deaths";
	device_begin(&message, OS_SUPERVISOR_LOG);
	os_message_write_bool(&message, false);
	assert_int_equal(device_call(&device, &message, &reply), 0);
	uint32_t lines = os_message_read_u32(&reply);
	os_message_finish(&reply);
	while (device.lines < lines) {
		os_loop_iterate(device.loop, OS_US_PER_S);
	}
	assert_string_equal(device.line, device.wanted);
	assert_int_equal(device_stop(&device), 0);
}

static void introductions_survive_a_restart(void **state)
{
	struct device device;
	struct child_facts before, after;
	start(&device, s_no_walls);
	assert_true(device_launch(&device, CHILD_APP) > 0);
	device_await_state(&device, CHILD_APP, OS_APP_FOREGROUND);
	pid_t app = device_pid(&device, CHILD_APP, NULL);
	struct os_port *services = device_meet(&device, "services");
	await_hellos(services, 3, &before); /* compositor, home, app */
	assert_non_null(strstr(before.hellos_of, CHILD_APP));
	send_signal(&device, "services", SIGKILL);
	os_port_release(services);
	meet_next_services(&device, before.pid);
	services = device_meet(&device, "services");
	await_hellos(services, 3, &after); /* each asked again by itself */
	assert_int_not_equal(after.pid, before.pid);
	assert_int_equal(device_pid(&device, CHILD_APP, NULL), app);
	os_port_release(services);
	/* the record was kept: the app can be launched by a supervisor whose services are new */
	assert_int_equal(device_quit(&device, CHILD_APP, false), 0);
	assert_true(device_launch(&device, CHILD_APP) > 0);
	assert_int_equal(device_stop(&device), 0);
}

static void apps_change_states_and_stop_with_sigstop(void **state)
{
	struct device device;
	struct os_message message, reply;
	start(&device, s_no_walls);
	assert_int_equal(device_launch(&device, "org.test.nothing"), -ENOENT);
	assert_true(device_launch(&device, CHILD_APP) > 0);
	device_await_state(&device, CHILD_APP, OS_APP_FOREGROUND);
	const enum os_app_state states[] = {OS_APP_BACKGROUND, OS_APP_SUSPENDED, OS_APP_FOREGROUND};
	for (size_t i = 0; i < OS_ARRAY_LEN(states); i++) {
		device_begin(&message, OS_SUPERVISOR_SET_STATE);
		os_message_write_text(&message, CHILD_APP);
		os_message_write_u32(&message, states[i]);
		assert_int_equal(device_call(&device, &message, &reply), 0);
		os_message_finish(&reply);
		device_await_state(&device, CHILD_APP, states[i]);
	}
	/* one that is suspended still ends when it is asked to */
	device_begin(&message, OS_SUPERVISOR_SET_STATE);
	os_message_write_text(&message, CHILD_APP);
	os_message_write_u32(&message, OS_APP_SUSPENDED);
	assert_int_equal(device_call(&device, &message, &reply), 0);
	os_message_finish(&reply);
	assert_int_equal(device_quit(&device, CHILD_APP, false), 0);
	assert_int_equal(device_quit(&device, CHILD_APP, false), -ESRCH);
	assert_int_equal(device_stop(&device), 0);
}

static void the_background_suspends_after_five_seconds_of_the_devices_clock(void **state)
{
	struct device device;
	struct os_message message, reply;
	char text[512];
	start(&device, s_no_walls);
	assert_true(device_launch(&device, CHILD_APP) > 0);
	device_await_state(&device, CHILD_APP, OS_APP_FOREGROUND);
	assert_int_equal(device_clock(&device, OS_CLOCK_HOLD, 0, "", text, sizeof(text)), 0);
	device_begin(&message, OS_SUPERVISOR_SET_STATE);
	os_message_write_text(&message, CHILD_APP);
	os_message_write_u32(&message, OS_APP_BACKGROUND);
	assert_int_equal(device_call(&device, &message, &reply), 0);
	os_message_finish(&reply);
	assert_int_equal(device_clock(&device, OS_CLOCK_STEP_US, 4900000, "", text, sizeof(text)), 0);
	os_loop_iterate(device.loop, 0);
	device_await_state(&device, CHILD_APP, OS_APP_BACKGROUND);
	assert_int_equal(device_clock(&device, OS_CLOCK_STEP_US, 200000, "", text, sizeof(text)), 0);
	device_await_state(&device, CHILD_APP, OS_APP_SUSPENDED);
	assert_int_equal(device_stop(&device), 0);
}

/* The stacks follow a moment after the report; the function that aborted is named in them. */
static void await_text_in(const char *path, const char *text)
{
	int64_t until_us = os_clock_real_us() + DEVICE_PATIENCE_US;
	struct os_buffer bytes = {0};
	do {
		os_buffer_clear(&bytes);
		assert_int_equal(os_file_read(AT_FDCWD, path, 1 << 20, &bytes), 0);
		if (os_clock_real_us() > until_us) {
			fail_msg("waited for \"%s\" in:\n%s", text, os_buffer_text(&bytes));
		}
	} while (strstr(os_buffer_text(&bytes), text) == NULL);
	os_buffer_finish(&bytes);
}

static void crash_on(const char *const *extra)
{
	struct device device;
	struct os_message message, reply;
	start(&device, extra);
	device_launch(&device, "org.test.crash");
	device_await_state(&device, "org.test.crash", OS_APP_NOT_RUNNING);
	while (device.sentence[0] == '\0') {
		os_loop_iterate(device.loop, OS_US_PER_S);
	}
	assert_string_equal(device.sentence, "Test ended unexpectedly: it aborted (signal 6).");
	device_begin(&message, OS_SUPERVISOR_CRASHES);
	assert_int_equal(device_call(&device, &message, &reply), 0);
	assert_int_equal(os_message_read_count(&reply), 1);
	assert_true(os_message_read_i64(&reply) > 0);
	assert_string_equal(os_message_read_text(&reply), "org.test.crash");
	assert_true(os_message_read_i32(&reply) > 0);
	assert_string_equal(os_message_read_text(&reply), "it aborted (signal 6)");
	const char *report = os_message_read_text(&reply);
	await_text_in(report, "device/child.c");
	await_text_in(report, "core-os/src/loop.c:");
	os_message_finish(&reply);
	assert_int_equal(device_stop(&device), 0);
}

static void a_crash_is_recorded_and_told_in_a_sentence(void **state)
{
	crash_on(s_no_walls);
}

static void a_crash_behind_walls_names_the_hosts_files(void **state)
{
	struct os_sandbox_probe probe;
	if (!os_sandbox_probe(&probe)) {
		print_message("left out: %s\n", probe.sentence);
		return;
	}
	crash_on(NULL);
}

static void one_that_does_not_end_is_killed(void **state)
{
	struct device device;
	start(&device, s_no_walls);
	assert_true(device_launch(&device, "org.test.deaf") > 0);
	device_await_state(&device, "org.test.deaf", OS_APP_FOREGROUND);
	assert_int_equal(device_quit(&device, "org.test.deaf", false), 0);
	assert_true(device_launch(&device, "org.test.deaf") > 0);
	device_await_state(&device, "org.test.deaf", OS_APP_FOREGROUND);
	assert_int_equal(device_quit(&device, "org.test.deaf", true), 0);
	assert_int_equal(device_stop(&device), 0);
}

static void frames_are_stepped_one_by_one(void **state)
{
	struct device device;
	struct child_facts before, after;
	char text[512];
	start(&device, s_no_walls);
	struct os_port *compositor = device_meet(&device, "compositor");
	assert_int_equal(device_clock(&device, OS_CLOCK_STEP_FRAMES, 1, "", text, sizeof(text)), -EINVAL);
	assert_int_equal(device_clock(&device, OS_CLOCK_HOLD, 0, "", text, sizeof(text)), 0);
	assert_int_equal(child_ask(compositor, &before), 0);
	for (int i = 1; i <= 30; i++) {
		assert_int_equal(device_clock(&device, OS_CLOCK_STEP_FRAMES, 1, "", text, sizeof(text)), 0);
		assert_int_equal(child_ask(compositor, &after), 0);
		assert_int_equal(after.frames, before.frames + (uint64_t)i);
		assert_int_equal(after.now_us, before.now_us + i * CHILD_FRAME_US);
	}
	/* sixty frames in one step are sixty frames */
	assert_int_equal(device_clock(&device, OS_CLOCK_HOLD, 0, "", text, sizeof(text)), 0);
	assert_int_equal(child_ask(compositor, &before), 0);
	assert_int_equal(device_clock(&device, OS_CLOCK_STEP_FRAMES, 60, "", text, sizeof(text)), 0);
	assert_int_equal(child_ask(compositor, &after), 0);
	assert_int_equal(after.now_us, before.now_us + 60 * CHILD_FRAME_US);
	assert_int_equal(after.frames, before.frames + 60);
	assert_int_equal(device_clock(&device, OS_CLOCK_RUN, 0, "", text, sizeof(text)), 0);
	os_port_release(compositor);
	assert_int_equal(device_stop(&device), 0);
}

static void who_is_not_quiet_is_named_or_left_out(void **state)
{
	struct device device;
	struct os_message message, reply;
	char text[512];
	start(&device, s_no_walls);
	assert_int_equal(device_clock(&device, OS_CLOCK_HOLD, 0, "", text, sizeof(text)), 0);
	struct os_port *home = device_meet(&device, "home");
	os_message_init(&message, &s_child_requests[CHILD_BUSY], CHILD_BUSY);
	os_message_write_bool(&message, true);
	assert_int_equal(os_port_call_wait(home, &message, DEVICE_PATIENCE_US, &reply), 0);
	os_message_finish(&reply);
	assert_int_equal(device_clock(&device, OS_CLOCK_STEP_FRAMES, 1, "", text, sizeof(text)), -ETIMEDOUT);
	assert_string_equal(text, "org.strata.home is not quiet: busy");
	assert_int_equal(device_clock(&device, OS_CLOCK_STEP_FRAMES, 3, "org.strata.home", text, sizeof(text)), 0);
	/* a process that a signal stopped is left out by itself */
	send_signal(&device, "home", SIGSTOP);
	assert_int_equal(device_clock(&device, OS_CLOCK_STEP_FRAMES, 1, "", text, sizeof(text)), 0);
	send_signal(&device, "home", SIGCONT);
	os_port_release(home);
	assert_int_equal(device_stop(&device), 0);
}

static void the_supervisors_death_restarts_the_device(void **state)
{
	struct device device;
	char text[512];
	pid_t before[16], after[16];
	start(&device, s_no_walls);
	size_t count = device_pids(&device, before, OS_ARRAY_LEN(before));
	kill(before[1], SIGKILL); /* the supervisor */
	while (!device.closed) {
		os_loop_iterate(device.loop, OS_US_PER_S);
	}
	device_disconnect(&device);
	device_connect(&device);
	assert_int_equal(device_wait_booted(&device, text, sizeof(text)), 0);
	assert_int_equal(device_pids(&device, after, OS_ARRAY_LEN(after)), count);
	assert_int_equal(after[0], before[0]); /* the keeper */
	for (size_t i = 1; i < count; i++) {
		assert_int_equal(kill(before[i], 0), -1);
	}
	assert_int_equal(device_stop(&device), 0);
}

static void the_keepers_death_leaves_nothing(void **state)
{
	struct device device;
	pid_t pids[16];
	start(&device, s_no_walls);
	size_t count = device_pids(&device, pids, OS_ARRAY_LEN(pids));
	kill(device.keeper, SIGKILL);
	device_wait_keeper(&device);
	while (!device.closed) {
		os_loop_iterate(device.loop, OS_US_PER_S);
	}
	int64_t until_us = os_clock_real_us() + DEVICE_PATIENCE_US;
	for (size_t i = 1; i < count; i++) {
		while (kill(pids[i], 0) == 0 && os_clock_real_us() < until_us) {
			while (waitpid(-1, NULL, WNOHANG) > 0) {
			}
		}
		assert_int_equal(kill(pids[i], 0), -1);
	}
	device_remove(&device);
}

static void apps_and_home_live_behind_walls(void **state)
{
	struct device device;
	struct os_sandbox_probe probe;
	struct child_facts facts;
	if (!os_sandbox_probe(&probe)) {
		print_message("left out: %s\n", probe.sentence);
		return;
	}
	start(&device, NULL);
	pid_t app = device_launch(&device, CHILD_APP);
	assert_true(app > 0);
	device_await_state(&device, CHILD_APP, OS_APP_FOREGROUND);
	assert_int_equal(device_pid(&device, CHILD_APP, NULL), app);
	struct os_port *services = device_meet(&device, "services");
	await_hellos(services, 3, &facts);
	assert_non_null(strstr(facts.hellos_of, CHILD_APP));
	os_port_release(services);
	assert_int_equal(device_quit(&device, CHILD_APP, false), 0);
	assert_int_equal(kill(app, 0), -1);
	assert_int_equal(device_stop(&device), 0);
}

static void strangers_messages_close_their_port_only(void **state)
{
	struct device device;
	struct os_message message;
	start(&device, s_no_walls);
	struct device other = device;
	device_connect(&other);
	device_begin(&message, OS_SUPERVISOR_PUBLISH); /* tools have no "bundles" */
	struct os_launch_record record = {.app = "org.test.bad"};
	os_launch_record_write(&record, &message);
	os_port_send(other.port, &message);
	while (!other.closed) {
		os_loop_iterate(device.loop, OS_US_PER_S);
	}
	os_port_release(other.port);
	assert_true(device_pid(&device, "services", NULL) > 0);
	assert_int_equal(device_stop(&device), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_device_boots_in_stages_and_stops_clean),
		cmocka_unit_test(a_missing_program_fails_the_boot_and_says_so),
		cmocka_unit_test(a_second_keeper_says_that_it_runs_already),
		cmocka_unit_test(killed_processes_are_back_and_the_rest_stays),
		cmocka_unit_test(early_deaths_wait_longer_and_longer),
		cmocka_unit_test(introductions_survive_a_restart),
		cmocka_unit_test(apps_change_states_and_stop_with_sigstop),
		cmocka_unit_test(the_background_suspends_after_five_seconds_of_the_devices_clock),
		cmocka_unit_test(a_crash_is_recorded_and_told_in_a_sentence),
		cmocka_unit_test(a_crash_behind_walls_names_the_hosts_files),
		cmocka_unit_test(one_that_does_not_end_is_killed),
		cmocka_unit_test(frames_are_stepped_one_by_one),
		cmocka_unit_test(who_is_not_quiet_is_named_or_left_out),
		cmocka_unit_test(the_supervisors_death_restarts_the_device),
		cmocka_unit_test(the_keepers_death_leaves_nothing),
		cmocka_unit_test(apps_and_home_live_behind_walls),
		cmocka_unit_test(strangers_messages_close_their_port_only),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
