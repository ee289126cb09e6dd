/* What clients ask. Types, bounds and entitlements were checked by the port; a negative value
 * returned here is the answer of a request that wants one. */
#include "supervisor.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

typedef int (*request_fn)(struct client *client, struct os_message *message);

static int answer_empty(struct client *client, const struct os_message *request)
{
	struct os_message reply;
	os_message_init_reply(&reply, request);
	return os_port_reply(client->port, &reply);
}

static int answer_number(struct client *client, const struct os_message *request, int32_t number)
{
	struct os_message reply;
	os_message_init_reply(&reply, request);
	os_message_write_i32(&reply, number);
	return os_port_reply(client->port, &reply);
}

/* --- From processes ---------------------------------------------------------------------------------------- */

/* Home and keyboard have no states, but are apps: they are active from their first frame on. */
static void tell_shown(struct task *task)
{
	if (task->service->row->bundle != NULL) {
		struct os_message event;
		client_event(&event, OS_SUPERVISOR_STATE);
		os_message_write_u32(&event, OS_APP_FOREGROUND);
		client_send(task->client, &event);
	}
}

void ready_did_come(struct task *task)
{
	if (task->app != NULL) {
		boot_app_did_get_ready(task->supervisor, task);
		app_did_get_ready(task->app);
		return;
	}
	tell_shown(task);
	boot_did_get_ready(task->supervisor, task);
}

static int ready(struct client *client, struct os_message *message)
{
	struct task *task = client->task;
	if (task != NULL && !task->ready) {
		task->ready = true;
		if (task->runs) {
			ready_did_come(task);
		}
	}
	return 0;
}

static int introduce(struct client *client, struct os_message *message)
{
	return service_introduce(client->supervisor, client, os_message_read_text(message), message);
}

static int watch_apps(struct client *client, struct os_message *message)
{
	app_watch(client->supervisor, client);
	return 0;
}

static int launch(struct client *client, struct os_message *message)
{
	struct app *app = app_find(client->supervisor, os_message_read_text(message));
	const char *url = os_message_read_text(message);
	bool fresh = os_message_read_bool(message);
	return app == NULL ? -ENOENT : app_launch(app, client, message, url, fresh);
}

static int set_state(struct client *client, struct os_message *message)
{
	struct app *app = app_find(client->supervisor, os_message_read_text(message));
	enum os_app_state state = (enum os_app_state)os_message_read_u32(message);
	int result = app == NULL ? -ENOENT : app_set_state(app, state);
	return result < 0 ? result : answer_empty(client, message);
}

static int quit(struct client *client, struct os_message *message)
{
	struct app *app = app_find(client->supervisor, os_message_read_text(message));
	bool kill = os_message_read_bool(message);
	return app == NULL ? -ENOENT : app_quit(app, client, message, kill);
}

static int publish(struct client *client, struct os_message *message)
{
	struct os_launch_record record;
	memset(&record, 0, sizeof(record));
	os_launch_record_read(message, &record);
	if (record.app[0] == '\0' || strchr(record.app, '/') != NULL || record.app[0] == '.' ||
	    record.bundle[0] != '/' || record.container[0] != '/' || !hardware_is_sound(&record)) {
		return -EINVAL;
	}
	if (!service_take_record(client->supervisor, &record)) {
		app_publish(client->supervisor, &record);
	}
	return answer_empty(client, message);
}

static int unpublish(struct client *client, struct os_message *message)
{
	int result = app_unpublish(client->supervisor, os_message_read_text(message));
	return result < 0 ? result : answer_empty(client, message);
}

static int crash_seen(struct client *client, struct os_message *message)
{
	struct app *app = app_find(client->supervisor, os_message_read_text(message));
	if (app != NULL && app->sentence[0] != '\0') {
		app->sentence[0] = '\0';
		app_tell_watchers(app);
	}
	return 0;
}

static int hardware(struct client *client, struct os_message *message)
{
	return hardware_request(client, message);
}

/* --- From tools ------------------------------------------------------------------------------------------------ */

static int status(struct client *client, struct os_message *message)
{
	return report_status(client, message);
}

static int stop(struct client *client, struct os_message *message)
{
	pending_add(&client->supervisor->stop.waits, client, message);
	stop_begin(client->supervisor, 0);
	return 0;
}

static int clock_command(struct client *client, struct os_message *message)
{
	return step_begin(client->supervisor, client, message);
}

static int crashes(struct client *client, struct os_message *message)
{
	return report_crashes(client, message);
}

static int log_lines(struct client *client, struct os_message *message)
{
	struct os_message reply;
	client->follows_log = os_message_read_bool(message);
	uint32_t count = log_send_all(client->supervisor, client);
	os_message_init_reply(&reply, message);
	os_message_write_u32(&reply, count);
	return os_port_reply(client->port, &reply);
}

static int rings(struct client *client, struct os_message *message)
{
	return report_ring(client, message, os_message_read_u32(message));
}

static int send_signal(struct client *client, struct os_message *message)
{
	struct task *task = task_find(client->supervisor, os_message_read_text(message));
	int number = os_message_read_i32(message);
	if (task == NULL || !task->runs) {
		return -ESRCH;
	}
	if (number < 0 || number >= NSIG) {
		return -EINVAL;
	}
	int32_t pid = (int32_t)task->pid;
	task_signal(task, number);
	return answer_number(client, message, pid);
}

static int memory_warning(struct client *client, struct os_message *message)
{
	struct task *task = task_find(client->supervisor, os_message_read_text(message));
	struct os_message event;
	if (task == NULL) {
		return -ESRCH;
	}
	client_event(&event, OS_SUPERVISOR_LOW_MEMORY);
	client_send(task->client, &event);
	return answer_empty(client, message);
}

static int idle(struct client *client, struct os_message *message)
{
	return report_idle(client, message);
}

static int wait_booted(struct client *client, struct os_message *message)
{
	boot_wait(client->supervisor, client, message);
	return 0;
}

static const request_fn s_handlers[OS_SUPERVISOR_REQUESTS] = {
	[OS_SUPERVISOR_READY] = ready,
	[OS_SUPERVISOR_INTRODUCE] = introduce,
	[OS_SUPERVISOR_WATCH_APPS] = watch_apps,
	[OS_SUPERVISOR_LAUNCH] = launch,
	[OS_SUPERVISOR_SET_STATE] = set_state,
	[OS_SUPERVISOR_QUIT] = quit,
	[OS_SUPERVISOR_PUBLISH] = publish,
	[OS_SUPERVISOR_UNPUBLISH] = unpublish,
	[OS_SUPERVISOR_CRASH_SEEN] = crash_seen,
	[OS_SUPERVISOR_STATUS] = status,
	[OS_SUPERVISOR_STOP] = stop,
	[OS_SUPERVISOR_CLOCK] = clock_command,
	[OS_SUPERVISOR_CRASHES] = crashes,
	[OS_SUPERVISOR_LOG] = log_lines,
	[OS_SUPERVISOR_RINGS] = rings,
	[OS_SUPERVISOR_SIGNAL] = send_signal,
	[OS_SUPERVISOR_MEMORY_WARNING] = memory_warning,
	[OS_SUPERVISOR_IDLE] = idle,
	[OS_SUPERVISOR_WAIT_BOOTED] = wait_booted,
	[OS_SUPERVISOR_PASSCODE_CHECK] = passcode_check,
	[OS_SUPERVISOR_PASSCODE_SET] = passcode_set,
	[OS_SUPERVISOR_HARDWARE] = hardware,
};

int requests_handle(struct client *client, struct os_message *message)
{
	struct os_port *port = client->port; /* the client may be gone when a handler returns */
	int result = s_handlers[message->header.type](client, message);
	if (result < 0 && os_port_is_open(port)) {
		os_port_reply_error(port, message, result);
	}
	return 0;
}
