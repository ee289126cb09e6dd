/* Scene: an app's place on the display (UIWindowScene), with one window in it.
 *
 * The scene lays out and draws on ticks only: properties mark views, the tick does the work once.
 * Order of a tick: touches, scrolling at T(n), layout to a fixed point (8 passes at most), drawing,
 * commit. Thread: main. */
#ifndef UI_SCENE_H
#define UI_SCENE_H

#include <ui/base.h>

struct md_display_client;
struct md_scene;
struct ui_appearance;
struct ui_scene;
struct ui_view;
struct ui_view_controller;
struct ui_window;

/* For the app host and tests; apps get theirs in scene_connected. role: enum md_scene_role. */
UI_PUBLIC struct ui_scene *ui_scene_create(struct md_display_client *client, int role);
UI_PUBLIC struct ui_scene *ui_scene_release(struct ui_scene *scene);

UI_PUBLIC void ui_scene_set_root(struct ui_scene *scene, struct ui_view_controller *root); /* takes the reference */
UI_PUBLIC struct ui_view_controller *ui_scene_root(const struct ui_scene *scene);
UI_PUBLIC struct ui_window *ui_scene_window(const struct ui_scene *scene);
UI_PUBLIC struct md_scene *ui_scene_md(const struct ui_scene *scene);
UI_PUBLIC struct md_size ui_scene_size(const struct ui_scene *scene);
UI_PUBLIC struct md_insets ui_scene_safe_area(const struct ui_scene *scene);
UI_PUBLIC const struct ui_appearance *ui_scene_appearance(const struct ui_scene *scene);
/* Called on every tick while it is set: for what the app moves by itself. */
typedef void (*ui_tick_fn)(void *context, int64_t target_us);
UI_PUBLIC void ui_scene_add_ticker(struct ui_scene *scene, ui_tick_fn fn, void *context);
UI_PUBLIC void ui_scene_remove_ticker(struct ui_scene *scene, ui_tick_fn fn, void *context);

/* What has been done since the scene began; tests count these. */
struct ui_scene_counts { uint64_t ticks, views_laid_out, views_drawn, layout_passes, rows_built; };
UI_PUBLIC struct ui_scene_counts ui_scene_counts(const struct ui_scene *scene);

#endif
