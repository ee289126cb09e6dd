#include "home.h"

#include <stdio.h>
#include <string.h>

#include <md/canvas.h>
#include <ui/control_class.h>
#include <os/memory.h>

#define SIDE 60.0
#define CORNER 0.22 /* of the side (FEEL.md, Corners) */
#define NAME_GAP 5.0

struct icon {
	char name[128], id[128];
	struct md_image *image; /* retained; NULL: a plain tile with the first letter */
};

static const struct ui_control_class s_icon_class;

static struct icon *icon_of(const struct ui_view *view)
{
	return ui_view_state(view, &s_icon_class.base);
}

static struct md_rect picture_rect(const struct ui_view *view)
{
	struct md_rect bounds = ui_view_bounds(view);
	struct md_rect rect = {bounds.x + (bounds.width - SIDE) / 2, bounds.y + 4, SIDE, SIDE};
	return md_rect_snap(rect, ui_view_appearance(view)->scale);
}

static struct md_text_layout *create_text(const char *text, struct md_font font, double width)
{
	struct md_text_style style = {
		.font = font, .align = MD_ALIGN_CENTER, .max_lines = 1, .single_paragraph = true};
	return md_text_layout_create(text, strlen(text), &style, width);
}

static void draw_tile(struct ui_view *view, struct md_canvas *canvas, struct md_rect rect)
{
	const struct icon *icon = icon_of(view);
	if (icon->image != NULL) {
		md_canvas_save(canvas);
		md_canvas_clip_rounded_rect(canvas, rect, SIDE * CORNER);
		md_canvas_draw_image(canvas, icon->image, rect);
		md_canvas_restore(canvas);
		return;
	}
	char letter[8] = "";
	size_t length = md_text_next_grapheme(icon->name, strlen(icon->name), 0);
	memcpy(letter, icon->name, OS_MIN(length, sizeof(letter) - 1));
	md_canvas_fill_rounded_rect(canvas, rect, SIDE * CORNER, md_color_hex(0x6b7a90));
	struct md_font font = {MD_FONT_UI, 28, MD_WEIGHT_SEMIBOLD};
	struct md_text_layout *layout = create_text(letter, font, rect.width);
	double y = rect.y + (rect.height - md_text_layout_size(layout).height) / 2;
	md_canvas_draw_text(canvas, layout, (struct md_point){rect.x, y}, MD_COLOR_WHITE);
	md_text_layout_release(layout);
}

static void icon_draw(struct ui_view *view, struct md_canvas *canvas, struct md_rect dirty)
{
	struct md_rect rect = picture_rect(view);
	struct md_rect bounds = ui_view_bounds(view);
	draw_tile(view, canvas, rect);
	if (ui_control_is_pressed(view)) {
		md_canvas_fill_rounded_rect(canvas, rect, SIDE * CORNER, (struct md_color){0, 0, 0, 0.35});
	}
	if (ui_view_is_first_responder(view)) {
		md_canvas_stroke_rounded_rect(canvas, rect, SIDE * CORNER, 3, MD_COLOR_WHITE);
	}
	/* Names do not grow beyond what the grid has room for (bar titles stop at xxxl as well). */
	int text_size = OS_MIN(ui_view_appearance(view)->text_size, 6);
	struct md_font font = ui_font_for_style(UI_TEXT_CAPTION1, text_size);
	font.weight = MD_WEIGHT_MEDIUM;
	struct md_text_layout *layout = create_text(icon_of(view)->name, font, bounds.width);
	struct md_point at = {bounds.x, rect.y + rect.height + NAME_GAP};
	md_canvas_draw_text(canvas, layout, (struct md_point){at.x, at.y + 1}, (struct md_color){0, 0, 0, 0.35});
	md_canvas_draw_text(canvas, layout, at, MD_COLOR_WHITE);
	md_text_layout_release(layout);
}

static struct md_size icon_size_that_fits(struct ui_view *view, struct md_size proposal)
{
	int text_size = OS_MIN(ui_view_appearance(view)->text_size, 6);
	double line = md_font_metrics(ui_font_for_style(UI_TEXT_CAPTION1, text_size)).line_height;
	return (struct md_size){SIDE + 20, md_snap(4 + SIDE + NAME_GAP + line + 4, 1)};
}

static void icon_accessibility(struct ui_view *view, struct ui_accessibility *ret_element)
{
	ret_element->role = UI_ROLE_BUTTON;
	ret_element->label = icon_of(view)->name;
	ret_element->enabled = true;
	ret_element->leaf = true;
	ret_element->actions[ret_element->action_count++] = "activate";
}

static void icon_finalize(struct os_object *object)
{
	struct icon *icon = os_object_state(object, &s_icon_class.base.base);
	md_image_release(icon->image);
}

static const struct ui_control_class s_icon_class = {
	.base = {.base = {.struct_size = sizeof(s_icon_class),
	                  .name = "home-icon",
	                  .size = sizeof(struct icon),
	                  .super = &ui_control_class.base.base,
	                  .finalize = icon_finalize},
	         .draw = icon_draw,
	         .size_that_fits = icon_size_that_fits,
	         .accessibility = icon_accessibility},
};

struct ui_view *icon_view_create(const struct home_app *app)
{
	struct ui_view *view = ui_view_create_of_class(&s_icon_class.base);
	struct icon *icon = icon_of(view);
	snprintf(icon->name, sizeof(icon->name), "%s", app->name);
	snprintf(icon->id, sizeof(icon->id), "%s", app->id);
	ui_view_set_tag(view, app->id);
	icon->image = md_image_retain(app->icon);
	return view;
}

void icon_view_set_image(struct ui_view *view, struct md_image *image)
{
	struct icon *icon = icon_of(view);
	struct md_image *old = icon->image;
	icon->image = md_image_retain(image);
	md_image_release(old);
	ui_view_set_needs_draw(view);
}

struct md_rect icon_view_picture_rect(const struct ui_view *view, const struct ui_view *in)
{
	return ui_view_convert_rect(view, picture_rect(view), in);
}
