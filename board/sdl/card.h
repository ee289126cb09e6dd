/* Card: which of the machine's DRM cards has a connected screen, by what /sys/class/drm says, and
 * whether it still has one, by what the kernel tells (uevents). Private.
 *
 * Card numbers move between boots, and a Pi 5 has three: SDL's own choice of the first that opens is
 * wrong there (libsdl-org/SDL#13705), so it is named to SDL. */
#ifndef SDL_CARD_H
#define SDL_CARD_H

#include <os/base.h>

struct os_error;

struct card {
	char name[32];      /* "card1" */
	char connector[64]; /* "HDMI-A-1" */
	int number;
	int fd; /* the kernel's words about devices; -1 = none */
};

/* The first connected connector of `wanted` ("card1"; NULL: of any card), in the order of their
 * names. -ENODEV with a sentence. */
int card_find(struct card *card, const char *folder, const char *wanted,
	      struct os_error *ret_error);
void card_watch(struct card *card);
void card_unwatch(struct card *card);
/* Whether the connector lost its screen; reads what the kernel told. Never waits. */
bool card_is_gone(struct card *card, const char *folder);

#endif
