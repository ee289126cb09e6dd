#include "page.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <os/process.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define SEALS (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL)

static struct page s_private = {
    .magic = PAGE_MAGIC, .version = PAGE_VERSION, .next_deadline_us = OS_NEVER};
static struct page *_Atomic s_page = &s_private;
static struct page_connection s_dummy;                     /* counted by nobody */
static pthread_mutex_t s_lock = PTHREAD_MUTEX_INITIALIZER; /* adding and dropping connections */

static struct {
	_Atomic int fd;
	_Atomic uint32_t level;
} s_watch = {.fd = -1};

static struct page *current(void)
{
	return atomic_load_explicit(&s_page, memory_order_acquire);
}

/* --- The process's side ----------------------------------------------------------------------- */

static int check(int fd)
{
	struct stat info;
	int seals = fcntl(fd, F_GET_SEALS);
	/* Seals before the size: an unsealed one could shrink after it was measured. */
	if (seals < 0 || (seals & SEALS) != SEALS || fstat(fd, &info) < 0 ||
	    info.st_size < (off_t)sizeof(struct page)) {
		return -EINVAL;
	}
	return 0;
}

int page_attach(int fd)
{
	if (check(fd) < 0) {
		return -EINVAL;
	}
	struct page *page = mmap(NULL, sizeof(*page), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (page == MAP_FAILED) {
		return -errno;
	}
	if (page->magic != PAGE_MAGIC || page->version != PAGE_VERSION) {
		munmap(page, sizeof(*page));
		return -EINVAL;
	}
	pthread_mutex_lock(&s_lock);
	struct page *old = current();
	memcpy(page, old, sizeof(*page));
	atomic_store(&s_page, page);
	pthread_mutex_unlock(&s_lock);
	if (old != &s_private) {
		munmap(old, sizeof(*old));
	}
	return 0;
}

static struct page_connection *find(struct page *page, uint64_t id)
{
	for (size_t i = 0; i < PAGE_CONNECTIONS; i++) {
		if (page->connections[i].id == id) {
			return &page->connections[i];
		}
	}
	return NULL;
}

struct page_connection *page_connection(uint64_t id)
{
	if (id == 0) {
		return &s_dummy;
	}
	pthread_mutex_lock(&s_lock);
	struct page *page = current();
	struct page_connection *counts = find(page, id);
	if (counts == NULL) {
		counts = find(page, 0);
		if (counts != NULL) {
			counts->sent = 0;
			counts->handled = 0;
			counts->id = id;
		} else {
			page->full++;
			counts = &s_dummy;
		}
	}
	pthread_mutex_unlock(&s_lock);
	return counts;
}

void page_drop_connection(uint64_t id)
{
	pthread_mutex_lock(&s_lock);
	struct page_connection *counts = id != 0 ? find(current(), id) : NULL;
	if (counts != NULL) {
		counts->id = 0;
	}
	pthread_mutex_unlock(&s_lock);
}

void page_count_sent(struct page_connection *counts)
{
	atomic_fetch_add(&counts->sent, 1);
}

void page_count_handled(struct page_connection *counts)
{
	atomic_fetch_add(&counts->handled, 1);
}

void page_set_next_deadline(int64_t deadline_us)
{
	atomic_store(&current()->next_deadline_us, deadline_us);
}

void page_add_wakes(uint64_t wakes)
{
	atomic_fetch_add(&current()->wakes, wakes);
}

uint32_t page_busy(void)
{
	return atomic_load(&current()->busy);
}

void page_watch_busy(int eventfd, uint32_t level)
{
	atomic_store(&s_watch.level, level);
	atomic_store(&s_watch.fd, eventfd);
}

const struct page *page_own(void)
{
	return current();
}

void os_process_begin_busy(void)
{
	atomic_fetch_add(&current()->busy, 1);
}

void os_process_end_busy(void)
{
	uint32_t before = atomic_fetch_sub(&current()->busy, 1);
	assert(before > 0 && "ended more often than begun");
	int fd = atomic_load(&s_watch.fd);
	if (fd >= 0 && before - 1 <= atomic_load(&s_watch.level)) {
		uint64_t one = 1;
		OS_UNUSED ssize_t written = write(fd, &one, sizeof(one));
	}
}

/* --- The supervisor's side -------------------------------------------------------------------- */

int page_create(int *ret_fd)
{
	struct page page = {
	    .magic = PAGE_MAGIC, .version = PAGE_VERSION, .next_deadline_us = OS_NEVER};
	int fd = memfd_create("strata-page", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (fd < 0) {
		return -errno;
	}
	if (pwrite(fd, &page, sizeof(page), 0) != sizeof(page) ||
	    fcntl(fd, F_ADD_SEALS, SEALS) < 0) {
		int result = errno != 0 ? -errno : -EIO;
		close(fd);
		return result;
	}
	*ret_fd = fd;
	return 0;
}

const struct page *page_map(int fd)
{
	if (check(fd) < 0) {
		return NULL;
	}
	void *page = mmap(NULL, sizeof(struct page), PROT_READ, MAP_SHARED, fd, 0);
	return page != MAP_FAILED ? page : NULL;
}

void page_unmap(const struct page *page)
{
	if (page != NULL) {
		munmap((void *)page, sizeof(*page));
	}
}

void page_read(const struct page *page, struct page_copy *ret_copy)
{
	*ret_copy = (struct page_copy){0};
	ret_copy->busy = atomic_load(&page->busy);
	ret_copy->next_deadline_us = atomic_load(&page->next_deadline_us);
	ret_copy->wakes = atomic_load(&page->wakes);
	for (size_t i = 0; i < PAGE_CONNECTIONS; i++) {
		const struct page_connection *counts = &page->connections[i];
		uint64_t id = atomic_load(&counts->id);
		if (id == 0) {
			continue;
		}
		uint32_t at = ret_copy->connection_count++;
		ret_copy->connections[at].id = id;
		ret_copy->connections[at].sent = atomic_load(&counts->sent);
		ret_copy->connections[at].handled = atomic_load(&counts->handled);
	}
}

bool page_copy_equal(const struct page_copy *a, const struct page_copy *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}
