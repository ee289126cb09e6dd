#include "vfs_shim.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <string.h>

struct shim_file {
	sqlite3_file base;
	sqlite3_file *real; /* behind this struct */
};

static sqlite3_vfs s_vfs, *s_real;
static atomic_int s_syncs, s_writes, s_fail_in, s_result, s_for_ever;

static sqlite3_file *real_of(sqlite3_file *file)
{
	return ((struct shim_file *)file)->real;
}

/* SQLITE_OK, or the failure whose turn it is. */
static int take_failure(void)
{
	int left = atomic_load(&s_fail_in);
	if (left <= 0) {
		return SQLITE_OK;
	}
	if (left == 1) {
		if (!atomic_load(&s_for_ever)) {
			atomic_store(&s_fail_in, 0);
		}
		return atomic_load(&s_result);
	}
	atomic_store(&s_fail_in, left - 1);
	return SQLITE_OK;
}

static int shim_close(sqlite3_file *file)
{
	return real_of(file)->pMethods->xClose(real_of(file));
}

static int shim_read(sqlite3_file *file, void *bytes, int length, sqlite3_int64 at)
{
	return real_of(file)->pMethods->xRead(real_of(file), bytes, length, at);
}

static int shim_write(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 at)
{
	atomic_fetch_add(&s_writes, 1);
	int failure = take_failure();
	return failure != SQLITE_OK
		   ? failure
		   : real_of(file)->pMethods->xWrite(real_of(file), bytes, length, at);
}

static int shim_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	return real_of(file)->pMethods->xTruncate(real_of(file), size);
}

static int shim_sync(sqlite3_file *file, int flags)
{
	atomic_fetch_add(&s_syncs, 1);
	int failure = take_failure();
	return failure != SQLITE_OK ? failure
				    : real_of(file)->pMethods->xSync(real_of(file), flags);
}

static int shim_file_size(sqlite3_file *file, sqlite3_int64 *size)
{
	return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int shim_lock(sqlite3_file *file, int kind)
{
	return real_of(file)->pMethods->xLock(real_of(file), kind);
}

static int shim_unlock(sqlite3_file *file, int kind)
{
	return real_of(file)->pMethods->xUnlock(real_of(file), kind);
}

static int shim_check_lock(sqlite3_file *file, int *locked)
{
	return real_of(file)->pMethods->xCheckReservedLock(real_of(file), locked);
}

static int shim_control(sqlite3_file *file, int operation, void *argument)
{
	return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}

static int shim_sector_size(sqlite3_file *file)
{
	return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int shim_characteristics(sqlite3_file *file)
{
	return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int shim_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **memory)
{
	return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, memory);
}

static int shim_shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
	return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
}

static void shim_shm_barrier(sqlite3_file *file)
{
	real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int shim_shm_unmap(sqlite3_file *file, int remove)
{
	return real_of(file)->pMethods->xShmUnmap(real_of(file), remove);
}

static const sqlite3_io_methods s_methods = {
    2,
    shim_close,
    shim_read,
    shim_write,
    shim_truncate,
    shim_sync,
    shim_file_size,
    shim_lock,
    shim_unlock,
    shim_check_lock,
    shim_control,
    shim_sector_size,
    shim_characteristics,
    shim_shm_map,
    shim_shm_lock,
    shim_shm_barrier,
    shim_shm_unmap,
};

static int shim_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
		     int *ret_flags)
{
	struct shim_file *shim = (struct shim_file *)file;
	shim->real = (sqlite3_file *)(shim + 1);
	memset(shim->real, 0, (size_t)s_real->szOsFile);
	int result = s_real->xOpen(s_real, name, shim->real, flags, ret_flags);
	shim->base.pMethods = shim->real->pMethods == NULL ? NULL : &s_methods;
	return result;
}

void vfs_shim_install(void)
{
	s_real = sqlite3_vfs_find(NULL);
	s_vfs = *s_real;
	s_vfs.zName = "shim";
	s_vfs.pNext = NULL;
	s_vfs.szOsFile = (int)sizeof(struct shim_file) + s_real->szOsFile;
	s_vfs.xOpen = shim_open;
	sqlite3_vfs_register(&s_vfs, 1);
}

int vfs_shim_syncs(void)
{
	return atomic_load(&s_syncs);
}

int vfs_shim_writes(void)
{
	return atomic_load(&s_writes);
}

void vfs_shim_fail_at(int n, int sqlite_result, int for_ever)
{
	atomic_store(&s_result, sqlite_result);
	atomic_store(&s_for_ever, for_ever);
	atomic_store(&s_fail_in, n);
}
