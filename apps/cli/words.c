#include "words.h"

#include <stdarg.h>
#include <stdio.h>

#include <os/layout.h>
#include <os/memory.h>

#include "session.h"

void words_add(struct words *words, const char *format, ...)
{
	char text[2 * OS_LAYOUT_MAX];
	va_list values;
	va_start(values, format);
	vsnprintf(text, sizeof(text), format, values);
	va_end(values);
	if (words->count < WORDS_MAX) {
		words->list[words->count++] = os_strdup(text);
	}
}

int words_add_places(struct words *words, const struct cli *cli)
{
	char root[OS_LAYOUT_MAX], keeper[OS_LAYOUT_MAX], data[OS_LAYOUT_MAX],
	    runtime[OS_LAYOUT_MAX];
	int result = cli_root(root);
	if (result == 0) {
		result = os_layout_program(root, "strata-keeper", keeper);
	}
	if (result == 0) {
		result = cli_data_folder(cli, data);
	}
	if (result == 0) {
		result = cli_runtime_folder(cli, runtime);
	}
	if (result < 0) {
		return result;
	}
	words_add(words, "%s", keeper);
	words_add(words, "root=%s", root);
	words_add(words, "data=%s", data);
	words_add(words, "runtime=%s", runtime);
	words_add(words, "device=%s", cli->device);
	return 0;
}

void words_finish(struct words *words)
{
	for (int i = 0; i < words->count; i++) {
		os_free(words->list[i]);
	}
}
