/* Scenes: the pictures that the media rows compose, for figures and floors alike: numbers alone.
 *
 * list: opaque rows that scroll by 3 px a frame under two translucent bars.
 * push: a page moves over another, which is dimmed and goes along by 0.30 of it (FEEL.md, Push), with
 * a soft shadow at its edge.
 * All pixels are those of these functions, so that alpha 0 and 255 are as frequent on both sides. */
#ifndef BENCH_SCENES_H
#define BENCH_SCENES_H

#include <stdint.h>
#include <stdlib.h>

#include "lists.h"

#define SCENE_WIDTH 800
#define SCENE_HEIGHT 480
#define SCENE_BYTES (SCENE_WIDTH * SCENE_HEIGHT * 4)

#define LIST_STEP 3
#define LIST_ROWS (SCENE_HEIGHT / LIST_ROW_HEIGHT + 2)

#define PUSH_STEPS 20
#define PUSH_DIM 26    /* of 255: 0.10 */
#define PUSH_SHADOW 18 /* of 255, as far as PUSH_EXTENT */
#define PUSH_EXTENT 33 /* three box passes of radius 11: blur 24 */

#define SHADOW_WIDTH 300
#define SHADOW_HEIGHT 200
#define SHADOW_EXTENT 33
#define SHADOW_RADIUS 11

#define BACKDROP_PART 4
#define BACKDROP_RADIUS 5 /* of the box, in pixels of a quarter's scale */

static inline int scene_list_offset(int number)
{
	return number * LIST_STEP % LIST_ROW_HEIGHT;
}

/* x of the page that comes in, over the whole of its way. */
static inline int scene_push_x(int number)
{
	return SCENE_WIDTH - (number % PUSH_STEPS + 1) * (SCENE_WIDTH / PUSH_STEPS);
}

static inline int scene_push_below_x(int number)
{
	return -(SCENE_WIDTH - scene_push_x(number)) * 3 / 10;
}

/* Premultiplied pixels of one alpha. */
static inline uint32_t *scene_pixels(int width, int height, uint32_t alpha)
{
	size_t bytes = ((size_t)width * (size_t)height * 4 + 63) & ~(size_t)63;
	uint32_t *pixels = aligned_alloc(64, bytes);
	for (int i = 0; i < width * height; i++) {
		uint32_t value = (uint32_t)(i * 37 & 255) * alpha / 255;
		pixels[i] = alpha << 24 | value << 16 | value << 8 | value;
	}
	return pixels;
}

#endif
