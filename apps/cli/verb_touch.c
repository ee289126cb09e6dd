#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "cli.h"
#include "session.h"
#include "way.h"

static void add_json(const struct rings *rings, const struct way_hop *hop, int at,
		     struct os_buffer *out)
{
	bool wait = hop->wait[0];
	os_buffer_printf(out, "%s{\"t_us\": %" PRId64 ", \"us\": %" PRId64, at ? ",\n " : "",
			 hop->at_us, hop->us);
	cli_json_key(out, "process");
	cli_json_text(out, rings->processes[hop->process].name);
	cli_json_key(out, "layer");
	cli_json_text(out, hop->event->layer);
	cli_json_key(out, "function");
	cli_json_text(out, hop->event->function);
	cli_json_key(out, "file");
	cli_json_text(out, hop->event->file);
	os_buffer_printf(out, ", \"line\": %d", hop->event->line);
	cli_json_key(out, "what");
	cli_json_text(out, wait ? hop->wait : hop->event->what);
	os_buffer_add_char(out, '}');
}

static void add_text(const struct rings *rings, const struct way_hop *hop, struct os_buffer *out)
{
	if (hop->wait[0]) {
		os_buffer_printf(out, "\n%9" PRId64 " %7" PRId64 "  %-20s %-13s … %s", hop->at_us,
				 hop->us, "", "", hop->wait);
		return;
	}
	os_buffer_printf(out, "\n%9" PRId64 " %7" PRId64 "  %-20.20s %-13s %-24s %s() %s:%d",
			 hop->at_us, hop->us, rings->processes[hop->process].name,
			 hop->event->layer, hop->event->what, hop->event->function,
			 hop->event->file, hop->event->line);
}

static int print_way(const struct cli *cli, const struct rings *rings, const struct way *way)
{
	struct os_buffer out = {0};
	if (cli->json) {
		os_buffer_add_char(&out, '[');
		for (int i = 0; i < way->count; i++) {
			add_json(rings, &way->hops[i], i, &out);
		}
		os_buffer_add_char(&out, ']');
		return cli_print(&out);
	}
	os_buffer_printf(&out, "%9s %7s  %-20s %-13s %-24s %s", "at µs", "µs", "process", "layer",
			 "what", "where");
	for (int i = 0; i < way->count; i++) {
		add_text(rings, &way->hops[i], &out);
	}
	os_buffer_printf(&out, "\nthe whole way: %" PRId64 " µs%s", way->whole_us,
			 way->presented ? "" : "; it changed nothing on the screen");
	return cli_print(&out);
}

static int run(struct cli *cli)
{
	struct rings rings;
	int result = rings_read(cli, &rings);
	if (result < 0) {
		return cli_call_failed(cli, "touch", result);
	}
	struct way way = {0};
	int code;
	if (way_find(&rings, &way) < 0) {
		code = cli_fail(CLI_FAILED, "no finger has touched the screen yet");
	} else {
		code = print_way(cli, &rings, &way);
	}
	way_finish(&way);
	rings_finish(&rings);
	return code;
}

const struct cli_verb cli_verb_touch = {
    .name = "touch",
    .arguments = "",
    .summary = "follows the last finger from the board to the frame that showed it",
    .help = "Each line is a hop: when it was, how long it worked, in which process, layer and "
	    "function. A\n"
	    "gap of more than 5 % of the whole is a hop of its own that names the wait.",
    .least = 0,
    .most = 0,
    .json = true,
    .run = run};
