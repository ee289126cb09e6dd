/* Script board: fingers that somebody writes. feed() plays samples at their device times, by a
 * timer of the loop that the door was opened on, so they stand still with a held clock. */
#include <errno.h>
#include <string.h>

#include <os/array.h>
#include <os/board.h>
#include <os/clock.h>
#include <os/loop.h>
#include <os/memory.h>
#include <os/timer.h>
#include <os/trace.h>

#define SAMPLES_MAX 65536

struct os_touch {
	const struct os_touch_events *events;
	void *context;
	struct os_timer *timer;
	struct os_array samples;          /* struct os_touch_sample, in order of time */
	uint64_t flows[OS_TOUCH_FINGERS]; /* of the fingers that are down */
};

static void arm(struct os_touch *touch)
{
	if (touch->samples.count > 0) {
		const struct os_touch_sample *first = os_array_at(&touch->samples, 0);
		os_timer_set(touch->timer, first->time_us);
	} else {
		os_timer_cancel(touch->timer);
	}
}

static void mark(struct os_touch *touch, struct os_touch_sample *sample)
{
	uint64_t *flow = &touch->flows[sample->finger];
	if (sample->phase == OS_TOUCH_DOWN) {
		*flow = sample->flow != 0 ? sample->flow : os_flow_create(OS_FLOW_TOUCH);
	}
	sample->flow = *flow;
	uint64_t before = os_flow_set_current(sample->flow);
	if (sample->phase == OS_TOUCH_DOWN) {
		OS_TRACE_MARK("board", "touch down", sample->finger);
	} else if (sample->phase == OS_TOUCH_UP) {
		OS_TRACE_MARK("board", "touch up", sample->finger);
	}
	os_flow_set_current(before);
}

/* All samples of one time are one report. */
static void play(void *context, int64_t now_us)
{
	struct os_touch *touch = context;
	struct os_touch_sample report[OS_TOUCH_FINGERS];
	size_t count = 0;
	const struct os_touch_sample *first = os_array_at(&touch->samples, 0);
	int64_t time_us = first->time_us;
	while (count < touch->samples.count && count < OS_ARRAY_LEN(report)) {
		const struct os_touch_sample *sample = os_array_at(&touch->samples, count);
		if (sample->time_us != time_us) {
			break;
		}
		report[count++] = *sample;
	}
	os_array_remove(&touch->samples, 0, count);
	arm(touch);
	for (size_t i = 0; i < count; i++) {
		mark(touch, &report[i]);
	}
	touch->events->touch(touch->context, report, count);
}

static int touch_open(const struct os_touch_events *events, void *context,
		      struct os_display *display, struct os_touch **ret_touch)
{
	struct os_touch *touch = os_alloc(sizeof(*touch));
	touch->events = events;
	touch->context = context;
	os_array_init(&touch->samples, sizeof(struct os_touch_sample));
	touch->timer =
	    os_timer_create(os_loop_current(), OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON, play, touch);
	*ret_touch = touch;
	return 0;
}

static void touch_close(struct os_touch *touch)
{
	if (touch != NULL) {
		os_timer_release(touch->timer);
		os_array_finish(&touch->samples);
		os_free(touch);
	}
}

static int touch_get_fd(struct os_touch *touch)
{
	return -1;
}

static void touch_dispatch(struct os_touch *touch)
{
}

static void insert(struct os_touch *touch, const struct os_touch_sample *sample)
{
	size_t at = touch->samples.count;
	while (at > 0) {
		const struct os_touch_sample *before = os_array_at(&touch->samples, at - 1);
		if (before->time_us <= sample->time_us) {
			break;
		}
		at--;
	}
	*(struct os_touch_sample *)os_array_insert(&touch->samples, at) = *sample;
}

static int touch_feed(struct os_touch *touch, const struct os_touch_sample *samples, size_t count)
{
	if (touch->samples.count + count > SAMPLES_MAX) {
		return -ENOBUFS;
	}
	for (size_t i = 0; i < count; i++) {
		if (samples[i].finger < 0 || samples[i].finger >= OS_TOUCH_FINGERS) {
			return -EINVAL;
		}
	}
	for (size_t i = 0; i < count; i++) {
		insert(touch, &samples[i]);
	}
	arm(touch);
	return 0;
}

static int64_t touch_next_due_us(struct os_touch *touch)
{
	return os_timer_deadline_us(touch->timer);
}

static const struct os_touch_door s_touch_door = {
    .struct_size = sizeof(s_touch_door),
    .open = touch_open,
    .close = touch_close,
    .get_fd = touch_get_fd,
    .dispatch = touch_dispatch,
    .feed = touch_feed,
    .next_due_us = touch_next_due_us,
};

OS_PUBLIC extern const struct os_board strata_board;
const struct os_board strata_board = {
    .struct_size = sizeof(strata_board),
    .name = "script",
    .touch = &s_touch_door,
};
