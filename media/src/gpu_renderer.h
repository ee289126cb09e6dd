/* Renderer `gpu`: shows a frame list through a board's gpu door. Private.
 *
 *	struct md_gpu_renderer *renderer = md_gpu_renderer_create(door, gpu, rasterizer);
 *	md_gpu_renderer_draw(renderer, list);
 *	door->present(gpu, list->frame);
 *
 * It draws every frame whole, since a GPU's buffers change places, but what an app drew is uploaded
 * once, and then only what changed of it. Its pictures are those of `soft` within a few steps of 255,
 * and where edges lie between pixels within what two ways of smoothing them differ by
 * (tests/media/test_gpu_renderer.c has the figures). Thread: the door's. */
#ifndef MD_GPU_RENDERER_H
#define MD_GPU_RENDERER_H

#include <os/gpu.h>

#include "rasterizer.h"

struct md_gpu_renderer;

/* The rasterizer makes the shadows' soft edges; it stays the caller's. */
struct md_gpu_renderer *md_gpu_renderer_create(const struct os_gpu_door *door, struct os_gpu *gpu,
					       struct md_rasterizer *rasterizer);
/* Returns NULL. The door's textures go with it, the gpu stays open. */
struct md_gpu_renderer *md_gpu_renderer_destroy(struct md_gpu_renderer *renderer);
/* Draws; the door's answer if it refuses something. */
int md_gpu_renderer_draw(struct md_gpu_renderer *renderer, const struct md_frame_list *list);

/* Sums since it was made; texture_bytes: what the textures of layers hold now. */
struct md_gpu_counts {
	uint64_t frames, drawn, pixels, passes, draws, triangles, bytes_uploaded, shadows_made;
	uint64_t backdrops;
	size_t texture_bytes;
};
struct md_gpu_counts md_gpu_renderer_counts(const struct md_gpu_renderer *renderer);

#endif
