#include "touch_private.h"

#include <md/scene.h>
#include <os/memory.h>
#include <string.h>

#include "view_private.h"

#define EXTRAPOLATE_US 8000    /* at most (FEEL.md) */
#define LEAST_INTERVAL_US 2000 /* pairs closer than this say nothing about speed */
#define REST_US 20000 /* without a sample for that long, or 2.5 intervals, it rests where it is */

struct ui_touch *ui_touch_create(const struct md_touch *sample)
{
	static uint32_t s_last_serial; /* numbers only, as in view.c */
	struct ui_touch *touch = os_alloc(sizeof(*touch));
	touch->finger = sample->finger;
	touch->serial = ++s_last_serial;
	touch->flow = sample->flow;
	touch->edge = sample->edge;
	touch->began_us = sample->time_us;
	touch->position = touch->previous = touch->start = sample->position;
	touch->before.time_us = -1;
	touch->last.time_us = -1;
	touch->deliver_at_us = OS_NEVER;
	ui_touch_add_sample(touch, sample->time_us, sample->position);
	return touch;
}

struct ui_touch *ui_touch_destroy(struct ui_touch *touch)
{
	os_weak_finish(&touch->view);
	os_weak_finish(&touch->receiver);
	os_free(touch);
	return NULL;
}

void ui_touch_add_sample(struct ui_touch *touch, int64_t time_us, struct md_point position)
{
	if (touch->sample_count == UI_TOUCH_SAMPLES) {
		memmove(touch->samples, touch->samples + 1,
			sizeof(touch->samples) - sizeof(touch->samples[0]));
		touch->sample_count--;
	}
	touch->samples[touch->sample_count++] = (struct ui_touch_sample){time_us, position};
	if (touch->last.time_us >= 0 && time_us > touch->last.time_us) {
		touch->before = touch->last;
	}
	touch->last = (struct ui_touch_sample){time_us, position};
	touch->time_us = time_us;
}

struct md_point ui_touch_resample(const struct ui_touch *touch, int64_t time_us)
{
	const struct ui_touch_sample *a = &touch->before, *b = &touch->last;
	int64_t interval = b->time_us - a->time_us;
	if (a->time_us < 0 || interval < LEAST_INTERVAL_US ||
	    time_us - b->time_us > OS_MAX(REST_US, interval * 5 / 2)) {
		return b->position;
	}
	int64_t until = OS_CLAMP(time_us, a->time_us, b->time_us + EXTRAPOLATE_US);
	double along = (double)(until - a->time_us) / (double)interval;
	return (struct md_point){a->position.x + along * (b->position.x - a->position.x),
				 a->position.y + along * (b->position.y - a->position.y)};
}

/* --- What views and gestures ask ---------------------------------------------------- */

int ui_touch_finger(const struct ui_touch *touch)
{
	return touch->finger;
}

int64_t ui_touch_time_us(const struct ui_touch *touch)
{
	return touch->time_us;
}

int64_t ui_touch_began_us(const struct ui_touch *touch)
{
	return touch->began_us;
}

enum ui_touch_phase ui_touch_phase(const struct ui_touch *touch)
{
	return touch->phase;
}

int ui_touch_tap_count(const struct ui_touch *touch)
{
	return touch->tap_count;
}

static struct md_point in_view(struct md_point point, const struct ui_view *view)
{
	return view != NULL ? ui_view_convert(NULL, point, view) : point;
}

struct md_point ui_touch_position(const struct ui_touch *touch, const struct ui_view *view)
{
	return in_view(touch->position, view);
}

struct md_point ui_touch_previous(const struct ui_touch *touch, const struct ui_view *view)
{
	return in_view(touch->previous, view);
}

struct md_point ui_touch_start(const struct ui_touch *touch, const struct ui_view *view)
{
	return in_view(touch->start, view);
}

struct ui_view *ui_touch_view(const struct ui_touch *touch)
{
	return os_weak_get(&touch->view);
}

bool ui_touch_from_edge(const struct ui_touch *touch)
{
	return touch->edge;
}

int ui_touch_samples(const struct ui_touch *touch, struct ui_touch_sample *ret_samples, int max)
{
	int count = OS_MIN(touch->sample_count, max);
	memcpy(ret_samples, touch->samples + touch->sample_count - count,
	       (size_t)count * sizeof(ret_samples[0]));
	return count;
}
