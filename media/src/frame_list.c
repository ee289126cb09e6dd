#include "frame_list.h"

#include <assert.h>
#include <math.h>

#include <os/memory.h>

#include "blur.h"
#include "shape.h"

/* Deeper chains of clips than this are cut; nobody builds them. */
#define CLIP_DEPTH 64

struct md_frame_list *md_frame_list_create(void)
{
	return os_alloc(sizeof(struct md_frame_list));
}

struct md_frame_list *md_frame_list_destroy(struct md_frame_list *list)
{
	if (list != NULL) {
		md_frame_list_reset(list, 0, 0);
		os_free(list->items);
		os_free(list->clips);
		os_free(list);
	}
	return NULL;
}

void md_frame_list_reset(struct md_frame_list *list, int width_px, int height_px)
{
	for (size_t i = 0; i < list->item_count; i++) {
		md_texture_release(list->items[i].texture);
	}
	list->item_count = 0;
	list->clip_count = 0;
	list->width_px = width_px;
	list->height_px = height_px;
	list->background = MD_COLOR_BLACK;
	list->frame = list->flow = 0;
	list->target_us = 0;
}

int32_t md_frame_list_add_clip(struct md_frame_list *list, const struct md_frame_clip *clip)
{
	assert(clip->parent < (int32_t)list->clip_count);
	if (list->clip_count == list->clip_capacity) {
		list->clip_capacity = OS_MAX(list->clip_capacity * 2, 32);
		list->clips =
		    os_realloc_array(list->clips, list->clip_capacity, sizeof(*list->clips));
	}
	list->clips[list->clip_count] = *clip;
	return (int32_t)list->clip_count++;
}

struct md_frame_item *md_frame_list_add(struct md_frame_list *list, enum md_frame_kind kind)
{
	if (list->item_count == list->item_capacity) {
		list->item_capacity = OS_MAX(list->item_capacity * 2, 64);
		list->items =
		    os_realloc_array(list->items, list->item_capacity, sizeof(*list->items));
	}
	struct md_frame_item *item = &list->items[list->item_count++];
	*item = (struct md_frame_item){
	    .kind = (uint8_t)kind, .clip = -1, .opacity = 1, .to_px = MD_AFFINE_IDENTITY};
	return item;
}

/* --- Bounds --------------------------------------------------------------------------------------------- */

static pixman_box32_t clip_bounds(const struct md_frame_list *list, int32_t clip,
				  pixman_box32_t box)
{
	for (int depth = 0; clip >= 0 && depth < CLIP_DEPTH; depth++) {
		struct md_shape shape;
		const struct md_frame_clip *at = &list->clips[clip];
		if (!md_shape_init(&shape, at->to_px, at->size, at->radius)) {
			return (pixman_box32_t){0, 0, 0, 0};
		}
		box = md_box_intersect(box, shape.outer);
		clip = at->parent;
	}
	return box;
}

static pixman_box32_t group_bounds(const struct md_frame_list *list,
				   const struct md_frame_item *begin)
{
	pixman_box32_t box = {0, 0, 0, 0};
	const struct md_frame_item *end = list->items + list->item_count;
	int depth = 1;
	for (const struct md_frame_item *item = begin + 1; item < end && depth > 0; item++) {
		if (item->kind == MD_FRAME_GROUP_BEGIN) {
			depth++;
		} else if (item->kind == MD_FRAME_GROUP_END) {
			depth--;
		} else {
			box = md_box_union(box, md_frame_item_bounds_px(list, item));
		}
	}
	return box;
}

pixman_box32_t md_frame_item_bounds_px(const struct md_frame_list *list,
				       const struct md_frame_item *item)
{
	pixman_box32_t box = {0, 0, list->width_px, list->height_px};
	if (item->kind == MD_FRAME_GROUP_END) {
		return (pixman_box32_t){0, 0, 0, 0};
	}
	if (item->kind == MD_FRAME_GROUP_BEGIN) {
		return group_bounds(list, item);
	}
	struct md_shape shape;
	if (!md_shape_init(&shape, item->to_px, item->size, item->radius)) {
		return (pixman_box32_t){0, 0, 0, 0};
	}
	if (item->kind == MD_FRAME_SHADOW) {
		shape.outer = md_box_grow(shape.outer,
					  md_blur_extent(md_blur_px(item->to_px, item->blur)) + 1);
	}
	return clip_bounds(list, item->clip, md_box_intersect(box, shape.outer));
}
