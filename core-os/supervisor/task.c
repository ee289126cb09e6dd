/* One process of the device, from its start until its end has been told.
 *
 *	started ──runs──▸ welcomed ──READY──▸ ready
 *	   any of them ──ends──▸ told to its service or app, then freed
 *	   behind walls: started ──a wall could not be built──▸ failed, the same way */
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <os/clock.h>
#include <os/crash.h>
#include <os/file.h>
#include <os/memory.h>
#include <os/trace.h>

static void did_end(struct task *task, int status);

/* --- Who it is ------------------------------------------------------------------------------------------ */

const char *task_role(const struct task *task)
{
	return task->service != NULL ? task->service->row->name : "app";
}

const char *task_app(const struct task *task)
{
	return task->app != NULL ? task->app->record.app : task->service->record.app;
}

const char *task_title(const struct task *task)
{
	return task->app != NULL ? task->app->record.name : task->service->row->name;
}

struct task *task_find(struct supervisor *supervisor, const char *name)
{
	struct task *task;
	os_list_for_each(task, &supervisor->tasks, link) {
		bool is_role = task->service != NULL && strcmp(task_role(task), name) == 0;
		if (is_role || strcmp(task_app(task), name) == 0) {
			return task;
		}
	}
	return NULL;
}

/* --- Its lines --------------------------------------------------------------------------------------------- */

static void did_log(void *context, int fd, uint32_t events)
{
	struct task *task = context;
	char bytes[4096];
	ssize_t length = read(fd, bytes, sizeof(bytes));
	if (length > 0) {
		log_take_bytes(task, bytes, (size_t)length);
	} else if (length == 0) {
		task->log_source = os_source_remove(task->log_source);
	}
}

static void read_last_lines(struct task *task)
{
	char bytes[4096];
	ssize_t length;
	/* A pipe holds 64 KiB; a grandchild that goes on writing is not waited for. */
	for (int i = 0; i < 32 && (length = read(task->log_fd, bytes, sizeof(bytes))) > 0; i++) {
		log_take_bytes(task, bytes, (size_t)length);
	}
	log_take_rest(task);
}

static int open_log(struct task *task, int *ret_write_fd)
{
	int fds[2];
	if (pipe2(fds, O_CLOEXEC) < 0) {
		return -errno;
	}
	os_fd_set_nonblocking(fds[0], true);
	task->log_fd = fds[0];
	task->log_source =
		os_loop_add_fd(task->supervisor->loop, fds[0], OS_LOOP_READ, did_log, task);
	*ret_write_fd = fds[1];
	return 0;
}

/* --- What it is given --------------------------------------------------------------------------------------- */

static struct task *create(struct supervisor *supervisor, struct service *service, struct app *app)
{
	struct task *task = os_alloc(sizeof(*task));
	task->supervisor = supervisor;
	task->service = service;
	task->app = app;
	task->pidfd = task->page_fd = task->ring_fd = task->wake_fd = task->crash_fd = task->log_fd = -1;
	task->started_us = os_clock_real_us();
	os_list_append(&supervisor->tasks, &task->link);
	return task;
}

static int make_shared(struct task *task)
{
	int result = page_create(&task->page_fd);
	if (result < 0) {
		return result;
	}
	result = os_trace_create_ring(&task->ring_fd);
	if (result < 0) {
		return result;
	}
	result = os_crash_create_record(&task->crash_fd);
	if (result < 0) {
		return result;
	}
	task->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	task->page = page_map(task->page_fd);
	return task->wake_fd < 0 || task->page == NULL ? -EMFILE : 0;
}

static void write_folders(struct task *task, struct os_message *message,
                          const struct os_launch_record *record)
{
	struct supervisor *supervisor = task->supervisor;
	int container = -1, bundle = -1;
	if (record == NULL) {
		container = fcntl(supervisor->data_fd, F_DUPFD_CLOEXEC, 3);
	} else if (!supervisor_has_walls(supervisor)) {
		container = open(record->container, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		bundle = open(record->bundle, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	}
	os_message_write_fd(message, container);
	os_message_write_fd(message, bundle);
	os_fd_close(container);
	os_fd_close(bundle);
}

static void send_welcome(struct task *task, const struct launch *launch)
{
	struct supervisor *supervisor = task->supervisor;
	struct options options = supervisor->options;
	if (launch != NULL) {
		options_for_app(&supervisor->options, launch->fresh, &options);
	}
	const struct os_peer *peer = &task->client->peer;
	struct os_message message;
	client_event(&message, OS_SUPERVISOR_WELCOME);
	os_message_write_u64(&message, peer->client);
	os_message_write_text(&message, peer->role);
	os_message_write_text(&message, peer->app);
	os_message_write_text(&message, peer->entitlements);
	os_message_write_text(&message, options.text);
	os_message_write_u64(&message, task->client->connection);
	os_message_write_fd(&message, supervisor->clock_fd);
	os_message_write_fd(&message, task->page_fd);
	os_message_write_fd(&message, task->ring_fd);
	os_message_write_fd(&message, task->wake_fd);
	os_message_write_fd(&message, task->crash_fd);
	write_folders(task, &message, launch == NULL ? NULL : launch->record);
	client_send(task->client, &message);
}

/* --- How it ends ------------------------------------------------------------------------------------------------ */

static void did_exit(void *context, int fd, uint32_t events)
{
	struct task *task = context;
	int status = 0;
	if (waitpid(task->pid, &status, WNOHANG) == task->pid) {
		did_end(task, status);
	}
}

static void did_fail(struct task *task, const struct os_error *error)
{
	struct supervisor *supervisor = task->supervisor;
	struct service *service = task->service;
	struct app *app = task->app;
	log_say(supervisor, 'E', "%s could not be started: %s", task_title(task), error->text);
	task_free(task);
	if (app != NULL) {
		app_did_fail(app, error);
	}
	if (service != NULL) {
		service_did_fail(service, error);
	}
	stop_did_end(supervisor);
}

static void did_start(struct task *task, const struct os_sandbox_event *event)
{
	task->pid = event->pid;
	task->pidfd = event->pidfd;
	task->runs = true;
	if (task->client != NULL) {
		task->client->peer.pid = task->pid;
		os_port_set_peer(task->client->port, &task->client->peer);
	}
	if (task->service == NULL) {
		app_did_start(task->app, task);
	}
	services_did_start(task->supervisor);
	if (task->ready) {
		ready_did_come(task);
	}
}

static void did_report(void *context, int fd, uint32_t events)
{
	struct task *task = context;
	struct os_sandbox_event event;
	while (os_sandbox_child_read(task->child, &event) > 0) {
		if (event.kind == OS_SANDBOX_STARTED) {
			did_start(task, &event);
			continue;
		}
		if (event.kind == OS_SANDBOX_FAILED) {
			did_fail(task, &event.error);
		} else {
			did_end(task, event.status);
		}
		return; /* the task is gone */
	}
}

static void did_end(struct task *task, int status)
{
	struct supervisor *supervisor = task->supervisor;
	char words[240];
	read_last_lines(task);
	const char *reason = crash_reason(task, status, words, sizeof(words));
	if (reason != NULL && !supervisor->stop.under_way) {
		crash_record(supervisor, task, reason);
	}
	struct service *service = task->service;
	struct app *app = task->app;
	log_say(supervisor, reason != NULL ? 'W' : 'D', "%s (%d) ended: %s", task_title(task),
	        task->pid, reason == NULL ? "as it should" : reason);
	if (service != NULL) {
		service_did_end(service, task, status);
	} else {
		app->lived_us = os_clock_real_us() - task->started_us;
		task_free(task);
		app_did_end(app, status, reason);
	}
	stop_did_end(supervisor);
}

void task_free(struct task *task)
{
	os_list_remove(&task->link);
	if (task->service != NULL && task->service->task == task) {
		task->service->task = NULL;
	}
	if (task->app != NULL && task->app->task == task) {
		task->app->task = NULL;
	}
	if (task->exit_source != NULL) {
		os_source_remove(task->exit_source);
	}
	if (task->log_source != NULL) {
		os_source_remove(task->log_source);
	}
	os_sandbox_child_release(task->child);
	client_release(task->client);
	page_unmap(task->page);
	os_fd_close(task->pidfd);
	os_fd_close(task->page_fd);
	os_fd_close(task->ring_fd);
	os_fd_close(task->wake_fd);
	os_fd_close(task->crash_fd);
	os_fd_close(task->log_fd);
	os_buffer_finish(&task->log_line);
	os_free(task);
}

/* --- How it starts ------------------------------------------------------------------------------------------------ */

static void fill_peer(struct task *task, const char *entitlements, struct os_peer *peer)
{
	memset(peer, 0, sizeof(*peer));
	snprintf(peer->role, sizeof(peer->role), "%s", task_role(task));
	snprintf(peer->app, sizeof(peer->app), "%s", task_app(task));
	snprintf(peer->entitlements, sizeof(peer->entitlements), "%s", entitlements);
}

/* Everything up to the process itself: its end of the port and of its log pipe. */
static int prepare(struct task *task, const char *entitlements, int *ret_port_fd, int *ret_log_fd)
{
	int fds[2];
	int result = make_shared(task);
	if (result < 0) {
		return result;
	}
	result = open_log(task, ret_log_fd);
	if (result < 0) {
		return result;
	}
	result = os_port_pair(fds);
	if (result < 0) {
		os_fd_close(*ret_log_fd);
		return result;
	}
	struct os_peer peer;
	fill_peer(task, entitlements, &peer);
	task->client = client_create(task->supervisor, fds[0], &peer);
	task->client->task = task;
	*ret_port_fd = fds[1];
	return 0;
}

static void watch(struct task *task)
{
	struct os_loop *loop = task->supervisor->loop;
	if (task->child != NULL) {
		task->exit_source = os_loop_add_fd(loop, os_sandbox_child_fd(task->child), OS_LOOP_READ,
		                                   did_report, task);
	} else {
		task->exit_source = os_loop_add_fd(loop, task->pidfd, OS_LOOP_READ, did_exit, task);
	}
}

/* program: one of the system's own; else launch. */
static int start(struct task *task, const char *program, const struct launch *launch,
                 const char *entitlements, struct os_error *ret_error)
{
	int port_fd = -1, log_fd = -1;
	int result = prepare(task, entitlements, &port_fd, &log_fd);
	if (result < 0) {
		return os_error_set(ret_error, result, "%s: %s", task_title(task),
		                    os_status_text(result));
	}
	if (launch != NULL) {
		result = launch_sandboxed(task, launch, port_fd, log_fd, ret_error);
	} else {
		result = launch_program(task, program, port_fd, log_fd, ret_error);
	}
	os_fd_close(port_fd);
	os_fd_close(log_fd);
	if (result < 0) {
		return result;
	}
	task->client->peer.pid = task->pid;
	os_port_set_peer(task->client->port, &task->client->peer);
	send_welcome(task, launch);
	watch(task);
	return 0;
}

int task_start_app(struct app *app, bool fresh, struct os_error *ret_error)
{
	struct task *task = create(app->supervisor, NULL, app);
	struct launch launch = {.record = &app->record, .role = "app", .limits = app->limits,
	                        .entitlements = app->record.entitlements, .fresh = fresh};
	int result = start(task, NULL, &launch, app->record.entitlements, ret_error);
	if (result < 0) {
		task_free(task);
		return result;
	}
	app->task = task;
	return 0;
}

int task_start_service(struct service *service, struct os_error *ret_error)
{
	const struct service_row *row = service->row;
	struct launch launch = {.record = &service->record, .role = row->name,
	                        .entitlements = row->entitlements};
	char program[OS_LAYOUT_MAX] = "";
	int result = row->bundle == NULL
	                 ? launch_find_program(service->supervisor, row->name, row->program, program)
	                 : 0;
	if (result < 0) {
		return os_error_set(ret_error, result, "%s, the program of %s, is not there",
		                    program[0] != '\0' ? program : row->program, row->name);
	}
	struct task *task = create(service->supervisor, service, NULL);
	result = start(task, program, row->bundle == NULL ? NULL : &launch, row->entitlements, ret_error);
	if (result < 0) {
		task_free(task);
		return result;
	}
	service->task = task;
	service->launches++;
	return 0;
}

/* --- What is done to it --------------------------------------------------------------------------------------------- */

void task_signal(struct task *task, int number)
{
	if (task->child != NULL) {
		os_sandbox_child_kill(task->child, number);
	} else if (task->pid > 0) {
		kill(task->pid, number); /* not reaped yet, so it is still this process */
	}
}

void task_set_stopped(struct task *task, bool stopped)
{
	if (task->stopped != stopped) {
		task->stopped = stopped;
		task_signal(task, stopped ? SIGSTOP : SIGCONT);
	}
}

void task_terminate(struct task *task, uint32_t left_ms)
{
	struct os_message message;
	client_event(&message, OS_SUPERVISOR_TERMINATE);
	os_message_write_u32(&message, left_ms);
	task->told_to_end = true;
	client_send(task->client, &message);
	task_set_stopped(task, false);
}

void task_kill(struct task *task, const char *blame)
{
	task->killed = true;
	task->blame = blame;
	task_signal(task, SIGKILL);
}
