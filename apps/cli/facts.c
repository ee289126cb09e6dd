#include "facts.h"

#include <stdio.h>
#include <string.h>

#include <md/device_interface.h>
#include <os/supervisor.h>

#include "session.h"

#define DISPLAY_TIMEOUT_US (2 * OS_US_PER_S)

static void read_into(struct os_message *message, char *text, size_t size)
{
	snprintf(text, size, "%s", os_message_read_text(message));
}

int cli_ask_facts(struct cli *cli, struct cli_facts *ret_facts)
{
	struct os_message message, reply;
	cli_begin(&message, CLI_SUPERVISOR, OS_SUPERVISOR_STATUS);
	int result = cli_call(cli, CLI_SUPERVISOR, &message, &reply);
	if (result < 0) {
		return result;
	}
	*ret_facts = (struct cli_facts){0};
	read_into(&reply, ret_facts->state, sizeof(ret_facts->state));
	read_into(&reply, ret_facts->foreground, sizeof(ret_facts->foreground));
	read_into(&reply, ret_facts->options, sizeof(ret_facts->options));
	ret_facts->held = os_message_read_bool(&reply);
	uint32_t stages = os_message_read_count(&reply);
	for (uint32_t i = 0; i < stages; i++) {
		struct cli_stage *stage = &ret_facts->stages[ret_facts->stage_count++];
		read_into(&reply, stage->name, sizeof(stage->name));
		stage->us = os_message_read_i64(&reply);
		stage->at_us = os_message_read_i64(&reply);
	}
	uint32_t processes = os_message_read_count(&reply);
	for (uint32_t i = 0; i < processes; i++) {
		struct cli_process *process = &ret_facts->processes[ret_facts->process_count++];
		process->pid = os_message_read_i32(&reply);
		read_into(&reply, process->role, sizeof(process->role));
		read_into(&reply, process->app, sizeof(process->app));
		read_into(&reply, process->state, sizeof(process->state));
		process->private_kb = os_message_read_i64(&reply);
		process->launches = os_message_read_u32(&reply);
	}
	os_message_finish(&reply);
	return 0;
}

int cli_ask_display(struct cli *cli, char *ret_text, size_t size)
{
	struct os_message message, reply;
	ret_text[0] = '\0';
	cli_begin(&message, CLI_COMPOSITOR, MD_DEVICE_DISPLAY);
	int result = cli_call_within(cli, CLI_COMPOSITOR, &message, DISPLAY_TIMEOUT_US, &reply);
	if (result >= 0) {
		read_into(&reply, ret_text, size);
		os_message_finish(&reply);
	}
	return result;
}

const struct cli_process *cli_find_process(const struct cli_facts *facts, const char *role_or_app)
{
	for (int i = 0; i < facts->process_count; i++) {
		const struct cli_process *process = &facts->processes[i];
		bool is_app = process->app[0] && strcmp(process->app, role_or_app) == 0;
		if (is_app || strcmp(process->role, role_or_app) == 0) {
			return process;
		}
	}
	return NULL;
}

bool cli_fact_option(const struct cli_facts *facts, const char *key, char *value, size_t size)
{
	size_t length = strlen(key);
	for (const char *line = facts->options; line && *line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (strncmp(line, key, length) == 0 && line[length] == '=') {
			snprintf(value, size, "%.*s", (int)strcspn(line + length + 1, "\n"),
				 line + length + 1);
			return true;
		}
	}
	return false;
}
