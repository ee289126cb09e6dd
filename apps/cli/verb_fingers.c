/* The verbs that are finger scripts of one line. */
#include <stdio.h>

#include <os/memory.h>

#include "cli.h"
#include "runner.h"

static int run(struct cli *cli)
{
	char **words = os_alloc_array((size_t)cli->argument_count + 1, sizeof(char *));
	words[0] = (char *)cli->verb->name;
	for (int i = 0; i < cli->argument_count; i++) {
		words[i + 1] = cli->arguments[i];
	}
	struct script *script;
	struct os_error error;
	int result = script_parse_words(words, cli->argument_count + 1, &script, &error);
	os_free(words);
	if (result < 0) {
		fprintf(stderr, "strata %s\nusage: strata %s %s\n", error.text, cli->verb->name,
			cli->verb->arguments);
		return CLI_USAGE;
	}
	result = runner_play(cli, script);
	script_release(script);
	return result;
}

#define TARGET_HELP                                                                                \
	"A target is X Y in points of the screen, or an element: its label whole, or one of its "  \
	"texts;\n"                                                                                 \
	"LABEL [2] is the second from the front of several, LABEL in OTHER is one inside "         \
	"another, and\n"                                                                           \
	"#id is an id of `strata tree`. Each is a word of its own: strata tap \"A note\" [2]. A "  \
	"label\n"                                                                                  \
	"may be in quotes of its own: '\"7\"'."

const struct cli_verb cli_verb_tap = {.name = "tap",
				      .arguments = "TARGET",
				      .summary = "taps a point or an element",
				      .help = TARGET_HELP,
				      .least = 1,
				      .most = -1,
				      .run = run};
const struct cli_verb cli_verb_double_tap = {.name = "double-tap",
					     .arguments = "TARGET",
					     .summary = "taps twice",
					     .help = TARGET_HELP,
					     .least = 1,
					     .most = -1,
					     .run = run};
const struct cli_verb cli_verb_hold = {.name = "hold",
				       .arguments = "TARGET [MS]",
				       .summary = "rests a finger on something, 600 ms",
				       .help = TARGET_HELP,
				       .least = 1,
				       .most = -1,
				       .run = run};
const struct cli_verb cli_verb_drag = {
    .name = "drag",
    .arguments = "TARGET TARGET [MS] [hold]",
    .summary = "drags from one place to another, and lets go in a fling unless `hold`",
    .help = TARGET_HELP,
    .least = 2,
    .most = -1,
    .run = run};
const struct cli_verb cli_verb_swipe = {.name = "swipe",
					.arguments = "left|right|up|down [on LABEL]",
					.summary = "swipes over the screen, or over an element",
					.help = TARGET_HELP,
					.least = 1,
					.most = -1,
					.run = run};
const struct cli_verb cli_verb_type = {.name = "type",
				       .arguments = "TEXT",
				       .summary = "types text where the caret is",
				       .least = 1,
				       .most = 1,
				       .run = run};
const struct cli_verb cli_verb_key = {.name = "key",
				      .arguments = "home|lock|back|return|ctrl+z|…",
				      .summary = "presses a hardware key",
				      .least = 1,
				      .most = 1,
				      .run = run};
const struct cli_verb cli_verb_expect = {.name = "expect",
					 .arguments = "LABEL",
					 .summary = "waits up to 3 s until an element is seen",
					 .help = TARGET_HELP,
					 .least = 1,
					 .most = -1,
					 .run = run};
const struct cli_verb cli_verb_settle = {.name = "settle",
					 .arguments = "",
					 .summary = "waits until nothing moves, 10 s at most",
					 .least = 0,
					 .most = 0,
					 .run = run};
const struct cli_verb cli_verb_scroll_to = {.name = "scroll-to",
					    .arguments = "LABEL [in LIST]",
					    .summary = "scrolls until an element is seen",
					    .least = 1,
					    .most = -1,
					    .run = run};
const struct cli_verb cli_verb_screenshot = {
    .name = "screenshot",
    .arguments = "FILE.png [shown]",
    .summary = "writes a picture of the screen; shown: as the GPU draws it",
    .least = 1,
    .most = 2,
    .run = run};
