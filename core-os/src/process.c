#include <os/process.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <os/clock.h>
#include <os/crash.h>
#include <os/file.h>
#include <os/log.h>
#include <os/memory.h>
#include <os/status.h>
#include <os/trace.h>

#include "loop_private.h"
#include "message_private.h"
#include "page.h"
#include "port_private.h"

#define SUPERVISOR_FD 3
#define WELCOME_TIMEOUT_US (10 * OS_US_PER_S)

/* core-os's one documented singleton: there is one process. */
static struct {
	struct os_process_info info;
	struct os_loop *loop;
	struct os_port *port;
	struct os_source *wake;
	int wake_fd;
	struct os_process_delegate delegate; /* a copy: what the caller's record does not have is NULL */
	void *context;
	os_process_app_fn watch; /* NULL: the delegate hears of apps */
	void *watch_context;
	struct os_signal clock_changed;
	char *option_values; /* info.options with NULs for newlines, for lending */
} s_process = {.info = {.container = -1, .bundle = -1}, .wake_fd = -1};

struct os_signal *os_process_clock_changed(void)
{
	if (s_process.clock_changed.listeners.next == NULL) {
		os_signal_init(&s_process.clock_changed);
	}
	return &s_process.clock_changed;
}

/* --- What the supervisor tells ------------------------------------------------------------------ */

static void receive_introduced(struct os_message *message)
{
	int fd = os_message_take_fd(message);
	uint64_t connection = os_message_read_u64(message);
	struct os_peer peer = {.client = os_message_read_u64(message)};
	message_read_into(message, peer.app, sizeof(peer.app));
	message_read_into(message, peer.role, sizeof(peer.role));
	peer.pid = os_message_read_i32(message);
	message_read_into(message, peer.entitlements, sizeof(peer.entitlements));
	if (s_process.delegate.introduced == NULL) {
		os_fd_close(fd);
		return;
	}
	s_process.delegate.introduced(s_process.context, fd, connection, &peer);
}

static void receive_state(struct os_message *message)
{
	uint32_t state = os_message_read_u32(message);
	if (s_process.delegate.state != NULL) {
		s_process.delegate.state(s_process.context, (enum os_app_state)state);
	}
}

static void receive_terminate(struct os_message *message)
{
	int64_t left_us = os_message_read_u32(message) * OS_US_PER_MS;
	if (s_process.delegate.terminate != NULL) {
		s_process.delegate.terminate(s_process.context, left_us);
	} else {
		os_loop_stop(s_process.loop, 0);
	}
}

static void receive_app_changed(struct os_message *message)
{
	const char *app = os_message_read_text(message);
	uint32_t state = os_message_read_u32(message);
	int pid = os_message_read_i32(message);
	const char *sentence = os_message_read_text(message);
	uint32_t launches = os_message_read_u32(message);
	if (s_process.watch != NULL) {
		s_process.watch(s_process.watch_context, app, (enum os_app_state)state, pid, sentence, launches);
	} else if (s_process.delegate.app_changed != NULL) {
		s_process.delegate.app_changed(s_process.context, app, (enum os_app_state)state, pid,
		                                sentence, launches);
	}
}

static void receive_log_line(struct os_message *message)
{
	struct os_process_log_line line = {.wall_us = os_message_read_i64(message)};
	line.level = (int)os_message_read_u32(message);
	line.pid = os_message_read_i32(message);
	line.role = os_message_read_text(message);
	line.app = os_message_read_text(message);
	line.category = os_message_read_text(message);
	line.flow = os_message_read_u64(message);
	line.text = os_message_read_text(message);
	if (s_process.delegate.log_line != NULL) {
		s_process.delegate.log_line(s_process.context, &line);
	}
}

static int did_receive(void *context, struct os_port *port, struct os_message *message)
{
	const struct os_process_delegate *delegate = &s_process.delegate;
	switch (message->header.type) {
	case OS_SUPERVISOR_INTRODUCED:
		receive_introduced(message);
		break;
	case OS_SUPERVISOR_STATE:
		receive_state(message);
		break;
	case OS_SUPERVISOR_TERMINATE:
		receive_terminate(message);
		break;
	case OS_SUPERVISOR_LOW_MEMORY:
		if (delegate->memory_warning != NULL) {
			delegate->memory_warning(s_process.context);
		}
		break;
	case OS_SUPERVISOR_OPEN_URL:
		if (delegate->open_url != NULL) {
			delegate->open_url(s_process.context, os_message_read_text(message));
		}
		break;
	case OS_SUPERVISOR_APP_CHANGED:
		receive_app_changed(message);
		break;
	case OS_SUPERVISOR_LOG_LINE:
		receive_log_line(message);
		break;
	case OS_SUPERVISOR_CLOCK_CHANGED:
		os_signal_emit(os_process_clock_changed(), NULL);
		break;
	default:
		break;
	}
	return 0;
}

static void did_close(void *context, struct os_port *port, int reason)
{
	os_log_debug("process", "the supervisor is gone: %s", os_status_text(reason));
	if (s_process.delegate.lost != NULL) {
		s_process.delegate.lost(s_process.context);
	} else {
		os_loop_stop(s_process.loop, 1);
	}
}

static const struct os_port_delegate s_port_delegate = {
	.struct_size = sizeof(struct os_port_delegate), .message = did_receive, .closed = did_close};

/* --- Start ------------------------------------------------------------------------------------------ */

/* The supervisor stepped the clock: the turn that read this looks at the timers too, and the loop
 * counts as busy until it is done. */
static void did_wake(void *context, int fd, uint32_t events)
{
	uint64_t wakes = 0;
	if (read(fd, &wakes, sizeof(wakes)) == sizeof(wakes)) {
		page_add_wakes(wakes);
	}
}

static int attach(int fd, int (*use)(int fd), const char *what)
{
	int result = fd >= 0 ? use(fd) : 0;
	if (result < 0) {
		os_log_debug("process", "%s: %s", what, os_status_text(result));
	}
	os_fd_close(fd);
	return result;
}

static void take_options(const char *options)
{
	struct os_process_info *info = &s_process.info;
	snprintf(info->options, sizeof(info->options), "%s", options);
	os_free(s_process.option_values);
	s_process.option_values = os_strdup(options);
	for (char *at = s_process.option_values; *at != '\0'; at++) {
		*at = *at == '\n' ? '\0' : *at;
	}
}

/* Behind walls the folders are the root's own; outside of them they come as descriptors. */
static int folder_or(int fd, const char *path)
{
	bool is_app = s_process.info.app[0] != '\0';
	return fd >= 0 || !is_app ? fd : open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static void take_identity(struct os_message *welcome)
{
	struct os_process_info *info = &s_process.info;
	info->client = os_message_read_u64(welcome);
	message_read_into(welcome, info->role, sizeof(info->role));
	message_read_into(welcome, info->app, sizeof(info->app));
	message_read_into(welcome, info->entitlements, sizeof(info->entitlements));
	take_options(os_message_read_text(welcome));
}

static int take_welcome(struct os_message *welcome)
{
	take_identity(welcome);
	uint64_t connection = os_message_read_u64(welcome);
	int result = attach(os_message_take_fd(welcome), os_clock_attach, "clock page");
	int page = attach(os_message_take_fd(welcome), page_attach, "process page");
	int ring = attach(os_message_take_fd(welcome), os_trace_attach, "trace ring");
	s_process.wake_fd = os_message_take_fd(welcome);
	int crash_fd = os_message_take_fd(welcome); /* stays open: a fault is written to it */
	if (crash_fd >= 0) {
		os_crash_install(crash_fd);
	}
	s_process.info.container = folder_or(os_message_take_fd(welcome), "/data");
	s_process.info.bundle = folder_or(os_message_take_fd(welcome), "/app");
	if (s_process.wake_fd >= 0) {
		s_process.wake = os_loop_add_fd(s_process.loop, s_process.wake_fd, OS_LOOP_READ,
		                                did_wake, NULL);
	}
	os_port_set_connection(s_process.port, connection);
	loop_report_to_page(s_process.loop);
	return result < 0 ? result : page < 0 ? page : ring;
}

static int start_on(struct os_loop *loop, int fd, const struct os_process_delegate *delegate,
                    void *context)
{
	s_process.loop = loop;
	memset(&s_process.delegate, 0, sizeof(s_process.delegate));
	memcpy(&s_process.delegate, delegate,
	       OS_MIN((size_t)delegate->struct_size, sizeof(s_process.delegate)));
	s_process.context = context;
	s_process.port = os_port_create(loop, fd, &os_supervisor_interface, OS_PORT_CLIENT,
	                                &s_port_delegate, NULL);
	struct os_message welcome;
	int result = port_wait(s_process.port, os_clock_real_us() + WELCOME_TIMEOUT_US, &welcome);
	if (result < 0) {
		return result;
	}
	result = -EPROTO;
	if (welcome.header.type == OS_SUPERVISOR_WELCOME) {
		port_count_handled(s_process.port);
		result = take_welcome(&welcome);
	}
	os_message_finish(&welcome);
	return result;
}

int os_process_start(struct os_loop *loop, const struct os_process_delegate *delegate, void *context)
{
	if (fcntl(SUPERVISOR_FD, F_SETFD, FD_CLOEXEC) < 0) {
		return -ENOTCONN; /* started by hand */
	}
	return start_on(loop, SUPERVISOR_FD, delegate, context);
}

int os_process_connect_tool(struct os_loop *loop, const char *socket_path,
                            const struct os_process_delegate *delegate, void *context)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	if (strlen(socket_path) >= sizeof(address.sun_path)) {
		return -ENAMETOOLONG;
	}
	strcpy(address.sun_path, socket_path);
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	if (fd < 0) {
		return -errno;
	}
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0) {
		int result = -errno;
		os_fd_close(fd);
		return result;
	}
	return start_on(loop, fd, delegate, context);
}

/* --- Properties -------------------------------------------------------------------------------------- */

const struct os_process_info *os_process_info(void)
{
	return &s_process.info;
}

struct os_loop *os_process_loop(void)
{
	return s_process.loop;
}

struct os_port *os_process_port(void)
{
	return s_process.port;
}

const char *os_process_option(const char *key)
{
	if (s_process.option_values == NULL) {
		return NULL;
	}
	const char *end = s_process.option_values + strlen(s_process.info.options);
	size_t length = strlen(key);
	for (const char *at = s_process.option_values; at < end; at += strlen(at) + 1) {
		if (strncmp(at, key, length) == 0 && at[length] == '=') {
			return at + length + 1;
		}
	}
	return NULL;
}

void os_process_ready(void)
{
	if (s_process.port == NULL) {
		return; /* a test's engine, in a process that nobody started */
	}
	struct os_message message;
	os_message_init(&message, &os_supervisor_interface.requests[OS_SUPERVISOR_READY],
	                OS_SUPERVISOR_READY);
	os_port_send(s_process.port, &message);
}

int os_process_introduce_wait(const char *service, int64_t timeout_us, uint64_t *ret_connection)
{
	struct os_message message, reply;
	os_message_init(&message, &os_supervisor_interface.requests[OS_SUPERVISOR_INTRODUCE],
	                OS_SUPERVISOR_INTRODUCE);
	os_message_write_text(&message, service);
	int result = os_port_call_wait(s_process.port, &message, timeout_us, &reply);
	if (result < 0) {
		return result;
	}
	result = os_message_take_fd(&reply);
	uint64_t connection = os_message_read_u64(&reply);
	if (ret_connection != NULL) {
		*ret_connection = connection;
	}
	os_message_finish(&reply);
	return result;
}

void os_process_watch_apps(os_process_app_fn fn, void *context)
{
	s_process.watch = fn;
	s_process.watch_context = context;
	if (fn != NULL && s_process.port != NULL) {
		struct os_message message;
		os_message_init(&message, &os_supervisor_interface.requests[OS_SUPERVISOR_WATCH_APPS],
		                OS_SUPERVISOR_WATCH_APPS);
		os_port_send(s_process.port, &message);
	}
}
