/* Window: the root of a scene's views, and what is one for all of them. For the files of this
 * folder. */
#ifndef UI_WINDOW_PRIVATE_H
#define UI_WINDOW_PRIVATE_H

#include <md/layer.h>
#include <os/timer.h>
#include <ui/scene.h>
#include <ui/window.h>

#include "gesture_private.h"
#include "touch_private.h"
#include "view_controller_private.h"
#include "view_private.h"

struct md_scene;
struct pending_animation;

struct ui_window {
	struct ui_scene *scene; /* weak: it owns us; NULL in tests of views alone */
	struct ui_view *root;
	struct md_size size;
	struct md_insets safe_area;
	struct ui_appearance appearance;
	struct ui_scene_counts counts;
	int64_t now_us;      /* of the event or the frame that is being handled */
	bool drawing, lacks_surfaces, needs_tick;
	int stalls;          /* frames in a row in which a surface's buffers were all in use */
	struct os_weak first_responder; /* a view */
	/* of struct pending_animation *: added with the next frame's layers */
	struct os_array animations;
	/* fingers */
	struct ui_touch *touches[UI_FINGERS]; /* by finger; NULL: not on the screen */
	struct ui_last_tap last_tap;
	struct arena arena;
	/* the earliest deadline of gestures and delayed touches; NULL without a loop */
	struct os_timer *timer;
	bool settling;          /* deadlines or touches are being handled */
};

struct ui_window *ui_window_create(struct ui_scene *scene);
struct ui_window *ui_window_destroy(struct ui_window *window);
/* Tells all views what is new. True if traits are. */
bool ui_window_configure(struct ui_window *window, struct md_size size, struct md_insets safe_area,
                         const struct ui_appearance *appearance);
void ui_window_needs_tick(struct ui_window *window);
bool ui_window_is_dirty(const struct ui_window *window);
/* Layout to a fixed point, layers, animations, drawing. */
void ui_window_lay_out(struct ui_window *window);
void ui_window_draw(struct ui_window *window);
void ui_window_lacks_surfaces(struct ui_window *window);
void ui_window_stalls(struct ui_window *window);
void ui_window_assert_not_drawing(const struct ui_window *window, const struct ui_view *view);
/* A view goes: its fingers, its gestures and the focus go with it. */
void ui_window_view_leaves(struct ui_window *window, struct ui_view *view);

struct ui_scene_counts *ui_window_counts(struct ui_window *window);
struct md_scene *ui_window_md(const struct ui_window *window); /* NULL in tests of views alone */
struct md_layer *ui_window_root_layer(const struct ui_window *window);

/* view_animation.c */
void ui_animations_start(struct ui_window *window); /* those of ui_animate since the last frame */
void ui_animations_cancel(struct ui_window *window, struct ui_view *view); /* view NULL: all */

/* wheel.c: by points, right and down; false: nothing there scrolls any further. */
bool ui_window_scroll(struct ui_window *window, struct md_point position, struct md_point by);

/* scene.c */
void ui_scene_needs_tick(struct ui_scene *scene);

#endif
