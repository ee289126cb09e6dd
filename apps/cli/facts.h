/* What the supervisor says of a running device. */
#ifndef CLI_FACTS_H
#define CLI_FACTS_H

#include "cli.h"

struct cli_stage {
	char name[32];
	int64_t us, at_us; /* that it took; its end, since power-on on a board */
};

struct cli_process {
	int pid;
	char role[16], app[128], state[17];
	int64_t private_kb;
	uint32_t launches;
};

struct cli_facts {
	char state[17], foreground[128], options[1024];
	bool held;
	struct cli_stage stages[16];
	int stage_count;
	struct cli_process processes[256];
	int process_count;
};

/* Asks for them. 0, or -Exxx (cli_call_failed says why). */
int cli_ask_facts(struct cli *cli, struct cli_facts *ret_facts);
/* What the device shows itself on, and why: one sentence, "" while its compositor is away. */
int cli_ask_display(struct cli *cli, char *ret_text, size_t size);
/* The process with this role, or with this app's id; NULL if none runs. */
const struct cli_process *cli_find_process(const struct cli_facts *facts, const char *role_or_app);
/* Value of an option the device was started with, copied; false if it was not given. */
bool cli_fact_option(const struct cli_facts *facts, const char *key, char *value, size_t size);

#endif
