/* Touch: one finger from down to up (UITouch, UIEvent). Events carry their time; nobody reads a clock. */
#ifndef UI_TOUCH_H
#define UI_TOUCH_H

#include <ui/base.h>

struct ui_touch;
struct ui_view;

enum ui_touch_phase { UI_TOUCH_BEGAN, UI_TOUCH_MOVED, UI_TOUCH_ENDED, UI_TOUCH_CANCELLED };

UI_PUBLIC int ui_touch_finger(const struct ui_touch *touch);             /* 0 to 9 */
UI_PUBLIC int64_t ui_touch_time_us(const struct ui_touch *touch);        /* of the last sample, device time */
UI_PUBLIC int64_t ui_touch_began_us(const struct ui_touch *touch);
UI_PUBLIC enum ui_touch_phase ui_touch_phase(const struct ui_touch *touch);
UI_PUBLIC int ui_touch_tap_count(const struct ui_touch *touch);          /* 1 for the first tap */
/* NULL view: the window. */
UI_PUBLIC struct md_point ui_touch_position(const struct ui_touch *touch, const struct ui_view *view);
UI_PUBLIC struct md_point ui_touch_previous(const struct ui_touch *touch, const struct ui_view *view);
UI_PUBLIC struct md_point ui_touch_start(const struct ui_touch *touch, const struct ui_view *view);
UI_PUBLIC struct ui_view *ui_touch_view(const struct ui_touch *touch);   /* where it began; NULL if gone */
UI_PUBLIC bool ui_touch_from_edge(const struct ui_touch *touch);         /* in a system edge zone */

/* Raw samples since the last tick, oldest first, in the window's points. */
struct ui_touch_sample { int64_t time_us; struct md_point position; };
UI_PUBLIC int ui_touch_samples(const struct ui_touch *touch, struct ui_touch_sample *ret_samples, int max);

/* Keys of a hardware keyboard (UIPress). */
struct ui_key_event {
	int64_t time_us;
	uint32_t key, modifiers; /* os/key_input.h */
	bool down, repeat;
	const char *text;
};

#endif
