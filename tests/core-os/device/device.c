#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <os/clock.h>
#include <os/message.h>
#include <os/path.h>
#include <os/spawn.h>
#include <os/status.h>

#include "child.h"
#include "device.h"

#define ARGUMENTS 24

/* --- Life ---------------------------------------------------------------------------------------------- */

static void read_report(struct device *device, int fd)
{
	ssize_t length = read(fd, device->report, sizeof(device->report) - 1);
	device->report[length > 0 ? length - 1 : 0] = '\0';
	close(fd);
}

void device_start(struct device *device, const char *const *extra)
{
	int fds[2];
	char lines[8][256];
	memset(device, 0, sizeof(*device));
	device->loop = os_loop_create();
	snprintf(device->folder, sizeof(device->folder), "/tmp/strata-test-XXXXXX");
	assert_non_null(mkdtemp(device->folder));
	chmod(device->folder, 0711); /* apps may be another user */
	snprintf(device->data, sizeof(device->data), "%s/data", device->folder);
	snprintf(device->runtime, sizeof(device->runtime), "%s/run", device->folder);
	assert_int_equal(os_layout_socket(device->runtime, device->socket), 0);
	snprintf(lines[0], sizeof(lines[0]), "root=%s", TEST_ROOT);
	snprintf(lines[1], sizeof(lines[1]), "data=%s", device->data);
	snprintf(lines[2], sizeof(lines[2]), "runtime=%s", device->runtime);
	const char *argv[ARGUMENTS] = {"strata-keeper", lines[0], lines[1], lines[2], "device=test",
	                               "report=3", "program.services=" TEST_CHILD,
	                               "program.compositor=" TEST_CHILD, "program.home=" TEST_CHILD,
	                               "program.app=" TEST_CHILD};
	size_t count = 10;
	for (size_t i = 0; extra != NULL && extra[i] != NULL; i++) {
		argv[count++] = extra[i];
	}
	assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
	struct os_spawn_options options = {.struct_size = sizeof(options),
	                                   .program = TEST_ROOT "/core-os/supervisor/strata-keeper",
	                                   .argv = argv,
	                                   .log_fd = -1,
	                                   .fds = &fds[1],
	                                   .fd_count = 1};
	struct os_error error = {.text = ""};
	if (os_spawn(&options, &device->keeper, NULL, &error) < 0) {
		fail_msg("%s", error.text);
	}
	close(fds[1]);
	read_report(device, fds[0]);
}

int device_wait_keeper(struct device *device)
{
	int status = -1;
	if (device->keeper > 0) {
		assert_int_equal(waitpid(device->keeper, &status, 0), device->keeper);
		device->keeper = 0;
	}
	return status;
}

void device_remove(struct device *device)
{
	device_disconnect(device);
	os_loop_release(device->loop);
	int folder = open("/tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	os_path_remove(folder, strrchr(device->folder, '/') + 1);
	close(folder);
}

int device_stop(struct device *device)
{
	struct os_message message, reply;
	device_begin(&message, OS_SUPERVISOR_STOP);
	int result = device_call(device, &message, &reply);
	if (result >= 0) {
		os_message_finish(&reply);
	} else {
		kill(device->keeper, SIGTERM);
	}
	int status = device_wait_keeper(device);
	device_remove(device);
	return status;
}

/* --- A tool ----------------------------------------------------------------------------------------------- */

static void did_change(struct device *device, struct os_message *message)
{
	snprintf(device->app, sizeof(device->app), "%s", os_message_read_text(message));
	device->state = os_message_read_u32(message);
	device->app_pid = os_message_read_i32(message);
	snprintf(device->sentence, sizeof(device->sentence), "%s", os_message_read_text(message));
	device->changes++;
}

static void did_log(struct device *device, struct os_message *message)
{
	os_message_read_i64(message);
	os_message_read_u32(message);
	os_message_read_i32(message);
	os_message_read_text(message);
	os_message_read_text(message);
	os_message_read_text(message);
	os_message_read_u64(message);
	const char *text = os_message_read_text(message);
	device->lines++;
	if (device->wanted != NULL && strstr(text, device->wanted) != NULL) {
		snprintf(device->line, sizeof(device->line), "%s", text);
	}
}

static int did_receive(void *context, struct os_port *port, struct os_message *message)
{
	struct device *device = context;
	if (message->header.type == OS_SUPERVISOR_APP_CHANGED) {
		did_change(device, message);
	}
	if (message->header.type == OS_SUPERVISOR_LOG_LINE) {
		did_log(device, message);
	}
	return 0;
}

static void did_close(void *context, struct os_port *port, int reason)
{
	((struct device *)context)->closed = true;
}

static const struct os_port_delegate s_delegate = {
	.struct_size = sizeof(struct os_port_delegate), .message = did_receive, .closed = did_close};

void device_connect(struct device *device)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	struct os_message message;
	snprintf(address.sun_path, sizeof(address.sun_path), "%.107s", device->socket);
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	device->closed = false;
	device->port = os_port_create(device->loop, fd, &os_supervisor_interface, OS_PORT_CLIENT,
	                              &s_delegate, device);
	os_message_init(&message, &os_supervisor_interface.requests[OS_SUPERVISOR_WATCH_APPS],
	                OS_SUPERVISOR_WATCH_APPS);
	assert_int_equal(os_port_send(device->port, &message), 0);
}

void device_disconnect(struct device *device)
{
	if (device->port != NULL) {
		os_port_close(device->port);
		device->port = os_port_release(device->port);
	}
}

void device_begin(struct os_message *message, enum os_supervisor_request request)
{
	os_message_init(message, &os_supervisor_interface.requests[request], request);
}

int device_call(struct device *device, struct os_message *message, struct os_message *ret_reply)
{
	if (device->port == NULL) {
		os_message_finish(message);
		return -EPIPE;
	}
	return os_port_call_wait(device->port, message, DEVICE_PATIENCE_US, ret_reply);
}

int device_wait_booted(struct device *device, char *ret_text, size_t size)
{
	struct os_message message, reply;
	device_begin(&message, OS_SUPERVISOR_WAIT_BOOTED);
	int result = device_call(device, &message, &reply);
	if (result < 0) {
		return result;
	}
	result = os_message_read_i32(&reply);
	snprintf(ret_text, size, "%s", os_message_read_text(&reply));
	os_message_finish(&reply);
	return result;
}

static int ignore_message(void *context, struct os_port *port, struct os_message *message)
{
	return 0;
}

static const struct os_port_delegate s_child_delegate = {
	.struct_size = sizeof(struct os_port_delegate), .message = ignore_message};

struct os_port *device_meet(struct device *device, const char *service)
{
	struct os_message message, reply;
	device_begin(&message, OS_SUPERVISOR_INTRODUCE);
	os_message_write_text(&message, service);
	if (device_call(device, &message, &reply) < 0) {
		return NULL;
	}
	int fd = os_message_take_fd(&reply);
	os_message_finish(&reply);
	return os_port_create(device->loop, fd, &s_child_interface, OS_PORT_CLIENT, &s_child_delegate, NULL);
}

int device_clock(struct device *device, enum os_clock_command command, int64_t value,
                 const char *free_app, char *ret_text, size_t size)
{
	struct os_message message, reply;
	device_begin(&message, OS_SUPERVISOR_CLOCK);
	os_message_write_u32(&message, command);
	os_message_write_i64(&message, value);
	os_message_write_text(&message, free_app);
	int result = device_call(device, &message, &reply);
	if (result < 0) {
		return result;
	}
	result = os_message_read_i32(&reply);
	snprintf(ret_text, size, "%s", os_message_read_text(&reply));
	os_message_finish(&reply);
	return result;
}

int device_launch(struct device *device, const char *app)
{
	struct os_message message, reply;
	device_begin(&message, OS_SUPERVISOR_LAUNCH);
	os_message_write_text(&message, app);
	os_message_write_text(&message, "");
	os_message_write_bool(&message, false);
	int result = device_call(device, &message, &reply);
	if (result >= 0) {
		result = os_message_read_i32(&reply);
		os_message_finish(&reply);
	}
	return result;
}

int device_quit(struct device *device, const char *app, bool kill)
{
	struct os_message message, reply;
	device_begin(&message, OS_SUPERVISOR_QUIT);
	os_message_write_text(&message, app);
	os_message_write_bool(&message, kill);
	int result = device_call(device, &message, &reply);
	if (result >= 0) {
		os_message_finish(&reply);
	}
	return result;
}

void device_await_state(struct device *device, const char *app, enum os_app_state state)
{
	int64_t until_us = os_clock_real_us() + DEVICE_PATIENCE_US;
	while (strcmp(device->app, app) != 0 || device->state != state) {
		if (device->closed || os_clock_real_us() > until_us) {
			fail_msg("waited for %s to be %s, it is %s", app, os_app_state_name(state),
			         os_app_state_name(device->state));
		}
		os_loop_iterate(device->loop, OS_US_PER_S);
	}
}

/* --- Status -------------------------------------------------------------------------------------------------- */

typedef void (*process_fn)(void *context, pid_t pid, const char *role, const char *app, uint32_t launches);

static void each_process(struct device *device, process_fn fn, void *context)
{
	struct os_message message, reply;
	device_begin(&message, OS_SUPERVISOR_STATUS);
	assert_int_equal(device_call(device, &message, &reply), 0);
	os_message_read_text(&reply);
	os_message_read_text(&reply);
	os_message_read_text(&reply);
	os_message_read_bool(&reply);
	device->stages[0] = '\0';
	for (uint32_t i = os_message_read_count(&reply); i > 0; i--) {
		size_t used = strlen(device->stages);
		snprintf(device->stages + used, sizeof(device->stages) - used, "%s ",
		         os_message_read_text(&reply));
		int64_t took_us = os_message_read_i64(&reply);
		assert_in_range(took_us, 0, os_message_read_i64(&reply));
	}
	for (uint32_t i = os_message_read_count(&reply); i > 0; i--) {
		pid_t pid = os_message_read_i32(&reply);
		const char *role = os_message_read_text(&reply);
		const char *app = os_message_read_text(&reply);
		os_message_read_text(&reply);
		os_message_read_i64(&reply);
		fn(context, pid, role, app, os_message_read_u32(&reply));
	}
	os_message_finish(&reply);
}

struct pid_list {
	pid_t *pids;
	size_t count, most;
	const char *wanted;
	uint32_t launches;
};

static void add_pid(void *context, pid_t pid, const char *role, const char *app, uint32_t launches)
{
	struct pid_list *list = context;
	bool fits = list->wanted == NULL || strcmp(list->wanted, role) == 0 || strcmp(list->wanted, app) == 0;
	if (fits && list->count < list->most) {
		list->pids[list->count++] = pid;
		list->launches = launches;
	}
}

size_t device_pids(struct device *device, pid_t *ret_pids, size_t most)
{
	struct pid_list list = {.pids = ret_pids, .most = most};
	each_process(device, add_pid, &list);
	return list.count;
}

pid_t device_pid(struct device *device, const char *who, uint32_t *ret_launches)
{
	pid_t pid = 0;
	struct pid_list list = {.pids = &pid, .most = 1, .wanted = who};
	each_process(device, add_pid, &list);
	if (ret_launches != NULL) {
		*ret_launches = list.launches;
	}
	return pid;
}

int child_ask(struct os_port *port, struct child_facts *ret_facts)
{
	struct os_message message, reply;
	os_message_init(&message, &s_child_requests[CHILD_ASK], CHILD_ASK);
	int result = os_port_call_wait(port, &message, DEVICE_PATIENCE_US, &reply);
	if (result < 0) {
		return result;
	}
	ret_facts->pid = os_message_read_i32(&reply);
	ret_facts->frames = os_message_read_u64(&reply);
	ret_facts->hellos = os_message_read_u32(&reply);
	ret_facts->last_client = os_message_read_u64(&reply);
	snprintf(ret_facts->hellos_of, sizeof(ret_facts->hellos_of), "%s", os_message_read_text(&reply));
	ret_facts->now_us = os_message_read_i64(&reply);
	os_message_finish(&reply);
	return 0;
}
