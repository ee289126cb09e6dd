/* Apps: one process each, behind walls, in one of five states.
 *
 *	not running ──launch──▸ launching ──READY──▸ foreground ◂──set_state──▸ background
 *	                                                  ▴                        │ some seconds
 *	                                                  └────launch, set_state── suspended
 *	any ──ends──▸ not running */
#include "supervisor.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <os/clock.h>
#include <os/limits.h>
#include <os/memory.h>

#define SUSPEND_AFTER_US (5 * OS_US_PER_S)
#define BUSY_AGAIN_US OS_US_PER_S
#define DEFAULT_MEMORY_BYTES (INT64_C(256) << 20)
#define THREADS 128

/* --- Records ------------------------------------------------------------------------------------------ */

void apps_init(struct supervisor *supervisor)
{
	supervisor->apps = os_map_create(OS_MAP_STRINGS);
}

static void free_app(struct app *app)
{
	app_drop_timers(app);
	os_limits_release(app->limits);
	os_free(app);
}

void apps_finish(struct supervisor *supervisor)
{
	struct os_map_cursor cursor = {0};
	while (os_map_next(supervisor->apps, &cursor)) {
		free_app(cursor.value);
	}
	supervisor->apps = os_map_destroy(supervisor->apps);
}

struct app *app_find(struct supervisor *supervisor, const char *id)
{
	return os_map_get(supervisor->apps, id);
}

void app_publish(struct supervisor *supervisor, const struct os_launch_record *record)
{
	struct app *app = app_find(supervisor, record->app);
	if (app == NULL) {
		app = os_alloc(sizeof(*app));
		app->supervisor = supervisor;
		os_list_init(&app->launches_wait);
		os_list_init(&app->quits_wait);
		os_map_set(supervisor->apps, record->app, app);
	}
	app->record = *record;
	app->published = true;
	app_tell_watchers(app);
	kiosk_did_publish(app);
}

int app_unpublish(struct supervisor *supervisor, const char *id)
{
	struct app *app = app_find(supervisor, id);
	if (app == NULL || !app->published) {
		return -ENOENT;
	}
	app->published = false;
	if (app->task != NULL) {
		app_begin_quit(app); /* its record goes with it */
		return 0;
	}
	os_map_set(supervisor->apps, id, NULL);
	free_app(app);
	return 0;
}

/* --- Who hears of it ------------------------------------------------------------------------------------- */

void app_send_changed(struct app *app, struct client *client)
{
	struct os_message message;
	client_event(&message, OS_SUPERVISOR_APP_CHANGED);
	os_message_write_text(&message, app->record.app);
	os_message_write_u32(&message, app->state);
	os_message_write_i32(&message, app->task == NULL ? 0 : app->task->pid);
	os_message_write_text(&message, app->sentence);
	os_message_write_u32(&message, app->launches);
	client_send(client, &message);
}

void app_tell_watchers(struct app *app)
{
	struct client *client;
	os_list_for_each(client, &app->supervisor->clients, link) {
		if (client->watches_apps) {
			app_send_changed(app, client);
		}
	}
}

void app_watch(struct supervisor *supervisor, struct client *client)
{
	struct os_map_cursor cursor = {0};
	client->watches_apps = true;
	while (os_map_next(supervisor->apps, &cursor)) {
		app_send_changed(cursor.value, client);
	}
}

static void tell_app(struct app *app)
{
	struct os_message message;
	client_event(&message, OS_SUPERVISOR_STATE);
	os_message_write_u32(&message, app->state);
	client_send(app->task->client, &message);
}

/* --- States ----------------------------------------------------------------------------------------------- */

static void did_rest_in_background(void *context, int64_t now_us)
{
	struct app *app = context;
	if (app->task == NULL || app->state != OS_APP_BACKGROUND) {
		return;
	}
	struct page_copy page;
	page_read(app->task->page, &page);
	if (page.busy > 0) {
		os_timer_set(app->suspend_timer, now_us + BUSY_AGAIN_US); /* it is saving */
		return;
	}
	app_set_state(app, OS_APP_SUSPENDED);
}

static void set_suspend_timer(struct app *app)
{
	if (app->suspend_timer == NULL) {
		app->suspend_timer = os_timer_create(app->supervisor->loop, OS_TIMER_DEVICE,
		                                     OS_LOOP_MODE_COMMON, did_rest_in_background, app);
	}
	if (app->state == OS_APP_BACKGROUND) {
		os_timer_set_after(app->suspend_timer, SUSPEND_AFTER_US);
	} else {
		os_timer_cancel(app->suspend_timer);
	}
}

static void note_foreground(struct app *app)
{
	struct supervisor *supervisor = app->supervisor;
	if (app->state == OS_APP_FOREGROUND) {
		snprintf(supervisor->foreground, sizeof(supervisor->foreground), "%s", app->record.app);
	} else if (strcmp(supervisor->foreground, app->record.app) == 0) {
		supervisor->foreground[0] = '\0';
	}
}

/* An app is told before it is stopped, and after it goes on. */
int app_set_state(struct app *app, enum os_app_state state)
{
	if (app->task == NULL || state < OS_APP_FOREGROUND || state > OS_APP_SUSPENDED) {
		return app->task == NULL ? -ESRCH : -EINVAL;
	}
	if (app->state == state) {
		return 0;
	}
	app->state = state;
	if (state != OS_APP_SUSPENDED) {
		task_set_stopped(app->task, false);
		tell_app(app);
	} else {
		task_set_stopped(app->task, true);
	}
	note_foreground(app);
	set_suspend_timer(app);
	app_tell_watchers(app);
	return 0;
}

void app_did_get_ready(struct app *app)
{
	if (app->state == OS_APP_LAUNCHING) {
		app_set_state(app, OS_APP_FOREGROUND);
	}
}

/* --- Launch ---------------------------------------------------------------------------------------------------- */

static void make_limits(struct app *app)
{
	char device[64], name[256];
	if (app->limits != NULL) {
		return;
	}
	options_get(&app->supervisor->options, "device", device, sizeof(device));
	snprintf(name, sizeof(name), "%s-%s", device, app->record.app);
	int64_t memory_bytes = app->record.memory_bytes;
	struct os_limits_options wanted = {.struct_size = sizeof(wanted),
	                                   .name = name,
	                                   .memory_bytes = memory_bytes > 0 ? memory_bytes
	                                                                    : DEFAULT_MEMORY_BYTES,
	                                   .pids = THREADS};
	struct os_error error;
	if (os_limits_create(&wanted, &app->limits, &error) < 0) {
		log_say(app->supervisor, 'D', "%s", error.text); /* doctor says what mends it */
	}
}

static void send_url(struct app *app, const char *url)
{
	if (url[0] != '\0') {
		struct os_message message;
		client_event(&message, OS_SUPERVISOR_OPEN_URL);
		os_message_write_text(&message, url);
		client_send(app->task->client, &message);
	}
}

static void answer_launches(struct app *app, int status)
{
	struct supervisor *supervisor = app->supervisor;
	if (status < 0) {
		pending_answer_all(supervisor, &app->launches_wait, status);
		return;
	}
	while (!os_list_is_empty(&app->launches_wait)) {
		struct client *client;
		struct os_message reply;
		if (pending_begin_reply(supervisor,
		                        OS_CONTAINER_OF(app->launches_wait.next, struct pending, link),
		                        &client, &reply)) {
			os_message_write_i32(&reply, app->task->pid);
			os_port_reply(client->port, &reply);
		}
	}
}

int app_start(struct app *app, const char *url, bool fresh)
{
	struct os_error error;
	make_limits(app);
	int result = task_start_app(app, fresh, &error);
	if (result < 0) {
		app_did_fail(app, &error);
		return result;
	}
	app->state = OS_APP_LAUNCHING;
	app->launches++;
	app->sentence[0] = '\0';
	send_url(app, url);
	app_tell_watchers(app);
	return 0;
}

/* It runs, or is about to: the answer waits for its process's number. */
static int bring_back(struct app *app, struct client *client, const struct os_message *request,
                      const char *url)
{
	bool changes = app->state != OS_APP_LAUNCHING && app->state != OS_APP_FOREGROUND;
	pending_add(&app->launches_wait, client, request);
	app->launches++; /* by this home knows that it was asked for, and brings it to the front */
	if (changes) {
		app_set_state(app, OS_APP_FOREGROUND);
	} else {
		app_tell_watchers(app);
	}
	send_url(app, url);
	if (app->task->runs) {
		answer_launches(app, 0);
	}
	return 0;
}

int app_launch(struct app *app, struct client *client, const struct os_message *request,
               const char *url, bool fresh)
{
	if (!app->published || app->supervisor->stop.under_way) {
		return -ENOENT;
	}
	if (app->task != NULL && !fresh && !app->task->told_to_end && !app->task->killed) {
		return bring_back(app, client, request, url);
	}
	pending_add(&app->launches_wait, client, request);
	if (app->task != NULL) {
		app->launch_again = true;
		app->fresh_again = fresh;
		snprintf(app->url_again, sizeof(app->url_again), "%s", url);
		app_begin_quit(app);
		return 0;
	}
	app_start(app, url, fresh); /* answers those who wait if it cannot */
	return 0;
}

void app_did_start(struct app *app, struct task *task)
{
	answer_launches(app, 0);
	app_tell_watchers(app);
}

void app_did_fail(struct app *app, const struct os_error *error)
{
	app->state = OS_APP_NOT_RUNNING;
	snprintf(app->sentence, sizeof(app->sentence), "%.60s could not be started: %.150s",
	         app->record.name, error->text);
	os_text_mend(app->sentence);
	log_say(app->supervisor, 'E', "%s", app->sentence);
	note_foreground(app);
	app_tell_watchers(app);
	answer_launches(app, error->status);
	pending_answer_all(app->supervisor, &app->quits_wait, 0);
	app->lived_us = 0;
	kiosk_did_end(app);
}
