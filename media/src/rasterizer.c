#include "rasterizer_private.h"

#include <string.h>

#include <os/memory.h>

struct md_rasterizer *md_rasterizer_create(void)
{
	struct md_rasterizer *rasterizer = os_alloc(sizeof(*rasterizer));
	rasterizer->solid =
	    pixman_image_create_bits(PIXMAN_a8r8g8b8, 1, 1, &rasterizer->solid_pixel, 4);
	pixman_image_set_repeat(rasterizer->solid, PIXMAN_REPEAT_NORMAL);
	rasterizer->alpha = pixman_image_create_bits(PIXMAN_a8, 1, 1, &rasterizer->alpha_pixel, 4);
	pixman_image_set_repeat(rasterizer->alpha, PIXMAN_REPEAT_NORMAL);
	rasterizer->tile = os_alloc(MD_TILE_WIDTH * MD_TILE_HEIGHT);
	rasterizer->tile_image =
	    pixman_image_create_bits(PIXMAN_a8, MD_TILE_WIDTH, MD_TILE_HEIGHT,
				     (uint32_t *)(void *)rasterizer->tile, MD_TILE_WIDTH);
	rasterizer->samples = os_alloc_array(MD_TILE_WIDTH * MD_TILE_HEIGHT, sizeof(uint32_t));
	rasterizer->samples_image = pixman_image_create_bits(
	    PIXMAN_a8r8g8b8, MD_TILE_WIDTH, MD_TILE_HEIGHT, rasterizer->samples, MD_TILE_WIDTH * 4);
	rasterizer->opaque_samples_image = pixman_image_create_bits(
	    PIXMAN_x8r8g8b8, MD_TILE_WIDTH, MD_TILE_HEIGHT, rasterizer->samples, MD_TILE_WIDTH * 4);
	return rasterizer;
}

struct md_rasterizer *md_rasterizer_destroy(struct md_rasterizer *rasterizer)
{
	if (rasterizer == NULL) {
		return NULL;
	}
	pixman_image_unref(rasterizer->solid);
	pixman_image_unref(rasterizer->alpha);
	pixman_image_unref(rasterizer->tile_image);
	pixman_image_unref(rasterizer->samples_image);
	pixman_image_unref(rasterizer->opaque_samples_image);
	os_free(rasterizer->samples);
	for (int i = 0; i < MD_GROUP_DEPTH; i++) {
		md_picture_finish(&rasterizer->groups[i]);
	}
	md_picture_finish(&rasterizer->backdrop);
	md_picture_finish(&rasterizer->halved);
	for (int i = 0; i < MD_SHADOW_CACHE; i++) {
		os_free(rasterizer->shadows[i].alpha);
	}
	for (size_t i = 0; i < rasterizer->plan_capacity; i++) {
		pixman_region32_fini(&rasterizer->plans[i].visible);
	}
	os_free(rasterizer->plans);
	os_free(rasterizer->tile);
	os_free(rasterizer->scratch);
	os_free(rasterizer);
	return NULL;
}

struct md_rasterizer_counts md_rasterizer_counts(const struct md_rasterizer *rasterizer)
{
	return rasterizer->counts;
}

/* --- Planning: from the front, what is seen of each item ----------------------------------------------- */

/* What may still be seen at one depth of groups. */
struct level {
	pixman_region32_t damage;  /* what has to be drawn */
	pixman_region32_t covered; /* and what opaque items in front hide of it */
};

struct planner {
	struct md_rasterizer *rasterizer;
	struct level levels[MD_GROUP_DEPTH + 1];
	int depth;
};

static void reserve_plans(struct md_rasterizer *rasterizer, size_t count)
{
	if (count <= rasterizer->plan_capacity) {
		return;
	}
	size_t capacity = OS_MAX(count, rasterizer->plan_capacity * 2);
	rasterizer->plans =
	    os_realloc_array(rasterizer->plans, capacity, sizeof(*rasterizer->plans));
	for (size_t i = rasterizer->plan_capacity; i < capacity; i++) {
		pixman_region32_init(&rasterizer->plans[i].visible);
	}
	rasterizer->plan_capacity = capacity;
}

/* Pairs begins with ends; those deeper than there are pictures for are drawn as if opaque. */
static void pair_groups(struct md_rasterizer *rasterizer)
{
	const struct md_frame_list *list = rasterizer->list;
	size_t open[64];
	int depth = 0;
	int offscreen = 0;
	for (size_t i = 0; i < list->item_count; i++) {
		struct md_item_plan *plan = &rasterizer->plans[i];
		plan->partner = SIZE_MAX;
		plan->offscreen = false;
		pixman_region32_clear(&plan->visible);
		if (list->items[i].kind == MD_FRAME_GROUP_BEGIN &&
		    depth < (int)OS_ARRAY_LEN(open)) {
			open[depth++] = i;
			plan->offscreen = list->items[i].opacity < 1 && offscreen < MD_GROUP_DEPTH;
			offscreen += plan->offscreen;
		} else if (list->items[i].kind == MD_FRAME_GROUP_END && depth > 0) {
			size_t begin = open[--depth];
			plan->partner = begin;
			plan->offscreen = rasterizer->plans[begin].offscreen;
			rasterizer->plans[begin].partner = i;
			offscreen -= plan->offscreen;
		}
	}
	while (depth > 0) {
		rasterizer->plans[open[--depth]].offscreen = false; /* never closed */
	}
}

static void find_visible(struct planner *planner, const struct md_frame_item *item,
			 pixman_region32_t *visible)
{
	struct level *level = &planner->levels[planner->depth];
	pixman_box32_t box = md_frame_item_bounds_px(planner->rasterizer->list, item);
	if (md_box_is_empty(box)) {
		return;
	}
	pixman_region32_intersect_rect(visible, &level->damage, box.x1, box.y1,
				       (unsigned)(box.x2 - box.x1), (unsigned)(box.y2 - box.y1));
	pixman_region32_subtract(visible, visible, &level->covered);
}

/* Adds what an opaque item hides: its bounds, without the edges of its shapes. */
static void cover(struct planner *planner, const struct md_frame_item *item)
{
	const struct md_frame_list *list = planner->rasterizer->list;
	struct level *level = &planner->levels[planner->depth];
	pixman_box32_t box = md_frame_item_bounds_px(list, item);
	pixman_region32_t full;
	pixman_region32_init_with_extents(&full, &box);
	struct md_shapes shapes;
	md_rasterizer_shapes(list, item, &shapes);
	for (int i = 0; i < shapes.count; i++) {
		pixman_region32_t part;
		md_shape_full_region(&shapes.at[i], box, &part);
		pixman_region32_intersect(&full, &full, &part);
		pixman_region32_fini(&part);
	}
	pixman_region32_union(&level->covered, &level->covered, &full);
	pixman_region32_fini(&full);
}

/* What a backdrop reads has to be there, hidden or not. */
static void uncover(struct planner *planner, const struct md_frame_item *item)
{
	struct level *level = &planner->levels[planner->depth];
	pixman_box32_t box = md_frame_backdrop_source_px(planner->rasterizer->list, item);
	pixman_region32_t part;
	pixman_region32_init_with_extents(&part, &box);
	pixman_region32_subtract(&level->covered, &level->covered, &part);
	pixman_region32_fini(&part);
}

static void plan_group_end(struct planner *planner, size_t index)
{
	struct md_item_plan *plan = &planner->rasterizer->plans[index];
	if (!plan->offscreen) {
		return;
	}
	struct md_item_plan *begin = &planner->rasterizer->plans[plan->partner];
	const struct md_frame_item *item = &planner->rasterizer->list->items[plan->partner];
	if (!md_rasterizer_is_invisible(item)) {
		find_visible(planner, item, &begin->visible);
	}
	struct level *level = &planner->levels[++planner->depth];
	pixman_region32_init(&level->damage);
	pixman_region32_init(&level->covered);
	pixman_region32_copy(&level->damage, &begin->visible);
}

static void plan_group_begin(struct planner *planner, size_t index)
{
	if (planner->rasterizer->plans[index].offscreen) {
		pixman_region32_fini(&planner->levels[planner->depth].damage);
		pixman_region32_fini(&planner->levels[planner->depth].covered);
		planner->depth--;
	}
}

static void plan_item(struct planner *planner, size_t index)
{
	struct md_rasterizer *rasterizer = planner->rasterizer;
	const struct md_frame_item *item = &rasterizer->list->items[index];
	pixman_region32_t *visible = &rasterizer->plans[index].visible;
	if (md_rasterizer_is_invisible(item)) {
		return;
	}
	find_visible(planner, item, visible);
	if (!pixman_region32_not_empty(visible)) {
		rasterizer->counts.hidden++;
	} else if (item->kind == MD_FRAME_BACKDROP) {
		uncover(planner, item);
	} else if (md_rasterizer_is_opaque(item)) {
		cover(planner, item);
	}
}

/* Leaves in ret_bare what no opaque item covers. */
static void make_plan(struct md_rasterizer *rasterizer, const pixman_region32_t *damage,
		      pixman_region32_t *ret_bare)
{
	const struct md_frame_list *list = rasterizer->list;
	struct planner planner = {.rasterizer = rasterizer};
	struct level *bottom = &planner.levels[0];
	reserve_plans(rasterizer, list->item_count);
	pair_groups(rasterizer);
	pixman_region32_init(&bottom->damage);
	pixman_region32_init(&bottom->covered);
	pixman_region32_copy(&bottom->damage, (pixman_region32_t *)damage);
	for (size_t i = list->item_count; i-- > 0;) {
		if (list->items[i].kind == MD_FRAME_GROUP_END) {
			plan_group_end(&planner, i);
		} else if (list->items[i].kind == MD_FRAME_GROUP_BEGIN) {
			plan_group_begin(&planner, i);
		} else {
			plan_item(&planner, i);
		}
	}
	pixman_region32_subtract(ret_bare, &bottom->damage, &bottom->covered);
	pixman_region32_fini(&bottom->damage);
	pixman_region32_fini(&bottom->covered);
}

/* --- Drawing: from the back ------------------------------------------------------------------------------ */

static void fill_background(struct md_rasterizer *rasterizer, const pixman_region32_t *bare)
{
	static const struct md_shapes none;
	struct md_paint paint = {.fill = true, .alpha = 255};
	paint.pixel = md_color_premultiplied(md_color_with_alpha(rasterizer->list->background, 1));
	md_rasterizer_paint(rasterizer, &paint, &none, bare);
}

static void begin_group(struct md_rasterizer *rasterizer, const struct md_item_plan *plan)
{
	struct md_picture *picture = &rasterizer->groups[rasterizer->depth];
	struct md_target *target = &rasterizer->targets[++rasterizer->depth];
	pixman_box32_t box = *pixman_region32_extents((pixman_region32_t *)&plan->visible);
	md_picture_resize(picture, box.x2 - box.x1, box.y2 - box.y1, false);
	memset(picture->pixels, 0,
	       (size_t)picture->width * (size_t)picture->height * sizeof(uint32_t));
	*target = (struct md_target){.image = picture->image,
				     .pixels = picture->pixels,
				     .stride = picture->width,
				     .box = box};
}

static void end_group(struct md_rasterizer *rasterizer, const struct md_frame_item *begin,
		      const struct md_item_plan *plan)
{
	const struct md_target *target = md_rasterizer_target(rasterizer);
	struct md_paint paint = {.source = target->image, .x = target->box.x1, .y = target->box.y1};
	paint.alpha = (uint8_t)(OS_CLAMP(begin->opacity, 0, 1) * 255 + 0.5);
	static const struct md_shapes none;
	rasterizer->depth--;
	md_rasterizer_paint(rasterizer, &paint, &none, &plan->visible);
	rasterizer->counts.groups++;
}

static void draw_items(struct md_rasterizer *rasterizer)
{
	const struct md_frame_list *list = rasterizer->list;
	for (size_t i = 0; i < list->item_count; i++) {
		const struct md_item_plan *plan = &rasterizer->plans[i];
		uint8_t kind = list->items[i].kind;
		if (kind == MD_FRAME_GROUP_BEGIN && plan->offscreen) {
			if (pixman_region32_not_empty((pixman_region32_t *)&plan->visible)) {
				begin_group(rasterizer, plan);
			} else {
				i = plan->partner; /* nothing of it is seen */
			}
		} else if (kind == MD_FRAME_GROUP_END && plan->offscreen) {
			end_group(rasterizer, &list->items[plan->partner],
				  &rasterizer->plans[plan->partner]);
		} else if (pixman_region32_not_empty((pixman_region32_t *)&plan->visible)) {
			md_rasterizer_draw_item(rasterizer, &list->items[i], &plan->visible);
		}
	}
}

void md_rasterizer_draw(struct md_rasterizer *rasterizer, const struct md_frame_list *list,
			uint32_t *pixels, int stride, pixman_region32_t *damage)
{
	pixman_box32_t all = {0, 0, list->width_px, list->height_px};
	pixman_region32_t bare;
	rasterizer->list = list;
	rasterizer->depth = 0;
	rasterizer->counts.frames++;
	pixman_region32_intersect_rect(damage, damage, 0, 0, (unsigned)list->width_px,
				       (unsigned)list->height_px);
	md_frame_damage_grow(list, damage);
	if (!pixman_region32_not_empty(damage)) {
		return;
	}
	pixman_image_t *image = pixman_image_create_bits(PIXMAN_x8r8g8b8, list->width_px,
							 list->height_px, pixels, stride);
	rasterizer->targets[0] = (struct md_target){
	    .image = image, .pixels = pixels, .stride = stride / 4, .box = all, .opaque = true};
	pixman_region32_init(&bare);
	make_plan(rasterizer, damage, &bare);
	fill_background(rasterizer, &bare);
	draw_items(rasterizer);
	pixman_region32_fini(&bare);
	pixman_image_unref(image);
	rasterizer->list = NULL;
}
