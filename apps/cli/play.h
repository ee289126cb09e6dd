/* Reading a finger script from a file, or from stdin when it is called "-". */
#ifndef CLI_PLAY_H
#define CLI_PLAY_H

#include "script.h"

/* 0; or -Exxx after a sentence on stderr. */
int cli_load_script(const char *path, struct script **ret_script);

#endif
