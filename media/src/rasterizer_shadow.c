#include "rasterizer_private.h"

#include <math.h>
#include <string.h>

#include <os/memory.h>

#include "blur.h"

bool md_shadow_caster(const struct md_frame_item *item, struct md_shadow_caster *ret_caster)
{
	struct md_shadow_caster caster = {0};
	if (!md_shape_init(&caster.shape, item->to_px, item->size, item->radius)) {
		return false;
	}
	double blur = md_blur_px(item->to_px, item->blur);
	caster.blur_radius = md_blur_radius(blur);
	caster.extent = md_blur_extent(blur);
	const struct md_shape *shape = &caster.shape;
	if (shape->straight) {
		caster.left = (int)floor(shape->left + 0.5);
		caster.top = (int)floor(shape->top + 0.5);
		caster.width = OS_MAX((int)floor(shape->right + 0.5) - caster.left, 1);
		caster.height = OS_MAX((int)floor(shape->bottom + 0.5) - caster.top, 1);
		caster.radius = shape->radius;
	} else {
		caster.width = OS_MAX((int)floor(shape->width * shape->px_per_unit + 0.5), 1);
		caster.height = OS_MAX((int)floor(shape->height * shape->px_per_unit + 0.5), 1);
		caster.radius = shape->unit_radius * shape->px_per_unit;
	}
	/* A quarter of a pixel is not seen under a blur, and saves a patch for each step of a zoom. */
	caster.radius = floor(caster.radius * 4 + 0.5) / 4;
	*ret_caster = caster;
	return true;
}

/* The least length whose middle is as dark as that of any longer one. */
static int core(const struct md_shadow_caster *caster, int length)
{
	int least = 2 * (caster->extent + (int)ceil(caster->radius)) + 1;
	return OS_MIN(length, least);
}

/* --- Patches -------------------------------------------------------------------------------------------- */

static int patch_width(const struct md_shadow_patch *patch)
{
	return patch->core_width + 2 * patch->extent;
}

static int patch_height(const struct md_shadow_patch *patch)
{
	return patch->core_height + 2 * patch->extent;
}

static void fill_caster(struct md_shadow_patch *patch)
{
	struct md_shape shape;
	int stride = patch_width(patch);
	int edge = patch->extent;
	int right = edge + patch->core_width;
	int bottom = edge + patch->core_height;
	for (int y = edge; y < bottom; y++) {
		memset(patch->alpha + y * stride + edge, 255, (size_t)patch->core_width);
	}
	struct md_size size = {patch->core_width, patch->core_height};
	int corner = (int)ceil(patch->radius);
	corner = OS_MIN(corner, OS_MIN(patch->core_width, patch->core_height));
	if (corner == 0 ||
	    !md_shape_init(&shape, md_affine_translation(edge, edge), size, patch->radius)) {
		return;
	}
	/* The upper and the lower band, which have the corners; one where they would overlap. */
	int middle = OS_MIN(edge + corner, bottom);
	pixman_box32_t bands[2] = {{edge, edge, right, middle},
				   {edge, OS_MAX(bottom - corner, middle), right, bottom}};
	for (int i = 0; i < 2; i++) {
		md_shape_multiply(&shape, patch->alpha + bands[i].y1 * stride + edge, stride,
				  bands[i]);
	}
}

static void make_patch(struct md_rasterizer *rasterizer, struct md_shadow_patch *patch)
{
	int width = patch_width(patch);
	int height = patch_height(patch);
	size_t bytes = (size_t)width * (size_t)height;
	if (bytes > patch->capacity) {
		os_free(patch->alpha);
		patch->alpha = os_alloc(bytes);
		patch->capacity = bytes;
	}
	memset(patch->alpha, 0, bytes);
	fill_caster(patch);
	void *scratch = md_rasterizer_scratch(rasterizer, md_blur_scratch_bytes(width, height));
	md_blur_alpha(patch->alpha, width, height, patch->blur_radius, scratch);
	rasterizer->counts.shadows_made++;
}

const struct md_shadow_patch *md_rasterizer_shadow(struct md_rasterizer *rasterizer,
						   const struct md_frame_item *item)
{
	struct md_shadow_caster caster;
	struct md_shadow_patch *oldest = &rasterizer->shadows[0];
	if (!md_shadow_caster(item, &caster)) {
		return oldest;
	}
	int width = core(&caster, caster.width);
	int height = core(&caster, caster.height);
	for (int i = 0; i < MD_SHADOW_CACHE; i++) {
		struct md_shadow_patch *patch = &rasterizer->shadows[i];
		if (patch->alpha != NULL && patch->core_width == width &&
		    patch->core_height == height && patch->radius == caster.radius &&
		    patch->blur_radius == caster.blur_radius) {
			patch->used = ++rasterizer->shadow_clock;
			return patch;
		}
		oldest = patch->used < oldest->used ? patch : oldest;
	}
	oldest->core_width = width;
	oldest->core_height = height;
	oldest->extent = caster.extent;
	oldest->radius = caster.radius;
	oldest->blur_radius = caster.blur_radius;
	oldest->used = ++rasterizer->shadow_clock;
	make_patch(rasterizer, oldest);
	return oldest;
}

/* --- Filling -------------------------------------------------------------------------------------------- */

/* Where a pixel of a length is in the patch's: the ends are kept, the middle one is repeated. */
static int patch_at(int at, int length, int patch_length)
{
	int half = patch_length / 2;
	if (at < half) {
		return at;
	}
	if (at >= length - half) {
		return patch_length - (length - at);
	}
	return half;
}

/* A row of a straight shadow, from `from` to `to` counted from its left end. */
static void fill_row(uint8_t *mask, const uint8_t *row, int from, int to, int length,
		     int patch_length)
{
	int half = patch_length / 2;
	int at = from;
	int end = OS_MIN(to, half);
	if (at < end) {
		memcpy(mask, row + at, (size_t)(end - at));
		at = end;
	}
	end = OS_MIN(to, length - half);
	if (at < end) {
		memset(mask + (at - from), row[half], (size_t)(end - at));
		at = end;
	}
	if (at < to) {
		memcpy(mask + (at - from), row + patch_at(at, length, patch_length),
		       (size_t)(to - at));
	}
}

static void fill_straight(const struct md_shadow_patch *patch,
			  const struct md_shadow_caster *caster, uint8_t *mask, int stride,
			  pixman_box32_t box)
{
	int width = caster->width + 2 * patch->extent;
	int height = caster->height + 2 * patch->extent;
	int left = caster->left - patch->extent;
	int top = caster->top - patch->extent;
	for (int32_t y = box.y1; y < box.y2; y++, mask += stride) {
		memset(mask, 0, (size_t)(box.x2 - box.x1));
		int from = OS_MAX(box.x1 - left, 0);
		int to = OS_MIN(box.x2 - left, width);
		if (y < top || y >= top + height || from >= to) {
			continue;
		}
		const uint8_t *row = patch->alpha + patch_at(y - top, height, patch_height(patch)) *
							patch_width(patch);
		fill_row(mask + (left + from - box.x1), row, from, to, width, patch_width(patch));
	}
}

/* A place on the display to one in the patch, before its middle is repeated; 16.16. */
struct turned_map {
	int64_t a, b, c, d, tx, ty;
};

static struct turned_map turned_map(const struct md_shadow_patch *patch,
				    const struct md_shape *shape)
{
	double scale = shape->px_per_unit;
	struct md_affine map = md_affine_concat(shape->to_unit, md_affine_scale(scale, scale));
	map = md_affine_concat(map, md_affine_translation(patch->extent, patch->extent));
	map = md_affine_concat(md_affine_translation(0.5, 0.5), map);
	return (struct turned_map){(int64_t)(map.a * 65536),  (int64_t)(map.b * 65536),
				   (int64_t)(map.c * 65536),  (int64_t)(map.d * 65536),
				   (int64_t)(map.tx * 65536), (int64_t)(map.ty * 65536)};
}

static void fill_turned(const struct md_shadow_patch *patch, const struct md_shadow_caster *caster,
			uint8_t *mask, int stride, pixman_box32_t box)
{
	struct turned_map map = turned_map(patch, &caster->shape);
	int width = caster->width + 2 * patch->extent;
	int height = caster->height + 2 * patch->extent;
	for (int32_t y = box.y1; y < box.y2; y++, mask += stride) {
		int64_t u = map.a * box.x1 + map.c * y + map.tx;
		int64_t v = map.b * box.x1 + map.d * y + map.ty;
		for (int32_t x = 0; x < box.x2 - box.x1; x++, u += map.a, v += map.b) {
			int64_t at_x = u >> 16;
			int64_t at_y = v >> 16;
			if (at_x < 0 || at_y < 0 || at_x >= width || at_y >= height) {
				mask[x] = 0;
				continue;
			}
			int row = patch_at((int)at_y, height, patch_height(patch));
			int column = patch_at((int)at_x, width, patch_width(patch));
			mask[x] = patch->alpha[row * patch_width(patch) + column];
		}
	}
}

void md_shadow_fill(const struct md_shadow_patch *patch, const struct md_frame_item *item,
		    uint8_t *mask, int stride, pixman_box32_t box)
{
	struct md_shadow_caster caster;
	if (!md_shadow_caster(item, &caster)) {
		return;
	}
	if (caster.shape.straight) {
		fill_straight(patch, &caster, mask, stride, box);
	} else {
		fill_turned(patch, &caster, mask, stride, box);
	}
}
