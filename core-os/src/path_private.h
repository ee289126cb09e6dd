/* For tests: path.c as it is on a kernel, or behind a filter, that has no openat2. */
#ifndef OS_PATH_PRIVATE_H
#define OS_PATH_PRIVATE_H

#include <os/base.h>

void path_set_openat2(bool allowed);

#endif
