/* Calibrate show: Settings' calibration with all that is around it in one process: the compositor's
 * engine, services with a folder of their own, and a board for fingers that the test chooses.
 *
 *	struct show show = {.send = panel_touch};          how a finger comes to a place of the screen, 0 to 1
 *	calibrate_show_begin(&show, input_board, orientation);
 *	calibrate_show_start(&show);
 *	calibrate_show_do(&show);                          both swipes and all targets
 *	calibrate_show_end(&show);
 *
 * With TEST_PICTURES=FOLDER calibrate_show_picture writes there. */
#ifndef CALIBRATE_SHOW_H
#define CALIBRATE_SHOW_H

#include "test.h"

#include <cs/services_server.h>
#include <os/touch_input.h>

#include "calibrate.h"
#include "stage.h"

struct show {
	void (*send)(struct show *show, enum os_touch_phase phase, struct md_point place); /* unturned, 0 to 1 */
	void *context;
	struct stage stage;
	struct settings settings;
	struct md_display_client *client;
	struct ui_scene *scene;
	struct cs_server *server;
	struct os_listener listener;
	char path[64];
	int folder, orientation;
};

void calibrate_show_begin(struct show *show, const struct os_board *input_board, int orientation);
void calibrate_show_end(struct show *show);
void calibrate_show_pump(struct show *show);
/* What was saved is saved, and the screen of a calibration is gone. */
void calibrate_show_wait(struct show *show);
void calibrate_show_picture(struct show *show, const char *name);

/* Fingers, at true places of the screen as it is held. */
void calibrate_show_touch(struct show *show, enum os_touch_phase phase, double x, double y);
void calibrate_show_tap(struct show *show, double x, double y);
void calibrate_show_swipe(struct show *show, double x0, double y0, double x1, double y1);

void calibrate_show_start(struct show *show); /* for the first panel */
void calibrate_show_do(struct show *show);
struct calibrate *calibrate_shown(const struct show *show); /* fails where none is */
struct md_point calibrate_show_middle(const struct show *show, const struct ui_view *view); /* 0 to 1 */

#endif
