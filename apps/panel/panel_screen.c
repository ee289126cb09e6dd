/* One screen: the dial above the cards, or beside them where there is more width than height. */
#include "panel.h"

#include <math.h>
#include <string.h>

#include <ui/view_class.h>

#define MARGIN 20.0
#define GAP 20.0
#define LEAST_DIAL 260.0
#define MOST_DIAL 420.0
#define LEAST_COLUMN 260.0 /* where words and a switch stand beside each other */
#define MOST_COLUMN 460.0

/* --- The view: places the dial and the column ------------------------------------------------------- */

struct screen {
	struct panel *panel;
};

static const struct ui_view_class s_screen_class;

static struct panel *panel_of(const struct ui_view *view)
{
	return ((struct screen *)ui_view_state(view, &s_screen_class))->panel;
}

static double place(struct ui_view *view, double x, double y, double width, double height)
{
	double scale = ui_view_appearance(view)->scale;
	ui_view_set_frame(view, md_rect_snap((struct md_rect){x, y, width, height}, scale));
	return y + height;
}

static double column_height(const struct panel *panel, double width)
{
	return ui_view_size_that_fits(panel->column, (struct md_size){width, MD_UNBOUNDED}).height;
}

/* The dial on the left, or on the right from right to left. Returns how high all of it is. */
static double lay_out_beside(struct panel *panel, struct md_size room)
{
	double side = fmin(fmin((room.width - GAP) / 2, room.height), MOST_DIAL);
	double width = fmin(room.width - GAP - side, MOST_COLUMN);
	double height = column_height(panel, width);
	double rest = (room.width - side - width - GAP) / 2;
	bool rtl = ui_view_appearance(panel->screen)->rtl;
	double dial_x = rtl ? room.width - rest - side : rest;
	double column_x = rtl ? rest : room.width - rest - width;
	place(panel->dial, MARGIN + dial_x, MARGIN + (room.height - side) / 2, side, side);
	place(panel->column, MARGIN + column_x, MARGIN + fmax(room.height - height, 0) / 2, width, height);
	return fmax(room.height, height);
}

static double lay_out_above(struct panel *panel, struct md_size room)
{
	double width = fmin(room.width, MOST_COLUMN);
	double height = column_height(panel, width);
	double left = room.height - height - GAP; /* for the dial, if that is enough for it */
	double side = fmin(fmin(room.width, fmax(left, LEAST_DIAL)), MOST_DIAL);
	double total = fmax(room.height, side + GAP + height);
	place(panel->dial, MARGIN + (room.width - side) / 2, MARGIN + fmax(left - side, 0) / 2, side, side);
	place(panel->column, MARGIN + (room.width - width) / 2, MARGIN + total - height, width, height);
	return total;
}

/* What is too much for the screen, in the largest text, scrolls. */
static void screen_layout(struct ui_view *view, struct md_rect bounds)
{
	struct panel *panel = panel_of(view);
	struct md_insets safe = ui_view_safe_area(view);
	struct md_size room = {bounds.width - 2 * MARGIN, bounds.height - safe.top - safe.bottom - 2 * MARGIN};
	ui_view_set_frame(panel->scroller, bounds);
	bool beside = room.width > room.height && room.width >= LEAST_DIAL + GAP + LEAST_COLUMN;
	double height = beside ? lay_out_beside(panel, room) : lay_out_above(panel, room);
	ui_scroll_view_set_content_size(panel->scroller, (struct md_size){bounds.width, height + 2 * MARGIN});
}

static void screen_child_size_changed(struct ui_view *view, struct ui_view *child)
{
	ui_view_set_needs_layout(view);
}

static const struct ui_view_class s_screen_class = {
	.base = {.struct_size = sizeof(s_screen_class),
	         .name = "panel-screen",
	         .size = sizeof(struct screen),
	         .super = &ui_view_class.base},
	.layout = screen_layout,
	.child_size_changed = screen_child_size_changed,
};

/* --- What is on it ------------------------------------------------------------------------------------ */

static void did_turn(void *context, struct ui_view *dial)
{
	struct panel *panel = context;
	panel_model_set_brightness(&panel->model, ui_dial_value(dial));
}

static void did_toggle(void *context, struct ui_view *knob)
{
	struct panel *panel = context;
	panel_model_set_relay(&panel->model, ui_switch_is_on(knob));
}

static void did_retry(void *context, struct ui_view *button)
{
	struct panel *panel = context;
	panel_model_retry(&panel->model);
}

static struct ui_view *create_column(struct panel *panel)
{
	struct ui_view *column = ui_stack_create(UI_STACK_VERTICAL, 16);
	panel->problem = ui_label_create("");
	ui_label_set_style(panel->problem, UI_TEXT_SUBHEAD);
	ui_label_set_color(panel->problem, UI_COLOR_DESTRUCTIVE);
	ui_label_set_lines(panel->problem, 0);
	ui_view_set_hidden(panel->problem, true);
	ui_view_add(column, panel->problem);
	struct panel_card_options relay = {.name = "Relay", .symbol = "lightning", .on = "On", .off = "Off",
	                                   .toggled = did_toggle, .retried = did_retry, .context = panel};
	ui_view_add(column, panel_card_begin(&panel->relay, &relay));
	struct panel_card_options input = {.name = "Input", .symbol = "record-circle", .on = "Active",
	                                   .off = "Not active", .retried = did_retry, .context = panel};
	ui_view_add(column, panel_card_begin(&panel->input, &input));
	return column;
}

struct ui_view_controller *panel_screen_create(struct panel *panel)
{
	panel->screen = ui_view_create_of_class(&s_screen_class);
	((struct screen *)ui_view_state(panel->screen, &s_screen_class))->panel = panel;
	ui_view_set_background(panel->screen, UI_COLOR_GROUPED_BACKGROUND);
	panel->scroller = ui_scroll_view_create();
	ui_view_add(panel->screen, panel->scroller);
	panel->dial = ui_dial_create(panel->model.brightness);
	ui_dial_set_range(panel->dial, 0, 1, 0.01);
	ui_dial_set_symbols(panel->dial, "sun", "sun-fill");
	ui_dial_set_caption(panel->dial, "Brightness");
	ui_view_set_label(panel->dial, "Brightness");
	ui_control_add_action(panel->dial, UI_CONTROL_VALUE_CHANGED, did_turn, panel);
	ui_view_add(panel->scroller, panel->dial);
	panel->column = create_column(panel);
	ui_view_add(panel->scroller, panel->column);
	panel_screen_show(panel);
	return ui_view_controller_create_with_view(panel->screen, "Panel");
}

void panel_screen_show(struct panel *panel)
{
	const struct panel_model *model = &panel->model;
	if (panel->screen == NULL) {
		return; /* there is no scene yet */
	}
	ui_dial_set_value(panel->dial, model->brightness);
	bool changed = strcmp(ui_label_text(panel->problem), model->sentence) != 0;
	ui_label_set_text(panel->problem, model->sentence);
	ui_view_set_hidden(panel->problem, model->sentence[0] == '\0');
	changed |= panel_card_show(&panel->relay, &model->relay);
	changed |= panel_card_show(&panel->input, &model->input);
	ui_view_set_hidden(panel->input.view, !model->input.there); /* most boards have none */
	if (changed) { /* while the dial is turned, nothing but the dial */
		ui_view_set_needs_layout(panel->screen);
	}
}
