/* What the panel turns and switches: the display's brightness, a relay, and an input if there is one.
 *
 * The brightness is the device's setting; whether the relay is on is the app's own, so that it is as it
 * was after a restart. Both lines are named in the manifest. Thread: main. */
#ifndef PANEL_MODEL_H
#define PANEL_MODEL_H

#include <cs/settings.h>
#include <os/os.h>

struct panel_line {
	struct os_hardware *line;
	bool answered, there; /* whether it can be had is known; and whether it can */
	bool on;
	char sentence[480]; /* why not */
};

struct panel_model {
	struct cs_services *services;
	struct cs_settings *settings;
	struct os_listener listener;
	struct panel_line relay, input;
	double brightness; /* 0 to 1 */
	bool writing, waiting; /* brightness: one is under way; another one waits for it */
	char sentence[480]; /* why the brightness cannot be changed, "" */
	void (*changed)(void *context);
	void *context;
};

/* changed is called whenever something of the above is another one now. */
void panel_model_begin(struct panel_model *model, void (*changed)(void *context), void *context);
void panel_model_end(struct panel_model *model);
void panel_model_set_brightness(struct panel_model *model, double brightness);
void panel_model_set_relay(struct panel_model *model, bool on);
/* Asks once more for what could not be had. */
void panel_model_retry(struct panel_model *model);

#endif
