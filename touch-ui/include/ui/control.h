/* Control: a view that turns fingers into actions (UIControl).
 *
 *	ui_control_add_action(button, UI_CONTROL_TAPPED, save_it, self);
 *
 * States: normal, pressed (a finger is on it), disabled, focused, selected; the look follows. In a
 * scroller the highlight waits 120 ms, and a shorter tap still shows pressed for 80 ms (FEEL.md).
 * An action whose context is an object holds it weakly (ui_control_add_object_action). */
#ifndef UI_CONTROL_H
#define UI_CONTROL_H

#include <ui/view.h>

enum ui_control_event {
	UI_CONTROL_TAPPED,        /* lifted inside (44 pt of grace around) */
	UI_CONTROL_VALUE_CHANGED, /* by the person, not by a setter */
	UI_CONTROL_PRESSED, UI_CONTROL_RELEASED,
	UI_CONTROL_EDIT_BEGAN, UI_CONTROL_EDIT_CHANGED, UI_CONTROL_EDIT_ENDED, UI_CONTROL_RETURN,
	UI_CONTROL_EVENTS
};

typedef void (*ui_action_fn)(void *context, struct ui_view *control);

UI_PUBLIC void ui_control_add_action(struct ui_view *control, enum ui_control_event event, ui_action_fn fn,
                                     void *context);
UI_PUBLIC void ui_control_add_object_action(struct ui_view *control, enum ui_control_event event, ui_action_fn fn,
                                            void *object);
UI_PUBLIC void ui_control_remove_actions(struct ui_view *control, void *context);
UI_PUBLIC void ui_control_set_disabled(struct ui_view *control, bool disabled);
UI_PUBLIC bool ui_control_is_disabled(const struct ui_view *control);
UI_PUBLIC bool ui_control_is_pressed(const struct ui_view *control);
UI_PUBLIC void ui_control_set_selected(struct ui_view *control, bool selected);
UI_PUBLIC bool ui_control_is_selected(const struct ui_view *control);

#endif
