#include "touch_course.h"

#include <math.h>
#include <string.h>

#define MISSED 0.25  /* from a target, by the coarse matrix: a panel may be cut off by that much */
#define STRAYED 0.06 /* what a finger that taps may move */

static const struct md_point s_targets[TOUCH_TARGETS] = {
    {0.12, 0.12}, {0.88, 0.12}, {0.5, 0.5}, {0.12, 0.88}, {0.88, 0.88}};

struct md_point touch_course_target(int target)
{
	return s_targets[target];
}

void touch_course_begin(struct touch_course *course)
{
	memset(course, 0, sizeof(*course));
}

static void again(struct touch_course *course, enum touch_note note)
{
	touch_course_begin(course);
	course->note = note;
}

/* --- What a finger did ------------------------------------------------------------------------ */

/* Whether it is a swipe at all: together with one that goes across it. */
static bool is_swipe(const struct touch_swipe *swipe)
{
	const struct touch_swipe right = {{0, 0}, {1, 0}}, down = {{0, 0}, {0, 1}};
	double matrix[6];
	return touch_fit_swipes(swipe, &down, matrix) == 0 || touch_fit_swipes(swipe, &right, matrix) == 0;
}

static void swiped(struct touch_course *course)
{
	if (!is_swipe(&course->now)) {
		course->note = TOUCH_NOTE_SWIPE;
		return;
	}
	course->swipes[course->step == TOUCH_SWIPE_DOWN] = course->now;
	if (course->step == TOUCH_SWIPE_RIGHT) {
		course->step = TOUCH_SWIPE_DOWN;
	} else if (touch_fit_swipes(&course->swipes[0], &course->swipes[1], course->coarse) == 0) {
		course->step = TOUCH_TARGET;
	} else {
		again(course, TOUCH_NOTE_AXIS);
	}
}

static void tapped(struct touch_course *course)
{
	struct md_point wanted = s_targets[course->target];
	struct md_point reported = {course->sum.x / course->samples, course->sum.y / course->samples};
	struct md_point about = touch_fit_apply(course->coarse, reported);
	if (course->strayed > STRAYED) {
		course->note = TOUCH_NOTE_MOVED;
		return;
	}
	if (fabs(about.x - wanted.x) > MISSED || fabs(about.y - wanted.y) > MISSED) {
		course->note = TOUCH_NOTE_MISSED;
		return;
	}
	course->pairs[course->target] = (struct touch_pair){reported, wanted};
	if (++course->target < TOUCH_TARGETS) {
		return;
	}
	if (touch_fit_pairs(course->pairs, TOUCH_TARGETS, course->matrix) < 0) {
		again(course, TOUCH_NOTE_UNFIT);
		return;
	}
	course->step = TOUCH_PREVIEW;
}

/* --- Fingers ---------------------------------------------------------------------------------- */

static void add(struct touch_course *course, struct md_point place)
{
	course->now.to = place;
	course->sum.x += place.x;
	course->sum.y += place.y;
	course->samples++;
	course->strayed = fmax(course->strayed, hypot(place.x - course->now.from.x, place.y - course->now.from.y));
}

void touch_course_down(struct touch_course *course, struct md_point place)
{
	course->down = true;
	course->now.from = place;
	course->sum = (struct md_point){0, 0};
	course->samples = 0;
	course->strayed = 0;
	add(course, place);
}

void touch_course_move(struct touch_course *course, struct md_point place)
{
	if (course->down) {
		add(course, place);
	}
}

bool touch_course_up(struct touch_course *course, struct md_point place)
{
	if (!course->down) {
		return false;
	}
	add(course, place);
	course->down = false;
	if (course->step == TOUCH_PREVIEW) {
		return false;
	}
	course->note = TOUCH_NOTE_NONE;
	if (course->step == TOUCH_TARGET) {
		tapped(course);
	} else {
		swiped(course);
	}
	return true;
}

void touch_course_cancel(struct touch_course *course)
{
	course->down = false;
}
