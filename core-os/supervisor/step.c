/* The held clock, moved for the whole device at once (CONTRACTS.md, Time).
 *
 *	held ──step──▸ advance to the earliest deadline, or the target; wake all
 *	                  ▴          │ look until two equal readings show rest
 *	                  └─not yet──┤
 *	                             └─target reached──▸ answered
 *	                  2 s of real time without rest ──▸ fails, and names who was not quiet */
#include "supervisor.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <os/clock.h>

#define LOOK_AGAIN_US 200
#define THOROUGH_AFTER_US (20 * OS_US_PER_MS)
#define QUIET_WITHIN_US (2 * OS_US_PER_S)
#define NAMED 6
#define DEFAULT_RATE_MHZ 60000
#define LONGEST_STEP_US (INT64_C(366) * 86400 * OS_US_PER_S)
#define MOST_FRAMES INT64_C(1000000)

static void take_look(struct supervisor *supervisor);

/* --- Answers -------------------------------------------------------------------------------------------- */

static void answer(struct supervisor *supervisor, int status, const char *text)
{
	struct step *step = &supervisor->step;
	step->under_way = false;
	while (!os_list_is_empty(&step->asked)) {
		struct client *client;
		struct os_message reply;
		struct pending *pending = OS_CONTAINER_OF(step->asked.next, struct pending, link);
		if (pending_begin_reply(supervisor, pending, &client, &reply)) {
			os_message_write_i32(&reply, status);
			os_message_write_text(&reply, text);
			os_port_reply(client->port, &reply);
		}
	}
}

static void answer_with_names(struct supervisor *supervisor, const struct busy_task *busy,
                              size_t count)
{
	char text[400] = "";
	for (size_t i = 0; i < count && i < NAMED; i++) {
		const struct task *task = busy[i].task;
		const char *app = task == NULL ? "" : task_app(task);
		const char *who = task == NULL ? "somebody" : app[0] != '\0' ? app : task_role(task);
		size_t used = strlen(text);
		snprintf(text + used, sizeof(text) - used, "%s%.60s is not quiet: %.40s",
		         i == 0 ? "" : "; ", who, busy[i].what);
	}
	answer(supervisor, -ETIMEDOUT, text);
}

/* --- The barrier ------------------------------------------------------------------------------------------ */

static void begin_wait(struct supervisor *supervisor)
{
	struct step *step = &supervisor->step;
	step->waits_since_us = os_clock_real_us();
	step->thorough = false;
	quiet_wake_all(supervisor);
	os_timer_set_after(step->timer, LOOK_AGAIN_US);
}

static void advance(struct supervisor *supervisor)
{
	struct step *step = &supervisor->step;
	int64_t next_us = quiet_next_deadline_us(supervisor, step->free_app);
	int64_t to_us = OS_MIN(step->target_us, OS_MAX(next_us, os_clock_now_us()));
	os_clock_advance_to(to_us);
	begin_wait(supervisor);
}

static void take_look(struct supervisor *supervisor)
{
	struct step *step = &supervisor->step;
	struct busy_task busy[NAMED];
	int64_t waited_us = os_clock_real_us() - step->waits_since_us;
	step->thorough = waited_us > THOROUGH_AFTER_US;
	size_t count = quiet_find_busy(supervisor, step->free_app, busy, NAMED);
	bool own_timer_due = os_loop_next_deadline_us(supervisor->loop) <= os_clock_now_us();
	if (count == 0 && !own_timer_due) {
		if (os_clock_now_us() >= step->target_us) {
			answer(supervisor, 0, "");
			return;
		}
		advance(supervisor);
		return;
	}
	if (waited_us > QUIET_WITHIN_US) {
		answer_with_names(supervisor, busy, count);
		return;
	}
	os_timer_set_after(step->timer, LOOK_AGAIN_US);
}

static void did_wait(void *context, int64_t now_us)
{
	struct supervisor *supervisor = context;
	if (supervisor->step.under_way) {
		take_look(supervisor);
	}
}

/* --- Commands ------------------------------------------------------------------------------------------------ */

int64_t step_rate_mhz(const char *profile)
{
	const char *colon = strchr(profile, ':');
	double rate_hz = colon == NULL ? 0 : strtod(colon + 1, NULL);
	return rate_hz >= 1 && rate_hz <= 1000 ? (int64_t)(rate_hz * 1000 + 0.5) : DEFAULT_RATE_MHZ;
}

/* The compositor's own period: whole microseconds, so that as many steps are as many frames. */
static int64_t frame_period_us(const struct supervisor *supervisor)
{
	char profile[128];
	options_get(&supervisor->options, "profile", profile, sizeof(profile));
	int64_t rate_mhz = step_rate_mhz(profile);
	return (INT64_C(1000000000) + rate_mhz / 2) / rate_mhz;
}

static void tell_clock_changed(struct supervisor *supervisor)
{
	struct client *client;
	os_list_for_each(client, &supervisor->clients, link) {
		struct os_message message;
		client_event(&message, OS_SUPERVISOR_CLOCK_CHANGED);
		os_message_write_bool(&message, os_clock_is_held());
		client_send(client, &message);
	}
}

static void hold(struct supervisor *supervisor)
{
	os_clock_hold();
	supervisor->step.target_us = os_clock_now_us();
	tell_clock_changed(supervisor);
	begin_wait(supervisor);
}

static void change(struct supervisor *supervisor, enum os_clock_command command, int64_t value)
{
	if (command == OS_CLOCK_RUN) {
		os_clock_run();
	} else {
		os_clock_set_wall(value);
	}
	tell_clock_changed(supervisor);
	answer(supervisor, 0, "");
}

static void step_to(struct supervisor *supervisor, enum os_clock_command command, int64_t value)
{
	struct step *step = &supervisor->step;
	int64_t most = command == OS_CLOCK_STEP_FRAMES ? MOST_FRAMES : LONGEST_STEP_US;
	if (!os_clock_is_held()) {
		answer(supervisor, -EINVAL, "the clock runs: hold it first");
		return;
	}
	if (value < 0 || value > most) {
		answer(supervisor, -EINVAL, "that is no length of a step");
		return;
	}
	int64_t unit_us = command == OS_CLOCK_STEP_FRAMES ? frame_period_us(supervisor) : 1;
	step->target_us = os_clock_now_us() + value * unit_us;
	advance(supervisor);
}

int step_begin(struct supervisor *supervisor, struct client *client, struct os_message *request)
{
	struct step *step = &supervisor->step;
	enum os_clock_command command = (enum os_clock_command)os_message_read_u32(request);
	int64_t value = os_message_read_i64(request);
	const char *free_app = os_message_read_text(request);
	if (step->under_way) {
		return -EBUSY;
	}
	if ((unsigned)command > OS_CLOCK_SET_WALL) {
		return -EINVAL;
	}
	pending_add(&step->asked, client, request);
	snprintf(step->free_app, sizeof(step->free_app), "%s", free_app);
	step->under_way = true;
	if (command == OS_CLOCK_HOLD) {
		hold(supervisor);
	} else if (command == OS_CLOCK_RUN || command == OS_CLOCK_SET_WALL) {
		change(supervisor, command, value);
	} else {
		step_to(supervisor, command, value);
	}
	return 0;
}

void step_init(struct supervisor *supervisor)
{
	os_list_init(&supervisor->step.asked);
	supervisor->step.timer = os_timer_create(supervisor->loop, OS_TIMER_REAL, OS_LOOP_MODE_COMMON,
	                                         did_wait, supervisor);
}

void step_finish(struct supervisor *supervisor)
{
	pending_answer_all(supervisor, &supervisor->step.asked, -EPIPE);
	supervisor->step.timer = os_timer_release(supervisor->step.timer);
}
