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

/* V of the frame after n that has begun last, on the grid of the one that began after a rest:
 * periods are not whole microseconds, and nothing may drift. */
static int64_t grid_us(const struct frame_clock *clock, uint64_t after)
{
	return clock->origin_us +
	       (int64_t)llround((double)(clock->since + after) * clock->period_us);
}

/* The vertical blank next to a time. */
static int64_t blank_near(const struct frame_clock *clock, int64_t time_us)
{
	double blanks = round((double)(time_us - clock->blank_us) / clock->period_us);
	return clock->blank_us + (int64_t)llround(blanks * clock->period_us);
}

/* The one with which a frame can begin that is wanted now: that which has just been, or the next. */
static int64_t blank_for(const struct frame_clock *clock, int64_t now_us)
{
	int64_t quarter_us = (int64_t)(clock->period_us / 4);
	int64_t half_us = (int64_t)(clock->period_us / 2);
	int64_t blank_us = blank_near(clock, now_us - quarter_us + half_us);
	/* Not twice the same. */
	return blank_us > clock->begin_us + half_us ? blank_us
						    : blank_near(clock, blank_us + 2 * half_us);
}

/* When the frame that begins there is on the screen. */
static int64_t target_of(const struct md_compositor *compositor, int64_t begin_us)
{
	const struct frame_clock *clock = &compositor->clock;
	if (clock->blank_us != 0) {
		return blank_near(clock, begin_us + period(compositor));
	}
	return begin_us == clock->begin_us ? grid_us(clock, 1) : begin_us + period(compositor);
}

/* --- Ticks ------------------------------------------------------------------------------------ */

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
	if (idle_is_dark(compositor)) {
		return; /* the black picture is nobody's */
	}
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

/* --- The clock -------------------------------------------------------------------------------- */

/* When the next frame can begin. Without a phase of its own, a display that rested begins when it
 * is needed. */
static int64_t next_begin_us(const struct md_compositor *compositor)
{
	const struct frame_clock *clock = &compositor->clock;
	int64_t now_us = os_clock_now_us();
	int64_t next_us = clock->frame == 0 ? now_us : target_of(compositor, clock->begin_us);
	if (clock->blank_us != 0) {
		return next_us < now_us ? blank_for(clock, now_us) : next_us;
	}
	return OS_MAX(next_us, now_us);
}

static void arm(struct md_compositor *compositor)
{
	struct frame_clock *clock = &compositor->clock;
	if (clock->open || os_timer_is_set(clock->vblank)) {
		return;
	}
	os_timer_set(clock->vblank, OS_MAX(next_begin_us(compositor), os_clock_now_us()));
}

void frame_clock_tick(struct md_compositor *compositor)
{
	if (!compositor->lost && !idle_holds_frames(compositor)) {
		arm(compositor);
	}
}

void frame_clock_need(struct md_compositor *compositor)
{
	compositor->clock.needed = true;
	frame_clock_tick(compositor);
}

void frame_clock_rest(struct md_compositor *compositor)
{
	struct frame_clock *clock = &compositor->clock;
	os_timer_cancel(clock->vblank);
	os_timer_cancel(clock->latch);
	os_timer_cancel(clock->ends);
	clock->open = false;
}

int64_t frame_clock_target_us(const struct md_compositor *compositor)
{
	const struct frame_clock *clock = &compositor->clock;
	return target_of(compositor, clock->open ? clock->begin_us : next_begin_us(compositor));
}

/* With the display's own vertical blanks: each frame is put on them anew. */
static void begin_with_blank(struct md_compositor *compositor, int64_t now_us)
{
	struct frame_clock *clock = &compositor->clock;
	int64_t begin_us = blank_near(clock, now_us), real_us = os_clock_now_us();
	if (real_us - begin_us > period(compositor)) {
		begin_us = blank_near(clock, real_us - period(compositor) / 2);
	}
	int64_t steps = llround((double)(begin_us - clock->begin_us) / clock->period_us);
	clock->frame += (uint64_t)OS_MAX(steps, 1);
	clock->origin_us = begin_us;
	clock->since = 0;
}

static void begin_on_grid(struct md_compositor *compositor, int64_t now_us)
{
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
}

static void vblank(void *context, int64_t now_us)
{
	struct md_compositor *compositor = context;
	struct frame_clock *clock = &compositor->clock;
	if (clock->blank_us != 0) {
		begin_with_blank(compositor, now_us);
	} else {
		begin_on_grid(compositor, now_us);
	}
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
	bool moves =
	    animator_is_moving(compositor, false) || compositor->change.state == CHANGE_TURNING;
	if (moves) {
		compositor->clock.needed = true;
	} else {
		watch_ends(compositor);
	}
	bool can_show = !compositor->frames.frozen && compositor->frames.flying == NULL;
	if ((compositor->clock.needed && (can_show || moves)) ||
	    somebody_wants_a_tick(compositor)) {
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
		frames_latch(compositor, target_of(compositor, clock->begin_us));
		idle_did_latch(compositor);
	}
	go_on(compositor);
}

void frame_clock_presented(struct md_compositor *compositor, int64_t time_us)
{
	compositor->clock.blank_us = compositor->mode.has_phase ? time_us : 0;
}

void frame_clock_set_rate(struct md_compositor *compositor)
{
	struct frame_clock *clock = &compositor->clock;
	int32_t rate_mhz = compositor->mode.rate_mhz > 0 ? compositor->mode.rate_mhz : 60000;
	clock->period_us = 1e9 / rate_mhz;
	clock->blank_us = 0;
	clock->origin_us = clock->begin_us;
	clock->since = 0;
}

void frame_clock_init(struct md_compositor *compositor)
{
	struct frame_clock *clock = &compositor->clock;
	struct os_loop *loop = compositor->loop;
	frame_clock_set_rate(compositor);
	clock->vblank =
	    os_timer_create(loop, OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON, vblank, compositor);
	clock->latch =
	    os_timer_create(loop, OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON, latch, compositor);
	clock->ends =
	    os_timer_create(loop, OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON, an_end_is_due, compositor);
	frames_init(&compositor->frames);
}

void frame_clock_finish(struct md_compositor *compositor)
{
	os_timer_release(compositor->clock.vblank);
	os_timer_release(compositor->clock.latch);
	os_timer_release(compositor->clock.ends);
	frames_finish(&compositor->frames);
}
