/* Dial: a number by turning a ring (a rotary knob; iOS has none, its makers of instruments do).
 *
 *	struct ui_view *dial = ui_dial_create(0.4);                 0 to 1
 *	ui_view_set_label(dial, "Brightness");
 *	ui_dial_set_symbols(dial, "sun", "sun-fill");               below its two ends
 *	ui_control_add_action(dial, UI_CONTROL_VALUE_CHANGED, did_dim, self);
 *
 * The ring goes round by 270 degrees, clockwise for more, also from right to left, as clocks and
 * screws do. A finger that comes down anywhere on the ring turns it by as much as it goes around the
 * middle; one that comes down inside moves it up and down. Where it came down changes nothing, so
 * the value never jumps, and nothing moves on after the finger has lifted. Past an end it stays there:
 * it never comes round to the other one. A list that is scrolled with the finger on a dial puts its
 * value back. With a keyboard: arrows, page keys, home and end.
 *
 * VALUE_CHANGED comes with every change under the finger, RELEASED when it lifts. The value stands in
 * the middle. It is as large as it may be, square, 132 points at least. */
#ifndef UI_DIAL_H
#define UI_DIAL_H

#include <ui/control.h>

UI_PUBLIC struct ui_view *ui_dial_create(double value);
/* step 0: any value between. minimum < maximum; 0 to 1 without steps is the default. */
UI_PUBLIC void ui_dial_set_range(struct ui_view *dial, double minimum, double maximum, double step);
/* Clamped to the range; while a finger holds the dial nothing happens. */
UI_PUBLIC void ui_dial_set_value(struct ui_view *dial, double value);
UI_PUBLIC double ui_dial_value(const struct ui_view *dial);
/* Names of symbols below the low and the high end; NULL: none. */
UI_PUBLIC void ui_dial_set_symbols(struct ui_view *dial, const char *low, const char *high);
/* A word under the value, such as its unit; NULL: none. */
UI_PUBLIC void ui_dial_set_caption(struct ui_view *dial, const char *caption);

#endif
