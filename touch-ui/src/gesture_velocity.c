#include "gesture_velocity.h"

#include <math.h>
#include <string.h>

#define PAIRS 3
static const double s_weights[PAIRS] = {0.05, 0.35, 0.60}; /* newest pair first */

void ui_velocity_reset(struct ui_velocity *velocity)
{
	velocity->count = 0;
}

void ui_velocity_add(struct ui_velocity *velocity, int64_t time_us, struct md_point position)
{
	if (velocity->count > 0 && velocity->samples[velocity->count - 1].time_us > time_us) {
		return; /* out of order: a device's clock was set back */
	}
	if (velocity->count == UI_VELOCITY_SAMPLES) {
		memmove(velocity->samples, velocity->samples + 1,
			sizeof(velocity->samples) - sizeof(velocity->samples[0]));
		velocity->count--;
	}
	velocity->samples[velocity->count++] = (struct ui_touch_sample){time_us, position};
}

void ui_velocity_add_touch(struct ui_velocity *velocity, const struct ui_touch *touch)
{
	struct ui_touch_sample samples[UI_VELOCITY_SAMPLES];
	int count = ui_touch_samples(touch, samples, UI_VELOCITY_SAMPLES);
	for (int i = 0; i < count; i++) {
		ui_velocity_add(velocity, samples[i].time_us, samples[i].position);
	}
}

static int64_t median_interval_us(const struct ui_velocity *velocity)
{
	int64_t sorted[UI_VELOCITY_SAMPLES];
	int count = 0;
	for (int i = 1; i < velocity->count; i++) {
		int64_t interval = velocity->samples[i].time_us - velocity->samples[i - 1].time_us;
		int at = count++;
		for (; at > 0 && sorted[at - 1] > interval; at--) {
			sorted[at] = sorted[at - 1];
		}
		sorted[at] = interval;
	}
	return count > 0 ? sorted[count / 2] : 0;
}

int64_t ui_velocity_rest_us(const struct ui_velocity *velocity)
{
	return OS_MAX(UI_VELOCITY_REST_US, median_interval_us(velocity) * 5 / 2);
}

static double limited(double value)
{
	if (fabs(value) < UI_VELOCITY_LEAST) {
		return 0;
	}
	return OS_CLAMP(value, -UI_VELOCITY_MOST, UI_VELOCITY_MOST);
}

struct md_point ui_velocity_at(const struct ui_velocity *velocity, int64_t now_us)
{
	const struct ui_touch_sample *samples = velocity->samples;
	struct md_point sum = {0, 0};
	double weights = 0;
	int last = velocity->count - 1;
	if (last < 1 || now_us - samples[last].time_us > ui_velocity_rest_us(velocity)) {
		return sum;
	}
	int pairs = 0;
	for (int i = last; i > 0 && pairs < PAIRS; i--) {
		double seconds =
		    (double)(samples[i].time_us - samples[i - 1].time_us) / OS_US_PER_S;
		if (seconds <= 0) {
			continue;
		}
		double weight = s_weights[pairs++];
		sum.x += weight * (samples[i].position.x - samples[i - 1].position.x) / seconds;
		sum.y += weight * (samples[i].position.y - samples[i - 1].position.y) / seconds;
		weights += weight;
	}
	if (weights <= 0) {
		return (struct md_point){0, 0};
	}
	return (struct md_point){limited(sum.x / weights), limited(sum.y / weights)};
}
