/* What the controls of this layer share. Private. */
#ifndef UI_SRC_CONTROL_PRIVATE_H
#define UI_SRC_CONTROL_PRIVATE_H

#include <string.h>

#include <os/memory.h>
#include <ui/control_class.h>

/* Fills enabled, selected, focused, leaf and the action "activate". */
void control_describe(const struct ui_view *view, struct ui_accessibility *element);

#endif
