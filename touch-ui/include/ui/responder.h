/* Responder: the way of what has no place on the screen: keys and commands (UIResponder).
 *
 * Both begin at the first responder (the window's root if there is none) and go up, each view and
 * then the controller whose view it is, until somebody says true.
 *
 *	if (ui_responder_command(view, "copy", true)) { … show "Copy" in the menu … }
 *	ui_responder_command(view, "copy", false);
 *
 * Commands are words: copy cut paste select-all undo redo delete. Thread: main. */
#ifndef UI_RESPONDER_H
#define UI_RESPONDER_H

#include <ui/touch.h>
#include <ui/view.h>

/* Asks view and then its ancestors. only_ask: could somebody do it now? */
UI_PUBLIC bool ui_responder_command(struct ui_view *view, const char *action, bool only_ask);
UI_PUBLIC bool ui_responder_key(struct ui_view *view, const struct ui_key_event *event);

#endif
