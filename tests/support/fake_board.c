#include "fake_board.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <string.h>

#include <os/clock.h>
#include <os/memory.h>
#include <os/timer.h>

#define BUFFERS_MAX 3
#define SAMPLES_MAX 4096

struct os_display {
	struct fake_board *fake;
	const struct os_display_events *events;
	void *context;
	struct os_display_mode mode;
	bool submitted;
	uint64_t frame;
};

struct os_touch {
	struct fake_board *fake;
	const struct os_touch_events *events;
	void *context;
	struct os_timer *timer;
	struct os_touch_sample samples[SAMPLES_MAX];
	size_t count;
};

struct os_power {
	const struct os_power_events *events;
	void *context;
	struct os_power_state state;
	double light;
	int sets, result;
};

struct fake_board {
	struct os_board table;
	int buffer_count, next, shown;
	uint32_t *buffers[BUFFERS_MAX];
	uint64_t shown_in[BUFFERS_MAX]; /* number of the frame it was shown in */
	struct os_display display;
	struct os_touch *touch;
	struct os_power power;
	int switch_result;
	bool is_off;
	pthread_mutex_t lock;
	uint64_t frames, pixels, last_pixels;
	bool stalled;
	int64_t blank_origin_us;
	double blank_period_us; /* 0: none, pictures are shown at once */
};

static struct fake_board *s_fake;

/* --- Display ---------------------------------------------------------------------------------- */

static void make_buffers(struct fake_board *fake)
{
	const struct os_display_mode *mode = &fake->display.mode;
	for (int i = 0; i < fake->buffer_count; i++) {
		os_free(fake->buffers[i]);
		fake->buffers[i] =
		    os_alloc_array((size_t)mode->width_px * (size_t)mode->height_px, 4);
		fake->shown_in[i] = 0;
	}
}

static int display_open(const struct os_display_options *options,
			const struct os_display_events *events, void *context,
			struct os_display **ret_display)
{
	struct fake_board *fake = s_fake;
	fake->display = (struct os_display){
	    .fake = fake, .events = events, .context = context, .mode = options->wanted};
	make_buffers(fake);
	*ret_display = &fake->display;
	return 0;
}

static void display_close(struct os_display *display)
{
}

static void display_get_mode(struct os_display *display, struct os_display_mode *ret_mode)
{
	*ret_mode = display->mode;
}

static int display_begin(struct os_display *display, struct os_display_buffer *ret_buffer)
{
	struct fake_board *fake = display->fake;
	pthread_mutex_lock(&fake->lock);
	int at = fake->next;
	uint64_t age = fake->shown_in[at] == 0 ? 0 : fake->frames + 1 - fake->shown_in[at];
	bool stalled = fake->stalled;
	pthread_mutex_unlock(&fake->lock);
	*ret_buffer = (struct os_display_buffer){.pixels = fake->buffers[at],
						 .stride = display->mode.width_px * 4,
						 .width_px = display->mode.width_px,
						 .height_px = display->mode.height_px,
						 .age = (int32_t)age};
	return stalled ? -EAGAIN : 0;
}

static int display_submit(struct os_display *display, uint64_t frame,
			  const struct os_rect_px *damage, size_t count)
{
	struct fake_board *fake = display->fake;
	pthread_mutex_lock(&fake->lock);
	fake->frames++;
	fake->shown = fake->next;
	fake->shown_in[fake->shown] = fake->frames;
	fake->next = (fake->next + 1) % fake->buffer_count;
	fake->last_pixels = 0;
	for (size_t i = 0; i < count; i++) {
		fake->last_pixels += (uint64_t)damage[i].width * (uint64_t)damage[i].height;
	}
	fake->pixels += fake->last_pixels;
	pthread_mutex_unlock(&fake->lock);
	display->submitted = true;
	display->frame = frame;
	return 0;
}

static int no_fd(struct os_display *display)
{
	return -1;
}

/* When what is submitted now is on the screen. */
static int64_t shown_us(const struct fake_board *fake)
{
	int64_t now_us = os_clock_now_us();
	if (fake->blank_period_us == 0) {
		return now_us;
	}
	double blanks = ceil((double)(now_us - fake->blank_origin_us) / fake->blank_period_us);
	return fake->blank_origin_us + (int64_t)llround(blanks * fake->blank_period_us);
}

static void display_dispatch(struct os_display *display)
{
	if (display->submitted) {
		display->submitted = false;
		display->events->presented(display->context, display->frame,
					   shown_us(display->fake));
	}
}

static const struct os_display_door s_display_door = {
    .struct_size = sizeof(s_display_door),
    .open = display_open,
    .close = display_close,
    .get_mode = display_get_mode,
    .begin = display_begin,
    .submit = display_submit,
    .get_fd = no_fd,
    .dispatch = display_dispatch,
};

static int display_set_power(struct os_display *display, bool on)
{
	struct fake_board *fake = display->fake;
	pthread_mutex_lock(&fake->lock);
	fake->is_off = fake->switch_result == 0 ? !on : fake->is_off;
	pthread_mutex_unlock(&fake->lock);
	return fake->switch_result;
}

static const struct os_display_door s_switched_display_door = {
    .struct_size = sizeof(s_switched_display_door),
    .open = display_open,
    .close = display_close,
    .get_mode = display_get_mode,
    .begin = display_begin,
    .submit = display_submit,
    .get_fd = no_fd,
    .dispatch = display_dispatch,
    .set_power = display_set_power,
};

/* --- Fingers ---------------------------------------------------------------------------------- */

static void play(void *context, int64_t now_us)
{
	struct os_touch *touch = context;
	struct os_touch_sample sample = touch->samples[0];
	touch->count--;
	memmove(touch->samples, touch->samples + 1, touch->count * sizeof(sample));
	if (touch->count > 0) {
		os_timer_set(touch->timer, touch->samples[0].time_us);
	}
	touch->events->touch(touch->context, &sample, 1);
}

static int touch_open(const struct os_touch_events *events, void *context,
		      struct os_display *display, struct os_touch **ret_touch)
{
	struct os_touch *touch = os_alloc(sizeof(*touch));
	touch->fake = s_fake;
	touch->events = events;
	touch->context = context;
	touch->timer =
	    os_timer_create(os_loop_current(), OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON, play, touch);
	s_fake->touch = touch;
	*ret_touch = touch;
	return 0;
}

static void touch_close(struct os_touch *touch)
{
	touch->fake->touch = NULL;
	os_timer_release(touch->timer);
	os_free(touch);
}

static int touch_fd(struct os_touch *touch)
{
	return -1;
}

static void touch_dispatch(struct os_touch *touch)
{
}

static int touch_feed(struct os_touch *touch, const struct os_touch_sample *samples, size_t count)
{
	if (touch->count + count > SAMPLES_MAX) {
		return -ENOBUFS;
	}
	memcpy(touch->samples + touch->count, samples, count * sizeof(*samples));
	touch->count += count;
	os_timer_set(touch->timer, touch->samples[0].time_us);
	return 0;
}

static int64_t touch_next_due(struct os_touch *touch)
{
	return os_timer_deadline_us(touch->timer);
}

static const struct os_touch_door s_touch_door = {
    .struct_size = sizeof(s_touch_door),
    .open = touch_open,
    .close = touch_close,
    .get_fd = touch_fd,
    .dispatch = touch_dispatch,
    .feed = touch_feed,
    .next_due_us = touch_next_due,
};

void fake_board_touch(struct fake_board *fake, enum os_touch_phase phase, int finger, double x,
		      double y)
{
	struct os_touch_sample sample = {
	    .time_us = os_clock_now_us(), .finger = finger, .phase = phase, .x = x, .y = y};
	fake->touch->events->touch(fake->touch->context, &sample, 1);
}

/* --- Board ------------------------------------------------------------------------------------ */

struct fake_board *fake_board_create(int buffers)
{
	assert(buffers >= 1 && buffers <= BUFFERS_MAX);
	struct fake_board *fake = os_alloc(sizeof(*fake));
	fake->buffer_count = buffers;
	fake->table = (struct os_board){.struct_size = sizeof(struct os_board),
					.name = "fake",
					.display = &s_display_door,
					.touch = &s_touch_door};
	pthread_mutex_init(&fake->lock, NULL);
	s_fake = fake;
	return fake;
}

struct fake_board *fake_board_destroy(struct fake_board *fake)
{
	for (int i = 0; i < fake->buffer_count; i++) {
		os_free(fake->buffers[i]);
	}
	pthread_mutex_destroy(&fake->lock);
	os_free(fake);
	return NULL;
}

const struct os_board *fake_board_table(struct fake_board *fake)
{
	return &fake->table;
}

uint32_t fake_board_pixel(const struct fake_board *fake, int x, int y)
{
	return fake->buffers[fake->shown][y * fake->display.mode.width_px + x] & 0xffffff;
}

struct os_display_mode fake_board_mode(const struct fake_board *fake)
{
	return fake->display.mode;
}

uint64_t fake_board_frames(const struct fake_board *fake)
{
	return fake->frames;
}

uint64_t fake_board_pixels(const struct fake_board *fake)
{
	return fake->pixels;
}

uint64_t fake_board_last_pixels(const struct fake_board *fake)
{
	return fake->last_pixels;
}

void fake_board_set_blanks(struct fake_board *fake, int64_t origin_us, double period_us)
{
	fake->blank_origin_us = origin_us;
	fake->blank_period_us = period_us;
}

void fake_board_change_mode(struct fake_board *fake, const struct os_display_mode *mode)
{
	fake->display.mode = *mode;
	make_buffers(fake);
	fake->display.events->mode(fake->display.context, mode);
}

void fake_board_stall(struct fake_board *fake, bool stalled)
{
	pthread_mutex_lock(&fake->lock);
	fake->stalled = stalled;
	pthread_mutex_unlock(&fake->lock);
}

/* --- Power ------------------------------------------------------------------------------------ */

static int power_open(const struct os_power_events *events, void *context,
		      struct os_power **ret_power)
{
	struct os_power *power = &s_fake->power;
	power->events = events;
	power->context = context;
	*ret_power = power;
	return 0;
}

static void power_close(struct os_power *power)
{
}

static int power_fd(struct os_power *power)
{
	return -1;
}

static void power_dispatch(struct os_power *power)
{
}

static void power_get_state(struct os_power *power, struct os_power_state *ret_state)
{
	*ret_state = power->state;
}

static int power_set_backlight(struct os_power *power, double level)
{
	power->sets++;
	if (!power->state.has_backlight || power->result < 0) {
		return power->result < 0 ? power->result : -ENODEV;
	}
	power->light = level;
	return 0;
}

static const struct os_power_door s_power_door = {
    .struct_size = sizeof(s_power_door),
    .open = power_open,
    .close = power_close,
    .get_fd = power_fd,
    .dispatch = power_dispatch,
    .get_state = power_get_state,
    .set_backlight = power_set_backlight,
};

void fake_board_add_power(struct fake_board *fake, const struct os_power_state *state)
{
	fake->power.state = *state;
	fake->table.power = &s_power_door;
}

void fake_board_add_switch(struct fake_board *fake, int result)
{
	fake->switch_result = result;
	fake->table.display = &s_switched_display_door;
}

bool fake_board_is_on(const struct fake_board *fake)
{
	return !fake->is_off;
}

void fake_board_tell_power(struct fake_board *fake, const struct os_power_state *state)
{
	fake->power.state = *state;
	fake->power.events->changed(fake->power.context, state);
}

double fake_board_light(const struct fake_board *fake)
{
	return fake->power.light;
}

int fake_board_lights_set(const struct fake_board *fake)
{
	return fake->power.sets;
}

void fake_board_refuse_light(struct fake_board *fake, int result)
{
	fake->power.result = result;
}
