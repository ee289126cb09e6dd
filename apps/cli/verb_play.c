#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <os/file.h>
#include <os/memory.h>

#include "cli.h"
#include "play.h"
#include "runner.h"

static int read_stdin(struct os_buffer *text)
{
	char part[4096];
	ssize_t count;
	text->limit = SCRIPT_MAX_BYTES + 1;
	while ((count = read(STDIN_FILENO, part, sizeof(part))) > 0) {
		os_buffer_add(text, part, (size_t)count);
	}
	return count < 0 ? -errno : 0;
}

int cli_load_script(const char *path, struct script **ret_script)
{
	bool is_stdin = strcmp(path, "-") == 0;
	struct os_buffer text = {0};
	struct os_error error;
	int result =
	    is_stdin ? read_stdin(&text) : os_file_read(AT_FDCWD, path, SCRIPT_MAX_BYTES, &text);
	if (result < 0) {
		os_buffer_finish(&text);
		cli_fail(CLI_FAILED, "%s cannot be read: %s", path, os_status_text(result));
		return result;
	}
	result = script_parse(os_buffer_text(&text), text.length, is_stdin ? "stdin" : path,
			      ret_script, &error);
	os_buffer_finish(&text);
	if (result < 0) {
		fprintf(stderr, "%s\n", error.text);
	}
	return result;
}

static int run(struct cli *cli)
{
	struct script *script;
	if (cli_load_script(cli->arguments[0], &script) < 0) {
		return CLI_FAILED;
	}
	int code = runner_play(cli, script);
	script_release(script);
	return code;
}

const struct cli_verb cli_verb_play = {
    .name = "play",
    .arguments = "FILE|-",
    .summary = "plays a finger script",
    .help =
	"One command a line: wait 500 · tap 100 200 · tap \"Notes\" · double-tap … · hold … 600 ·\n"
	"drag X Y X Y [MS] [hold] · swipe left [on \"label\"] · down 0 X Y · move 0 X Y 16 · up 0 "
	"·\n"
	"cancel 0 · type \"text\" · key home · expect \"label\" · expect-not \"label\" ·\n"
	"expect-value \"label\" \"value\" · scroll-to \"label\" [in \"list\"] · settle ·\n"
	"screenshot FILE.png [shown] · tree FILE.json. The script is parsed whole before it is played; "
	"the\n"
	"line that fails is named, and the exit code is 1.",
    .least = 1,
    .most = 1,
    .run = run};
