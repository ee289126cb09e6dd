#include "cli.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <os/memory.h>

int cli_fail(int code, const char *format, ...)
{
	va_list values;
	va_start(values, format);
	fputs("strata: ", stderr);
	vfprintf(stderr, format, values);
	fputc('\n', stderr);
	va_end(values);
	return code;
}

int cli_usage(const struct cli *cli, const char *format, ...)
{
	va_list values;
	va_start(values, format);
	fprintf(stderr, "strata %s: ", cli->verb->name);
	vfprintf(stderr, format, values);
	fprintf(stderr, "\nusage: strata %s%s%s\n", cli->verb->name,
		cli->verb->arguments[0] ? " " : "", cli->verb->arguments);
	va_end(values);
	return CLI_USAGE;
}

void cli_json_text(struct os_buffer *out, const char *text)
{
	os_buffer_add_char(out, '"');
	for (const unsigned char *c = (const unsigned char *)(text ? text : ""); *c; c++) {
		if (*c == '"' || *c == '\\') {
			os_buffer_add_char(out, '\\');
			os_buffer_add_char(out, (char)*c);
		} else if (*c == '\n') {
			os_buffer_add_text(out, "\\n");
		} else if (*c < 0x20) {
			os_buffer_printf(out, "\\u%04x", *c);
		} else {
			os_buffer_add_char(out, (char)*c);
		}
	}
	os_buffer_add_char(out, '"');
}

void cli_json_key(struct os_buffer *out, const char *key)
{
	char last = out->length ? out->bytes[out->length - 1] : '{';
	if (last != '{' && last != '[') {
		os_buffer_add_text(out, ", ");
	}
	cli_json_text(out, key);
	os_buffer_add_text(out, ": ");
}

int cli_print(struct os_buffer *out)
{
	fputs(os_buffer_text(out), stdout);
	fputc('\n', stdout);
	os_buffer_finish(out);
	return fflush(stdout) == 0 ? CLI_DONE : CLI_FAILED;
}

int cli_make_folders_for(const char *path)
{
	char *copy = os_strdup(path);
	int result = 0;
	for (char *slash = strchr(copy + 1, '/'); slash && result == 0;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(copy, 0777) < 0 && errno != EEXIST) {
			result = -errno;
		}
		*slash = '/';
	}
	os_free(copy);
	return result;
}
