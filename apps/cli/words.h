/* The words that a keeper is started with: its program, then key=value. */
#ifndef CLI_WORDS_H
#define CLI_WORDS_H

#include "cli.h"

#define WORDS_MAX 20

struct words {
	char *list[WORDS_MAX + 1]; /* ends with NULL */
	int count;
};

void words_add(struct words *words, const char *format, ...) OS_PRINTF(2, 3);
/* The keeper's program, and where installation, data and socket of the device are. -Exxx */
int words_add_places(struct words *words, const struct cli *cli);
void words_finish(struct words *words);

#endif
