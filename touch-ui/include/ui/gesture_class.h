/* Gesture class: for those who make a recogniser of their own.
 *
 * A recogniser is one const table, with its configuration and its state apart in one struct, so
 * that reset is one memset of the state. It is fed samples and may ask for one deadline. */
#ifndef UI_GESTURE_CLASS_H
#define UI_GESTURE_CLASS_H

#include <ui/gesture.h>

struct ui_gesture_class {
	struct os_class base; /* super: &ui_gesture_class.base */
	void (*reset)(struct ui_gesture *gesture);
	void (*touches)(struct ui_gesture *gesture, enum ui_touch_phase phase, struct ui_touch *const *touches, int count);
	void (*deadline)(struct ui_gesture *gesture, int64_t now_us); /* the one asked for */
	bool (*prevents)(struct ui_gesture *gesture, struct ui_gesture *other);        /* NULL: true */
	bool (*prevented_by)(struct ui_gesture *gesture, struct ui_gesture *other);    /* NULL: true */
};

UI_PUBLIC extern const struct ui_gesture_class ui_gesture_class;
UI_PUBLIC struct ui_gesture *ui_gesture_create_of_class(const struct ui_gesture_class *class, ui_gesture_fn fn,
                                                        void *context);
UI_PUBLIC void *ui_gesture_own_state(const struct ui_gesture *gesture, const struct ui_gesture_class *class);
/* Asks the arena for this state; why is for the watcher ("moved 14 pt"). */
UI_PUBLIC void ui_gesture_set_state(struct ui_gesture *gesture, enum ui_gesture_state state, const char *why);
UI_PUBLIC void ui_gesture_set_deadline(struct ui_gesture *gesture, int64_t at_us); /* OS_NEVER: none */

#endif
