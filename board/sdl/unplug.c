#include "unplug.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <os/file.h>
#include <os/log.h>
#include <os/memory.h>

/* A status that cannot be read is that of a card that has gone; "unknown" is that of a panel that
 * cannot be asked. */
static bool is_connected(const struct unplug *unplug)
{
	char status[16] = "";
	int fd = open(unplug->status, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		return false;
	}
	ssize_t got = read(fd, status, sizeof(status) - 1);
	os_fd_close(fd);
	return got > 0 && strncmp(status, "disconnected", 12) != 0;
}

void unplug_watch(struct unplug *unplug, const char *folder, const char *card,
		  const char *connector)
{
	const struct sockaddr_nl kernel = {.nl_family = AF_NETLINK, .nl_groups = 1};
	unplug->status = os_format("%s/%s-%s/status", folder, card, connector);
	unplug->fd =
	    socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_KOBJECT_UEVENT);
	if (unplug->fd >= 0 &&
	    bind(unplug->fd, (const struct sockaddr *)&kernel, sizeof(kernel)) < 0) {
		unplug->fd = os_fd_close(unplug->fd);
	}
	if (unplug->fd < 0) {
		os_log_debug("board", "%s: nobody will say that it was unplugged", card);
	}
}

void unplug_finish(struct unplug *unplug)
{
	unplug->fd = os_fd_close(unplug->fd);
	os_free(unplug->status);
	unplug->status = NULL;
}

bool unplug_happened(struct unplug *unplug)
{
	char words[4096];
	bool about_cards = false;
	ssize_t got = 0;
	while (unplug->fd >= 0 && (got = recv(unplug->fd, words, sizeof(words), 0)) > 0) {
		/* "change@/devices/…/drm/card0", then lines that end in 0; the first says enough. */
		about_cards = about_cards || memmem(words, (size_t)got, "/drm/card", 9) != NULL;
	}
	if (unplug->fd >= 0 && got < 0 && errno == ENOBUFS) {
		about_cards = true; /* too many at once: some were lost */
	}
	return about_cards && !is_connected(unplug);
}
