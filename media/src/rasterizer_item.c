#include "rasterizer_private.h"

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

uint8_t md_rasterizer_item_alpha(const struct md_frame_item *item)
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
		       md_rasterizer_item_alpha(item) == 0;
	default:
		return md_rasterizer_item_alpha(item) == 0;
	}
}

bool md_rasterizer_is_opaque(const struct md_frame_item *item)
{
	if (item->kind == MD_FRAME_COLOR) {
		return item_pixel(item) >> 24 == 255;
	}
	return item->kind == MD_FRAME_TEXTURE && md_texture_is_opaque(item->texture) &&
	       md_rasterizer_item_alpha(item) == 255;
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
		if (!md_rasterizer_texture(rasterizer, item, &paint)) {
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
		paint.alpha = md_rasterizer_item_alpha(item);
		break;
	default:
		color_paint(rasterizer, item, &paint);
		break;
	}
	md_rasterizer_shapes(rasterizer->list, item, &shapes);
	md_rasterizer_paint(rasterizer, &paint, &shapes, visible);
	rasterizer->counts.drawn++;
}
