/* Batch: the passes, draws and triangles of one frame, as the gpu door takes them. Private.
 *
 * Passes may be open inside one another, as groups are; each is done when it is closed, so what is
 * drawn from is there before it is drawn. Triangles of the same texture, one after the other, are
 * one draw. Memory is kept from frame to frame.
 *
 *	md_gpu_batch_reset(&batch);
 *	md_gpu_batch_open(&batch, &(struct md_gpu_target){0, 480, 800, 0, 0}, &background);
 *	md_gpu_batch_add(&batch, &patches, &paint);
 *	md_gpu_batch_close(&batch);
 *	md_gpu_batch_finish_frame(&batch, &frame);
 */
#ifndef MD_GPU_BATCH_H
#define MD_GPU_BATCH_H

#include <os/gpu.h>

#include "gpu_patches.h"

#define MD_GPU_PASS_DEPTH 10

/* What a pass draws into: a texture whose first pixel is this one of the display. */
struct md_gpu_target {
	uint32_t texture; /* 0: the display */
	int32_t width, height;
	int32_t x, y;
};

/* What patches are painted with. */
struct md_gpu_paint {
	uint32_t texture; /* 0: the colour alone */
	enum os_gpu_blend blend;
	uint32_t color;       /* premultiplied 0xAARRGGBB, times the coverage */
	struct md_affine map; /* pixels of the display to the texture, 0 to 1 */
};

struct md_gpu_batch {
	struct os_gpu_vertex *vertices;
	uint32_t *indices;
	struct os_gpu_draw *draws, *ordered;
	uint32_t *draw_passes; /* of each draw */
	struct os_gpu_pass *passes, *done;
	uint32_t vertex_count, vertex_capacity, index_count, index_capacity;
	uint32_t draw_count, draw_capacity, pass_count, pass_capacity;
	uint32_t *order; /* of passes, as they were closed */
	uint32_t order_count;

	struct {
		uint32_t pass;
		struct md_gpu_target target;
	} open[MD_GPU_PASS_DEPTH];
	int depth;
};

void md_gpu_batch_finish(struct md_gpu_batch *batch);
void md_gpu_batch_reset(struct md_gpu_batch *batch);
/* clear: premultiplied 0xAARRGGBB; NULL: what was there stays. */
void md_gpu_batch_open(struct md_gpu_batch *batch, const struct md_gpu_target *target,
		       const uint32_t *clear);
void md_gpu_batch_close(struct md_gpu_batch *batch);
const struct md_gpu_target *md_gpu_batch_target(const struct md_gpu_batch *batch);
void md_gpu_batch_add(struct md_gpu_batch *batch, const struct md_patches *patches,
		      const struct md_gpu_paint *paint);
/* A quad: x, y of the target's own pixels and u, v in 0 to 1, clockwise. */
void md_gpu_batch_add_quad(struct md_gpu_batch *batch, const struct md_gpu_paint *paint,
			   const float at[4][4]);
/* The frame, lent until the next reset. Every pass must be closed. */
void md_gpu_batch_finish_frame(struct md_gpu_batch *batch, struct os_gpu_frame *ret_frame);

#endif
