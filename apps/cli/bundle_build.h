/* Bundle build: an app's folder of sources becomes a bundle, outside that folder.
 *
 *	char bundle[…];
 *	int result = bundle_build(cli, "/home/me/hello", bundle);     after sentences on stderr
 *
 * The folder has manifest.json, the app's .c files (all of them make one module) and whatever else
 * the app needs at run time. ninja does the work, so an unchanged file is not compiled again. */
#ifndef CLI_BUNDLE_BUILD_H
#define CLI_BUNDLE_BUILD_H

#include <os/layout.h>

#include "cli.h"

/* True if the folder has sources. */
bool bundle_has_sources(const char *folder);
/* folder is absolute. 0 and the finished bundle's folder, or -Exxx after a sentence. */
int bundle_build(struct cli *cli, const char *folder, char ret_bundle[OS_LAYOUT_MAX]);

#endif
