/* Boot in stages: each begins when the one before said READY.
 *
 *	services ──READY──▸ compositor ──READY──▸ home ──READY──▸ done
 *	   a program that is not there, or walls that cannot be built ──▸ failed: the device ends with 1,
 *	   as soon as it could tell somebody why
 *
 * A stage whose process dies comes back as at any other time, and the stage goes on. */
#include "supervisor.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <os/clock.h>

/* For the command that has started the keeper and is about to connect. */
#define PATIENCE_US (2 * OS_US_PER_S)

bool boot_is_done(const struct supervisor *supervisor)
{
	return supervisor->boot.at == supervisor->boot.count;
}

static void answer(struct supervisor *supervisor, struct pending *pending)
{
	struct boot *boot = &supervisor->boot;
	struct client *client;
	struct os_message reply;
	if (!pending_begin_reply(supervisor, pending, &client, &reply)) {
		return;
	}
	os_message_write_i32(&reply, boot->failed ? boot->error.status : 0);
	os_message_write_text(&reply, boot->failed ? boot->error.text : "");
	os_port_reply(client->port, &reply);
}

static void answer_all(struct supervisor *supervisor)
{
	struct os_list *waits = &supervisor->boot.waits;
	while (!os_list_is_empty(waits)) {
		answer(supervisor, OS_CONTAINER_OF(waits->next, struct pending, link));
	}
}

static void did_wait_for_somebody(void *context, int64_t now_us)
{
	stop_begin(context, 1);
}

void boot_fail(struct supervisor *supervisor, const struct os_error *error)
{
	struct boot *boot = &supervisor->boot;
	boot->failed = true;
	boot->error = *error;
	fprintf(stderr, "strata: %s\n", error->text);
	if (!os_list_is_empty(&boot->waits)) {
		answer_all(supervisor);
		stop_begin(supervisor, 1);
		return;
	}
	boot->patience = os_timer_create(supervisor->loop, OS_TIMER_REAL, OS_LOOP_MODE_COMMON,
	                                 did_wait_for_somebody, supervisor);
	os_timer_set_after(boot->patience, PATIENCE_US);
}

void boot_wait(struct supervisor *supervisor, struct client *client, const struct os_message *request)
{
	struct boot *boot = &supervisor->boot;
	pending_add(&boot->waits, client, request);
	if (boot_is_done(supervisor) || boot->failed) {
		answer_all(supervisor);
	}
	if (boot->failed) {
		stop_begin(supervisor, 1);
	}
}

static void begin_stage(struct supervisor *supervisor)
{
	struct boot *boot = &supervisor->boot;
	if (boot_is_done(supervisor)) {
		log_say(supervisor, 'I', "booted in %d ms",
		        (int)((os_clock_real_us() - supervisor->began_us) / OS_US_PER_MS));
		answer_all(supervisor);
		splash_end(supervisor);
		kill(getppid(), SIGUSR1); /* the keeper tells whom it has to tell */
		return;
	}
	struct boot_stage *stage = &boot->stages[boot->at];
	struct os_error error;
	stage->began_us = os_clock_real_us();
	if (service_start(service_find(supervisor, stage->name), &error) < 0) {
		boot_fail(supervisor, &error);
		return;
	}
	if (strcmp(stage->name, "home") == 0) {
		kiosk_begin(supervisor); /* beside it: both have their first frame sooner */
	}
}

void boot_did_get_ready(struct supervisor *supervisor, struct task *task)
{
	struct boot *boot = &supervisor->boot;
	if (boot_is_done(supervisor) || task->service == NULL) {
		return;
	}
	struct boot_stage *stage = &boot->stages[boot->at];
	if (strcmp(stage->name, task->service->row->name) == 0) {
		stage->ended_us = os_clock_real_us();
		stage->took_us = stage->ended_us - stage->began_us;
		boot->at++;
		begin_stage(supervisor);
	}
}

static void add_stage(struct boot *boot, struct service *service)
{
	struct boot_stage *stage = &boot->stages[boot->count++];
	snprintf(stage->name, sizeof(stage->name), "%s", service->row->name);
	service->wanted = true;
	stage->took_us = -1;
}

static bool is_listed(const char *list, const char *name)
{
	size_t length = strlen(name);
	for (const char *at = list; at != NULL; at = strchr(at, ',')) {
		at += *at == ',';
		if (strncmp(at, name, length) == 0 && (at[length] == ',' || at[length] == '\0')) {
			return true;
		}
	}
	return false;
}

void boot_begin(struct supervisor *supervisor)
{
	struct boot *boot = &supervisor->boot;
	char listed[256];
	bool has_list = options_get(&supervisor->options, "stages", listed, sizeof(listed));
	for (size_t i = 0; i < SERVICE_COUNT; i++) {
		const struct service_row *row = supervisor->services[i].row;
		if (has_list ? is_listed(listed, row->name) : row->at_boot) {
			add_stage(boot, &supervisor->services[i]);
		}
	}
	begin_stage(supervisor);
}

/* --- What it took ----------------------------------------------------------------------------------- */

void boot_app_did_get_ready(struct supervisor *supervisor, const struct task *task)
{
	struct boot_stage *stage = &supervisor->boot.first_app;
	if (stage->name[0] == '\0') {
		snprintf(stage->name, sizeof(stage->name), "app");
		stage->began_us = task->started_us;
		stage->ended_us = os_clock_real_us();
		stage->took_us = stage->ended_us - stage->began_us;
	}
}

static void write_stage(const struct supervisor *supervisor, struct os_message *reply,
                        const struct boot_stage *stage)
{
	int64_t zero_us = supervisor->is_board ? 0 : supervisor->began_us;
	os_message_write_text(reply, stage->name);
	os_message_write_i64(reply, stage->took_us);
	os_message_write_i64(reply, stage->ended_us - zero_us);
}

/* The kernel's stage is all that was before Strata: kernel, initial file system, service manager. */
void boot_write(const struct supervisor *supervisor, struct os_message *reply)
{
	const struct boot *boot = &supervisor->boot;
	const struct boot_stage kernel = {.name = "kernel", .took_us = supervisor->began_us,
	                                  .ended_us = supervisor->began_us};
	const struct boot_stage *splash = splash_stage(supervisor);
	bool from_power_on = supervisor->is_board && !supervisor->is_again;
	bool has_app = boot->first_app.name[0] != '\0';
	size_t done = 0;
	while (done < boot->count && boot->stages[done].took_us >= 0) {
		done++;
	}
	os_message_write_count(reply, (uint32_t)(done + from_power_on + (splash != NULL) + has_app));
	if (from_power_on) {
		write_stage(supervisor, reply, &kernel);
	}
	if (splash != NULL) {
		write_stage(supervisor, reply, splash);
	}
	for (size_t i = 0; i < done; i++) {
		write_stage(supervisor, reply, &boot->stages[i]);
	}
	if (has_app) {
		write_stage(supervisor, reply, &boot->first_app);
	}
}
