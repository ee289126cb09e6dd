/* What differs between two frame lists, in pixels.
 *
 * Items are paired in order by key and kind. Where every pair is equal, the same things are painted
 * in the same order, so only the bounds of the rest can differ: of items that have no partner, and
 * of both sides of an unequal pair. */
#include <math.h>
#include <string.h>

#include "blur.h"
#include "frame_list.h"
#include "shape.h"

/* More boxes than this are not worth telling apart. */
#define BOX_LIMIT 64

static void damage_box(pixman_region32_t *damage, pixman_box32_t box)
{
	if (!md_box_is_empty(box)) {
		pixman_region32_union_rect(damage, damage, box.x1, box.y1,
					   (unsigned)(box.x2 - box.x1),
					   (unsigned)(box.y2 - box.y1));
	}
}

static void damage_item(pixman_region32_t *damage, const struct md_frame_list *list,
			const struct md_frame_item *item)
{
	damage_box(damage, md_frame_item_bounds_px(list, item));
}

/* --- Equality ---------------------------------------------------------------------------------------- */

static bool affines_equal(struct md_affine a, struct md_affine b)
{
	return a.a == b.a && a.b == b.b && a.c == b.c && a.d == b.d && a.tx == b.tx && a.ty == b.ty;
}

static bool clips_equal(const struct md_frame_list *a_list, int32_t a,
			const struct md_frame_list *b_list, int32_t b)
{
	while (a >= 0 && b >= 0) {
		const struct md_frame_clip *one = &a_list->clips[a];
		const struct md_frame_clip *other = &b_list->clips[b];
		if (!affines_equal(one->to_px, other->to_px) ||
		    one->size.width != other->size.width ||
		    one->size.height != other->size.height || one->radius != other->radius) {
			return false;
		}
		a = one->parent;
		b = other->parent;
	}
	return a < 0 && b < 0;
}

/* All but the clip and the pixels of the texture. */
static bool items_equal(const struct md_frame_item *a, const struct md_frame_item *b)
{
	return a->opacity == b->opacity && affines_equal(a->to_px, b->to_px) &&
	       a->size.width == b->size.width && a->size.height == b->size.height &&
	       a->radius == b->radius && a->width == b->width && a->blur == b->blur &&
	       md_color_equal(a->color, b->color) && (a->texture == NULL) == (b->texture == NULL) &&
	       md_rect_equal(a->source, b->source);
}

/* --- Contents ------------------------------------------------------------------------------------------ */

/* The pixels of the display under a part of the texture, and where it is not shown 1:1 as many more
 * as mixing and halving (rasterizer_texture.c) may reach. */
static pixman_box32_t texture_part(const struct md_frame_list *list,
				   const struct md_frame_item *item, struct md_rect part)
{
	if (md_rect_is_empty(item->source)) {
		return md_frame_item_bounds_px(list, item);
	}
	double scale_x = item->size.width / item->source.width;
	double scale_y = item->size.height / item->source.height;
	struct md_rect unit = {(part.x - item->source.x) * scale_x,
			       (part.y - item->source.y) * scale_y, part.width * scale_x,
			       part.height * scale_y};
	struct md_rect px = md_affine_apply_rect(item->to_px, unit);
	bool exact = fabs(px.width - part.width) < 1e-6 && fabs(px.height - part.height) < 1e-6;
	double grow =
	    exact ? 0 : 2 + fmax(fabs(scale_x * item->to_px.a), fabs(scale_y * item->to_px.d));
	pixman_box32_t box = {
	    (int32_t)OS_CLAMP(floor(px.x - grow + 1e-6), -1e6, 1e6),
	    (int32_t)OS_CLAMP(floor(px.y - grow + 1e-6), -1e6, 1e6),
	    (int32_t)OS_CLAMP(ceil(px.x + px.width + grow - 1e-6), -1e6, 1e6),
	    (int32_t)OS_CLAMP(ceil(px.y + px.height + grow - 1e-6), -1e6, 1e6),
	};
	return md_box_intersect(box, md_frame_item_bounds_px(list, item));
}

static void damage_pair(pixman_region32_t *damage, const struct md_frame_list *before,
			const struct md_frame_item *was, const struct md_frame_list *now,
			const struct md_frame_item *is)
{
	if (!items_equal(was, is) || !clips_equal(before, was->clip, now, is->clip)) {
		damage_item(damage, before, was);
		damage_item(damage, now, is);
	} else if (is->content == was->content + 1) {
		damage_box(damage, texture_part(now, is, is->content_damage));
	} else if (is->content != was->content) {
		damage_item(damage, now, is);
	}
}

/* --- Pairing --------------------------------------------------------------------------------------------- */

/* The next item of before, from `from` on, that is the same as this one; the count if there is none. */
static size_t partner(const struct md_frame_list *before, size_t from,
		      const struct md_frame_item *item)
{
	size_t at = from;
	while (at < before->item_count &&
	       (before->items[at].key != item->key || before->items[at].kind != item->kind)) {
		at++;
	}
	return at;
}

static void compare(const struct md_frame_list *before, const struct md_frame_list *now,
		    pixman_region32_t *damage)
{
	size_t next = 0;
	for (size_t i = 0; i < now->item_count; i++) {
		size_t at = partner(before, next, &now->items[i]);
		if (at == before->item_count) {
			damage_item(damage, now, &now->items[i]);
			continue;
		}
		for (; next < at; next++) {
			damage_item(damage, before, &before->items[next]);
		}
		damage_pair(damage, before, &before->items[at], now, &now->items[i]);
		next = at + 1;
	}
	for (; next < before->item_count; next++) {
		damage_item(damage, before, &before->items[next]);
	}
}

void md_frame_damage_grow(const struct md_frame_list *list, pixman_region32_t *damage)
{
	bool grown = true;
	for (int round = 0; grown && round < 8; round++) {
		grown = false;
		for (size_t i = 0; i < list->item_count; i++) {
			if (list->items[i].kind != MD_FRAME_BACKDROP) {
				continue;
			}
			pixman_box32_t box = md_frame_backdrop_source_px(list, &list->items[i]);
			pixman_region_overlap_t overlap =
			    pixman_region32_contains_rectangle(damage, &box);
			if (!md_box_is_empty(box) && overlap == PIXMAN_REGION_PART) {
				damage_box(damage, box);
				grown = true;
			}
		}
	}
}

pixman_box32_t md_frame_backdrop_source_px(const struct md_frame_list *list,
					   const struct md_frame_item *item)
{
	pixman_box32_t box = md_frame_item_bounds_px(list, item);
	if (md_box_is_empty(box)) {
		return box;
	}
	box = md_box_grow(box, md_blur_extent(md_blur_px(item->to_px, item->blur)) + 4);
	return md_box_intersect(box, (pixman_box32_t){0, 0, list->width_px, list->height_px});
}

void md_frame_list_damage(const struct md_frame_list *before, const struct md_frame_list *now,
			  pixman_region32_t *ret_damage)
{
	pixman_region32_clear(ret_damage);
	if (before == NULL || before->width_px != now->width_px ||
	    before->height_px != now->height_px ||
	    !md_color_equal(before->background, now->background)) {
		damage_box(ret_damage, (pixman_box32_t){0, 0, now->width_px, now->height_px});
		return;
	}
	compare(before, now, ret_damage);
	if (pixman_region32_n_rects(ret_damage) > BOX_LIMIT) {
		pixman_box32_t all = *pixman_region32_extents(ret_damage);
		damage_box(ret_damage, all);
	}
	md_frame_damage_grow(now, ret_damage);
}
