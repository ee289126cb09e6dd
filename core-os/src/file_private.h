/* For tests of what file.c does when a step fails. */
#ifndef OS_FILE_PRIVATE_H
#define OS_FILE_PRIVATE_H

#include <os/base.h>

/* Makes the n-th step of writing (open, write, sync, rename, …) from now fail with -EIO; 0 = off. */
void file_fail_at(uint64_t n);

#endif
