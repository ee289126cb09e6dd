#include <math.h>

#include "gpu_renderer_private.h"

/* A texture shown at half its size or less is halved first, as `soft` does it. */
#define HALVINGS 4

void md_gpu_clip(struct md_gpu_renderer *renderer, const struct md_shapes *shapes, int first)
{
	for (int i = first; i < shapes->count; i++) {
		md_patches_clip(&renderer->patches, &shapes->at[i], &renderer->spare,
				&renderer->pieces);
	}
}

/* --- Which patches -------------------------------------------------------------------------------------- */

/* Cuts by the clips; what is a box is in the bounds already. */
static void clip(struct md_gpu_renderer *renderer, const struct md_shapes *shapes, int first,
		 pixman_box32_t bounds)
{
	md_patches_clip_box(&renderer->patches, bounds, &renderer->spare);
	md_gpu_clip(renderer, shapes, first);
}

static void find_patches(struct md_gpu_renderer *renderer, const struct md_frame_item *item,
			 pixman_box32_t bounds)
{
	struct md_shapes shapes;
	md_rasterizer_shapes(renderer->list, item, &shapes);
	md_patches_reset(&renderer->patches);
	if (shapes.count == 0) {
		md_patches_add_box(&renderer->patches, bounds);
	} else {
		md_patches_add_shape(&renderer->patches, &shapes.at[0]);
		clip(renderer, &shapes, 1, bounds);
	}
}

/* Without the edge that a border ends at inside: its patches end there. */
static void find_border_patches(struct md_gpu_renderer *renderer, const struct md_frame_item *item,
				pixman_box32_t bounds)
{
	struct md_shapes shapes, clips = {.count = 0};
	struct md_shape own;
	if (!md_shape_init(&own, item->to_px, item->size, item->radius)) {
		return;
	}
	double scale = sqrt(fabs(item->to_px.a * item->to_px.d - item->to_px.b * item->to_px.c));
	md_rasterizer_shapes(renderer->list, item, &shapes);
	bool first_is_own = !own.whole;
	for (int i = first_is_own ? 1 : 0; i < shapes.count; i++) {
		if (!shapes.at[i].inverted) {
			clips.at[clips.count++] = shapes.at[i];
		}
	}
	md_patches_reset(&renderer->patches);
	md_patches_add_border(&renderer->patches, &own, item->width * scale);
	clip(renderer, &clips, 0, bounds);
}

/* --- Textures ------------------------------------------------------------------------------------------- */

static bool find_map(const struct md_frame_item *item, struct md_affine *ret_map)
{
	const struct md_rect *source = &item->source;
	struct md_affine map;
	if (!md_affine_invert(item->to_px, &map)) {
		return false;
	}
	map = md_affine_concat(map, md_affine_scale(source->width / item->size.width,
						    source->height / item->size.height));
	*ret_map = md_affine_concat(map, md_affine_translation(source->x, source->y));
	return true;
}

static int halvings(const struct md_affine *map)
{
	double step = fmin(hypot(map->a, map->b), hypot(map->c, map->d));
	int count = 0;
	while (count < HALVINGS && step >= 2) {
		step /= 2;
		count++;
	}
	return count;
}

/* A texture in one piece, made smaller if it is shown much smaller. */
static void add_whole(struct md_gpu_renderer *renderer, const struct md_gpu_texture *texture,
		      struct md_affine map, struct md_gpu_paint *paint)
{
	struct md_gpu_picture picture = {texture->tiles[0],
					 texture->width,
					 texture->height,
					 {0, 0, texture->width, texture->height}};
	int count = halvings(&map);
	if (count > 0 && renderer->batch.depth < MD_GPU_PASS_DEPTH &&
	    md_gpu_reduce(renderer, &picture, count, &picture)) {
		double part = 1.0 / (1 << count);
		map = md_affine_concat(map, md_affine_scale(part, part));
	}
	paint->texture = picture.texture;
	paint->map =
	    md_affine_concat(map, md_affine_scale(1.0 / picture.width, 1.0 / picture.height));
	md_gpu_batch_add(&renderer->batch, &renderer->patches, paint);
}

/* One too large for the GPU: the patches cut by each tile's place. */
static void add_tiles(struct md_gpu_renderer *renderer, const struct md_gpu_texture *texture,
		      struct md_affine map, struct md_gpu_paint *paint)
{
	struct md_affine to_px;
	if (!md_affine_invert(map, &to_px)) {
		return;
	}
	for (int i = 0; i < texture->columns * texture->rows; i++) {
		pixman_box32_t own = md_gpu_texture_tile(texture, i, false);
		pixman_box32_t held = md_gpu_texture_tile(texture, i, true);
		const struct md_point corners[4] = {
		    {own.x1, own.y1}, {own.x2, own.y1}, {own.x2, own.y2}, {own.x1, own.y2}};
		struct md_patch_point place[4];
		for (int k = 0; k < 4; k++) {
			struct md_point at = md_affine_apply(to_px, corners[k]);
			place[k] = (struct md_patch_point){at.x, at.y, 1};
		}
		md_patches_reset(&renderer->tile);
		for (uint32_t k = 0; k < renderer->patches.count; k++) {
			const struct md_patch *patch = &renderer->patches.patches[k];
			md_patches_add(&renderer->tile, renderer->patches.points + patch->first,
				       patch->count);
		}
		md_patches_clip_polygon(&renderer->tile, place, 4, &renderer->spare);
		paint->texture = texture->tiles[i];
		paint->map = md_affine_concat(map, md_affine_translation(-held.x1, -held.y1));
		paint->map =
		    md_affine_concat(paint->map, md_affine_scale(1.0 / (held.x2 - held.x1),
								 1.0 / (held.y2 - held.y1)));
		md_gpu_batch_add(&renderer->batch, &renderer->tile, paint);
	}
}

static void add_texture(struct md_gpu_renderer *renderer, const struct md_frame_item *item,
			struct md_gpu_paint *paint)
{
	struct md_affine map;
	const struct md_gpu_texture *texture = md_gpu_texture_get(renderer, item);
	if (texture == NULL || !find_map(item, &map)) {
		return;
	}
	paint->color = md_gpu_gray(md_rasterizer_item_alpha(item));
	if (texture->columns * texture->rows == 1) {
		add_whole(renderer, texture, map, paint);
	} else {
		add_tiles(renderer, texture, map, paint);
	}
}

/* --- Items ------------------------------------------------------------------------------------------------ */

static void add_shadow(struct md_gpu_renderer *renderer, const struct md_frame_item *item,
		       pixman_box32_t bounds)
{
	struct md_shapes clips;
	md_rasterizer_shapes(renderer->list, item, &clips);
	md_gpu_add_shadow(renderer, item, bounds, &clips);
}

void md_gpu_add_item(struct md_gpu_renderer *renderer, const struct md_frame_item *item)
{
	pixman_box32_t bounds = md_frame_item_bounds_px(renderer->list, item);
	struct md_gpu_paint paint = {.blend = OS_GPU_OVER};
	struct md_color color = item->color;
	if (md_box_is_empty(bounds) || md_rasterizer_is_invisible(item)) {
		return;
	}
	color.a *= OS_CLAMP(item->opacity, 0, 1);
	paint.color = md_color_premultiplied(color);
	renderer->counts.drawn++;
	renderer->counts.pixels +=
	    (uint64_t)(bounds.x2 - bounds.x1) * (uint64_t)(bounds.y2 - bounds.y1);
	switch (item->kind) {
	case MD_FRAME_SHADOW:
		add_shadow(renderer, item, bounds);
		return;
	case MD_FRAME_BORDER:
		find_border_patches(renderer, item, bounds);
		break;
	case MD_FRAME_TEXTURE:
		find_patches(renderer, item, bounds);
		add_texture(renderer, item, &paint);
		return;
	case MD_FRAME_BACKDROP:
		if (!md_gpu_take_backdrop(renderer, item, &paint)) {
			return;
		}
		paint.color = md_gpu_gray(md_rasterizer_item_alpha(item));
		find_patches(renderer, item, bounds);
		break;
	default:
		find_patches(renderer, item, bounds);
		break;
	}
	md_gpu_batch_add(&renderer->batch, &renderer->patches, &paint);
}
