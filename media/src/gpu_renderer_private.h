/* Gpu renderer's inside. Private.
 *
 *	gpu_renderer.c        goes through the list: passes, groups, what is hidden as a whole
 *	gpu_renderer_item.c   what each kind of item is painted with, and which patches it has
 *	gpu_textures.c        the layers' pixels on the GPU
 *	gpu_targets.c         textures that passes draw into, lent for a frame
 *	gpu_blur.c            pictures made smaller, and blurred
 *	gpu_shadow.c          shadows as nine patches
 *	gpu_patches*.c        shapes as polygons;  gpu_batch.c   all of it as one frame of the door */
#ifndef MD_GPU_RENDERER_PRIVATE_H
#define MD_GPU_RENDERER_PRIVATE_H

#include "gpu_batch.h"
#include "gpu_renderer.h"
#include "rasterizer_private.h"

/* Of layers: what is not shown goes first when there is more. */
#define MD_GPU_TEXTURE_BUDGET ((size_t)48 << 20)
/* What was not shown for so many frames goes in any case. */
#define MD_GPU_TEXTURE_REST 600
#define MD_GPU_TARGET_REST 60
#define MD_GPU_TARGETS 24
#define MD_GPU_SHADOWS 16

/* A layer's picture. One that is larger than the GPU can hold is cut into tiles, which overlap by a
 * pixel, so that mixing across their edges finds its neighbours. */
struct md_gpu_texture {
	uint64_t key, content;
	const struct md_texture *shown; /* weak: only compared */
	int width, height;
	bool opaque;
	int columns, rows, step; /* of tiles; step: a tile's own pixels along either axis */
	uint32_t *tiles;
	uint64_t used; /* the frame it was shown in last */
};

struct md_gpu_target_slot {
	uint32_t texture; /* 0: free */
	int32_t width, height;
	bool lent;
	uint64_t used;
};

struct md_gpu_shadow {
	uint32_t texture;
	int core_width, core_height, width, height, blur_radius;
	double radius;
	uint64_t used;
};

/* A part of a texture that has something in it: pixels of the texture. */
struct md_gpu_picture {
	uint32_t texture;
	int32_t width, height; /* of the texture */
	pixman_box32_t box;    /* what is valid */
};

struct md_gpu_renderer {
	const struct os_gpu_door *door;
	struct os_gpu *gpu;
	struct md_rasterizer *rasterizer;
	struct os_gpu_info info;
	struct md_gpu_counts counts;
	const struct md_frame_list *list;
	int result; /* of this frame: below 0, and its picture is not whole */

	struct md_gpu_batch batch;
	struct md_patches patches, spare, pieces, tile;
	struct md_gpu_texture *textures;
	size_t texture_count, texture_capacity;
	struct md_gpu_target_slot targets[MD_GPU_TARGETS];
	struct md_gpu_shadow shadows[MD_GPU_SHADOWS];

	/* Groups that are being drawn into targets of their own. */
	struct {
		size_t end; /* the item that ends it */
		double opacity;
		pixman_box32_t box;
		struct md_gpu_target target;
	} groups[MD_GROUP_DEPTH];
	int group_depth;
};

static inline uint32_t md_gpu_gray(uint8_t alpha)
{
	return alpha * 0x01010101u;
}

/* --- gpu_textures.c ------------------------------------------------------------------------------- */

/* The item's texture with its pixels uploaded; NULL: the door refuses it, and the frame. Lent until the next call. */
const struct md_gpu_texture *md_gpu_texture_get(struct md_gpu_renderer *renderer,
						const struct md_frame_item *item);
/* The pixels of the whole texture that a tile holds, neighbours' included. */
pixman_box32_t md_gpu_texture_tile(const struct md_gpu_texture *texture, int tile, bool with_edge);
void md_gpu_textures_rest(struct md_gpu_renderer *renderer);
void md_gpu_textures_finish(struct md_gpu_renderer *renderer);

/* --- gpu_targets.c -------------------------------------------------------------------------------- */

/* A texture of at least this size until the frame's end; false: none is left. */
bool md_gpu_target_get(struct md_gpu_renderer *renderer, int32_t width, int32_t height,
		       struct md_gpu_target *ret_target);
void md_gpu_targets_rest(struct md_gpu_renderer *renderer);
void md_gpu_targets_finish(struct md_gpu_renderer *renderer);

/* --- gpu_blur.c ----------------------------------------------------------------------------------- */

/* Halves a picture so often, from its box's upper left on; opens and closes passes. */
bool md_gpu_reduce(struct md_gpu_renderer *renderer, const struct md_gpu_picture *from,
		   int halvings, struct md_gpu_picture *ret_picture);
/* Three box passes of this radius (blur.h) as one along each axis. */
bool md_gpu_blur(struct md_gpu_renderer *renderer, const struct md_gpu_picture *from, int radius,
		 struct md_gpu_picture *ret_picture);

/* --- gpu_shadow.c --------------------------------------------------------------------------------- */

/* Adds the item's shadow, cut by its clips. */
void md_gpu_add_shadow(struct md_gpu_renderer *renderer, const struct md_frame_item *item,
		       pixman_box32_t bounds, const struct md_shapes *clips);
void md_gpu_shadows_finish(struct md_gpu_renderer *renderer);

/* --- gpu_renderer_item.c -------------------------------------------------------------------------- */

void md_gpu_add_item(struct md_gpu_renderer *renderer, const struct md_frame_item *item);
/* Cuts renderer->patches by all shapes from the first on. */
void md_gpu_clip(struct md_gpu_renderer *renderer, const struct md_shapes *shapes, int first);

/* --- gpu_renderer.c ------------------------------------------------------------------------------- */

/* The blur of what the open target has around the item, and where the display's pixels are in it;
 * closes the target's pass and opens another. */
bool md_gpu_take_backdrop(struct md_gpu_renderer *renderer, const struct md_frame_item *item,
			  struct md_gpu_paint *ret_paint);

#endif
