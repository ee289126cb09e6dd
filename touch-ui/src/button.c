#include <ui/button.h>

#include <md/canvas.h>

#include "control_private.h"

#define MIN_TARGET 44.0 /* points (FEEL.md, Look) */
#define PADDING 16.0
#define GAP 8.0
#define CORNER 10.0

struct button {
	char *title, *symbol;
	enum ui_button_look look;
	enum ui_text_style style;
};

static const struct ui_control_class s_button_class;

static struct button *button_of(const struct ui_view *view)
{
	return ui_view_state(view, &s_button_class.base);
}

static bool is_boxed(const struct button *button)
{
	return button->look == UI_BUTTON_FILLED || button->look == UI_BUTTON_TINTED;
}

static struct md_text_layout *create_layout(const struct ui_view *view)
{
	const struct button *button = button_of(view);
	struct md_text_style style = {
		.font = ui_font_for_style(button->style, ui_view_appearance(view)->text_size),
		.max_lines = 1,
		.single_paragraph = true,
	};
	return md_text_layout_create(button->title, strlen(button->title), &style, MD_UNBOUNDED);
}

static double symbol_side(const struct ui_view *view)
{
	struct md_font font = ui_font_for_style(button_of(view)->style, ui_view_appearance(view)->text_size);
	return md_snap(font.size * 1.25, 1);
}

/* Pressed is paler, disabled greyer; the person's tint otherwise. */
static struct md_color content_color(const struct ui_view *view)
{
	const struct button *button = button_of(view);
	if (ui_control_is_disabled(view)) {
		return ui_view_resolve_color(view, UI_COLOR_TERTIARY_LABEL);
	}
	enum ui_color color = UI_COLOR_TINT;
	if (button->look == UI_BUTTON_FILLED) {
		color = UI_COLOR_ON_TINT;
	} else if (button->look == UI_BUTTON_DESTRUCTIVE) {
		color = UI_COLOR_DESTRUCTIVE;
	}
	struct md_color value = ui_view_resolve_color(view, color);
	bool fades = ui_control_is_pressed(view) && !is_boxed(button);
	return fades ? md_color_with_alpha(value, 0.35) : value;
}

static void draw_box(const struct ui_view *view, struct md_canvas *canvas, struct md_rect bounds)
{
	struct md_color tint = ui_view_resolve_color(view, UI_COLOR_TINT);
	struct md_color fill = tint;
	if (ui_control_is_disabled(view)) {
		fill = ui_view_resolve_color(view, UI_COLOR_FILL);
	} else if (button_of(view)->look == UI_BUTTON_TINTED) {
		fill = md_color_with_alpha(tint, ui_control_is_pressed(view) ? 0.28 : 0.15);
	} else if (ui_control_is_pressed(view)) {
		fill = md_color_mix(tint, MD_COLOR_BLACK, 0.18);
	}
	md_canvas_fill_rounded_rect(canvas, bounds, CORNER, fill);
}

static void draw_focus_ring(const struct ui_view *view, struct md_canvas *canvas, struct md_rect bounds)
{
	if (ui_view_is_first_responder(view)) {
		md_canvas_stroke_rounded_rect(canvas, bounds, CORNER, 2,
		                              ui_view_resolve_color(view, UI_COLOR_TINT));
	}
}

static void button_draw(struct ui_view *view, struct md_canvas *canvas, struct md_rect dirty)
{
	const struct button *button = button_of(view);
	const struct ui_appearance *appearance = ui_view_appearance(view);
	struct md_rect bounds = ui_view_bounds(view);
	if (is_boxed(button)) {
		draw_box(view, canvas, bounds);
	}
	struct md_color color = content_color(view);
	struct md_text_layout *layout = button->title != NULL ? create_layout(view) : NULL;
	struct md_size text = layout != NULL ? md_text_layout_size(layout) : (struct md_size){0, 0};
	double side = button->symbol != NULL ? symbol_side(view) : 0;
	double gap = layout != NULL && side > 0 ? GAP : 0;
	double x = bounds.x + (bounds.width - side - gap - text.width) / 2;
	double text_x = appearance->rtl ? x : x + side + gap;
	double symbol_x = appearance->rtl ? x + text.width + gap : x;
	double middle = bounds.y + bounds.height / 2;
	if (side > 0) {
		struct md_rect place = {symbol_x, middle - side / 2, side, side};
		md_canvas_draw_symbol(canvas, button->symbol, md_rect_snap(place, appearance->scale), color);
	}
	if (layout != NULL) {
		struct md_point origin = {md_snap(text_x, appearance->scale),
		                          md_snap(middle - text.height / 2, appearance->scale)};
		md_canvas_draw_text(canvas, layout, origin, color);
		md_text_layout_release(layout);
	}
	draw_focus_ring(view, canvas, bounds);
}

static struct md_size button_size_that_fits(struct ui_view *view, struct md_size proposal)
{
	const struct button *button = button_of(view);
	struct md_size size = {0, 0};
	if (button->title != NULL) {
		struct md_text_layout *layout = create_layout(view);
		size = md_text_layout_size(layout);
		md_text_layout_release(layout);
	}
	if (button->symbol != NULL) {
		double side = symbol_side(view);
		size.width += side + (button->title != NULL ? GAP : 0);
		size.height = OS_MAX(size.height, side);
	}
	size.width += 2 * (is_boxed(button) ? PADDING : PADDING / 2);
	size.width = OS_MAX(size.width, MIN_TARGET);
	size.height = OS_MAX(size.height + PADDING, MIN_TARGET);
	return size;
}

static void button_accessibility(struct ui_view *view, struct ui_accessibility *ret_element)
{
	ret_element->role = UI_ROLE_BUTTON;
	ret_element->label = button_of(view)->title;
	control_describe(view, ret_element);
}

static bool button_key(struct ui_view *view, const struct ui_key_event *event)
{
	bool activates = strcmp(event->text, " ") == 0 || strcmp(event->text, "\n") == 0 ||
	                 strcmp(event->text, "\r") == 0;
	if (!event->down || !activates || ui_control_is_disabled(view)) {
		return false;
	}
	ui_control_send(view, UI_CONTROL_TAPPED);
	return true;
}

static void button_changed(struct ui_view *view)
{
	ui_view_invalidate_size(view);
	ui_view_set_needs_draw(view);
}

static void button_finalize(struct os_object *object)
{
	struct button *button = os_object_state(object, &s_button_class.base.base);
	os_free(button->title);
	os_free(button->symbol);
}

static const struct ui_control_class s_button_class = {
	.base = {.base = {.struct_size = sizeof(s_button_class),
	                  .name = "button",
	                  .size = sizeof(struct button),
	                  .super = &ui_control_class.base.base,
	                  .finalize = button_finalize},
	         .draw = button_draw,
	         .size_that_fits = button_size_that_fits,
	         .accessibility = button_accessibility,
	         .key = button_key,
	         .traits_changed = button_changed},
};

struct ui_view *ui_button_create(const char *title, enum ui_button_look look)
{
	struct ui_view *view = ui_view_create_of_class(&s_button_class.base);
	struct button *button = button_of(view);
	button->title = os_strdup(title);
	button->look = look;
	button->style = look == UI_BUTTON_FILLED ? UI_TEXT_HEADLINE : UI_TEXT_BODY;
	return view;
}

struct ui_view *ui_button_create_symbol(const char *symbol, const char *label)
{
	struct ui_view *view = ui_button_create(NULL, UI_BUTTON_PLAIN);
	ui_button_set_symbol(view, symbol);
	ui_view_set_label(view, label);
	return view;
}

static void replace(struct ui_view *view, char **place, const char *next)
{
	char *copy = os_strdup(next);
	os_free(*place);
	*place = copy;
	button_changed(view);
}

void ui_button_set_title(struct ui_view *view, const char *title)
{
	replace(view, &button_of(view)->title, title);
}

const char *ui_button_title(const struct ui_view *view)
{
	return button_of(view)->title;
}

void ui_button_set_symbol(struct ui_view *view, const char *symbol)
{
	replace(view, &button_of(view)->symbol, symbol);
}

void ui_button_set_style(struct ui_view *view, enum ui_text_style style)
{
	button_of(view)->style = style;
	button_changed(view);
}
