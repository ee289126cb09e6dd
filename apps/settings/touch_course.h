/* Touch course: the steps of a calibration, finger by finger. No views: calibrate_view.c shows it.
 *
 *	SWIPE_RIGHT ──a swipe──▶ SWIPE_DOWN ──a swipe across it──▶ TARGET 0 … 4 ──they fit──▶ PREVIEW
 *	     ▲                      └── along the same axis ──┐        └── they do not fit together ──┐
 *	     └────────────────────────────────────────────────┴───────────────────────────────────────┘
 *
 * Places are 0 to 1 of the screen as it is held, as the panel reports them: none of it needs a right
 * matrix. A finger that does not do what was asked leaves a note, and the step is asked again. */
#ifndef SETTINGS_TOUCH_COURSE_H
#define SETTINGS_TOUCH_COURSE_H

#include <stdbool.h>

#include "touch_fit.h"

#define TOUCH_TARGETS 5

enum touch_step { TOUCH_SWIPE_RIGHT, TOUCH_SWIPE_DOWN, TOUCH_TARGET, TOUCH_PREVIEW };
enum touch_note {
	TOUCH_NOTE_NONE,
	TOUCH_NOTE_SWIPE,  /* too short, or slanting */
	TOUCH_NOTE_AXIS,   /* both swipes went one way */
	TOUCH_NOTE_MISSED, /* far from the target */
	TOUCH_NOTE_MOVED,  /* it did not stay where it was */
	TOUCH_NOTE_UNFIT   /* the five do not fit together */
};

struct touch_course {
	enum touch_step step;
	enum touch_note note;
	int target;           /* 0 to 4 */
	double coarse[6];     /* from the second swipe on: rotation and mirroring */
	double matrix[6];     /* in PREVIEW */
	struct touch_swipe swipes[2];
	struct touch_pair pairs[TOUCH_TARGETS];
	bool down;            /* a finger is */
	struct touch_swipe now;
	struct md_point sum;  /* of its samples */
	int samples;
	double strayed;       /* how far it was from where it came down */
};

void touch_course_begin(struct touch_course *course);
void touch_course_down(struct touch_course *course, struct md_point place);
void touch_course_move(struct touch_course *course, struct md_point place);
/* True: another step, another target, or a note. */
bool touch_course_up(struct touch_course *course, struct md_point place);
void touch_course_cancel(struct touch_course *course);
/* Where the target is, 0 to 1 of the screen. */
struct md_point touch_course_target(int target);

#endif
