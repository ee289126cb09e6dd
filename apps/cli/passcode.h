/* The passcode that lets out of an appliance: read from standard input, since a command line is seen by
 * everybody on the machine. */
#ifndef CLI_PASSCODE_H
#define CLI_PASSCODE_H

#include "cli.h"

#define CLI_PASSCODE_KEY "kiosk.passcode"

int cli_passcode_set(struct cli *cli);
/* Says whether there is one; what it is nobody knows. */
int cli_passcode_get(struct cli *cli);

#endif
