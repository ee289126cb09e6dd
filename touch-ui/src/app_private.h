/* App, for the files of this folder. */
#ifndef UI_APP_PRIVATE_H
#define UI_APP_PRIVATE_H

#include <ui/app_host.h>

struct ui_app {
	struct ui_app_class class;
	struct ui_app_options options;
	char id[128];
	char container_path[512];
	void *context; /* the app's own */
	struct ui_scene *scene;
	bool active, in_background, was_presented;
	bool in_front, unseen; /* unseen: the screen is dark */
	bool state_is_tried; /* what was saved is being used for the first time: see app_state.c */
	char *saved;         /* the text that was last written */
};

/* app_state.c */
void ui_app_restore_state(struct ui_app *app);
void ui_app_save_state(struct ui_app *app);
void ui_app_state_proved(struct ui_app *app); /* its first frame was presented */

#endif
