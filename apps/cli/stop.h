/* Stopping the running device, for `stop` and for a `run` that was interrupted. */
#ifndef CLI_STOP_H
#define CLI_STOP_H

#include "cli.h"

/* Returns an exit code, after a sentence if it is not CLI_DONE, when all processes are gone. */
int cli_stop(struct cli *cli);

#endif
