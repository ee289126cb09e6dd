/* Random: bytes that nobody can guess, from the kernel.
 *
 *	uint8_t token[16];
 *	os_random_bytes(token, sizeof(token));
 *	int side = (int)(os_random_u64() % 6);
 *
 * Never fails: a process whose kernel refuses is over. Waits, once after a board's boot, until the
 * kernel has gathered enough. Thread: any. */
#ifndef OS_RANDOM_H
#define OS_RANDOM_H

#include <os/base.h>

OS_PUBLIC void os_random_bytes(void *bytes, size_t length);
OS_PUBLIC uint64_t os_random_u64(void);

#endif
