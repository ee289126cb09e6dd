#include <stdio.h>
#include <string.h>

#include <cs/services_interface.h>
#include <os/memory.h>

#include "cli.h"
#include "facts.h"
#include "installed.h"
#include "session.h"

/* The apps from *count on, one message's worth. Returns how many there are in all. */
static int ask_some(struct cli *cli, struct cli_app **apps, int *count)
{
	struct os_message message, reply;
	cli_begin(&message, CLI_SERVICES, CS_SERVICES_APPS);
	os_message_write_u32(&message, (uint32_t)*count);
	int result = cli_call(cli, CLI_SERVICES, &message, &reply);
	if (result < 0) {
		return result;
	}
	uint32_t total = os_message_read_u32(&reply);
	uint32_t here = os_message_read_count(&reply);
	*apps = os_realloc_array(*apps, (size_t)*count + here + 1, sizeof(struct cli_app));
	for (uint32_t i = 0; i < here; i++) {
		struct cli_app *app = &(*apps)[(*count)++];
		snprintf(app->id, sizeof(app->id), "%s", os_message_read_text(&reply));
		snprintf(app->name, sizeof(app->name), "%s", os_message_read_text(&reply));
		snprintf(app->version, sizeof(app->version), "%s", os_message_read_text(&reply));
		app->system = os_message_read_bool(&reply);
		snprintf(app->hardware, sizeof(app->hardware), "%s", os_message_read_text(&reply));
	}
	os_message_finish(&reply);
	return here == 0 ? *count : (int)OS_MIN(total, 10000u);
}

int cli_ask_apps(struct cli *cli, struct cli_app **ret_apps, int *ret_count)
{
	struct cli_app *apps = NULL;
	int count = 0;
	int total = ask_some(cli, &apps, &count);
	while (total > count) {
		total = ask_some(cli, &apps, &count);
	}
	if (total < 0) {
		os_free(apps);
		return total;
	}
	*ret_apps = apps;
	*ret_count = count;
	return 0;
}

/* "relay gpio-output line GPIO17", as many lines as it has. */
static void add_hardware(char *lines, struct os_buffer *out)
{
	char *save = NULL;
	int count = 0;
	cli_json_key(out, "hardware");
	os_buffer_add_char(out, '[');
	for (char *line = strtok_r(lines, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save)) {
		char *rest = line;
		const char *name = strsep(&rest, " "), *kind = strsep(&rest, " ");
		os_buffer_add_text(out, count++ > 0 ? ", {" : "{");
		cli_json_key(out, "name");
		cli_json_text(out, name);
		cli_json_key(out, "kind");
		cli_json_text(out, kind == NULL ? "" : kind);
		cli_json_key(out, "where");
		cli_json_text(out, rest == NULL ? "" : rest);
		os_buffer_add_char(out, '}');
	}
	os_buffer_add_char(out, ']');
}

static void add_app(const struct cli *cli, const struct cli_app *app,
		    const struct cli_process *process, int at, struct os_buffer *out)
{
	const char *state = process ? process->state : "not running";
	if (!cli->json) {
		os_buffer_printf(out, "%s%-26s %-16s %-8s %s", at ? "\n" : "", app->id, app->name,
				 app->version, state);
		if (process) {
			os_buffer_printf(out, " (%d)", process->pid);
		}
		return;
	}
	os_buffer_add_text(out, at ? ",\n {" : "{");
	cli_json_key(out, "id");
	cli_json_text(out, app->id);
	cli_json_key(out, "name");
	cli_json_text(out, app->name);
	cli_json_key(out, "version");
	cli_json_text(out, app->version);
	cli_json_key(out, "state");
	cli_json_text(out, state);
	cli_json_key(out, "pid");
	if (process) {
		os_buffer_printf(out, "%d", process->pid);
	} else {
		os_buffer_add_text(out, "null");
	}
	os_buffer_printf(out, ", \"system\": %s", app->system ? "true" : "false");
	char hardware[sizeof(app->hardware)];
	snprintf(hardware, sizeof(hardware), "%s", app->hardware);
	add_hardware(hardware, out);
	os_buffer_add_char(out, '}');
}

static int run(struct cli *cli)
{
	struct cli_app *apps = NULL;
	int count = 0;
	struct cli_facts *facts = os_alloc(sizeof(*facts));
	int result = cli_ask_apps(cli, &apps, &count);
	if (result == 0) {
		result = cli_ask_facts(cli, facts);
	}
	int code;
	if (result < 0) {
		code = cli_call_failed(cli, "apps", result);
	} else {
		struct os_buffer out = {0};
		os_buffer_add_text(&out, cli->json ? "[" : "");
		for (int i = 0; i < count; i++) {
			add_app(cli, &apps[i], cli_find_process(facts, apps[i].id), i, &out);
		}
		os_buffer_add_text(&out, cli->json ? "]" : "");
		code = cli_print(&out);
	}
	os_free(facts);
	os_free(apps);
	return code;
}

const struct cli_verb cli_verb_apps = {.name = "apps",
				       .arguments = "",
				       .summary = "lists the apps on the device",
				       .least = 0,
				       .most = 0,
				       .json = true,
				       .run = run};
