#include "card.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <os/file.h>
#include <os/log.h>
#include <os/status.h>

#define CARDS_MAX 100 /* SDL's hint ends there */

/* "card1-HDMI-A-1" into its two names; false: something else, as render nodes are. */
static bool parse_name(const char *name, struct card *card)
{
	int number = 0, end = 0;
	if (sscanf(name, "card%d-%n", &number, &end) != 1 || end == 0 || number < 0 ||
	    number >= CARDS_MAX || name[end] == '\0') {
		return false;
	}
	card->number = number;
	snprintf(card->name, sizeof(card->name), "card%d", number);
	snprintf(card->connector, sizeof(card->connector), "%s", name + end);
	return true;
}

static bool is_connected(const char *folder, const char *name)
{
	char path[512], status[16] = "";
	snprintf(path, sizeof(path), "%s/%s/status", folder, name);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		return false;
	}
	ssize_t got = read(fd, status, sizeof(status) - 1);
	os_fd_close(fd);
	return got > 0 && strncmp(status, "connected", 9) == 0;
}

/* A writeback connector says "unknown" at best and never has a screen; its status is looked at like
 * any other. */
int card_find(struct card *card, const char *folder, const char *wanted, struct os_error *ret_error)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, NULL, alphasort);
	int connectors = 0, found = -1;
	for (int i = 0; i < count; i++) {
		struct card seen = {.fd = -1};
		if (found < 0 && parse_name(entries[i]->d_name, &seen) &&
		    (wanted == NULL || strcmp(wanted, seen.name) == 0)) {
			connectors++;
			if (is_connected(folder, entries[i]->d_name)) {
				*card = seen;
				found = i;
			}
		}
		free(entries[i]);
	}
	if (count >= 0) {
		free(entries);
	}
	if (found >= 0) {
		return 0;
	}
	return os_error_set(ret_error, -ENODEV, "%s: %s%s%s", folder,
			    connectors == 0 ? "no connector of a card"
					    : "no connector has a screen",
			    wanted != NULL ? " on " : "", wanted != NULL ? wanted : "");
}

/* --- Unplugging ------------------------------------------------------------------------------------- */

void card_watch(struct card *card)
{
	const struct sockaddr_nl kernel = {.nl_family = AF_NETLINK, .nl_groups = 1};
	card->fd =
	    socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_KOBJECT_UEVENT);
	if (card->fd >= 0 && bind(card->fd, (const struct sockaddr *)&kernel, sizeof(kernel)) < 0) {
		card_unwatch(card);
	}
	if (card->fd < 0) {
		os_log_debug("board", "%s: nobody will say that it was unplugged", card->name);
	}
}

void card_unwatch(struct card *card)
{
	if (card->fd >= 0) {
		os_fd_close(card->fd);
		card->fd = -1;
	}
}

bool card_is_gone(struct card *card, const char *folder)
{
	char words[4096];
	bool about_cards = false;
	ssize_t got = 0;
	while (card->fd >= 0 && (got = recv(card->fd, words, sizeof(words), 0)) > 0) {
		/* "change@/devices/…/drm/card0", then lines that end in 0; the first says enough. */
		words[sizeof(words) - 1] = '\0';
		about_cards = about_cards || memmem(words, (size_t)got, "/drm/card", 9) != NULL;
	}
	if (card->fd >= 0 && got < 0 && errno == ENOBUFS) {
		about_cards = true; /* too many at once: some were lost */
	}
	if (!about_cards) {
		return false;
	}
	char name[112];
	snprintf(name, sizeof(name), "%s-%s", card->name, card->connector);
	return !is_connected(folder, name);
}
