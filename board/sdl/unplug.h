/* Unplugging: whether a connector still has its screen, by what the kernel tells (uevents). SDL does
 * not say. Private. */
#ifndef SDL_UNPLUG_H
#define SDL_UNPLUG_H

#include <os/base.h>

struct unplug {
	char *status; /* /sys/class/drm/card1-HDMI-A-1/status */
	int fd;       /* the kernel's words about devices; -1 = none */
};

void unplug_watch(struct unplug *unplug, const char *folder, const char *card,
		  const char *connector);
void unplug_finish(struct unplug *unplug);
/* Reads what the kernel told, and if that was about cards, looks. Never waits. */
bool unplug_happened(struct unplug *unplug);

#endif
