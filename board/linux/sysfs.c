#include "sysfs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ENTRIES_MAX 512

int sysfs_open(int folder, const char *path)
{
	return openat(folder, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

int sysfs_read_text(int folder, const char *path, char ret_text[SYSFS_TEXT])
{
	int fd = openat(folder, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0) {
		return -errno;
	}
	char text[SYSFS_TEXT];
	ssize_t length = read(fd, text, sizeof(text));
	int result = length < 0 ? -errno : 0;
	close(fd);
	if (result < 0) {
		return result;
	}
	while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == ' ')) {
		length--;
	}
	for (ssize_t i = 0; i < length; i++) {
		if ((unsigned char)text[i] < ' ' || (unsigned char)text[i] > '~') {
			return -EINVAL;
		}
	}
	if (length == 0 || length == SYSFS_TEXT) {
		return -EINVAL;
	}
	memcpy(ret_text, text, (size_t)length);
	ret_text[length] = '\0';
	return 0;
}

int sysfs_read_int(int folder, const char *path, int64_t *ret_value)
{
	char text[SYSFS_TEXT], *end;
	int result = sysfs_read_text(folder, path, text);
	if (result < 0) {
		return result;
	}
	errno = 0;
	long long value = strtoll(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0') {
		return -EINVAL;
	}
	*ret_value = value;
	return 0;
}

int sysfs_write_int(int folder, const char *path, int64_t value)
{
	char text[24];
	int length = snprintf(text, sizeof(text), "%lld", (long long)value);
	/* Truncated only for the tests' plain files: sysfs takes each write as a whole. */
	int fd = openat(folder, path, O_WRONLY | O_TRUNC | O_CLOEXEC);
	if (fd < 0) {
		return -errno;
	}
	ssize_t written = write(fd, text, (size_t)length);
	int result = written < 0 ? -errno : written == length ? 0 : -EIO;
	close(fd);
	return result;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

void sysfs_each(int folder, const char *path, bool (*fn)(void *context, const char *name),
		void *context)
{
	int fd = sysfs_open(folder, path);
	DIR *stream = fd < 0 ? NULL : fdopendir(fd);
	if (stream == NULL) {
		if (fd >= 0) {
			close(fd);
		}
		return;
	}
	char names[ENTRIES_MAX][SYSFS_NAME];
	size_t count = 0;
	const struct dirent *entry;
	while (count < ENTRIES_MAX && (entry = readdir(stream)) != NULL) {
		if (entry->d_name[0] != '.' && strlen(entry->d_name) < SYSFS_NAME) {
			strcpy(names[count++], entry->d_name);
		}
	}
	closedir(stream);
	qsort(names, count, SYSFS_NAME, by_name);
	for (size_t i = 0; i < count && fn(context, names[i]); i++) {
	}
}
