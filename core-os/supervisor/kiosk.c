/* Kiosk: a board whose option names one app. It runs from the moment that home begins to boot, and
 * comes back whenever and however it ends; home shows nothing else (apps/home/kiosk.c).
 *
 *	waits ──home boots, services have published it──▸ runs ──ends──▸ delay (restart.h) ──▸ runs
 *
 * One that is not installed is waited for: `install` publishes it. */
#include "supervisor.h"

#include <stdio.h>
#include <string.h>

#include <os/clock.h>

static bool may_start(const struct supervisor *supervisor)
{
	const struct kiosk *kiosk = &supervisor->kiosk;
	return kiosk->app[0] != '\0' && kiosk->begun && !supervisor->stop.under_way;
}

static void start(struct supervisor *supervisor)
{
	struct app *app = app_find(supervisor, supervisor->kiosk.app);
	if (may_start(supervisor) && app != NULL && app->published && app->task == NULL) {
		app_start(app, "", false);
	}
}

static void did_wait_out_delay(void *context, int64_t now_us)
{
	start(context);
}

void kiosk_init(struct supervisor *supervisor)
{
	struct kiosk *kiosk = &supervisor->kiosk;
	options_get(&supervisor->options, "kiosk", kiosk->app, sizeof(kiosk->app));
	kiosk->timer = os_timer_create(supervisor->loop, OS_TIMER_REAL, OS_LOOP_MODE_COMMON,
	                               did_wait_out_delay, supervisor);
}

void kiosk_finish(struct supervisor *supervisor)
{
	supervisor->kiosk.timer = os_timer_release(supervisor->kiosk.timer);
}

void kiosk_begin(struct supervisor *supervisor)
{
	supervisor->kiosk.begun = true;
	start(supervisor);
}

void kiosk_did_publish(struct app *app)
{
	if (strcmp(app->record.app, app->supervisor->kiosk.app) == 0) {
		start(app->supervisor);
	}
}

void kiosk_did_end(struct app *app)
{
	struct supervisor *supervisor = app->supervisor;
	struct kiosk *kiosk = &supervisor->kiosk;
	if (!may_start(supervisor) || strcmp(app->record.app, kiosk->app) != 0) {
		return;
	}
	int64_t delay_us = restart_delay_us(&kiosk->restart, app->lived_us);
	if (delay_us > 0) {
		log_say(supervisor, 'W', "%s waits %d ms after %u deaths", app->record.name,
		        (int)(delay_us / OS_US_PER_MS), kiosk->restart.short_lives);
	}
	os_timer_set_after(kiosk->timer, delay_us);
}
