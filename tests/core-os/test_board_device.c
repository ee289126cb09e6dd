/* F120 F142. A board's device with real processes, each played by the test child: stages from power-on,
 * what a service manager and its journal hear, the one app of a kiosk, its passcode, the splash. */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <os/clock.h>
#include <os/message.h>

#include "device/child.h"
#include "device/device.h"

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

static pid_t await_pid(struct device *device, const char *who, pid_t other_than)
{
	int64_t until_us = os_clock_real_us() + DEVICE_PATIENCE_US;
	pid_t pid;
	while ((pid = device_pid(device, who, NULL)) == 0 || pid == other_than) {
		assert_true(os_clock_real_us() < until_us);
	}
	return pid;
}

static void a_board_counts_from_power_on(void **state)
{
	const char *const board[] = {"walls=no", "board=yes", "splash=no", "kiosk=" CHILD_APP, NULL};
	const char *const none[] = {"walls=no", NULL};
	struct device device;
	start(&device, board);
	device_await_state(&device, CHILD_APP, OS_APP_FOREGROUND);
	device_pid(&device, "home", NULL);
	assert_string_equal(device.stages, "kernel services compositor home app ");
	assert_int_equal(device_stop(&device), 0);
	start(&device, none);
	device_pid(&device, "home", NULL);
	assert_string_equal(device.stages, "services compositor home ");
	assert_int_equal(device_stop(&device), 0);
}

static void await_datagram(int fd, const char *wanted)
{
	char text[128] = "";
	struct timeval patience = {.tv_sec = 20};
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	assert_true(recv(fd, text, sizeof(text) - 1, 0) > 0);
	assert_ptr_equal(strstr(text, wanted), text);
}

static void the_service_manager_hears_ready_and_stopping(void **state)
{
	char path[] = "/tmp/strata-test-XXXXXX", option[64];
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	struct device device;
	assert_non_null(mkdtemp(path));
	snprintf(address.sun_path, sizeof(address.sun_path), "%s/notify", path);
	snprintf(option, sizeof(option), "notify=%s/notify", path);
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	const char *const extra[] = {"walls=no", "board=yes", "splash=no", option, NULL};
	start(&device, extra);
	await_datagram(fd, "READY=1\n");
	device_disconnect(&device);
	kill(device.keeper, SIGTERM);
	await_datagram(fd, "STOPPING=1");
	assert_int_equal(device_wait_keeper(&device), 0);
	device_remove(&device);
	close(fd);
	unlink(address.sun_path);
	rmdir(path);
}

static void the_one_app_comes_back_however_it_ends(void **state)
{
	const char *const extra[] = {"walls=no", "board=yes", "splash=no", "kiosk=" CHILD_APP, NULL};
	struct device device;
	start(&device, extra);
	pid_t pid = await_pid(&device, CHILD_APP, 0);
	for (int i = 0; i < 3; i++) {
		kill(pid, SIGKILL);
		pid = await_pid(&device, CHILD_APP, pid);
	}
	assert_int_equal(device_quit(&device, CHILD_APP, false), 0);
	pid = await_pid(&device, CHILD_APP, pid);
	/* All else may die, too. */
	const char *const others[] = {"services", "compositor", "home"};
	for (size_t i = 0; i < OS_ARRAY_LEN(others); i++) {
		pid_t other = await_pid(&device, others[i], 0);
		kill(other, SIGKILL);
		await_pid(&device, others[i], other);
		assert_int_equal(device_pid(&device, CHILD_APP, NULL), pid);
	}
	pid_t supervisor = device_pid(&device, "supervisor", NULL);
	device_disconnect(&device);
	kill(supervisor, SIGKILL);
	device_connect(&device);
	await_pid(&device, CHILD_APP, pid);
	device_pid(&device, "home", NULL);
	assert_null(strstr(device.stages, "kernel")); /* power-on was long ago */
	assert_int_equal(device_stop(&device), 0);
}

static void one_that_dies_at_once_is_slowed_down(void **state)
{
	const char *const extra[] = {"walls=no", "board=yes", "splash=no", "kiosk=org.test.crash", NULL};
	struct device device;
	struct os_message message, reply;
	start(&device, extra);
	device.wanted = "waits 100 ms after 4 deaths";
	device_begin(&message, OS_SUPERVISOR_LOG);
	os_message_write_bool(&message, true);
	assert_int_equal(device_call(&device, &message, &reply), 0);
	os_message_finish(&reply);
	int64_t until_us = os_clock_real_us() + DEVICE_PATIENCE_US;
	while (device.line[0] == '\0') {
		os_loop_iterate(device.loop, 100 * OS_US_PER_MS);
		assert_true(os_clock_real_us() < until_us);
	}
	assert_int_equal(device_stop(&device), 0);
}

/* --- Passcode -------------------------------------------------------------------------------------------- */

static int ask(struct device *device, enum os_supervisor_request request, const char *code, int64_t *ret_us)
{
	struct os_message message, reply;
	device_begin(&message, request);
	os_message_write_text(&message, code);
	assert_int_equal(device_call(device, &message, &reply), 0);
	int status = os_message_read_i32(&reply);
	*ret_us = os_message_read_i64(&reply);
	os_message_finish(&reply);
	return status;
}

static int check(struct device *device, const char *code, int64_t *ret_us)
{
	return ask(device, OS_SUPERVISOR_PASSCODE_CHECK, code, ret_us);
}

static void wrong_passcodes_cost_time_even_after_a_restart(void **state)
{
	const char *const extra[] = {"walls=no", "board=yes", "splash=no", NULL};
	struct device device;
	int64_t wait_us;
	start(&device, extra);
	assert_int_equal(check(&device, "2718", &wait_us), -ENOENT);
	assert_int_equal(ask(&device, OS_SUPERVISOR_PASSCODE_SET, "abc", &wait_us), -EINVAL);
	assert_int_equal(ask(&device, OS_SUPERVISOR_PASSCODE_SET, "2718", &wait_us), 0);
	assert_int_equal(check(&device, "", &wait_us), 0);
	assert_int_equal(check(&device, "2718", &wait_us), 0);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(check(&device, "1111", &wait_us), -EACCES);
		assert_int_equal(wait_us, 0);
	}
	assert_int_equal(check(&device, "1111", &wait_us), -EACCES);
	assert_in_range(wait_us, 1, 5 * OS_US_PER_S);
	assert_int_equal(check(&device, "2718", &wait_us), -EAGAIN);
	pid_t supervisor = device_pid(&device, "supervisor", NULL);
	device_disconnect(&device);
	kill(supervisor, SIGKILL);
	device_connect(&device);
	await_pid(&device, "home", 0);
	assert_int_equal(check(&device, "2718", &wait_us), -EAGAIN);
	assert_in_range(wait_us, 1, 5 * OS_US_PER_S);
	assert_int_equal(ask(&device, OS_SUPERVISOR_PASSCODE_SET, "31415", &wait_us), 0);
	assert_int_equal(check(&device, "31415", &wait_us), 0);
	assert_int_equal(ask(&device, OS_SUPERVISOR_PASSCODE_SET, "", &wait_us), 0);
	assert_int_equal(check(&device, "31415", &wait_us), -ENOENT);
	assert_int_equal(device_stop(&device), 0);
}

/* --- Splash ------------------------------------------------------------------------------------------------ */

static void write_script(const char *path, const char *format, ...)
{
	va_list values;
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	va_start(values, format);
	vfprintf(file, format, values);
	va_end(values);
	fclose(file);
	chmod(path, 0755);
}

/* The board's program is played: it says that it has shown its picture, and stays until it is told to
 * end. Services wait for it, so that home is not there before the picture is. */
static void a_splash_is_told_when_home_is_there(void **state)
{
	char folder[] = "/tmp/strata-test-XXXXXX", splash[64], services[64], shown[64], gone[64];
	char splash_option[96], services_option[96];
	struct device device;
	assert_non_null(mkdtemp(folder));
	snprintf(splash, sizeof(splash), "%s/splash", folder);
	snprintf(services, sizeof(services), "%s/services", folder);
	snprintf(shown, sizeof(shown), "%s/shown", folder);
	snprintf(gone, sizeof(gone), "%s/gone", folder);
	write_script(splash,
	             "#!/bin/sh\nfor word; do case $word in file=*) file=${word#file=} ;; esac; done\n"
	             "trap 'echo >%s; exit 0' TERM\necho \"$$ 1000 251000\" >\"$file\"\necho >%s\n"
	             "while :; do sleep 0.1; done\n", gone, shown);
	write_script(services, "#!/bin/sh\nuntil [ -e %s ]; do sleep 0.1; done\nexec %s\n", shown,
	             TEST_CHILD);
	snprintf(splash_option, sizeof(splash_option), "program.splash=%s", splash);
	snprintf(services_option, sizeof(services_option), "program.services=%s", services);
	const char *const extra[] = {"walls=no", "board=yes", splash_option, services_option, NULL};
	start(&device, extra);
	int64_t until_us = os_clock_real_us() + DEVICE_PATIENCE_US;
	while (access(gone, F_OK) < 0) {
		assert_true(os_clock_real_us() < until_us);
		os_loop_iterate(device.loop, 10 * OS_US_PER_MS);
	}
	device_pid(&device, "home", NULL);
	assert_string_equal(device.stages, "kernel splash services compositor home ");
	assert_int_equal(device_stop(&device), 0);
	const char *const files[] = {splash, services, shown, gone};
	for (size_t i = 0; i < OS_ARRAY_LEN(files); i++) {
		unlink(files[i]);
	}
	rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_board_counts_from_power_on),
		cmocka_unit_test(the_service_manager_hears_ready_and_stopping),
		cmocka_unit_test(the_one_app_comes_back_however_it_ends),
		cmocka_unit_test(one_that_dies_at_once_is_slowed_down),
		cmocka_unit_test(wrong_passcodes_cost_time_even_after_a_restart),
		cmocka_unit_test(a_splash_is_told_when_home_is_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
