/* Rasterizer `soft`: draws a frame list into a buffer of the display, with pixman. Private.
 *
 *	struct md_rasterizer *rasterizer = md_rasterizer_create();
 *	md_frame_list_damage(before, now, &damage);
 *	… add what the buffer missed: the damage of the frames since its age …
 *	md_rasterizer_draw(rasterizer, now, buffer.pixels, buffer.stride, &damage);
 *	… submit the damage's boxes …
 *
 * It keeps what it made (shadow masks, offscreen pictures), so that a frame in steady state
 * allocates nothing. Drawing is one pass from the front, which finds what is hidden by opaque
 * things, and one from the back, which draws the rest. Thread: the one that made it. */
#ifndef MD_RASTERIZER_H
#define MD_RASTERIZER_H

#include "frame_list.h"

struct md_rasterizer;

struct md_rasterizer *md_rasterizer_create(void);
struct md_rasterizer *md_rasterizer_destroy(struct md_rasterizer *rasterizer); /* returns NULL */

/* pixels: x8r8g8b8 of the list's size, stride in bytes. Draws inside the damage only, and leaves
 * there what was really drawn: a backdrop blur that is touched is drawn whole. */
void md_rasterizer_draw(struct md_rasterizer *rasterizer, const struct md_frame_list *list,
			uint32_t *pixels, int stride, pixman_region32_t *damage);

/* Sums since it was made. pixels: written by items, overdraw counted again. */
struct md_rasterizer_counts {
	uint64_t frames, pixels, drawn, hidden, groups, shadows_made, backdrops;
};
struct md_rasterizer_counts md_rasterizer_counts(const struct md_rasterizer *rasterizer);

#endif
