/* One layer in a frame list: where it is, rounded once, and what it shows itself. */
#include "frame_walk.h"

#include <math.h>

static bool is_parallel(struct md_affine a, struct md_affine b)
{
	const double near = 1e-9;
	return fabs(a.a - b.a) < near && fabs(a.b - b.b) < near && fabs(a.c - b.c) < near &&
	       fabs(a.d - b.d) < near;
}

/* Pixels a point, along the layer's own axes. */
static double pixels_per_point(struct md_affine to_px)
{
	return hypot(to_px.a, to_px.b);
}

static void round_place(const struct walk *walk, struct place *place, struct md_size size)
{
	place->own = place->to_px;
	place->size = size;
	if (!is_parallel(place->to_px, walk->root)) {
		return;
	}
	/* Both corners go to the nearest pixel: what touched still touches. */
	struct md_point near = {place->to_px.tx, place->to_px.ty};
	struct md_point far =
	    md_affine_apply(place->to_px, (struct md_point){size.width, size.height});
	struct md_point near_px = {md_snap(near.x, 1), md_snap(near.y, 1)};
	struct md_point far_px = {md_snap(far.x, 1), md_snap(far.y, 1)};
	place->own.tx = near_px.x;
	place->own.ty = near_px.y;
	struct md_affine linear = place->to_px, back;
	linear.tx = linear.ty = 0;
	if (md_affine_invert(linear, &back)) {
		struct md_point extent = md_affine_apply(
		    back, (struct md_point){far_px.x - near_px.x, far_px.y - near_px.y});
		place->size = (struct md_size){fabs(extent.x), fabs(extent.y)};
	}
}

struct place walk_place(const struct walk *walk, const struct node *node,
			const struct place *parent)
{
	const struct md_layer_values *shown = &node->shown;
	const struct md_rect *frame = &shown->frame;
	struct md_affine to_parent = md_affine_translation(frame->x, frame->y);
	if (!md_transform_is_identity(shown->transform)) {
		struct md_point center = {frame->width / 2, frame->height / 2};
		to_parent =
		    md_affine_concat(md_affine_from_transform(shown->transform, center), to_parent);
	}
	struct place place = *parent;
	place.to_px = md_affine_concat(to_parent, parent->to_px);
	round_place(walk, &place, (struct md_size){frame->width, frame->height});
	return place;
}

struct md_rect walk_bounds_px(const struct place *place, double grow)
{
	return md_affine_apply_rect(place->own,
				    (struct md_rect){-grow, -grow, place->size.width + 2 * grow,
						     place->size.height + 2 * grow});
}

struct md_frame_item *walk_add(const struct walk *walk, const struct place *place,
			       enum md_frame_kind kind, uint64_t key)
{
	struct md_frame_item *item = md_frame_list_add(walk->list, kind);
	item->key = key;
	item->clip = place->clip;
	item->to_px = place->own;
	item->size = place->size;
	return item;
}

/* --- A layer's own things --------------------------------------------------------------------- */

void walk_add_shadow(const struct walk *walk, const struct node *node, const struct place *place,
		     double opacity)
{
	if (node->shown.shadow_opacity <= 0) {
		return;
	}
	struct md_frame_item *item = walk_add(walk, place, MD_FRAME_SHADOW, KEY(node));
	item->to_px = md_affine_concat(md_affine_translation(0, node->props.shadow_y), place->own);
	item->blur = node->props.shadow_blur;
	item->radius = node->shown.corner_radius;
	item->color = (struct md_color){0, 0, 0, node->shown.shadow_opacity};
	item->opacity = opacity;
}

void walk_add_background(const struct walk *walk, const struct node *node,
			 const struct place *place, double opacity)
{
	if (node->props.backdrop_blur > 0) {
		struct md_frame_item *item = walk_add(walk, place, MD_FRAME_BACKDROP, KEY(node));
		item->blur = node->props.backdrop_blur;
		item->radius = node->shown.corner_radius;
		item->opacity = opacity;
	}
	if (node->shown.background.a > 0) {
		struct md_frame_item *item = walk_add(walk, place, MD_FRAME_COLOR, KEY(node));
		item->color = node->shown.background;
		item->radius = node->shown.corner_radius;
		item->opacity = opacity;
	}
}

/* Fits a picture of this many pixels into the layer by its content mode. */
static void fit(const struct walk *walk, const struct node *node, const struct place *place,
		struct md_frame_item *item, struct md_size px)
{
	double scale = pixels_per_point(walk->root);
	struct md_size natural = {px.width / scale, px.height / scale};
	item->source = (struct md_rect){0, 0, px.width, px.height};
	struct md_size size = place->size;
	switch (node->props.content_mode) {
	case MD_CONTENT_FILL:
		/* A picture that is off by part of a pixel is shown as it was drawn. */
		if (fabs(natural.width - size.width) * scale < 1.01 &&
		    fabs(natural.height - size.height) * scale < 1.01) {
			item->size = natural;
		}
		return;
	case MD_CONTENT_TOP_LEFT:
		item->size = natural;
		return;
	case MD_CONTENT_CENTER: {
		double x = floor((size.width - natural.width) / 2 * scale) / scale;
		double y = floor((size.height - natural.height) / 2 * scale) / scale;
		item->size = natural;
		item->to_px = md_affine_concat(md_affine_translation(x, y), item->to_px);
		return;
	}
	case MD_CONTENT_ASPECT_FILL: {
		double factor = fmax(size.width / natural.width, size.height / natural.height);
		double width = size.width / factor * scale, height = size.height / factor * scale;
		item->source = (struct md_rect){(px.width - width) / 2, (px.height - height) / 2,
						width, height};
		return;
	}
	}
}

void walk_add_texture(const struct walk *walk, struct node *node, const struct place *place,
		      int32_t inner_clip, double opacity)
{
	struct buffer *buffer = node->props.buffer;
	if (buffer == NULL) {
		return;
	}
	struct md_frame_item *item = walk_add(walk, place, MD_FRAME_TEXTURE, KEY(node));
	fit(walk, node, place, item, (struct md_size){buffer->place.width, buffer->place.height});
	item->clip = inner_clip;
	item->texture = md_texture_retain(buffer->texture);
	item->opacity = opacity;
	if (walk->number != 0 && (node->replaced || !md_rect_is_empty(node->damage))) {
		node->content += node->replaced ? 2 : 1;
		item->content_damage = node->damage;
		node->damage = (struct md_rect){0};
		node->replaced = false;
	}
	item->content = node->content;
}

void walk_add_border(const struct walk *walk, const struct node *node, const struct place *place,
		     double opacity)
{
	if (node->props.border_width > 0 && node->props.border_color.a > 0) {
		struct md_frame_item *item = walk_add(walk, place, MD_FRAME_BORDER, KEY(node));
		item->width = node->props.border_width;
		item->color = node->props.border_color;
		item->radius = node->shown.corner_radius;
		item->opacity = opacity;
	}
	if (node->shown.dim > 0) {
		struct md_frame_item *item = walk_add(walk, place, MD_FRAME_COLOR, KEY_FRONT(node));
		item->color = (struct md_color){0, 0, 0, node->shown.dim};
		item->radius = node->shown.corner_radius;
		item->opacity = opacity;
	}
}
