#include "display_private.h"

#include <errno.h>
#include <string.h>

#include <os/clock.h>
#include <os/memory.h>
#include <os/process.h>
#include <os/trace.h>

#define SAMPLES_MAX OS_TOUCH_FINGERS

enum note_kind { NOTE_PRESENTED, NOTE_TOUCH, NOTE_KEY, NOTE_MODE, NOTE_LOST, NOTE_EXPOSE, NOTE_REFUSED };

/* What it tells by itself. */
struct note {
	struct display *display;
	enum note_kind kind;
	struct display_answer answer;
	struct os_touch_sample samples[SAMPLES_MAX];
	size_t sample_count;
	struct os_key_sample key;
	struct os_display_mode mode;
	char why[128];
	int status;
};

/* --- To the loop thread ----------------------------------------------------------------------- */

static void tell(const struct display *display, const struct note *note)
{
	const struct display_delegate *to = display->delegate;
	switch (note->kind) {
	case NOTE_PRESENTED:
		to->presented(display->context, &note->answer);
		break;
	case NOTE_TOUCH:
		to->touch(display->context, note->samples, note->sample_count);
		break;
	case NOTE_KEY:
		to->key(display->context, &note->key);
		break;
	case NOTE_MODE:
		to->mode(display->context, &note->mode);
		break;
	case NOTE_LOST:
		to->lost(display->context, note->why);
		break;
	case NOTE_EXPOSE:
		to->expose(display->context);
		break;
	case NOTE_REFUSED:
		to->refused(display->context, note->status);
		break;
	}
}

static void deliver_note(void *context)
{
	struct note *note = context;
	atomic_fetch_sub(&note->display->notes, 1);
	if (!note->display->gone) {
		tell(note->display, note);
	}
	os_free(note);
}

static struct note *make_note(struct display *display, enum note_kind kind)
{
	struct note *note = os_alloc(sizeof(*note));
	note->display = display;
	note->kind = kind;
	return note;
}

static void post_note(struct note *note)
{
	atomic_fetch_add(&note->display->notes, 1);
	os_loop_post(note->display->main_loop, deliver_note, note);
}

void display_did_present(void *context, uint64_t frame, int64_t time_us)
{
	struct display *display = context;
	struct note *note = make_note(display, NOTE_PRESENTED);
	note->answer = display->answer;
	note->answer.frame = frame;
	note->answer.time_us = time_us;
	post_note(note);
	os_process_end_busy(); /* of display_show */
}

static void did_change_mode(void *context, const struct os_display_mode *mode)
{
	struct note *note = make_note(context, NOTE_MODE);
	note->mode = *mode;
	post_note(note);
}

static void was_lost(void *context, const char *why)
{
	struct note *note = make_note(context, NOTE_LOST);
	strncpy(note->why, why, sizeof(note->why) - 1);
	post_note(note);
}

static void was_exposed(void *context)
{
	post_note(make_note(context, NOTE_EXPOSE));
}

static const struct os_display_events s_display_events = {
    .struct_size = sizeof(s_display_events),
    .presented = display_did_present,
    .mode = did_change_mode,
    .lost = was_lost,
    .expose = was_exposed,
};

static void did_touch(void *context, const struct os_touch_sample *samples, size_t count)
{
	for (size_t at = 0; at < count; at += SAMPLES_MAX) {
		struct note *note = make_note(context, NOTE_TOUCH);
		note->sample_count = OS_MIN(count - at, (size_t)SAMPLES_MAX);
		memcpy(note->samples, samples + at, note->sample_count * sizeof(*samples));
		post_note(note);
	}
}

static void did_add_device(void *context, const struct os_touch_device *device)
{
}

static void did_remove_device(void *context, const char *id)
{
}

static const struct os_touch_events s_touch_events = {
    .struct_size = sizeof(s_touch_events),
    .touch = did_touch,
    .device_added = did_add_device,
    .device_removed = did_remove_device,
};

static void did_key(void *context, const struct os_key_sample *sample)
{
	struct note *note = make_note(context, NOTE_KEY);
	note->key = *sample;
	post_note(note);
}

static const struct os_key_events s_key_events = {
    .struct_size = sizeof(s_key_events),
    .key = did_key,
};

/* --- Life cycle ------------------------------------------------------------------------------- */

static void door_is_readable(void *context, int fd, uint32_t events)
{
	display_dispatch(context);
}

static struct os_source *watch(struct display *display, int fd, os_source_fn fn)
{
	return fd < 0 ? NULL : os_loop_add_fd(display->loop, fd, OS_LOOP_READ, fn, display);
}

/* Frames go through the gpu door where the display has one to open, unless `soft` was asked for. */
static int open_gpu(struct display *display)
{
	const struct os_gpu_door *door = display->options.board->gpu;
	const char *renderer = display->options.renderer;
	bool is_wanted = renderer != NULL && strcmp(renderer, "gpu") == 0;
	if (renderer != NULL && !is_wanted) {
		return 0;
	}
	if (door == NULL || door->open(display->door, &display->gpu) < 0) {
		display->gpu = NULL;
		return is_wanted ? os_error_set(&display->start_error, -ENODEV,
						"this display has no GPU door")
				 : 0;
	}
	display->gpu_renderer = md_gpu_renderer_create(door, display->gpu, display->rasterizer);
	return 0;
}

void display_close_gpu(struct display *display)
{
	if (display->gpu != NULL) {
		display->gpu_renderer = md_gpu_renderer_destroy(display->gpu_renderer);
		display->options.board->gpu->close(display->gpu);
		display->gpu = NULL;
	}
}

static int open_doors(struct display *display)
{
	const struct os_board *board = display->options.board;
	struct os_display_options options = {.struct_size = sizeof(options),
					     .driver = display->options.driver,
					     .title = display->options.title,
					     .wanted = display->options.mode,
					     .renderer = display->options.renderer,
					     .error = &display->start_error};
	int result = board->display->open(&options, &s_display_events, display, &display->door);
	if (result < 0) {
		return result;
	}
	board->display->get_mode(display->door, &display->mode);
	display->source = watch(display, board->display->get_fd(display->door), door_is_readable);
	if (board->touch != NULL && board->touch->of_display &&
	    board->touch->open(&s_touch_events, display, display->door, &display->touch) < 0) {
		display->touch = NULL;
	}
	if (board->key != NULL && board->key->of_display &&
	    board->key->open(&s_key_events, display, display->door, &display->key) < 0) {
		display->key = NULL;
	}
	display->rasterizer = md_rasterizer_create();
	return open_gpu(display);
}

static void close_doors(struct display *display)
{
	const struct os_board *board = display->options.board;
	os_source_remove(display->source);
	display_close_gpu(display);
	if (display->key != NULL) {
		board->key->close(display->key);
	}
	if (display->touch != NULL) {
		board->touch->close(display->touch);
	}
	board->display->close(display->door);
	md_rasterizer_destroy(display->rasterizer);
	if (display->waiting != NULL) {
		display_job_free(display->waiting);
		os_process_end_busy();
	}
}

static void flush_before_sleep(void *context)
{
	struct display *display = context;
	display->options.board->display->dispatch(display->door);
}

static void *run(void *context)
{
	struct display *display = context;
	display->loop = os_loop_create();
	int result = open_doors(display);
	if (result < 0 && display->door != NULL) {
		close_doors(display);
	}
	pthread_mutex_lock(&display->lock);
	display->is_started = true;
	display->start_result = result;
	pthread_cond_signal(&display->started);
	pthread_mutex_unlock(&display->lock);
	if (result == 0) {
		struct os_loop_observer *observer =
		    os_loop_observe_before_wait(display->loop, flush_before_sleep, display);
		os_loop_run(display->loop);
		os_loop_observer_remove(observer);
		close_doors(display);
	}
	display->loop = os_loop_release(display->loop);
	return NULL;
}

static void display_free(struct display *display)
{
	pthread_mutex_destroy(&display->lock);
	pthread_cond_destroy(&display->started);
	for (int i = 0; i < DISPLAY_HISTORY; i++) {
		pixman_region32_fini(&display->history[i]);
	}
	os_free(display);
}

struct display *display_create(struct os_loop *loop, const struct display_options *options,
			       const struct display_delegate *delegate, void *context,
			       struct os_error *ret_error)
{
	struct display *display = os_alloc(sizeof(*display));
	display->main_loop = loop;
	display->options = *options;
	display->delegate = delegate;
	display->context = context;
	pthread_mutex_init(&display->lock, NULL);
	pthread_cond_init(&display->started, NULL);
	for (int i = 0; i < DISPLAY_HISTORY; i++) {
		pixman_region32_init(&display->history[i]);
	}
	int result = -pthread_create(&display->thread, NULL, run, display);
	if (result == 0) {
		pthread_mutex_lock(&display->lock);
		while (!display->is_started) {
			pthread_cond_wait(&display->started, &display->lock);
		}
		pthread_mutex_unlock(&display->lock);
		result = display->start_result;
		if (result < 0) {
			pthread_join(display->thread, NULL);
		}
	}
	if (result < 0) {
		const char *why = display->start_error.text;
		os_error_set(ret_error, result, "the display \"%s\" of board %s: %s",
			     options->driver, options->board->name,
			     why[0] != '\0' ? why : os_status_text(result));
		display_free(display);
		return NULL;
	}
	pthread_setname_np(display->thread, "display");
	return display;
}

static void stop(void *context)
{
	os_loop_stop(context, 0);
}

struct display *display_destroy(struct display *display)
{
	if (display != NULL) {
		os_loop_post(display->loop, stop, display->loop);
		pthread_join(display->thread, NULL);
		/* What it told last is on its way to the loop, and is dropped there. */
		display->gone = true;
		while (atomic_load(&display->notes) > 0) {
			os_loop_iterate(display->main_loop, 0);
		}
		display_free(display);
	}
	return NULL;
}

void display_get_mode(const struct display *display, struct os_display_mode *ret_mode)
{
	*ret_mode = display->mode;
}

/* --- Power ------------------------------------------------------------------------------------ */

bool display_can_switch(const struct display *display)
{
	return display->options.board->display->set_power != NULL;
}

static void switch_power(struct display *display, bool on)
{
	const struct os_display_door *door = display->options.board->display;
	int result = door->set_power(display->door, on);
	if (result < 0) {
		struct note *note = make_note(display, NOTE_REFUSED);
		note->status = result;
		post_note(note);
	}
	door->dispatch(display->door);
}

static void switch_on(void *context)
{
	switch_power(context, true);
}

static void switch_off(void *context)
{
	switch_power(context, false);
}

void display_switch(struct display *display, bool on)
{
	os_loop_post(display->loop, on ? switch_on : switch_off, display);
}
