#include "gpu_renderer_private.h"

#include <os/memory.h>

#include "blur.h"

/* Blurred pictures are made this much smaller first, as `soft` makes them; wide blurs even more,
 * since each pixel that a blur reaches costs a draw. */
#define HALVINGS 2
#define HALVINGS_MAX 5
#define RADIUS_MAX 6

struct md_gpu_renderer *md_gpu_renderer_create(const struct os_gpu_door *door, struct os_gpu *gpu,
					       struct md_rasterizer *rasterizer)
{
	struct md_gpu_renderer *renderer = os_alloc(sizeof(*renderer));
	renderer->door = door;
	renderer->gpu = gpu;
	renderer->rasterizer = rasterizer;
	door->get_info(gpu, &renderer->info);
	return renderer;
}

struct md_gpu_renderer *md_gpu_renderer_destroy(struct md_gpu_renderer *renderer)
{
	if (renderer != NULL) {
		md_gpu_textures_finish(renderer);
		md_gpu_targets_finish(renderer);
		md_gpu_shadows_finish(renderer);
		md_gpu_batch_finish(&renderer->batch);
		md_patches_finish(&renderer->patches);
		md_patches_finish(&renderer->spare);
		md_patches_finish(&renderer->pieces);
		md_patches_finish(&renderer->tile);
		os_free(renderer);
	}
	return NULL;
}

struct md_gpu_counts md_gpu_renderer_counts(const struct md_gpu_renderer *renderer)
{
	return renderer->counts;
}

/* --- Backdrops ------------------------------------------------------------------------------------------ */

static int32_t floor_to(int32_t value, int32_t part)
{
	return value - ((value % part) + part) % part;
}

/* How often to halve, and the radius that is left to blur by: of boxes as wide on the display as
 * those of `soft` are. */
static int find_halvings(double blur_px, int *ret_radius)
{
	int count = HALVINGS;
	int radius = md_blur_radius(blur_px / (1 << HALVINGS));
	double box = 2 * radius + 1;
	while (count < HALVINGS_MAX && radius > RADIUS_MAX) {
		count++;
		box /= 2;
		radius = (int)((box - 1) / 2 + 0.5);
	}
	*ret_radius = radius;
	return count;
}

bool md_gpu_take_backdrop(struct md_gpu_renderer *renderer, const struct md_frame_item *item,
			  struct md_gpu_paint *ret_paint)
{
	struct md_gpu_batch *batch = &renderer->batch;
	struct md_gpu_target target = *md_gpu_batch_target(batch);
	int radius;
	int count = find_halvings(md_blur_px(item->to_px, item->blur), &radius);
	int32_t part = 1 << count;
	pixman_box32_t limit = md_frame_backdrop_source_px(renderer->list, item);
	if (renderer->group_depth > 0) {
		limit = md_box_intersect(limit, renderer->groups[renderer->group_depth - 1].box);
	}
	if (md_box_is_empty(limit) || target.texture == 0) {
		return false;
	}
	/* On the same grid in every frame, so that the blur does not shimmer when the thing moves. */
	int32_t x = OS_MAX(floor_to(limit.x1, part), target.x);
	int32_t y = OS_MAX(floor_to(limit.y1, part), target.y);
	struct md_gpu_picture picture = {
	    target.texture,
	    target.width,
	    target.height,
	    {x - target.x, y - target.y, limit.x2 - target.x, limit.y2 - target.y}};
	md_gpu_batch_close(batch);
	bool made = md_gpu_reduce(renderer, &picture, count, &picture) &&
		    md_gpu_blur(renderer, &picture, radius, &picture);
	md_gpu_batch_open(batch, &target, NULL);
	ret_paint->texture = picture.texture;
	ret_paint->map = md_affine_concat(
	    md_affine_translation(-x, -y),
	    md_affine_scale(1.0 / part / picture.width, 1.0 / part / picture.height));
	renderer->counts.backdrops += made;
	return made;
}

/* --- Groups --------------------------------------------------------------------------------------------- */

static size_t find_end(const struct md_frame_list *list, size_t begin)
{
	int depth = 0;
	for (size_t i = begin; i < list->item_count; i++) {
		depth += list->items[i].kind == MD_FRAME_GROUP_BEGIN;
		depth -= list->items[i].kind == MD_FRAME_GROUP_END;
		if (depth == 0) {
			return i;
		}
	}
	return list->item_count;
}

/* Opens a target for a group; returns the item that the list goes on with. Groups deeper than there
 * are targets for, and those that are never closed, are drawn as if they were opaque. */
static size_t begin_group(struct md_gpu_renderer *renderer, size_t index)
{
	const struct md_frame_list *list = renderer->list;
	const struct md_frame_item *item = &list->items[index];
	size_t end = find_end(list, index);
	pixman_box32_t box = md_frame_item_bounds_px(list, item);
	struct md_gpu_target target;
	const uint32_t clear = 0;
	if (md_rasterizer_is_invisible(item) || md_box_is_empty(box)) {
		return end == list->item_count ? index + 1 : end + 1;
	}
	if (item->opacity >= 1 || end == list->item_count ||
	    renderer->group_depth == MD_GROUP_DEPTH ||
	    !md_gpu_target_get(renderer, box.x2 - box.x1, box.y2 - box.y1, &target)) {
		return index + 1;
	}
	target.x = box.x1;
	target.y = box.y1;
	renderer->groups[renderer->group_depth].end = end;
	renderer->groups[renderer->group_depth].opacity = item->opacity;
	renderer->groups[renderer->group_depth].box = box;
	renderer->groups[renderer->group_depth++].target = target;
	md_gpu_batch_open(&renderer->batch, &target, &clear);
	return index + 1;
}

static void end_group(struct md_gpu_renderer *renderer, size_t index)
{
	if (renderer->group_depth == 0 ||
	    renderer->groups[renderer->group_depth - 1].end != index) {
		return;
	}
	renderer->group_depth--;
	const struct md_gpu_target *target = &renderer->groups[renderer->group_depth].target;
	double opacity = renderer->groups[renderer->group_depth].opacity;
	const struct md_gpu_paint paint = {
	    .texture = target->texture,
	    .color = md_gpu_gray((uint8_t)(opacity * 255 + 0.5)),
	    .map = md_affine_concat(md_affine_translation(-target->x, -target->y),
				    md_affine_scale(1.0 / target->width, 1.0 / target->height))};
	md_gpu_batch_close(&renderer->batch);
	md_patches_reset(&renderer->patches);
	md_patches_add_box(&renderer->patches, renderer->groups[renderer->group_depth].box);
	md_gpu_batch_add(&renderer->batch, &renderer->patches, &paint);
}

/* --- The list ------------------------------------------------------------------------------------------- */

static bool covers_all(const struct md_frame_list *list, const struct md_frame_item *item)
{
	struct md_shapes shapes;
	pixman_box32_t box = md_frame_item_bounds_px(list, item);
	if (!md_rasterizer_is_opaque(item) || box.x1 > 0 || box.y1 > 0 || box.x2 < list->width_px ||
	    box.y2 < list->height_px) {
		return false;
	}
	md_rasterizer_shapes(list, item, &shapes);
	return shapes.count == 0;
}

/* The last item that hides everything below it: the list is drawn from there. */
static size_t find_first(const struct md_frame_list *list)
{
	size_t first = 0;
	int depth = 0;
	for (size_t i = 0; i < list->item_count; i++) {
		const struct md_frame_item *item = &list->items[i];
		depth += item->kind == MD_FRAME_GROUP_BEGIN;
		depth -= item->kind == MD_FRAME_GROUP_END;
		if (depth == 0 && covers_all(list, item)) {
			first = i;
		}
	}
	return first;
}

static bool needs_backdrop(const struct md_frame_list *list, size_t first)
{
	for (size_t i = first; i < list->item_count; i++) {
		if (list->items[i].kind == MD_FRAME_BACKDROP &&
		    !md_rasterizer_is_invisible(&list->items[i]) &&
		    !md_box_is_empty(md_frame_item_bounds_px(list, &list->items[i]))) {
			return true;
		}
	}
	return false;
}

static void add_items(struct md_gpu_renderer *renderer, size_t first)
{
	const struct md_frame_list *list = renderer->list;
	for (size_t i = first; i < list->item_count;) {
		if (list->items[i].kind == MD_FRAME_GROUP_BEGIN) {
			i = begin_group(renderer, i);
			continue;
		}
		if (list->items[i].kind == MD_FRAME_GROUP_END) {
			end_group(renderer, i);
		} else {
			md_gpu_add_item(renderer, &list->items[i]);
		}
		i++;
	}
}

/* What a backdrop reads cannot be the display: the frame is made in a target then, and copied. */
static void add_all(struct md_gpu_renderer *renderer)
{
	const struct md_frame_list *list = renderer->list;
	size_t first = find_first(list);
	struct md_gpu_target display = {0, list->width_px, list->height_px, 0, 0};
	struct md_gpu_target target = display;
	bool apart = needs_backdrop(list, first) &&
		     md_gpu_target_get(renderer, list->width_px, list->height_px, &target);
	struct md_color background = list->background;
	background.a = 1;
	uint32_t clear = md_color_premultiplied(background);
	pixman_box32_t all = {0, 0, list->width_px, list->height_px};
	md_gpu_batch_open(&renderer->batch, &target, &clear);
	add_items(renderer, first);
	md_gpu_batch_close(&renderer->batch);
	if (apart) {
		const struct md_gpu_paint paint = {
		    .texture = target.texture,
		    .blend = OS_GPU_REPLACE,
		    .color = 0xffffffff,
		    .map = md_affine_scale(1.0 / target.width, 1.0 / target.height)};
		md_gpu_batch_open(&renderer->batch, &display, &clear);
		md_patches_reset(&renderer->patches);
		md_patches_add_box(&renderer->patches, all);
		md_gpu_batch_add(&renderer->batch, &renderer->patches, &paint);
		md_gpu_batch_close(&renderer->batch);
	}
}

int md_gpu_renderer_draw(struct md_gpu_renderer *renderer, const struct md_frame_list *list)
{
	struct os_gpu_frame frame;
	renderer->list = list;
	renderer->group_depth = 0;
	renderer->result = 0;
	renderer->counts.frames++;
	md_gpu_batch_reset(&renderer->batch);
	add_all(renderer);
	md_gpu_batch_finish_frame(&renderer->batch, &frame);
	renderer->counts.passes += frame.pass_count;
	renderer->counts.draws += frame.draw_count;
	renderer->counts.triangles += frame.index_count / 3;
	int result = renderer->result;
	if (result == 0) {
		result = renderer->door->draw(renderer->gpu, &frame);
	}
	md_gpu_targets_rest(renderer);
	md_gpu_textures_rest(renderer);
	renderer->list = NULL;
	return result;
}
