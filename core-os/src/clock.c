/* The page holds one small set of values under a sequence number: odd while it is being written.
 * Readers take a copy and look at the number again. The owner maps the page writable before it
 * seals it with F_SEAL_FUTURE_WRITE, so that nobody else ever can.
 *
 *	device time   running: CLOCK_MONOTONIC + offset      held: held_us
 *	wall time     running: CLOCK_REALTIME + wall_shift   held: held_us + held_wall */
#include <os/clock.h>

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define MAGIC 0x6b636c63u
#define VERSION 1u
#define SEALS (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_FUTURE_WRITE)
/* A writer that died in the middle must not hang its readers: they take what is there. */
#define READ_TRIES 10000

struct clock_page {
	uint32_t magic, version;
	_Atomic uint32_t sequence, held;
	_Atomic int64_t offset_us, held_us;
	_Atomic int64_t wall_shift_us, held_wall_us;
};

struct reading {
	bool held;
	int64_t offset_us, held_us, wall_shift_us, held_wall_us;
};

static struct clock_page s_private = {.magic = MAGIC, .version = VERSION};
/* Not written to through this pointer unless s_owned. Earlier pages stay mapped: another thread
 * may be reading. */
static struct clock_page *_Atomic s_page = &s_private;
static _Atomic bool s_owned = true;
static pthread_mutex_t s_write_lock = PTHREAD_MUTEX_INITIALIZER;

static int64_t read_clock(clockid_t clock)
{
	struct timespec now;
	clock_gettime(clock, &now);
	return (int64_t)now.tv_sec * OS_US_PER_S + now.tv_nsec / 1000;
}

/* --- Reading ---------------------------------------------------------------------------------- */

static struct reading read_page(void)
{
	struct clock_page *page = atomic_load_explicit(&s_page, memory_order_acquire);
	struct reading reading;
	for (int tries = 0; tries < READ_TRIES; tries++) {
		uint32_t before = atomic_load(&page->sequence);
		reading.held = atomic_load(&page->held) != 0;
		reading.offset_us = atomic_load(&page->offset_us);
		reading.held_us = atomic_load(&page->held_us);
		reading.wall_shift_us = atomic_load(&page->wall_shift_us);
		reading.held_wall_us = atomic_load(&page->held_wall_us);
		if (before % 2 == 0 && atomic_load(&page->sequence) == before) {
			break;
		}
	}
	return reading;
}

static int64_t device_us(const struct reading *reading)
{
	return reading->held ? reading->held_us : os_clock_real_us() + reading->offset_us;
}

static int64_t wall_us(const struct reading *reading)
{
	return reading->held ? reading->held_us + reading->held_wall_us
			     : read_clock(CLOCK_REALTIME) + reading->wall_shift_us;
}

int64_t os_clock_now_us(void)
{
	struct reading reading = read_page();
	return device_us(&reading);
}

int64_t os_clock_wall_us(void)
{
	struct reading reading = read_page();
	return wall_us(&reading);
}

int64_t os_clock_real_us(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

bool os_clock_is_held(void)
{
	return read_page().held;
}

int64_t os_clock_from_monotonic_us(int64_t monotonic_us)
{
	struct reading reading = read_page();
	return reading.held ? reading.held_us : monotonic_us + reading.offset_us;
}

/* --- Writing ---------------------------------------------------------------------------------- */

static void write_page(struct clock_page *page, const struct reading *reading)
{
	atomic_fetch_add(&page->sequence, 1);
	atomic_store(&page->held, reading->held);
	atomic_store(&page->offset_us, reading->offset_us);
	atomic_store(&page->held_us, reading->held_us);
	atomic_store(&page->wall_shift_us, reading->wall_shift_us);
	atomic_store(&page->held_wall_us, reading->held_wall_us);
	atomic_fetch_add(&page->sequence, 1);
}

static struct reading begin_write(void)
{
	assert(atomic_load(&s_owned) && "only the page's owner sets the clock");
	pthread_mutex_lock(&s_write_lock);
	return read_page();
}

static void end_write(const struct reading *reading)
{
	write_page(atomic_load(&s_page), reading);
	pthread_mutex_unlock(&s_write_lock);
}

void os_clock_hold(void)
{
	struct reading reading = begin_write();
	if (!reading.held) {
		int64_t now_us = device_us(&reading), wall = wall_us(&reading);
		reading.held = true;
		reading.held_us = now_us;
		reading.held_wall_us = wall - now_us;
	}
	end_write(&reading);
}

void os_clock_run(void)
{
	struct reading reading = begin_write();
	if (reading.held) {
		reading.wall_shift_us = wall_us(&reading) - read_clock(CLOCK_REALTIME);
		reading.offset_us = reading.held_us - os_clock_real_us();
		reading.held = false;
	}
	end_write(&reading);
}

void os_clock_advance_to(int64_t now_us)
{
	struct reading reading = begin_write();
	assert(reading.held && "only a held clock is stepped");
	reading.held_us = OS_MAX(reading.held_us, now_us);
	end_write(&reading);
}

void os_clock_set_wall(int64_t wall)
{
	struct reading reading = begin_write();
	reading.held_wall_us = wall - reading.held_us;
	reading.wall_shift_us = wall - read_clock(CLOCK_REALTIME);
	end_write(&reading);
}

/* --- The page --------------------------------------------------------------------------------- */

int os_clock_create_page(int *ret_fd)
{
	int fd = memfd_create("strata-clock", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (fd < 0) {
		return -errno;
	}
	struct clock_page *page = MAP_FAILED;
	if (ftruncate(fd, sizeof(*page)) == 0) {
		page = mmap(NULL, sizeof(*page), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	}
	if (page == MAP_FAILED || fcntl(fd, F_ADD_SEALS, SEALS | F_SEAL_SEAL) < 0) {
		int result = -errno;
		close(fd);
		return result;
	}
	page->magic = MAGIC;
	page->version = VERSION;
	pthread_mutex_lock(&s_write_lock);
	struct reading reading = read_page();
	write_page(page, &reading);
	atomic_store(&s_page, page);
	atomic_store(&s_owned, true);
	pthread_mutex_unlock(&s_write_lock);
	*ret_fd = fd;
	return 0;
}

int os_clock_attach(int fd)
{
	struct stat info;
	int seals = fcntl(fd, F_GET_SEALS);
	if (seals < 0 || (seals & SEALS) != SEALS || fstat(fd, &info) < 0 ||
	    info.st_size < (off_t)sizeof(struct clock_page)) {
		return -EINVAL;
	}
	struct clock_page *page = mmap(NULL, sizeof(*page), PROT_READ, MAP_SHARED, fd, 0);
	if (page == MAP_FAILED) {
		return -errno;
	}
	if (page->magic != MAGIC || page->version != VERSION) {
		munmap(page, sizeof(*page));
		return -EINVAL;
	}
	atomic_store(&s_owned, false);
	atomic_store(&s_page, page);
	return 0;
}
