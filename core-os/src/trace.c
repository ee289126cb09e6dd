/* The ring: a header, a table of sites, and records that are overwritten in turn. A record carries
 * its number, which is written last, and 0 while it is being written: a reader copies it and looks
 * at the number again. The reader goes by these numbers alone, never by the head.
 *
 * Reader and writers meet on the fields without a lock: stores release, so that none comes before
 * the 0, and loads acquire, so that none comes after the second look at the number. */
#include <os/trace.h>

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <os/memory.h>
#include <os/random.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MAGIC 0x63617274u
#define VERSION 1u
#define SEALS (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL)
#define SITE_UNKNOWN UINT32_MAX /* the table was full */

struct site {
	_Atomic uint32_t ready;
	int32_t line;
	char layer[24], function[64], file[96], what[48];
};

struct record {
	_Atomic uint64_t number; /* from 1; 0: being written */
	_Atomic int64_t real_us, duration_us, argument;
	_Atomic uint64_t flow;
	_Atomic uint32_t site; /* from 1 */
	_Atomic uint32_t thread;
	uint64_t reserved[2];
};

struct ring {
	uint32_t magic, version;
	_Atomic uint32_t site_count;
	uint32_t reserved;
	_Atomic uint64_t head; /* number of the newest record */
	struct site sites[OS_TRACE_RING_SITES];
	struct record records[OS_TRACE_RING_RECORDS] __attribute__((aligned(64)));
};

static struct ring *_Atomic s_ring; /* earlier ones stay mapped: another thread may be writing */
static pthread_mutex_t s_sites_lock = PTHREAD_MUTEX_INITIALIZER;
static _Thread_local uint64_t s_flow;
static _Thread_local uint32_t s_thread;

/* --- Flows ------------------------------------------------------------------------------------ */

/* A process's own 24 bits in the numbers of its flows. Not the pid: in its namespace every app is
 * number 2. Made anew in a forked child. */
static _Atomic uint32_t s_process_tag;
static _Atomic uint32_t s_flow_counter;
static pthread_once_t s_fork_once = PTHREAD_ONCE_INIT;

static void after_fork(void)
{
	atomic_store(&s_process_tag, 0);
	s_thread = 0;
}

static void watch_forks(void)
{
	pthread_atfork(NULL, NULL, after_fork);
}

static uint32_t process_tag(void)
{
	uint32_t tag = atomic_load_explicit(&s_process_tag, memory_order_relaxed);
	if (tag == 0) {
		pthread_once(&s_fork_once, watch_forks);
		uint32_t none = 0, made = (uint32_t)(os_random_u64() & 0xffffff) | 1;
		tag = atomic_compare_exchange_strong(&s_process_tag, &none, made) ? made : none;
	}
	return tag;
}

uint64_t os_flow_create(enum os_flow_kind kind)
{
	uint32_t counter = atomic_fetch_add(&s_flow_counter, 1) + 1;
	return (uint64_t)kind << 56 | (uint64_t)process_tag() << 32 | counter;
}

enum os_flow_kind os_flow_kind(uint64_t flow)
{
	return (enum os_flow_kind)(flow >> 56);
}

uint64_t os_flow_current(void)
{
	return s_flow;
}

uint64_t os_flow_set_current(uint64_t flow)
{
	uint64_t before = s_flow;
	s_flow = flow;
	return before;
}

/* --- Writing ---------------------------------------------------------------------------------- */

static void copy_text(char *place, size_t size, const char *text)
{
	size_t length = strnlen(text, size - 1);
	memcpy(place, text, length);
	memset(place + length, 0, size - length);
}

static uint32_t register_site(struct ring *ring, const struct os_trace_site *site, uint32_t *index)
{
	pthread_mutex_lock(&s_sites_lock);
	uint32_t number = __atomic_load_n(index, __ATOMIC_RELAXED);
	uint32_t count = atomic_load(&ring->site_count);
	if (number == 0 && count < OS_TRACE_RING_SITES) {
		struct site *entry = &ring->sites[count];
		entry->line = site->line;
		copy_text(entry->layer, sizeof(entry->layer), site->layer);
		copy_text(entry->function, sizeof(entry->function), site->function);
		copy_text(entry->file, sizeof(entry->file), site->file);
		copy_text(entry->what, sizeof(entry->what), site->what);
		atomic_store(&entry->ready, 1);
		atomic_store(&ring->site_count, count + 1);
		number = count + 1;
	}
	number = number != 0 ? number : SITE_UNKNOWN;
	__atomic_store_n(index, number, __ATOMIC_RELEASE);
	pthread_mutex_unlock(&s_sites_lock);
	return number;
}

void os_trace_record(const struct os_trace_site *site, uint32_t *index, uint64_t flow,
		     int64_t real_us, int64_t duration_us, int64_t argument)
{
	struct ring *ring = atomic_load_explicit(&s_ring, memory_order_acquire);
	if (ring == NULL) {
		return;
	}
	uint32_t site_number = __atomic_load_n(index, __ATOMIC_ACQUIRE);
	if (site_number == 0) {
		site_number = register_site(ring, site, index);
	}
	if (s_thread == 0) {
		s_thread = (uint32_t)syscall(SYS_gettid);
	}
	uint64_t number = atomic_fetch_add_explicit(&ring->head, 1, memory_order_relaxed) + 1;
	struct record *record = &ring->records[number % OS_TRACE_RING_RECORDS];
	atomic_store_explicit(&record->number, 0, memory_order_release);
	atomic_store_explicit(&record->real_us, real_us, memory_order_release);
	atomic_store_explicit(&record->duration_us, duration_us, memory_order_release);
	atomic_store_explicit(&record->argument, argument, memory_order_release);
	atomic_store_explicit(&record->flow, flow, memory_order_release);
	atomic_store_explicit(&record->site, site_number, memory_order_release);
	atomic_store_explicit(&record->thread, s_thread, memory_order_release);
	atomic_store_explicit(&record->number, number, memory_order_release);
}

/* --- The ring --------------------------------------------------------------------------------- */

static int map_ring(int fd, int protection, struct ring **ret_ring)
{
	struct stat info;
	int seals = fcntl(fd, F_GET_SEALS);
	/* Seals before the size: what could shrink after it was measured would be a SIGBUS. */
	if (seals < 0 || (seals & SEALS) != SEALS || fstat(fd, &info) < 0 ||
	    info.st_size < (off_t)sizeof(struct ring)) {
		return -EINVAL;
	}
	struct ring *ring = mmap(NULL, sizeof(*ring), protection, MAP_SHARED, fd, 0);
	if (ring == MAP_FAILED) {
		return -errno;
	}
	if (ring->magic != MAGIC || ring->version != VERSION) {
		munmap(ring, sizeof(*ring));
		return -EINVAL;
	}
	*ret_ring = ring;
	return 0;
}

int os_trace_create_ring(int *ret_fd)
{
	const uint32_t head[2] = {MAGIC, VERSION};
	int fd = memfd_create("strata-trace", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (fd < 0) {
		return -errno;
	}
	if (ftruncate(fd, sizeof(struct ring)) < 0 || fcntl(fd, F_ADD_SEALS, SEALS) < 0 ||
	    pwrite(fd, head, sizeof(head), 0) != sizeof(head)) {
		int result = errno != 0 ? -errno : -EIO;
		close(fd);
		return result;
	}
	*ret_fd = fd;
	return 0;
}

int os_trace_attach(int fd)
{
	struct ring *ring = NULL;
	int result = map_ring(fd, PROT_READ | PROT_WRITE, &ring);
	if (result < 0) {
		return result;
	}
	pthread_mutex_lock(&s_sites_lock);
	struct ring *old = atomic_load(&s_ring);
	if (old != NULL) { /* sites keep the numbers they have */
		memcpy(ring->sites, old->sites, sizeof(ring->sites));
		atomic_store(&ring->site_count, atomic_load(&old->site_count));
	}
	atomic_store(&s_ring, ring);
	pthread_mutex_unlock(&s_sites_lock);
	return 0;
}

/* --- Reading: nothing in the ring is believed ------------------------------------------------- */

/* Text of unknown origin, at most size - 1 plain characters. */
static void read_text(char *place, const char *text, size_t size)
{
	size_t i = 0;
	for (; i + 1 < size; i++) {
		char c = __atomic_load_n(&text[i], __ATOMIC_RELAXED);
		if (c == '\0') {
			break;
		}
		place[i] = c >= ' ' && c < 127 ? c : '?';
	}
	place[i] = '\0';
}

static void read_site(const struct ring *ring, uint32_t number, struct os_trace_event *event)
{
	if (number == 0 || number > OS_TRACE_RING_SITES ||
	    atomic_load(&ring->sites[number - 1].ready) == 0) {
		strcpy(event->layer, "?");
		strcpy(event->function, "?");
		strcpy(event->file, "?");
		strcpy(event->what, "?");
		return;
	}
	const struct site *site = &ring->sites[number - 1];
	event->line = __atomic_load_n(&site->line, __ATOMIC_RELAXED);
	read_text(event->layer, site->layer, sizeof(event->layer));
	read_text(event->function, site->function, sizeof(event->function));
	read_text(event->file, site->file, sizeof(event->file));
	read_text(event->what, site->what, sizeof(event->what));
}

/* Returns the record's number, 0 if there is none or it was overwritten meanwhile. */
static uint64_t read_record(const struct ring *ring, size_t slot, struct os_trace_event *event)
{
	const struct record *record = &ring->records[slot];
	uint64_t number = atomic_load_explicit(&record->number, memory_order_acquire);
	if (number == 0 || number % OS_TRACE_RING_RECORDS != slot) {
		return 0;
	}
	*event = (struct os_trace_event){0};
	event->real_us = atomic_load_explicit(&record->real_us, memory_order_acquire);
	event->duration_us = atomic_load_explicit(&record->duration_us, memory_order_acquire);
	event->argument = atomic_load_explicit(&record->argument, memory_order_acquire);
	event->flow = atomic_load_explicit(&record->flow, memory_order_acquire);
	event->thread = atomic_load_explicit(&record->thread, memory_order_acquire);
	uint32_t site = atomic_load_explicit(&record->site, memory_order_acquire);
	if (atomic_load_explicit(&record->number, memory_order_relaxed) != number) {
		return 0;
	}
	read_site(ring, site, event);
	return number;
}

struct place {
	uint64_t number;
	size_t slot;
};

static int compare_places(const void *a_, const void *b_)
{
	const struct place *a = a_, *b = b_;
	return a->number < b->number ? -1 : a->number > b->number;
}

int os_trace_read_ring(int fd, os_trace_fn fn, void *context)
{
	struct ring *ring = NULL;
	int result = map_ring(fd, PROT_READ, &ring);
	if (result < 0) {
		return result;
	}
	struct place *places = os_alloc_array(OS_TRACE_RING_RECORDS, sizeof(*places));
	size_t count = 0;
	for (size_t slot = 0; slot < OS_TRACE_RING_RECORDS; slot++) {
		uint64_t number = atomic_load(&ring->records[slot].number);
		if (number != 0 && number % OS_TRACE_RING_RECORDS == slot) {
			places[count++] = (struct place){number, slot};
		}
	}
	qsort(places, count, sizeof(*places), compare_places);
	for (size_t i = 0; i < count; i++) {
		struct os_trace_event event;
		if (read_record(ring, places[i].slot, &event) == places[i].number) {
			fn(context, &event);
			result++;
		}
	}
	os_free(places);
	munmap(ring, sizeof(*ring));
	return result;
}
