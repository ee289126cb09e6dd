#include <time.h>

#include <os/supervisor.h>

#include "cli.h"
#include "session.h"

static void add_time(int64_t wall_us, bool utc, struct os_buffer *out)
{
	time_t seconds = (time_t)(wall_us / OS_US_PER_S);
	struct tm when;
	char text[40];
	if (utc) {
		gmtime_r(&seconds, &when);
	} else {
		localtime_r(&seconds, &when);
	}
	strftime(text, sizeof(text), utc ? "%Y-%m-%dT%H:%M:%SZ" : "%Y-%m-%d %H:%M:%S", &when);
	os_buffer_add_text(out, text);
}

static void add_crash(const struct cli *cli, struct os_message *reply, int at,
		      struct os_buffer *out)
{
	int64_t wall_us = os_message_read_i64(reply);
	const char *app = os_message_read_text(reply);
	int pid = os_message_read_i32(reply);
	const char *reason = os_message_read_text(reply);
	const char *report = os_message_read_text(reply);
	if (!cli->json) {
		os_buffer_add_text(out, at ? "\n" : "");
		add_time(wall_us, false, out);
		os_buffer_printf(out, "  %s[%d]  %s\n    %s", app, pid, reason, report);
		return;
	}
	os_buffer_add_text(out, at ? ",\n {" : "{");
	cli_json_key(out, "time");
	os_buffer_add_char(out, '"');
	add_time(wall_us, true, out);
	os_buffer_add_char(out, '"');
	cli_json_key(out, "app");
	cli_json_text(out, app);
	os_buffer_printf(out, ", \"pid\": %d", pid);
	cli_json_key(out, "reason");
	cli_json_text(out, reason);
	cli_json_key(out, "report");
	cli_json_text(out, report);
	os_buffer_add_char(out, '}');
}

static int run(struct cli *cli)
{
	struct os_message message, reply;
	cli_begin(&message, CLI_SUPERVISOR, OS_SUPERVISOR_CRASHES);
	int result = cli_call(cli, CLI_SUPERVISOR, &message, &reply);
	if (result < 0) {
		return cli_call_failed(cli, "crashes", result);
	}
	struct os_buffer out = {0};
	os_buffer_add_text(&out, cli->json ? "[" : "");
	uint32_t count = os_message_read_count(&reply);
	for (uint32_t i = 0; i < count; i++) {
		add_crash(cli, &reply, (int)i, &out);
	}
	os_message_finish(&reply);
	if (count == 0 && !cli->json) {
		os_buffer_add_text(&out, "nothing has crashed");
	}
	os_buffer_add_text(&out, cli->json ? "]" : "");
	return cli_print(&out);
}

const struct cli_verb cli_verb_crashes = {
    .name = "crashes",
    .arguments = "",
    .summary = "lists what has crashed, newest first, and the reports' files",
    .least = 0,
    .most = 0,
    .json = true,
    .run = run};
