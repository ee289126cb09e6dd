#include "passcode.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <os/clock.h>
#include <os/passcode.h>
#include <os/supervisor.h>

#include "session.h"

#define HASHING_US (30 * OS_US_PER_S) /* on a slow board */

struct code {
	char text[OS_PASSCODE_MOST + 3]; /* one digit too many is seen, and the line's end */
};

/* One line, by read alone: stdio would keep a copy. -ENODATA at the end of the file. */
static int read_line(struct code *code)
{
	size_t length = 0;
	char byte;
	memset(code, 0, sizeof(*code));
	for (;;) {
		ssize_t count = read(STDIN_FILENO, &byte, 1);
		if (count < 0 && errno == EINTR) {
			continue;
		}
		if (count <= 0 && length == 0) {
			return -ENODATA;
		}
		if (count <= 0 || byte == '\n') {
			return 0;
		}
		if (length + 1 < sizeof(code->text)) {
			code->text[length++] = byte;
		}
	}
}

static int ask_line(const char *question, struct code *code)
{
	struct termios before, quiet;
	bool is_terminal = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &before) == 0;
	if (is_terminal) {
		quiet = before;
		quiet.c_lflag &= (tcflag_t)~ECHO;
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
		fputs(question, stderr);
	}
	int result = read_line(code);
	if (is_terminal) {
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
		fputc('\n', stderr);
	}
	return result;
}

/* A person at a terminal types it twice. */
static int read_code(struct code *code)
{
	struct code again;
	if (ask_line("New passcode, 4 to 12 digits, or nothing for none: ", code) < 0) {
		return cli_fail(CLI_USAGE, "the passcode is read from standard input, which has ended");
	}
	if (code->text[0] && !os_passcode_is_valid(code->text)) {
		return cli_fail(CLI_USAGE, "a passcode is 4 to 12 digits");
	}
	if (!isatty(STDIN_FILENO)) {
		return CLI_DONE;
	}
	int result = ask_line("The same again: ", &again);
	bool same = result == 0 && strcmp(code->text, again.text) == 0;
	os_passcode_forget(again.text, sizeof(again.text));
	return same ? CLI_DONE : cli_fail(CLI_FAILED, "the two were not the same; nothing was changed");
}

static int call(struct cli *cli, enum os_supervisor_request request, const char *code, int *ret_status)
{
	struct os_message message, reply;
	cli_begin(&message, CLI_SUPERVISOR, request);
	os_message_write_text(&message, code);
	int result = cli_call_within(cli, CLI_SUPERVISOR, &message, HASHING_US, &reply);
	if (result < 0) {
		return cli_call_failed(cli, CLI_PASSCODE_KEY, result);
	}
	*ret_status = os_message_read_i32(&reply);
	os_message_finish(&reply);
	return CLI_DONE;
}

int cli_passcode_set(struct cli *cli)
{
	struct code code;
	int status = 0;
	int result = read_code(&code);
	if (result == CLI_DONE) {
		result = call(cli, OS_SUPERVISOR_PASSCODE_SET, code.text, &status);
	}
	os_passcode_forget(code.text, sizeof(code.text));
	if (result == CLI_DONE && status < 0) {
		result = cli_fail(CLI_FAILED, "the passcode was not kept: %s", os_status_text(status));
	}
	return result;
}

int cli_passcode_get(struct cli *cli)
{
	int status = 0;
	int result = call(cli, OS_SUPERVISOR_PASSCODE_CHECK, "", &status);
	if (result == CLI_DONE) {
		puts(status == -ENOENT ? "none" : "set");
	}
	return result;
}
