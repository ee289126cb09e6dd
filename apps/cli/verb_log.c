#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <os/log.h>
#include <os/memory.h>
#include <os/process.h>

#include "cli.h"
#include "session.h"

static const struct cli_option s_options[] = {
    {"-f", NULL, "goes on with what is logged from now"},
    {"--app", "ID", "one app's, or one role's, lines alone"},
    {"--level", "L", "this level and what is worse", "debug|info|warning|error"},
    {NULL},
};

static const char *const s_levels[] = {"debug", "info", "warning", "error"};

struct reader {
	struct cli *cli;
	const char *only; /* app or role, or NULL */
	int least;
	uint32_t seen;
	bool lost;
};

static void print_json(const struct os_process_log_line *line)
{
	struct os_buffer out = {0};
	os_buffer_printf(&out, "{\"time_us\": %lld, \"level\": ", (long long)line->wall_us);
	cli_json_text(&out, s_levels[OS_CLAMP(line->level, 0, 3)]);
	os_buffer_printf(&out, ", \"pid\": %d", line->pid);
	cli_json_key(&out, "role");
	cli_json_text(&out, line->role);
	cli_json_key(&out, "app");
	cli_json_text(&out, line->app);
	cli_json_key(&out, "category");
	cli_json_text(&out, line->category);
	cli_json_key(&out, "text");
	cli_json_text(&out, line->text);
	os_buffer_printf(&out, ", \"flow\": %llu}", (unsigned long long)line->flow);
	cli_print(&out);
}

static void print_text(const struct os_process_log_line *line)
{
	time_t seconds = (time_t)(line->wall_us / OS_US_PER_S);
	struct tm when;
	localtime_r(&seconds, &when);
	printf("%02d:%02d:%02d.%03d %-7s %s[%d]%s%s: %s\n", when.tm_hour, when.tm_min, when.tm_sec,
	       (int)(line->wall_us / 1000 % 1000), s_levels[OS_CLAMP(line->level, 0, 3)],
	       line->app[0] ? line->app : line->role, line->pid, line->category[0] ? " " : "",
	       line->category, line->text);
	fflush(stdout);
}

static void did_log(void *context, const struct os_process_log_line *line)
{
	struct reader *reader = context;
	reader->seen++;
	bool wanted = !reader->only || strcmp(line->app, reader->only) == 0 ||
		      strcmp(line->role, reader->only) == 0;
	if (!wanted || line->level < reader->least) {
		return;
	}
	if (reader->cli->json) {
		print_json(line);
	} else {
		print_text(line);
	}
}

static void did_lose(void *context)
{
	((struct reader *)context)->lost = true;
}

static int level_of(const char *name)
{
	for (int i = 0; name && i < (int)OS_ARRAY_LEN(s_levels); i++) {
		if (strcmp(s_levels[i], name) == 0) {
			return i;
		}
	}
	return OS_LOG_DEBUG;
}

static int follow(struct cli *cli, struct reader *reader)
{
	bool on = cli_has(cli, "-f");
	struct os_message message, reply;
	cli_begin(&message, CLI_SUPERVISOR, OS_SUPERVISOR_LOG);
	os_message_write_bool(&message, on);
	int result = cli_call(cli, CLI_SUPERVISOR, &message, &reply);
	if (result < 0) {
		return cli_call_failed(cli, "log", result);
	}
	uint32_t lines = os_message_read_u32(&reply);
	os_message_finish(&reply);
	while (!reader->lost && (on || reader->seen < lines) && !ferror(stdout)) {
		cli_wait(cli, on ? OS_NEVER : OS_US_PER_S);
	}
	return CLI_DONE;
}

static int run(struct cli *cli)
{
	static const struct os_process_delegate s_delegate = {
	    .struct_size = sizeof(s_delegate), .log_line = did_log, .lost = did_lose};
	const char *only = cli_value(cli, "--app");
	struct reader reader = {.cli = cli, .least = level_of(cli_value(cli, "--level"))};
	char *app = only ? cli_role_or_app(only) : NULL;
	reader.only = app;
	cli_session_listen(cli, &s_delegate, &reader);
	int code = follow(cli, &reader);
	cli_session_close(cli);
	os_free(app);
	return code;
}

const struct cli_verb cli_verb_log = {.name = "log",
				      .arguments = "[-f] [--app ID] [--level L]",
				      .summary = "prints what the device's processes said",
				      .options = s_options,
				      .least = 0,
				      .most = 0,
				      .json = true,
				      .run = run};
