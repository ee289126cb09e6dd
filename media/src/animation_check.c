/* What may come in by a message: every number is finite and of a size that a screen has use for. */
#include <md/animation.h>

#include <errno.h>
#include <math.h>

#define VALUE_LIMIT 1e6
#define VELOCITY_LIMIT 1e8
#define DURATION_LIMIT_US (INT64_C(3600) * OS_US_PER_S)

static bool is_within(double value, double limit)
{
	return isfinite(value) && fabs(value) <= limit;
}

static bool values_are_good(const double *values, double limit)
{
	for (int i = 0; i < MD_ANIMATION_VALUES; i++) {
		if (!is_within(values[i], limit)) {
			return false;
		}
	}
	return true;
}

static bool curve_is_good(struct md_curve curve)
{
	return curve.x1 >= 0 && curve.x1 <= 1 && curve.x2 >= 0 && curve.x2 <= 1 &&
	       is_within(curve.y1, 100) && is_within(curve.y2, 100);
}

/* Undamped ones never end; what takes minutes to settle is a mistake. */
static bool spring_is_good(struct md_spring spring)
{
	if (!is_within(spring.mass, VALUE_LIMIT) || !is_within(spring.stiffness, VALUE_LIMIT) ||
	    !is_within(spring.damping, VALUE_LIMIT)) {
		return false;
	}
	return spring.mass > 1e-6 && spring.stiffness > 1e-6 && spring.damping > 1e-6;
}

static bool frames_are_good(const struct md_animation *animation)
{
	if (animation->frame_count < 1 || animation->frame_count > MD_ANIMATION_FRAMES) {
		return false;
	}
	double last = 0;
	for (int i = 0; i < animation->frame_count; i++) {
		const struct md_keyframe *frame = &animation->frames[i];
		if (!(frame->at >= last && frame->at <= 1) ||
		    !values_are_good(frame->value, VALUE_LIMIT)) {
			return false;
		}
		last = frame->at;
	}
	return true;
}

int md_animation_check(const struct md_animation *animation)
{
	bool good = values_are_good(animation->from, VALUE_LIMIT) &&
		    values_are_good(animation->to, VALUE_LIMIT) &&
		    values_are_good(animation->velocity, VELOCITY_LIMIT) &&
		    animation->begin_us >= 0 && animation->repeat >= 0 &&
		    !isnan(animation->repeat) && is_within(animation->settle, VALUE_LIMIT) &&
		    animation->settle >= 0;
	if (!good) {
		return -EINVAL;
	}
	if (animation->kind == MD_ANIMATION_SPRING) {
		return spring_is_good(animation->spring) ? 0 : -EINVAL;
	}
	if (animation->duration_us < 0 || animation->duration_us > DURATION_LIMIT_US ||
	    !curve_is_good(animation->curve)) {
		return -EINVAL;
	}
	if (animation->kind == MD_ANIMATION_KEYFRAMES) {
		return frames_are_good(animation) ? 0 : -EINVAL;
	}
	return animation->kind == MD_ANIMATION_CURVE ? 0 : -EINVAL;
}
