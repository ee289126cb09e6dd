#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <os/clock.h>
#include <os/memory.h>
#include <os/supervisor.h>

#include "cli.h"
#include "session.h"

#define MAX_FRAMES 100000
#define CALL_SLACK_US (5 * OS_US_PER_S)

static const struct cli_option s_options[] = {
    {"--free", "ID", "an app or role that is not waited for"},
    {NULL},
};

struct order {
	enum os_clock_command command;
	int64_t value;
};

/* 3f, 500ms, 2s, or a number of frames. */
static int parse_step(const char *text, struct order *order)
{
	char *unit;
	double number = strtod(text, &unit);
	if (unit == text || !(number > 0) || number > MAX_FRAMES) {
		return -EINVAL;
	}
	double us = strcmp(unit, "ms") == 0 ? 1000 : strcmp(unit, "s") == 0 ? 1000000 : 0;
	if (us > 0) {
		*order = (struct order){OS_CLOCK_STEP_US, (int64_t)llround(number * us)};
		return 0;
	}
	if ((*unit && strcmp(unit, "f") != 0) || number != floor(number)) {
		return -EINVAL;
	}
	*order = (struct order){OS_CLOCK_STEP_FRAMES, (int64_t)number};
	return 0;
}

/* 2026-11-22T16:47[:03][Z], or 16:47[:03] of the device's day; local unless it ends in Z. */
static int parse_time(const char *text, struct order *order)
{
	static const char *const s_formats[] = {"%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M",
						"%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M",
						"%H:%M:%S",          "%H:%M"};
	time_t today = (time_t)(os_clock_wall_us() / OS_US_PER_S);
	for (size_t i = 0; i < OS_ARRAY_LEN(s_formats); i++) {
		struct tm when;
		localtime_r(&today, &when);
		when.tm_sec = 0;
		when.tm_isdst = -1;
		const char *end = strptime(text, s_formats[i], &when);
		if (!end || (*end && strcmp(end, "Z") != 0)) {
			continue;
		}
		time_t seconds = *end ? timegm(&when) : mktime(&when);
		*order = (struct order){OS_CLOCK_SET_WALL, (int64_t)seconds * OS_US_PER_S};
		return 0;
	}
	return -EINVAL;
}

static int parse(struct cli *cli, struct order *order)
{
	const char *word = cli->arguments[0];
	bool has_value = cli->argument_count == 2;
	if (strcmp(word, "hold") == 0 && !has_value) {
		order->command = OS_CLOCK_HOLD;
		return 0;
	}
	if (strcmp(word, "run") == 0 && !has_value) {
		order->command = OS_CLOCK_RUN;
		return 0;
	}
	if (strcmp(word, "step") == 0) {
		return parse_step(has_value ? cli->arguments[1] : "1f", order);
	}
	return strcmp(word, "set") == 0 && has_value ? parse_time(cli->arguments[1], order)
						     : -EINVAL;
}

static int run(struct cli *cli)
{
	int code = cli_connect(cli); /* the time of day is the device's */
	if (code != CLI_DONE) {
		return code;
	}
	struct order order = {0};
	if (parse(cli, &order) < 0) {
		return cli_usage(cli, "that is no order to a clock");
	}
	const char *free_word = cli_value(cli, "--free");
	char *left_out = free_word ? cli_role_or_app(free_word) : os_strdup("");
	struct os_message message, reply;
	cli_begin(&message, CLI_SUPERVISOR, OS_SUPERVISOR_CLOCK);
	os_message_write_u32(&message, order.command);
	os_message_write_i64(&message, order.value);
	os_message_write_text(&message, left_out);
	/* Each frame of a step may take 2 s until it is called not quiet. */
	int64_t frames =
	    order.command == OS_CLOCK_STEP_FRAMES ? order.value : order.value / 16000 + 1;
	int result = cli_call_within(cli, CLI_SUPERVISOR, &message,
				     frames * 3 * OS_US_PER_S + CALL_SLACK_US, &reply);
	os_free(left_out);
	if (result < 0) {
		return cli_call_failed(cli, "clock", result);
	}
	result = os_message_read_i32(&reply);
	const char *sentence = os_message_read_text(&reply);
	if (result < 0) {
		code = cli_fail(CLI_FAILED, "%s", sentence[0] ? sentence : os_status_text(result));
	}
	os_message_finish(&reply);
	return code;
}

const struct cli_verb cli_verb_clock = {
    .name = "clock",
    .arguments = "hold|run|step [3f|500ms]|set TIME",
    .summary = "holds the device's time, steps it, lets it run, or sets the time of day",
    .help =
	"A step returns when every process has done what the time brought; one that has not "
	"within\n"
	"2 s is named. TIME is 2026-11-22T16:47, with seconds or without, in local time unless it\n"
	"ends in Z; or 16:47.",
    .options = s_options,
    .least = 1,
    .most = 2,
    .run = run};
