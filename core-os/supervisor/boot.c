/* Boot in stages: each begins when the one before said READY.
 *
 *	services ──READY──▸ compositor ──READY──▸ home ──READY──▸ done
 *	   a program that is not there, or walls that cannot be built ──▸ failed: the device ends with 1
 *
 * A stage whose process dies comes back as at any other time, and the stage goes on. */
#include "supervisor.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <os/clock.h>

bool boot_is_done(const struct supervisor *supervisor)
{
	return supervisor->boot.at == supervisor->boot.count;
}

void boot_answer(struct supervisor *supervisor, struct pending *pending)
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
		boot_answer(supervisor, OS_CONTAINER_OF(waits->next, struct pending, link));
	}
}

void boot_fail(struct supervisor *supervisor, const struct os_error *error)
{
	struct boot *boot = &supervisor->boot;
	boot->failed = true;
	boot->error = *error;
	fprintf(stderr, "strata: %s\n", error->text);
	answer_all(supervisor);
	stop_begin(supervisor, 1);
}

static void begin_stage(struct supervisor *supervisor)
{
	struct boot *boot = &supervisor->boot;
	if (boot_is_done(supervisor)) {
		log_say(supervisor, 'I', "booted in %d ms",
		        (int)((os_clock_real_us() - supervisor->began_us) / OS_US_PER_MS));
		answer_all(supervisor);
		return;
	}
	struct boot_stage *stage = &boot->stages[boot->at];
	struct os_error error;
	stage->began_us = os_clock_real_us();
	if (service_start(service_find(supervisor, stage->name), &error) < 0) {
		boot_fail(supervisor, &error);
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
		stage->took_us = os_clock_real_us() - stage->began_us;
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

int boot_begin(struct supervisor *supervisor, struct os_error *ret_error)
{
	struct boot *boot = &supervisor->boot;
	char listed[256];
	bool has_list = options_get(&supervisor->options, "stages", listed, sizeof(listed));
	os_list_init(&boot->waits);
	for (size_t i = 0; i < SERVICE_COUNT; i++) {
		const struct service_row *row = supervisor->services[i].row;
		if (has_list ? is_listed(listed, row->name) : row->at_boot) {
			add_stage(boot, &supervisor->services[i]);
		}
	}
	begin_stage(supervisor);
	if (boot->failed) {
		return os_error_set(ret_error, boot->error.status, "%s", boot->error.text);
	}
	return 0;
}
