#include <errno.h>
#include <string.h>

#include <os/log.h>
#include <os/memory.h>
#include <os/status.h>

#include "gpu_renderer_private.h"

static size_t bytes_of(const struct md_gpu_texture *texture)
{
	return (size_t)texture->width * (size_t)texture->height * 4;
}

static int tile_count(const struct md_gpu_texture *texture)
{
	return texture->columns * texture->rows;
}

pixman_box32_t md_gpu_texture_tile(const struct md_gpu_texture *texture, int tile, bool with_edge)
{
	int x = tile % texture->columns * texture->step;
	int y = tile / texture->columns * texture->step;
	int edge = with_edge ? 1 : 0;
	return md_box_intersect((pixman_box32_t){x - edge, y - edge, x + texture->step + edge,
						 y + texture->step + edge},
				(pixman_box32_t){0, 0, texture->width, texture->height});
}

/* --- Making and dropping ---------------------------------------------------------------------------- */

static void drop_tiles(struct md_gpu_renderer *renderer, struct md_gpu_texture *texture)
{
	for (int i = 0; texture->tiles != NULL && i < tile_count(texture); i++) {
		if (texture->tiles[i] != 0) {
			renderer->door->texture_destroy(renderer->gpu, texture->tiles[i]);
		}
	}
	if (texture->tiles != NULL) {
		renderer->counts.texture_bytes -= bytes_of(texture);
		os_free(texture->tiles);
		texture->tiles = NULL;
	}
}

static int make_tiles(struct md_gpu_renderer *renderer, struct md_gpu_texture *texture)
{
	int most = renderer->info.texture_max_px;
	bool fits = texture->width <= most && texture->height <= most;
	texture->step = fits ? OS_MAX(texture->width, texture->height) : most - 2;
	texture->columns = (texture->width + texture->step - 1) / texture->step;
	texture->rows = (texture->height + texture->step - 1) / texture->step;
	texture->tiles = os_alloc_array((size_t)tile_count(texture), sizeof(*texture->tiles));
	renderer->counts.texture_bytes += bytes_of(texture);
	for (int i = 0; i < tile_count(texture); i++) {
		pixman_box32_t box = md_gpu_texture_tile(texture, i, true);
		int result = renderer->door->texture_create(
		    renderer->gpu, box.x2 - box.x1, box.y2 - box.y1,
		    texture->opaque ? OS_GPU_OPAQUE : 0, &texture->tiles[i]);
		if (result < 0) {
			os_log_debug("media", "a texture of %d × %d pixels: %s", texture->width,
				     texture->height, os_status_text(result));
			drop_tiles(renderer, texture);
			return result;
		}
	}
	return 0;
}

/* The one shown longest ago, that is not shown in this frame, goes while there are too many. */
static void keep_within_budget(struct md_gpu_renderer *renderer, size_t more)
{
	while (renderer->counts.texture_bytes + more > MD_GPU_TEXTURE_BUDGET) {
		struct md_gpu_texture *oldest = NULL;
		for (size_t i = 0; i < renderer->texture_count; i++) {
			struct md_gpu_texture *texture = &renderer->textures[i];
			if (texture->tiles != NULL && texture->used < renderer->counts.frames &&
			    (oldest == NULL || texture->used < oldest->used)) {
				oldest = texture;
			}
		}
		if (oldest == NULL) {
			return; /* all of it is on the screen */
		}
		drop_tiles(renderer, oldest);
	}
}

void md_gpu_textures_rest(struct md_gpu_renderer *renderer)
{
	size_t kept = 0;
	for (size_t i = 0; i < renderer->texture_count; i++) {
		struct md_gpu_texture *texture = &renderer->textures[i];
		if (texture->used + MD_GPU_TEXTURE_REST < renderer->counts.frames) {
			drop_tiles(renderer, texture);
		} else {
			renderer->textures[kept++] = *texture;
		}
	}
	renderer->texture_count = kept;
}

void md_gpu_textures_finish(struct md_gpu_renderer *renderer)
{
	for (size_t i = 0; i < renderer->texture_count; i++) {
		drop_tiles(renderer, &renderer->textures[i]);
	}
	os_free(renderer->textures);
	renderer->textures = NULL;
	renderer->texture_count = renderer->texture_capacity = 0;
}

/* --- Uploading -------------------------------------------------------------------------------------- */

static int upload(struct md_gpu_renderer *renderer, const struct md_gpu_texture *texture,
		  pixman_image_t *image, pixman_box32_t part)
{
	int stride = pixman_image_get_stride(image);
	const uint32_t *pixels = pixman_image_get_data(image);
	int result = 0;
	for (int i = 0; i < tile_count(texture) && result == 0; i++) {
		pixman_box32_t tile = md_gpu_texture_tile(texture, i, true);
		pixman_box32_t box = md_box_intersect(tile, part);
		if (md_box_is_empty(box)) {
			continue;
		}
		const struct os_rect_px area = {box.x1 - tile.x1, box.y1 - tile.y1, box.x2 - box.x1,
						box.y2 - box.y1};
		result = renderer->door->texture_update(
		    renderer->gpu, texture->tiles[i], &area,
		    pixels + (ptrdiff_t)box.y1 * (stride / 4) + box.x1, stride);
		renderer->counts.bytes_uploaded += (uint64_t)area.width * (uint64_t)area.height * 4;
	}
	return result;
}

/* The pixels of the texture that changed, if it is known. */
static pixman_box32_t changed_part(const struct md_gpu_texture *texture,
				   const struct md_frame_item *item)
{
	pixman_box32_t all = {0, 0, texture->width, texture->height};
	const struct md_rect *damage = &item->content_damage;
	if (item->content != texture->content + 1) {
		return all;
	}
	pixman_box32_t part = {(int32_t)OS_CLAMP(damage->x, 0, 1e6),
			       (int32_t)OS_CLAMP(damage->y, 0, 1e6),
			       (int32_t)OS_CLAMP(damage->x + damage->width + 0.999, 0, 1e6),
			       (int32_t)OS_CLAMP(damage->y + damage->height + 0.999, 0, 1e6)};
	return md_box_intersect(part, all);
}

/* --- Finding ---------------------------------------------------------------------------------------- */

static struct md_gpu_texture *find(struct md_gpu_renderer *renderer, uint64_t key)
{
	for (size_t i = 0; i < renderer->texture_count; i++) {
		if (renderer->textures[i].key == key) {
			return &renderer->textures[i];
		}
	}
	if (renderer->texture_count == renderer->texture_capacity) {
		renderer->texture_capacity = OS_MAX(renderer->texture_capacity * 2, 64);
		renderer->textures = os_realloc_array(
		    renderer->textures, renderer->texture_capacity, sizeof(*renderer->textures));
	}
	struct md_gpu_texture *texture = &renderer->textures[renderer->texture_count++];
	*texture = (struct md_gpu_texture){.key = key};
	return texture;
}

const struct md_gpu_texture *md_gpu_texture_get(struct md_gpu_renderer *renderer,
						const struct md_frame_item *item)
{
	int width, height;
	bool opaque = md_texture_is_opaque(item->texture);
	md_texture_size_px(item->texture, &width, &height);
	struct md_gpu_texture *texture = find(renderer, item->key);
	texture->used = renderer->counts.frames;
	pixman_box32_t part = {0, 0, width, height};
	if (texture->tiles != NULL && texture->width == width && texture->height == height &&
	    texture->opaque == opaque) {
		if (texture->content == item->content && texture->shown == item->texture) {
			return texture;
		}
		part = changed_part(texture, item);
	} else {
		drop_tiles(renderer, texture);
		texture->width = width;
		texture->height = height;
		texture->opaque = opaque;
		keep_within_budget(renderer, bytes_of(texture));
		int result = make_tiles(renderer, texture);
		if (result < 0) {
			renderer->result = result;
			return NULL;
		}
	}
	texture->content = item->content;
	texture->shown = item->texture;
	int result = upload(renderer, texture, md_texture_image(item->texture), part);
	if (result < 0) {
		renderer->result = result;
		drop_tiles(renderer, texture);
		return NULL;
	}
	return texture;
}
