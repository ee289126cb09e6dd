#include <os/file.h>

#include "file_private.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <os/clock.h>
#include <os/memory.h>
#include <os/random.h>
#include <os/trace.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define CHUNK 65536
#define NAMES_TRIED 1000

static _Atomic uint64_t s_syncs;
static _Atomic uint64_t s_fail_at;

void file_fail_at(uint64_t n)
{
	atomic_store(&s_fail_at, n);
}

/* Called before each step that a test may make fail. */
static int step(void)
{
	if (atomic_load_explicit(&s_fail_at, memory_order_relaxed) == 0) {
		return 0;
	}
	return atomic_fetch_sub(&s_fail_at, 1) == 1 ? -EIO : 0;
}

/* --- Reading ---------------------------------------------------------------------------------- */

static int check_file(int fd, size_t limit)
{
	struct stat info;
	if (fstat(fd, &info) < 0) {
		return -errno;
	}
	if (S_ISDIR(info.st_mode)) {
		return -EISDIR;
	}
	return S_ISREG(info.st_mode) && (uint64_t)info.st_size > limit ? -EFBIG : 0;
}

static int read_all(int fd, size_t limit, struct os_buffer *bytes)
{
	char *chunk = os_alloc(CHUNK);
	size_t total = 0;
	int result = 0;
	for (;;) {
		ssize_t got = read(fd, chunk, CHUNK);
		if (got < 0 && errno == EINTR) {
			continue;
		}
		if (got <= 0) {
			result = got < 0 ? -errno : 0;
			break;
		}
		total += (size_t)got;
		if (total > limit) {
			result = -EFBIG;
			break;
		}
		os_buffer_add(bytes, chunk, (size_t)got);
	}
	os_free(chunk);
	return result == 0 && bytes->failed ? -ENOMEM : result;
}

int os_file_read(int folder, const char *path, size_t limit, struct os_buffer *bytes)
{
	/* Not blocking: a path may name a pipe that nobody writes to. */
	int fd = openat(folder, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0) {
		return -errno;
	}
	size_t before = bytes->length;
	int result = check_file(fd, limit);
	if (result == 0) {
		result = read_all(fd, limit, bytes);
	}
	if (result < 0) {
		os_buffer_remove(bytes, before, bytes->length - before);
	}
	close(fd);
	return result;
}

/* --- Writing ---------------------------------------------------------------------------------- */

static int sync_fd(int fd)
{
	int result = step();
	if (result == 0) {
		atomic_fetch_add(&s_syncs, 1);
		result = fsync(fd) < 0 ? -errno : 0;
	}
	return result;
}

/* The folder that holds path, as a descriptor. */
static int open_parent(int folder, const char *path)
{
	const char *slash = strrchr(path, '/');
	char *parent = slash == NULL ? os_strdup(".")
				     : os_strndup(path, slash == path ? 1 : (size_t)(slash - path));
	int fd = openat(folder, parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int result = fd < 0 ? -errno : fd;
	os_free(parent);
	return result;
}

static int sync_parent(int folder, const char *path)
{
	int fd = open_parent(folder, path);
	if (fd < 0) {
		return fd;
	}
	int result = sync_fd(fd);
	close(fd);
	return result;
}

static int write_all(int fd, const char *bytes, size_t length)
{
	int result = length > 0 ? step() : 0;
	return result < 0 ? result : os_fd_write(fd, bytes, length);
}

static int write_temporary(int folder, const char *temporary, const void *bytes, size_t length)
{
	int result = step();
	if (result < 0) {
		return result;
	}
	int fd =
	    openat(folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
	if (fd < 0) {
		return -errno;
	}
	result = write_all(fd, bytes, length);
	if (result == 0) {
		result = sync_fd(fd);
	}
	if (close(fd) < 0 && result == 0) {
		result = -errno;
	}
	return result;
}

static int rename_over(int folder, const char *from, const char *to)
{
	int result = step();
	if (result == 0 && renameat(folder, from, folder, to) < 0) {
		result = -errno;
	}
	return result;
}

int os_file_write_atomic(int folder, const char *path, const void *bytes, size_t length)
{
	int64_t began_us = OS_TRACE_BEGIN();
	char *temporary = os_format("%s.new-%08x", path, (unsigned)os_random_u64());
	int result = write_temporary(folder, temporary, bytes, length);
	if (result == 0) {
		result = rename_over(folder, temporary, path);
	}
	if (result < 0 && result != -EEXIST) {
		unlinkat(folder, temporary, 0);
	}
	if (result == 0) {
		result = sync_parent(folder, path);
	}
	os_free(temporary);
	OS_TRACE_END("core-os", "write file", began_us, (int64_t)length);
	return result;
}

/* --- Setting aside ---------------------------------------------------------------------------- */

static char *aside_name(const char *path, int number)
{
	char date[32], suffix[16] = "";
	time_t seconds = (time_t)(os_clock_wall_us() / OS_US_PER_S);
	struct tm parts;
	gmtime_r(&seconds, &parts);
	strftime(date, sizeof(date), "%Y-%m-%dT%H.%M.%S", &parts);
	if (number > 1) {
		snprintf(suffix, sizeof(suffix), "-%d", number);
	}
	return os_format("%s.damaged-%s%s", path, date, suffix);
}

int os_file_set_aside(int folder, const char *path, char **ret_name)
{
	int result = -EEXIST;
	char *name = NULL;
	for (int number = 1; result == -EEXIST && number <= NAMES_TRIED; number++) {
		os_free(name);
		name = aside_name(path, number);
		result = renameat2(folder, path, folder, name, RENAME_NOREPLACE) < 0 ? -errno : 0;
	}
	if (result == 0) {
		result = sync_parent(folder, path);
	}
	if (result == 0 && ret_name != NULL) {
		*ret_name = name;
		return 0;
	}
	os_free(name);
	return result;
}

uint64_t os_file_sync_count(void)
{
	return atomic_load(&s_syncs);
}
