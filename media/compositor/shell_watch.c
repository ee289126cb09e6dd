/* What the shell waits for and an app cannot prevent: many fingers that lie still for a while, and
 * nobody doing anything for a while.
 *
 *	up ──so many fingers down──▸ holding ──all that time──▸ told: their touches are cancelled
 *	 ▴                              │ one lifted: up          │
 *	 └──── fewer than so many ──────┴── one moved: spoilt ────┘
 *
 * Both run on the device's time, and each is told once: the hold until fewer fingers lie there, the
 * rest until it is asked for again. */
#include "shell_watch.h"

#include <errno.h>
#include <math.h>

#include "compositor_private.h"

#define STILL_PT 24.0 /* five fingers are not held as still as one */

static void tell(struct md_compositor *compositor, enum md_scene_event event)
{
	struct scene *shell = compositor->shell.scene;
	if (shell != NULL && shell->client != NULL) {
		struct os_message message;
		scene_begin_event(shell, event, &message);
		scene_send(shell, &message);
	}
}

static void did_hold(void *context, int64_t now_us)
{
	struct md_compositor *compositor = context;
	compositor->watch.hold = HOLD_DONE;
	input_cancel_all(compositor);
	tell(compositor, MD_SCENE_SHELL_HELD);
}

static void did_rest(void *context, int64_t now_us)
{
	struct md_compositor *compositor = context;
	if (input_is_touched(compositor)) { /* a finger that lies there is somebody */
		os_timer_set(compositor->watch.rest_timer, now_us + compositor->watch.rest_us);
		return;
	}
	compositor->watch.rest_us = 0;
	tell(compositor, MD_SCENE_SHELL_RESTED);
}

/* --- What happens ------------------------------------------------------------------------------ */

static int fingers_down(const struct md_compositor *compositor)
{
	int count = 0;
	for (int i = 0; i < OS_TOUCH_FINGERS; i++) {
		count += compositor->input.fingers[i].down;
	}
	return count;
}

static void begin_hold(struct md_compositor *compositor)
{
	struct shell_watch *watch = &compositor->watch;
	for (int i = 0; i < OS_TOUCH_FINGERS; i++) {
		watch->places[i] = compositor->input.fingers[i].last;
	}
	watch->hold = HOLD_HOLDING;
	os_timer_set_after(watch->hold_timer, watch->hold_us);
}

static bool has_moved(const struct md_compositor *compositor)
{
	for (int i = 0; i < OS_TOUCH_FINGERS; i++) {
		const struct finger *finger = &compositor->input.fingers[i];
		const struct md_point *place = &compositor->watch.places[i];
		if (finger->down && hypot(finger->last.x - place->x, finger->last.y - place->y) > STILL_PT) {
			return true;
		}
	}
	return false;
}

void shell_watch_activity(struct md_compositor *compositor)
{
	struct shell_watch *watch = &compositor->watch;
	if (watch->rest_us > 0) {
		os_timer_set_after(watch->rest_timer, watch->rest_us);
	}
}

void shell_watch_touches(struct md_compositor *compositor)
{
	struct shell_watch *watch = &compositor->watch;
	shell_watch_activity(compositor);
	if (watch->fingers == 0) {
		return;
	}
	int count = fingers_down(compositor);
	if (count < watch->fingers) {
		os_timer_cancel(watch->hold_timer);
		watch->hold = HOLD_UP;
	} else if (watch->hold == HOLD_UP || (watch->hold == HOLD_HOLDING && count > watch->count)) {
		begin_hold(compositor); /* a sixth finger begins it anew */
	} else if (watch->hold == HOLD_HOLDING && has_moved(compositor)) {
		os_timer_cancel(watch->hold_timer);
		watch->hold = HOLD_DONE;
	}
	watch->count = count;
}

/* --- Requests ----------------------------------------------------------------------------------- */

void shell_watch_none(struct md_compositor *compositor)
{
	struct shell_watch *watch = &compositor->watch;
	os_timer_cancel(watch->hold_timer);
	os_timer_cancel(watch->rest_timer);
	watch->fingers = 0;
	watch->rest_us = 0;
	watch->hold = HOLD_UP;
}

int shell_watch_set_hold(struct md_compositor *compositor, struct os_message *message)
{
	struct shell_watch *watch = &compositor->watch;
	uint32_t fingers = os_message_read_u32(message);
	int64_t hold_us = os_message_read_i64(message);
	if (fingers > OS_TOUCH_FINGERS || hold_us < 0 || hold_us > SHELL_WATCH_LONGEST_US) {
		return -EINVAL;
	}
	os_timer_cancel(watch->hold_timer);
	watch->fingers = (int)fingers;
	watch->hold_us = hold_us;
	watch->hold = HOLD_DONE; /* fingers that lie there already are no answer */
	return 0;
}

int shell_watch_set_rest(struct md_compositor *compositor, struct os_message *message)
{
	struct shell_watch *watch = &compositor->watch;
	int64_t rest_us = os_message_read_i64(message);
	if (rest_us < 0 || rest_us > SHELL_WATCH_LONGEST_US) {
		return -EINVAL;
	}
	watch->rest_us = rest_us;
	os_timer_cancel(watch->rest_timer);
	shell_watch_activity(compositor);
	return 0;
}

void shell_watch_init(struct md_compositor *compositor)
{
	struct shell_watch *watch = &compositor->watch;
	watch->hold_timer = os_timer_create(compositor->loop, OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON,
					    did_hold, compositor);
	watch->rest_timer = os_timer_create(compositor->loop, OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON,
					    did_rest, compositor);
}

void shell_watch_finish(struct md_compositor *compositor)
{
	compositor->watch.hold_timer = os_timer_release(compositor->watch.hold_timer);
	compositor->watch.rest_timer = os_timer_release(compositor->watch.rest_timer);
}
