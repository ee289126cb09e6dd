/* The system's own processes: which there are, in which order they boot, how they come back, and
 * how others are introduced to them. */
#include "supervisor.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <os/clock.h>
#include <os/file.h>

static const struct service_row s_rows[SERVICE_COUNT] = {
	{"services", "strata-services", NULL, "system bundles", .at_boot = true, .for_apps = true},
	{"compositor", "strata-compositor", NULL, "system", .at_boot = true, .for_apps = true},
	{"home", "strata-app", "home", "system shell", .at_boot = true},
	{"keyboard", "strata-app", "keyboard", "system"},
	{"sound", "strata-sound", NULL, "system", .for_apps = true},
};

/* --- Life ------------------------------------------------------------------------------------------------ */

static void did_wait_out_delay(void *context, int64_t now_us)
{
	struct service *service = context;
	struct os_error error;
	if (!service->supervisor->stop.under_way && service_start(service, &error) < 0) {
		service_did_fail(service, &error);
	}
}

static void fill_record(struct service *service)
{
	struct supervisor *supervisor = service->supervisor;
	struct os_launch_record *record = &service->record;
	char root[OS_LAYOUT_MAX], data[OS_LAYOUT_MAX];
	const char *bundle = service->row->bundle;
	options_get(&supervisor->options, "root", root, sizeof(root));
	options_get(&supervisor->options, "data", data, sizeof(data));
	snprintf(record->app, sizeof(record->app), "org.strata.%s", bundle);
	snprintf(record->name, sizeof(record->name), "%s", bundle);
	record->name[0] = (char)(record->name[0] - 'a' + 'A');
	snprintf(record->entitlements, sizeof(record->entitlements), "%s", service->row->entitlements);
	snprintf(record->container, sizeof(record->container), "%.850s/containers/%s", data, record->app);
	if (os_layout_bundle(root, bundle, record->bundle) < 0) {
		record->bundle[0] = '\0';
	}
}

void services_init(struct supervisor *supervisor)
{
	for (size_t i = 0; i < SERVICE_COUNT; i++) {
		struct service *service = &supervisor->services[i];
		service->row = &s_rows[i];
		service->supervisor = supervisor;
		os_list_init(&service->introductions);
		service->restart_timer = os_timer_create(supervisor->loop, OS_TIMER_REAL,
		                                         OS_LOOP_MODE_COMMON, did_wait_out_delay, service);
		if (service->row->bundle != NULL) {
			fill_record(service);
		}
	}
}

void services_finish(struct supervisor *supervisor)
{
	for (size_t i = 0; i < SERVICE_COUNT; i++) {
		struct service *service = &supervisor->services[i];
		pending_answer_all(supervisor, &service->introductions, -EPIPE);
		service->restart_timer = os_timer_release(service->restart_timer);
	}
}

struct service *service_find(struct supervisor *supervisor, const char *name)
{
	for (size_t i = 0; i < SERVICE_COUNT; i++) {
		if (strcmp(supervisor->services[i].row->name, name) == 0) {
			return &supervisor->services[i];
		}
	}
	return NULL;
}

bool service_take_record(struct supervisor *supervisor, const struct os_launch_record *record)
{
	for (size_t i = 0; i < SERVICE_COUNT; i++) {
		struct os_launch_record *own = &supervisor->services[i].record;
		if (own->app[0] != '\0' && strcmp(own->app, record->app) == 0) {
			memcpy(own->name, record->name, sizeof(own->name));
			memcpy(own->module, record->module, sizeof(own->module));
			return true;
		}
	}
	return false;
}

/* --- Introductions --------------------------------------------------------------------------------------- */

/* Sends one end to the service; the other one is the caller's. */
static int send_introduction(struct service *service, const struct os_peer *peer,
                             uint64_t connection, int *ret_fd)
{
	int fds[2];
	int result = os_port_pair(fds);
	if (result < 0) {
		return result;
	}
	struct os_message event;
	client_event(&event, OS_SUPERVISOR_INTRODUCED);
	os_message_write_fd(&event, fds[1]);
	os_message_write_u64(&event, connection);
	os_message_write_u64(&event, peer->client);
	os_message_write_text(&event, peer->app);
	os_message_write_text(&event, peer->role);
	os_message_write_i32(&event, peer->pid);
	os_message_write_text(&event, peer->entitlements);
	os_fd_close(fds[1]);
	result = client_send(service->task->client, &event);
	if (result < 0) {
		os_fd_close(fds[0]);
		return result;
	}
	*ret_fd = fds[0];
	return 0;
}

/* -EPIPE: the service dies this moment, and who waits is introduced to the next one. */
static int introduce_one(struct service *service, struct pending *pending)
{
	struct supervisor *supervisor = service->supervisor;
	struct client *client = client_find(supervisor, pending->client);
	int fd = -1;
	if (client == NULL) {
		pending_drop(pending);
		return 0;
	}
	uint64_t connection = supervisor_next_number(supervisor);
	int result = send_introduction(service, &client->peer, connection, &fd);
	if (result < 0) {
		return result;
	}
	struct os_message reply;
	pending_begin_reply(supervisor, pending, &client, &reply);
	os_message_write_fd(&reply, fd);
	os_message_write_u64(&reply, connection);
	os_fd_close(fd);
	os_port_reply(client->port, &reply);
	return 0;
}

/* A fast app may ask before its launcher has said which process it is, and a peer has a pid. */
static bool is_known(struct supervisor *supervisor, const struct pending *pending)
{
	const struct client *client = client_find(supervisor, pending->client);
	return client == NULL || client->task == NULL || client->task->runs;
}

/* A service is introduced as soon as its process is there: what it is sent waits in its socket. */
static void introduce_all(struct service *service)
{
	int result = 0;
	struct pending *pending, *next;
	os_list_for_each_safe(pending, next, &service->introductions, link) {
		if (result == 0 && service->task != NULL && is_known(service->supervisor, pending)) {
			result = introduce_one(service, pending);
		}
	}
}

void services_did_start(struct supervisor *supervisor)
{
	for (size_t i = 0; i < SERVICE_COUNT; i++) {
		introduce_all(&supervisor->services[i]);
	}
}

static bool may_meet(const struct client *client, const struct service *service)
{
	return service->row->for_apps || os_peer_has(&client->peer, "system");
}

int service_introduce(struct supervisor *supervisor, struct client *client, const char *name,
                      const struct os_message *request)
{
	struct service *service = service_find(supervisor, name);
	if (service == NULL) {
		return -ENOENT;
	}
	if (!may_meet(client, service)) {
		return -EPERM;
	}
	if (supervisor->stop.under_way) {
		return -EPIPE;
	}
	if (service->row->at_boot && !service->wanted) {
		return -ENOENT; /* left out of the boot */
	}
	pending_add(&service->introductions, client, request);
	if (service->task == NULL && !service->wanted) {
		struct os_error error;
		int result = service_start(service, &error);
		if (result < 0) {
			log_say(supervisor, 'E', "%s", error.text);
			pending_answer_all(supervisor, &service->introductions, result);
			return 0;
		}
	}
	introduce_all(service);
	return 0;
}

/* --- Start and end ------------------------------------------------------------------------------------------ */

int service_start(struct service *service, struct os_error *ret_error)
{
	int result = task_start_service(service, ret_error);
	if (result >= 0) {
		service->wanted = true;
		introduce_all(service);
	}
	return result;
}

static void come_back(struct service *service, int64_t lived_us)
{
	int64_t delay_us = restart_delay_us(&service->restart, lived_us);
	if (delay_us > 0) {
		log_say(service->supervisor, 'W', "%s waits %d ms after %u deaths", service->row->name,
		        (int)(delay_us / OS_US_PER_MS), service->restart.short_lives);
	}
	os_timer_set_after(service->restart_timer, delay_us);
}

void service_did_end(struct service *service, struct task *task, int status)
{
	int64_t lived_us = os_clock_real_us() - task->started_us;
	bool is_done = status == 0 && !service->row->at_boot; /* on demand, and not needed any more */
	task_free(task);
	if (service->supervisor->stop.under_way) {
		return;
	}
	service->wanted = !is_done || !os_list_is_empty(&service->introductions);
	if (service->wanted) {
		come_back(service, lived_us);
	}
}

void service_did_fail(struct service *service, const struct os_error *error)
{
	struct supervisor *supervisor = service->supervisor;
	if (supervisor->stop.under_way) {
		return;
	}
	if (!service->row->at_boot) {
		service->wanted = false;
		pending_answer_all(supervisor, &service->introductions, error->status);
		return;
	}
	if (!boot_is_done(supervisor)) {
		boot_fail(supervisor, error);
		return;
	}
	come_back(service, 0);
}
