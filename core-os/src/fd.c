#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <os/file.h>

int os_fd_set_nonblocking(int fd, bool nonblocking)
{
	int flags = fcntl(fd, F_GETFL);
	if (flags < 0) {
		return -errno;
	}
	flags = nonblocking ? flags | O_NONBLOCK : flags & ~O_NONBLOCK;
	return fcntl(fd, F_SETFL, flags) < 0 ? -errno : 0;
}

int os_fd_write(int fd, const void *bytes, size_t length)
{
	const char *at = bytes;
	while (length > 0) {
		ssize_t written = write(fd, at, length);
		if (written < 0 && errno != EINTR) {
			return -errno;
		}
		if (written > 0) {
			at += written;
			length -= (size_t)written;
		}
	}
	return 0;
}

int os_fd_close(int fd)
{
	if (fd >= 0) {
		close(fd);
	}
	return -1;
}
