/* What a kiosk shows while its app is not there. The mark is the splash's (board/linux/splash_mark.c), on
 * the same ground and in the same place, so that nothing changes between the two but what draws it. */
#include <math.h>

#include <md/canvas.h>
#include <ui/view_class.h>

#include "kiosk.h"

#define GROUND 0x0d1726
#define MARK_SHARE 0.26 /* of the screen's shorter side: the mark's width */
#define RISE 0.30       /* of a sheet's half width, from one to the next */
#define GAP 0.10        /* the ground that shows around a sheet's edge */
#define SYMBOL 56.0
#define MOST_WIDTH 420.0

struct curtain {
	struct ui_view *title, *text; /* weak: children */
	bool error, has_symbol;
};

static const struct ui_view_class s_curtain_class;

static struct curtain *curtain_of(const struct ui_view *view)
{
	return ui_view_state(view, &s_curtain_class);
}

/* A sheet lies in space, seen from the front and above: a rhombus, twice as wide as high. */
static void draw_sheet(struct md_canvas *canvas, struct md_point center, double half, struct md_color color)
{
	struct md_path *path = md_path_create();
	md_path_move_to(path, center.x - half, center.y);
	md_path_line_to(path, center.x, center.y - half / 2);
	md_path_line_to(path, center.x + half, center.y);
	md_path_line_to(path, center.x, center.y + half / 2);
	md_path_close(path);
	md_canvas_fill_path(canvas, path, color);
	md_path_release(path);
}

static void draw_mark(struct md_canvas *canvas, struct md_rect bounds)
{
	static const uint32_t colors[] = {0x2a5673, 0x35808f, 0x57aaa0, 0xb5e3c9};
	double half = md_snap(fmin(bounds.width, bounds.height) * MARK_SHARE / 2, 1);
	double x = md_snap(bounds.x + bounds.width / 2, 1), y = md_snap(bounds.y + bounds.height / 2, 1);
	y += 1.5 * RISE * half;
	for (size_t i = 0; i < OS_ARRAY_LEN(colors); i++, y -= RISE * half) {
		draw_sheet(canvas, (struct md_point){x, y}, half * (1 + GAP), md_color_hex(GROUND));
		draw_sheet(canvas, (struct md_point){x, y}, half, md_color_hex(colors[i]));
	}
}

static void curtain_draw(struct ui_view *view, struct md_canvas *canvas, struct md_rect dirty)
{
	struct curtain *curtain = curtain_of(view);
	struct md_rect bounds = ui_view_bounds(view);
	md_canvas_fill_rect(canvas, bounds, md_color_hex(GROUND));
	if (!curtain->error) {
		draw_mark(canvas, bounds);
		return;
	}
	if (!curtain->has_symbol) {
		return;
	}
	double y = ui_view_frame(curtain->title).y - SYMBOL - 20;
	struct md_rect symbol = {md_snap(bounds.x + (bounds.width - SYMBOL) / 2, 1), y, SYMBOL, SYMBOL};
	md_canvas_draw_symbol(canvas, "exclamation-triangle", symbol, md_color_hex(0xf2c14e));
}

static void curtain_layout(struct ui_view *view, struct md_rect bounds)
{
	struct curtain *curtain = curtain_of(view);
	double grown = ui_body_size(ui_view_appearance(view)->text_size) / ui_body_size(3);
	double width = fmin(bounds.width - 48, MOST_WIDTH * fmax(grown, 1));
	double title = ui_view_size_that_fits(curtain->title, (struct md_size){width, MD_UNBOUNDED}).height;
	double text = ui_view_size_that_fits(curtain->text, (struct md_size){width, MD_UNBOUNDED}).height;
	double x = md_snap((bounds.width - width) / 2, 1);
	double above = SYMBOL + 20, free = bounds.height - title - text - 12 - 32;
	curtain->has_symbol = free >= above; /* the words come first */
	above = curtain->has_symbol ? above : 0;
	double y = md_snap(16 + fmax((free - above) / 2, 0), 1) + above;
	ui_view_set_frame(curtain->title, (struct md_rect){x, y, width, title});
	ui_view_set_frame(curtain->text, (struct md_rect){x, y + title + 12, width, text});
}

static void curtain_accessibility(struct ui_view *view, struct ui_accessibility *ret_element)
{
	ret_element->role = UI_ROLE_OTHER;
	ret_element->label = curtain_of(view)->error ? NULL : "Starting";
}

static const struct ui_view_class s_curtain_class = {
	.base = {.struct_size = sizeof(s_curtain_class),
	         .name = "kiosk-curtain",
	         .size = sizeof(struct curtain),
	         .super = &ui_view_class.base},
	.layout = curtain_layout,
	.draw = curtain_draw,
	.accessibility = curtain_accessibility,
};

/* The ground is dark whatever the device's look, so the words are not the look's either. */
static struct ui_view *create_words(enum ui_text_style style, enum ui_color color)
{
	struct ui_view *label = ui_label_create("");
	ui_label_set_style(label, style);
	ui_label_set_color(label, color);
	ui_label_set_align(label, MD_ALIGN_CENTER);
	ui_label_set_lines(label, 0);
	ui_view_set_hidden(label, true);
	return label;
}

struct ui_view *curtain_create(void)
{
	struct ui_view *view = ui_view_create_of_class(&s_curtain_class);
	struct curtain *curtain = curtain_of(view);
	curtain->title = create_words(UI_TEXT_TITLE2, UI_COLOR_WHITE);
	curtain->text = create_words(UI_TEXT_BODY, UI_COLOR_WHITE);
	ui_view_set_opacity(curtain->text, 0.75);
	ui_view_add(view, curtain->title);
	ui_view_add(view, curtain->text);
	ui_view_set_layered(view, true);
	ui_view_set_opaque(view, true);
	return view;
}

void curtain_set_error(struct ui_view *view, const char *title, const char *text)
{
	struct curtain *curtain = curtain_of(view);
	curtain->error = title != NULL;
	ui_label_set_text(curtain->title, curtain->error ? title : "");
	ui_label_set_text(curtain->text, curtain->error ? text : "");
	ui_view_set_hidden(curtain->title, !curtain->error);
	ui_view_set_hidden(curtain->text, !curtain->error);
	ui_view_set_needs_layout(view);
	ui_view_set_needs_draw(view);
}

bool curtain_has_error(const struct ui_view *view)
{
	return curtain_of(view)->error;
}
