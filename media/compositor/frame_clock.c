#include "frame_clock.h"

#include <math.h>

#include <os/clock.h>
#include <os/memory.h>
#include <os/trace.h>

#include "compositor_private.h"

static int64_t period(const struct md_compositor *compositor)
{
	return (int64_t)llround(compositor->clock.period_us);
}

/* V of the frame after n that has begun last, on the grid of the one that began after a rest: periods
 * are not whole microseconds, and nothing may drift. */
static int64_t grid_us(const struct frame_clock *clock, uint64_t after)
{
	return clock->origin_us + (int64_t)llround((double)(clock->since + after) * clock->period_us);
}

/* When the frame that begins there is on the screen. */
static int64_t target_of(const struct md_compositor *compositor, int64_t begin_us)
{
	const struct frame_clock *clock = &compositor->clock;
	return begin_us == clock->begin_us ? grid_us(clock, 1) : begin_us + period(compositor);
}

/* --- Ticks -------------------------------------------------------------------------------------------- */

static void send_tick(struct scene *scene)
{
	struct md_compositor *compositor = scene->compositor;
	const struct frame_clock *clock = &compositor->clock;
	input_send_moves(scene);
	struct os_message message;
	scene_begin_event(scene, MD_SCENE_TICK, &message);
	message.header.flow = scene->tick_flow;
	os_message_write_u64(&message, clock->frame);
	os_message_write_i64(&message, target_of(compositor, clock->begin_us));
	os_message_write_i64(&message, clock->begin_us + period(compositor) / 2);
	os_message_write_i64(&message, period(compositor));
	scene_send(scene, &message);
	scene->tick_asked = false;
	scene->touched = false;
	scene->tick_open = true;
	scene->tick_frame = clock->frame;
	scene->tick_sent_real_us = os_clock_real_us();
	scene->tick_flow = 0;
}

bool frame_clock_wants_tick(const struct scene *scene)
{
	return scene->client != NULL && !scene->tick_open && (scene->tick_asked || scene->touched);
}

static void send_ticks(struct md_compositor *compositor)
{
	struct scene *scene;
	os_list_for_each(scene, &compositor->scenes, link) {
		if (frame_clock_wants_tick(scene)) {
			send_tick(scene);
		}
	}
}

static bool somebody_wants_a_tick(const struct md_compositor *compositor)
{
	const struct scene *scene;
	os_list_for_each(scene, &compositor->scenes, link) {
		if (frame_clock_wants_tick(scene)) {
			return true;
		}
	}
	return false;
}

/* --- Latching -------------------------------------------------------------------------------------------- */

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
		struct md_frame_item *item = md_frame_list_add(copy, (enum md_frame_kind)from->items[i].kind);
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
				                      (last && scene->wants_presented) || moved, target_us};
			}
		}
		scene->commit_count = 0;
		if (!scene->ready) {
			scene->ready = true;
			shell_scene_ready(compositor, scene);
		}
	}
}

static void show(struct md_compositor *compositor, struct md_frame_list *list, pixman_region32_t *damage)
{
	struct frames *frames = &compositor->frames;
	frames->flying = list;
	frames->whole = false;
	frames->latched_real_us = os_clock_real_us();
	display_show(compositor->display, list, damage);
}

static void finish_frame(struct md_compositor *compositor, uint64_t frame, int64_t time_us);

static void build_and_show(struct md_compositor *compositor, int64_t target_us)
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
	list->flow = frames->flows.count > 0 ? *(uint64_t *)os_array_at(&frames->flows, frames->flows.count - 1) : 0;
	pixman_region32_t damage;
	pixman_region32_init(&damage);
	md_frame_list_damage(frames->whole ? NULL : frames->shown, list, &damage);
	if (pixman_region32_not_empty(&damage)) {
		show(compositor, list, &damage);
	} else {
		give_list(frames, frames->shown);
		frames->shown = list;
		finish_frame(compositor, list->frame, target_us);
	}
	pixman_region32_fini(&damage);
	OS_TRACE_AT("media", "latch", list->flow, began_us, os_clock_real_us() - began_us, (int64_t)list->frame);
}

/* --- The clock ---------------------------------------------------------------------------------------------- */

static void arm(struct md_compositor *compositor)
{
	struct frame_clock *clock = &compositor->clock;
	if (clock->open || os_timer_is_set(clock->vblank)) {
		return;
	}
	int64_t now_us = os_clock_now_us();
	int64_t next_us = clock->frame == 0 ? now_us : target_of(compositor, clock->begin_us);
	/* Without a phase of its own, a display that rested begins when it is needed. */
	os_timer_set(clock->vblank, OS_MAX(next_us, now_us));
}

void frame_clock_tick(struct md_compositor *compositor)
{
	if (!compositor->lost) {
		arm(compositor);
	}
}

void frame_clock_need(struct md_compositor *compositor)
{
	compositor->clock.needed = true;
	frame_clock_tick(compositor);
}

int64_t frame_clock_target_us(const struct md_compositor *compositor)
{
	const struct frame_clock *clock = &compositor->clock;
	int64_t now_us = os_clock_now_us();
	if (clock->open) {
		return target_of(compositor, clock->begin_us);
	}
	int64_t next_us = clock->frame == 0 ? now_us : target_of(compositor, clock->begin_us);
	return target_of(compositor, OS_MAX(next_us, now_us));
}

static void vblank(void *context, int64_t now_us)
{
	struct md_compositor *compositor = context;
	struct frame_clock *clock = &compositor->clock;
	uint64_t steps = 1;
	if (clock->frame == 0 || now_us != grid_us(clock, 1)) {
		clock->origin_us = now_us;
		clock->since = 0;
		steps = 0;
	}
	int64_t late_us = os_clock_now_us() - now_us;
	if (late_us > period(compositor)) {
		/* The process was held up: the frames in between are past. */
		steps += (uint64_t)(late_us / period(compositor));
	}
	clock->frame += OS_MAX(steps, 1u);
	clock->since += steps;
	clock->begin_us = grid_us(clock, 0);
	clock->open = true;
	send_ticks(compositor);
	os_timer_set(clock->latch, clock->begin_us + period(compositor) / 2);
}

static void watch_ends(struct md_compositor *compositor)
{
	/* Animations nobody sees need no frames, but their ends are told. */
	int64_t first_us = OS_NEVER;
	const struct node *node;
	os_list_for_each(node, &compositor->animated, animated_link) {
		for (uint32_t i = 0; i < node->animations.count; i++) {
			first_us = OS_MIN(first_us, node->animations.items[i].end_us);
		}
	}
	if (first_us == OS_NEVER) {
		os_timer_cancel(compositor->clock.ends);
	} else {
		os_timer_set(compositor->clock.ends, first_us);
	}
}

static void an_end_is_due(void *context, int64_t now_us)
{
	frame_clock_need(context);
}

static void go_on(struct md_compositor *compositor)
{
	bool moves = animator_is_moving(compositor, false) || compositor->change.state == CHANGE_TURNING;
	if (moves) {
		compositor->clock.needed = true;
	} else {
		watch_ends(compositor);
	}
	bool can_show = !compositor->frames.frozen && compositor->frames.flying == NULL;
	if ((compositor->clock.needed && (can_show || moves)) || somebody_wants_a_tick(compositor)) {
		frame_clock_tick(compositor);
	}
}

static void latch(void *context, int64_t now_us)
{
	struct md_compositor *compositor = context;
	struct frame_clock *clock = &compositor->clock;
	clock->open = false;
	if (clock->needed && !compositor->frames.frozen && compositor->frames.flying == NULL) {
		clock->needed = false;
		build_and_show(compositor, target_of(compositor, clock->begin_us));
	}
	go_on(compositor);
}

void frame_clock_init(struct md_compositor *compositor)
{
	struct frame_clock *clock = &compositor->clock;
	struct os_loop *loop = compositor->loop;
	int32_t rate_mhz = compositor->mode.rate_mhz > 0 ? compositor->mode.rate_mhz : 60000;
	clock->period_us = 1e9 / rate_mhz;
	clock->vblank = os_timer_create(loop, OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON, vblank, compositor);
	clock->latch = os_timer_create(loop, OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON, latch, compositor);
	clock->ends = os_timer_create(loop, OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON, an_end_is_due, compositor);
	struct frames *frames = &compositor->frames;
	os_array_init(&frames->flows, sizeof(uint64_t));
	os_array_init(&frames->told, sizeof(struct told));
	os_array_init(&frames->moved, sizeof(struct moved));
	frames->whole = true;
}

void frame_clock_finish(struct md_compositor *compositor)
{
	struct frames *frames = &compositor->frames;
	os_timer_release(compositor->clock.vblank);
	os_timer_release(compositor->clock.latch);
	os_timer_release(compositor->clock.ends);
	md_frame_list_destroy(frames->shown);
	md_frame_list_destroy(frames->flying);
	for (size_t i = 0; i < OS_ARRAY_LEN(frames->spare); i++) {
		md_frame_list_destroy(frames->spare[i]);
	}
	os_array_finish(&frames->flows);
	os_array_finish(&frames->told);
	os_array_finish(&frames->moved);
}

/* --- After the frame ---------------------------------------------------------------------------------------- */

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
	trace_presented(compositor, frame);
	give_list(frames, frames->shown);
	frames->shown = frames->flying;
	frames->flying = NULL;
	tools_frame_presented(compositor, frame, frames->shown->target_us);
	finish_frame(compositor, frame, time_us);
	if (compositor->clock.needed && !frames->frozen) {
		frame_clock_tick(compositor);
	}
}
