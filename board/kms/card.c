/* Cards and their connectors, as the kernel lists them in one folder: card0, card0-HDMI-A-1, …
 * (Documentation/ABI/stable/sysfs-class-drm is silent on most; the names are what drm_sysfs makes). */
#include "kms.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <os/base.h>
#include <os/file.h>

/* What can be plugged in, or is built in, one of these at a time. */
struct found {
	unsigned card;
	char connector[32];
	int rank; /* less is better */
	bool is_screen;
};

struct search {
	int folder;
	const char *wanted_card;
	int cards, connectors, connected;
	struct found best;
};

/* --- Reading ---------------------------------------------------------------------------------- */

static int read_bytes(int folder, const char *path, void *ret_bytes, size_t size)
{
	int fd = openat(folder, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0) {
		return -errno;
	}
	size_t length = 0;
	int result = 0;
	while (length < size && result == 0) {
		ssize_t got = read(fd, (char *)ret_bytes + length, size - length);
		if (got <= 0) {
			result = got < 0 ? -errno : 1;
		} else {
			length += (size_t)got;
		}
	}
	os_fd_close(fd);
	return result < 0 ? result : (int)length;
}

static void read_line(int folder, const char *path, char *ret_line, size_t size)
{
	int length = read_bytes(folder, path, ret_line, size - 1);
	ret_line[OS_MAX(length, 0)] = '\0';
	ret_line[strcspn(ret_line, "\n")] = '\0';
}

static bool starts_with(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

static bool is_one_of(const char *name, const char *const *kinds, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (starts_with(name, kinds[i])) {
			return true;
		}
	}
	return false;
}

/* --- Choice ----------------------------------------------------------------------------------- */

/* "card12-HDMI-A-1" → 12 and "HDMI-A-1"; a card's own folder has no connector. */
static bool parse_name(const char *name, struct found *ret_found)
{
	char *end;
	if (!starts_with(name, "card") || name[4] < '0' || name[4] > '9') {
		return false;
	}
	unsigned long card = strtoul(name + 4, &end, 10);
	if (card > 9999 || (*end != '\0' && *end != '-') ||
	    strlen(end) > sizeof(ret_found->connector)) {
		return false;
	}
	*ret_found = (struct found){.card = (unsigned)card};
	if (*end == '-') {
		snprintf(ret_found->connector, sizeof(ret_found->connector), "%s", end + 1);
	}
	return true;
}

static void judge(const struct search *search, const char *name, struct found *found)
{
	static const char *const s_built_in[] = {"DSI", "DPI", "LVDS", "eDP", "SPI"};
	static const char *const s_no_screen[] = {"Writeback", "Composite", "SVIDEO", "TV"};
	char path[300], status[32], modes[32];
	snprintf(path, sizeof(path), "%s/status", name);
	read_line(search->folder, path, status, sizeof(status));
	snprintf(path, sizeof(path), "%s/modes", name);
	read_line(search->folder, path, modes, sizeof(modes));
	bool connected = strcmp(status, "connected") == 0;
	/* A panel that cannot be asked whether it is there has modes if it is. */
	bool unknown = strcmp(status, "unknown") == 0 && modes[0] != '\0';
	bool never = is_one_of(found->connector, s_no_screen, OS_ARRAY_LEN(s_no_screen));
	found->is_screen = !never && (connected || unknown);
	found->rank = (found->is_screen ? 0 : 8) + (never ? 4 : 0) + (connected ? 0 : 2) +
		      !is_one_of(found->connector, s_built_in, OS_ARRAY_LEN(s_built_in));
}

static bool is_better(const struct found *found, const struct found *than)
{
	if (found->rank != than->rank) {
		return found->rank < than->rank;
	}
	if (found->card != than->card) {
		return found->card < than->card;
	}
	return strcmp(found->connector, than->connector) < 0;
}

static void look_at(struct search *search, const char *name)
{
	struct found found;
	char card[16];
	if (!parse_name(name, &found)) {
		return;
	}
	snprintf(card, sizeof(card), "card%u", found.card);
	if (found.connector[0] == '\0') {
		search->cards++;
		return;
	}
	if (search->wanted_card != NULL && strcmp(search->wanted_card, card) != 0) {
		return;
	}
	judge(search, name, &found);
	search->connectors++;
	search->connected += found.is_screen;
	if (search->connectors == 1 || is_better(&found, &search->best)) {
		search->best = found;
	}
}

static void read_driver(const struct search *search, struct kms_choice *choice)
{
	char path[64], target[256];
	snprintf(path, sizeof(path), "%s/device/driver", choice->card);
	ssize_t length = readlinkat(search->folder, path, target, sizeof(target) - 1);
	target[OS_MAX(length, 0)] = '\0';
	const char *slash = strrchr(target, '/');
	snprintf(choice->driver, sizeof(choice->driver), "%.31s",
		 slash != NULL ? slash + 1 : target);
}

static int tell(const struct search *search, struct kms_choice *choice)
{
	const struct found *best = &search->best;
	if (search->connectors == 0 || (!best->is_screen && search->best.rank >= 12)) {
		snprintf(choice->text, sizeof(choice->text),
			 "%d graphics card%s, none with a connector for a screen%s%s",
			 search->cards, search->cards == 1 ? "" : "s",
			 search->wanted_card != NULL ? ": not " : "",
			 search->wanted_card != NULL ? search->wanted_card : "");
		return -ENODEV;
	}
	snprintf(choice->card, sizeof(choice->card), "card%u", best->card);
	read_driver(search, choice);
	const char *driver = choice->driver[0] != '\0' ? choice->driver : "unknown driver";
	if (!best->is_screen) {
		snprintf(choice->text, sizeof(choice->text),
			 "%s (%s): nothing is connected to %s%d connector%s", choice->card, driver,
			 search->connectors == 1 ? "its " : "any of ", search->connectors,
			 search->connectors == 1 ? "" : "s");
		return 0;
	}
	snprintf(choice->connector, sizeof(choice->connector), "%s", best->connector);
	snprintf(choice->text, sizeof(choice->text), "%s (%s) %s, %s of %d connector%s on %d card%s",
		 choice->card, driver, choice->connector,
		 search->connected == 1 ? "the only screen" : "the first screen",
		 search->connectors, search->connectors == 1 ? "" : "s", search->cards,
		 search->cards == 1 ? "" : "s");
	return 1;
}

int kms_choose(const char *folder, const char *wanted_card, struct kms_choice *ret_choice)
{
	struct search search = {.wanted_card = wanted_card};
	*ret_choice = (struct kms_choice){0};
	DIR *entries = opendir(folder);
	if (entries == NULL) {
		snprintf(ret_choice->text, sizeof(ret_choice->text), "%s: %s", folder,
			 os_status_text(-errno));
		return -ENODEV;
	}
	search.folder = dirfd(entries);
	const struct dirent *entry;
	while ((entry = readdir(entries)) != NULL) {
		look_at(&search, entry->d_name);
	}
	int result = tell(&search, ret_choice);
	closedir(entries);
	return result;
}

int kms_read_edid(const char *folder, const struct kms_choice *choice, uint8_t *ret_bytes,
		  size_t size)
{
	char path[256];
	snprintf(path, sizeof(path), "%s/%s-%s/edid", folder, choice->card, choice->connector);
	return read_bytes(AT_FDCWD, path, ret_bytes, size);
}
