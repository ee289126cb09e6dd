#include "alert_button.h"

#include <math.h>
#include <string.h>

#include <md/canvas.h>

#include "control_private.h"

#define MIN_TARGET 44.0 /* points (FEEL.md, Look) */
#define PADDING 12.0
#define INSET 4.0
#define CORNER 10.0
#define RING 2.0

struct alert_button {
	char *title;
	enum ui_alert_kind kind;
	bool is_default, side_line;
};

static const struct ui_control_class s_alert_button_class;

static struct alert_button *button_of(const struct ui_view *view)
{
	return ui_view_state(view, &s_alert_button_class.base);
}

static struct md_text_layout *create_layout(const struct ui_view *view, double width)
{
	const struct alert_button *button = button_of(view);
	enum ui_text_style text = button->is_default ? UI_TEXT_HEADLINE : UI_TEXT_BODY;
	struct md_text_style style = {
	    .font = ui_font_for_style(text, ui_view_appearance(view)->text_size),
	    .align = MD_ALIGN_CENTER,
	};
	return md_text_layout_create(button->title, strlen(button->title), &style, width);
}

static void draw_lines(const struct ui_view *view, struct md_canvas *canvas, struct md_rect bounds)
{
	const struct ui_appearance *appearance = ui_view_appearance(view);
	double pixel = 1 / appearance->scale;
	struct md_color color = ui_view_resolve_color(view, UI_COLOR_SEPARATOR);
	md_canvas_fill_rect(canvas, (struct md_rect){0, 0, bounds.width, pixel}, color);
	if (button_of(view)->side_line) {
		double x = appearance->rtl ? bounds.width - pixel : 0;
		md_canvas_fill_rect(canvas, (struct md_rect){x, 0, pixel, bounds.height}, color);
	}
}

static void alert_button_draw(struct ui_view *view, struct md_canvas *canvas, struct md_rect dirty)
{
	struct md_rect bounds = ui_view_bounds(view);
	struct md_rect box = md_rect_inset(bounds, (struct md_insets){INSET, INSET, INSET, INSET});
	draw_lines(view, canvas, bounds);
	if (ui_control_is_pressed(view)) {
		md_canvas_fill_rounded_rect(canvas, box, CORNER,
					    ui_view_resolve_color(view, UI_COLOR_PRESSED));
	}
	if (ui_view_is_first_responder(view)) {
		md_canvas_stroke_rounded_rect(canvas, box, CORNER, RING,
					      ui_view_resolve_color(view, UI_COLOR_TINT));
	}
	bool destructive = button_of(view)->kind == UI_ALERT_DESTRUCTIVE;
	struct md_text_layout *layout = create_layout(view, bounds.width - 2 * PADDING);
	double y = (bounds.height - md_text_layout_size(layout).height) / 2;
	struct md_point at = {PADDING, md_snap(y, ui_view_appearance(view)->scale)};
	md_canvas_draw_text(
	    canvas, layout, at,
	    ui_view_resolve_color(view, destructive ? UI_COLOR_DESTRUCTIVE : UI_COLOR_TINT));
	md_text_layout_release(layout);
}

static struct md_size alert_button_size_that_fits(struct ui_view *view, struct md_size proposal)
{
	struct md_text_layout *layout = create_layout(view, proposal.width - 2 * PADDING);
	double height = md_text_layout_size(layout).height + 2 * PADDING;
	md_text_layout_release(layout);
	return (struct md_size){proposal.width, OS_MAX(height, MIN_TARGET)};
}

double alert_button_natural_width(struct ui_view *view)
{
	struct md_text_layout *layout = create_layout(view, MD_UNBOUNDED);
	double width = md_text_layout_size(layout).width;
	md_text_layout_release(layout);
	return ceil(width) + 2 * PADDING;
}

static void alert_button_accessibility(struct ui_view *view, struct ui_accessibility *ret_element)
{
	ret_element->role = UI_ROLE_BUTTON;
	ret_element->label = button_of(view)->title;
	control_describe(view, ret_element);
}

static bool alert_button_key(struct ui_view *view, const struct ui_key_event *event)
{
	bool activates = event->text[0] == ' ' || event->text[0] == '\n' || event->text[0] == '\r';
	if (!event->down || event->repeat || !activates) {
		return false;
	}
	ui_control_send(view, UI_CONTROL_TAPPED);
	return true;
}

static void alert_button_focus(struct ui_view *view, bool focused)
{
	ui_view_set_needs_draw(view);
}

static void alert_button_finalize(struct os_object *object)
{
	struct alert_button *button = os_object_state(object, &s_alert_button_class.base.base);
	os_free(button->title);
}

static const struct ui_control_class s_alert_button_class = {
    .base = {.base = {.struct_size = sizeof(s_alert_button_class),
		      .name = "alert-button",
		      .size = sizeof(struct alert_button),
		      .super = &ui_control_class.base.base,
		      .finalize = alert_button_finalize},
	     .draw = alert_button_draw,
	     .size_that_fits = alert_button_size_that_fits,
	     .accessibility = alert_button_accessibility,
	     .key = alert_button_key,
	     .focus = alert_button_focus},
};

struct ui_view *alert_button_create(const char *title, enum ui_alert_kind kind, bool is_default)
{
	struct ui_view *view = ui_view_create_of_class(&s_alert_button_class.base);
	struct alert_button *button = button_of(view);
	button->title = os_strdup(title);
	button->kind = kind;
	button->is_default = is_default;
	return view;
}

void alert_button_set_side_line(struct ui_view *view, bool line)
{
	if (button_of(view)->side_line != line) {
		button_of(view)->side_line = line;
		ui_view_set_needs_draw(view);
	}
}
