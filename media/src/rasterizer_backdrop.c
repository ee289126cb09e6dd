#include "rasterizer_private.h"

#include "blur.h"

/* Blurred things have no detail: a quarter of the width and height is enough, and 16 times less. */
#define PART 4

static int32_t floor_part(int32_t value)
{
	return value - ((value % PART) + PART) % PART;
}

/* The mean of a block of PART × PART pixels, as far as they are in the limit. */
static uint32_t block_mean(const struct md_target *target, pixman_box32_t limit, int32_t x,
			   int32_t y)
{
	uint32_t sums[4] = {0};
	uint32_t count = 0;
	int32_t x1 = OS_MAX(x, limit.x1);
	int32_t x2 = OS_MIN(x + PART, limit.x2);
	int32_t y2 = OS_MIN(y + PART, limit.y2);
	for (int32_t at_y = OS_MAX(y, limit.y1); at_y < y2; at_y++) {
		const uint32_t *row =
		    target->pixels + (ptrdiff_t)(at_y - target->box.y1) * target->stride;
		for (int32_t at_x = x1; at_x < x2; at_x++) {
			uint32_t pixel = row[at_x - target->box.x1];
			sums[0] += pixel & 255;
			sums[1] += pixel >> 8 & 255;
			sums[2] += pixel >> 16 & 255;
			sums[3] += pixel >> 24;
			count++;
		}
	}
	if (count == 0) {
		return 0;
	}
	uint32_t half = count / 2;
	return (sums[3] + half) / count << 24 | (sums[2] + half) / count << 16 |
	       (sums[1] + half) / count << 8 | (sums[0] + half) / count;
}

/* The same for a block that is wholly in it: 16 pixels, two channels at a time. */
static uint32_t whole_block_mean(const uint32_t *at, int stride)
{
	uint32_t even = 0;
	uint32_t odd = 0;
	for (int y = 0; y < PART; y++, at += stride) {
		for (int x = 0; x < PART; x++) {
			even += at[x] & 0x00ff00ff;
			odd += at[x] >> 8 & 0x00ff00ff;
		}
	}
	even = (even + 0x00080008) >> 4 & 0x00ff00ff;
	odd = (odd + 0x00080008) >> 4 & 0x00ff00ff;
	return even | odd << 8;
}

/* box: `limit` grown to whole blocks. What lies outside of the limit may not have been drawn. */
static void shrink(const struct md_target *target, pixman_box32_t limit, pixman_box32_t box,
		   struct md_picture *picture)
{
	uint32_t *to = picture->pixels;
	for (int32_t y = box.y1; y < box.y2; y += PART) {
		bool whole_rows = y >= limit.y1 && y + PART <= limit.y2;
		for (int32_t x = box.x1; x < box.x2; x += PART) {
			if (whole_rows && x >= limit.x1 && x + PART <= limit.x2) {
				const uint32_t *at =
				    target->pixels +
				    (ptrdiff_t)(y - target->box.y1) * target->stride +
				    (x - target->box.x1);
				*to++ = whole_block_mean(at, target->stride);
			} else {
				*to++ = block_mean(target, limit, x, y);
			}
		}
	}
}

void md_rasterizer_backdrop(struct md_rasterizer *rasterizer, const struct md_frame_item *item,
			    struct md_paint *ret_paint)
{
	const struct md_target *target = md_rasterizer_target(rasterizer);
	struct md_picture *picture = &rasterizer->backdrop;
	pixman_box32_t limit = md_frame_backdrop_source_px(rasterizer->list, item);
	limit = md_box_intersect(limit, target->box);
	/* On the same grid in every frame, so that the blur does not shimmer when the thing moves. */
	pixman_box32_t box = {floor_part(limit.x1), floor_part(limit.y1),
			      floor_part(limit.x2 + PART - 1), floor_part(limit.y2 + PART - 1)};
	int width = OS_MAX((box.x2 - box.x1) / PART, 1);
	int height = OS_MAX((box.y2 - box.y1) / PART, 1);
	md_picture_resize(picture, width, height, target->opaque);
	shrink(target, limit, box, picture);
	int radius = md_blur_radius(md_blur_px(item->to_px, item->blur) / PART);
	void *scratch = md_rasterizer_scratch(rasterizer, md_blur_scratch_bytes(width * 4, height));
	md_blur_pixels(picture->pixels, width, height, radius, scratch);

	pixman_transform_t transform;
	pixman_transform_init_scale(&transform, pixman_fixed_1 / PART, pixman_fixed_1 / PART);
	pixman_image_set_transform(picture->image, &transform);
	pixman_image_set_filter(picture->image, PIXMAN_FILTER_BILINEAR, NULL, 0);
	pixman_image_set_repeat(picture->image, PIXMAN_REPEAT_PAD);
	ret_paint->source = picture->image;
	ret_paint->x = box.x1;
	ret_paint->y = box.y1;
	ret_paint->opaque = target->opaque;
	rasterizer->counts.backdrops++;
}
