#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <os/clock.h>
#include <os/file.h>

#include "chrome.h"
#include "cli.h"
#include "rings.h"
#include "session.h"

static const struct cli_option s_options[] = {
    {"--since", "MARK", "from there on: a mark that an earlier trace printed, or 5s or 500ms ago"},
    {NULL},
};

static int parse_since(const char *text, int64_t *ret_us)
{
	char *unit;
	double number = strtod(text, &unit);
	if (unit == text || number < 0) {
		return -EINVAL;
	}
	if (strcmp(unit, "s") == 0 || strcmp(unit, "ms") == 0) {
		*ret_us = os_clock_real_us() - (int64_t)(number * (unit[0] == 's' ? 1e6 : 1e3));
		return 0;
	}
	if (*unit) {
		return -EINVAL;
	}
	*ret_us = (int64_t)number;
	return 0;
}

static int run(struct cli *cli)
{
	int64_t since_us = INT64_MIN;
	const char *since = cli_value(cli, "--since");
	if (since && parse_since(since, &since_us) < 0) {
		return cli_usage(cli, "--since takes a mark, or 5s or 500ms, not %s", since);
	}
	struct rings rings;
	int result = rings_read(cli, &rings);
	if (result < 0) {
		return cli_call_failed(cli, "trace", result);
	}
	struct os_buffer json = {0};
	size_t count = chrome_write(&rings, since_us, &json);
	int64_t mark_us = rings.count ? rings.records[rings.count - 1].event.real_us + 1 : 0;
	rings_finish(&rings);
	const char *path = cli->arguments[0];
	result = json.failed ? -EFBIG : cli_make_folders_for(path);
	if (result == 0) {
		result = os_file_write_atomic(AT_FDCWD, path, json.bytes, json.length);
	}
	os_buffer_finish(&json);
	if (result < 0) {
		return cli_fail(CLI_FAILED, "%s cannot be written: %s", path,
				os_status_text(result));
	}
	struct os_buffer out = {0};
	os_buffer_printf(&out, "%s: %zu records; mark %" PRId64, path, count, mark_us);
	return cli_print(&out);
}

const struct cli_verb cli_verb_trace = {
    .name = "trace",
    .arguments = "FILE.json [--since MARK]",
    .summary = "writes what all processes recorded, for chrome://tracing or ui.perfetto.dev",
    .options = s_options,
    .least = 1,
    .most = 1,
    .run = run};
