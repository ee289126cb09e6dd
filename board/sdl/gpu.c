/* The gpu door on SDL's GLES2 renderer: triangles go to SDL_RenderGeometryRaw as they are. The
 * blends for premultiplied colours are SDL's custom ones, which a GL renderer has and SDL's software
 * renderer does not: there the door does not open. */
#include "sdl_board.h"

#include <errno.h>
#include <stdio.h>

#include <os/log.h>
#include <os/memory.h>
#include <os/trace.h>

struct texture {
	SDL_Texture *texture; /* NULL: the number is free */
	int32_t width, height;
	enum os_gpu_blend blend; /* as it is set now */
};

struct os_gpu {
	struct os_display *display;
	SDL_Renderer *renderer;
	SDL_BlendMode blends[4];
	struct texture *textures; /* by number − 1 */
	uint32_t texture_count;
};

static SDL_BlendMode compose(SDL_BlendFactor source, SDL_BlendFactor target)
{
	return SDL_ComposeCustomBlendMode(source, target, SDL_BLENDOPERATION_ADD, source, target,
					  SDL_BLENDOPERATION_ADD);
}

static bool find_blends(struct os_gpu *gpu)
{
	gpu->blends[OS_GPU_OVER] =
	    compose(SDL_BLENDFACTOR_ONE, SDL_BLENDFACTOR_ONE_MINUS_SRC_ALPHA);
	gpu->blends[OS_GPU_REPLACE] = SDL_BLENDMODE_NONE;
	gpu->blends[OS_GPU_ADD] = compose(SDL_BLENDFACTOR_ONE, SDL_BLENDFACTOR_ONE);
	gpu->blends[OS_GPU_MASK] = compose(SDL_BLENDFACTOR_ZERO, SDL_BLENDFACTOR_SRC_ALPHA);
	for (int i = 0; i < 4; i++) {
		if (SDL_SetRenderDrawBlendMode(gpu->renderer, gpu->blends[i]) < 0) {
			os_log_debug("board", "blend %d: %s", i, SDL_GetError());
			return false;
		}
	}
	return true;
}

static int gpu_open(struct os_display *display, struct os_gpu **ret_gpu)
{
	if (display->screen.renderer == NULL || !display->screen.for_gpu) {
		return -ENODEV;
	}
	struct os_gpu *gpu = os_alloc(sizeof(*gpu));
	gpu->display = display;
	gpu->renderer = display->screen.renderer;
	if (!find_blends(gpu)) {
		os_free(gpu);
		return -ENODEV;
	}
	display->gpu = gpu;
	*ret_gpu = gpu;
	return 0;
}

static void gpu_close(struct os_gpu *gpu)
{
	if (gpu == NULL) {
		return;
	}
	for (uint32_t i = 0; i < gpu->texture_count; i++) {
		if (gpu->textures[i].texture != NULL) {
			SDL_DestroyTexture(gpu->textures[i].texture);
		}
	}
	gpu->display->gpu = NULL;
	os_free(gpu->textures);
	os_free(gpu);
}

static void gpu_get_info(struct os_gpu *gpu, struct os_gpu_info *ret_info)
{
	const struct screen *screen = &gpu->display->screen;
	*ret_info = (struct os_gpu_info){.is_software = screen->is_software,
					 .texture_max_px = screen->texture_max_px};
	snprintf(ret_info->name, sizeof(ret_info->name), "%s", screen->name);
}

/* --- Textures ----------------------------------------------------------------------------------- */

static struct texture *texture_of(struct os_gpu *gpu, uint32_t number)
{
	if (number == 0 || number > gpu->texture_count ||
	    gpu->textures[number - 1].texture == NULL) {
		return NULL;
	}
	return &gpu->textures[number - 1];
}

static uint32_t free_number(struct os_gpu *gpu)
{
	for (uint32_t i = 0; i < gpu->texture_count; i++) {
		if (gpu->textures[i].texture == NULL) {
			return i + 1;
		}
	}
	uint32_t count = OS_MAX(gpu->texture_count * 2, 32u);
	gpu->textures = os_realloc_array(gpu->textures, count, sizeof(*gpu->textures));
	for (uint32_t i = gpu->texture_count; i < count; i++) {
		gpu->textures[i] = (struct texture){0};
	}
	uint32_t number = gpu->texture_count + 1;
	gpu->texture_count = count;
	return number;
}

static int gpu_texture_create(struct os_gpu *gpu, int32_t width_px, int32_t height_px,
			      uint32_t flags, uint32_t *ret_texture)
{
	int32_t most = gpu->display->screen.texture_max_px;
	if (width_px <= 0 || height_px <= 0) {
		return -EINVAL;
	}
	if (width_px > most || height_px > most) {
		return -E2BIG;
	}
	SDL_Texture *made = SDL_CreateTexture(
	    gpu->renderer,
	    flags & OS_GPU_OPAQUE ? SDL_PIXELFORMAT_RGB888 : SDL_PIXELFORMAT_ARGB8888,
	    flags & OS_GPU_TARGET ? SDL_TEXTUREACCESS_TARGET : SDL_TEXTUREACCESS_STATIC, width_px,
	    height_px);
	if (made == NULL) {
		os_log_debug("board", "a texture of %d × %d: %s", width_px, height_px,
			     SDL_GetError());
		return -ENOMEM;
	}
	uint32_t number = free_number(gpu);
	SDL_SetTextureBlendMode(made, gpu->blends[OS_GPU_OVER]);
	gpu->textures[number - 1] = (struct texture){made, width_px, height_px, OS_GPU_OVER};
	*ret_texture = number;
	return 0;
}

static int gpu_texture_update(struct os_gpu *gpu, uint32_t texture, const struct os_rect_px *area,
			      const void *pixels, int32_t stride)
{
	const struct texture *to = texture_of(gpu, texture);
	if (to == NULL || area->x < 0 || area->y < 0 || area->width <= 0 || area->height <= 0 ||
	    area->width > to->width - area->x || area->height > to->height - area->y) {
		return -EINVAL;
	}
	const SDL_Rect rect = {area->x, area->y, area->width, area->height};
	return SDL_UpdateTexture(to->texture, &rect, pixels, stride) < 0 ? -EIO : 0;
}

static void gpu_texture_destroy(struct os_gpu *gpu, uint32_t texture)
{
	struct texture *gone = texture_of(gpu, texture);
	if (gone != NULL) {
		SDL_DestroyTexture(gone->texture);
		*gone = (struct texture){0};
	}
}

/* --- Drawing ------------------------------------------------------------------------------------ */

static int set_target(struct os_gpu *gpu, uint32_t target)
{
	const struct texture *texture = texture_of(gpu, target);
	if (target != 0 && texture == NULL) {
		return -EINVAL;
	}
	return SDL_SetRenderTarget(gpu->renderer, texture != NULL ? texture->texture : NULL) < 0
		   ? -EINVAL
		   : 0;
}

static int draw_triangles(struct os_gpu *gpu, const struct os_gpu_frame *frame,
			  const struct os_gpu_draw *draw)
{
	struct texture *texture = texture_of(gpu, draw->texture);
	if ((draw->texture != 0 && texture == NULL) || draw->blend > OS_GPU_MASK ||
	    draw->first_vertex > frame->vertex_count ||
	    draw->vertex_count > frame->vertex_count - draw->first_vertex ||
	    draw->first_index > frame->index_count ||
	    draw->index_count > frame->index_count - draw->first_index) {
		return -EINVAL;
	}
	if (texture == NULL) {
		SDL_SetRenderDrawBlendMode(gpu->renderer, gpu->blends[draw->blend]);
	} else if (texture->blend != draw->blend) {
		SDL_SetTextureBlendMode(texture->texture, gpu->blends[draw->blend]);
		texture->blend = draw->blend;
	}
	const struct os_gpu_vertex *vertices = frame->vertices + draw->first_vertex;
	const int stride = sizeof(*vertices);
	int result = SDL_RenderGeometryRaw(
	    gpu->renderer, texture != NULL ? texture->texture : NULL, &vertices->x, stride,
	    (const SDL_Color *)(const void *)vertices->color, stride, &vertices->u, stride,
	    (int)draw->vertex_count, frame->indices + draw->first_index, (int)draw->index_count,
	    sizeof(*frame->indices));
	if (result < 0) {
		os_log_debug("board", "triangles: %s", SDL_GetError());
	}
	return result < 0 ? -EINVAL : 0;
}

static int draw_pass(struct os_gpu *gpu, const struct os_gpu_frame *frame,
		     const struct os_gpu_pass *pass)
{
	int result = set_target(gpu, pass->target);
	if (result < 0 || pass->first_draw > frame->draw_count ||
	    pass->draw_count > frame->draw_count - pass->first_draw) {
		return -EINVAL;
	}
	if (pass->clears) {
		const uint8_t *color = pass->clear_color;
		SDL_SetRenderDrawColor(gpu->renderer, color[0], color[1], color[2], color[3]);
		SDL_RenderClear(gpu->renderer);
	}
	for (uint32_t i = 0; i < pass->draw_count && result == 0; i++) {
		result = draw_triangles(gpu, frame, &frame->draws[pass->first_draw + i]);
	}
	return result;
}

static int gpu_draw(struct os_gpu *gpu, const struct os_gpu_frame *frame)
{
	int result = 0;
	for (size_t i = 0; i < frame->pass_count && result == 0; i++) {
		result = draw_pass(gpu, frame, &frame->passes[i]);
	}
	SDL_SetRenderTarget(gpu->renderer, NULL);
	return result;
}

static int gpu_present(struct os_gpu *gpu, uint64_t frame)
{
	int64_t began_us = OS_TRACE_BEGIN();
	SDL_RenderPresent(gpu->renderer);
	sdl_display_did_present(gpu->display, frame);
	OS_TRACE_END("board", "present", began_us, (int64_t)frame);
	return 0;
}

static int gpu_read(struct os_gpu *gpu, uint32_t target, const struct os_rect_px *area,
		    void *pixels, int32_t stride)
{
	const SDL_Rect rect = {area->x, area->y, area->width, area->height};
	int result = set_target(gpu, target);
	if (result == 0 && SDL_RenderReadPixels(gpu->renderer, &rect, SDL_PIXELFORMAT_ARGB8888,
						pixels, stride) < 0) {
		result = -EIO;
	}
	SDL_SetRenderTarget(gpu->renderer, NULL);
	return result;
}

const struct os_gpu_door sdl_gpu_door = {
    .struct_size = sizeof(sdl_gpu_door),
    .open = gpu_open,
    .close = gpu_close,
    .get_info = gpu_get_info,
    .texture_create = gpu_texture_create,
    .texture_update = gpu_texture_update,
    .texture_destroy = gpu_texture_destroy,
    .draw = gpu_draw,
    .present = gpu_present,
    .read = gpu_read,
};
