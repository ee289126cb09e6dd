/* Wrong panel: an input board with touch devices that report other places than were touched (turned,
 * mirrored, cut off), and take a calibration as os_touch_door says. A test's finger goes to true
 * places; what the compositor hears went through the panel's fault and then the calibration.
 *
 *	static const double s_turned[6] = {0, 1, 0, -1, 0, 1};
 *	wrong_panel_init(&panel, "usb-1", "A panel", s_turned);
 *	options.input_board = wrong_panel_board(&panel);
 *	wrong_panel_touch(&panel, OS_TOUCH_DOWN, 0, 0.25, 0.5);
 *
 * One at a time. Thread: the loop's. */
#ifndef WRONG_PANEL_H
#define WRONG_PANEL_H

#include <os/board.h>

struct wrong_panel {
	char id[128], name[128];
	double fault[6];         /* from true places to those reported */
	double calibration[6];   /* as last set */
	int calibrations;        /* how often it was set */
	bool plugged, paused;
	char second_id[128];     /* another device, "" none; its fingers are never down */
	const struct os_touch_events *events; /* NULL: the door is not open */
	void *context;
};

void wrong_panel_init(struct wrong_panel *panel, const char *id, const char *name, const double fault[6]);
const struct os_board *wrong_panel_board(struct wrong_panel *panel);
void wrong_panel_touch(struct wrong_panel *panel, enum os_touch_phase phase, int finger, double x, double y);
void wrong_panel_plug(struct wrong_panel *panel);
void wrong_panel_unplug(struct wrong_panel *panel);

#endif
