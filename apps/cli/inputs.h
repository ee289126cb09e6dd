/* Input devices of a running board, as facts of `strata doctor`. */
#ifndef CLI_INPUTS_H
#define CLI_INPUTS_H

#include <os/doctor.h>

struct cli;

/* Nothing where no device runs, or where a window hears for it. */
void cli_add_inputs(struct cli *cli, struct os_doctor *doctor);

#endif
