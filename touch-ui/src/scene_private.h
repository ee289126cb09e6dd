/* Scene, for the files of this folder. */
#ifndef UI_SCENE_PRIVATE_H
#define UI_SCENE_PRIVATE_H

#include <md/scene.h>
#include <os/array.h>
#include <ui/scene.h>

#include "window_private.h"
#include "work.h"

/* Who has the scene's input channel (input_method.c). */
struct ui_scene_input {
	void (*input)(void *context, const void *bytes, size_t length, uint32_t serial);
	void (*focus)(void *context, bool focused); /* keys and text come here, or no longer */
};

struct ui_scene {
	struct md_scene *md;
	struct ui_window *window;
	struct ui_view_controller *root; /* retained */
	struct os_array tickers;         /* of struct ui_ticker */
	struct ui_work work;
	struct md_tick tick;             /* the last one */
	bool in_frame, configured, focused;
	bool shown;                      /* a frame with all its surfaces was committed */
	const struct ui_scene_input *input;
	void *input_context;
	void (*presented)(void *context, uint64_t frame); /* app_host.c waits for the first frame */
	void *presented_context;
	void (*seen)(void *context, bool seen); /* app.c: the screen is dark, or light again */
	void *seen_context;
	char app[128]; /* id of the app, for the accessible tree */
};

struct ui_ticker {
	ui_tick_fn fn;
	void *context;
};

void ui_scene_set_input(struct ui_scene *scene, const struct ui_scene_input *input, void *context);
bool ui_scene_is_focused(const struct ui_scene *scene);
void ui_scene_count_row(struct ui_scene *scene); /* a table has built one */
struct ui_work *ui_scene_work(struct ui_scene *scene);
/* Frames of the last tick: the target time of what is drawn now. */
const struct md_tick *ui_scene_tick(const struct ui_scene *scene);

/* scene_query.c */
void ui_scene_query(struct ui_scene *scene, uint32_t serial, enum md_query query,
                    const char *argument);

#endif
