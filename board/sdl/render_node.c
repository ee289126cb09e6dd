#include "render_node.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <virtgpu_drm.h>
#include <xf86drm.h>

#include <os/file.h>

/* Memory only, for tests and for passing buffers around. */
static bool draws_nothing(const char *driver)
{
	return strcmp(driver, "vgem") == 0 || strcmp(driver, "vkms") == 0;
}

/* A virtual machine's: it draws if the host lends its GPU (virgl). */
static bool has_3d(int fd)
{
	int value = 0;
	struct drm_virtgpu_getparam ask = {.param = VIRTGPU_PARAM_3D_FEATURES,
					   .value = (uint64_t)(uintptr_t)&value};
	return drmIoctl(fd, DRM_IOCTL_VIRTGPU_GETPARAM, &ask) == 0 && value != 0;
}

static bool draws(int fd, char *ret_driver, size_t size)
{
	drmVersionPtr version = drmGetVersion(fd);
	if (version == NULL) {
		return false; /* not a DRM node at all */
	}
	snprintf(ret_driver, size, "%.*s", version->name_len, version->name);
	drmFreeVersion(version);
	return !draws_nothing(ret_driver) && (strcmp(ret_driver, "virtio_gpu") != 0 || has_3d(fd));
}

static int is_render_node(const struct dirent *entry)
{
	return strncmp(entry->d_name, "renderD", 7) == 0;
}

bool render_node_find(const char *folder, char *ret_driver, size_t size)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, is_render_node, alphasort);
	bool found = false;
	for (int i = 0; i < count; i++) {
		char path[512];
		snprintf(path, sizeof(path), "%s/%s", folder, entries[i]->d_name);
		int fd = found ? -1 : open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK);
		found = found || (fd >= 0 && draws(fd, ret_driver, size));
		os_fd_close(fd);
		free(entries[i]);
	}
	if (count >= 0) {
		free(entries);
	}
	return found;
}
