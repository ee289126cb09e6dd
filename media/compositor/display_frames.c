/* Frames on the display thread: drawn into the door's buffer, with what that buffer missed. */
#include "display_private.h"

#include <assert.h>
#include <errno.h>

#include <os/clock.h>
#include <os/log.h>
#include <os/memory.h>
#include <os/process.h>
#include <os/status.h>
#include <os/trace.h>

#define RECTS_MAX 64

static void remember(struct display *display, const pixman_region32_t *damage)
{
	display->history_at = (display->history_at + 1) % DISPLAY_HISTORY;
	pixman_region32_copy(&display->history[display->history_at], (pixman_region32_t *)damage);
}

/* What this buffer needs to become the new frame: the damage, and that of the frames it missed. */
static void add_missed(struct display *display, const struct os_display_buffer *buffer,
		       pixman_region32_t *damage)
{
	if (buffer->age < 1 || buffer->age > DISPLAY_HISTORY) {
		pixman_region32_fini(damage);
		pixman_region32_init_rect(damage, 0, 0, (unsigned)buffer->width_px,
					  (unsigned)buffer->height_px);
		return;
	}
	for (int i = 1; i < buffer->age; i++) {
		int at = (display->history_at + 1 - i + DISPLAY_HISTORY) % DISPLAY_HISTORY;
		pixman_region32_union(damage, damage, &display->history[at]);
	}
}

static uint64_t region_pixels(const pixman_region32_t *region)
{
	int count;
	const pixman_box32_t *boxes =
	    pixman_region32_rectangles((pixman_region32_t *)region, &count);
	uint64_t pixels = 0;
	for (int i = 0; i < count; i++) {
		pixels +=
		    (uint64_t)(boxes[i].x2 - boxes[i].x1) * (uint64_t)(boxes[i].y2 - boxes[i].y1);
	}
	return pixels;
}

static size_t region_rects(pixman_region32_t *region, struct os_rect_px rects[RECTS_MAX])
{
	int count;
	const pixman_box32_t *boxes = pixman_region32_rectangles(region, &count);
	if (count > RECTS_MAX) {
		boxes = pixman_region32_extents(region);
		count = 1;
	}
	for (int i = 0; i < count; i++) {
		rects[i] = (struct os_rect_px){boxes[i].x1, boxes[i].y1, boxes[i].x2 - boxes[i].x1,
					       boxes[i].y2 - boxes[i].y1};
	}
	return (size_t)count;
}

void display_job_free(struct job *job)
{
	pixman_region32_fini(&job->damage);
	os_free(job);
}

/* Draws through the gpu door and shows it; false: the door refused, frames are the rasterizer's. */
static bool draw_by_gpu(struct display *display, struct job *job)
{
	const struct os_gpu_door *door = display->options.board->gpu;
	struct md_gpu_counts before = md_gpu_renderer_counts(display->gpu_renderer);
	int64_t began_us = OS_TRACE_BEGIN();
	int result = md_gpu_renderer_draw(display->gpu_renderer, job->list);
	struct md_gpu_counts after = md_gpu_renderer_counts(display->gpu_renderer);
	display->answer = (struct display_answer){
	    .pixels_composited = after.pixels - before.pixels,
	    .layers_drawn = after.drawn - before.drawn,
	    .bytes_uploaded = after.bytes_uploaded - before.bytes_uploaded,
	    .pixels_presented = (uint64_t)job->list->width_px * (uint64_t)job->list->height_px};
	OS_TRACE_END("media", "composite", began_us, (int64_t)display->answer.pixels_composited);
	if (result == 0) {
		result = door->present(display->gpu, job->list->frame);
	}
	if (result < 0) {
		os_log_debug("media", "the gpu door refuses a frame: %s; soft from here on",
			     os_status_text(result));
		display_close_gpu(display);
		pixman_region32_fini(&job->damage);
		pixman_region32_init_rect(&job->damage, 0, 0, (unsigned)job->list->width_px,
					  (unsigned)job->list->height_px);
	}
	return result == 0;
}

/* Nothing changed: nothing is drawn, and the frame is answered as shown. */
static bool is_unchanged(struct display *display, struct job *job)
{
	if (pixman_region32_not_empty(&job->damage)) {
		return false;
	}
	display->answer = (struct display_answer){0};
	display_did_present(display, job->list->frame, os_clock_now_us());
	return true;
}

static bool show_by_gpu(struct display *display, struct job *job)
{
	uint64_t before = os_flow_set_current(job->list->flow);
	bool shown = is_unchanged(display, job) || draw_by_gpu(display, job);
	os_flow_set_current(before);
	return shown;
}

/* Draws and submits; false while the door has no buffer. */
static bool draw(struct display *display, struct job *job)
{
	if (display->gpu != NULL && show_by_gpu(display, job)) {
		return true;
	}
	const struct os_display_door *door = display->options.board->display;
	struct os_display_buffer buffer;
	int result = door->begin(display->door, &buffer);
	if (result == -EAGAIN) {
		return false;
	}
	uint64_t before = os_flow_set_current(job->list->flow);
	int64_t began_us = OS_TRACE_BEGIN();
	struct md_rasterizer_counts counts = md_rasterizer_counts(display->rasterizer);
	display->answer = (struct display_answer){0};
	struct os_rect_px rects[RECTS_MAX];
	size_t count = 0;
	bool fits = result == 0 && buffer.width_px == job->list->width_px &&
		    buffer.height_px == job->list->height_px;
	if (fits) {
		pixman_region32_t fresh;
		pixman_region32_init(&fresh);
		pixman_region32_copy(&fresh, &job->damage);
		add_missed(display, &buffer, &job->damage);
		md_rasterizer_draw(display->rasterizer, job->list, buffer.pixels, buffer.stride,
				   &job->damage);
		remember(display, &fresh);
		pixman_region32_fini(&fresh);
		count = region_rects(&job->damage, rects);
		struct md_rasterizer_counts after = md_rasterizer_counts(display->rasterizer);
		display->answer.pixels_composited = after.pixels - counts.pixels;
		display->answer.layers_drawn = after.drawn - counts.drawn;
		display->answer.pixels_presented = region_pixels(&job->damage);
	}
	OS_TRACE_END("media", "composite", began_us, (int64_t)display->answer.pixels_composited);
	/* A frame of a panel that was there before is not for this one; its own is on the way. */
	if (!fits || door->submit(display->door, job->list->frame, rects, count) < 0) {
		display_did_present(display, job->list->frame, os_clock_now_us());
	}
	os_flow_set_current(before);
	return true;
}

void display_dispatch(struct display *display)
{
	display->options.board->display->dispatch(display->door);
	if (display->waiting != NULL && draw(display, display->waiting)) {
		display_job_free(display->waiting);
		display->waiting = NULL;
		display->options.board->display->dispatch(display->door);
	}
}

static void do_show(void *context)
{
	struct job *job = context;
	struct display *display = job->display;
	assert(display->waiting == NULL);
	display->waiting = job;
	display_dispatch(display);
}

static void deliver_rendered(void *context)
{
	struct job *job = context;
	atomic_fetch_sub(&job->display->notes, 1);
	md_frame_list_destroy(job->own_list);
	if (job->display->gone && !job->is_lent) {
		os_free(job->pixels);
	} else {
		job->rendered(job->context, job->pixels);
	}
	display_job_free(job);
}

/* Into the display, from where it is read; it is not presented, and the next frame draws over it. */
static bool render_by_gpu(struct display *display, struct job *job)
{
	const struct md_frame_list *list = job->own_list;
	const struct os_rect_px all = {0, 0, list->width_px, list->height_px};
	return md_gpu_renderer_draw(display->gpu_renderer, list) == 0 &&
	       display->options.board->gpu->read(display->gpu, 0, &all, job->pixels,
						 list->width_px * 4) == 0;
}

static void do_render(void *context)
{
	struct job *job = context;
	const struct md_frame_list *list = job->own_list;
	size_t stride = (size_t)list->width_px * 4;
	if (!job->is_lent) {
		job->pixels = os_try_alloc(stride * (size_t)list->height_px);
		pixman_region32_init_rect(&job->damage, 0, 0, (unsigned)list->width_px,
					  (unsigned)list->height_px);
	}
	bool by_gpu = job->by_gpu && job->display->gpu != NULL;
	if (job->pixels != NULL && !(by_gpu && render_by_gpu(job->display, job))) {
		md_rasterizer_draw(job->display->rasterizer, list, job->pixels, (int)stride,
				   &job->damage);
	}
	atomic_fetch_add(&job->display->notes, 1);
	os_loop_post(job->display->main_loop, deliver_rendered, job);
}

static struct job *make_job(struct display *display)
{
	struct job *job = os_alloc(sizeof(*job));
	job->display = display;
	pixman_region32_init(&job->damage);
	return job;
}

void display_show(struct display *display, const struct md_frame_list *list,
		  pixman_region32_t *damage)
{
	struct job *job = make_job(display);
	job->list = list;
	pixman_region32_copy(&job->damage, damage);
	os_process_begin_busy(); /* until it was presented */
	os_loop_post(display->loop, do_show, job);
}

static void render(struct display *display, struct md_frame_list *list, display_rendered_fn fn,
		   void *context, bool by_gpu)
{
	struct job *job = make_job(display);
	job->own_list = list;
	job->rendered = fn;
	job->context = context;
	job->by_gpu = by_gpu;
	os_loop_post(display->loop, do_render, job);
}

void display_render(struct display *display, struct md_frame_list *list, display_rendered_fn fn,
		    void *context)
{
	render(display, list, fn, context, false);
}

void display_render_shown(struct display *display, struct md_frame_list *list,
			  display_rendered_fn fn, void *context)
{
	render(display, list, fn, context, true);
}

void display_render_into(struct display *display, struct md_frame_list *list, uint32_t *pixels,
			 const pixman_region32_t *damage, display_rendered_fn fn, void *context)
{
	struct job *job = make_job(display);
	job->own_list = list;
	job->pixels = pixels;
	job->is_lent = true;
	pixman_region32_copy(&job->damage, (pixman_region32_t *)damage);
	job->rendered = fn;
	job->context = context;
	os_loop_post(display->loop, do_render, job);
}
