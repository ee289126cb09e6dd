#include <math.h>
#include <stdio.h>
#include <string.h>

#include <md/canvas.h>
#include <ui/control_class.h>

#include "kiosk.h"

#define TEXT_SHARE 0.42 /* of the key's height */
#define SYMBOL_SHARE 0.36

struct pad_key {
	char text[8], symbol[32], label[32];
	bool filled;
};

static const struct ui_control_class s_key_class;

static struct pad_key *key_of(const struct ui_view *view)
{
	return ui_view_state(view, &s_key_class.base);
}

static void draw_text(struct md_canvas *canvas, const char *text, struct md_rect rect, struct md_color color)
{
	struct md_text_style style = {.font = {MD_FONT_UI, rect.height * TEXT_SHARE, MD_WEIGHT_REGULAR},
	                              .align = MD_ALIGN_CENTER,
	                              .max_lines = 1,
	                              .single_paragraph = true};
	struct md_text_layout *layout = md_text_layout_create(text, strlen(text), &style, rect.width);
	double y = md_snap(rect.y + (rect.height - md_text_layout_size(layout).height) / 2, 1);
	md_canvas_draw_text(canvas, layout, (struct md_point){rect.x, y}, color);
	md_text_layout_release(layout);
}

static void key_draw(struct ui_view *view, struct md_canvas *canvas, struct md_rect dirty)
{
	const struct pad_key *key = key_of(view);
	struct md_rect rect = ui_view_bounds(view);
	bool pressed = ui_control_is_pressed(view), disabled = ui_control_is_disabled(view);
	enum ui_color ground = key->filled ? UI_COLOR_TINT : UI_COLOR_FILL;
	md_canvas_set_opacity(canvas, disabled ? 0.35 : 1);
	md_canvas_fill_ellipse(canvas, rect, ui_view_resolve_color(view, ground));
	if (pressed) {
		md_canvas_fill_ellipse(canvas, rect, ui_view_resolve_color(view, UI_COLOR_PRESSED));
	}
	struct md_color color =
		ui_view_resolve_color(view, key->filled ? UI_COLOR_ON_TINT : UI_COLOR_LABEL);
	if (key->text[0] != '\0') {
		draw_text(canvas, key->text, rect, color);
	} else {
		double side = md_snap(rect.height * SYMBOL_SHARE, 1);
		struct md_rect at = {rect.x + md_snap((rect.width - side) / 2, 1),
		                     rect.y + md_snap((rect.height - side) / 2, 1), side, side};
		md_canvas_draw_symbol(canvas, key->symbol, at, color);
	}
	md_canvas_set_opacity(canvas, 1);
}

static void key_accessibility(struct ui_view *view, struct ui_accessibility *ret_element)
{
	ret_element->role = UI_ROLE_KEY;
	ret_element->label = key_of(view)->label;
	ret_element->enabled = !ui_control_is_disabled(view);
	ret_element->leaf = true;
	ret_element->actions[ret_element->action_count++] = "activate";
}

static const struct ui_control_class s_key_class = {
	.base = {.base = {.struct_size = sizeof(s_key_class),
	                  .name = "pad-key",
	                  .size = sizeof(struct pad_key),
	                  .super = &ui_control_class.base.base},
	         .draw = key_draw,
	         .accessibility = key_accessibility},
};

struct ui_view *pad_key_create(const char *text, const char *symbol, const char *label, bool filled)
{
	struct ui_view *view = ui_view_create_of_class(&s_key_class.base);
	struct pad_key *key = key_of(view);
	snprintf(key->text, sizeof(key->text), "%s", text != NULL ? text : "");
	snprintf(key->symbol, sizeof(key->symbol), "%s", symbol != NULL ? symbol : "");
	snprintf(key->label, sizeof(key->label), "%s", label != NULL ? label : text);
	key->filled = filled;
	return view;
}
