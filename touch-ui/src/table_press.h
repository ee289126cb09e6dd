/* The finger on a row: highlights it, and selects it when it is lifted there. Private. */
#ifndef UI_SRC_TABLE_PRESS_H
#define UI_SRC_TABLE_PRESS_H

#include <os/timer.h>
#include <ui/table_view.h>
#include <ui/touch.h>

struct table_press {
	struct ui_row row;      /* highlighted now; section -1: none */
	int finger;             /* valid while a row is pressed by it */
	bool down;
	int64_t since_us;
	struct os_timer *timer; /* a short tap shows for 80 ms; NULL until needed */
	struct ui_view *table;  /* weak: owns us */
};

void table_press_finish(struct table_press *press);
void table_press_set(struct table_press *press, struct ui_view *table, struct ui_row row);
void table_touches(struct ui_view *view, enum ui_touch_phase phase, struct ui_touch *const *touches, int count);

#endif
