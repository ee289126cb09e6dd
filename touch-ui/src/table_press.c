#include "table_press.h"

#include <math.h>

#include "table_cell_private.h"
#include "table_view_private.h"

#define SLOP 10.0         /* FEEL.md, Tap */
#define SHORTEST_US 80000 /* FEEL.md, Touch in a scroller */

static const struct ui_row s_no_row = {-1, -1};

void table_press_finish(struct table_press *press)
{
	press->timer = os_timer_release(press->timer);
}

static void highlight(struct ui_view *table, struct ui_row row, bool pressed)
{
	struct table_live *live = table_rows_find(&table_of(table)->rows, TABLE_ROW, row);
	if (live != NULL && table_cell_is(live->view)) {
		table_cell_set_pressed(live->view, pressed);
	}
}

void table_press_set(struct table_press *press, struct ui_view *table, struct ui_row row)
{
	if (press->row.section >= 0) {
		highlight(table, press->row, false);
	}
	press->row = row;
	if (row.section >= 0) {
		highlight(table, row, true);
	}
}

static void did_show_long_enough(void *context, int64_t now_us)
{
	struct table_press *press = context;
	if (!press->down) {
		table_press_set(press, press->table, s_no_row);
	}
}

static void let_go(struct table_press *press, struct ui_view *table, int64_t now_us)
{
	press->down = false;
	if (now_us - press->since_us >= SHORTEST_US || os_loop_current() == NULL) {
		table_press_set(press, table, s_no_row);
		return;
	}
	press->table = table;
	if (press->timer == NULL) {
		press->timer = os_timer_create(os_loop_current(), OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON,
		                               did_show_long_enough, press);
	}
	os_timer_set(press->timer, press->since_us + SHORTEST_US);
}

static void finger_down(struct ui_view *view, const struct ui_touch *touch)
{
	struct table *table = table_of(view);
	struct ui_row row;
	double y = ui_touch_position(touch, view).y;
	if (table->press.down || table->source == NULL || table->source->selected == NULL ||
	    !table_layout_row_at(&table->layout, y, &row)) {
		return;
	}
	table->press.down = true;
	table->press.finger = ui_touch_finger(touch);
	table->press.since_us = ui_touch_time_us(touch);
	table_press_set(&table->press, view, row);
}

static bool strayed(const struct ui_touch *touch)
{
	struct md_point start = ui_touch_start(touch, NULL), now = ui_touch_position(touch, NULL);
	return hypot(now.x - start.x, now.y - start.y) > SLOP;
}

static void finger_up(struct ui_view *view, const struct ui_touch *touch)
{
	struct table *table = table_of(view);
	struct ui_row row = table->press.row;
	let_go(&table->press, view, ui_touch_time_us(touch));
	if (row.section >= 0) {
		table->source->selected(table->context, view, row);
	}
}

void table_touches(struct ui_view *view, enum ui_touch_phase phase, struct ui_touch *const *touches, int count)
{
	struct table_press *press = &table_of(view)->press;
	os_retain(view);
	for (int i = 0; i < count; i++) {
		if (phase == UI_TOUCH_BEGAN) {
			finger_down(view, touches[i]);
		}
		if (!press->down || ui_touch_finger(touches[i]) != press->finger) {
			continue;
		}
		if (phase == UI_TOUCH_ENDED) {
			finger_up(view, touches[i]);
		} else if (phase == UI_TOUCH_CANCELLED || strayed(touches[i])) {
			press->down = false;
			table_press_set(press, view, s_no_row);
		}
	}
	os_release(view);
}
