/* Surface, for layers and the display client. */
#ifndef MD_SURFACE_PRIVATE_H
#define MD_SURFACE_PRIVATE_H

#include <os/list.h>

#include <md/surface.h>

#include "arena.h"

/* Where the compositor finds a surface's present picture. */
struct md_surface_place {
	uint32_t arena, offset, width, height, stride;
	bool opaque;
};

struct md_display_client;

/* The buffer to show: from now on it is the compositor's until it says `released`. False if nothing
 * was drawn yet. */
bool md_surface_commit(struct md_surface *surface, struct md_surface_place *ret_place);
/* Lets go of second buffers that rested since before_us; returns when the next one is due. */
int64_t md_surfaces_rest(struct md_display_client *client, int64_t now_us);
/* The client is going: surfaces that outlive it lose their memory. */
void md_surfaces_orphan(struct md_display_client *client);

#endif
