#include "idle.h"

#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>

#include <os/clock.h>
#include <os/memory.h>

#include "compositor_private.h"

#define LONG_PRESS_US (1500 * OS_US_PER_MS)
#define HAND_DIM_S 30
#define HAND_BLANK_S 60
#define WALL_DIM_S 300
#define WALL_BLANK_S 900

/* --- Times ------------------------------------------------------------------------------------ */

static int64_t seconds_of(const struct md_compositor *compositor, int64_t set, int64_t hand,
			  int64_t wall)
{
	struct os_power_state power;
	if (set != IDLE_AUTO) {
		return set;
	}
	power_state(compositor, &power);
	return !compositor->idle.config.is_panel ? 0 : power.has_battery ? hand : wall;
}

/* Microseconds after the last touch; OS_NEVER: never. */
static int64_t dim_after_us(const struct md_compositor *compositor)
{
	int64_t seconds =
	    seconds_of(compositor, compositor->idle.config.dim_s, HAND_DIM_S, WALL_DIM_S);
	return seconds == 0 ? OS_NEVER : seconds * OS_US_PER_S;
}

static int64_t blank_after_us(const struct md_compositor *compositor)
{
	int64_t seconds =
	    seconds_of(compositor, compositor->idle.config.blank_s, HAND_BLANK_S, WALL_BLANK_S);
	return seconds == 0 ? OS_NEVER : seconds * OS_US_PER_S;
}

/* The next thing to happen when nobody comes, after the last touch. */
static int64_t next_after_us(const struct md_compositor *compositor)
{
	int64_t dim_us = dim_after_us(compositor), blank_us = blank_after_us(compositor);
	if (compositor->idle.state == IDLE_DARK) {
		return OS_NEVER;
	}
	return compositor->idle.state == IDLE_DIMMED ? blank_us : OS_MIN(dim_us, blank_us);
}

static bool is_kept_on(const struct md_compositor *compositor)
{
	const struct scene *front = compositor->shell.focused;
	return front != NULL && front->keeps_on;
}

static void arm(struct md_compositor *compositor)
{
	struct idle *idle = &compositor->idle;
	int64_t after_us = next_after_us(compositor);
	if (after_us == OS_NEVER || is_kept_on(compositor)) {
		os_timer_cancel(idle->timer);
	} else {
		os_timer_set(idle->timer, OS_MAX(idle->active_us + after_us, os_clock_now_us()));
	}
}

/* --- States ----------------------------------------------------------------------------------- */

static void tell_scenes(struct md_compositor *compositor, bool seen)
{
	const struct scene *scene;
	os_list_for_each(scene, &compositor->scenes, link) {
		if (scene->client != NULL) {
			struct os_message message;
			scene_begin_event(scene, MD_SCENE_SEEN, &message);
			os_message_write_bool(&message, seen);
			scene_send(scene, &message);
		}
	}
}

static void wake(struct md_compositor *compositor)
{
	struct idle *idle = &compositor->idle;
	bool was_dark = idle->state == IDLE_DARK;
	idle->state = IDLE_AWAKE;
	power_set_shade(compositor, POWER_LIT);
	if (was_dark) {
		compositor->frames.whole = true;
		tell_scenes(compositor, true);
		frame_clock_need(compositor);
	}
	arm(compositor);
}

static void cancel_doors(struct md_compositor *compositor)
{
	const struct input_doors *doors = &compositor->input_doors;
	if (doors->touch != NULL && doors->board->touch->cancel != NULL) {
		doors->board->touch->cancel(doors->touch);
	}
}

void idle_go_dark(struct md_compositor *compositor)
{
	struct idle *idle = &compositor->idle;
	if (idle->state == IDLE_DARK) {
		return;
	}
	cancel_doors(compositor);
	input_cancel_all(compositor);
	idle->state = IDLE_DARK;
	os_timer_cancel(idle->timer);
	tell_scenes(compositor, false);
	frame_clock_rest(compositor);
	power_set_shade(compositor, POWER_DARK);
}

static void nobody_came(void *context, int64_t now_us)
{
	struct md_compositor *compositor = context;
	struct idle *idle = &compositor->idle;
	if (input_is_touched(compositor)) {
		idle->active_us = now_us; /* a finger that lies still */
	}
	if (now_us - idle->active_us >= blank_after_us(compositor)) {
		idle_go_dark(compositor);
	} else if (now_us - idle->active_us >= dim_after_us(compositor)) {
		idle->state = IDLE_DIMMED;
		power_set_shade(compositor, POWER_DIMMED);
	}
	arm(compositor);
}

void idle_activity(struct md_compositor *compositor)
{
	struct idle *idle = &compositor->idle;
	if (idle->timer == NULL) {
		return; /* not yet, or no more */
	}
	idle->active_us = os_clock_now_us();
	if (idle->state != IDLE_AWAKE) {
		wake(compositor);
	} else if (!os_timer_is_set(idle->timer)) {
		arm(compositor);
	}
}

/* --- Fingers and keys ------------------------------------------------------------------------- */

bool idle_takes_touch(struct md_compositor *compositor, const struct os_touch_sample *sample)
{
	bool dark = compositor->idle.state == IDLE_DARK;
	if (dark && sample->phase != OS_TOUCH_DOWN) {
		return false; /* of a finger that came before: it was cancelled */
	}
	idle_activity(compositor);
	return dark;
}

static uint32_t *find_swallowed(struct idle *idle, uint32_t key)
{
	for (size_t i = 0; i < IDLE_KEYS; i++) {
		if (idle->swallowed[i] == key) {
			return &idle->swallowed[i];
		}
	}
	return NULL;
}

/* The key that woke the screen: its repeats and its release are nobody's either. */
static bool swallow(struct md_compositor *compositor, const struct os_key_sample *sample)
{
	struct idle *idle = &compositor->idle;
	uint32_t *place = find_swallowed(idle, sample->key);
	if (place != NULL && sample->key != 0) {
		*place = sample->down ? sample->key : 0;
		return true;
	}
	if (idle->state != IDLE_DARK) {
		return false;
	}
	if (sample->down && !sample->repeat) {
		place = find_swallowed(idle, 0);
		if (place != NULL) {
			*place = sample->key;
		}
		idle_activity(compositor);
	}
	return true;
}

static void power_key(struct md_compositor *compositor, const struct os_key_sample *sample)
{
	struct idle *idle = &compositor->idle;
	if (sample->down && !sample->repeat) {
		os_timer_set_after(idle->press, LONG_PRESS_US);
	} else if (!sample->down && os_timer_is_set(idle->press)) {
		os_timer_cancel(idle->press);
		idle_go_dark(compositor);
	}
}

/* The shell hears of it: it may ask whether to switch the device off. */
static void press_is_long(void *context, int64_t now_us)
{
	shell_tell_key(context, KEY_POWER);
}

bool idle_takes_key(struct md_compositor *compositor, const struct os_key_sample *sample)
{
	if (swallow(compositor, sample)) {
		return true;
	}
	idle_activity(compositor);
	if (sample->key == KEY_POWER) {
		power_key(compositor, sample);
		return true;
	}
	if (sample->key == KEY_SLEEP || sample->key == KEY_SCREENLOCK) {
		if (sample->down && !sample->repeat) {
			idle_go_dark(compositor);
		}
		return true;
	}
	return sample->key == KEY_WAKEUP;
}

/* --- Questions -------------------------------------------------------------------------------- */

bool idle_is_dark(const struct md_compositor *compositor)
{
	return compositor->idle.state == IDLE_DARK;
}

bool idle_holds_frames(const struct md_compositor *compositor)
{
	return compositor->idle.state == IDLE_DARK && !compositor->power.is_black_due;
}

void idle_did_latch(struct md_compositor *compositor)
{
	compositor->power.is_black_due = false;
}

const char *idle_word(const struct md_compositor *compositor)
{
	static const char *const s_words[] = {"on", "dimmed", "off"};
	return s_words[compositor->idle.state];
}

/* --- Rules ------------------------------------------------------------------------------------ */

static int64_t parse_seconds(const char *text)
{
	return strcmp(text, "auto") == 0 ? IDLE_AUTO
					 : OS_CLAMP(strtoll(text, NULL, 10), 0LL, 86400LL);
}

void idle_set_times(struct md_compositor *compositor, const char *dim, const char *blank)
{
	struct idle *idle = &compositor->idle;
	idle->config.dim_s = dim == NULL ? idle->config.dim_s : parse_seconds(dim);
	idle->config.blank_s = blank == NULL ? idle->config.blank_s : parse_seconds(blank);
	idle->active_us = os_clock_now_us(); /* who sets it is there */
	idle_rules_changed(compositor);
}

void idle_rules_changed(struct md_compositor *compositor)
{
	struct idle *idle = &compositor->idle;
	if (idle->timer == NULL) {
		return; /* not yet, or no more */
	}
	bool kept = is_kept_on(compositor);
	if (kept || idle->was_kept_on) {
		idle->active_us = os_clock_now_us(); /* until just now somebody was looking */
	}
	idle->was_kept_on = kept;
	if (kept && idle->state == IDLE_DIMMED) {
		wake(compositor);
	}
	arm(compositor);
}

void idle_init(struct md_compositor *compositor)
{
	struct idle *idle = &compositor->idle;
	idle->config.dim_s = idle->config.blank_s = IDLE_AUTO;
	idle->active_us = os_clock_now_us();
	idle->timer = os_timer_create(compositor->loop, OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON,
				      nobody_came, compositor);
	idle->press = os_timer_create(compositor->loop, OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON,
				      press_is_long, compositor);
	arm(compositor);
}

void idle_finish(struct md_compositor *compositor)
{
	struct idle *idle = &compositor->idle;
	idle->state = IDLE_AWAKE;
	idle->timer = os_timer_release(idle->timer);
	idle->press = os_timer_release(idle->press);
}
