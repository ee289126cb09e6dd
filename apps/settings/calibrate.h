/* Calibrate: what is over the whole screen while a touch panel is calibrated. */
#ifndef SETTINGS_CALIBRATE_H
#define SETTINGS_CALIBRATE_H

#include "settings.h"
#include "touch_course.h"

#define CALIBRATE_CONFIRM_S 15 /* to press Keep, before all is as it was */

struct calibrate {
	struct settings *settings;
	struct os_weak over;       /* the screen that asked for it */
	char id[128], name[128];
	struct touch_course course;
	int finger;                /* that is followed, -1: none */
	int orientation;           /* the screen's when the course began */
	int seconds;               /* left in the preview */
	bool ended;
	struct os_timer *timer;
	struct ui_view *canvas, *title, *message, *footnote, *dot, *keep, *again; /* weak: children */
};

extern const struct ui_view_class calibrate_class;

/* calibrate_picture.c: the children, where they are, and what they say. */
void calibrate_build(struct ui_view *view, ui_action_fn keep, ui_action_fn again);
void calibrate_layout(struct ui_view *view, struct md_rect bounds);
void calibrate_update(struct ui_view *view);
void calibrate_place_dot(struct ui_view *view, struct md_point place, bool shown);

/* calibrate.c: shows it, in front of everything; over is told nothing. */
void calibrate_begin(struct settings *settings, struct ui_view_controller *over, const char *id, const char *name);
/* The compositor ended the trial: the device went, or nobody touched anything. */
void calibrate_was_ended(struct settings *settings, const char *id);

#endif
