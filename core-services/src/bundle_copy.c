/* Copies a bundle that somebody handed in: files and folders only, within bounds, all of it on disk
 * before it counts. */
#include <os/file.h>
#include <os/path.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bundle_private.h"

#define MAX_DEPTH 16
#define MAX_FILES 10000
#define MAX_BYTES (INT64_C(512) << 20)

struct copy {
	int64_t files, bytes;
	struct os_error *error;
};

static int copy_bytes(struct copy *copy, int from, int to)
{
	char block[65536];
	ssize_t got;
	while ((got = read(from, block, sizeof(block))) > 0) {
		copy->bytes += got;
		if (copy->bytes > MAX_BYTES) {
			return -EFBIG;
		}
		int result = os_fd_write(to, block, (size_t)got);
		if (result < 0) {
			return result;
		}
	}
	if (got < 0) {
		return -errno;
	}
	return fsync(to) < 0 ? -errno : 0;
}

static int copy_file(struct copy *copy, int from, int into, const char *name, mode_t mode)
{
	int to = openat(into, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (to < 0) {
		return -errno;
	}
	int result = copy_bytes(copy, from, to);
	if (result == 0 && fchmod(to, mode & 0111 ? 0755 : 0644) < 0) {
		result = -errno;
	}
	close(to);
	return result;
}

static int copy_folder(struct copy *copy, int from, int into, int depth);

static int make_and_copy(struct copy *copy, int from, int into, const char *name, int depth)
{
	if (depth >= MAX_DEPTH) {
		return -ELOOP;
	}
	if (mkdirat(into, name, 0755) < 0) {
		return -errno;
	}
	int folder = openat(into, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (folder < 0) {
		return -errno;
	}
	int result = copy_folder(copy, from, folder, depth + 1);
	close(folder);
	return result;
}

static int copy_one(struct copy *copy, int from, int into, const char *name, int depth)
{
	int fd = openat(from, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat info = {0};
	int result = fd < 0 ? -errno : fstat(fd, &info) < 0 ? -errno : 0;
	if (result == 0 && ++copy->files > MAX_FILES) {
		result = -EFBIG;
	}
	if (result == 0 && S_ISREG(info.st_mode)) {
		result = copy_file(copy, fd, into, name, info.st_mode);
	} else if (result == 0) {
		result =
		    S_ISDIR(info.st_mode) ? make_and_copy(copy, fd, into, name, depth) : -EINVAL;
	}
	os_fd_close(fd);
	if (result < 0 && copy->error != NULL && copy->error->text[0] == '\0') {
		os_error_set(copy->error, result, "%s: %s", name,
			     result == -EFBIG ? "the bundle is larger than 512 MB or 10,000 files"
			     : result == -ELOOP
				 ? "expected no link, and at most 16 folders in each other"
			     : result == -EINVAL ? "expected files and folders only"
						 : os_status_text(result));
	}
	return result;
}

static int copy_folder(struct copy *copy, int from, int into, int depth)
{
	int again = openat(from, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *folder = again < 0 ? NULL : fdopendir(again);
	if (folder == NULL) {
		int result = -errno;
		os_fd_close(again);
		return result;
	}
	int result = 0;
	struct dirent *entry;
	while (result == 0 && (entry = readdir(folder)) != NULL) {
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
			result = copy_one(copy, from, into, entry->d_name, depth);
		}
	}
	closedir(folder);
	return result < 0 ? result : fsync(into) < 0 ? -errno : 0;
}

int cs_bundle_copy(int from, int into, struct os_error *ret_error)
{
	struct copy copy = {.error = ret_error};
	if (ret_error != NULL) {
		ret_error->text[0] = '\0';
	}
	int result = copy_folder(&copy, from, into, 0);
	if (result < 0 && ret_error != NULL && ret_error->text[0] == '\0') {
		os_error_set(ret_error, result, "the bundle could not be copied: %s",
			     os_status_text(result));
	}
	return result;
}
