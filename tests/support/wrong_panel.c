#include "wrong_panel.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <os/clock.h>

static struct wrong_panel *s_panel;

static void tell_added(const char *id, const char *name)
{
	const struct os_touch_device device = {.id = id, .name = name, .fingers = 10};
	s_panel->events->device_added(s_panel->context, &device);
}

static int panel_open(const struct os_touch_events *events, void *context, struct os_display *display,
		      struct os_touch **ret_touch)
{
	s_panel->events = events;
	s_panel->context = context;
	*ret_touch = (struct os_touch *)s_panel;
	if (s_panel->plugged) {
		tell_added(s_panel->id, s_panel->name);
	}
	if (s_panel->second_id[0] != '\0') {
		tell_added(s_panel->second_id, "Another panel");
	}
	return 0;
}

static void panel_close(struct os_touch *touch)
{
	s_panel->events = NULL;
}

static int panel_fd(struct os_touch *touch)
{
	return -1;
}

static void panel_dispatch(struct os_touch *touch)
{
}

static int set_calibration(struct os_touch *touch, const char *id, const double matrix[6])
{
	static const double s_none[6] = {1, 0, 0, 0, 1, 0};
	matrix = matrix != NULL ? matrix : s_none;
	double area = matrix[0] * matrix[4] - matrix[1] * matrix[3];
	if (!isfinite(area) || fabs(area) < 1e-9) {
		return -EINVAL;
	}
	if (strcmp(id, s_panel->id) == 0) {
		memcpy(s_panel->calibration, matrix, sizeof(s_panel->calibration));
		s_panel->calibrations++;
	}
	return 0;
}

static int panel_pause(struct os_touch *touch, bool paused)
{
	s_panel->paused = paused;
	if (paused) {
		s_panel->events->device_removed(s_panel->context, s_panel->id);
	} else {
		tell_added(s_panel->id, s_panel->name);
	}
	return 0;
}

static const struct os_touch_door s_door = {
    .struct_size = sizeof(s_door),
    .open = panel_open,
    .close = panel_close,
    .get_fd = panel_fd,
    .dispatch = panel_dispatch,
    .set_calibration = set_calibration,
    .pause = panel_pause,
};

static const struct os_board s_board = {.struct_size = sizeof(s_board), .name = "wrong-panel", .touch = &s_door};

void wrong_panel_init(struct wrong_panel *panel, const char *id, const char *name, const double fault[6])
{
	memset(panel, 0, sizeof(*panel));
	snprintf(panel->id, sizeof(panel->id), "%s", id);
	snprintf(panel->name, sizeof(panel->name), "%s", name);
	memcpy(panel->fault, fault, sizeof(panel->fault));
	panel->calibration[0] = panel->calibration[4] = 1;
	panel->plugged = true;
}

const struct os_board *wrong_panel_board(struct wrong_panel *panel)
{
	s_panel = panel;
	return &s_board;
}

static void through(const double m[6], double *x, double *y)
{
	double to_x = m[0] * *x + m[1] * *y + m[2], to_y = m[3] * *x + m[4] * *y + m[5];
	*x = fmin(fmax(to_x, 0), 1);
	*y = fmin(fmax(to_y, 0), 1);
}

void wrong_panel_touch(struct wrong_panel *panel, enum os_touch_phase phase, int finger, double x, double y)
{
	through(panel->fault, &x, &y);
	through(panel->calibration, &x, &y);
	const struct os_touch_sample sample = {
	    .time_us = os_clock_now_us(), .finger = finger, .phase = phase, .x = x, .y = y};
	panel->events->touch(panel->context, &sample, 1);
}

void wrong_panel_plug(struct wrong_panel *panel)
{
	panel->plugged = true;
	tell_added(panel->id, panel->name);
}

void wrong_panel_unplug(struct wrong_panel *panel)
{
	panel->plugged = false;
	panel->calibration[0] = panel->calibration[4] = 1;
	panel->calibration[1] = panel->calibration[2] = panel->calibration[3] = panel->calibration[5] = 0;
	panel->events->device_removed(panel->context, panel->id);
}
