/* Slider: a number by dragging a thumb along a track (UISlider).
 *
 *	struct ui_view *slider = ui_slider_create(0.4);             0 to 1
 *	ui_view_set_label(slider, "Brightness");
 *	ui_slider_set_symbols(slider, "sun", "sun-fill");           at its two ends
 *	ui_control_add_action(slider, UI_CONTROL_VALUE_CHANGED, did_dim, self);
 *
 * VALUE_CHANGED comes with every move of the finger, RELEASED when it lifts: what is costly waits
 * for that one. A drag that begins anywhere on the slider moves the thumb by as much; a tap on the
 * track sets it there. A list that is scrolled with the finger on a slider puts its value back.
 * With a keyboard: arrows, page keys, home and end. It is as wide as it may be, 44 points high. */
#ifndef UI_SLIDER_H
#define UI_SLIDER_H

#include <ui/control.h>

UI_PUBLIC struct ui_view *ui_slider_create(double value);
/* step 0: any value between. minimum < maximum; 0 to 1 without steps is the default. */
UI_PUBLIC void ui_slider_set_range(struct ui_view *slider, double minimum, double maximum, double step);
/* Clamped to the range; while a finger holds the thumb nothing happens. */
UI_PUBLIC void ui_slider_set_value(struct ui_view *slider, double value);
UI_PUBLIC double ui_slider_value(const struct ui_view *slider);
/* Names of symbols at the low and the high end; NULL: none. */
UI_PUBLIC void ui_slider_set_symbols(struct ui_view *slider, const char *low, const char *high);

#endif
