#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <os/memory.h>

#include "cli.h"
#include "devices.h"
#include "session.h"

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_name(const struct dirent *entry)
{
	return os_layout_is_device_name(entry->d_name);
}

static void add_device(struct cli *cli, const char *path, int at, struct os_buffer *out)
{
	const char *state = cli_device_runs(cli) ? "running" : "stopped";
	if (!cli->json) {
		os_buffer_printf(out, "%s%-16s %-8s %s", at ? "\n" : "", cli->device, state, path);
		return;
	}
	os_buffer_add_text(out, at ? ",\n {" : "{");
	cli_json_key(out, "name");
	cli_json_text(out, cli->device);
	cli_json_key(out, "state");
	cli_json_text(out, state);
	cli_json_key(out, "data");
	cli_json_text(out, path);
	os_buffer_add_char(out, '}');
}

static int run(struct cli *cli)
{
	char path[OS_LAYOUT_MAX], folder[OS_LAYOUT_MAX];
	int result = cli_data_folder(cli, folder);
	if (result < 0) {
		return cli_fail(CLI_FAILED, "neither STRATA_HOME nor HOME is set");
	}
	*strrchr(folder, '/') = '\0';
	struct dirent **entries = NULL;
	int count = scandir(folder, &entries, is_name, by_name);
	struct os_buffer out = {0};
	int found = 0;
	os_buffer_add_text(&out, cli->json ? "[" : "");
	for (int i = 0; i < count; i++) {
		cli->device = entries[i]->d_name;
		if (cli_data_folder(cli, path) == 0 && cli_is_device_folder(path)) {
			add_device(cli, path, found++, &out);
		}
		free(entries[i]);
	}
	free(entries);
	if (!cli->json && found == 0) {
		os_buffer_finish(&out);
		fprintf(stderr, "strata: there are no devices in %s yet\n", folder);
		return CLI_DONE;
	}
	os_buffer_add_text(&out, cli->json ? "]" : "");
	return cli_print(&out);
}

const struct cli_verb cli_verb_devices = {.name = "devices",
					  .arguments = "",
					  .summary = "lists your devices",
					  .least = 0,
					  .most = 0,
					  .json = true,
					  .run = run};
