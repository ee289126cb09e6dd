/* Page: by which the supervisor sees, without asking, whether a process has come to rest.
 *
 * One small sealed memfd per process, made by the supervisor, written by the process alone. A
 * process is quiet when busy is 0, all that was sent to it is handled, and no deadline is due
 * (CONTRACTS.md, Time). The supervisor trusts nothing in it: a process that lies is left out of a
 * step by name, or spoils only its own.
 *
 * The process's side has always a page: until page_attach it is one in its own memory, which is
 * how tests read the counts of a process that nobody started.
 *
 *	process:     page_attach(fd);
 *	             struct page_connection *counts = page_connection(id);
 *	             page_count_sent(counts);         on every message that left for good
 *	             page_count_handled(counts);      after its handler returned
 *	supervisor:  page_create(&fd);
 *	             const struct page *page = page_map(fd);
 *	             page_read(page, &copy);
 *
 * Order is the whole secret: a process makes itself busy before it takes what was sent to it, and
 * counts a thing as handled only after all that follows from it was counted as sent, or busy.
 * Thread: any. */
#ifndef OS_PAGE_H
#define OS_PAGE_H

#include <os/base.h>
#include <stdatomic.h>

#define PAGE_MAGIC 0x65676170u
#define PAGE_VERSION 1u
#define PAGE_CONNECTIONS 64

struct page_connection {
	_Atomic uint64_t id; /* 0: free */
	_Atomic uint64_t sent, handled;
};

struct page {
	uint32_t magic, version;
	_Atomic uint32_t busy; /* works in progress: a loop that is awake, queued work, … */
	_Atomic uint32_t full; /* connections that found no room, and so are not counted */
	_Atomic int64_t next_deadline_us; /* device time; OS_NEVER */
	_Atomic uint64_t wakes; /* sum of all values read from the wake eventfd and dealt with */
	struct page_connection connections[PAGE_CONNECTIONS];
};

/* --- The process's side ----------------------------------------------------------------------- */

/* Uses the page behind fd (not taken over) from now on; what was counted so far moves there.
 * -EINVAL if it is not a sealed page. Before there are other threads. */
int page_attach(int fd);
/* The counts of a connection, made on first use; never NULL: id 0, and one connection too many,
 * get a common dummy. Valid until page_drop_connection. */
struct page_connection *page_connection(uint64_t id);
void page_drop_connection(uint64_t id); /* its counts leave with it */
void page_count_sent(struct page_connection *counts);
void page_count_handled(struct page_connection *counts);
void page_set_next_deadline(int64_t deadline_us);
/* May be called as soon as the eventfd is read, since the loop is busy until all is done. */
void page_add_wakes(uint64_t wakes);
/* busy is changed by os_process_begin_busy and os_process_end_busy. */
uint32_t page_busy(void);
/* The eventfd that is written to whenever busy falls to `level` or below; -1 = nobody waits. For
 * os_loop_step_to. */
void page_watch_busy(int eventfd, uint32_t level);
const struct page *page_own(void);

/* --- The supervisor's side -------------------------------------------------------------------- */

struct page_copy {
	uint32_t busy, connection_count;
	int64_t next_deadline_us;
	uint64_t wakes;
	struct {
		uint64_t id, sent, handled;
	} connections[PAGE_CONNECTIONS];
};

int page_create(int *ret_fd);
const struct page *page_map(int fd); /* read only; NULL if it cannot be */
void page_unmap(const struct page *page);
void page_read(const struct page *page, struct page_copy *ret_copy);
bool page_copy_equal(const struct page_copy *a, const struct page_copy *b);

#endif
