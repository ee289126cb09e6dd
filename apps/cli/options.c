#include "cli.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct cli_option s_everywhere[] = {
    {"--device", "NAME", "which device, when there are several (default)"},
    {NULL},
};
static const struct cli_option s_json = {"--json", NULL, "facts as JSON"};

static const struct cli_option *find_in(const struct cli_option *options, const char *name,
					size_t length)
{
	for (; options && options->name; options++) {
		if (strlen(options->name) == length && memcmp(options->name, name, length) == 0) {
			return options;
		}
	}
	return NULL;
}

static bool is_option(const char *word)
{
	/* "-" is a file, and -5 a number. */
	return word[0] == '-' && word[1] && !isdigit((unsigned char)word[1]) && word[1] != '.';
}

static bool is_choice(const char *choices, const char *value)
{
	size_t length = strlen(value);
	for (const char *at = choices; at; at = strchr(at, '|') ? strchr(at, '|') + 1 : NULL) {
		if (strcspn(at, "|") == length && memcmp(at, value, length) == 0) {
			return true;
		}
	}
	return false;
}

static int take_value(struct cli *cli, const struct cli_option *option, const char *value)
{
	if (option->choices && !is_choice(option->choices, value)) {
		return cli_usage(cli, "%s takes %s, not %s", option->name, option->choices, value);
	}
	if (option == &s_everywhere[0]) {
		if (!value[0] || strlen(value) > 64 || strchr(value, '/') || value[0] == '.') {
			return cli_usage(
			    cli, "a device's name has no slash and does not begin with a dot: %s",
			    value);
		}
		cli->device = value;
		return CLI_DONE;
	}
	if (cli->given_count == CLI_MAX_OPTIONS) {
		return cli_usage(cli, "too many options");
	}
	cli->given[cli->given_count].name = option->name;
	cli->given[cli->given_count++].value = value;
	return CLI_DONE;
}

/* The option at words[*at]; moves *at on when its value is the next word. */
static int take_option(struct cli *cli, int count, char **words, int *at)
{
	const char *word = words[*at];
	size_t length = strcspn(word, "=");
	if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
		cli->help = true;
		return CLI_DONE;
	}
	if (strcmp(word, "--json") == 0 && cli->verb->json) {
		cli->json = true;
		return CLI_DONE;
	}
	const struct cli_option *option = find_in(s_everywhere, word, length);
	if (!option) {
		option = find_in(cli->verb->options, word, length);
	}
	if (!option) {
		return cli_usage(cli, "there is no option %.*s", (int)length, word);
	}
	if (!option->value) {
		return word[length] ? cli_usage(cli, "%s takes no value", option->name)
				    : take_value(cli, option, "");
	}
	if (word[length] == '=') {
		return take_value(cli, option, word + length + 1);
	}
	if (*at + 1 >= count) {
		return cli_usage(cli, "%s needs %s", option->name, option->value);
	}
	return take_value(cli, option, words[++*at]);
}

/* The verb's place in words: the first that is no option and no option's value. -1: none. */
static int verb_at(int count, char **words)
{
	for (int i = 0; i < count; i++) {
		if (strcmp(words[i], "--device") == 0) {
			i++;
		} else if (!is_option(words[i])) {
			return i;
		}
	}
	return -1;
}

int cli_parse(struct cli *cli, int count, char **words)
{
	int verb = verb_at(count, words);
	if (verb < 0) {
		for (int i = 0; i < count; i++) {
			cli->help |= strcmp(words[i], "--help") == 0 || strcmp(words[i], "-h") == 0;
		}
		return CLI_DONE;
	}
	cli->verb = cli_verb_find(words[verb]);
	if (!cli->verb) {
		return cli_fail(CLI_USAGE, "there is no verb %s; `strata --help` lists them",
				words[verb]);
	}
	bool only_arguments = false;
	for (int i = 0; i < count; i++) {
		if (i == verb) {
			continue;
		}
		if (!only_arguments && strcmp(words[i], "--") == 0) {
			only_arguments = true;
		} else if (!only_arguments && is_option(words[i])) {
			int result = take_option(cli, count, words, &i);
			if (result != CLI_DONE) {
				return result;
			}
		} else {
			cli->arguments[cli->argument_count++] = words[i];
		}
	}
	if (cli->help) {
		return CLI_DONE;
	}
	if (cli->argument_count < cli->verb->least) {
		return cli_usage(cli, "something is missing");
	}
	if (cli->verb->most >= 0 && cli->argument_count > cli->verb->most) {
		return cli_usage(cli, "too much: %s", cli->arguments[cli->verb->most]);
	}
	return CLI_DONE;
}

const char *cli_value(const struct cli *cli, const char *option)
{
	for (int i = cli->given_count - 1; i >= 0; i--) {
		if (strcmp(cli->given[i].name, option) == 0) {
			return cli->given[i].value;
		}
	}
	return NULL;
}

bool cli_has(const struct cli *cli, const char *option)
{
	return cli_value(cli, option) != NULL;
}

static void print_option(const struct cli_option *option)
{
	char name[80];
	snprintf(name, sizeof(name), "%s%s%s", option->name, option->value ? " " : "",
		 option->value ? option->value : "");
	printf("  %-24s %s%s%s\n", name, option->help, option->choices ? ": " : "",
	       option->choices ? option->choices : "");
}

void cli_print_help(const struct cli_verb *verb)
{
	printf("usage: strata %s%s%s\n\n%s\n", verb->name, verb->arguments[0] ? " " : "",
	       verb->arguments, verb->summary);
	if (verb->help) {
		printf("\n%s\n", verb->help);
	}
	printf("\noptions, before or after the arguments:\n");
	for (const struct cli_option *option = verb->options; option && option->name; option++) {
		print_option(option);
	}
	if (verb->json) {
		print_option(&s_json);
	}
	print_option(&s_everywhere[0]);
}

void cli_print_verbs(FILE *out)
{
	fprintf(out, "usage: strata VERB … ; each verb has --help\n\n");
	for (const struct cli_verb *const *verb = cli_verbs; *verb; verb++) {
		fprintf(out, "  %-18s %s\n", (*verb)->name, (*verb)->summary);
	}
	fprintf(out, "\nexit: 0 done, 1 failed, 2 wrong usage, 3 no such device\n");
}
