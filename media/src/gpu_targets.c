#include "gpu_renderer_private.h"

/* Sizes are rounded up, so that what grows does not need a new texture for each of its frames. */
#define GRAIN 64

static int32_t grain(int32_t size)
{
	return (size + GRAIN - 1) / GRAIN * GRAIN;
}

static void drop(struct md_gpu_renderer *renderer, struct md_gpu_target_slot *slot)
{
	if (slot->texture != 0) {
		renderer->door->texture_destroy(renderer->gpu, slot->texture);
	}
	*slot = (struct md_gpu_target_slot){0};
}

bool md_gpu_target_get(struct md_gpu_renderer *renderer, int32_t width, int32_t height,
		       struct md_gpu_target *ret_target)
{
	struct md_gpu_target_slot *slot = NULL;
	int32_t most = renderer->info.texture_max_px;
	width = OS_MIN(grain(OS_MAX(width, 1)), OS_MAX(width, most));
	height = OS_MIN(grain(OS_MAX(height, 1)), OS_MAX(height, most));
	for (int i = 0; i < MD_GPU_TARGETS; i++) {
		struct md_gpu_target_slot *at = &renderer->targets[i];
		if (at->texture != 0 && !at->lent && at->width == width && at->height == height) {
			slot = at;
			break;
		}
		if (!at->lent && (slot == NULL || (slot->texture != 0 && at->used < slot->used))) {
			slot = at;
		}
	}
	if (slot == NULL) {
		return false;
	}
	if (slot->texture == 0 || slot->width != width || slot->height != height) {
		drop(renderer, slot);
		if (renderer->door->texture_create(renderer->gpu, width, height, OS_GPU_TARGET,
						   &slot->texture) < 0) {
			slot->texture = 0;
			return false;
		}
		slot->width = width;
		slot->height = height;
	}
	slot->lent = true;
	slot->used = renderer->counts.frames;
	*ret_target = (struct md_gpu_target){slot->texture, width, height, 0, 0};
	return true;
}

void md_gpu_targets_rest(struct md_gpu_renderer *renderer)
{
	for (int i = 0; i < MD_GPU_TARGETS; i++) {
		struct md_gpu_target_slot *slot = &renderer->targets[i];
		slot->lent = false;
		if (slot->used + MD_GPU_TARGET_REST < renderer->counts.frames) {
			drop(renderer, slot);
		}
	}
}

void md_gpu_targets_finish(struct md_gpu_renderer *renderer)
{
	for (int i = 0; i < MD_GPU_TARGETS; i++) {
		drop(renderer, &renderer->targets[i]);
	}
}
