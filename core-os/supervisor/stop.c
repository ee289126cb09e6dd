/* The device's end, from the top down, so that each may still save through those below it.
 *
 *	apps ─▸ home and keyboard ─▸ compositor and sound ─▸ services ─▸ the supervisor
 *
 * Each step is told to end, and killed when its time is up. */
#include "supervisor.h"

#include <stdio.h>
#include <string.h>

#include <os/clock.h>

#define STEP_MS 3000

static const char *const s_steps[][3] = {
	{"app"}, {"home", "keyboard"}, {"compositor", "sound"}, {"services"},
};

static bool is_of_step(const struct task *task, int step)
{
	for (size_t i = 0; i < OS_ARRAY_LEN(s_steps[0]) && s_steps[step][i] != NULL; i++) {
		if (strcmp(s_steps[step][i], task_role(task)) == 0) {
			return true;
		}
	}
	return false;
}

static size_t count_of_step(const struct supervisor *supervisor, int step)
{
	size_t count = 0;
	const struct task *task;
	os_list_for_each(task, &supervisor->tasks, link) {
		count += is_of_step(task, step);
	}
	return count;
}

static void tell_step(struct supervisor *supervisor)
{
	struct task *task;
	os_list_for_each(task, &supervisor->tasks, link) {
		if (is_of_step(task, supervisor->stop.step)) {
			task_terminate(task, STEP_MS);
		}
	}
}

static void did_run_out(void *context, int64_t now_us)
{
	struct supervisor *supervisor = context;
	struct task *task;
	os_list_for_each(task, &supervisor->tasks, link) {
		if (is_of_step(task, supervisor->stop.step)) {
			task_kill(task, "did not end with the device");
		}
	}
}

static void end(struct supervisor *supervisor)
{
	struct client *client;
	pending_answer_all(supervisor, &supervisor->stop.waits, 0);
	os_list_for_each(client, &supervisor->clients, link) {
		os_port_flush_wait(client->port, 100 * OS_US_PER_MS);
	}
	os_timer_cancel(supervisor->stop.deadline);
	supervisor->exit_code = supervisor->stop.exit_code;
	os_loop_stop(supervisor->loop, supervisor->exit_code);
}

static void take_steps(struct supervisor *supervisor)
{
	struct stop *stop = &supervisor->stop;
	while (stop->step < (int)OS_ARRAY_LEN(s_steps) && count_of_step(supervisor, stop->step) == 0) {
		stop->step++;
		if (stop->step == (int)OS_ARRAY_LEN(s_steps)) {
			end(supervisor);
			return;
		}
		tell_step(supervisor);
		os_timer_set_after(stop->deadline, STEP_MS * OS_US_PER_MS);
	}
}

void stop_begin(struct supervisor *supervisor, int exit_code)
{
	struct stop *stop = &supervisor->stop;
	if (stop->under_way) {
		return;
	}
	stop->under_way = true;
	stop->exit_code = exit_code;
	if (os_clock_is_held()) {
		os_clock_run(); /* what ends may need its timers */
		quiet_wake_all(supervisor);
	}
	stop->deadline = os_timer_create(supervisor->loop, OS_TIMER_REAL, OS_LOOP_MODE_COMMON,
	                                 did_run_out, supervisor);
	os_timer_set_after(stop->deadline, STEP_MS * OS_US_PER_MS);
	tell_step(supervisor);
	take_steps(supervisor);
}

void stop_did_end(struct supervisor *supervisor)
{
	if (supervisor->stop.under_way) {
		take_steps(supervisor);
	}
}
