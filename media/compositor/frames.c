/* Frames: latched, built, given to the display thread, and answered for once they were shown. */
#include <os/clock.h>
#include <os/memory.h>
#include <os/trace.h>

#include "compositor_private.h"

void frames_init(struct frames *frames)
{
	os_array_init(&frames->flows, sizeof(uint64_t));
	os_array_init(&frames->told, sizeof(struct told));
	os_array_init(&frames->moved, sizeof(struct moved));
	frames->whole = true;
}

void frames_finish(struct frames *frames)
{
	md_frame_list_destroy(frames->shown);
	md_frame_list_destroy(frames->flying);
	for (size_t i = 0; i < OS_ARRAY_LEN(frames->spare); i++) {
		md_frame_list_destroy(frames->spare[i]);
	}
	os_array_finish(&frames->flows);
	os_array_finish(&frames->told);
	os_array_finish(&frames->moved);
}

/* --- Latching --------------------------------------------------------------------------------- */

static struct md_frame_list *take_list(struct frames *frames)
{
	for (size_t i = 0; i < OS_ARRAY_LEN(frames->spare); i++) {
		struct md_frame_list *list = frames->spare[i];
		if (list != NULL) {
			frames->spare[i] = NULL;
			return list;
		}
	}
	return md_frame_list_create();
}

static void give_list(struct frames *frames, struct md_frame_list *list)
{
	if (list == NULL) {
		return;
	}
	md_frame_list_reset(list, 0, 0);
	for (size_t i = 0; i < OS_ARRAY_LEN(frames->spare); i++) {
		if (frames->spare[i] == NULL) {
			frames->spare[i] = list;
			return;
		}
	}
	md_frame_list_destroy(list);
}

struct md_frame_list *frames_copy_shown(struct md_compositor *compositor)
{
	const struct md_frame_list *from = compositor->frames.shown;
	struct md_frame_list *copy = md_frame_list_create();
	if (from == NULL) {
		md_frame_list_reset(copy, compositor->mode.width_px, compositor->mode.height_px);
		return copy;
	}
	md_frame_list_reset(copy, from->width_px, from->height_px);
	copy->background = from->background;
	for (size_t i = 0; i < from->clip_count; i++) {
		md_frame_list_add_clip(copy, &from->clips[i]);
	}
	for (size_t i = 0; i < from->item_count; i++) {
		struct md_frame_item *item =
		    md_frame_list_add(copy, (enum md_frame_kind)from->items[i].kind);
		*item = from->items[i];
		if (item->texture != NULL) {
			md_texture_retain(item->texture);
		}
	}
	return copy;
}

/* Animations that begin with their transaction begin with the frame that takes it in. */
static void begin_animations(struct md_compositor *compositor, int64_t target_us)
{
	struct node *node;
	os_list_for_each(node, &compositor->animated, animated_link) {
		for (uint32_t i = 0; i < node->animations.count; i++) {
			struct md_layer_animation *entry = &node->animations.items[i];
			if (entry->relative && entry->animation.begin_us == 0) {
				entry->animation.begin_us = target_us;
				int count = md_layer_property_count(entry->animation.property);
				entry->end_us = md_animation_end_us(&entry->animation, count);
			}
		}
	}
}

static void add_flow(struct frames *frames, uint64_t flow)
{
	for (size_t i = 0; i < frames->flows.count; i++) {
		if (*(uint64_t *)os_array_at(&frames->flows, i) == flow) {
			return;
		}
	}
	if (flow != 0 && frames->flows.count < 64) {
		*(uint64_t *)os_array_append(&frames->flows) = flow;
	}
}

static void take_commits(struct md_compositor *compositor, int64_t target_us)
{
	struct scene *scene, *next;
	os_list_for_each_safe(scene, next, &compositor->scenes, link) {
		if (scene->commit_count == 0) {
			continue;
		}
		/* Each that aimed at another frame is told when it began: a down or an up may have
		 * committed beside the tick, with animations of its own. */
		for (int i = 0; i < scene->commit_count; i++) {
			bool last = i == scene->commit_count - 1;
			bool moved = scene->commits[i].target_us != target_us;
			add_flow(&compositor->frames, scene->commits[i].flow);
			if (last || moved) {
				struct told *told = os_array_append(&compositor->frames.told);
				*told = (struct told){scene->token, scene->commits[i].serial,
						      (last && scene->wants_presented) || moved,
						      target_us};
			}
		}
		scene->commit_count = 0;
		if (!scene->ready) {
			scene->ready = true;
			shell_scene_ready(compositor, scene);
		}
	}
}

static void show(struct md_compositor *compositor, struct md_frame_list *list,
		 pixman_region32_t *damage)
{
	struct frames *frames = &compositor->frames;
	frames->flying = list;
	frames->whole = false;
	frames->latched_real_us = os_clock_real_us();
	display_show(compositor->display, list, damage);
}

static void finish_frame(struct md_compositor *compositor, uint64_t frame, int64_t time_us);

void frames_latch(struct md_compositor *compositor, int64_t target_us)
{
	int64_t began_us = OS_TRACE_BEGIN();
	struct frames *frames = &compositor->frames;
	begin_animations(compositor, target_us);
	take_commits(compositor, target_us);
	animator_run(compositor, target_us);
	struct md_frame_list *list = take_list(frames);
	frame_build(compositor, list, target_us);
	list->frame = compositor->clock.frame;
	list->target_us = target_us;
	list->flow = frames->flows.count > 0
			 ? *(uint64_t *)os_array_at(&frames->flows, frames->flows.count - 1)
			 : 0;
	pixman_region32_t damage;
	pixman_region32_init(&damage);
	md_frame_list_damage(frames->whole ? NULL : frames->shown, list, &damage);
	/* Before there is anything to show, a splash or the firmware's picture stays: no black between. */
	bool is_nothing = list->item_count == 0 && compositor->counts.frames_presented == 0;
	if (pixman_region32_not_empty(&damage) && !is_nothing) {
		show(compositor, list, &damage);
	} else {
		give_list(frames, frames->shown);
		frames->shown = list;
		finish_frame(compositor, list->frame, target_us);
	}
	pixman_region32_fini(&damage);
	OS_TRACE_AT("media", "latch", list->flow, began_us, os_clock_real_us() - began_us,
		    (int64_t)list->frame);
}

/* --- After the frame -------------------------------------------------------------------------- */

static void tell_scenes(struct md_compositor *compositor, uint64_t frame, int64_t time_us)
{
	struct os_array *all = &compositor->frames.told;
	for (size_t i = 0; i < all->count; i++) {
		const struct told *told = os_array_at(all, i);
		struct scene *scene = compositor_scene(compositor, told->token);
		if (scene == NULL || !told->wanted) {
			continue;
		}
		struct os_message message;
		scene_begin_event(scene, MD_SCENE_PRESENTED, &message);
		os_message_write_u32(&message, told->serial);
		os_message_write_u64(&message, frame);
		os_message_write_i64(&message, told->begin_us);
		os_message_write_i64(&message, time_us);
		scene_send(scene, &message);
	}
	os_array_clear(all);
}

static void finish_frame(struct md_compositor *compositor, uint64_t frame, int64_t time_us)
{
	tell_scenes(compositor, frame, time_us);
	animator_send_done(compositor);
	struct client *client;
	os_list_for_each(client, &compositor->clients, link) {
		client_send_released(client);
	}
}

static void trace_presented(struct md_compositor *compositor, uint64_t frame)
{
	struct frames *frames = &compositor->frames;
	int64_t now_us = os_clock_real_us();
	for (size_t i = 0; i < frames->flows.count; i++) {
		uint64_t flow = *(uint64_t *)os_array_at(&frames->flows, i);
		OS_TRACE_AT("media", "present", flow, now_us, 0, (int64_t)frame);
	}
	if (frames->flows.count == 0) {
		OS_TRACE_AT("media", "present", 0, now_us, 0, (int64_t)frame);
	}
	os_array_clear(&frames->flows);
}

void frames_presented(struct md_compositor *compositor, uint64_t frame, int64_t time_us)
{
	struct frames *frames = &compositor->frames;
	if (frames->flying == NULL || frames->flying->frame != frame) {
		return;
	}
	compositor->counts.frames_presented++;
	frame_clock_presented(compositor, time_us);
	trace_presented(compositor, frame);
	views_note_frame(compositor, frames->shown, frames->flying);
	give_list(frames, frames->shown);
	frames->shown = frames->flying;
	frames->flying = NULL;
	views_frame_presented(compositor);
	tools_frame_presented(compositor, frame, frames->shown->target_us);
	finish_frame(compositor, frame, time_us);
	if (compositor->clock.needed && !frames->frozen) {
		frame_clock_tick(compositor);
	}
}
