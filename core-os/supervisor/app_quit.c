/* The end of an app: asked for, with a deadline, or its own. */
#include "supervisor.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>

#include <os/crash.h>
#include <os/limits.h>
#include <os/memory.h>

#define QUIT_MS 3000

void app_drop_timers(struct app *app)
{
	app->suspend_timer = os_timer_release(app->suspend_timer);
	app->quit_timer = os_timer_release(app->quit_timer);
}

static void did_not_quit(void *context, int64_t now_us)
{
	struct app *app = context;
	if (app->task != NULL) {
		os_crash_capture(app->task->pid, app->task->crash_fd); /* what it was doing instead */
		task_kill(app->task, "did not end when it was asked to");
	}
}

void app_begin_quit(struct app *app)
{
	if (app->task->told_to_end) {
		return;
	}
	task_terminate(app->task, QUIT_MS);
	if (app->quit_timer == NULL) {
		app->quit_timer = os_timer_create(app->supervisor->loop, OS_TIMER_REAL,
		                                  OS_LOOP_MODE_COMMON, did_not_quit, app);
	}
	os_timer_set_after(app->quit_timer, QUIT_MS * OS_US_PER_MS);
}

int app_quit(struct app *app, struct client *client, const struct os_message *request, bool kill)
{
	if (app->task == NULL) {
		return -ESRCH;
	}
	pending_add(&app->quits_wait, client, request);
	if (kill) {
		task_kill(app->task, NULL);
	} else {
		app_begin_quit(app);
	}
	return 0;
}

static void say_why(struct app *app, const char *reason)
{
	app->sentence[0] = '\0';
	if (reason != NULL) {
		snprintf(app->sentence, sizeof(app->sentence), "%.60s ended unexpectedly: %.120s.",
		         app->record.name, reason);
		os_text_mend(app->sentence);
	}
}

void app_did_end(struct app *app, int status, const char *reason)
{
	struct supervisor *supervisor = app->supervisor;
	app_drop_timers(app);
	app->limits = os_limits_release(app->limits);
	app->state = OS_APP_NOT_RUNNING;
	if (supervisor->foreground[0] != '\0' && app_find(supervisor, supervisor->foreground) == app) {
		supervisor->foreground[0] = '\0';
	}
	say_why(app, reason);
	app_tell_watchers(app);
	pending_answer_all(supervisor, &app->quits_wait, 0);
	if (!app->published) {
		pending_answer_all(supervisor, &app->launches_wait, -ENOENT);
		os_map_set(supervisor->apps, app->record.app, NULL);
		os_free(app);
		return;
	}
	if (app->launch_again && !supervisor->stop.under_way) {
		app->launch_again = false;
		app_start(app, app->url_again, app->fresh_again);
		return;
	}
	pending_answer_all(supervisor, &app->launches_wait, -ECHILD);
	kiosk_did_end(app);
}
