/* File: reading a whole one, and writing one so that a plug may be pulled at any moment.
 *
 *	struct os_buffer bytes = {0};
 *	if (os_file_read(folder, "settings.json", 1 << 20, &bytes) >= 0) { … }
 *	int result = os_file_write_atomic(folder, "settings.json", bytes.bytes, bytes.length);
 *
 * The atomic write is: temporary file beside it, fsync, rename over, fsync of the folder
 * (POSIX promises no less to be enough). folder may be AT_FDCWD. Thread: any. */
#ifndef OS_FILE_H
#define OS_FILE_H

#include <os/buffer.h>

/* -EFBIG above limit bytes, -EISDIR, -ENOENT, … */
OS_PUBLIC int os_file_read(int folder, const char *path, size_t limit, struct os_buffer *bytes);
OS_PUBLIC int os_file_write_atomic(int folder, const char *path, const void *bytes, size_t length);
/* Renames path to "path.damaged-2026-11-22T16.47.03" (a number more if that is there), so that it
 * is never overwritten; the new name goes to ret_name (may be NULL; the caller frees). */
OS_PUBLIC int os_file_set_aside(int folder, const char *path, char **ret_name);
OS_PUBLIC int os_fd_set_nonblocking(int fd, bool nonblocking);
/* All the bytes, to a file or a memfd; on a pipe it waits for the reader. */
OS_PUBLIC int os_fd_write(int fd, const void *bytes, size_t length);
OS_PUBLIC int os_fd_close(int fd); /* ignores -1; returns -1 */
/* fsyncs this process has made through os_file functions. Tests count with it. */
OS_PUBLIC uint64_t os_file_sync_count(void);

#endif
