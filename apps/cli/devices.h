/* The devices of this person: folders below $STRATA_HOME. */
#ifndef CLI_DEVICES_H
#define CLI_DEVICES_H

#include "cli.h"

/* True if the folder holds what a device holds. */
bool cli_is_device_folder(const char *path);
/* True if something listens on the device's control socket. */
bool cli_device_runs(const struct cli *cli);

#endif
