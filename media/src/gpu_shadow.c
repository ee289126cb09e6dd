/* Shadows: the patch that `soft` blurs once for a kind of box (rasterizer_shadow.c) as a texture, in
 * nine parts: corners as they are, the middle row and column stretched. */
#include <os/memory.h>

#include "gpu_renderer_private.h"

/* --- Patches as textures ------------------------------------------------------------------------------ */

static int upload(struct md_gpu_renderer *renderer, const struct md_shadow_patch *patch,
		  struct md_gpu_shadow *shadow)
{
	size_t count = (size_t)shadow->width * (size_t)shadow->height;
	uint32_t *pixels = os_alloc_array(count, sizeof(*pixels));
	for (size_t i = 0; i < count; i++) {
		pixels[i] = md_gpu_gray(patch->alpha[i]);
	}
	const struct os_rect_px all = {0, 0, shadow->width, shadow->height};
	int result = renderer->door->texture_create(renderer->gpu, shadow->width, shadow->height, 0,
						    &shadow->texture);
	if (result == 0) {
		result = renderer->door->texture_update(renderer->gpu, shadow->texture, &all,
							pixels, shadow->width * 4);
		renderer->counts.bytes_uploaded += count * 4;
		renderer->counts.shadows_made++;
	} else {
		shadow->texture = 0;
	}
	os_free(pixels);
	return result;
}

static void drop(struct md_gpu_renderer *renderer, struct md_gpu_shadow *shadow)
{
	if (shadow->texture != 0) {
		renderer->door->texture_destroy(renderer->gpu, shadow->texture);
	}
	*shadow = (struct md_gpu_shadow){0};
}

void md_gpu_shadows_finish(struct md_gpu_renderer *renderer)
{
	for (int i = 0; i < MD_GPU_SHADOWS; i++) {
		drop(renderer, &renderer->shadows[i]);
	}
}

/* The one of this kind; NULL: the door refuses it. */
static const struct md_gpu_shadow *find_shadow(struct md_gpu_renderer *renderer,
					       const struct md_frame_item *item)
{
	const struct md_shadow_patch *patch = md_rasterizer_shadow(renderer->rasterizer, item);
	struct md_gpu_shadow *oldest = &renderer->shadows[0];
	for (int i = 0; i < MD_GPU_SHADOWS; i++) {
		struct md_gpu_shadow *shadow = &renderer->shadows[i];
		if (shadow->texture != 0 && shadow->core_width == patch->core_width &&
		    shadow->core_height == patch->core_height && shadow->radius == patch->radius &&
		    shadow->blur_radius == patch->blur_radius) {
			shadow->used = renderer->counts.frames;
			return shadow;
		}
		oldest = shadow->used < oldest->used ? shadow : oldest;
	}
	drop(renderer, oldest);
	*oldest = (struct md_gpu_shadow){
	    .core_width = patch->core_width,
	    .core_height = patch->core_height,
	    .width = patch->core_width + 2 * patch->extent,
	    .height = patch->core_height + 2 * patch->extent,
	    .radius = patch->radius,
	    .blur_radius = patch->blur_radius,
	    .used = renderer->counts.frames,
	};
	return upload(renderer, patch, oldest) < 0 ? NULL : oldest;
}

/* --- Nine parts ----------------------------------------------------------------------------------------- */

/* Along one axis of the shadow: where a part is, and what of the patch it shows. */
struct part {
	double from, to, source, scale;
};

static void cut_axis(int length, int patch_length, struct part parts[3])
{
	int half = patch_length / 2;
	parts[0] = (struct part){0, half, 0, 1};
	parts[1] = (struct part){half, length - half, half + 0.5, 0};
	parts[2] = (struct part){length - half, length, patch_length - half, 1};
}

/* From the shadow's own pixels to the display's. */
static bool find_place(const struct md_shadow_caster *caster, struct md_affine *ret_to_px)
{
	const struct md_shape *shape = &caster->shape;
	if (shape->straight) {
		*ret_to_px = md_affine_translation(caster->left - caster->extent,
						   caster->top - caster->extent);
		return true;
	}
	struct md_affine map = md_affine_concat(
	    shape->to_unit, md_affine_scale(shape->px_per_unit, shape->px_per_unit));
	map = md_affine_concat(map, md_affine_translation(caster->extent, caster->extent));
	return md_affine_invert(map, ret_to_px);
}

static void add_cell(struct md_patches *patches, const struct part *x, const struct part *y,
		     struct md_affine to_px)
{
	const struct md_point corners[4] = {
	    {x->from, y->from}, {x->to, y->from}, {x->to, y->to}, {x->from, y->to}};
	struct md_patch_point points[4];
	for (int i = 0; i < 4; i++) {
		struct md_point at = md_affine_apply(to_px, corners[i]);
		points[i] = (struct md_patch_point){at.x, at.y, 1};
	}
	md_patches_add(patches, points, 4);
}

void md_gpu_add_shadow(struct md_gpu_renderer *renderer, const struct md_frame_item *item,
		       pixman_box32_t bounds, const struct md_shapes *clips)
{
	struct md_shadow_caster caster;
	struct md_affine to_px, from_px;
	const struct md_gpu_shadow *shadow;
	if (!md_shadow_caster(item, &caster) || !find_place(&caster, &to_px) ||
	    !md_affine_invert(to_px, &from_px) || (shadow = find_shadow(renderer, item)) == NULL) {
		return;
	}
	struct part across[3], down[3];
	cut_axis(caster.width + 2 * caster.extent, shadow->width, across);
	cut_axis(caster.height + 2 * caster.extent, shadow->height, down);
	struct md_color color = item->color;
	color.a *= OS_CLAMP(item->opacity, 0, 1);
	struct md_gpu_paint paint = {.texture = shadow->texture,
				     .color = md_color_premultiplied(color)};
	struct md_affine fit = md_affine_scale(1.0 / shadow->width, 1.0 / shadow->height);
	for (int i = 0; i < 9; i++) {
		const struct part *x = &across[i % 3], *y = &down[i / 3];
		if (x->from >= x->to || y->from >= y->to) {
			continue;
		}
		md_patches_reset(&renderer->patches);
		add_cell(&renderer->patches, x, y, to_px);
		md_patches_clip_box(&renderer->patches, bounds, &renderer->spare);
		md_gpu_clip(renderer, clips, 0);
		struct md_affine part = {x->scale,
					 0,
					 0,
					 y->scale,
					 x->source - x->from * x->scale,
					 y->source - y->from * y->scale};
		paint.map = md_affine_concat(md_affine_concat(from_px, part), fit);
		md_gpu_batch_add(&renderer->batch, &renderer->patches, &paint);
	}
}
