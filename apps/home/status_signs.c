/* The signs at the trailing end of the status bar, from the edge inward: no walls, the battery, and
 * that the processor is slowed down because it is too warm. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <md/canvas.h>

#include "home.h"

#define MARGIN 16.0
#define GAP 8.0
#define BATTERY_WIDTH 24.0
#define BATTERY_HEIGHT 12.0
#define KNOB_WIDTH 2.0
#define KNOB_HEIGHT 5.0
#define LOW 0.2 /* and under: the level is red */
#define SYMBOL 14.0

/* Where the next sign goes: x counts from the trailing edge. */
struct pen {
	struct ui_view *bar;
	struct md_canvas *canvas;
	struct md_rect bounds;
	struct md_color color;
	double x;
	bool rtl, over_app;
};

/* Takes up a width, and gives the rectangle in the middle of the bar. */
static struct md_rect take(struct pen *pen, double width, double height)
{
	double left = pen->rtl ? pen->bounds.x + pen->x : pen->bounds.x + pen->bounds.width - pen->x - width;
	pen->x += width + GAP;
	struct md_rect rect = {left, pen->bounds.y + (pen->bounds.height - height) / 2, width, height};
	return md_rect_snap(rect, ui_view_appearance(pen->bar)->scale);
}

static struct md_text_layout *create_text(const char *text)
{
	struct md_text_style style = {.font = {MD_FONT_UI, 13, MD_WEIGHT_SEMIBOLD}, .max_lines = 1, .single_paragraph = true};
	return md_text_layout_create(text, strlen(text), &style, MD_UNBOUNDED);
}

static void draw_walls(struct pen *pen)
{
	struct md_text_layout *walls = create_text("No walls");
	struct md_size size = md_text_layout_size(walls);
	pen->x -= 8;
	struct md_rect badge = take(pen, size.width + 16, pen->bounds.height - 6);
	md_canvas_fill_rounded_rect(pen->canvas, badge, badge.height / 2, md_color_hex(0xb3261e));
	struct md_point at = {badge.x + 8, md_snap(badge.y + (badge.height - size.height) / 2, 1)};
	md_canvas_draw_text(pen->canvas, walls, at, MD_COLOR_WHITE);
	md_text_layout_release(walls);
}

static struct md_color level_color(const struct pen *pen, const struct md_power *power)
{
	bool low = power->battery <= LOW && !power->is_charging;
	if (!low && !power->is_charging) {
		return pen->color;
	}
	if (!pen->over_app) {
		return md_color_hex(low ? 0xff8078 : 0x5fd184); /* the dark look's: the wallpaper is dark */
	}
	return ui_view_resolve_color(pen->bar, low ? UI_COLOR_DESTRUCTIVE : UI_COLOR_POSITIVE);
}

/* A shell with its knob at the trailing end, and what is in it from the leading one. */
static void draw_battery(struct pen *pen, const struct md_power *power)
{
	struct md_rect whole = take(pen, BATTERY_WIDTH + KNOB_WIDTH + 1, BATTERY_HEIGHT);
	struct md_rect shell = {pen->rtl ? whole.x + KNOB_WIDTH + 1 : whole.x, whole.y, BATTERY_WIDTH, BATTERY_HEIGHT};
	struct md_rect knob = {pen->rtl ? whole.x : whole.x + BATTERY_WIDTH + 1, whole.y + (BATTERY_HEIGHT - KNOB_HEIGHT) / 2,
	                       KNOB_WIDTH, KNOB_HEIGHT};
	struct md_color pale = md_color_with_alpha(pen->color, pen->color.a * 0.55);
	md_canvas_stroke_rounded_rect(pen->canvas, shell, 3.5, 1.25, pale);
	md_canvas_fill_rounded_rect(pen->canvas, knob, 1, pale);
	struct md_rect inside = md_rect_inset(shell, (struct md_insets){2.5, 2.5, 2.5, 2.5});
	double width = OS_MAX(inside.width * OS_CLAMP(power->battery, 0.0, 1.0), 2);
	struct md_rect level = {pen->rtl ? inside.x + inside.width - width : inside.x, inside.y, width, inside.height};
	md_canvas_fill_rounded_rect(pen->canvas, level, 1.5, level_color(pen, power));
}

static void draw_symbol(struct pen *pen, const char *name, double side, struct md_color color)
{
	md_canvas_draw_symbol(pen->canvas, name, take(pen, side, side), color);
}

void status_signs_draw(const struct status_signs *signs, struct ui_view *bar, struct md_canvas *canvas,
                       struct md_color color)
{
	struct pen pen = {.bar = bar,
	                  .canvas = canvas,
	                  .bounds = ui_view_bounds(bar),
	                  .color = color,
	                  .x = MARGIN,
	                  .rtl = ui_view_appearance(bar)->rtl,
	                  .over_app = signs->over_app};
	if (signs->walls_missing) {
		draw_walls(&pen);
	}
	if (signs->power.has_battery) {
		draw_battery(&pen, &signs->power);
		char text[16];
		snprintf(text, sizeof(text), "%.0f %%", signs->power.battery * 100);
		struct md_text_layout *percent = create_text(text);
		pen.x -= GAP - 4;
		if (signs->power.is_charging) {
			draw_symbol(&pen, "lightning-charge-fill", 12, color);
			pen.x -= GAP - 4;
		}
		struct md_rect place = take(&pen, md_text_layout_size(percent).width, md_text_layout_size(percent).height);
		md_canvas_draw_text(canvas, percent, (struct md_point){place.x, place.y}, color);
		md_text_layout_release(percent);
	}
	if (signs->power.is_throttled) {
		draw_symbol(&pen, "thermometer-high", SYMBOL, color);
	}
}

void status_signs_describe(const struct status_signs *signs, struct status_words *ret_words)
{
	struct status_words *words = ret_words;
	words->count = 0;
	if (signs->walls_missing) {
		words->texts[words->count++] = "No walls";
	}
	if (signs->power.has_battery) {
		snprintf(words->battery, sizeof(words->battery), "Battery %.0f %%%s", signs->power.battery * 100,
		         signs->power.is_charging ? ", charging" : "");
		words->texts[words->count++] = words->battery;
	}
	if (signs->power.is_throttled) {
		words->texts[words->count++] = "Too warm";
	}
}
