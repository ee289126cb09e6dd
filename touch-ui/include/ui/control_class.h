/* Control class: for those who make a control of their own. */
#ifndef UI_CONTROL_CLASS_H
#define UI_CONTROL_CLASS_H

#include <ui/control.h>
#include <ui/view_class.h>

struct ui_control_class {
	struct ui_view_class base; /* base.base.super: &ui_control_class.base.base */
	/* Tracking of a finger; NULL: press, drag out, lift. Return false to end it. */
	bool (*track)(struct ui_view *control, const struct ui_touch *touch);
	void (*state_changed)(struct ui_view *control); /* NULL: ui_view_set_needs_draw */
};

UI_PUBLIC extern const struct ui_control_class ui_control_class;
UI_PUBLIC void ui_control_send(struct ui_view *control, enum ui_control_event event);

#endif
