/* Runner: plays a finger script on a device, line by line, until one fails.
 *
 *	int code = runner_play(cli, script);             CLI_DONE, or CLI_FAILED after a sentence
 *
 * Waits are in the device's time; a device whose clock is held is stepped frame by frame through
 * the script's own waits and gestures. Thread: main. */
#ifndef CLI_RUNNER_H
#define CLI_RUNNER_H

#include <os/status.h>

#include "cli.h"
#include "script.h"

int runner_play(struct cli *cli, const struct script *script);

#endif
