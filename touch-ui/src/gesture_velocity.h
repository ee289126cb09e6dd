/* Gesture velocity: how fast a finger is when it lifts (FEEL.md, fling velocity).
 *
 *  *	0.60·v(−2) + 0.35·v(−1) + 0.05·v(0) of the last pairwise velocities
 *
 * v(0) is the newest pair: it weighs least, since a lifting finger rolls. Pairs with no time
 * between them are dropped; with fewer than three pairs the weights that are left are scaled to 1.
 * Zero when the finger has rested: the last sample is older than max(40 ms, 2.5 × the device's
 * median interval). */
#ifndef UI_GESTURE_VELOCITY_H
#define UI_GESTURE_VELOCITY_H

#include <ui/touch.h>

#define UI_VELOCITY_SAMPLES 12
#define UI_VELOCITY_LEAST 50.0    /* points a second: below it is rest */
#define UI_VELOCITY_MOST 8000.0
#define UI_VELOCITY_REST_US 40000

struct ui_velocity {
	struct ui_touch_sample samples[UI_VELOCITY_SAMPLES]; /* oldest first */
	int count;
};

void ui_velocity_reset(struct ui_velocity *velocity);
void ui_velocity_add(struct ui_velocity *velocity, int64_t time_us, struct md_point position);
/* All samples that touch has had since the last tick. */
void ui_velocity_add_touch(struct ui_velocity *velocity, const struct ui_touch *touch);
/* Each axis by itself: 0, or between the limits either way. Points a second. */
struct md_point ui_velocity_at(const struct ui_velocity *velocity, int64_t now_us);
/* The time after the last sample from which on the finger counts as resting. */
int64_t ui_velocity_rest_us(const struct ui_velocity *velocity);

#endif
