#include "rasterizer_private.h"

#include <math.h>
#include <string.h>

/* A texture that is shown at half its size or less is halved first, so that no pixel of it is left
 * out of the picture: a bilinear look takes in four. */
#define HALVINGS 4

/* Whether the texture's pixels lie on the display's; its upper left one is at ret_x, ret_y then. */
static bool is_one_to_one(const struct md_frame_item *item, int32_t *ret_x, int32_t *ret_y)
{
	struct md_shape shape;
	struct md_affine to_px = item->to_px;
	struct md_rect source = item->source;
	if (to_px.b != 0 || to_px.c != 0 || !(to_px.a > 0) || !(to_px.d > 0) ||
	    !md_shape_init(&shape, to_px, item->size, 0) || !shape.whole) {
		return false;
	}
	if (shape.outer.x2 - shape.outer.x1 != source.width ||
	    shape.outer.y2 - shape.outer.y1 != source.height || source.x != floor(source.x) ||
	    source.y != floor(source.y)) {
		return false;
	}
	*ret_x = shape.outer.x1 - (int32_t)source.x;
	*ret_y = shape.outer.y1 - (int32_t)source.y;
	return true;
}

/* A quarter turn at the pixels' own size: nothing lies between pixels, so nothing need be mixed. */
static bool is_quarter_turn(const struct md_frame_item *item, const struct md_shape *shape)
{
	return item->to_px.a == 0 && item->to_px.d == 0 && shape->whole &&
	       shape->outer.x2 - shape->outer.x1 == item->source.height &&
	       shape->outer.y2 - shape->outer.y1 == item->source.width;
}

/* --- Halving -------------------------------------------------------------------------------------------- */

static uint32_t mean_of_four(uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
	const uint32_t mask = 0x00ff00ff;
	const uint32_t round = 0x00020002;
	uint32_t even = (a & mask) + (b & mask) + (c & mask) + (d & mask) + round;
	uint32_t odd =
	    (a >> 8 & mask) + (b >> 8 & mask) + (c >> 8 & mask) + (d >> 8 & mask) + round;
	return (even >> 2 & mask) | (odd >> 2 & mask) << 8;
}

/* `to` may be where `from` begins: nothing is written before it has been read. */
static void halve(const uint32_t *from, int stride, int width, int height, uint32_t *to)
{
	for (int y = 0; y < height; y += 2) {
		const uint32_t *upper = from + (ptrdiff_t)y * stride;
		const uint32_t *lower = y + 1 < height ? upper + stride : upper;
		for (int x = 0; x < width; x += 2) {
			int next = x + 1 < width ? x + 1 : x;
			*to++ = mean_of_four(upper[x], upper[next], lower[x], lower[next]);
		}
	}
}

/* How often a texture may be halved before it is smaller than it is shown. A turned half is a half
 * though its sine be a bit short: squares are compared, since every processor agrees on their last
 * bit and no two on hypot's, and a little is given. */
static int halvings(const struct md_affine *map)
{
	const double whole = 4 * (1 - 1e-9);
	double squared = fmin(map->a * map->a + map->b * map->b, map->c * map->c + map->d * map->d);
	int count = 0;
	while (count < HALVINGS && squared >= whole) {
		squared /= 4;
		count++;
	}
	return count;
}

/* What an item is drawn from: pixels, and where in them it finds those of the display. */
struct view {
	pixman_image_t *image;
	struct md_affine map; /* the display's pixels to these */
	bool opaque;
};

static void halve_view(struct md_rasterizer *rasterizer, struct view *view, int count)
{
	int width = pixman_image_get_width(view->image);
	int height = pixman_image_get_height(view->image);
	const uint32_t *from = pixman_image_get_data(view->image);
	int stride = pixman_image_get_stride(view->image) / 4;
	int wanted_width = (width + (1 << count) - 1) >> count;
	int wanted_height = (height + (1 << count) - 1) >> count;
	size_t first = (size_t)((width + 1) / 2) * (size_t)((height + 1) / 2);
	uint32_t *to = md_rasterizer_scratch(rasterizer, first * sizeof(uint32_t));
	for (int i = 0; i < count; i++) {
		halve(from, stride, width, height, to);
		width = (width + 1) / 2;
		height = (height + 1) / 2;
		from = to;
		stride = width;
	}
	md_picture_resize(&rasterizer->halved, wanted_width, wanted_height, view->opaque);
	memcpy(rasterizer->halved.pixels, from, (size_t)width * (size_t)height * sizeof(uint32_t));
	view->image = rasterizer->halved.image;
	double part = 1.0 / (1 << count);
	view->map = md_affine_concat(view->map, md_affine_scale(part, part));
}

static bool find_view(const struct md_frame_item *item, struct view *ret_view)
{
	struct md_affine map;
	struct md_rect source = item->source;
	if (!md_affine_invert(item->to_px, &map)) {
		return false;
	}
	map = md_affine_concat(map, md_affine_scale(source.width / item->size.width,
						    source.height / item->size.height));
	ret_view->map = md_affine_concat(map, md_affine_translation(source.x, source.y));
	ret_view->image = md_texture_image(item->texture);
	ret_view->opaque = md_texture_is_opaque(item->texture);
	return true;
}

/* --- Painting ------------------------------------------------------------------------------------------- */

/* Scaled, but straight: pixman has a fast way. The display's pixels are counted from (x, y). */
static bool use_pixman(const struct view *view, int32_t x, int32_t y, pixman_filter_t filter)
{
	struct md_affine map = md_affine_concat(md_affine_translation(x, y), view->map);
	double most = fmax(fmax(fmax(fabs(map.a), fabs(map.b)), fmax(fabs(map.c), fabs(map.d))),
			   fmax(fabs(map.tx), fabs(map.ty)));
	if (!(most < 32000)) {
		return false; /* pixman's 16.16 ends there: so small a thing is not seen */
	}
	struct pixman_f_transform exact = {
	    {{map.a, map.c, map.tx}, {map.b, map.d, map.ty}, {0, 0, 1}}};
	pixman_transform_t transform;
	if (!pixman_transform_from_pixman_f_transform(&transform, &exact)) {
		return false;
	}
	/* Even steps: pixman begins half a step in, and only then does it arrive at the same place from
	 * wherever it begins. Else a part drawn anew could differ from the whole by a shade. */
	for (int row = 0; row < 2; row++) {
		transform.matrix[row][0] &= ~1;
		transform.matrix[row][1] &= ~1;
	}
	pixman_image_set_transform(view->image, &transform);
	pixman_image_set_filter(view->image, filter, NULL, 0);
	pixman_image_set_repeat(view->image, PIXMAN_REPEAT_PAD);
	return true;
}

static bool use_sampler(struct md_rasterizer *rasterizer, const struct view *view,
			struct md_paint *paint)
{
	if (!md_sampler_init(&rasterizer->sampler, view->image, view->map)) {
		return false;
	}
	paint->sampler = &rasterizer->sampler;
	return true;
}

bool md_rasterizer_texture(struct md_rasterizer *rasterizer, const struct md_frame_item *item,
			   struct md_paint *paint)
{
	struct view view;
	struct md_shape shape;
	paint->source = md_texture_image(item->texture);
	paint->opaque = md_texture_is_opaque(item->texture);
	paint->alpha = md_rasterizer_item_alpha(item);
	if (is_one_to_one(item, &paint->x, &paint->y)) {
		pixman_image_set_transform(paint->source, NULL);
		pixman_image_set_filter(paint->source, PIXMAN_FILTER_NEAREST, NULL, 0);
		pixman_image_set_repeat(paint->source, PIXMAN_REPEAT_NONE);
		return true;
	}
	if (!md_shape_init(&shape, item->to_px, item->size, 0) || !find_view(item, &view)) {
		return false;
	}
	paint->x = shape.outer.x1;
	paint->y = shape.outer.y1;
	if (is_quarter_turn(item, &shape)) {
		return use_pixman(&view, paint->x, paint->y, PIXMAN_FILTER_NEAREST);
	}
	int count = halvings(&view.map);
	if (count > 0) {
		halve_view(rasterizer, &view, count);
		paint->source = view.image;
	}
	if (shape.straight) {
		return use_pixman(&view, paint->x, paint->y, PIXMAN_FILTER_BILINEAR);
	}
	return use_sampler(rasterizer, &view, paint);
}
