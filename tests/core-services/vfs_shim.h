/* A file system under sqlite that counts and can fail: every sync, every write. */
#ifndef VFS_SHIM_H
#define VFS_SHIM_H

#include <stdint.h>

/* Becomes sqlite's default. Once per process. */
void vfs_shim_install(void);
int vfs_shim_syncs(void);
int vfs_shim_writes(void);
/* The n-th write or sync from now (1 = next) fails with that result, and all after it too while
 * `for_ever`. 0 turns it off. */
void vfs_shim_fail_at(int n, int sqlite_result, int for_ever);

#endif
