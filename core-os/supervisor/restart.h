/* Restart: when a process that died comes back (CONTRACTS.md, Processes and walls).
 *
 * At once; from the fourth death in a row within 500 ms of its start after 100 ms, doubling to 1 s.
 * One that lived for 500 ms clears the count. */
#ifndef OS_RESTART_H
#define OS_RESTART_H

#include <os/base.h>

struct restart {
	uint32_t short_lives; /* in a row */
};

/* Returns how long to wait, from how long it lived, both in real time. */
int64_t restart_delay_us(struct restart *restart, int64_t lived_us);

#endif
