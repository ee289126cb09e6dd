/* View animations: what setters change inside ui_animate moves there instead of jumping.
 *
 * A setter tells of each property before it changes it (ui_animation_will_change), which keeps
 * where the property is on the screen now. When the block ends there is one animation for
 * each; they are added with the layers of the next frame, since only then every view that
 * moves has one. */
#include "view_private.h"

#include <md/scene.h>
#include <os/memory.h>
#include <stdio.h>
#include <string.h>
#include <ui/view_animation.h>

#include "view_layer.h"
#include "window_private.h"

struct block {
	const struct ui_animation *animation; /* while it is open */
	struct block *outer;
	struct os_array changes; /* of struct pending_animation * */
	ui_animate_done_fn done;
	void *context;
	int running;
	bool cut_short;
};

/* Waits for its frame, and then runs in the compositor. */
struct pending_animation {
	struct ui_view *view; /* weak: ui_animations_cancel when it leaves */
	struct block *block;
	struct md_animation animation;
	int64_t delay_us;
	struct md_layer *layer; /* retained while it runs; NULL: it waits */
	char key[MD_ANIMATION_KEY];
};

/* The block that is open: one, since views belong to the main thread. With view.c's counters this
 * is all that the library keeps outside its objects. */
static struct block *s_open;

/* --- Values ------------------------------------------------------------------------- */

static void model_value(const struct ui_view *view, enum md_layer_property property,
			double value[MD_ANIMATION_VALUES])
{
	const struct view *part = view_part(view);
	struct md_color color = ui_view_background_color(view);
	const double values[MD_LAYER_PROPERTIES][MD_ANIMATION_VALUES] = {
	    [MD_LAYER_POSITION] = {part->frame.x, part->frame.y},
	    [MD_LAYER_SIZE] = {part->frame.width, part->frame.height},
	    [MD_LAYER_OPACITY] = {part->opacity},
	    [MD_LAYER_TRANSLATION] = {part->transform.translate_x, part->transform.translate_y},
	    [MD_LAYER_SCALE] = {part->transform.scale_x, part->transform.scale_y},
	    [MD_LAYER_ROTATION] = {part->transform.rotation_rad},
	    [MD_LAYER_OFFSET] = {part->offset.x, part->offset.y},
	    [MD_LAYER_CORNER_RADIUS] = {part->corner_radius},
	    [MD_LAYER_BACKGROUND] = {color.r, color.g, color.b, color.a},
	    [MD_LAYER_DIM] = {part->dim},
	    [MD_LAYER_SHADOW] = {part->shadow ? 1 : 0},
	};
	for (int i = 0; i < MD_ANIMATION_VALUES; i++) {
		value[i] = values[property][i];
	}
}

/* Where it is on the screen, and how fast: a moving thing is taken over as it moves. */
static void presented_value(const struct ui_view *view, struct md_animation *animation)
{
	const struct view *part = view_part(view);
	enum md_layer_property property = animation->property;
	model_value(view, property, animation->from);
	if (part->layer == NULL || part->animation_count == 0) {
		return;
	}
	const struct md_layer *layer = part->layer->layer;
	int64_t now_us = ui_window_now_us(part->window);
	double value[MD_ANIMATION_VALUES] = {0};
	md_layer_presentation(layer, property, now_us, value);
	md_layer_presentation_velocity(layer, property, now_us, animation->velocity);
	struct md_rect model = md_layer_frame(layer);
	bool placed = property == MD_LAYER_POSITION; /* of a layer further up, perhaps */
	for (int i = 0; i < md_layer_property_count(property); i++) {
		animation->from[i] =
		    placed ? animation->from[i] + value[i] - (i == 0 ? model.x : model.y)
			   : value[i];
	}
}

static struct pending_animation *find_change(const struct block *block, const struct ui_view *view,
					     enum md_layer_property property)
{
	for (size_t i = 0; i < block->changes.count; i++) {
		struct pending_animation *change = os_array_ptr_at(&block->changes, i);
		if (change->view == view && change->animation.property == property) {
			return change;
		}
	}
	return NULL;
}

void ui_animation_will_change(struct ui_view *view, enum md_layer_property property)
{
	struct block *block = s_open;
	if (block == NULL || view_part(view)->window == NULL || block->animation == NULL ||
	    find_change(block, view, property) != NULL) {
		return;
	}
	const struct ui_animation *how = block->animation;
	struct pending_animation *change = os_alloc(sizeof(*change));
	change->view = view;
	change->block = block;
	change->delay_us = how->delay_us;
	change->animation = how->is_spring
				? md_animation_spring(property, how->spring)
				: md_animation_curve(property, how->duration_us, how->curve);
	snprintf(change->key, sizeof(change->key), "ui-%d", (int)property);
	presented_value(view, &change->animation);
	bool moves = property == MD_LAYER_POSITION || property == MD_LAYER_TRANSLATION ||
		     property == MD_LAYER_OFFSET;
	if (moves && (how->velocity.x != 0 || how->velocity.y != 0)) {
		change->animation.velocity[0] = how->velocity.x;
		change->animation.velocity[1] = how->velocity.y;
	}
	os_array_append_ptr(&block->changes, change);
}

/* --- Blocks ------------------------------------------------------------------------- */

static void end_one(struct block *block, bool finished)
{
	block->cut_short |= !finished;
	if (--block->running > 0) {
		return;
	}
	if (block->done != NULL) {
		block->done(block->context, !block->cut_short);
	}
	os_free(block);
}

void ui_animate(const struct ui_animation *animation, ui_animate_fn change, void *context,
		ui_animate_done_fn done)
{
	struct block *block = os_alloc(sizeof(*block));
	os_array_init(&block->changes, sizeof(struct pending_animation *));
	bool instant = !animation->is_spring && animation->duration_us <= 0;
	block->animation = instant ? NULL : animation;
	block->done = done;
	block->context = context;
	block->outer = s_open;
	block->running = 1; /* the block itself, until it is closed */
	s_open = block;
	change(context);
	s_open = block->outer;
	for (size_t i = 0; i < block->changes.count; i++) {
		struct pending_animation *pending = os_array_ptr_at(&block->changes, i);
		struct view *part = view_part(pending->view);
		model_value(pending->view, pending->animation.property, pending->animation.to);
		part->animation_count++;
		block->running++;
		os_array_append_ptr(&part->window->animations, pending);
		ui_view_mark(pending->view, UI_DIRTY_LAYER);
	}
	os_array_finish(&block->changes);
	end_one(block, true);
}

/* --- Running ------------------------------------------------------------------------ */

/* Takes it out of its window's list and frees it; the block hears of it last. */
static void finish(struct pending_animation *pending, bool finished)
{
	struct view *part = view_part(pending->view);
	struct os_array *all = &part->window->animations;
	for (size_t i = 0; i < all->count; i++) {
		if (os_array_ptr_at(all, i) == pending) {
			os_array_remove(all, i, 1);
			break;
		}
	}
	if (--part->animation_count == 0) {
		ui_view_mark(pending->view, UI_DIRTY_LAYER);
	}
	struct block *block = pending->block;
	md_layer_release(pending->layer);
	os_free(pending);
	end_one(block, finished);
}

static void animation_done(void *context, bool finished)
{
	finish(context, finished);
}

static void cancel(struct pending_animation *pending)
{
	if (pending->layer != NULL) {
		md_layer_on_animation_done(pending->layer, pending->key, NULL, NULL);
		md_layer_remove_animation(pending->layer, pending->key);
	}
	finish(pending, false);
}

static struct pending_animation *animation_of(const struct ui_window *window,
					      const struct ui_view *view, const char *key)
{
	for (size_t i = 0; i < window->animations.count; i++) {
		struct pending_animation *pending = os_array_ptr_at(&window->animations, i);
		bool same_key =
		    key == NULL || (pending->layer != NULL && strcmp(key, pending->key) == 0);
		if ((view == NULL || pending->view == view) && same_key) {
			return pending;
		}
	}
	return NULL;
}

void ui_animations_cancel(struct ui_window *window, struct ui_view *view)
{
	struct pending_animation *pending;
	while ((pending = animation_of(window, view, NULL)) != NULL) {
		cancel(pending);
	}
}

static void start(struct ui_window *window, struct pending_animation *pending)
{
	struct view_layer *layer = view_part(pending->view)->layer;
	if (layer == NULL) {
		cancel(pending); /* hidden: nobody would see it */
		return;
	}
	struct pending_animation *old = animation_of(window, pending->view, pending->key);
	if (old != NULL) {
		cancel(old);
	}
	struct md_animation *animation = &pending->animation;
	if (animation->property == MD_LAYER_POSITION) {
		struct md_rect frame = md_layer_frame(layer->layer);
		animation->from[0] += frame.x - animation->to[0];
		animation->from[1] += frame.y - animation->to[1];
		animation->to[0] = frame.x;
		animation->to[1] = frame.y;
	}
	if (pending->delay_us > 0) {
		animation->begin_us = window->now_us + pending->delay_us;
	}
	pending->layer = md_layer_retain(layer->layer);
	md_layer_add_animation(pending->layer, pending->key, animation);
	md_layer_on_animation_done(pending->layer, pending->key, animation_done, pending);
}

void ui_animations_start(struct ui_window *window)
{
	/* Cancelling one may call an app, which may begin others: those are at the end. */
	for (size_t i = 0; i < window->animations.count; i++) {
		struct pending_animation *pending = os_array_ptr_at(&window->animations, i);
		if (pending->layer == NULL) {
			start(window, pending);
			i = (size_t)-1;
		}
	}
}

void ui_view_stop_animations(struct ui_view *view)
{
	struct view *part = view_part(view);
	if (part->window == NULL || part->animation_count == 0) {
		return;
	}
	if (part->layer != NULL) {
		struct md_rect frame = part->frame;
		struct md_transform transform = part->transform;
		struct md_point offset = part->offset;
		double opacity[MD_ANIMATION_VALUES], dim[MD_ANIMATION_VALUES];
		ui_view_presentation(view, &frame, &transform, &offset);
		md_layer_presentation(part->layer->layer, MD_LAYER_OPACITY, part->window->now_us,
				      opacity);
		md_layer_presentation(part->layer->layer, MD_LAYER_DIM, part->window->now_us, dim);
		ui_view_set_frame(view, frame);
		ui_view_set_transform(view, transform);
		ui_view_set_opacity(view, opacity[0]);
		ui_view_set_dim(view, dim[0]);
		if (part->scrolls) {
			ui_view_set_content_offset(view, offset);
		}
	}
	ui_animations_cancel(part->window, view);
}
