/* GPU door: textures and passes, for boards that have one. Optional; the `soft` rasteriser of the
 * media layer draws into the display's buffer where there is none.
 *
 * A frame is a list of passes. A pass has a target, quads drawn into it, and an effect applied to
 * the result: a flat list of quads could not say blur behind, mask, group opacity or the clip of a
 * subtree. Same thread as the display door. Sizes are pixels, colours premultiplied. */
#ifndef OS_GPU_H
#define OS_GPU_H

#include <os/display.h>

struct os_gpu; /* the board's own */

enum os_gpu_effect { OS_GPU_EFFECT_NONE, OS_GPU_EFFECT_OPACITY, OS_GPU_EFFECT_BLUR, OS_GPU_EFFECT_MASK, OS_GPU_EFFECT_CLIP };

struct os_gpu_quad {
	uint32_t texture;      /* 0: plain colour */
	float source[4];       /* x, y, width, height in the texture's pixels */
	float corners[8];      /* x, y of the four corners in the target, clockwise from top left */
	float color[4];        /* multiplies; premultiplied r, g, b, a */
};

struct os_gpu_pass {
	uint32_t target;       /* 0: the display */
	const struct os_gpu_quad *quads;
	size_t quad_count;
	enum os_gpu_effect effect;
	float amount;          /* opacity 0 to 1, or blur radius */
	uint32_t mask;         /* texture of OS_GPU_EFFECT_MASK */
	float clip[5];         /* x, y, width, height, corner radius of OS_GPU_EFFECT_CLIP */
};

struct os_gpu_door {
	uint32_t struct_size;
	int (*open)(struct os_display *display, struct os_gpu **ret_gpu);
	void (*close)(struct os_gpu *gpu);
	int (*texture_create)(struct os_gpu *gpu, int32_t width_px, int32_t height_px, uint32_t *ret_texture);
	int (*texture_update)(struct os_gpu *gpu, uint32_t texture, const struct os_rect_px *area,
	                      const void *pixels, int32_t stride);
	void (*texture_destroy)(struct os_gpu *gpu, uint32_t texture);
	int (*submit)(struct os_gpu *gpu, uint64_t frame, const struct os_gpu_pass *passes, size_t count);
};

#endif
