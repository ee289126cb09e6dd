#include "rasterizer_private.h"

#include <string.h>

#include <os/memory.h>

void md_picture_resize(struct md_picture *picture, int width, int height, bool opaque)
{
	if (picture->image != NULL && picture->width == width && picture->height == height &&
	    picture->opaque == opaque) {
		return;
	}
	if (picture->image != NULL) {
		pixman_image_unref(picture->image);
	}
	size_t count = (size_t)width * (size_t)height;
	if (count > picture->capacity) {
		os_free(picture->pixels);
		picture->pixels = os_alloc_array(count, sizeof(uint32_t));
		picture->capacity = count;
	}
	picture->width = width;
	picture->height = height;
	picture->opaque = opaque;
	picture->image = pixman_image_create_bits(opaque ? PIXMAN_x8r8g8b8 : PIXMAN_a8r8g8b8, width,
						  height, picture->pixels, width * 4);
}

void md_picture_finish(struct md_picture *picture)
{
	if (picture->image != NULL) {
		pixman_image_unref(picture->image);
	}
	os_free(picture->pixels);
}

void *md_rasterizer_scratch(struct md_rasterizer *rasterizer, size_t bytes)
{
	if (bytes > rasterizer->scratch_capacity) {
		os_free(rasterizer->scratch);
		rasterizer->scratch = os_alloc(bytes);
		rasterizer->scratch_capacity = bytes;
	}
	return rasterizer->scratch;
}

void md_rasterizer_set_solid(struct md_rasterizer *rasterizer, uint32_t pixel)
{
	rasterizer->solid_pixel = pixel;
}

/* --- Boxes -------------------------------------------------------------------------------------------- */

static void composite(struct md_rasterizer *rasterizer, pixman_op_t op,
		      const struct md_paint *paint, pixman_image_t *mask, pixman_box32_t box)
{
	const struct md_target *target = md_rasterizer_target(rasterizer);
	pixman_image_composite32(op, paint->source, mask, target->image, box.x1 - paint->x,
				 box.y1 - paint->y, 0, 0, box.x1 - target->box.x1,
				 box.y1 - target->box.y1, box.x2 - box.x1, box.y2 - box.y1);
}

static void paint_plain(struct md_rasterizer *rasterizer, const struct md_paint *paint,
			pixman_box32_t box)
{
	const struct md_target *target = md_rasterizer_target(rasterizer);
	if (paint->fill && paint->pixel >> 24 == 255) {
		pixman_fill(target->pixels, target->stride, 32, box.x1 - target->box.x1,
			    box.y1 - target->box.y1, box.x2 - box.x1, box.y2 - box.y1,
			    paint->pixel);
	} else if (paint->alpha == 255) {
		composite(rasterizer, paint->opaque ? PIXMAN_OP_SRC : PIXMAN_OP_OVER, paint, NULL,
			  box);
	} else {
		rasterizer->alpha_pixel = paint->alpha;
		composite(rasterizer, PIXMAN_OP_OVER, paint, rasterizer->alpha, box);
	}
}

static void paint_tile(struct md_rasterizer *rasterizer, const struct md_paint *paint,
		       const struct md_shapes *shapes, pixman_box32_t box)
{
	uint8_t *mask = rasterizer->tile;
	if (paint->shadow != NULL) {
		md_shadow_fill(paint->shadow, paint->shadow_item, mask, MD_TILE_WIDTH, box);
	} else {
		for (int32_t y = 0; y < box.y2 - box.y1; y++) {
			memset(mask + y * MD_TILE_WIDTH, paint->alpha, (size_t)(box.x2 - box.x1));
		}
	}
	for (int i = 0; shapes != NULL && i < shapes->count; i++) {
		md_shape_multiply(&shapes->at[i], mask, MD_TILE_WIDTH, box);
	}
	composite(rasterizer, PIXMAN_OP_OVER, paint, rasterizer->tile_image, box);
}

/* The same paint with this tile's own source, if it has to be made. */
static struct md_paint tile_source(struct md_rasterizer *rasterizer, const struct md_paint *paint,
				   pixman_box32_t tile)
{
	struct md_paint made = *paint;
	if (paint->sampler != NULL) {
		md_sampler_fill(paint->sampler, rasterizer->samples, MD_TILE_WIDTH, tile);
		made.source =
		    paint->opaque ? rasterizer->opaque_samples_image : rasterizer->samples_image;
		made.x = tile.x1;
		made.y = tile.y1;
	}
	return made;
}

/* shapes: NULL where all of them are full. */
static void paint_tiles(struct md_rasterizer *rasterizer, const struct md_paint *paint,
			const struct md_shapes *shapes, pixman_box32_t box)
{
	for (int32_t y = box.y1; y < box.y2; y += MD_TILE_HEIGHT) {
		for (int32_t x = box.x1; x < box.x2; x += MD_TILE_WIDTH) {
			pixman_box32_t tile = {x, y, OS_MIN(x + MD_TILE_WIDTH, box.x2),
					       OS_MIN(y + MD_TILE_HEIGHT, box.y2)};
			struct md_paint made = tile_source(rasterizer, paint, tile);
			if (shapes == NULL && paint->shadow == NULL) {
				paint_plain(rasterizer, &made, tile);
			} else {
				paint_tile(rasterizer, &made, shapes, tile);
			}
		}
	}
}

/* --- Regions ------------------------------------------------------------------------------------------ */

static void paint_full(struct md_rasterizer *rasterizer, const struct md_paint *paint,
		       const pixman_region32_t *region)
{
	int count;
	const pixman_box32_t *boxes =
	    pixman_region32_rectangles((pixman_region32_t *)region, &count);
	for (int i = 0; i < count; i++) {
		rasterizer->counts.pixels +=
		    (uint64_t)(boxes[i].x2 - boxes[i].x1) * (uint64_t)(boxes[i].y2 - boxes[i].y1);
		if (paint->shadow != NULL || paint->sampler != NULL) {
			paint_tiles(rasterizer, paint, NULL, boxes[i]);
		} else {
			paint_plain(rasterizer, paint, boxes[i]);
		}
	}
}

static void paint_edges(struct md_rasterizer *rasterizer, const struct md_paint *paint,
			const struct md_shapes *shapes, const pixman_region32_t *region)
{
	int count;
	const pixman_box32_t *boxes =
	    pixman_region32_rectangles((pixman_region32_t *)region, &count);
	for (int i = 0; i < count; i++) {
		rasterizer->counts.pixels +=
		    (uint64_t)(boxes[i].x2 - boxes[i].x1) * (uint64_t)(boxes[i].y2 - boxes[i].y1);
		paint_tiles(rasterizer, paint, shapes, boxes[i]);
	}
}

void md_rasterizer_paint(struct md_rasterizer *rasterizer, const struct md_paint *paint,
			 const struct md_shapes *shapes, const pixman_region32_t *region)
{
	if (shapes->count == 0) {
		paint_full(rasterizer, paint, region);
		return;
	}
	pixman_box32_t bounds = *pixman_region32_extents((pixman_region32_t *)region);
	pixman_region32_t full;
	pixman_region32_t edges;
	pixman_region32_init(&full);
	pixman_region32_init(&edges);
	pixman_region32_copy(&full, (pixman_region32_t *)region);
	pixman_region32_copy(&edges, (pixman_region32_t *)region);
	for (int i = 0; i < shapes->count; i++) {
		pixman_region32_t part;
		md_shape_full_region(&shapes->at[i], bounds, &part);
		pixman_region32_intersect(&full, &full, &part);
		pixman_region32_fini(&part);
		md_shape_empty_region(&shapes->at[i], bounds, &part);
		pixman_region32_subtract(&edges, &edges, &part);
		pixman_region32_fini(&part);
	}
	pixman_region32_subtract(&edges, &edges, &full);
	paint_full(rasterizer, paint, &full);
	paint_edges(rasterizer, paint, shapes, &edges);
	pixman_region32_fini(&full);
	pixman_region32_fini(&edges);
}
