/* The command: a table of verbs, each in a file of its own, and what they share.
 *
 *	const struct cli_verb cli_verb_launch = {
 *		.name = "launch", .arguments = "ID [--fresh]", .summary = "starts an app, or brings it back",
 *		.options = s_options, .least = 1, .most = 1, .run = run };
 *
 * Facts go to stdout, errors to stderr. run returns an exit code. Thread: main. */
#ifndef CLI_H
#define CLI_H

#include <stdio.h>

#include <os/base.h>
#include <os/buffer.h>
#include <os/status.h>

enum cli_exit { CLI_DONE, CLI_FAILED, CLI_USAGE, CLI_NO_DEVICE };

struct cli_option {
	const char *name;  /* "--fresh"; NULL ends the list */
	const char *value; /* what its value is called, NULL for one without */
	const char *help;
	const char *choices; /* allowed values between |, or NULL for any */
};

struct cli;
struct cli_verb {
	const char *name;
	const char *arguments; /* as in its usage line */
	const char *summary;   /* after the name in the list of all */
	const char *help;      /* more lines for its --help, or NULL */
	const struct cli_option *options;
	int least, most; /* arguments; most < 0 is any number */
	bool json;       /* knows --json */
	int (*run)(struct cli *cli);
};

#define CLI_MAX_OPTIONS 16
struct cli_session;
struct cli {
	const struct cli_verb *verb;
	const char *device; /* name, "default" unless --device says another */
	bool json, help;
	char **arguments;
	int argument_count;
	struct {
		const char *name, *value;
	} given[CLI_MAX_OPTIONS];
	int given_count;
	struct {
		const char *strata_home, *home, *runtime, *cache; /* any may be NULL */
		const char *board_config, *notify_socket; /* another board.conf; systemd's socket */
		bool has_screen; /* a desktop to open a window on */
	} environment;
	struct cli_session *session; /* connection to the device, made on first use */
};

extern const struct cli_verb *const cli_verbs[]; /* in the order of the handbook; NULL ends it */
const struct cli_verb *cli_verb_find(const char *name);

/* --- options.c -------------------------------------------------------------------------------- */

/* Sorts words into verb, options and arguments. CLI_DONE or, after a sentence on stderr, CLI_USAGE. */
int cli_parse(struct cli *cli, int count, char **words);
bool cli_has(const struct cli *cli, const char *option);
const char *cli_value(const struct cli *cli, const char *option); /* NULL: not given */
void cli_print_help(const struct cli_verb *verb);
void cli_print_verbs(FILE *out);

/* --- say.c ------------------------------------------------------------------------------------ */

/* Says a sentence on stderr and returns code. */
int cli_fail(int code, const char *format, ...) OS_PRINTF(2, 3);
int cli_usage(const struct cli *cli, const char *format, ...) OS_PRINTF(2, 3);
/* Appends text as a JSON string with its quotes. */
void cli_json_text(struct os_buffer *out, const char *text);
/* Appends ,"key": (without the comma after { or [). */
void cli_json_key(struct os_buffer *out, const char *key);
/* Prints the buffer and a newline to stdout, and finishes it. CLI_DONE, or CLI_FAILED if stdout is gone. */
int cli_print(struct os_buffer *out);
/* Makes the folders above path. */
int cli_make_folders_for(const char *path);

#endif
