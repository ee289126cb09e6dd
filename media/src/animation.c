#include <md/animation.h>
#include <md/layer.h>

#include <math.h>
#include <string.h>

/* What nobody sees: a spring that stays this near is at its end. */
#define SETTLE_POINTS 0.02
#define SETTLE_OTHERS 0.0005

struct md_animation md_animation_curve(uint32_t property, int64_t duration_us,
				       struct md_curve curve)
{
	return (struct md_animation){.property = property,
				     .kind = MD_ANIMATION_CURVE,
				     .duration_us = duration_us,
				     .curve = curve};
}

struct md_animation md_animation_spring(uint32_t property, struct md_spring spring)
{
	return (struct md_animation){
	    .property = property, .kind = MD_ANIMATION_SPRING, .spring = spring};
}

static double settle_distance(const struct md_animation *animation)
{
	if (animation->settle > 0) {
		return animation->settle;
	}
	switch (animation->property) {
	case MD_LAYER_POSITION:
	case MD_LAYER_SIZE:
	case MD_LAYER_TRANSLATION:
	case MD_LAYER_OFFSET:
	case MD_LAYER_CORNER_RADIUS:
		return SETTLE_POINTS;
	default:
		return SETTLE_OTHERS;
	}
}

/* Of one run, one way; OS_NEVER if it does not end. */
static int64_t run_us(const struct md_animation *animation, int count)
{
	if (animation->kind != MD_ANIMATION_SPRING) {
		return OS_MAX(animation->duration_us, 0);
	}
	double longest = 0;
	for (int i = 0; i < count; i++) {
		double seconds =
		    md_spring_settling_s(animation->spring, animation->from[i] - animation->to[i],
					 animation->velocity[i], settle_distance(animation));
		longest = OS_MAX(longest, seconds);
	}
	return longest < 1e6 ? (int64_t)ceil(longest * 1e6) : OS_NEVER;
}

static double runs(const struct md_animation *animation)
{
	double times = animation->repeat > 0 ? animation->repeat : 1;
	return animation->autoreverse ? times * 2 : times;
}

/* From the begin to the end, all repeats together; OS_NEVER if it does not end. */
static int64_t whole_us(const struct md_animation *animation, int64_t run)
{
	if (run == OS_NEVER) {
		return OS_NEVER;
	}
	double whole = (double)run * runs(animation);
	return whole < 9e17 ? (int64_t)ceil(whole) : OS_NEVER;
}

int64_t md_animation_end_us(const struct md_animation *animation, int count)
{
	int64_t whole = whole_us(animation, run_us(animation, count));
	if (whole == OS_NEVER || animation->begin_us > OS_NEVER - whole) {
		return OS_NEVER;
	}
	return animation->begin_us + whole;
}

/* Where in one run it is at a time since the begin: repeats folded, ways back turned round.
 * Returns -1 if that way is played backward. */
static int fold(const struct md_animation *animation, int64_t run, int64_t whole, int64_t *since)
{
	if (run <= 0 || run == OS_NEVER) {
		*since = run <= 0 ? 0 : *since;
		return 1;
	}
	int64_t at = OS_MIN(*since, whole);
	int64_t turn = at / run;
	/* The very end belongs to the turn that ends there. */
	if (at == whole && turn > 0 && at % run == 0) {
		turn--;
	}
	at -= turn * run;
	bool back = animation->autoreverse && turn % 2 == 1;
	*since = back ? run - at : at;
	return back ? -1 : 1;
}

static double keyframe_value(const struct md_animation *animation, int i, double progress)
{
	double left_at = 0;
	double left = animation->from[i];
	for (int k = 0; k < animation->frame_count; k++) {
		const struct md_keyframe *frame = &animation->frames[k];
		if (progress < frame->at) {
			double part = (progress - left_at) / (frame->at - left_at);
			return left + (frame->value[i] - left) * part;
		}
		left_at = frame->at;
		left = frame->value[i];
	}
	if (left_at >= 1) {
		return left;
	}
	return left + (animation->to[i] - left) * (progress - left_at) / (1 - left_at);
}

static double spring_value(const struct md_animation *animation, int i, double t_s)
{
	double start = animation->from[i] - animation->to[i];
	double left = md_spring_displacement(animation->spring, start, animation->velocity[i], t_s);
	if (animation->clamp && left * start <= 0) {
		left = 0;
	}
	return animation->to[i] + left;
}

static double run_value(const struct md_animation *animation, int i, int64_t run, int64_t since)
{
	if (animation->kind == MD_ANIMATION_SPRING) {
		return since >= run ? animation->to[i]
				    : spring_value(animation, i, (double)since / 1e6);
	}
	double progress = run > 0 ? md_curve_at(animation->curve, (double)since / (double)run) : 1;
	if (animation->kind == MD_ANIMATION_KEYFRAMES) {
		return keyframe_value(animation, i, progress);
	}
	if (progress == 1) {
		return animation->to[i]; /* exactly: from + (to − from) may miss it by a bit */
	}
	return animation->from[i] + (animation->to[i] - animation->from[i]) * progress;
}

bool md_animation_value(const struct md_animation *animation, int count, int64_t time_us,
			double ret_value[MD_ANIMATION_VALUES])
{
	int64_t since = time_us - animation->begin_us;
	if (since < 0) {
		memcpy(ret_value, animation->from, (size_t)count * sizeof(double));
		return true;
	}
	int64_t run = run_us(animation, count);
	int64_t whole = whole_us(animation, run);
	bool goes_on = since < whole;
	fold(animation, run, whole, &since);
	for (int i = 0; i < count; i++) {
		ret_value[i] = run_value(animation, i, run, since);
	}
	return goes_on;
}

/* Of a curve or of keyframes: the slope over 1 ms around the time, one-sided at the ends. */
static void slope(const struct md_animation *animation, int count, int64_t time_us,
		  double *ret_velocity)
{
	int64_t end = md_animation_end_us(animation, count);
	int64_t before = OS_MAX(time_us - 500, animation->begin_us);
	int64_t after = OS_MIN(time_us + 500, end);
	double low[MD_ANIMATION_VALUES];
	double high[MD_ANIMATION_VALUES];
	md_animation_value(animation, count, before, low);
	md_animation_value(animation, count, after, high);
	for (int i = 0; i < count; i++) {
		ret_velocity[i] =
		    after > before ? (high[i] - low[i]) * 1e6 / (double)(after - before) : 0;
	}
}

void md_animation_velocity(const struct md_animation *animation, int count, int64_t time_us,
			   double ret_velocity[MD_ANIMATION_VALUES])
{
	int64_t since = time_us - animation->begin_us;
	int64_t run = run_us(animation, count);
	int64_t whole = whole_us(animation, run);
	memset(ret_velocity, 0, (size_t)count * sizeof(double));
	if (since < 0 || since >= whole) {
		return;
	}
	if (animation->kind != MD_ANIMATION_SPRING) {
		slope(animation, count, time_us, ret_velocity);
		return;
	}
	int direction = fold(animation, run, whole, &since);
	for (int i = 0; i < count; i++) {
		double start = animation->from[i] - animation->to[i];
		double t_s = (double)since / 1e6;
		if (animation->clamp && spring_value(animation, i, t_s) == animation->to[i]) {
			continue;
		}
		ret_velocity[i] = direction * md_spring_velocity(animation->spring, start,
								 animation->velocity[i], t_s);
	}
}
