/* The board that this machine is: what /etc/strata/board.conf says, and the device booted by it. */
#ifndef CLI_BOARD_H
#define CLI_BOARD_H

#include "cli.h"

/* For root, and for the user whose device it is: with a board.conf and no STRATA_HOME the verbs mean the
 * board's device. */
void board_adopt(struct cli *cli);
/* `run --board`: becomes the board's keeper, in the foreground, for a service manager. Returns only if
 * it cannot: CLI_USAGE when board.conf is wrong, which no restart mends. */
int board_run(struct cli *cli);

#endif
