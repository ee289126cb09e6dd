/* Facts about the device, for tools. */
#include "supervisor.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <os/clock.h>

#define LISTED 240 /* what the table of STATUS allows, less supervisor and keeper */

/* Memory that is the process's alone: what it would give back if it ended. */
static int64_t private_kb(pid_t pid)
{
	char path[64], line[256];
	int64_t total = 0;
	snprintf(path, sizeof(path), "/proc/%d/smaps_rollup", (int)pid);
	FILE *file = fopen(path, "re");
	if (file == NULL) {
		return 0;
	}
	while (fgets(line, sizeof(line), file) != NULL) {
		if (strncmp(line, "Private_", 8) == 0) {
			total += strtoll(line + strcspn(line, " "), NULL, 10);
		}
	}
	fclose(file);
	return total;
}

static const char *device_state(const struct supervisor *supervisor)
{
	if (supervisor->stop.under_way) {
		return "stopping";
	}
	return boot_is_done(supervisor) ? "running" : "starting";
}

static const char *task_state(const struct task *task)
{
	if (task->app != NULL) {
		return os_app_state_name(task->app->state);
	}
	return task->ready ? "running" : "starting";
}

static void write_process(struct os_message *reply, pid_t pid, const char *role, const char *app,
                          const char *state, uint32_t launches)
{
	os_message_write_i32(reply, (int32_t)pid);
	os_message_write_text(reply, role);
	os_message_write_text(reply, app);
	os_message_write_text(reply, state);
	os_message_write_i64(reply, private_kb(pid));
	os_message_write_u32(reply, launches);
}

static size_t count_running(const struct supervisor *supervisor)
{
	size_t count = 0;
	const struct task *task;
	os_list_for_each(task, &supervisor->tasks, link) {
		count += task->runs;
	}
	return OS_MIN(count, (size_t)LISTED);
}

int report_status(struct client *client, const struct os_message *request)
{
	struct supervisor *supervisor = client->supervisor;
	struct os_message reply;
	size_t count = count_running(supervisor);
	os_message_init_reply(&reply, request);
	os_message_write_text(&reply, device_state(supervisor));
	os_message_write_text(&reply, supervisor->foreground);
	os_message_write_text(&reply, supervisor->options.text);
	os_message_write_bool(&reply, os_clock_is_held());
	boot_write(supervisor, &reply);
	os_message_write_count(&reply, (uint32_t)count + 2);
	write_process(&reply, getppid(), "keeper", "", "running", 1);
	write_process(&reply, getpid(), "supervisor", "", "running", 1);
	const struct task *task;
	os_list_for_each(task, &supervisor->tasks, link) {
		if (task->runs && count > 0) {
			uint32_t launches =
				task->app != NULL ? task->app->launches : task->service->launches;
			write_process(&reply, task->pid, task_role(task), task_app(task),
			              task_state(task), launches);
			count--;
		}
	}
	return os_port_reply(client->port, &reply);
}

int report_crashes(struct client *client, const struct os_message *request)
{
	const struct os_array *crashes = &client->supervisor->crashes.crashes;
	struct os_message reply;
	os_message_init_reply(&reply, request);
	os_message_write_count(&reply, (uint32_t)crashes->count);
	for (size_t i = crashes->count; i > 0; i--) {
		const struct crash *crash = os_array_at(crashes, i - 1);
		os_message_write_i64(&reply, crash->wall_us);
		os_message_write_text(&reply, crash->app);
		os_message_write_i32(&reply, crash->pid);
		os_message_write_text(&reply, crash->reason);
		os_message_write_text(&reply, crash->report);
	}
	return os_port_reply(client->port, &reply);
}

int report_ring(struct client *client, const struct os_message *request, uint32_t index)
{
	struct supervisor *supervisor = client->supervisor;
	uint32_t count = (uint32_t)os_list_count(&supervisor->tasks), at = 0;
	const struct task *task;
	os_list_for_each(task, &supervisor->tasks, link) {
		if (at++ != index) {
			continue;
		}
		struct os_message reply;
		os_message_init_reply(&reply, request);
		os_message_write_u32(&reply, count);
		os_message_write_i32(&reply, (int32_t)task->pid);
		os_message_write_text(&reply, task_role(task));
		os_message_write_text(&reply, task_app(task));
		os_message_write_fd(&reply, task->ring_fd);
		return os_port_reply(client->port, &reply);
	}
	return -ENOENT;
}

int report_idle(struct client *client, const struct os_message *request)
{
	struct supervisor *supervisor = client->supervisor;
	struct busy_task busy[32];
	struct os_message reply;
	supervisor->step.thorough = true;
	size_t count = quiet_find_busy(supervisor, "", busy, OS_ARRAY_LEN(busy));
	os_message_init_reply(&reply, request);
	os_message_write_count(&reply, (uint32_t)count);
	for (size_t i = 0; i < count; i++) {
		const struct task *task = busy[i].task;
		os_message_write_i32(&reply, task == NULL ? 0 : (int32_t)task->pid);
		os_message_write_text(&reply, task == NULL ? "" : task_role(task));
		os_message_write_text(&reply, task == NULL ? "" : task_app(task));
		os_message_write_text(&reply, busy[i].what);
	}
	return os_port_reply(client->port, &reply);
}
