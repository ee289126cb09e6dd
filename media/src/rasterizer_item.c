#include "rasterizer_private.h"

#include <math.h>

/* --- Shapes -------------------------------------------------------------------------------------------- */

static bool is_same(const struct md_shape *a, const struct md_shape *b)
{
	return a->straight && b->straight && a->inverted == b->inverted && a->left == b->left &&
	       a->top == b->top && a->right == b->right && a->bottom == b->bottom &&
	       a->radius == b->radius;
}

/* What is a box is in the bounds already, and the same edge twice would be half as strong. */
static void add_shape(struct md_shapes *shapes, const struct md_shape *shape)
{
	if (shapes->count == MD_SHAPE_LIMIT || (shape->whole && !shape->inverted)) {
		return;
	}
	for (int i = 0; i < shapes->count; i++) {
		if (is_same(&shapes->at[i], shape)) {
			return;
		}
	}
	shapes->at[shapes->count++] = *shape;
}

/* The edge that a border ends at inside: everything beyond it counts. */
static void add_border_inside(struct md_shapes *shapes, const struct md_frame_item *item)
{
	struct md_shape shape;
	struct md_affine to_px =
	    md_affine_concat(md_affine_translation(item->width, item->width), item->to_px);
	struct md_size size = {item->size.width - 2 * item->width,
			       item->size.height - 2 * item->width};
	if (md_shape_init(&shape, to_px, size, OS_MAX(item->radius - item->width, 0))) {
		shape.inverted = true;
		add_shape(shapes, &shape);
	}
}

void md_rasterizer_shapes(const struct md_frame_list *list, const struct md_frame_item *item,
			  struct md_shapes *ret_shapes)
{
	struct md_shape shape;
	ret_shapes->count = 0;
	if (item->kind != MD_FRAME_SHADOW &&
	    md_shape_init(&shape, item->to_px, item->size, item->radius)) {
		add_shape(ret_shapes, &shape);
	}
	if (item->kind == MD_FRAME_BORDER) {
		add_border_inside(ret_shapes, item);
	}
	for (int32_t clip = item->clip; clip >= 0; clip = list->clips[clip].parent) {
		const struct md_frame_clip *at = &list->clips[clip];
		if (md_shape_init(&shape, at->to_px, at->size, at->radius)) {
			add_shape(ret_shapes, &shape);
		}
	}
}

/* --- What is seen --------------------------------------------------------------------------------------- */

static uint32_t item_pixel(const struct md_frame_item *item)
{
	struct md_color color = item->color;
	color.a *= OS_CLAMP(item->opacity, 0, 1);
	return md_color_premultiplied(color);
}

static uint8_t item_alpha(const struct md_frame_item *item)
{
	return (uint8_t)(OS_CLAMP(item->opacity, 0, 1) * 255 + 0.5);
}

bool md_rasterizer_is_invisible(const struct md_frame_item *item)
{
	switch (item->kind) {
	case MD_FRAME_COLOR:
	case MD_FRAME_SHADOW:
		return item_pixel(item) >> 24 == 0;
	case MD_FRAME_BORDER:
		return item_pixel(item) >> 24 == 0 || !(item->width > 0);
	case MD_FRAME_TEXTURE:
		return item->texture == NULL || md_rect_is_empty(item->source) ||
		       item_alpha(item) == 0;
	default:
		return item_alpha(item) == 0;
	}
}

bool md_rasterizer_is_opaque(const struct md_frame_item *item)
{
	if (item->kind == MD_FRAME_COLOR) {
		return item_pixel(item) >> 24 == 255;
	}
	return item->kind == MD_FRAME_TEXTURE && md_texture_is_opaque(item->texture) &&
	       item_alpha(item) == 255;
}

/* --- Textures ------------------------------------------------------------------------------------------- */

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
static bool is_quarter_turn(const struct md_frame_item *item)
{
	struct md_shape shape;
	return item->to_px.a == 0 && item->to_px.d == 0 &&
	       md_shape_init(&shape, item->to_px, item->size, 0) && shape.whole &&
	       shape.outer.x2 - shape.outer.x1 == item->source.height &&
	       shape.outer.y2 - shape.outer.y1 == item->source.width;
}

/* Display's pixels, counted from (x, y), to the texture's. */
static bool texture_transform(const struct md_frame_item *item, int32_t x, int32_t y,
			      pixman_transform_t *ret_transform)
{
	struct md_affine map;
	if (!md_affine_invert(item->to_px, &map)) {
		return false;
	}
	struct md_rect source = item->source;
	map = md_affine_concat(md_affine_translation(x, y), map);
	map = md_affine_concat(map, md_affine_scale(source.width / item->size.width,
						    source.height / item->size.height));
	map = md_affine_concat(map, md_affine_translation(source.x, source.y));
	double most = fmax(fmax(fmax(fabs(map.a), fabs(map.b)), fmax(fabs(map.c), fabs(map.d))),
			   fmax(fabs(map.tx), fabs(map.ty)));
	if (!(most < 32000)) {
		return false; /* pixman's 16.16 ends there: so small a thing is not seen */
	}
	struct pixman_f_transform exact = {
	    {{map.a, map.c, map.tx}, {map.b, map.d, map.ty}, {0, 0, 1}}};
	if (!pixman_transform_from_pixman_f_transform(ret_transform, &exact)) {
		return false;
	}
	/* Even steps: pixman begins half a step in, and only then does it arrive at the same place from
	 * wherever it begins. Else a part drawn anew could differ from the whole by a shade. */
	for (int row = 0; row < 2; row++) {
		ret_transform->matrix[row][0] &= ~1;
		ret_transform->matrix[row][1] &= ~1;
	}
	return true;
}

static bool texture_paint(const struct md_frame_item *item, struct md_paint *paint)
{
	pixman_image_t *image = md_texture_image(item->texture);
	paint->source = image;
	paint->opaque = md_texture_is_opaque(item->texture);
	paint->alpha = item_alpha(item);
	if (is_one_to_one(item, &paint->x, &paint->y)) {
		pixman_image_set_transform(image, NULL);
		pixman_image_set_filter(image, PIXMAN_FILTER_NEAREST, NULL, 0);
		pixman_image_set_repeat(image, PIXMAN_REPEAT_NONE);
		return true;
	}
	pixman_transform_t transform;
	struct md_shape shape;
	if (!md_shape_init(&shape, item->to_px, item->size, 0)) {
		return false;
	}
	paint->x = shape.outer.x1;
	paint->y = shape.outer.y1;
	if (!texture_transform(item, paint->x, paint->y, &transform)) {
		return false;
	}
	pixman_image_set_transform(image, &transform);
	pixman_image_set_filter(
	    image, is_quarter_turn(item) ? PIXMAN_FILTER_NEAREST : PIXMAN_FILTER_BILINEAR, NULL, 0);
	pixman_image_set_repeat(image, PIXMAN_REPEAT_PAD);
	return true;
}

/* --- Drawing -------------------------------------------------------------------------------------------- */

static void color_paint(struct md_rasterizer *rasterizer, const struct md_frame_item *item,
			struct md_paint *paint)
{
	paint->pixel = item_pixel(item);
	paint->fill = item->kind != MD_FRAME_SHADOW;
	paint->source = rasterizer->solid;
	md_rasterizer_set_solid(rasterizer, paint->pixel);
}

void md_rasterizer_draw_item(struct md_rasterizer *rasterizer, const struct md_frame_item *item,
			     const pixman_region32_t *visible)
{
	struct md_paint paint = {.alpha = 255};
	struct md_shapes shapes;
	switch (item->kind) {
	case MD_FRAME_TEXTURE:
		if (!texture_paint(item, &paint)) {
			return;
		}
		break;
	case MD_FRAME_SHADOW:
		color_paint(rasterizer, item, &paint);
		paint.shadow = md_rasterizer_shadow(rasterizer, item);
		paint.shadow_item = item;
		break;
	case MD_FRAME_BACKDROP:
		md_rasterizer_backdrop(rasterizer, item, &paint);
		paint.alpha = item_alpha(item);
		break;
	default:
		color_paint(rasterizer, item, &paint);
		break;
	}
	md_rasterizer_shapes(rasterizer->list, item, &shapes);
	md_rasterizer_paint(rasterizer, &paint, &shapes, visible);
	rasterizer->counts.drawn++;
}
