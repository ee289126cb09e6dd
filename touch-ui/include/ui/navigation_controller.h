/* Navigation controller: a stack of screens with a bar above (UINavigationController).
 *
 *	struct ui_view_controller *navigation = ui_navigation_controller_create(list);      takes it
 *	ui_navigation_controller_push(navigation, editor, true);                            takes it
 *	ui_navigation_controller_pop(navigation, true);
 *
 * Push, pop and the finger's pop have FEEL.md's constants and run in the compositor. The back
 * button has the title of the screen below as its text, and the label "Back". */
#ifndef UI_NAVIGATION_CONTROLLER_H
#define UI_NAVIGATION_CONTROLLER_H

#include <ui/view_controller.h>

UI_PUBLIC struct ui_view_controller *ui_navigation_controller_create(struct ui_view_controller *root);
UI_PUBLIC void ui_navigation_controller_push(struct ui_view_controller *navigation,
                                             struct ui_view_controller *controller, bool animated);
UI_PUBLIC void ui_navigation_controller_pop(struct ui_view_controller *navigation, bool animated);
UI_PUBLIC void ui_navigation_controller_pop_to_root(struct ui_view_controller *navigation, bool animated);
UI_PUBLIC int ui_navigation_controller_depth(const struct ui_view_controller *navigation);
UI_PUBLIC struct ui_view_controller *ui_navigation_controller_top(const struct ui_view_controller *navigation);
/* The navigation controller that this one is in, NULL if none. */
UI_PUBLIC struct ui_view_controller *ui_view_controller_navigation(const struct ui_view_controller *controller);
/* State of the whole stack: each screen's class name, and what its save_state gives. */
UI_PUBLIC struct cs_value *ui_navigation_controller_save(struct ui_view_controller *navigation);

#endif
