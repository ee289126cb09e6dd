/* What both ways to start a program share. All of it runs in a forked child. */
#ifndef SPAWN_PRIVATE_H
#define SPAWN_PRIVATE_H

#include <os/base.h>
#include <sys/types.h>

/* Default handlers, nothing blocked. */
void spawn_reset_signals(void);
/* Closes first to last, both included. */
int spawn_close_from(unsigned first, unsigned last);
/* 0 = /dev/null, 1 and 2 = log_fd (kept as they are if -1), 3… = fds. At most 16. */
int spawn_place_fds(int log_fd, const int *fds, size_t count);
int spawn_pidfd(pid_t pid);

#endif
