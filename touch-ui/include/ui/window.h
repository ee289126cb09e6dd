/* Window: the root of a scene's views (UIWindow).
 *
 * The root controller's view fills it. What lies over everything (an alert, a keyboard's shade) is
 * added to its view, in front of the others.
 *
 *	ui_view_add(ui_window_view(window), shade);
 *
 * Thread: main. */
#ifndef UI_WINDOW_H
#define UI_WINDOW_H

#include <ui/view.h>

UI_PUBLIC struct ui_view *ui_window_view(const struct ui_window *window); /* lends */
UI_PUBLIC struct ui_scene *ui_window_scene(const struct ui_window *window);
UI_PUBLIC struct md_size ui_window_size(const struct ui_window *window);
UI_PUBLIC struct md_insets ui_window_safe_area(const struct ui_window *window);
UI_PUBLIC const struct ui_appearance *ui_window_appearance(const struct ui_window *window);
/* The device time of the event or the frame that is being handled: where moving things are is told
 * for this time. */
UI_PUBLIC int64_t ui_window_now_us(const struct ui_window *window);
UI_PUBLIC struct ui_view *ui_window_first_responder(const struct ui_window *window); /* NULL: none */

#endif
