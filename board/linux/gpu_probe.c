/* Is there a GPU? Asked before SDL is: where there is none, it would load a program that plays one,
 * which takes seconds on a board and tens of megabytes for as long as the process lives. */
#include "display.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include <xf86drm.h>

#include <os/file.h>

/* Of the kernel's virtgpu_drm.h, which libdrm does not carry: request 3 of the driver's own, and
 * parameter 1, whether there is 3D behind it. */
struct virtio_question {
	uint64_t parameter, answer;
};
#define VIRTIO_ASK DRM_IOWR(DRM_COMMAND_BASE + 3, struct virtio_question)
#define VIRTIO_HAS_3D 1

/* QEMU's card has the node of a GPU with or without one behind it. */
static bool virtio_draws(int fd)
{
	int value = 0;
	struct virtio_question question = {VIRTIO_HAS_3D, (uint64_t)(uintptr_t)&value};
	return drmIoctl(fd, VIRTIO_ASK, &question) == 0 && value != 0;
}

static bool draws(const char *node)
{
	static const char *const s_played[] = {"vgem", "vkms"};
	int fd = open(node, O_RDWR | O_CLOEXEC | O_NONBLOCK);
	drmVersion *version = fd < 0 ? NULL : drmGetVersion(fd);
	bool result = version != NULL;
	for (size_t i = 0; result && i < OS_ARRAY_LEN(s_played); i++) {
		result = strcmp(version->name, s_played[i]) != 0;
	}
	if (result && strcmp(version->name, "virtio_gpu") == 0) {
		result = virtio_draws(fd);
	}
	drmFreeVersion(version);
	os_fd_close(fd);
	return result;
}

bool gpu_is_there(const char *cards)
{
	bool found = false;
	DIR *entries = opendir(cards);
	const struct dirent *entry;
	while (entries != NULL && !found && (entry = readdir(entries)) != NULL) {
		char node[300];
		if (strncmp(entry->d_name, "renderD", 7) == 0) {
			snprintf(node, sizeof(node), "/dev/dri/%s", entry->d_name);
			found = draws(node);
		}
	}
	if (entries != NULL) {
		closedir(entries);
	}
	return found;
}
