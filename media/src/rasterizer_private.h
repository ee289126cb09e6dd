/* Rasteriser's inside. Private.
 *
 *	rasterizer.c           plans (what is visible of each item), then draws in painter's order
 *	rasterizer_item.c      what each kind of item paints with
 *	rasterizer_texture.c   how a texture comes to its pixels: copied, scaled, turned
 *	rasterizer_paint.c     a source through shapes into a region: plain boxes, and masked tiles
 *	rasterizer_shadow.c    soft shadows, cached as nine patches
 *	rasterizer_backdrop.c  the blur of what lies below */
#ifndef MD_RASTERIZER_PRIVATE_H
#define MD_RASTERIZER_PRIVATE_H

#include "rasterizer.h"
#include "sampler.h"
#include "shape.h"

#define MD_GROUP_DEPTH 8
#define MD_SHAPE_LIMIT 12
#define MD_SHADOW_CACHE 8
#define MD_TILE_WIDTH 256
#define MD_TILE_HEIGHT 64

/* Pixels that are drawn into: the display's buffer, or a group's offscreen picture. */
struct md_target {
	pixman_image_t *image;
	uint32_t *pixels;
	int stride;         /* pixels */
	pixman_box32_t box; /* of the display, that the pixels are */
	bool opaque;
};

/* Memory for a picture, kept from frame to frame. */
struct md_picture {
	uint32_t *pixels;
	size_t capacity;
	pixman_image_t *image;
	int width, height;
	bool opaque;
};

/* A blurred rounded rectangle as alpha; its middle row and column stand for any number of them. */
struct md_shadow_patch {
	uint8_t *alpha;
	size_t capacity;
	int core_width, core_height; /* of the rectangle */
	int extent;                  /* that the blur adds on each side */
	double radius;
	int blur_radius;
	uint64_t used;
};

struct md_shapes {
	struct md_shape at[MD_SHAPE_LIMIT];
	int count;
};

struct md_paint {
	pixman_image_t *source;
	int32_t x, y; /* the display's pixel that is the source's (0, 0) */
	bool opaque;  /* the source has no alpha to look at */
	bool fill;    /* one colour: `pixel`, premultiplied */
	uint32_t pixel;
	uint8_t alpha;                        /* of the whole */
	const struct md_sampler *sampler;     /* makes the source, tile by tile */
	const struct md_shadow_patch *shadow; /* the source goes through it */
	const struct md_frame_item *shadow_item;
};

struct md_item_plan {
	pixman_region32_t visible;
	size_t partner; /* of a group's begin its end, and the other way round; SIZE_MAX: none */
	bool offscreen; /* a group that needs a picture of its own */
};

struct md_rasterizer {
	struct md_rasterizer_counts counts;
	const struct md_frame_list *list;
	struct md_item_plan *plans;
	size_t plan_capacity;

	struct md_target targets[MD_GROUP_DEPTH + 1];
	int depth;
	struct md_picture groups[MD_GROUP_DEPTH];

	uint32_t solid_pixel;
	pixman_image_t *solid; /* one pixel, repeated: any colour */
	uint32_t alpha_pixel;
	pixman_image_t *alpha; /* the same as a mask */
	uint8_t *tile;
	pixman_image_t *tile_image;

	struct md_sampler sampler;
	uint32_t *samples; /* of a tile */
	pixman_image_t *samples_image, *opaque_samples_image;
	struct md_picture halved;

	struct md_shadow_patch shadows[MD_SHADOW_CACHE];
	uint64_t shadow_clock;
	struct md_picture backdrop;
	uint8_t *scratch;
	size_t scratch_capacity;
};

static inline struct md_target *md_rasterizer_target(struct md_rasterizer *rasterizer)
{
	return &rasterizer->targets[rasterizer->depth];
}

/* --- rasterizer_item.c ---------------------------------------------------------------------------- */

/* Shapes that the item's pixels must be in, without those that its bounds say already. */
void md_rasterizer_shapes(const struct md_frame_list *list, const struct md_frame_item *item,
			  struct md_shapes *ret_shapes);
bool md_rasterizer_is_invisible(const struct md_frame_item *item);
bool md_rasterizer_is_opaque(const struct md_frame_item *item);
void md_rasterizer_draw_item(struct md_rasterizer *rasterizer, const struct md_frame_item *item,
			     const pixman_region32_t *visible);

uint8_t md_rasterizer_item_alpha(const struct md_frame_item *item);

/* --- rasterizer_texture.c ------------------------------------------------------------------------- */

/* False: nothing of it can be seen. */
bool md_rasterizer_texture(struct md_rasterizer *rasterizer, const struct md_frame_item *item,
			   struct md_paint *paint);

/* --- rasterizer_paint.c --------------------------------------------------------------------------- */

void md_rasterizer_paint(struct md_rasterizer *rasterizer, const struct md_paint *paint,
			 const struct md_shapes *shapes, const pixman_region32_t *region);
/* Sets the one-pixel source. */
void md_rasterizer_set_solid(struct md_rasterizer *rasterizer, uint32_t pixel);
/* Makes the picture that large; its pixels are what they were. */
void md_picture_resize(struct md_picture *picture, int width, int height, bool opaque);
void md_picture_finish(struct md_picture *picture);
void *md_rasterizer_scratch(struct md_rasterizer *rasterizer, size_t bytes);

/* --- rasterizer_shadow.c -------------------------------------------------------------------------- */

/* The rectangle that casts a shadow, in pixels, before it is turned. */
struct md_shadow_caster {
	int left, top, width, height; /* left and top only of straight ones */
	double radius;
	int blur_radius, extent;
	struct md_shape shape;
};

/* False: it casts none. */
bool md_shadow_caster(const struct md_frame_item *item, struct md_shadow_caster *ret_caster);
const struct md_shadow_patch *md_rasterizer_shadow(struct md_rasterizer *rasterizer,
						   const struct md_frame_item *item);
/* Writes the shadow's alpha of box into a mask. */
void md_shadow_fill(const struct md_shadow_patch *patch, const struct md_frame_item *item,
		    uint8_t *mask, int stride, pixman_box32_t box);

/* --- rasterizer_backdrop.c ------------------------------------------------------------------------ */

/* Blurs what the target has around the item into a picture, ready to be painted. */
void md_rasterizer_backdrop(struct md_rasterizer *rasterizer, const struct md_frame_item *item,
			    struct md_paint *ret_paint);

#endif
